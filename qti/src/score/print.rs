//! What a candidate reads: the text of a body with its variables, and the feedback that is shown.

use super::Scoring;
use crate::{
    model::{Content, Feedback, Group, Interaction, Item, Kind, Level, Scalar, Value},
    number,
};

/// The longest field and the most places that a format may ask for.
const MAX_WIDTH: usize = 200;

/// The text of an item's body as it stands after scoring; blocks are separated by line breaks.
pub fn body_text(item: &Item, scoring: &Scoring) -> String {
    let mut text = String::new();
    print(&item.body, scoring, &mut text);
    text.trim().to_owned()
}

/// The names of the modal feedback that is shown, in the order of the item.
pub fn feedback_shown(item: &Item, scoring: &Scoring) -> Vec<String> {
    let shown = item.modal_feedback.iter().filter(|modal| is_shown(&modal.feedback, scoring));
    shown.map(|modal| modal.feedback.identifier.clone()).collect()
}

/// Feedback is shown if its variable has its value among those it has; the other way round if it is to be hidden.
fn is_shown(feedback: &Feedback, scoring: &Scoring) -> bool {
    let has = value(scoring, &feedback.outcome)
        .is_some_and(|value| value.members().iter().any(|member| member.text() == feedback.identifier));
    has == feedback.show
}

fn value<'s>(scoring: &'s Scoring, name: &str) -> Option<&'s Value> {
    scoring.templates.get(name).or_else(|| scoring.outcomes.get(name))
}

fn print(content: &[Content], scoring: &Scoring, into: &mut String) {
    for piece in content {
        match piece {
            Content::Text(text) | Content::Formula(text) => into.push_str(text),
            Content::Group { group, children } => {
                let block = group.level() != Level::Inline;
                separate(block, into);
                print(children, scoring, into);
                separate(block, into);
                if matches!(group, Group::Cell | Group::HeaderCell) {
                    into.push(' ');
                }
            }
            Content::Link { children, .. } | Content::Hottext { children, .. } => print(children, scoring, into),
            Content::Break | Content::Separator => into.push('\n'),
            Content::Image(figure) => into.push_str(&figure.alternative),
            Content::Media(media) => print(&media.fallback, scoring, into),
            Content::PrintedVariable { identifier, format } => {
                if let Some(value) = value(scoring, identifier) {
                    let text = |scalar: &Scalar| formatted(scalar, format.as_deref());
                    into.push_str(&value.members().iter().map(text).collect::<Vec<_>>().join(";"));
                }
            }
            Content::Feedback(feedback) | Content::Template(feedback) => {
                if is_shown(feedback, scoring) {
                    separate(!feedback.inline, into);
                    print(&feedback.children, scoring, into);
                    separate(!feedback.inline, into);
                }
            }
            // Rubrics are for somebody in particular, mostly not for the candidate.
            Content::Rubric(rubric) => {
                if rubric.view.is_empty() || rubric.view.iter().any(|view| view == "candidate") {
                    separate(true, into);
                    print(&rubric.children, scoring, into);
                    separate(true, into);
                }
            }
            Content::Gap { .. } => into.push('_'),
            Content::Interaction(interaction) => self::interaction(interaction, scoring, into),
        }
    }
}

fn interaction(interaction: &Interaction, scoring: &Scoring, into: &mut String) {
    let inline =
        matches!(interaction.kind, Kind::InlineChoice { .. } | Kind::TextEntry { .. } | Kind::EndAttempt { .. });
    separate(!inline, into);
    print(&interaction.prompt, scoring, into);
    let mut lines: Vec<&[Content]> = Vec::new();
    match &interaction.kind {
        Kind::Choice { choices, .. } | Kind::Order { choices, .. } | Kind::Associate { choices, .. } => {
            lines.extend(choices.iter().map(|choice| &*choice.content));
        }
        Kind::Match { rows, columns, .. } => {
            lines.extend(rows.iter().chain(columns).map(|choice| &*choice.content));
        }
        Kind::GapMatch { choices, content, .. } => {
            lines.extend(choices.iter().map(|choice| &*choice.content));
            lines.push(content);
        }
        Kind::GraphicGapMatch { choices, .. } => lines.extend(choices.iter().map(|choice| &*choice.content)),
        Kind::Hottext { content, .. } | Kind::Media { content, .. } => lines.push(content),
        Kind::InlineChoice { .. } | Kind::TextEntry { .. } => into.push('_'),
        Kind::EndAttempt { title } => into.push_str(title),
        _ => {}
    }
    for line in lines {
        separate(true, into);
        print(line, scoring, into);
    }
    separate(!inline, into);
}

