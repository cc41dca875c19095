//! Events go through one queue; each is committed before the page shows it.

use std::rc::Rc;

use item::{ItemId, Response};
use leptos::{prelude::*, task::spawn_local};
use sitting::{Answers, Event, LineFault};
use worker_protocol::{Answer, Fault, FaultCode, Verb};

use super::{Inner, Saving, Session, typed::is_answer};
use crate::{
    candidate::{rehearsal, words},
    platform::{clock, random},
};

/// What waits to be written.
#[derive(Clone)]
pub(super) enum Entry {
    Event(Event),
    /// The device vouches for what was written until it is this one's turn.
    Checkpoint,
}

impl Session {
    /// Puts an event into the queue. The page shows it once it is committed.
    pub(crate) fn record(self, event: Event) {
        if !is_answer(&event) {
            self.save_typed();
        }
        self.put(Entry::Event(event));
    }

    /// Has the device vouch for everything before.
    pub(crate) fn vouch(self) {
        self.put(Entry::Checkpoint);
    }

    fn put(self, entry: Entry) {
        let Some(inner) = self.inner() else { return };
        inner.queue.borrow_mut().push_back(entry);
        if !inner.draining.replace(true) {
            self.saving.set(Saving::Running);
            spawn_local(self.drain(inner));
        }
    }

    /// Whether an event of this kind is in the queue.
    pub(crate) fn waits_for(self, is_it: impl Fn(&Event) -> bool) -> bool {
        self.inner().is_some_and(|inner| {
            inner.queue.borrow().iter().any(|entry| matches!(entry, Entry::Event(event) if is_it(event)))
        })
    }

    /// How many events wait to be committed.
    pub(crate) fn waiting(self) -> usize {
        self.inner().map(|inner| inner.queue.borrow().len()).unwrap_or_default()
    }

    /// Waits until everything in the queue is committed, for two seconds at most: a disk that does not write is told in words,
    /// not by a page that hangs. Whether it is.
    pub(crate) async fn settled_soon(self) -> bool {
        for _ in 0..100 {
            if !self.inner().is_some_and(|inner| inner.draining.get()) {
                return true;
            }
            clock::sleep(20).await;
        }
        false
    }

    /// The response as the candidate last gave it, committed or still in the queue.
    pub(crate) fn latest_response(self, item: &ItemId) -> Response {
        let mut answers = Answers::default();
        let response = self.answers.with_untracked(|answers| answers.response(item));
        answers.apply(0, &Event::Answered { item: item.clone(), response });
        if let Some(inner) = self.inner() {
            for entry in inner.queue.borrow().iter() {
                if let Entry::Event(event) = entry {
                    answers.apply(0, event);
                }
            }
        }
        answers.response(item)
    }

    async fn drain(self, inner: Rc<Inner>) {
        loop {
            let next = inner.queue.borrow().front().cloned();
            let event = match next {
                None => break,
                Some(Entry::Event(event)) => Some(event),
                Some(Entry::Checkpoint) => inner.checkpoint().await,
            };
            if let Some(event) = event {
                self.write(&inner, &event).await;
            }
            let mut queue = inner.queue.borrow_mut();
            queue.pop_front();
            if inner.checkpoint_is_due() {
                queue.push_front(Entry::Checkpoint);
            }
        }
        inner.draining.set(false);
        self.saving.set(Saving::Saved);
        inner.bell.nudge();
    }

    async fn write(self, inner: &Inner, event: &Event) {
        let prepared = {
            let sitting = inner.journal.borrow();
            let line = sitting.prepare(event, &clock::stamp(), random::bytes());
            line.map(|line| (sitting.count() + 1, line))
        };
        let (seq, line) = match prepared {
            Ok(prepared) => prepared,
            // An event that the rules refuse (an answer after handing in, say) is no part of the journal.
            Err(fault) => return self.refuse(event, &fault),
        };
        self.commit(inner, seq, &line).await;
        let accepted = inner.journal.borrow_mut().accept(&line);
        if accepted.is_ok() {
            self.show(inner);
            self.after(inner, seq, event);
        }
    }

    /// Tells of an answer that the rules refuse; other events may be dropped without a word.
    fn refuse(self, event: &Event, fault: &LineFault) {
        if let Event::Answered { item, .. } | Event::Typed { item, .. } = event {
            self.refused.set(Some((item.clone(), words::not_taken(fault))));
        }
    }

    /// Commits one line, however often that has to be tried. It is the same line each time: a commit whose answer got lost
    /// is then recognised as done.
    async fn commit(self, inner: &Inner, seq: u64, line: &str) {
        let mut pause = 250;
        let mut begun = clock::micros();
        while let Err(fault) = commit(inner, seq, line).await {
            self.saving.set(Saving::Failing(fault.detail));
            clock::sleep(pause).await;
            pause = (pause * 2).min(5_000);
            begun = clock::micros();
        }
        rehearsal::committed(self, clock::micros().saturating_sub(begun));
    }
}

/// Commits one line. When an answer got lost, what is stored tells whether the line was committed.
async fn commit(inner: &Inner, seq: u64, line: &str) -> Result<(), Fault> {
    let verb = Verb::Append { attempt: inner.attempt.clone(), seq, line: line.to_owned() };
    let fault = match inner.worker.ask(verb).await {
        Ok(_) => return Ok(()),
        Err(fault) => fault,
    };
    if !matches!(fault.code, FaultCode::OutOfOrder | FaultCode::NoAnswer) {
        return Err(fault);
    }
    match inner.worker.ask(Verb::Load).await {
        Ok(Answer::Loaded { stored }) => {
            let lines = stored.attempt.map(|attempt| attempt.lines).unwrap_or_default();
            let at = usize::try_from(seq - 1).unwrap_or(usize::MAX);
            if lines.get(at).map(String::as_str) == Some(line) { Ok(()) } else { Err(fault) }
        }
        _ => Err(fault),
    }
}
