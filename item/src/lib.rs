//! What a candidate may see of an exam: rich text, items without keys, forms and responses.
//!
//! Nothing here knows an answer key. The crate is pure data: no I/O, no clock, no randomness.

mod form;
mod response;
mod rich_text;

pub use form::{Choice, Direction, Form, FormItem, Interaction, ItemId, Stimulus};
pub use response::{Response, ResponseError};
pub use rich_text::{Block, Inline, RichText};
