//! What in a journal deserves a person's look. Signs decide nothing: every one of them has innocent causes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    event::{Event, Recorded},
    grant::{Allows, Grant},
    journal::{Line, Stamp},
    state::Sitting,
};

/// Shorter gaps and unmeasured times are what loading a page takes.
const WORTH_A_LOOK_MS: u64 = 60_000;
/// The most of a foreign text that is shown.
const SHOWN: usize = 60;

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sign {
    /// Number of the line that shows it, or where it began.
    pub seq: u64,
    /// What kind of thing it is.
    pub kind: SignKind,
    /// The figures, in words.
    pub detail: String,
}

/// Kinds of signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignKind {
    /// The monotonic clock ran backwards within one run of the page, which no honest one does.
    ClockBackwards,
    /// The device noted that its clocks drifted apart.
    ClockJumped,
    /// Nothing was written for more than a minute before the page was opened again.
    Gap,
    /// More than a minute passed by the wall clock alone.
    Unmeasured,
    /// The page was hidden.
    Hidden,
    /// The window was without the input focus.
    Unfocused,
    /// The page ceased to fill the screen.
    LeftFullscreen,
    /// There was more than one screen.
    SecondScreen,
    /// Text was pasted or dropped.
    Pasted,
    /// The clock stood: an approved break, or a pause that was granted.
    Break,
    /// The proctor or the server allowed something else.
    Granted,
    /// The sitting went on on another device.
    Moved,
    /// An event that this version does not know.
    UnknownEvent,
    /// Lines for which no later checkpoint of their device vouches.
    NotVouched,
}

/// The signs of a journal, in the order of its lines.
pub fn signs(sitting: &Sitting) -> Vec<Sign> {
    let mut reader = Reader::new(sitting);
    for line in sitting.lines().iter().filter_map(|text| Line::read(text).ok()) {
        reader.read(line);
    }
    reader.finish()
}

/// A state of the page that lasts until another event ends it.
struct Span {
    seq: u64,
    since: Stamp,
    what: &'static str,
}

struct Reader<'a> {
    sitting: &'a Sitting,
    signs: Vec<Sign>,
    spans: BTreeMap<SignKind, Span>,
    /// The greatest monotonic time of each run of the page.
    runs: BTreeMap<String, u64>,
    started: Option<Stamp>,
    last: Option<Line>,
    measured_ms: u64,
    checkpoint: u64,
    epoch: u32,
}

impl<'a> Reader<'a> {
    fn new(sitting: &'a Sitting) -> Self {
        Self {
            sitting,
            signs: Vec::new(),
            spans: BTreeMap::new(),
            runs: BTreeMap::new(),
            started: None,
            last: None,
            measured_ms: 0,
            checkpoint: 0,
            epoch: 1,
        }
    }

    fn note(&mut self, seq: u64, kind: SignKind, detail: impl Into<String>) {
        self.signs.push(Sign { seq, kind, detail: detail.into() });
    }

    fn read(&mut self, line: Line) {
        self.clocks(&line);
        match &line.event {
            Recorded::Known(event) => self.event(&line, event),
            Recorded::Unknown(value) => {
                let kind = value["type"].as_str().unwrap_or_default();
                let shown: String = kind.chars().take(SHOWN).collect();
                self.note(line.seq, SignKind::UnknownEvent, format!("{shown:?}"));
            }
        }
        self.last = Some(line);
    }

    fn clocks(&mut self, line: &Line) {
        let reached = self.runs.entry(line.at.boot.clone()).or_insert(line.at.mono_ms);
        let (before, back_ms) = (*reached, reached.saturating_sub(line.at.mono_ms));
        *reached = before.max(line.at.mono_ms);
        if back_ms > 0 {
            self.note(line.seq, SignKind::ClockBackwards, format!("by {}", words(back_ms)));
        }
        if self.started.is_some() && self.last.as_ref().is_some_and(|last| last.at.boot == line.at.boot) {
            self.measured_ms = self.measured_ms.saturating_add(line.at.mono_ms.saturating_sub(before));
        }
    }

