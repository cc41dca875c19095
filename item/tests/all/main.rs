//! Responses, the rules they keep, and the changes of a text.

mod edits;
mod responses;
mod texts;
