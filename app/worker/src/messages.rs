//! Messages in, messages out.

use futures_channel::mpsc;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::MessageEvent;
use worker_protocol::{Fault, READY, Reply, Request};

use crate::{browser::scope, desk::Desk, fault::bad};

/// Answers requests strictly one by one, in the order they come, however long one takes. The handler stands before READY is
/// said. The database is opened at the first request, since by then the page knows that no other has it; if it does not open,
/// every request is answered with the reason.
pub(crate) async fn serve() {
    let (queue, mut requests) = mpsc::unbounded();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let _ = queue.unbounded_send(event.data().as_string().unwrap_or_default());
    });
    scope().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    handler.forget();
    post(READY);
    let Ok(first) = requests.recv().await else { return };
    let mut desk = crate::storage::open().await.map(Desk::new);
    answer(&mut desk, &first).await;
    if let Ok(desk) = &mut desk {
        // What a page that ended in between left behind; nobody waits for it. If it fails, the next opening does it.
        let _ = desk.tidy().await;
    }
    while let Ok(message) = requests.recv().await {
        answer(&mut desk, &message).await;
    }
}

async fn answer(desk: &mut Result<Desk, Fault>, message: &str) {
    if let Ok(text) = serde_json::to_string(&reply(desk, message).await) {
        post(&text);
    }
}

fn post(text: &str) {
    let _ = scope().post_message(&JsValue::from_str(text));
}

async fn reply(desk: &mut Result<Desk, Fault>, message: &str) -> Reply {
    let Request { id, verb } = match serde_json::from_str(message) {
        Ok(request) => request,
        Err(error) => return Reply { id: 0, result: Err(bad(error.to_string())) },
    };
    let result = match desk {
        Ok(desk) => desk.carry_out(verb).await,
        Err(fault) => Err(fault.clone()),
    };
    Reply { id, result }
}
