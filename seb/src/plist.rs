//! Settings as a property list holds them.

mod error;
mod read;
mod scalar;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

pub use error::{PlistError, PlistFault};
pub(crate) use read::is_xml;
pub use read::read;

/// The most bytes that settings may have, as XML and as a file.
pub const MAX_BYTES: usize = 4 << 20;
/// How many dictionaries and arrays may lie within one another, the outermost included.
pub const MAX_DEPTH: usize = 32;

/// Settings by name. The order of a file means nothing: Config Key and writer sort as SEB does.
pub type Dict = BTreeMap<String, Value>;

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `<true/>` or `<false/>`.
    Boolean(bool),
    /// `<integer>`.
    Integer(i64),
    /// `<real>`; finite where it was read from a file.
    Real(f64),
    /// `<string>`.
    String(String),
    /// `<data>`: what the base 64 stands for.
    Data(Vec<u8>),
    /// `<date>`, in UTC, to the second.
    Date(NaiveDateTime),
    /// `<array>`.
    Array(Vec<Value>),
    /// `<dict>`.
    Dict(Dict),
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}
