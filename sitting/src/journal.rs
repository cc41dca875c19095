//! The journal: lines of canonical JSON, each naming the SHA-256 of the one before (docs/JOURNAL.md).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use signing::{digest::sha256_hex, jcs};

use crate::event::{Event, Recorded};

/// The longest line that is accepted, in bytes.
pub const MAX_LINE_BYTES: usize = 4096;

/// 128 random bits that keep a line from being guessed between two known heads.
pub type Nonce = [u8; 16];

/// When something happened, by the device's own clocks. They order what lies between two anchors and prove nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// Random name of this run of the page: monotonic times compare only within one run.
    pub boot: String,
    /// Milliseconds of the monotonic clock since the page started.
    pub mono_ms: u64,
    /// Milliseconds of the wall clock since 1970-01-01T00:00:00Z.
    pub wall_ms: u64,
}

/// One line of a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Position, counted from 1.
    pub seq: u64,
    /// SHA-256 of the line before; for the first line, of the manifest's canonical JSON.
    pub prev: String,
    /// When.
    pub at: Stamp,
    /// What.
    pub event: Recorded,
}

#[derive(Serialize)]
struct Writing<'a> {
    v: u32,
    seq: u64,
    prev: &'a str,
    nonce: String,
    at: &'a Stamp,
    event: &'a Event,
}

/// A line without its event, which is read by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    v: u32,
    seq: u64,
    prev: String,
    nonce: String,
    at: Stamp,
}

/// What is wrong with a line, seen alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Longer than [`MAX_LINE_BYTES`].
    #[error("is {got} bytes long, at most {MAX_LINE_BYTES} are allowed")]
    TooLong {
        /// Its length.
        got: usize,
    },
    /// Not JSON, or not the members of a line.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// A version that this code does not know.
    #[error("has version {0}, this program reads version 1")]
    Version(u32),
    /// Not in canonical form (RFC 8785), so that its hash would depend on who writes it.
    #[error("is not canonical JSON")]
    NotCanonical,
    /// A number that not every reader of JSON holds exactly.
    #[error("holds a number that is no integer below 2^53")]
    Number,
    /// The nonce is not 128 bits in lower-case hexadecimal.
    #[error("has a nonce that is not 32 hexadecimal digits")]
    Nonce,
    /// Not the next number.
    #[error("has number {got}, expected {expected}")]
    Seq {
        /// The next number.
        expected: u64,
        /// The number it has.
        got: u64,
    },
    /// Does not follow the line before.
    #[error("does not follow the line before it (its `prev` differs)")]
    Prev,
    /// The sitting does not allow the event.
    #[error("{0}")]
    Refused(#[from] crate::Refusal),
}

/// What is wrong with a journal, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("journal line {seq} {fault}")]
pub struct JournalFault {
    /// Number of the line in question, counted from 1.
    pub seq: u64,
    /// What is wrong.
    pub fault: LineFault,
}

impl Line {
    /// Writes a line as canonical JSON, without a line end.
    ///
    /// # Errors
    /// Never for these types; the canonicaliser's signature asks for it.
    pub fn write(seq: u64, prev: &str, at: &Stamp, nonce: Nonce, event: &Event) -> Result<String, jcs::CanonicalError> {
        jcs::to_string(&Writing { v: 1, seq, prev, nonce: hex::encode(nonce), at, event })
    }

    /// Reads a line and checks what can be seen on it alone.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, LineFault> {
        if text.len() > MAX_LINE_BYTES {
            return Err(LineFault::TooLong { got: text.len() });
        }
        let unreadable = |error: serde_json::Error| LineFault::Unreadable(error.to_string());
        let mut value: Value = serde_json::from_str(text).map_err(unreadable)?;
        // Also catches repeated members: the parsed value would be written with one of them.
        if !is_canonical(text, &value) {
            return Err(LineFault::NotCanonical);
        }
        if !is_exact(&value) {
            return Err(LineFault::Number);
        }
        // The reader also takes a list of values for an object of members: one line would have two spellings.
        if !value["at"].is_object() {
            return Err(LineFault::Unreadable("a line and its `at` are objects".into()));
        }
        let event = value.as_object_mut().and_then(|line| line.remove("event")).ok_or_else(|| missing("event"))?;
        let line: Reading = serde_json::from_value(value).map_err(unreadable)?;
        if line.v != 1 {
            return Err(LineFault::Version(line.v));
        }
        if line.nonce.len() != 32 || !line.nonce.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(LineFault::Nonce);
        }
        let event = Recorded::read(event).map_err(unreadable)?;
        Ok(Self { seq: line.seq, prev: line.prev, at: line.at, event })
    }

    /// The hash that the next line names as `prev`.
    pub fn digest(text: &str) -> String {
        sha256_hex(text.as_bytes())
    }
}

