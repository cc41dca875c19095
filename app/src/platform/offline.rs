//! The page's side of the service worker that keeps this build of the candidate's app on this computer (`app/sw.js`,
//! docs/OFFLINE.md). Where there are none (plain HTTP from another machine, private windows of some browsers), nothing
//! here does anything: the app then needs the network to open.

use futures_channel::oneshot;
use js_sys::{Array, Object, Reflect};
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageChannel, MessageEvent, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

use super::{clock, listen, window, worker::within};

/// Where the server has it: its scope is the whole site.
const SCRIPT: &str = "/sw.js";
/// A service worker that is just keeping its files may take seconds; longer than this nobody should wait for it.
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

/// Whether every file of this page's build is kept here, so that it opens without a network. Files that were lost are
/// fetched again; waits up to ten seconds for that, and for a service worker that is only just being installed.
pub async fn ready_offline() -> bool {
    let Some(build) = build() else { return false };
    // The wait for an active one never ends where none is on its way.
    if registration().await.is_none() {
        return false;
    }
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        let _ = tell.send(held_build().await);
    });
    within(PATIENCE_MS, told).await.flatten() == Some(build)
}

/// Puts a version that is waiting into use; nothing happens if there is none. Only for when no attempt is stored: what
/// page and storage say of an attempt is to be read by the version that wrote it. With `reload` this page makes way for
/// the new one and the caller goes on only if it does not come; without, it stays open under the new version's worker.
pub async fn take_up_new_version(reload: bool) {
    let Some(container) = container() else { return };
    let Some(waiting) = registration().await.and_then(|registration| registration.waiting()) else { return };
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    listen(&container, "controllerchange", move |_: Event| {
        if let Some(tell) = tell.take() {
            let _ = tell.send(());
        }
    });
    if waiting.post_message(&message("activate")).is_err() {
        return;
    }
    // A change that comes too late must not take the page away from somebody who has begun to type.
    if within(PATIENCE_MS, told).await.is_some() && reload {
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

/// The build that the active service worker holds whole.
async fn held_build() -> Option<String> {
    let active = active_registration().await?.active()?;
    let channel = MessageChannel::new().ok()?;
    let (tell, told) = oneshot::channel();
    let receive = Closure::once(move |event: MessageEvent| {
        let _ = tell.send(event.data().as_string());
    });
    channel.port1().set_onmessage(Some(receive.as_ref().unchecked_ref()));
    active.post_message_with_transferable(&message("held"), &Array::of1(&channel.port2())).ok()?;
    told.await.ok().flatten()
}

fn message(kind: &str) -> JsValue {
    let message = Object::new();
    let _ = Reflect::set(&message, &"type".into(), &kind.into());
    message.into()
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
