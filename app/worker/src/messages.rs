//! Messages in, messages out.

use std::{cell::RefCell, rc::Rc};

use rusqlite::Connection;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use worker_protocol::{Fault, FaultCode, READY, Reply, Request};

/// Opens the database and answers requests one by one, in the order they come. The handler stands before READY is said, and
/// a database that did not open answers every request with the reason.
pub(crate) async fn serve() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let database = Rc::new(RefCell::new(crate::storage::open().await));
    let port = scope.clone();
    let handler = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let reply = reply(&mut database.borrow_mut(), event.data().as_string().as_deref());
        if let Ok(text) = serde_json::to_string(&reply) {
            let _ = port.post_message(&JsValue::from_str(&text));
        }
    });
    scope.set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    handler.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}

fn reply(database: &mut Result<Connection, Fault>, message: Option<&str>) -> Reply {
    let bad = |detail: String| Fault { code: FaultCode::BadRequest, detail };
    let request = match serde_json::from_str::<Request>(message.unwrap_or_default()) {
        Ok(request) => request,
        Err(error) => return Reply { id: 0, result: Err(bad(error.to_string())) },
    };
    let result = match database {
        Ok(connection) => crate::database::answer(connection, &request.verb, now_us),
        Err(fault) => Err(fault.clone()),
    };
    Reply { id: request.id, result }
}

/// Microseconds of the worker's monotonic clock.
fn now_us() -> u64 {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or(0, |clock| (clock.now() * 1000.0) as u64)
}
