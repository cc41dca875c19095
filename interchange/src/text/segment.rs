//! Formulas and gaps within a text.

/// A stretch of text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    Text(&'a str),
    /// TeX between `\(` and `\)`, or on a line of its own between `\[` and `\]` or `$$` and `$$`, as Moodle's filter has it.
    Maths {
        tex: &'a str,
        display: bool,
    },
    Gap(u32),
}

const DELIMITERS: [(&str, &str, bool); 3] = [("\\(", "\\)", false), ("\\[", "\\]", true), ("$$", "$$", true)];

/// Cuts a text into segments. In code, formulas are text.
pub(super) fn segments(text: &str, code: bool) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    // Whether an end of each kind may still come: what was searched for once in vain is not searched for again.
    let mut open = [!code; DELIMITERS.len()];
    let (mut start, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['\\', '$', '\u{fdd0}']).map(|found| at + found) {
        let rest = &text[found..];
        let (segment, length) = match gap(rest).or_else(|| maths(rest, &mut open)) {
            Some(found) => found,
            None => {
                at = found + rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        if start < found {
            segments.push(Segment::Text(&text[start..found]));
        }
        segments.push(segment);
        at = found + length;
        start = at;
    }
    if start < text.len() {
        segments.push(Segment::Text(&text[start..]));
    }
    segments
}

fn gap(rest: &str) -> Option<(Segment<'_>, usize)> {
    let inside = rest.strip_prefix('\u{fdd0}')?;
    // A number of 32 bits has ten digits.
    let end = inside.bytes().take(11).position(|byte| !byte.is_ascii_digit())?;
    inside[end..].starts_with('\u{fdd1}').then_some(())?;
    Some((Segment::Gap(inside[..end].parse().ok()?), end + '\u{fdd0}'.len_utf8() + '\u{fdd1}'.len_utf8()))
}

fn maths<'a>(rest: &'a str, open: &mut [bool; DELIMITERS.len()]) -> Option<(Segment<'a>, usize)> {
    let kind = DELIMITERS.iter().position(|(opening, ..)| rest.starts_with(opening)).filter(|kind| open[*kind])?;
    let (opening, closing, display) = DELIMITERS[kind];
    let inside = &rest[opening.len()..];
    let Some(end) = inside.find(closing) else {
        open[kind] = false;
        return None;
    };
    let tex = inside[..end].trim();
    // A gap within a formula stays a gap.
    (!tex.is_empty() && !tex.contains('\u{fdd0}'))
        .then_some((Segment::Maths { tex, display }, end + opening.len() + closing.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_gaps_are_found_and_unfinished_ones_are_text() {
        use Segment::{Gap, Maths, Text};
        let text = "a \\(x^2\\) $$ y $$\u{fdd0}12\u{fdd1}\\[z \\( $5 \u{fdd0}x\u{fdd1}";
        let expected = [
            Text("a "),
            Maths { tex: "x^2", display: false },
            Text(" "),
            Maths { tex: "y", display: true },
            Gap(12),
            Text("\\[z \\( $5 \u{fdd0}x\u{fdd1}"),
        ];
        assert_eq!(segments(text, false), expected);
        assert_eq!(segments("\\(x\\)\u{fdd0}1\u{fdd1}", true), [Text("\\(x\\)"), Gap(1)]);
    }
}
