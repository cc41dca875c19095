//! Questions of Moodle and GIFT as native items.

use std::collections::BTreeMap;

use interchange::{
    Block, Choice, Content, Decimal, Gap, GapKind, GapMatch, Interaction, Match, NumberRange, Numeric, Question,
    TextEntry,
};

use super::{
    Choices, Draft, Native, Notes,
    draft::{self, DraftOption, GapOption, Row, letter},
    markdown::{Writer, gap_name},
    reads_alike,
};

/// The longest text that a gap takes.
const MAX_TYPED: usize = 200;

/// Makes a draft of a question.
///
/// # Errors
/// Every reason why it cannot be a native item, or would be scored otherwise.
pub(crate) fn of_question(question: &Question, id: &str, choices: &Choices) -> Result<Native, Vec<String>> {
    let mut images = BTreeMap::new();
    let mut paths = BTreeMap::new();
    for asset in &question.assets {
        let ending = match asset.media_type {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            _ => continue,
        };
        let path = format!("images/{id}-{}.{ending}", images.len() + 1);
        paths.insert(asset.name.clone(), path.clone());
        images.insert(path, asset.bytes.clone());
    }
    let image = |name: &str| paths.get(name).cloned();
    let mut notes = Notes::default();
    let mut maker = Maker { writer: Writer { notes: &mut notes, image: &image }, choices };
    let mut draft = maker.draft(question);
    draft.id = id.to_owned();
    draft.domain = choices.domain.clone();
    draft.level = choices.level.clone();
    draft.topic = choices.topic.clone().or_else(|| question.category.last().cloned());
    if !question.tags.is_empty() {
        notes.lose("tags");
    }
    if question.points.as_ref().is_some_and(|points| *points != Decimal::one()) {
        notes.lose("the number of points: items give one, or one for each part");
    }
    let feedback = &question.feedback;
    if [&feedback.general, &feedback.correct, &feedback.partly_correct, &feedback.incorrect]
        .iter()
        .any(|f| !f.is_empty())
    {
        notes.lose("feedback on the item as a whole");
    }
    finish(draft, images, notes, &question.stem.plain())
}

/// Looks at a draft through the eyes of the bank.
pub(super) fn finish(
    draft: Draft,
    mut images: BTreeMap<String, Vec<u8>>,
    mut notes: Notes,
    stem: &str,
) -> Result<Native, Vec<String>> {
    if !notes.faults.is_empty() {
        return Err(notes.faults);
    }
    let shown = |path: &String| {
        draft.stem.contains(path.as_str())
            || draft.image.as_ref() == Some(path)
            || draft.text.as_ref().is_some_and(|text| text.contains(path.as_str()))
            || draft.option.iter().any(|option| option.text.contains(path.as_str()))
    };
    images.retain(|path, _| shown(path));
    let (faults, texts) = draft.check(&images);
    faults.into_iter().for_each(|fault| notes.fault(fault));
    if let Some(texts) = texts
        && draft.text.is_none()
        && !draft.stem.contains("![")
        && !reads_alike(texts.get(..stem_end(&texts, &draft)).unwrap_or_default(), stem)
    {
        notes.fault("its text would read otherwise in an item file");
    }
    let Notes { losses, faults } = notes;
    if !faults.is_empty() {
        return Err(faults);
    }
    let text = draft.to_toml().map_err(|error| vec![format!("it cannot be written as an item file: {error}")])?;
    Ok(Native { path: format!("items/{}.toml", draft.id), text, to_add: draft.to_add(), images, losses })
}

/// Where the stem ends in the texts of an item: before the lines of its options.
fn stem_end(texts: &str, draft: &Draft) -> usize {
    let mut end = texts.len();
    for _ in &draft.option {
        end = texts[..end].rfind('\n').unwrap_or(end);
    }
    end
}

struct Maker<'n, 'c> {
    writer: Writer<'n>,
    choices: &'c Choices,
}

