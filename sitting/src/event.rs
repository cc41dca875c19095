//! What happens in a sitting. Events are in the past tense: the journal says what was, never what should be.

use item::{ItemId, Response, TextEdit};
use serde::{Deserialize, Serialize, de};

use crate::{device::Device, grant::Grant};

/// One event of a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The sealed package was opened on this device. Always the first line.
    Released {
        /// The device that writes from now on.
        device: Device,
        /// How the release code came.
        via: ReleaseVia,
        /// Extra working time as the sealed part says it, in milliseconds.
        extra_ms: u64,
        /// Breaks that stop the clock, in all, as the sealed part says it, in milliseconds.
        break_ms: u64,
        /// That the package was opened: [`opening_proof`](crate::opening_proof) for this device.
        proof: String,
        /// The build of the app.
        app: String,
    },
    /// The candidate started: the form was shown for the first time, and the clock runs.
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
    /// The candidate changed the text that answers an item.
    Typed {
        /// The item.
        item: ItemId,
        /// How many characters (Unicode scalar values) stand before the change.
        at: u32,
        /// How many characters after those are taken away.
        removed: u32,
        /// What takes their place.
        text: String,
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
    /// The sitting goes on on another device, in the next epoch. What the old one wrote after the line before is a fork.
    Moved {
        /// The device that writes from now on.
        device: Device,
        /// What allows it.
        grant: Grant,
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
    /// The page began or ceased to fill the screen.
    FullscreenChanged {
        /// Filling it from now on.
        on: bool,
    },
    /// The number of screens changed between one and more than one, where the browser tells.
    ScreensChanged {
        /// More than one screen from now on.
        extended: bool,
    },
    /// Something was pasted into the page, or dropped on it.
    Pasted {
        /// How many characters of text it had; what it said is not noted.
        characters: u64,
    },
    /// The device's wall clock and monotonic clock drifted apart.
    ClockJumped {
        /// Wall minus monotonic time since the stamp before, in milliseconds.
        by_ms: i64,
    },
    /// The proctor or the server allowed something.
    Granted {
        /// What, and the proof of it.
        grant: Grant,
    },
    /// The candidate began an approved break: the clock stands, the questions are hidden.
    Paused {},
    /// Break or pause ended: the clock runs on.
    Continued {},
    /// A challenge came: what follows was not written before.
    Challenged {
        /// The challenge, as lower-case hexadecimal digits: 128 bits or more.
        challenge: String,
        /// From whom.
        by: Authority,
    },
    /// The head of the journal was handed out, and its receipt reported.
    Anchored {
        /// By whom it was recorded.
        by: Authority,
        /// Number of the line whose hash was recorded.
        count: u64,
        /// Working time spent until then in milliseconds, as the server reckons it; `null` from a proctor.
        elapsed_ms: Option<u64>,
    },
    /// The device vouches for all lines before this one.
    Checkpointed {
        /// Its signature over [`checkpoint_message`](crate::checkpoint_message): 128 lower-case hexadecimal digits.
        signature: String,
    },
    /// The candidate handed in, the time was up, or the proctor ended it. Always the last line.
    Submitted {
        /// Why.
        reason: SubmitReason,
    },
}

impl Event {
    /// The events that make one text of another.
    pub fn typed(item: &ItemId, before: &str, after: &str) -> Vec<Self> {
        let typed =
            |TextEdit { at, removed, inserted }| Self::Typed { item: item.clone(), at, removed, text: inserted };
        TextEdit::between(before, after).into_iter().map(typed).collect()
    }

    /// Whether it is a sign of what happens around the page, which is noted for people.
    pub fn is_sign(&self) -> bool {
        matches!(
            self,
            Self::VisibilityChanged { .. }
                | Self::FocusChanged { .. }
                | Self::FullscreenChanged { .. }
                | Self::ScreensChanged { .. }
                | Self::Pasted { .. }
                | Self::ClockJumped { .. }
        )
    }
}

/// How a release code came to the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseVia {
    /// From the server, over the network.
    Server,
    /// Typed, as the proctor read it out.
    Code,
}

