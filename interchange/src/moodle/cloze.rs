//! Gaps within text: `{1:SHORTANSWER:=right~%50%nearly#feedback}`.

use super::{choice, entry, item::Item, xml::Element};
use crate::{
    AcceptedNumber, AcceptedText, Choice, ChoiceOption, Content, Decimal, FaultKind, Gap, GapKind, Interaction,
    NumberRange, Numeric, TextEntry, TextPattern, bounds,
    import::beginning,
    text::{self, Format, Source, gap_mark},
};

/// How a gap is filled, as its name says.
#[derive(Clone, Copy)]
enum Kind {
    Short {
        case_sensitive: bool,
    },
    Numerical,
    /// From a menu, or from a list of which one or any number are chosen.
    Choice {
        menu: bool,
        single: bool,
        shuffle: bool,
    },
}

/// A gap as it is written.
struct Written<'a> {
    weight: Decimal,
    kind: Kind,
    answers: &'a str,
    /// What follows the gap.
    rest: &'a str,
}

/// Why a gap is none.
enum NoGap {
    /// It is text.
    Text,
    /// It looks like one, but its kind or weight is unknown.
    Notation,
    /// It does not end, and nor does any after it.
    Unfinished,
}

pub(super) fn read(item: &mut Item<'_>) -> (Content, Interaction) {
    let mut gaps = Vec::new();
    let Some((holder, text)) = item.text_for_gaps() else { return (Content::default(), Interaction::Gaps { gaps }) };
    let mut marked = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        marked.push_str(before);
        rest = &after[1..];
        match written(rest) {
            Err(NoGap::Text) => marked.push('{'),
            Err(NoGap::Notation) => item.fault(holder, FaultKind::GapNotation { found: beginning(after) }),
            Err(NoGap::Unfinished) => {
                item.fault(holder, FaultKind::GapNotation { found: beginning(after) });
                break;
            }
            Ok(_) if gaps.len() == bounds::OPTIONS => {
                item.fault(holder, FaultKind::TooMany { what: "gaps", limit: bounds::OPTIONS });
                break;
            }
            Ok(written) => {
                rest = written.rest;
                let number = u32::try_from(gaps.len() + 1).unwrap_or(u32::MAX);
                marked.push_str(&gap_mark(number));
                gaps.push(Gap { number, kind: filled(item, holder, &written), weight: written.weight });
            }
        }
    }
    marked.push_str(rest);
    (item.stem_with_gaps(holder, &marked, gaps.len()), Interaction::Gaps { gaps })
}

/// The gap that begins with a brace, of which `inside` is what follows.
fn written(inside: &str) -> Result<Written<'_>, NoGap> {
    let inside = inside.trim_start();
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let (weight, rest) = inside.split_at(digits);
    let rest = rest.trim_start().strip_prefix(':').ok_or(NoGap::Text)?.trim_start();
    let letters = rest.bytes().take_while(|byte| byte.is_ascii_alphabetic() || *byte == b'_').count();
    let (name, rest) = rest.split_at(letters);
    let answers = rest.trim_start().strip_prefix(':').ok_or(NoGap::Text)?;
    let (weight, kind) = match (weight, kind(name)) {
        ("", None) => return Err(NoGap::Text),
        ("", Some(kind)) => (Decimal::one(), kind),
        (weight, kind) => Decimal::parse(weight).zip(kind).ok_or(NoGap::Notation)?,
    };
    let end = unescaped(answers, &['}']).ok_or(NoGap::Unfinished)?;
    Ok(Written { weight, kind, answers: &answers[..end], rest: &answers[end + 1..] })
}

fn kind(name: &str) -> Option<Kind> {
    let choice = |menu, single, shuffle| Some(Kind::Choice { menu, single, shuffle });
    match name {
        "SHORTANSWER" | "SA" | "MW" => Some(Kind::Short { case_sensitive: false }),
        "SHORTANSWER_C" | "SAC" | "MWC" => Some(Kind::Short { case_sensitive: true }),
        "NUMERICAL" | "NM" => Some(Kind::Numerical),
        "MULTICHOICE" | "MC" => choice(true, true, false),
        "MULTICHOICE_S" | "MCS" => choice(true, true, true),
        "MULTICHOICE_V" | "MCV" | "MULTICHOICE_H" | "MCH" => choice(false, true, false),
        "MULTICHOICE_VS" | "MCVS" | "MULTICHOICE_HS" | "MCHS" => choice(false, true, true),
        "MULTIRESPONSE" | "MR" | "MULTIRESPONSE_H" | "MRH" => choice(false, false, false),
        "MULTIRESPONSE_S" | "MRS" | "MULTIRESPONSE_HS" | "MRHS" => choice(false, false, true),
        _ => None,
    }
}