impl Maker<'_, '_> {
    fn draft(&mut self, question: &Question) -> Draft {
        match &question.interaction {
            Interaction::Information => {
                self.writer.notes.fault("nothing is asked: it prepares for what follows, which an item does by itself");
                Draft::default()
            }
            Interaction::TrueFalse(task) => {
                self.writer.notes.lose("which words stood for true and false; here «True» and «False»");
                let option = |at, text: &str, key, feedback| DraftOption {
                    id: letter(at),
                    text: text.to_owned(),
                    key: Some(key),
                    rationale: rationale(feedback),
                    ..DraftOption::default()
                };
                let options = vec![
                    option(0, "True", task.key, &task.feedback_true),
                    option(1, "False", !task.key, &task.feedback_false),
                ];
                Draft { option: options, ..self.with_stem("single_choice", question) }
            }
            Interaction::Choice(choice) => self.choice(choice, question),
            Interaction::TextEntry(entry) => {
                let gap = self.typed(entry, "answer");
                self.one_gap(gap, question)
            }
            Interaction::Numeric(numeric) => {
                let gap = self.number(numeric, "answer");
                self.one_gap(gap, question)
            }
            Interaction::Match(task) => self.matching(task, question),
            Interaction::Order { entries } => {
                let mut options = Vec::new();
                for (at, entry) in entries.iter().enumerate() {
                    let text = self.writer.text(entry);
                    options.push(DraftOption { id: letter(at), text, ..DraftOption::default() });
                }
                Draft { option: options, ..self.with_stem("order", question) }
            }
            Interaction::Gaps { gaps } => self.gaps(gaps, question),
            Interaction::GapMatch(task) => self.gap_match(task, question),
            Interaction::ExtendedText(task) => {
                if task.min_words.is_some() || task.max_words.is_some() {
                    self.writer.notes.lose("how many words the answer has");
                }
                let rubric = task.rubric.plain();
                let model_answer = (!rubric.trim().is_empty()).then_some(rubric);
                if model_answer.is_some() {
                    self.writer
                        .notes
                        .lose("whether the notes for those who score are a rubric or a model answer; here the latter");
                }
                Draft { model_answer, ..self.with_stem("extended_text", question) }
            }
        }
    }

    fn with_stem(&mut self, kind: &'static str, question: &Question) -> Draft {
        Draft { stem: self.writer.text(&question.stem), ..Draft::new(kind) }
    }

    fn choice(&mut self, choice: &Choice, question: &Question) -> Draft {
        let full = |fraction: &Decimal| *fraction == Decimal::hundred();
        let keys: Vec<bool> = choice
            .options
            .iter()
            .map(|option| if choice.single { full(&option.fraction) } else { option.fraction.is_positive() })
            .collect();
        let kind = if choice.single { "single_choice" } else { "multiple_response" };
        if choice.single {
            if keys.iter().filter(|key| **key).count() > 1 {
                self.writer.notes.fault("several options are right, each by itself; a native item has one that is");
            }
            if choice.options.iter().any(|option| !full(&option.fraction) && option.fraction != Decimal::zero()) {
                self.writer.notes.partial(self.choices, "some options give a part of the points, or take some away");
            }
        } else {
            self.writer.notes.partial(self.choices, "each option gives a part of the points by itself");
        }
        if choice.shuffle == Some(false) {
            self.writer.notes.lose("the order of the options: forms shuffle them");
        }
        let mut options = Vec::new();
        for (at, (option, key)) in choice.options.iter().zip(keys).enumerate() {
            let text = self.writer.text(&option.content);
            let rationale = rationale(&option.feedback);
            options.push(DraftOption {
                id: letter(at),
                text,
                key: key.then_some(true),
                rationale,
                ..DraftOption::default()
            });
        }
        Draft { option: options, ..self.with_stem(kind, question) }
    }

    fn one_gap(&mut self, gap: draft::Gap, question: &Question) -> Draft {
        Draft { text: Some("{{answer}}".to_owned()), gap: vec![gap], ..self.with_stem("cloze", question) }
    }

