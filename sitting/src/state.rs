//! The state machine: a manifest and the lines accepted so far.

use std::collections::BTreeSet;

use item::{EditError, ItemId, Response, ResponseError};
use signing::jcs::CanonicalError;

use crate::{
    answers::Answers,
    device::{Device, checkpoint_message},
    event::{Event, Place, Recorded, SubmitReason},
    grant::{Allows, Grant, GrantFault},
    journal::{JournalFault, Line, LineFault, Nonce, Stamp},
    manifest::{ItemRule, Manifest},
    package::opening_proof,
    working_time::{Left, WorkingTime},
};

/// A journal of this many lines takes no further signs (docs/JOURNAL.md, «Limits»).
const MAX_LINES_WITH_SIGNS: u64 = 10_000;

/// Why the sitting does not allow an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first line is `released`, and no other is; the candidate starts once, before anything else is done.
    #[error("stands in the wrong place: first `released`, then `opened`, then all else")]
    Order,
    /// Another form was shown than the manifest names.
    #[error("names a form that is not this sitting's")]
    OtherForm,
    /// The device's key is no key.
    #[error("names a device without a readable key")]
    DeviceKey,
    /// The proof that the package was opened is none.
    #[error("has no proof that the package was opened")]
    Proof,
    /// The device did not sign what was written so far.
    #[error("has a signature that is not the device's over the lines before it")]
    Checkpoint,
    /// The clock stands: first `continued`.
    #[error("comes while the sitting is paused")]
    Paused,
    /// The clock runs already, or no break was approved.
    #[error("begins or ends a break that is none")]
    NoBreak,
    /// A grant that does not count.
    #[error("records a grant, but {0}")]
    Grant(#[from] GrantFault),
    /// A grant that allows something else than this event.
    #[error("records a grant that allows something else")]
    OtherGrant,
    /// A challenge that could be guessed.
    #[error("has a challenge that is not 32 to 128 hexadecimal digits")]
    Challenge,
    /// An anchor for a line that is not there.
    #[error("says that a line was anchored that is not written yet")]
    Anchor,
    /// Nothing follows `submitted`.
    #[error("comes after the sitting was submitted")]
    AlreadySubmitted,
    /// The proctor ended the sitting: what is left is to hand in.
    #[error("comes after the proctor ended the sitting")]
    Ended,
    /// The proctor is named as who ended it, without a grant that says so.
    #[error("says that the proctor ended the sitting, which no grant before it does")]
    NotEnded,
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
    /// The change does not fit the text.
    #[error("changes the text of item {item} in a way that does not fit: {error}")]
    Edit {
        /// The item.
        item: ItemId,
        /// What does not fit.
        error: EditError,
    },
}

/// A sitting as far as its journal has come.
#[derive(Clone, Debug)]
pub struct Sitting {
    manifest: Manifest,
    manifest_digest: String,
    lines: Vec<String>,
    head: String,
    last: Option<Stamp>,
    answers: Answers,
    device: Option<Device>,
    /// The key of line 1, and what it says to show that the package was opened.
    first_key: Option<String>,
    proof: String,
    /// Numbers of the lines with which another device took over.
    moves: Vec<u64>,
    vouched: u64,
    used: BTreeSet<String>,
    ended: bool,
    time: WorkingTime,
}

impl Sitting {
    /// A sitting whose journal is empty.
    ///
    /// # Errors
    /// As [`Manifest::digest`].
    pub fn new(manifest: Manifest) -> Result<Self, CanonicalError> {
        let manifest_digest = manifest.digest()?;
        Ok(Self {
            head: manifest_digest.clone(),
            manifest_digest,
            time: WorkingTime::new(manifest.duration_ms),
            manifest,
            lines: Vec::new(),
            last: None,
            answers: Answers::default(),
            device: None,
            first_key: None,
            proof: String::new(),
            moves: Vec::new(),
            vouched: 0,
            used: BTreeSet::new(),
            ended: false,
        })
    }

    /// Writes the next line, without accepting it: the caller stores it first.
    ///
    /// # Errors
    /// Why the sitting does not allow the event.
    pub fn prepare(&self, event: &Event, at: &Stamp, nonce: Nonce) -> Result<String, LineFault> {
        self.check(event)?;
        let line = Line::write(self.next_seq(), &self.head, at, nonce, event)
            .map_err(|error| LineFault::Unreadable(error.to_string()))?;
        // What is stored and then not accepted could never be followed by anything.
        Line::read(&line)?;
        Ok(line)
    }