/// Who may challenge and record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The exam body's server.
    Server,
    /// The proctor in the room.
    Proctor,
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
    /// The proctor ended the sitting.
    Proctor,
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
            Ok(event) if is_spelt(&event, &value)? => Ok(Self::Known(event)),
            Ok(_) => Err(<serde_json::Error as de::Error>::custom(
                "an event is an object, and its members have one spelling",
            )),
            Err(error) => {
                let kind = value.get("type").and_then(serde_json::Value::as_str).unwrap_or_default();
                if kind.is_empty() || KNOWN.contains(&kind) { Err(error) } else { Ok(Self::Unknown(value)) }
            }
        }
    }
}

/// Whether an event stands there as it would be written; further members at its top may stand beside. The reader also takes a
/// list of values for an object, an object for a name, and a missing member for `null`: another checker would not.
fn is_spelt(event: &Event, value: &serde_json::Value) -> Result<bool, serde_json::Error> {
    let written = serde_json::to_value(event)?;
    let (Some(written), Some(there)) = (written.as_object(), value.as_object()) else { return Ok(false) };
    Ok(written.iter().all(|(name, member)| there.get(name) == Some(member)))
}

/// The `type` of every variant of [`Event`].
const KNOWN: [&str; 21] = [
    "released",
    "opened",
    "answered",
    "typed",
    "flagged",
    "navigated",
    "resumed",
    "moved",
    "visibility_changed",
    "focus_changed",
    "fullscreen_changed",
    "screens_changed",
    "pasted",
    "clock_jumped",
    "granted",
    "paused",
    "continued",
    "challenged",
    "anchored",
    "checkpointed",
    "submitted",
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::device::KeyHome;

    #[test]
    fn an_unknown_event_is_kept_and_a_damaged_known_one_is_refused() {
        let future = json!({"type": "levitated", "metres": 2});
        assert_eq!(Recorded::read(future.clone()).unwrap(), Recorded::Unknown(future));
        assert!(Recorded::read(json!({"type": "answered", "item": "q01"})).is_err());
        assert!(Recorded::read(json!({"item": "q01"})).is_err());
    }

    #[test]
    fn the_list_of_known_types_is_the_enum() {
        let device = Device { key: String::new(), home: KeyHome::Software };
        let grant = Grant::Code { code: String::new() };
        let samples = [
            Event::Released {
                device: device.clone(),
                via: ReleaseVia::Code,
                extra_ms: 0,
                break_ms: 0,
                proof: String::new(),
                app: String::new(),
            },
            Event::Opened { form: String::new() },
            Event::Answered { item: "q01".into(), response: Response::default() },
            Event::Typed { item: "q01".into(), at: 0, removed: 0, text: "a".into() },
            Event::Flagged { item: "q01".into(), on: true },
            Event::Navigated { to: Place::Review },
            Event::Resumed { gap_ms: 0 },
            Event::Moved { device, grant: grant.clone() },
            Event::VisibilityChanged { visible: true },
            Event::FocusChanged { focused: true },
            Event::FullscreenChanged { on: true },
            Event::ScreensChanged { extended: true },
            Event::Pasted { characters: 1 },
            Event::ClockJumped { by_ms: 0 },
            Event::Granted { grant },
            Event::Paused {},
            Event::Continued {},
            Event::Challenged { challenge: String::new(), by: Authority::Server },
            Event::Anchored { by: Authority::Server, count: 1, elapsed_ms: None },
            Event::Checkpointed { signature: String::new() },
            Event::Submitted { reason: SubmitReason::Candidate },
        ];
        let types = samples.map(|e| serde_json::to_value(e).unwrap()["type"].as_str().unwrap().to_owned());
        assert_eq!(types, KNOWN);
    }
}