    fn typed(&mut self, entry: &TextEntry, id: &str) -> draft::Gap {
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

    fn number(&mut self, numeric: &Numeric, id: &str) -> draft::Gap {
        let notes = &mut *self.writer.notes;
        let mut gap = draft::Gap { id: id.to_owned(), ..draft::Gap::default() };
        for accepted in &numeric.accepted {
            if accepted.fraction != Decimal::hundred() {
                if accepted.fraction != Decimal::zero() {
                    notes.partial(self.choices, "some numbers give a part of the points, or take some away");
                } else if !accepted.feedback.is_empty() {
                    notes.lose("feedback on wrong answers");
                }
                continue;
            }
            let near = match &accepted.range {
                NumberRange::Near { value, tolerance } => Some((value.to_string(), tolerance.to_string())),
                NumberRange::Between { low, high } => middle(low.as_str(), high.as_str()),
                NumberRange::Any => None,
            };
            match near {
                _ if gap.number.is_some() => notes.fault("several numbers are right; a gap has one, with a tolerance"),
                Some((number, tolerance)) => {
                    gap.number = Some(number);
                    gap.tolerance = Some(tolerance).filter(|tolerance| tolerance != "0");
                    gap.rationale = rationale(&accepted.feedback);
                }
                None => notes.fault("the range of right numbers cannot be written as a number with a tolerance"),
            }
        }
        gap
    }

    fn matching(&mut self, task: &Match, question: &Question) -> Draft {
        let mut columns: Vec<&str> = Vec::new();
        for answer in
            task.pairs.iter().map(|pair| pair.answer.as_str()).chain(task.distractors.iter().map(String::as_str))
        {
            if !columns.contains(&answer) {
                columns.push(answer);
            }
        }
        let mut rows = Vec::new();
        for pair in &task.pairs {
            let place = columns.iter().position(|column| *column == pair.answer).unwrap_or(0);
            rows.push(Row { text: self.writer.text(&pair.premise), key: vec![letter(place)], rationale: None });
        }
        let mut options = Vec::new();
        for (at, column) in columns.iter().enumerate() {
            let text = self.writer.text(&Content::text(column));
            options.push(DraftOption { id: letter(at), text, ..DraftOption::default() });
        }
        // Each premise counts by itself there.
        Draft { option: options, row: rows, credit: Some("partial"), ..self.with_stem("match", question) }
    }

    fn gaps(&mut self, gaps: &[Gap], question: &Question) -> Draft {
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
        let equal = weights.windows(2).all(|pair| pair[0] == pair[1]);
        let credit = (equal && gaps.len() > 1).then_some("partial");
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
            options.push(GapOption { text: plain_line(&option.content), key: key.then_some(true) });
        }
        draft::Gap { id: id.to_owned(), option: options, rationale: why, ..draft::Gap::default() }
    }

    fn gap_match(&mut self, task: &GapMatch, question: &Question) -> Draft {
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
            let text = self.writer.one_line(&tile.content, "a tile");
            let gaps = Some(fills(at)).filter(|gaps| !gaps.is_empty());
            options.push(DraftOption { id: letter(at), text, gaps, ..DraftOption::default() });
        }
        let (stem, text) = self.stem_and_text(&question.stem);
        let reuse = reuse.then_some(true);
        let credit = (task.gaps.len() > 1).then_some("partial");
        Draft { stem, text: Some(text), option: options, reuse, credit, ..Draft::new("gap_match") }
    }

    /// The blocks before the first gap, and those from there on.
    fn stem_and_text(&mut self, content: &Content) -> (String, String) {
        let (stem, text) = split_at_gap(content);
        (self.writer.text(&stem), self.writer.text(&text))
    }
}

/// The blocks before the first gap, and those from there on.
pub(super) fn split_at_gap(content: &Content) -> (Content, Content) {
    let holds_gap = |block: &Block| !Content(vec![block.clone()]).gaps().is_empty();
    let first = content.0.iter().position(holds_gap).unwrap_or(content.0.len());
    let (stem, text) = content.0.split_at(first);
    (Content(stem.to_vec()), Content(text.to_vec()))
}

/// A text that is shown plainly, on one line.
pub(super) fn plain_line(content: &Content) -> String {
    content.plain().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Feedback on an option says why it is right or wrong, as a rationale does.
fn rationale(feedback: &Content) -> Option<String> {
    Some(feedback.plain()).filter(|text| !text.trim().is_empty())
}

/// The middle of two decimals, and how far it is from them; exact.
fn middle(low: &str, high: &str) -> Option<(String, String)> {
    let places = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let scale = places(low).max(places(high));
    let scaled = |text: &str| -> Option<i128> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{fraction}{}", "0".repeat(scale - fraction.len()));
        (digits.len() < 30).then(|| digits.parse().ok())?
    };
    let (low, high) = (scaled(low)?, scaled(high)?);
    // Half of a number is five tenths of it.
    let written = |number: i128| {
        let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 2);
        let (whole, fraction) = digits.split_at(digits.len() - scale - 1);
        let text = format!("{}{whole}.{fraction}", if number < 0 { "-" } else { "" });
        Decimal::parse(&text).map(|decimal| decimal.to_string())
    };
    Some((written((low + high) * 5)?, written((high - low) * 5)?))
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn a_range_is_its_middle_and_half_its_width() {
        let near = |low, high| middle(low, high).unwrap();
        assert_eq!(near("1", "5"), ("3".into(), "2".into()));
        assert_eq!(near("-0.5", "0.25"), ("-0.125".into(), "0.375".into()));
        assert_eq!(near("2", "2"), ("2".into(), "0".into()));
    }
}
