//! What a typed text has to look like.

use serde::Serialize;

/// A text, or texts with anything between them: in Moodle an asterisk stands for any characters, also for none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TextPattern {
    /// The texts around the wildcards, one more than these; a pattern without a wildcard is one text.
    pub parts: Vec<String>,
}

impl TextPattern {
    /// Reads a text in which `*` is a wildcard and `\*` an asterisk. Wildcards in a row are one.
    pub fn parse(text: &str) -> Self {
        let mut parts = vec![String::new()];
        let mut wildcard = false;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let character = match character {
                '*' if wildcard => continue,
                '*' => {
                    wildcard = true;
                    parts.push(String::new());
                    continue;
                }
                '\\' if characters.peek() == Some(&'*') => characters.next().unwrap_or('*'),
                other => other,
            };
            wildcard = false;
            if let Some(last) = parts.last_mut() {
                last.push(character);
            }
        }
        Self { parts }
    }

    /// The one text that fits, if there is no wildcard.
    pub fn literal(&self) -> Option<&str> {
        match self.parts.as_slice() {
            [text] => Some(text),
            _ => None,
        }
    }

    /// Whether everything fits.
    pub fn is_anything(&self) -> bool {
        self.parts.len() == 2 && self.parts.iter().all(String::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asterisks_are_wildcards_unless_a_backslash_stands_before() {
        let parts = |text: &str| TextPattern::parse(text).parts;
        assert_eq!(parts("a token"), ["a token"]);
        assert_eq!(parts("prompt*injection"), ["prompt", "injection"]);
        assert_eq!(parts(r"2\*3"), ["2*3"]);
        assert_eq!(parts("**a***"), ["", "a", ""]);
        assert!(TextPattern::parse("*").is_anything());
        assert_eq!(TextPattern::parse("x").literal(), Some("x"));
        assert_eq!(TextPattern::parse("x*").literal(), None);
    }
}
