//! The Web Lock that makes one tab the owner of the sitting (W3C Web Locks API).

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

thread_local! {
    /// What ends the promise that holds the lock.
    static LET_GO: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Gives the lock back, if this page has it.
pub fn let_go() {
    if let Some(resolve) = LET_GO.take() {
        let _ = resolve.call0(&JsValue::NULL);
    }
}

/// Takes the lock of this name until [`let_go`] or the end of the page; `false` if another tab has it. A browser without Web Locks
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
    let tell = Rc::new(Cell::new(Some(tell)));
    let tell_when_given = tell.clone();
    // The lock is held until the promise that is returned settles.
    let hold = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let given = !lock.is_null() && !lock.is_undefined();
        if let Some(tell) = tell_when_given.take() {
            let _ = tell.send(given);
        }
        if !given {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        Promise::new(&mut |resolve, _| {
            LET_GO.set(Some(resolve));
        })
    });
    let requested = request.call3(&locks, &name.into(), &options, hold.as_ref());
    hold.forget();
    match requested.and_then(|promise| promise.dyn_into::<Promise>()) {
        // A browser that refuses, because it keeps no data for this site or in a sandboxed frame, must not leave the page waiting:
        // the database will say what is the matter.
        Ok(promise) => leptos::task::spawn_local(async move {
            if JsFuture::from(promise).await.is_err()
                && let Some(tell) = tell.take()
            {
                let _ = tell.send(true);
            }
        }),
        Err(_) => return true,
    }
    told.await.unwrap_or(true)
}
