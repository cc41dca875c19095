//! Names of QTI 2.x and 3.0 brought together.

use std::borrow::Cow;

/// A name in QTI 3.0's spelling, without `qti-`: `responseIf`, `qti-response-if` and `response-if` are `response-if`.
pub(crate) fn kebab(name: &str) -> Cow<'_, str> {
    let name = name.strip_prefix("qti-").unwrap_or(name);
    if !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(name);
    }
    let mut kebab = String::with_capacity(name.len() + 4);
    let mut small = false;
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && small {
            kebab.push('-');
        }
        small = !letter.is_ascii_uppercase();
        kebab.push(letter.to_ascii_lowercase());
    }
    Cow::Owned(kebab)
}

/// Whether a name, of whichever version, is this one in QTI 3.0's spelling; without copying either.
pub(crate) fn same_name(name: &str, kebab: &str) -> bool {
    name == kebab || (name.bytes().any(|byte| byte.is_ascii_uppercase()) && folded(name).eq(folded(kebab)))
}

fn folded(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().filter(|&byte| byte != b'-').map(|byte| byte.to_ascii_lowercase())
}
