//! The page's side of the service worker that keeps the candidate's app on this computer (`app/sw.js`, docs/OFFLINE.md).
//! Where there are none (plain HTTP from another machine, private windows of some browsers), nothing here does anything:
//! the app then needs the network to open.

use futures_channel::oneshot;
use js_sys::{Array, Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::{clock, window, worker::within};

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

/// A version that is kept and not in use.
pub struct NewVersion(ServiceWorker);

/// Looks, while the page goes on, for a version that is kept and waits for being put into use.
pub fn newer_version() -> oneshot::Receiver<Option<NewVersion>> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        let _ = tell.send(look_for_newer().await);
    });
    told
}

async fn look_for_newer() -> Option<NewVersion> {
    let registration = registration().await?;
    if let Some(waiting) = registration.waiting() {
        return Some(NewVersion(waiting));
    }
    // Browsers make a waiting one active when all pages are closed; its build is not in use for that.
    let active = registration.active()?;
    ask(&active, "newer").await?.is_truthy().then_some(NewVersion(active))
}

/// Puts a version that was found into use; the page makes way for it, and the caller goes on only if there is none. Only for
/// when no attempt is stored: an exam ends in the version in which it began.
pub async fn take_up(newer: oneshot::Receiver<Option<NewVersion>>) {
    let Ok(Some(NewVersion(newest))) = newer.await else { return };
    if ask(&newest, "activate").await.is_some_and(|changed| changed.is_truthy()) {
        let _ = window().location().reload();
        clock::sleep(PATIENCE_MS).await;
    }
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
