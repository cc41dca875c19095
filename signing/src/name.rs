//! Folding names, so that a certificate is found however somebody writes its holder's last name.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// A name without case, accents, spaces, hyphens and apostrophes: Unicode NFKD, combining marks dropped, lower case, letters
/// that have no decomposition spelled as people type them (ß as ss, ł as l), nothing but letters and digits.
///
/// Two names that fold to the same text match. It is for looking up, never for display or identity.
pub fn fold(name: &str) -> String {
    let lower: String = name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect();
    let plain = lower.nfkd().filter(|&c| c.is_alphanumeric());
    plain.fold(String::new(), |mut folded, c| {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c => folded.push(c),
        }
        folded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_one_text() {
        for (one, other) in [
            ("Muster-Łęcka", "muster lecka"),
            ("O’Neill", "ONEILL"),
            ("Strauß", "STRAUSS"),
            ("Ångström", "Angstrom"),
            ("İnci", "inci"),
            ("  Example ", "example"),
            ("Ｆｕｌｌ", "full"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} / {other}");
        }
    }

    #[test]
    fn different_names_and_scripts_stay_apart() {
        assert_ne!(fold("Smith"), fold("Smyth"));
        assert_eq!(fold("Иванов"), "иванов");
        assert_eq!(fold("山田"), "山田");
        assert_eq!(fold("---"), "");
    }
}
