//! Reading QTI documents into the model.

mod attributes;
mod content;
mod declaration;
mod document;
mod expression;
mod formula;
mod interaction;
mod item;
mod media;
mod operator;
mod references;
mod rule;
mod test;
mod white_space;

pub use document::{Document, read, read_item, read_stimulus, read_test};
pub(crate) use document::{read_item_in, read_stimulus_in, read_test_in, with_root};
pub use white_space::normalise;
