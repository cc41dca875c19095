//! What happens in a sitting. Events are in the past tense: the journal says what was, never what should be.

use item::{ItemId, Response};
use serde::{Deserialize, Serialize};

/// One event of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The form was shown for the first time. Always the first line.
    Opened {
        /// SHA-256 of the form's canonical JSON: what the candidate was shown.
        form: String,
    },
    /// The candidate changed the response to an item; an empty response clears it.
    Answered {
        /// The item.
        item: ItemId,
        /// The whole response as it now stands.
        response: Response,
    },
    /// The candidate set or removed the mark «look at this again».
    Flagged {
        /// The item.
        item: ItemId,
        /// Set rather than removed.
        on: bool,
    },
    /// The candidate went to another page.
    Navigated {
        /// Where to.
        to: Place,
    },
    /// The page was shown again after a reload, a crash or a restart.
    Resumed {
        /// Milliseconds by the wall clock since the line before; 0 if the wall clock ran backwards.
        gap_ms: u64,
    },
    /// The browser hid or showed the page (Page Visibility).
    VisibilityChanged {
        /// Visible from now on.
        visible: bool,
    },
    /// The window lost or got the input focus.
    FocusChanged {
        /// Focused from now on.
        focused: bool,
    },
    /// The number of screens changed between one and more than one, where the browser tells.
    ScreensChanged {
        /// More than one screen from now on.
        extended: bool,
    },
    /// The device's wall clock and monotonic clock drifted apart.
    ClockJumped {
        /// Wall minus monotonic time since the stamp before, in milliseconds.
        by_ms: i64,
    },
    /// The candidate handed in, or the time was up. Always the last line.
    Submitted {
        /// Why.
        reason: SubmitReason,
    },
}

/// Where in the exam the candidate is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// At an item.
    Item(ItemId),
    /// At the page that lists all items before the end.
    Review,
}

/// Why a sitting was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubmitReason {
    /// The candidate handed in.
    Candidate,
    /// The time was up.
    TimeUp,
}

/// An event as found in a journal: known to this version, or kept as it stands and flagged.
#[derive(Clone, Debug, PartialEq)]
pub enum Recorded {
    /// An event of this version.
    Known(Event),
    /// An event of a later version, or of another writer.
    Unknown(serde_json::Value),
}

impl Recorded {
    /// Reads the `event` member of a line. Only an object whose `type` this version does not know is kept unread; a known
    /// type with wrong members is an error.
    ///
    /// # Errors
    /// What is wrong with the event.
    pub fn read(value: serde_json::Value) -> Result<Self, serde_json::Error> {
        match serde_json::from_value(value.clone()) {
            Ok(event) => Ok(Self::Known(event)),
            Err(error) => {
                let kind = value.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
                if kind.is_empty() || KNOWN.contains(&kind) { Err(error) } else { Ok(Self::Unknown(value)) }
            }
        }
    }
}

/// The `type` of every variant of [`Event`].
const KNOWN: [&str; 10] = [
    "opened",
    "answered",
    "flagged",
    "navigated",
    "resumed",
    "visibility_changed",
    "focus_changed",
    "screens_changed",
    "clock_jumped",
    "submitted",
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_unknown_event_is_kept_and_a_damaged_known_one_is_refused() {
        let future = json!({"type": "levitated", "metres": 2});
        assert_eq!(Recorded::read(future.clone()).unwrap(), Recorded::Unknown(future));
        assert!(Recorded::read(json!({"type": "answered", "item": "q01"})).is_err());
        assert!(Recorded::read(json!({"item": "q01"})).is_err());
    }

    #[test]
    fn the_list_of_known_types_is_the_enum() {
        let samples = [
            Event::Opened { form: String::new() },
            Event::Answered { item: "q01".into(), response: Response::default() },
            Event::Flagged { item: "q01".into(), on: true },
            Event::Navigated { to: Place::Review },
            Event::Resumed { gap_ms: 0 },
            Event::VisibilityChanged { visible: true },
            Event::FocusChanged { focused: true },
            Event::ScreensChanged { extended: true },
            Event::ClockJumped { by_ms: 0 },
            Event::Submitted { reason: SubmitReason::Candidate },
        ];
        let types = samples.map(|e| serde_json::to_value(e).unwrap()["type"].as_str().unwrap().to_owned());
        assert_eq!(types, KNOWN);
    }
}
