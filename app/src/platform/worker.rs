//! The page's side of the worker that owns SQLite.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures_channel::oneshot;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};
use worker_protocol::{Answer, Fault, FaultCode, READY, Reply, Request, Verb};

use super::json;

/// The loader that the build puts beside the page's own files.
const LOADER: &str = "/app/candidate/worker_loader.js";
/// A commit takes milliseconds; opening the files may have to wait for a page that is just closing.
const PATIENCE_MS: u32 = 15_000;
/// One that has failed is asked again, since it may have been for a passing reason; nobody should wait long for it.
const PATIENCE_AFTER_FAILURE_MS: u32 = 2_000;
/// Half a megabyte over a slow network.
const LOADING_MS: u32 = 60_000;

type Waiting = Rc<RefCell<BTreeMap<u32, oneshot::Sender<Result<Answer, Fault>>>>>;

/// A worker that was started.
pub struct WorkerClient {
    worker: Worker,
    waiting: Waiting,
    next: RefCell<u32>,
    failed: Rc<Cell<bool>>,
    ready: RefCell<Option<oneshot::Receiver<Result<(), Fault>>>>,
}

impl WorkerClient {
    /// Starts the worker, which loads while the page goes on. It touches no file before it is asked for something.
    ///
    /// # Errors
    /// [`FaultCode::NotStarted`] if the browser gives no workers.
    pub fn start() -> Result<Self, Fault> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(LOADER, &options).map_err(|error| not_started(&format!("{error:?}")))?;
        let waiting = Waiting::default();
        let (tell, ready) = oneshot::channel();
        let tell = Rc::new(RefCell::new(Some(tell)));
        let started = tell.clone();
        let failed = Rc::new(Cell::new(false));
        let (replies, lives) = (waiting.clone(), failed.clone());
        let receive = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else { return };
            if text == READY {
                if let Some(tell) = started.take() {
                    let _ = tell.send(Ok(()));
                }
            } else if let Some(reply) = json::read::<Reply>(&text)
                && let Some(sender) = replies.borrow_mut().remove(&reply.id)
            {
                lives.set(false);
                let _ = sender.send(reply.result);
            }
        });
        worker.set_onmessage(Some(receive.as_ref().unchecked_ref()));
        receive.forget();
        let (replies, fails) = (waiting.clone(), failed.clone());
        // What it was just doing, it will not answer any more. A file that is missing or damaged has no words.
        let fail = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let words = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            if let Some(tell) = tell.take() {
                let _ = tell.send(Err(not_started(&words)));
            }
            fails.set(true);
            for sender in std::mem::take(&mut *replies.borrow_mut()).into_values() {
                let _ = sender.send(Err(no_answer(&format!("the worker failed: {words}"))));
            }
        });
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        fail.forget();
        Ok(Self { worker, waiting, next: RefCell::new(1), failed, ready: RefCell::new(Some(ready)) })
    }

    /// Waits until it listens: what is asked before is lost. One that does not listen in time is ended.
    ///
    /// # Errors
    /// [`FaultCode::NotStarted`] if it cannot be loaded.
    pub async fn ready(&self) -> Result<(), Fault> {
        let Some(ready) = self.ready.take() else { return Ok(()) };
        let ready = within(LOADING_MS, ready).await.unwrap_or_else(|| Err(not_started("it did not load in time")));
        if ready.is_err() {
            self.end();
        }
        ready
    }

    /// Ends the worker, which gives its files free. What was not answered yet may or may not have been done.
    pub fn end(&self) {
        self.worker.terminate();
    }

    /// Asks the worker for something.
    ///
    /// # Errors
    /// The worker's fault, or [`FaultCode::NoAnswer`] if none came in time: then the verb may or may not have been done.
    pub async fn ask(&self, verb: Verb) -> Result<Answer, Fault> {
        let id = *self.next.borrow();
        *self.next.borrow_mut() = id.wrapping_add(1);
        let (tell, told) = oneshot::channel();
        self.waiting.borrow_mut().insert(id, tell);
        let text = serde_json::to_string(&Request { id, verb }).map_err(|error| no_answer(&error.to_string()))?;
        self.worker.post_message(&JsValue::from_str(&text)).map_err(|error| no_answer(&format!("{error:?}")))?;
        let patience = if self.failed.get() { PATIENCE_AFTER_FAILURE_MS } else { PATIENCE_MS };
        match within(patience, told).await {
            Some(result) => result,
            None => {
                self.waiting.borrow_mut().remove(&id);
                Err(no_answer("the worker did not answer in time"))
            }
        }
    }
}

fn not_started(detail: &str) -> Fault {
    Fault { code: FaultCode::NotStarted, detail: detail.to_owned() }
}

fn no_answer(detail: &str) -> Fault {
    Fault { code: FaultCode::NoAnswer, detail: detail.to_owned() }
}

/// What is received within so many milliseconds.
pub async fn within<T: 'static>(ms: u32, receiver: oneshot::Receiver<T>) -> Option<T> {
    let (tell, told) = oneshot::channel();
    let tell = Rc::new(RefCell::new(Some(tell)));
    let late = tell.clone();
    let timer = gloo_timers::callback::Timeout::new(ms, move || {
        if let Some(tell) = late.borrow_mut().take() {
            let _ = tell.send(None);
        }
    });
    leptos::task::spawn_local(async move {
        let received = receiver.await.ok();
        if let Some(tell) = tell.borrow_mut().take() {
            let _ = tell.send(received);
        }
    });
    let received = told.await.ok().flatten();
    timer.cancel();
    received
}