    fn event(&mut self, line: &Line, event: &Event) {
        let seq = line.seq;
        match event {
            Event::Opened { .. } => self.started = Some(line.at.clone()),
            Event::ClockJumped { by_ms } => {
                let way = if *by_ms < 0 { "back" } else { "ahead" };
                let detail = format!("the wall clock went {} {way}", words(by_ms.unsigned_abs()));
                self.note(seq, SignKind::ClockJumped, detail);
            }
            Event::Resumed { gap_ms } => {
                self.end_spans(line, "the page was opened again");
                if *gap_ms > WORTH_A_LOOK_MS {
                    self.note(seq, SignKind::Gap, format!("{} by the wall clock", words(*gap_ms)));
                }
            }
            Event::VisibilityChanged { visible } => self.span(line, SignKind::Hidden, !visible, "hidden"),
            Event::FocusChanged { focused } => self.span(line, SignKind::Unfocused, !focused, "without focus"),
            Event::FullscreenChanged { on } => self.span(line, SignKind::LeftFullscreen, !on, "not filling the screen"),
            Event::ScreensChanged { extended } => {
                self.span(line, SignKind::SecondScreen, *extended, "more than one screen");
            }
            Event::Pasted { characters } => self.note(seq, SignKind::Pasted, format!("{characters} characters")),
            Event::Paused {} => self.span(line, SignKind::Break, true, "approved break"),
            Event::Continued {} => self.span(line, SignKind::Break, false, ""),
            Event::Granted { grant } => self.granted(line, grant),
            Event::Moved { device, .. } => {
                self.end_spans(line, "the sitting moved");
                self.not_vouched(seq.saturating_sub(1));
                self.epoch = self.epoch.saturating_add(1);
                // The new device starts with nothing to vouch for.
                self.checkpoint = seq.saturating_sub(1);
                self.note(seq, SignKind::Moved, format!("epoch {}, device {}", self.epoch, device.key));
            }
            Event::Checkpointed { .. } => self.checkpoint = seq,
            _ => {}
        }
    }

    fn granted(&mut self, line: &Line, grant: &Grant) {
        let manifest = self.sitting.manifest();
        let how = if matches!(grant, Grant::Code { .. }) { "by code" } else { "signed" };
        match grant.allows(&manifest.attempt, &manifest.grants, &manifest.authorities()) {
            Ok(Allows::Pause { .. }) => self.span(line, SignKind::Break, true, "granted pause"),
            Ok(Allows::ExtraTime { minutes }) => {
                let sum = if matches!(grant, Grant::Code { .. }) { "extra minutes in all" } else { "extra minutes" };
                self.note(line.seq, SignKind::Granted, format!("{minutes} {sum}, {how}"));
            }
            Ok(Allows::End) => self.note(line.seq, SignKind::Granted, format!("end of the sitting, {how}")),
            Ok(Allows::Move { .. }) | Err(_) => {}
        }
    }

    fn span(&mut self, line: &Line, kind: SignKind, begins: bool, what: &'static str) {
        if begins {
            self.spans.entry(kind).or_insert(Span { seq: line.seq, since: line.at.clone(), what });
        } else if let Some(span) = self.spans.remove(&kind) {
            self.end_span(kind, &span, &line.at, "");
        }
    }

    fn end_span(&mut self, kind: SignKind, span: &Span, at: &Stamp, why: &str) {
        let measured = span.since.boot == at.boot;
        let lasted = if measured {
            at.mono_ms.saturating_sub(span.since.mono_ms)
        } else {
            at.wall_ms.saturating_sub(span.since.wall_ms)
        };
        let clock = if measured { "" } else { " by the wall clock" };
        let until = if why.is_empty() { String::new() } else { format!(", until {why}") };
        self.note(span.seq, kind, format!("{} {}{clock}{until}", span.what, words(lasted)));
    }

    /// A page that is loaded begins visible and with the focus, unless it says otherwise; a break goes on.
    fn end_spans(&mut self, line: &Line, why: &str) {
        for (kind, span) in std::mem::take(&mut self.spans) {
            if kind == SignKind::Break {
                self.spans.insert(kind, span);
            } else {
                self.end_span(kind, &span, &line.at, why);
            }
        }
    }

    fn not_vouched(&mut self, until: u64) {
        let from = self.checkpoint.saturating_add(1);
        if from <= until {
            self.note(from, SignKind::NotVouched, format!("lines {from} to {until} of epoch {}", self.epoch));
        }
    }

    fn finish(mut self) -> Vec<Sign> {
        if let Some(last) = self.last.take() {
            for (kind, span) in std::mem::take(&mut self.spans) {
                self.end_span(kind, &span, &last.at, "the record ends");
            }
            let passed = self.started.as_ref().map_or(0, |start| last.at.wall_ms.saturating_sub(start.wall_ms));
            let unmeasured = passed.saturating_sub(self.measured_ms);
            if unmeasured > WORTH_A_LOOK_MS {
                let detail = format!("{} since the start, by the wall clock alone", words(unmeasured));
                self.note(last.seq, SignKind::Unmeasured, detail);
            }
            self.not_vouched(last.seq);
        }
        self.signs.sort_by_key(|sign| sign.seq);
        self.signs
    }
}

/// A length of time: two units at most.
fn words(ms: u64) -> String {
    let (seconds, minutes, hours) = (ms / 1_000, ms / 60_000, ms / 3_600_000);
    if hours > 0 {
        format!("{hours} h {} min", minutes % 60)
    } else if minutes > 0 {
        format!("{minutes} min {} s", seconds % 60)
    } else if seconds > 0 {
        format!("{seconds} s")
    } else {
        format!("{ms} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_said_in_two_units_at_most() {
        let said = [0, 999, 1_000, 59_999, 60_000, 3_599_999, 3_600_000, 90_061_000].map(words);
        assert_eq!(said, ["0 ms", "999 ms", "1 s", "59 s", "1 min 0 s", "59 min 59 s", "1 h 0 min", "25 h 1 min"]);
    }
}
