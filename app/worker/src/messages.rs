//! Messages in, messages out.

use futures_channel::mpsc;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::MessageEvent;
use worker_protocol::{Fault, READY, Reply, Request};

use crate::{browser::scope, desk::Desk, fault::bad};

/// Opens the database and answers requests strictly one by one, in the order they come, however long one takes. The handler
/// stands before READY is said, and a database that did not open answers every request with the reason.
pub(crate) async fn serve() {
    let mut desk = crate::storage::open().await.map(Desk::new);
    let (queue, mut requests) = mpsc::unbounded();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let _ = queue.unbounded_send(event.data().as_string().unwrap_or_default());
    });
    scope().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    handler.forget();
    post(READY);
    while let Ok(message) = requests.recv().await {
        if let Ok(text) = serde_json::to_string(&reply(&mut desk, &message).await) {
            post(&text);
        }
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
