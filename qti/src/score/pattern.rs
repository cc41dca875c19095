//! Patterns of XML Schema (XML Schema 2, appendix F) matched by a machine without backtracking.

use regex::RegexBuilder;

use super::ScoreFault;

/// The most bytes that a pattern has.
const MAX_BYTES: usize = 10_000;

/// The most bytes that its automaton takes.
const MAX_MACHINE: usize = 1 << 20;

/// Whether a text matches a pattern as a whole.
pub(super) fn matches(pattern: &str, text: &str, case_sensitive: bool) -> Result<bool, ScoreFault> {
    let machine = compile(pattern, case_sensitive).map_err(|reason| {
        let pattern = pattern.chars().take(100).collect();
        ScoreFault::Pattern { pattern, reason }
    })?;
    Ok(machine.is_match(text))
}

/// Why a pattern cannot be matched, if it cannot.
pub(crate) fn check(pattern: &str) -> Option<String> {
    compile(pattern, true).err()
}

fn compile(pattern: &str, case_sensitive: bool) -> Result<regex::Regex, String> {
    if pattern.len() > MAX_BYTES {
        return Err(format!("it has more than {MAX_BYTES} bytes"));
    }
    let whole = format!(r"\A(?:{})\z", translated(pattern));
    let built = RegexBuilder::new(&whole)
        .case_insensitive(!case_sensitive)
        .size_limit(MAX_MACHINE)
        .dfa_size_limit(MAX_MACHINE)
        .nest_limit(64)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
        other => other.to_string().lines().last().unwrap_or_default().trim().to_owned(),
    })
}

/// An XML Schema pattern in the syntax of the crate `regex`.
///
/// In XML Schema `^` and `$` are plain characters, a pattern being about the whole text anyway. Authors write them as
/// anchors all the same, so they are anchors where an anchor makes sense, and plain elsewhere.
fn translated(pattern: &str) -> String {
    let letters: Vec<char> = pattern.chars().collect();
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied();
        let before = at.checked_sub(1).and_then(|at| letters.get(at).copied());
        match letter {
            '\\' => {
                match next {
                    Some('i') => out.push_str(r"[\p{L}\p{Nl}_:]"),
                    Some('I') => out.push_str(r"[^\p{L}\p{Nl}_:]"),
                    Some('c') => out.push_str(r"[\p{L}\p{Nl}\p{Nd}\p{M}_:.·\-]"),
                    Some('C') => out.push_str(r"[^\p{L}\p{Nl}\p{Nd}\p{M}_:.·\-]"),
                    Some(escaped) => out.extend(['\\', escaped]),
                    None => out.push('\\'),
                }
                at += 1;
            }
            '[' if depth == 0 => {
                depth = 1;
                out.push('[');
                if next == Some('^') {
                    out.push('^');
                    at += 1;
                }
            }
            // A class taken off another: `[a-z-[aeiou]]`.
            '-' if depth > 0 && next == Some('[') => {
                depth += 1;
                out.push_str("--[");
                at += 1;
                if letters.get(at + 1) == Some(&'^') {
                    out.push('^');
                    at += 1;
                }
            }
            ']' if depth > 0 => {
                depth -= 1;
                out.push(']');
            }
            // Signs that mean something in a class of the crate and nothing in one of XML Schema.
            '[' | '&' | '~' if depth > 0 => out.extend(['\\', letter]),
            '^' if depth == 0 && !matches!(before, None | Some('(' | '|')) => out.push_str(r"\^"),
            '$' if depth == 0 && !matches!(next, None | Some(')' | '|')) => out.push_str(r"\$"),
            _ => out.push(letter),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_about_the_whole_text() {
        for (pattern, text, expected) in [
            ("ab", "ab", true),
            ("ab", "xaby", false),
            ("^ab$", "ab", true),
            ("a|b", "b", true),
            ("a|b", "ab", false),
            ("[a-z-[aeiou]]+", "xyz", true),
            ("[a-z-[aeiou]]+", "xaz", false),
            (r"\d{2,3}", "123", true),
            (r"\i\c*", "_a-1", true),
            (r"\i\c*", "1a", false),
            ("a$b", "a$b", true),
            ("[&]+", "&&", true),
            (r"[0-9]+(\.[0-9]+)?", "3.14", true),
            ("(ab)*", "", true),
        ] {
            assert_eq!(matches(pattern, text, true), Ok(expected), "{pattern} on {text}");
        }
        assert_eq!(matches("AB", "ab", false), Ok(true));
    }

    #[test]
    fn a_pattern_that_is_none_says_why() {
        for pattern in ["(", "[a", r"\p{IsBasicLatin}", "(?=a)", "a{1000000}"] {
            assert!(check(pattern).is_some_and(|reason| !reason.is_empty()), "{pattern}");
        }
    }
}
