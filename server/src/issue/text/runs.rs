//! A line in pieces of one font, one script and one direction, in the order in which they are seen: Unicode Standard Annexes 9
//! (bidirectional text), 24 (scripts) and 29 (clusters).

use std::ops::Range;

use unicode_bidi::BidiInfo;
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::fonts::Typeface;

/// A part of a line.
pub(super) struct Run<'a> {
    pub(super) typeface: &'a Typeface,
    pub(super) text: Range<usize>,
    pub(super) right_to_left: bool,
    pub(super) script: Script,
}

/// A script that no font at hand has all letters of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::issue) struct Missing {
    /// Its name in English.
    pub(in crate::issue) script: String,
}

/// The pieces of a line.
pub(super) fn runs<'a>(text: &str, typefaces: &[&'a Typeface]) -> Result<Vec<Run<'a>>, Missing> {
    let logical = by_font(text, typefaces)?;
    let bidi = BidiInfo::new(text, None);
    let mut seen = Vec::new();
    for paragraph in &bidi.paragraphs {
        let (levels, visual) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for part in visual {
            let right_to_left = levels.get(part.start).is_some_and(|level| level.is_rtl());
            let within = |(typeface, script, range): &(&'a Typeface, Script, Range<usize>)| {
                let text = range.start.max(part.start)..range.end.min(part.end);
                (!text.is_empty()).then_some(Run { typeface, text, right_to_left, script: *script })
            };
            let mut runs: Vec<Run<'a>> = logical.iter().filter_map(within).collect();
            if right_to_left {
                runs.reverse();
            }
            seen.extend(runs);
        }
    }
    Ok(seen)
}

type Part<'a> = (&'a Typeface, Script, Range<usize>);

/// The text in pieces of one font and script, in the order in which it is read.
fn by_font<'a>(text: &str, typefaces: &[&'a Typeface]) -> Result<Vec<Part<'a>>, Missing> {
    let faces: Vec<_> = typefaces.iter().filter_map(|typeface| Some((*typeface, typeface.face()?))).collect();
    let mut parts: Vec<(usize, Script, Range<usize>)> = Vec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let script = cluster.chars().map(|c| c.script()).find(|script| is_own(*script));
        // What belongs to every script goes with what stands before it, if its font has it.
        let before = parts.last().map(|(font, script, _)| (*font, *script));
        let covers = |font: usize| faces.get(font).is_some_and(|(_, face)| has_all(face, cluster));
        let same = before.filter(|(font, other)| script.is_none_or(|script| script == *other) && covers(*font));
        let font = same.map(|(font, _)| font).or_else(|| (0..faces.len()).find(|font| covers(*font)));
        let Some(font) = font else {
            let script = script.map_or_else(|| format!("the character {}", cluster.escape_unicode()), named);
            return Err(Missing { script });
        };
        let script = script.or(before.map(|(_, script)| script)).unwrap_or(Script::Latin);
        match parts.last_mut() {
            Some((last, of, range)) if *last == font && *of == script => range.end = at + cluster.len(),
            _ => parts.push((font, script, at..at + cluster.len())),
        }
    }
    let found = parts.into_iter().filter_map(|(font, script, range)| Some((faces.get(font)?.0, script, range)));
    Ok(found.collect())
}

fn is_own(script: Script) -> bool {
    !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
}

fn named(script: Script) -> String {
    format!("the {} script", script.full_name().replace('_', " "))
}

/// Whether a font has every letter of a cluster. What is never seen needs none, and a mark may be part of a composed letter.
fn has_all(face: &rustybuzz::Face<'_>, cluster: &str) -> bool {
    use unicode_normalization::UnicodeNormalization as _;
    let has = |c: char| is_unseen(c) || face.glyph_index(c).is_some();
    cluster.chars().all(has) || cluster.nfc().all(has) || cluster.nfd().all(has)
}

/// Joiners, direction marks and variation selectors.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
