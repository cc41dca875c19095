//! What is right in a gap that is typed into.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use crate::decimal::Decimal;

/// What is right in a gap that is typed into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum TextKey {
    /// One of these texts.
    Strings {
        /// The texts.
        accept: Vec<String>,
        /// Whether capitals matter.
        case: bool,
    },
    /// A number.
    Number {
        /// It, as a decimal.
        value: String,
        /// How far off it may be, as a decimal.
        tolerance: String,
    },
}

impl TextKey {
    /// Whether a typed text is right. Of strings, wide and narrow forms of characters are the same (Unicode NFKC), and so are
    /// runs of blanks; blanks at the ends do not count.
    pub fn is_met(&self, typed: &str) -> bool {
        match self {
            Self::Strings { accept, case } => {
                let typed = folded(typed, *case);
                accept.iter().any(|text| folded(text, *case) == typed)
            }
            Self::Number { value, tolerance } => {
                match (Decimal::parse(typed), Decimal::parse(value), Decimal::parse(tolerance)) {
                    (Some(typed), Some(value), Some(tolerance)) => typed.is_within(tolerance, value),
                    _ => false,
                }
            }
        }
    }

    /// Whether a number is asked for.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number { .. })
    }

    /// One text that is right.
    pub fn sample(&self) -> &str {
        match self {
            Self::Strings { accept, .. } => accept.first().map(String::as_str).unwrap_or_default(),
            Self::Number { value, .. } => value,
        }
    }
}

/// A text as it is compared: in the normal form NFKC, runs of blanks as one, in small letters unless `case` matters.
pub fn folded(text: &str, case: bool) -> String {
    let text: String = text.nfkc().collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Folding can undo the normal form.
    if case { text } else { text.to_lowercase().nfkc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(accept: &[&str], case: bool) -> TextKey {
        TextKey::Strings { accept: accept.iter().map(|&text| text.to_owned()).collect(), case }
    }

    #[test]
    fn capitals_width_and_blanks_do_not_make_a_text_wrong() {
        let key = strings(&["prompt injection", "Straße"], false);
        for right in ["Prompt  Injection ", "ｐｒｏｍｐｔ\u{a0}injection", "STRAßE"] {
            assert!(key.is_met(right), "{right:?}");
        }
        for wrong in ["prompt-injection", "", "promptinjection"] {
            assert!(!key.is_met(wrong), "{wrong:?}");
        }
        assert!(!strings(&["eBPF"], true).is_met("EBPF"));
        assert!(strings(&["eBPF"], true).is_met(" ｅBPF"));
    }

    #[test]
    fn a_number_is_right_within_its_tolerance() {
        let key = TextKey::Number { value: "0.75".into(), tolerance: "0.05".into() };
        for right in ["0.75", "0,70", ".8"] {
            assert!(key.is_met(right), "{right:?}");
        }
        for wrong in ["0.69", "75", "", "three quarters"] {
            assert!(!key.is_met(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn its_sample_meets_it() {
        for key in [strings(&["a b"], true), TextKey::Number { value: "-1.5".into(), tolerance: "0".into() }] {
            assert!(key.is_met(key.sample()));
        }
    }
}
