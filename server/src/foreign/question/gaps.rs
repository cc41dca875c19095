//! Gaps, and what is typed or put into them.

use interchange::{Choice, Content, Decimal, Gap, GapKind, GapMatch, Question, TextEntry};

use super::{
    super::{
        Draft,
        draft::{self, DraftOption, GapOption, letter},
        markdown::gap_name,
        qti::{MAX_TYPED, split_at_gap},
        text::{Text, plain_line},
    },
    Maker, rationale,
};

impl Maker<'_, '_> {
    pub(super) fn one_gap(&mut self, gap: draft::Gap, question: &Question) -> Draft {
        Draft {
            text: Some(Text { source: "{{answer}}".to_owned(), words: "___".to_owned() }),
            gap: vec![gap],
            ..self.with_stem("cloze", question)
        }
    }

    pub(super) fn typed(&mut self, entry: &TextEntry, id: &str) -> draft::Gap {
        let notes = &mut *self.writer.notes;
        let mut accept = Vec::new();
        let mut why = None;
        for accepted in &entry.accepted {
            if accepted.fraction == Decimal::hundred() {
                match accepted.pattern.literal() {
                    Some(text) => accept.push(text.split_whitespace().collect::<Vec<_>>().join(" ")),
                    None => notes.fault("an accepted text has wildcards; write out what is right"),
                }
                why = why.or_else(|| rationale(&accepted.feedback));
            } else if accepted.fraction != Decimal::zero() {
                notes.partial(self.choices, "some answers give a part of the points, or take some away");
            } else if !accepted.feedback.is_empty() {
                notes.lose("feedback on wrong answers");
            }
        }
        notes.lose("blanks and wide forms of characters: they do not make a typed text wrong here");
        let longest = accept.iter().map(|text| text.chars().count()).max().unwrap_or(0);
        let max_chars = (longest > 40).then(|| u32::try_from(longest.min(MAX_TYPED)).unwrap_or(0));
        let case = entry.case_sensitive.then_some(true);
        draft::Gap { id: id.to_owned(), accept, case, max_chars, rationale: why, ..draft::Gap::default() }
    }

    pub(super) fn gaps(&mut self, gaps: &[Gap], question: &Question) -> Draft {
        let weights: Vec<&Decimal> = gaps.iter().map(|gap| &gap.weight).collect();
        if weights.windows(2).any(|pair| pair[0] != pair[1]) {
            self.writer.notes.partial(self.choices, "the gaps have different weights");
        }
        let mut drafts = Vec::new();
        for gap in gaps {
            let id = gap_name(gap.number);
            drafts.push(match &gap.kind {
                GapKind::TextEntry(entry) => self.typed(entry, &id),
                GapKind::Numeric(numeric) => self.number(numeric, &id),
                GapKind::InlineChoice(choice) | GapKind::Choice(choice) => self.menu(choice, &id),
            });
        }
        let (stem, text) = self.stem_and_text(&question.stem);
        let is_partial = gaps.len() > 1 && !self.writer.notes.takes_all_or_nothing();
        let credit = is_partial.then_some("partial");
        Draft { stem, text: Some(text), gap: drafts, credit, ..Draft::new("cloze") }
    }

    fn menu(&mut self, choice: &Choice, id: &str) -> draft::Gap {
        if !choice.single {
            self.writer.notes.fault("a gap takes several options; a native gap takes one");
        }
        if choice.options.iter().filter(|option| option.fraction == Decimal::hundred()).count() > 1 {
            self.writer.notes.fault("several options of a gap are right; a native gap has one that is");
        }
        let mut why = None;
        let mut options = Vec::new();
        for option in &choice.options {
            let key = option.fraction == Decimal::hundred();
            if !key && option.fraction != Decimal::zero() {
                self.writer.notes.partial(self.choices, "some options give a part of the points, or take some away");
            }
            if key {
                why = rationale(&option.feedback);
            } else if !option.feedback.is_empty() {
                self.writer.notes.lose("feedback on wrong answers");
            }
            options.push(GapOption { text: plain_line(&option.content, self.writer.notes), key: key.then_some(true) });
        }
        draft::Gap { id: id.to_owned(), option: options, rationale: why, ..draft::Gap::default() }
    }

    pub(super) fn gap_match(&mut self, task: &GapMatch, question: &Question) -> Draft {
        let notes = &mut *self.writer.notes;
        if task.tiles.iter().any(|tile| tile.group != task.tiles.first().map_or(0, |first| first.group)) {
            notes.lose("that each gap took tiles of its group only; here all gaps have one word bank");
        }
        let fills = |at: usize| {
            task.gaps.iter().filter(move |gap| gap.key == at).map(|gap| gap_name(gap.number)).collect::<Vec<_>>()
        };
        let reuse = (0..task.tiles.len()).any(|at| fills(at).len() > 1);
        if !reuse && task.tiles.iter().any(|tile| tile.reusable) {
            notes.lose("that a tile could be used several times");
        }
        let mut options = Vec::new();
        for (at, tile) in task.tiles.iter().enumerate() {
            let text = Text::line(&plain_line(&tile.content, self.writer.notes));
            let gaps = Some(fills(at)).filter(|gaps| !gaps.is_empty());
            options.push(DraftOption { id: letter(at), text, gaps, ..DraftOption::default() });
        }
        let (stem, text) = self.stem_and_text(&question.stem);
        let reuse = reuse.then_some(true);
        let credit = (task.gaps.len() > 1).then_some("partial");
        Draft { stem, text: Some(text), option: options, reuse, credit, ..Draft::new("gap_match") }
    }

    /// The blocks before the first gap, and those from there on.
    fn stem_and_text(&mut self, content: &Content) -> (Text, Text) {
        let (stem, text) = split_at_gap(content);
        (self.writer.text(&stem), self.writer.text(&text))
    }
}
