//! The state machine: a manifest and the lines accepted so far.

use item::{ItemId, ResponseError};
use signing::jcs::CanonicalError;

use crate::{
    answers::Answers,
    event::{Event, Place, Recorded},
    journal::{JournalFault, Line, LineFault, Nonce, Stamp},
    manifest::{ItemRule, Manifest},
};

/// Why the sitting does not allow an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first line is `opened`, and no other is.
    #[error("must be `opened` if it is the first line, and must not be later")]
    Opening,
    /// Another form was shown than the manifest names.
    #[error("names a form that is not this sitting's")]
    OtherForm,
    /// Nothing follows `submitted`.
    #[error("comes after the sitting was submitted")]
    AlreadySubmitted,
    /// The item is not on the form.
    #[error("names item {0}, which is not on the form")]
    UnknownItem(ItemId),
    /// The response does not fit the item.
    #[error("has a response to item {item} that does not fit: {error}")]
    Response {
        /// The item.
        item: ItemId,
        /// What does not fit.
        error: ResponseError,
    },
}

/// A sitting as far as its journal has come.
#[derive(Clone, Debug)]
pub struct Sitting {
    manifest: Manifest,
    lines: Vec<String>,
    head: String,
    last: Option<Stamp>,
    answers: Answers,
    unknown: Vec<u64>,
}

impl Sitting {
    /// A sitting whose journal is empty.
    ///
    /// # Errors
    /// As [`Manifest::digest`].
    pub fn new(manifest: Manifest) -> Result<Self, CanonicalError> {
        let head = manifest.digest()?;
        Ok(Self { manifest, lines: Vec::new(), head, last: None, answers: Answers::default(), unknown: Vec::new() })
    }

    /// Writes the next line, without accepting it: the caller stores it first.
    ///
    /// # Errors
    /// Why the sitting does not allow the event.
    pub fn prepare(&self, event: &Event, at: &Stamp, nonce: Nonce) -> Result<String, LineFault> {
        self.check(event)?;
        Line::write(self.next_seq(), &self.head, at, nonce, event)
            .map_err(|error| LineFault::Unreadable(error.to_string()))
    }

    /// Accepts a line that [`Self::prepare`] or another device's wrote; on an error nothing has changed.
    ///
    /// # Errors
    /// What is wrong with it, and its number.
    pub fn accept(&mut self, text: &str) -> Result<(), JournalFault> {
        let line = self.check_line(text).map_err(|fault| JournalFault { seq: self.next_seq(), fault })?;
        match &line.event {
            Recorded::Known(event) => self.answers.apply(line.seq, event),
            Recorded::Unknown(_) => self.unknown.push(line.seq),
        }
        self.head = Line::digest(text);
        self.last = Some(line.at);
        self.lines.push(text.to_owned());
        Ok(())
    }

    /// Accepts lines one after another, up to the first that is wrong.
    ///
    /// # Errors
    /// As [`Self::accept`]; the lines before it are accepted.
    pub fn accept_all<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) -> Result<(), JournalFault> {
        lines.into_iter().try_for_each(|line| self.accept(line))
    }

    fn check_line(&self, text: &str) -> Result<Line, LineFault> {
        let line = Line::read(text)?;
        let expected = self.next_seq();
        if line.seq != expected {
            return Err(LineFault::Seq { expected, got: line.seq });
        }
        if line.prev != self.head {
            return Err(LineFault::Prev);
        }
        match &line.event {
            Recorded::Known(event) => self.check(event)?,
            Recorded::Unknown(_) if self.lines.is_empty() => return Err(Refusal::Opening.into()),
            Recorded::Unknown(_) if self.answers.submission().is_some() => {
                return Err(Refusal::AlreadySubmitted.into());
            }
            Recorded::Unknown(_) => {}
        }
        Ok(line)
    }

    fn check(&self, event: &Event) -> Result<(), Refusal> {
        if self.answers.submission().is_some() {
            return Err(Refusal::AlreadySubmitted);
        }
        if self.lines.is_empty() != matches!(event, Event::Opened { .. }) {
            return Err(Refusal::Opening);
        }
        match event {
            Event::Opened { form } if form != &self.manifest.form_digest => Err(Refusal::OtherForm),
            Event::Answered { item, response } => {
                self.rule(item)?.check(response).map_err(|error| Refusal::Response { item: item.clone(), error })
            }
            Event::Flagged { item, .. } | Event::Navigated { to: Place::Item(item) } => self.rule(item).map(|_| ()),
            _ => Ok(()),
        }
    }

    fn rule(&self, item: &ItemId) -> Result<&ItemRule, Refusal> {
        self.manifest.rule(item).ok_or_else(|| Refusal::UnknownItem(item.clone()))
    }

    fn next_seq(&self) -> u64 {
        self.count() + 1
    }

    /// What the sitting allows.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The accepted lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// How many lines are accepted.
    pub fn count(&self) -> u64 {
        self.lines.len() as u64
    }

    /// SHA-256 of the last line, or of the manifest if there is none.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// When the last line was written, by the device's clocks.
    pub fn last_stamp(&self) -> Option<&Stamp> {
        self.last.as_ref()
    }

    /// What the journal amounts to.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Numbers of the lines whose event this version does not know.
    pub fn unknown_events(&self) -> &[u64] {
        &self.unknown
    }
}
