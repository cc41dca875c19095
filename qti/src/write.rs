//! Writing the model as QTI 3.0.
//!
//! Reading what was written gives the same model back, if its content is [normalised](crate::read::normalise) and its
//! names are identifiers: both are so in whatever was read.

mod content;
mod declaration;
mod expression;
mod interaction;
mod item;
mod rule;
mod test;

use std::borrow::Cow;

pub use item::{item, stimulus};
pub use test::test;

/// The namespace of QTI 3.0 items, stimuli and tests.
pub const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";

/// Attributes to be written; those without a value are left out.
type Attributes<'a> = Vec<(&'a str, Option<Cow<'a, str>>)>;

fn word(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text))
}

fn optional(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

fn boolean(truth: bool) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(if truth { "true" } else { "false" }))
}

/// A boolean that is false where it is not written.
fn flag(truth: bool) -> Option<Cow<'static, str>> {
    truth.then_some(Cow::Borrowed("true"))
}

fn count(number: u32) -> Option<Cow<'static, str>> {
    Some(Cow::Owned(number.to_string()))
}

fn float(number: f64) -> Option<Cow<'static, str>> {
    Some(Cow::Owned(crate::number::float_text(number)))
}

fn list(words: &[String]) -> Option<Cow<'static, str>> {
    (!words.is_empty()).then(|| Cow::Owned(words.join(" ")))
}
