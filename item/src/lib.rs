//! What a candidate may see of an exam: rich text, items without keys, forms and responses, open books.
//!
//! Nothing here knows an answer key. The crate is pure data: no I/O, no clock, no randomness.

mod accepts;
mod form;
mod image;
mod interaction;
mod open_book;
mod response;
mod rich_text;
mod shape;
mod text_edit;

pub use accepts::{Accepts, GapAccepts};
pub use form::{Direction, Form, FormItem, ItemId, Stimulus};
pub use image::{Image, Media};
pub use interaction::{Choice, Gap, GapEntry, InlineChoice, Interaction, Region};
pub use open_book::{BookEntry, BookPlace, BookSection, BookSource, Index, OpenBook};
pub use response::{Response, ResponseError};
pub use rich_text::{Block, Inline, RichText};
pub use shape::Shape;
pub use text_edit::{EditError, TextEdit};
