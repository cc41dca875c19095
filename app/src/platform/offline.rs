//! The page's side of the service worker that keeps the candidate's app on this computer (`app/sw.js`, docs/OFFLINE.md).
//! Where there are none (plain HTTP from another machine, private windows of some browsers), nothing here does anything:
//! the app then needs the network to open.

use futures_channel::oneshot;
use js_sys::{Array, Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::{clock, listen, window, worker::within};

/// Where the server has it: its scope is the whole site.
const SCRIPT: &str = "/sw.js";
/// A service worker that is just fetching its files may take seconds; longer than this nobody should wait for it.
const PATIENCE_MS: u32 = 10_000;

/// Has the browser keep the build that the server has now, beside the one that is in use.
pub fn register() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        // What comes of it is what `ready_offline` tells.
        let _ = JsFuture::from(container.register(SCRIPT)).await;
    });
}

/// The name of the build that this page is of: 32 hexadecimal digits.
pub fn build() -> Option<String> {
    let meta = window().document()?.query_selector("meta[name=invigil-build]").ok()??;
    meta.get_attribute("content").filter(|name| !name.is_empty())
}

/// Whether every file of this page's build is kept here and in use, so that it opens without a network. Waits ten seconds
/// at most for a service worker that is only just being installed, and as long again while it fetches what was lost.
pub async fn ready_offline() -> bool {
    let Some(build) = build() else { return false };
    // The wait for an active one never ends where none is on its way.
    if registration().await.is_none() {
        return false;
    }
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        let _ = tell.send(active_registration().await);
    });
    let registration = within(PATIENCE_MS, told).await.flatten();
    let Some(active) = registration.and_then(|registration| registration.active()) else { return false };
    ask(&active, "held").await.and_then(|held| held.as_string()) == Some(build)
}

/// Puts the newest version that is kept into use; nothing happens if it is already. Only for when no attempt is stored: an
/// exam ends in the version in which it began. With `reload` the page makes way for that of the new version, and the caller
/// goes on only if there is none; without, the page stays, and its files come from the new version from now on.
pub async fn take_up_new_version(reload: bool) {
    let Some(registration) = registration().await else { return };
    // Browsers make a waiting one active when all pages are closed; its build is not in use for that.
    let Some(newest) = registration.waiting().or_else(|| registration.active()) else { return };
    let changed = ask(&newest, "activate").await.is_some_and(|changed| changed.is_truthy());
    if changed && reload {
        let _ = window().location().reload();
        clock::sleep(PATIENCE_MS).await;
    }
}

/// Calls `tell` whenever a new version is kept and waits for being taken up: now, or as long as the page lives.
pub fn on_new_version(tell: impl Fn() + Clone + 'static) {
    spawn_local(async move {
        let Some(registration) = active_registration().await else { return };
        if registration.waiting().is_some() {
            tell();
        }
        if let Some(installing) = registration.installing() {
            watch(&registration, &installing, tell.clone());
        }
        let found = registration.clone();
        listen(&registration, "updatefound", move |_: Event| {
            if let Some(installing) = found.installing() {
                watch(&found, &installing, tell.clone());
            }
        });
    });
}

/// Calls `tell` once this worker waits.
fn watch(registration: &ServiceWorkerRegistration, installing: &ServiceWorker, tell: impl Fn() + 'static) {
    let (registration, new) = (registration.clone(), installing.clone());
    listen(installing, "statechange", move |_: Event| {
        if registration.waiting().as_ref() == Some(&new) {
            tell();
        }
    });
}

/// What a service worker answers; `None` if it does not in time.
async fn ask(worker: &ServiceWorker, verb: &str) -> Option<JsValue> {
    let message = Object::new();
    Reflect::set(&message, &"type".into(), &verb.into()).ok()?;
    let channel = MessageChannel::new().ok()?;
    let (tell, told) = oneshot::channel();
    let receive = Closure::once(move |event: MessageEvent| {
        let _ = tell.send(event.data());
    });
    channel.port1().set_onmessage(Some(receive.as_ref().unchecked_ref()));
    worker.post_message_with_transferable(&message, &Array::of1(&channel.port2())).ok()?;
    let answer = within(PATIENCE_MS, told).await;
    // An answer that comes too late finds nobody.
    channel.port1().close();
    answer
}

/// The registration once it has an active service worker.
async fn active_registration() -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.ready().ok()?).await.ok()?.dyn_into().ok()
}

/// The registration that this page belongs to, whatever its state.
async fn registration() -> Option<ServiceWorkerRegistration> {
    JsFuture::from(container()?.get_registration()).await.ok()?.dyn_into().ok()
}

/// What browsers give to secure contexts only, and some not in private windows.
fn container() -> Option<ServiceWorkerContainer> {
    Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?.dyn_into().ok()
}
