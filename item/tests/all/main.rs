//! Responses, the rules they keep, and the changes of a text.

#![expect(clippy::unwrap_used, reason = "tests fail where they panic")]

mod edits;
mod responses;
mod texts;
