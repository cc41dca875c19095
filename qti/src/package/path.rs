//! Paths within a package.

/// The longest path.
const MAX_BYTES: usize = 1_024;

/// The path that a reference means from a file of the package; `None` if it leads out of it, or is none.
///
/// A reference is a relative URI: `%20` stands for a space, and what follows `?` or `#` is not about the file.
pub fn resolve(from: &str, reference: &str) -> Option<String> {
    let reference = reference.split(['?', '#']).next().unwrap_or_default();
    let decoded = decode(reference)?;
    if decoded.starts_with('/') || decoded.contains(['\\', ':', '\0']) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    (!path.is_empty() && path.len() <= MAX_BYTES).then_some(path)
}

/// Whether the name of an entry is a path within the package, as it stands.
pub(super) fn is_clean(name: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    name.len() <= MAX_BYTES && !name.contains(['\\', ':', '\0']) && name.split('/').all(plain)
}

fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = (byte == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(value) => {
                decoded.push(value);
                at += 3;
            }
            // A lone % is meant as one.
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).ok()
}

/// A path as a reference, which [`resolve`] leads back to it.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'/') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_in_the_package_or_are_none() {
        for (from, reference, path) in [
            ("items/a.xml", "b.png", Some("items/b.png")),
            ("items/a.xml", "../img/b%20c.png#x", Some("img/b c.png")),
            ("a.xml", "./b.png", Some("b.png")),
            ("a.xml", "../b.png", None),
            ("a.xml", "x/../../b.png", None),
            ("a.xml", "%2e%2e/b.png", None),
            ("a.xml", "/etc/passwd", None),
            ("a.xml", "C:/b.png", None),
            ("a.xml", "file:b.png", None),
            ("a.xml", r"..\b.png", None),
            ("a.xml", "", None),
            ("a.xml", "100%.png", Some("100%.png")),
        ] {
            assert_eq!(resolve(from, reference).as_deref(), path, "{reference} from {from}");
        }
        assert_eq!(resolve("", &encode("b c/ä%.png")).as_deref(), Some("b c/ä%.png"));
    }

    #[test]
    fn names_of_entries_are_paths_without_detours() {
        for name in ["../a", "/a", "a/../b", "a//b", "./a", r"a\b", "C:a", "a\0", ""] {
            assert!(!is_clean(name), "{name:?}");
        }
        assert!(is_clean("a/b c.xml"));
    }
}