fn separate(block: bool, into: &mut String) {
    if block && !into.is_empty() && !into.ends_with('\n') {
        into.push('\n');
    }
}

/// A value by a `printf` format (QTI 3.0 ASI, `printedVariable`): one directive, text around it.
fn formatted(scalar: &Scalar, format: Option<&str>) -> String {
    let Some(format) = format else { return scalar.text() };
    directive(scalar, format).unwrap_or_else(|| scalar.text())
}

fn directive(scalar: &Scalar, format: &str) -> Option<String> {
    let (before, rest) = format.split_once('%')?;
    let flags = rest.len() - rest.trim_start_matches(['-', '+', ' ', '#', '0']).len();
    let (flags, rest) = rest.split_at(flags);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (width, rest) = rest.split_at(digits(rest));
    let width = width.parse().unwrap_or(0_usize).min(MAX_WIDTH);
    let (precision, rest) = match rest.strip_prefix('.') {
        Some(rest) => {
            let (precision, rest) = rest.split_at(digits(rest));
            (Some(precision.parse().unwrap_or(0_usize).min(MAX_WIDTH)), rest)
        }
        None => (None, rest),
    };
    let conversion = rest.chars().next()?;
    let after = &rest[conversion.len_utf8()..];
    let number = || scalar.number();
    #[expect(clippy::cast_possible_truncation, reason = "what 64 bits do not hold is printed as their bound")]
    let whole = || match scalar {
        Scalar::Integer(value) => Some(*value),
        _ => number().map(|number| number.trunc() as i64),
    };
    let body = match conversion {
        'd' | 'i' => whole()?.unsigned_abs().to_string(),
        'x' => format!("{:x}", whole()?),
        'X' => format!("{:X}", whole()?),
        'o' => format!("{:o}", whole()?),
        'f' | 'F' => format!("{:.*}", precision.unwrap_or(6), number()?.abs()),
        'e' | 'E' => exponential(number()?.abs(), precision.unwrap_or(6), conversion),
        'g' | 'G' => {
            let figures = i64::try_from(precision.unwrap_or(6).max(1)).ok()?;
            number::float_text(number::round(number()?.abs(), number::RoundingMode::SignificantFigures, figures)?)
        }
        's' => scalar.text().chars().take(precision.unwrap_or(usize::MAX)).collect(),
        _ => return None,
    };
    let negative = matches!(conversion, 'd' | 'i' | 'f' | 'F' | 'e' | 'E' | 'g' | 'G') && number()? < 0.0;
    let sign = match () {
        () if negative => "-",
        () if conversion == 's' => "",
        () if flags.contains('+') => "+",
        () if flags.contains(' ') => " ",
        () => "",
    };
    let missing = width.saturating_sub(sign.len() + body.chars().count());
    let field = match () {
        () if flags.contains('-') => format!("{sign}{body}{}", " ".repeat(missing)),
        () if flags.contains('0') && conversion != 's' => format!("{sign}{}{body}", "0".repeat(missing)),
        () => format!("{}{sign}{body}", " ".repeat(missing)),
    };
    Some(format!("{before}{field}{after}"))
}

/// As C writes it: at least two digits in the exponent.
fn exponential(number: f64, precision: usize, letter: char) -> String {
    let written = format!("{number:.precision$e}");
    let (digits, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}{letter}{sign}{exponent:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_those_of_printf() {
        for (number, format, text) in [
            (std::f64::consts::PI, "%.2f", "3.14"),
            (std::f64::consts::PI, "about %5.1f cm", "about   3.1 cm"),
            (-7.0, "%05d", "-0007"),
            (12_345.678, "%.2e", "1.23e+04"),
            (255.0, "%x", "ff"),
            (0.5, "%+d", "+0"),
            (2.0, "plain", "2"),
        ] {
            assert_eq!(formatted(&Scalar::Float(number), Some(format)), text, "{format}");
        }
    }
}
