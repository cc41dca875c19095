//! Gaps in a text.

use std::collections::BTreeMap;

use ::qti::model::{Choice, Content as Qti, GapChoice, Interaction, Kind, Scalar, Value};
use interchange::{Block, Content};

use super::{
    super::{
        Draft,
        draft::{DraftOption, Gap, GapOption, letter},
        markdown::gap_name,
        text::Text,
    },
    Key, Maker,
    choices::has,
    keys,
};

/// The longest text that a gap takes, and all gaps of an item together (docs/ITEM-FORMAT.md).
pub(in crate::foreign) const MAX_TYPED: usize = 200;
const MAX_TYPED_IN_ALL: usize = 800;

/// How long a typed text may be where the file does not say.
const TYPED: usize = 40;

impl Maker<'_> {
    pub(super) fn gap_match(&mut self, choices: &[GapChoice], content: &[Qti], value: &Value) -> Draft {
        let (mut count, mut numbers) = (0, BTreeMap::new());
        let text = self.read(content, &mut |piece| {
            let Qti::Gap { identifier, .. } = piece else { return None };
            count += 1;
            numbers.entry(identifier.clone()).or_insert(count);
            Some(count)
        });
        let fills = |choice: &str| {
            let gaps = value.members().iter().filter_map(|pair| match pair {
                Scalar::DirectedPair(one, gap) if one == choice => numbers.get(gap).copied(),
                _ => None,
            });
            gaps.map(gap_name).collect::<Vec<_>>()
        };
        let mut option = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            if choice.image {
                self.notes.fault("an image is put into gaps; native items have texts there");
            }
            let text = Text::line(&self.words(&choice.content));
            let gaps = Some(fills(&choice.identifier)).filter(|gaps| !gaps.is_empty());
            option.push(DraftOption { id: letter(at), text, gaps, ..DraftOption::default() });
        }
        let reuse = choices.iter().any(|choice| choice.limits.max != 1);
        if choices.iter().any(|choice| choice.limits.max != if reuse { 0 } else { 1 }) {
            self.notes.lose("how often each word could be used");
        }
        Draft { text: Some(self.text(&text)), option, reuse: reuse.then_some(true), ..Draft::new("gap_match") }
    }

    pub(super) fn cloze(&mut self, all: &[&Interaction]) -> Draft {
        let mut count = 0;
        let content = self.body(&mut |piece| {
            let Qti::Interaction(_) = piece else { return None };
            count += 1;
            Some(count)
        });
        let keys = keys(self.item, self.choices, None, self.notes);
        let mut gaps = Vec::new();
        for (number, interaction) in (1..).zip(all) {
            gaps.push(self.gap(gap_name(number), interaction, keys.by_response.get(&interaction.response)));
        }
        if keys.by_response.keys().any(|name| all.iter().all(|interaction| interaction.response != *name)) {
            self.notes.fault("its score depends on a response that no interaction gives");
        }
        self.lengths_kept(&mut gaps);
        let (stem, text) = split_at_gap(&content);
        if stem.0.len() > 1 {
            self.notes.lose("where the text with gaps begins; here it begins with the paragraph of the first gap");
        }
        let credit = (keys.partial && gaps.len() > 1).then_some("partial");
        Draft { stem: self.text(&stem), text: Some(self.text(&text)), gap: gaps, credit, ..Draft::new("cloze") }
    }

    fn gap(&mut self, id: String, interaction: &Interaction, key: Option<&Key>) -> Gap {
        let mut gap = Gap { id, ..Gap::default() };
        match (&interaction.kind, key) {
            // Why there is no key, is said already.
            _ if self.notes.is_at_fault() => {}
            (_, None) => self.notes.fault(format!("{:?} is not scored; a native gap is", interaction.response)),
            (Kind::InlineChoice { choices, shuffle, .. }, Some(Key::Exact(value))) => {
                self.order_kept(*shuffle);
                gap.option = self.entries(choices, value);
            }
            (Kind::TextEntry { expected_length, .. }, Some(Key::Strings { accept, case })) => {
                self.notes.lose("blanks and wide forms of characters: they do not make a typed text wrong here");
                let longest = accept.iter().map(|text| text.chars().count()).max().unwrap_or(0);
                let expected = expected_length.and_then(|length| usize::try_from(length).ok());
                // Longer keys than may be are refused by the native format.
                let most = expected.unwrap_or(TYPED).min(MAX_TYPED).max(longest);
                gap.max_chars = (most != TYPED).then(|| u32::try_from(most).unwrap_or(u32::MAX));
                gap.accept.clone_from(accept);
                gap.case = case.then_some(true);
            }
            (Kind::TextEntry { expected_length, .. }, Some(Key::Number { value, tolerance })) => {
                if expected_length.is_some() {
                    self.notes.lose("how long a typed number was expected to be");
                }
                gap.number = Some(value.to_string());
                gap.tolerance = (*tolerance != 0.0).then(|| tolerance.to_string());
            }
            _ => self
                .notes
                .fault(format!("{:?} is compared in a way that native gaps do not have", interaction.response)),
        }
        gap
    }

    fn entries(&mut self, choices: &[Choice], value: &Value) -> Vec<GapOption> {
        let mut entries = Vec::new();
        for choice in choices {
            let text = self.words(&choice.content);
            entries.push(GapOption { text, key: has(value, &choice.identifier).then_some(true) });
        }
        entries
    }

    /// Shorter gaps where all together would take more than an item takes.
    fn lengths_kept(&mut self, gaps: &mut [Gap]) {
        let chars = |gap: &Gap| match gap.max_chars {
            _ if !gap.option.is_empty() => 0,
            Some(most) => usize::try_from(most).unwrap_or(usize::MAX),
            None => TYPED,
        };
        if gaps.iter().map(chars).fold(0, usize::saturating_add) <= MAX_TYPED_IN_ALL {
            return;
        }
        self.notes.lose("how long typed texts were expected to be");
        for gap in gaps.iter_mut().filter(|gap| !gap.accept.is_empty()) {
            let longest = gap.accept.iter().map(|text| text.chars().count()).max().unwrap_or(0);
            gap.max_chars = (longest > TYPED).then(|| u32::try_from(longest).unwrap_or(u32::MAX));
        }
    }
}

/// The blocks before the first gap, and those from there on.
pub(in crate::foreign) fn split_at_gap(content: &Content) -> (Content, Content) {
    let holds_gap = |block: &Block| !Content(vec![block.clone()]).gaps().is_empty();
    let first = content.0.iter().position(holds_gap).unwrap_or(content.0.len());
    let (stem, text) = content.0.split_at(first);
    (Content(stem.to_vec()), Content(text.to_vec()))
}
