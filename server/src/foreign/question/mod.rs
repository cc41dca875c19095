//! Questions of Moodle and GIFT as native items.

mod gaps;
mod number;

use std::collections::{BTreeMap, BTreeSet};

use interchange::{Choice, Content, Decimal, Interaction, Match, Question};

use super::{
    Choices, Draft, Files, Native, Notes,
    check::finish,
    draft::{DraftOption, Row, letter},
    markdown::Writer,
    text::Text,
};

/// Makes a draft of a question. `taken` are paths of images in the bank that are no longer free.
///
/// # Errors
/// Every reason why it cannot be a native item, or would be scored otherwise.
pub(crate) fn of_question(
    question: &Question,
    id: &str,
    choices: &Choices,
    taken: &BTreeSet<String>,
) -> Result<Native, Vec<String>> {
    let mut images = Files::new();
    let mut paths = BTreeMap::new();
    let mut numbers = 1..;
    for asset in &question.assets {
        let ending = match asset.media_type {
            "image/png" => "png",
            "image/jpeg" => "jpg",
            _ => continue,
        };
        let mut names = numbers.by_ref().map(|number: u32| format!("images/{id}-{number}.{ending}"));
        let Some(path) = names.find(|name| !taken.contains(name)) else { continue };
        paths.insert(asset.name.clone(), path.clone());
        images.insert(path, asset.bytes.as_slice().into());
    }
    let image = |name: &str| {
        let none = || format!("the image «{name}» is missing, or of no kind that the native format shows (PNG, JPEG)");
        paths.get(name).cloned().ok_or_else(none)
    };
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
    finish(&draft, images, notes)
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
                    text: Text::line(text),
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
}

/// Feedback on an option says why it is right or wrong, as a rationale does.
fn rationale(feedback: &Content) -> Option<String> {
    Some(feedback.plain()).filter(|text| !text.trim().is_empty())
}
