//! XML from anywhere as a tree of elements, each with its place; bounded, and without documents of its own.
//!
//! Names are QTI 3.0's: `responseDeclaration` (QTI 2.x) and `qti-response-declaration` are both `response-declaration`.

mod build;
mod decode;
mod element;
mod name;
mod output;
mod place;

pub(crate) use build::read;
pub(crate) use decode::decode;
pub use element::Version;
pub(crate) use element::{Attribute, Element, Node, Space};
pub(crate) use name::{kebab, same_name};
pub(crate) use output::Output;
pub(crate) use place::Lines;

/// The most bytes a document may have.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;
/// How deep elements may lie in each other.
pub const MAX_DEPTH: usize = 64;
/// The most elements a document may have.
pub const MAX_ELEMENTS: usize = 500_000;
/// The most attributes an element may have.
pub const MAX_ATTRIBUTES: usize = 64;
/// The most namespaces that may be declared at one place.
pub const MAX_NAMESPACES: usize = 64;