/// Where one of these signs stands without a backslash before it; `#` also not as part of a reference such as `&#39;`.
fn unescaped(text: &str, signs: &[char]) -> Option<usize> {
    let bytes = text.as_bytes();
    text.match_indices(signs).map(|(at, _)| at).find(|&at| {
        let before = &bytes[..at];
        let reference = bytes[at] == b'#' && (before.ends_with(b"&") || before.ends_with(b"&amp;"));
        !before.ends_with(b"\\") && !reference
    })
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some('}' | '{' | '#' | '~')) => plain.extend(characters.next()),
            _ => plain.push(character),
        }
    }
    plain
}

/// An answer of a gap: what it is worth, its text and its feedback.
struct Alternative {
    fraction: Decimal,
    answer: String,
    feedback: String,
}

fn alternatives(item: &mut Item<'_>, holder: &Element, written: &Written<'_>) -> Vec<Alternative> {
    let mut found = Vec::new();
    let answers = written.answers.trim();
    // A tilde before the first is allowed.
    let mut rest = Some(answers.strip_prefix('~').unwrap_or(answers));
    while let Some(text) = rest {
        if found.len() == bounds::OPTIONS {
            item.fault(holder, FaultKind::TooMany { what: "answers", limit: bounds::OPTIONS });
            break;
        }
        let end = unescaped(text, &['~']);
        rest = end.map(|end| &text[end + 1..]);
        found.extend(alternative(item, holder, text[..end.unwrap_or(text.len())].trim()));
    }
    if !found.iter().any(|alternative| alternative.fraction.is_positive()) {
        item.fault(holder, FaultKind::NoKey);
    }
    found
}

fn alternative(item: &mut Item<'_>, holder: &Element, text: &str) -> Option<Alternative> {
    let (fraction, text) = match (text.strip_prefix('='), text.strip_prefix('%').and_then(|rest| rest.split_once('%')))
    {
        (Some(text), _) => (Decimal::hundred(), text),
        (None, Some((percent, text))) => {
            // Moodle takes a comma for a point here.
            let number = Decimal::parse(&percent.trim().replace(',', "."));
            match number.filter(|number| (-100.0..=100.0).contains(&number.to_f64())) {
                Some(number) => (number, text),
                None => {
                    item.fault(holder, FaultKind::Percentage { found: beginning(percent) });
                    return None;
                }
            }
        }
        (None, None) => (Decimal::zero(), text),
    };
    let end = unescaped(text, &['#']);
    let feedback = end.map_or("", |end| &text[end + 1..]);
    let answer = unescape(text[..end.unwrap_or(text.len())].trim());
    if answer.is_empty() {
        item.fault(holder, FaultKind::EmptyAnswer);
        return None;
    }
    Some(Alternative { fraction, answer, feedback: unescape(feedback) })
}

fn filled(item: &mut Item<'_>, holder: &Element, written: &Written<'_>) -> GapKind {
    let alternatives = alternatives(item, holder, written);
    match written.kind {
        Kind::Short { case_sensitive } => {
            let accepted = alternatives.into_iter().map(|alternative| AcceptedText {
                pattern: TextPattern::parse(&formatted(item, holder, &alternative.answer).plain()),
                feedback: formatted(item, holder, &alternative.feedback),
                fraction: alternative.fraction,
            });
            GapKind::TextEntry(TextEntry { case_sensitive, accepted: accepted.collect() })
        }
        Kind::Numerical => {
            let mut accepted = Vec::new();
            for alternative in alternatives {
                let answer = alternative.answer.trim();
                let (value, tolerance) = answer.split_once(':').unwrap_or((answer, "0"));
                let (value, tolerance) = (value.trim().replace(',', "."), tolerance.trim().replace(',', "."));
                let range =
                    if answer == "*" { Some(NumberRange::Any) } else { entry::near(item, holder, &value, &tolerance) };
                let feedback = formatted(item, holder, &alternative.feedback);
                let fraction = alternative.fraction;
                accepted.extend(range.map(|range| AcceptedNumber { range, fraction, feedback }));
            }
            GapKind::Numeric(Numeric { accepted })
        }
        Kind::Choice { menu, single, shuffle } => {
            let options = alternatives.into_iter().map(|alternative| ChoiceOption {
                content: formatted(item, holder, &alternative.answer),
                feedback: formatted(item, holder, &alternative.feedback),
                fraction: alternative.fraction,
            });
            let options: Vec<_> = options.collect();
            choice::check(item, holder, &options);
            let choice = Choice { single, shuffle: Some(shuffle), options };
            if menu { GapKind::InlineChoice(choice) } else { GapKind::Choice(choice) }
        }
    }
}

/// Answers and feedback stand within HTML, whatever the gap is.
fn formatted(item: &mut Item<'_>, holder: &Element, text: &str) -> Content {
    text::read(Source::new(text, Format::Html, item.at(holder)), &mut item.findings)
}
