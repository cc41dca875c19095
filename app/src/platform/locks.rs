//! The Web Lock that makes one tab the owner of the sitting (W3C Web Locks API).

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Takes the lock of this name for as long as the page lives; `false` if another tab has it. A browser without Web Locks
/// counts as having given it: the database's own lock still keeps a second tab out.
pub async fn take(name: &str) -> bool {
    let navigator = super::window().navigator();
    let Ok(locks) = Reflect::get(&navigator, &"locks".into()) else { return true };
    let Ok(request) = Reflect::get(&locks, &"request".into()).and_then(|f| f.dyn_into::<Function>()) else {
        return true;
    };
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
    let (tell, told) = futures_channel::oneshot::channel();
    let mut tell = Some(tell);
    // The lock is held until the promise that is returned settles: never, if the lock was given.
    let hold = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let given = !lock.is_null() && !lock.is_undefined();
        if let Some(tell) = tell.take() {
            let _ = tell.send(given);
        }
        if given { Promise::new(&mut |_, _| {}) } else { Promise::resolve(&JsValue::UNDEFINED) }
    });
    let requested = request.call3(&locks, &name.into(), &options, hold.as_ref());
    hold.forget();
    match requested.and_then(|promise| promise.dyn_into::<Promise>()) {
        // A refusal, say in a sandboxed frame, must not leave the page waiting.
        Ok(promise) => leptos::task::spawn_local(async move {
            let _ = JsFuture::from(promise).await;
        }),
        Err(_) => return true,
    }
    told.await.unwrap_or(true)
}
