//! Words that are chosen for gaps (`gapselect`), or dragged into them (`ddwtos`): `[[1]]` is the place of the first word.

use super::{item::Item, xml::Element};
use crate::{
    Choice, ChoiceOption, Content, Decimal, FaultKind, Gap, GapKind, GapMatch, Interaction, Tile, TileGap, bounds,
    import::beginning, text::gap_mark,
};

/// A word and the group of gaps that it fits.
struct Word {
    content: Content,
    group: u32,
    reusable: bool,
}

pub(super) fn select(item: &mut Item<'_>) -> (Content, Interaction) {
    let shuffle = item.flag("shuffleanswers");
    let words = words(item, "selectoption", |item, element| Content::text(&item.plain(element)));
    let (stem, keys) = stem(item, words.len());
    let mut gaps = Vec::new();
    for (number, key) in (1..).zip(keys) {
        let group = words.get(key).map(|word| word.group);
        let fitting = words.iter().enumerate().filter(|(_, word)| Some(word.group) == group);
        let options: Vec<_> = fitting
            .map(|(index, word)| ChoiceOption {
                content: word.content.clone(),
                fraction: if index == key { Decimal::hundred() } else { Decimal::zero() },
                feedback: Content::default(),
            })
            .collect();
        if options.len() < 2 {
            item.fault(item.element, FaultKind::TooFewOptions);
        }
        let kind = GapKind::InlineChoice(Choice { single: true, shuffle, options });
        gaps.push(Gap { number, weight: Decimal::one(), kind });
    }
    (stem, Interaction::Gaps { gaps })
}

pub(super) fn drag(item: &mut Item<'_>) -> (Content, Interaction) {
    let shuffle = item.flag("shuffleanswers");
    let words = words(item, "dragbox", |item, element| {
        let content = item.formatted(element);
        if content.is_empty() {
            item.fault(element, FaultKind::EmptyAnswer);
        }
        content
    });
    let (stem, keys) = stem(item, words.len());
    if words.len() < 2 {
        item.fault(item.element, FaultKind::TooFewOptions);
    }
    for (place, &key) in keys.iter().enumerate() {
        if keys[..place].contains(&key) && words.get(key).is_some_and(|word| !word.reusable) {
            item.fault(item.element, FaultKind::GapTwice { number: u32::try_from(key + 1).unwrap_or(u32::MAX) });
        }
    }
    let group = |key: usize| words.get(key).map_or(1, |word| word.group);
    let gaps = (1..).zip(keys).map(|(number, key)| TileGap { number, group: group(key), key }).collect();
    let tile = |word: Word| Tile { content: word.content, group: word.group, reusable: word.reusable };
    (stem, Interaction::GapMatch(GapMatch { shuffle, gaps, tiles: words.into_iter().map(tile).collect() }))
}

fn words(item: &mut Item<'_>, name: &'static str, content: impl Fn(&mut Item<'_>, &Element) -> Content) -> Vec<Word> {
    let mut words = Vec::new();
    for element in item.many(name) {
        let content = content(item, element);
        let group = element.child("group").map_or("1", |group| group.text().trim());
        let group = group.parse().unwrap_or_else(|_| {
            item.fault(element, FaultKind::Value { name: "group", found: beginning(group), expected: "a number" });
            1
        });
        words.push(Word { content, group, reusable: element.child("infinite").is_some() });
    }
    words
}

/// The text of the question, and for each gap the place of its word in the list, from 0.
fn stem(item: &mut Item<'_>, words: usize) -> (Content, Vec<usize>) {
    let Some((holder, text)) = item.text_for_gaps() else { return Default::default() };
    let (mut marked, mut keys) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("[[") {
        let (before, after) = rest.split_at(start);
        marked.push_str(before);
        // Digits of a number of 32 bits, and what closes them.
        let digits = after[2..].bytes().take_while(u8::is_ascii_digit).take(10).count();
        let number = after[2..2 + digits].parse::<u32>().ok().filter(|_| after[2 + digits..].starts_with("]]"));
        let Some(number) = number else {
            marked.push('[');
            rest = &after[1..];
            continue;
        };
        rest = &after[digits + 4..];
        match usize::try_from(number).ok().filter(|number| (1..=words).contains(number)) {
            Some(number) if keys.len() < bounds::OPTIONS => {
                keys.push(number - 1);
                marked.push_str(&gap_mark(u32::try_from(keys.len()).unwrap_or(u32::MAX)));
            }
            Some(_) => {
                item.fault(item.element, FaultKind::TooMany { what: "gaps", limit: bounds::OPTIONS });
                break;
            }
            None => item.fault(item.element, FaultKind::GapUnknown { number }),
        }
    }
    marked.push_str(rest);
    (item.stem_with_gaps(holder, &marked, keys.len()), keys)
}