    /// Accepts a line that [`Self::prepare`] or another device's wrote; on an error nothing has changed.
    ///
    /// # Errors
    /// What is wrong with it, and its number.
    pub fn accept(&mut self, text: &str) -> Result<(), JournalFault> {
        let line = self.check_line(text).map_err(|fault| JournalFault { seq: self.next_seq(), fault })?;
        self.time.see(&line.at);
        if let Recorded::Known(event) = &line.event {
            self.answers.apply(line.seq, event);
            self.apply(&line, event);
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
            Recorded::Unknown(_) if self.lines.is_empty() => return Err(Refusal::Order.into()),
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
        let (released, opened) = (!self.lines.is_empty(), self.time.has_begun());
        let in_order = match event {
            Event::Released { .. } => !released,
            Event::Opened { .. } => released && !opened,
            Event::Answered { .. }
            | Event::Typed { .. }
            | Event::Flagged { .. }
            | Event::Navigated { .. }
            | Event::Paused {}
            | Event::Submitted { .. } => opened,
            _ => released,
        };
        if !in_order {
            return Err(Refusal::Order);
        }
        match event {
            Event::Answered { .. }
            | Event::Typed { .. }
            | Event::Flagged { .. }
            | Event::Navigated { .. }
            | Event::Paused {}
                if self.ended =>
            {
                Err(Refusal::Ended)
            }
            Event::Submitted { reason: SubmitReason::Proctor } if !self.ended => Err(Refusal::NotEnded),
            Event::Released { device, proof, .. } => {
                device.public_key().ok_or(Refusal::DeviceKey)?;
                let sound = proof.len() == 64 && proof.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if sound { Ok(()) } else { Err(Refusal::Proof) }
            }
            Event::Opened { form } if form != &self.manifest.form_digest => Err(Refusal::OtherForm),
            Event::Answered { .. } | Event::Typed { .. } | Event::Flagged { .. } | Event::Navigated { .. }
                if self.time.is_paused() =>
            {
                Err(Refusal::Paused)
            }
            Event::Answered { item, response } => self.check_response(item, response),
            Event::Typed { item, at, removed, text } => {
                self.rule(item)?;
                let edited = self.answers.edited(item, *at, *removed, text);
                let response = edited.map_err(|error| Refusal::Edit { item: item.clone(), error });
                self.check_response(item, &response?)
            }
            Event::Flagged { item, .. } | Event::Navigated { to: Place::Item(item) } => self.rule(item).map(drop),
            Event::Moved { device, grant } => {
                device.public_key().ok_or(Refusal::DeviceKey)?;
                match self.allows(grant)? {
                    Allows::Move { .. } => Ok(()),
                    _ => Err(Refusal::OtherGrant),
                }
            }
            Event::Granted { grant } => match self.allows(grant)? {
                Allows::Move { .. } => Err(Refusal::OtherGrant),
                Allows::Pause { .. } if self.time.is_paused() || !opened => Err(Refusal::NoBreak),
                _ => Ok(()),
            },
            Event::Paused {} if self.time.is_paused() || !self.time.has_breaks() => Err(Refusal::NoBreak),
            Event::Continued {} if !self.time.is_paused() => Err(Refusal::NoBreak),
            Event::Challenged { challenge, .. } => {
                let sound = (32..=128).contains(&challenge.len())
                    && challenge.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if sound { Ok(()) } else { Err(Refusal::Challenge) }
            }
            Event::Anchored { count, .. } if *count > self.count() => Err(Refusal::Anchor),
            Event::Checkpointed { signature } => {
                let message = self.checkpoint().map_err(|_| Refusal::Checkpoint)?;
                let signed = self.device.as_ref().is_some_and(|device| device.signed(&message, signature));
                if signed { Ok(()) } else { Err(Refusal::Checkpoint) }
            }
            _ => Ok(()),
        }
    }

    /// Takes in what a checked event changes besides the answers.
    fn apply(&mut self, line: &Line, event: &Event) {
        match event {
            Event::Released { device, extra_ms, break_ms, proof, .. } => {
                self.device = Some(device.clone());
                self.first_key = Some(device.key.clone());
                self.proof = proof.clone();
                self.time.allow(*extra_ms, *break_ms);
            }
            Event::Opened { .. } => self.time.begin(&line.at),
            Event::Moved { device, grant } => {
                self.device = Some(device.clone());
                self.moves.push(line.seq);
                self.used.insert(grant.id().to_owned());
            }
            Event::Granted { grant } => {
                let signed = matches!(grant, Grant::Signed { .. });
                match self.allows(grant) {
                    Ok(Allows::ExtraTime { minutes }) => self.time.extend(minutes, signed),
                    Ok(Allows::Pause { .. }) => self.time.pause(&line.at, false),
                    Ok(Allows::End) => self.ended = true,
                    Ok(Allows::Move { .. }) | Err(_) => {}
                }
                self.used.insert(grant.id().to_owned());
            }
            Event::Paused {} => self.time.pause(&line.at, true),
            Event::Continued {} => self.time.go_on(&line.at),
            Event::Anchored { elapsed_ms: Some(elapsed_ms), .. } => self.time.told(&line.at, *elapsed_ms),
            Event::Checkpointed { .. } => self.vouched = line.seq - 1,
            _ => {}
        }
    }

    /// What a grant allows that this sitting has not used yet.
    ///
    /// # Errors
    /// [`GrantFault`].
    pub fn allows(&self, grant: &Grant) -> Result<Allows, GrantFault> {
        let allows = grant.allows(&self.manifest.attempt, &self.manifest.grants, &self.manifest.authorities())?;
        let nothing_new = match (&allows, grant) {
            (Allows::ExtraTime { minutes }, Grant::Code { .. }) => *minutes <= self.time.minutes_by_code(),
            _ => false,
        };
        if nothing_new || self.used.contains(grant.id()) { Err(GrantFault::Used) } else { Ok(allows) }
    }

    fn check_response(&self, item: &ItemId, response: &Response) -> Result<(), Refusal> {
        self.rule(item)?.check(response).map_err(|error| Refusal::Response { item: item.clone(), error })
    }

    fn rule(&self, item: &ItemId) -> Result<&ItemRule, Refusal> {
        self.manifest.rule(item).ok_or_else(|| Refusal::UnknownItem(item.clone()))
    }

    fn next_seq(&self) -> u64 {
        self.count() + 1
    }

    /// What the device signs to vouch for all lines so far.
    ///
    /// # Errors
    /// As [`checkpoint_message`].
    pub fn checkpoint(&self) -> Result<Vec<u8>, CanonicalError> {
        checkpoint_message(&self.manifest.attempt, self.epoch(), self.count(), &self.head)
    }

    /// The same for the first `count` lines; `None` if there are fewer.
    pub fn checkpoint_at(&self, count: u64) -> Option<Vec<u8>> {
        let head = self.head_at(count)?;
        checkpoint_message(&self.manifest.attempt, self.epoch_at(count), count, &head).ok()
    }

    fn epoch_at(&self, count: u64) -> u32 {
        let moves = self.moves.iter().filter(|&&line| line <= count).count();
        u32::try_from(moves).unwrap_or(u32::MAX - 1) + 1
    }

    /// What the sitting allows.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// SHA-256 of the manifest's canonical JSON, in lower-case hexadecimal: what the first line names as `prev`.
    pub fn manifest_digest(&self) -> &str {
        &self.manifest_digest
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

    /// SHA-256 of line `count`, or of the manifest for 0: what a receipt, an anchor or an acknowledgement of that state named.
    /// `None` if the journal has fewer lines: it was cut off.
    pub fn head_at(&self, count: u64) -> Option<String> {
        let before = usize::try_from(count).ok()?.checked_sub(1);
        match before {
            None => Some(self.manifest_digest.clone()),
            Some(index) => self.lines.get(index).map(|line| Line::digest(line)),
        }
    }

    /// When the last line was written, by the device's clocks.
    pub fn last_stamp(&self) -> Option<&Stamp> {
        self.last.as_ref()
    }

    /// What the journal amounts to.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The device that writes now; none before `released`.
    pub fn device(&self) -> Option<&Device> {
        self.device.as_ref()
    }

    /// Whether line 1 proves that its device's owner opened the package with this secret in it; `true` before line 1.
    pub fn proves_opening(&self, opening: &str) -> bool {
        let attempt = &self.manifest.attempt;
        let Some(first) = &self.first_key else { return true };
        opening_proof(attempt, first, opening).is_ok_and(|proof| proof == self.proof)
    }

    /// 1, and 1 more after each move to another device.
    pub fn epoch(&self) -> u32 {
        self.epoch_at(u64::MAX)
    }

    /// The line with which the device that writes took over; 0 if it wrote from the beginning.
    pub fn last_move(&self) -> u64 {
        self.moves.last().copied().unwrap_or_default()
    }

    /// How many lines the device that wrote them vouched for within the journal.
    pub fn vouched(&self) -> u64 {
        self.vouched
    }

    /// Whether the candidate started.
    pub fn has_opened(&self) -> bool {
        self.time.has_begun()
    }

    /// Whether the clock stands.
    pub fn is_paused(&self) -> bool {
        self.time.is_paused()
    }

    /// Whether the proctor ended the sitting: what is left is to hand in.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// Whether an event is still worth a line. Signs of what happens around the page are not once there are this many lines:
    /// some windows change the focus without end, and what is left of a journal is for answers.
    pub fn has_room_for(&self, event: &Event) -> bool {
        !event.is_sign() || self.count() < MAX_LINES_WITH_SIGNS
    }

    /// Working time and what is known of it.
    pub fn time(&self) -> &WorkingTime {
        &self.time
    }

    /// The time left at a moment of the device's clocks.
    pub fn left(&self, now: &Stamp) -> Left {
        self.time.left(now)
    }

    /// The server's reckoning of the working time spent at a moment, from an answer that is no line of the journal.
    pub fn told_elapsed(&mut self, at: &Stamp, elapsed_ms: u64) {
        self.time.told(at, elapsed_ms);
    }
}