fn missing(member: &str) -> LineFault {
    LineFault::Unreadable(format!("missing field `{member}`"))
}

/// Whether a text is the canonical form of the value read from it.
fn is_canonical(text: &str, value: &Value) -> bool {
    // Of ASCII with members in ascending order, both ways of writing give the same; this one takes a third of the time.
    let written = if text.is_ascii() && is_ascending(value) {
        serde_json::to_string(value).ok()
    } else {
        jcs::to_string(value).ok()
    };
    written.as_deref() == Some(text)
}

/// Whether the members of every object stand in ascending order.
fn is_ascending(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().all(is_ascending),
        Value::Object(members) => members.keys().is_sorted() && members.values().all(is_ascending),
        _ => true,
    }
}

/// Whether every number is an integer that a double holds exactly (RFC 7493, section 2.2).
fn is_exact(value: &Value) -> bool {
    const LIMIT: u64 = 1 << 53;
    match value {
        Value::Number(number) => {
            number.as_u64().or_else(|| number.as_i64().map(i64::unsigned_abs)).is_some_and(|size| size < LIMIT)
        }
        Value::Array(values) => values.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp { boot: "b1".into(), mono_ms: 5, wall_ms: 1_795_000_000_000 }
    }

    fn sample() -> String {
        let event = Event::Flagged { item: "q07".into(), on: true };
        Line::write(3, &"0".repeat(64), &stamp(), [7; 16], &event).unwrap()
    }

    #[test]
    fn a_line_is_read_as_it_was_written() {
        let line = Line::read(&sample()).unwrap();
        assert_eq!((line.seq, line.at), (3, stamp()));
        assert_eq!(line.event, Recorded::Known(Event::Flagged { item: "q07".into(), on: true }));
    }

    #[test]
    fn the_bytes_of_a_line_are_fixed() {
        assert_eq!(
            sample(),
            format!(
                concat!(
                    r#"{{"at":{{"boot":"b1","mono_ms":5,"wall_ms":1795000000000}},"#,
                    r#""event":{{"item":"q07","on":true,"type":"flagged"}},"#,
                    r#""nonce":"{}","prev":"{}","seq":3,"v":1}}"#
                ),
                "07".repeat(16),
                "0".repeat(64)
            )
        );
    }

    #[test]
    fn every_damage_has_its_own_word() {
        let good = sample();
        let fault = |text: &str| Line::read(text).unwrap_err();
        assert!(matches!(fault("{"), LineFault::Unreadable(_)));
        assert_eq!(fault(&good.replace(":3,", ": 3,")), LineFault::NotCanonical);
        assert_eq!(fault(&good.replace(r#""seq":3"#, r#""seq":3,"seq":3"#)), LineFault::NotCanonical);
        for number in ["9007199254740992", "18446744073709550000", "-9007199254740992", "0.5", "1e+21"] {
            let event = format!(r#"{{"height":{number},"type":"levitated"}}"#);
            let line = good.replace(r#"{"item":"q07","on":true,"type":"flagged"}"#, &event);
            assert_eq!(fault(&line), LineFault::Number, "{number}");
        }
        assert_eq!(fault(&good.replace(r#""v":1"#, r#""v":2"#)), LineFault::Version(2));
        assert_eq!(fault(&good.replace("0707", "07zz")), LineFault::Nonce);
        assert!(matches!(fault(&"x".repeat(5000)), LineFault::TooLong { got: 5000 }));
        assert!(matches!(fault(&"[".repeat(4000)), LineFault::Unreadable(_)));
    }

    #[test]
    fn a_line_has_one_spelling() {
        let good = sample();
        let nonce = "07".repeat(16);
        let event = r#"{"item":"q07","on":true,"type":"flagged"}"#;
        let at = r#"{"boot":"b1","mono_ms":5,"wall_ms":1795000000000}"#;
        for other in [
            good.replace(at, r#"["b1",5,1795000000000]"#),
            good.replace(event, r#"["flagged","q07",true]"#),
            good.replace(event, r#"{"reason":{"candidate":null},"type":"submitted"}"#),
            good.replace(event, r#"{"by":"proctor","count":1,"type":"anchored"}"#),
            format!(r#"[1,3,"{}","{nonce}",{at},{event}]"#, "0".repeat(64)),
        ] {
            assert!(matches!(Line::read(&other), Err(LineFault::Unreadable(_))), "{other}");
        }
    }
}
