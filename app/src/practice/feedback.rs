//! What is right of a question, part by part, what was answered, and why.

use item::{Choice, FormItem, Gap, GapEntry, InlineChoice, Interaction, Response};
use leptos::prelude::*;
use scoring::{PracticeAnswer, Rule, Source, TextKey};

use crate::{
    catalogue::{text, text_with},
    widgets::rich_text_view,
};

/// A part of a question.
struct Part {
    /// What it is, in the question's language.
    what: AnyView,
    /// What holds of it, such as that it was answered.
    marks: Vec<(&'static str, String)>,
    /// What is right of it, and what was answered.
    lines: Vec<String>,
    why: Option<String>,
}

pub(super) fn view(item: &FormItem, answer: &PracticeAnswer, response: &Response) -> AnyView {
    let parts = match &item.interaction {
        Interaction::SingleChoice { choices } | Interaction::MultipleResponse { choices, .. } => {
            let shown = choices.iter().map(|choice| (choice.id.as_str(), rich_text_view(&choice.content).into_any()));
            shown.map(|(id, what)| option(id, what, answer, response)).collect()
        }
        Interaction::Hotspot { regions, .. } => {
            regions.iter().map(|region| option(&region.id, region.text.clone().into_any(), answer, response)).collect()
        }
        Interaction::Order { choices } => order(choices, answer, response),
        Interaction::Match { rows, columns, .. } => {
            rows.iter().map(|row| matched(row, columns, answer, response)).collect()
        }
        Interaction::GapMatch { gaps, choices, .. } => words(gaps, choices, answer, response),
        Interaction::Cloze { gaps, .. } => (1..).zip(gaps).map(|(n, gap)| filled(n, gap, answer, response)).collect(),
        Interaction::ExtendedText { .. } => Vec::new(),
    };
    let (lang, dir) = (item.lang.clone(), item.dir.as_str());
    view! {
        <ul class="reasons" lang=lang.clone() dir=dir>
            {parts.into_iter().map(|part| part.view()).collect_view()}
        </ul>
        {rubric(answer, lang, dir)}
        {sources(&answer.references)}
    }
    .into_any()
}

impl Part {
    fn view(self) -> AnyView {
        let ui = text("locale");
        let marks = self
            .marks
            .into_iter()
            .map(|(class, words)| view! { <span class=format!("mark {class}")>{words}</span>" " });
        let marks = marks.collect_view();
        let ui_of_lines = ui.clone();
        let lines = self.lines.into_iter().map(move |line| view! { <p class="line">{line}</p> }).collect_view();
        view! {
            <li>
                <p class="marks" lang=ui dir="auto">{marks}</p>
                <div class="what">{self.what}</div>
                <div lang=ui_of_lines dir="auto">{lines}</div>
                {self.why.map(|why| view! { <p class="why">{why}</p> })}
            </li>
        }
        .into_any()
    }
}

/// That a part is right, or wrong.
fn judged(right: bool) -> (&'static str, String) {
    if right { ("good", text("practice-part-right")) } else { ("bad", text("practice-part-wrong")) }
}

fn right_is(words: &str) -> String {
    text_with("practice-key-is", [("text", words.into())])
}

fn yours_is(words: &str) -> String {
    if words.is_empty() {
        text("practice-yours-none")
    } else {
        text_with("practice-yours-is", [("text", words.into())])
    }
}

fn why(answer: &PracticeAnswer, part: &str) -> Option<String> {
    answer.because(part).map(str::to_owned)
}

/// Something to choose.
fn option(id: &str, what: AnyView, answer: &PracticeAnswer, response: &Response) -> Part {
    let key = answer.key.contains(id).then(|| ("good", text("practice-key")));
    let yours = response.contains(id).then(|| ("yours", text("practice-yours")));
    let what =
        view! { <span class="choice-letter" aria-hidden="true">{id.to_ascii_uppercase()}</span><div>{what}</div> };
    let marks = key.into_iter().chain(yours).collect();
    Part { what: what.into_any(), marks, lines: Vec::new(), why: why(answer, id) }
}

/// The right order, and where each stood.
fn order(choices: &[Choice], answer: &PracticeAnswer, response: &Response) -> Vec<Part> {
    let (Response::Order(key), given) = (&answer.key, response) else { return Vec::new() };
    let given: &[String] = if let Response::Order(given) = given { given } else { &[] };
    let part = |(place, label): (usize, &String)| {
        let choice = choices.iter().find(|choice| choice.id == *label)?;
        let yours = given.iter().position(|other| other == label).map(|at| at + 1);
        let lines = yours.map(|n| text_with("practice-place", [("n", n.into())])).into_iter().collect();
        let what = view! { <span class="order-place">{place}</span><div>{rich_text_view(&choice.content)}</div> };
        let marks = vec![judged(yours == Some(place))];
        Some(Part { what: what.into_any(), marks, lines, why: why(answer, label) })
    };
    (1..).zip(key).filter_map(part).collect()
}

/// A row, with the columns that belong to it.
fn matched(row: &Choice, columns: &[Choice], answer: &PracticeAnswer, response: &Response) -> Part {
    let of = |response: &Response| {
        let own = columns.iter().filter(|column| response.has_pair(&row.id, &column.id));
        own.map(|column| column.content.plain()).collect::<Vec<_>>().join("; ")
    };
    let (key, yours) = (of(&answer.key), of(response));
    let marks = vec![judged(key == yours)];
    let what = rich_text_view(&row.content).into_any();
    Part { what, marks, lines: vec![right_is(&key), yours_is(&yours)], why: why(answer, &row.id) }
}

/// Gaps that words of a bank fill; then the words that fill none.
fn words(gaps: &[String], choices: &[InlineChoice], answer: &PracticeAnswer, response: &Response) -> Vec<Part> {
    let word = |label: Option<&str>| {
        let choice = choices.iter().find(|choice| Some(choice.id.as_str()) == label);
        choice.map(|choice| choice.text.clone()).unwrap_or_default()
    };
    let of_gap = |(n, gap): (usize, &String)| {
        let (key, yours) = (answer.key.gap(gap), response.gap(gap));
        let lines = vec![right_is(&word(key)), yours_is(&word(yours))];
        let why = key.and_then(|label| why(answer, label));
        Part { what: gap_name(n), marks: vec![judged(key == yours)], lines, why }
    };
    let is_used = |choice: &&InlineChoice| gaps.iter().any(|gap| answer.key.gap(gap) == Some(choice.id.as_str()));
    let unused = |choice: &InlineChoice| Part {
        what: choice.text.clone().into_any(),
        marks: vec![("open", text("practice-word-unused"))],
        lines: Vec::new(),
        why: why(answer, &choice.id),
    };
    let unused = choices.iter().filter(|choice| !is_used(choice)).map(unused);
    (1..).zip(gaps).map(of_gap).chain(unused).collect()
}

/// A gap that has a list or a field of its own.
fn filled(n: usize, gap: &Gap, answer: &PracticeAnswer, response: &Response) -> Part {
    let given = response.gap(&gap.id);
    let (key, yours, right) = match &gap.entry {
        GapEntry::Choice { choices } => {
            let word = |label: Option<&str>| {
                choices.iter().find(|choice| Some(choice.id.as_str()) == label).map(|choice| choice.text.clone())
            };
            let key = answer.key.gap(&gap.id);
            (word(key).unwrap_or_default(), word(given).unwrap_or_default(), key == given)
        }
        GapEntry::Text { .. } => {
            let typed = typed_key(answer, &gap.id);
            let right = given.is_some_and(|given| typed.is_some_and(|key| key.is_met(given)));
            (typed.map(accepted).unwrap_or_default(), given.unwrap_or_default().to_owned(), right)
        }
    };
    let lines = vec![right_is(&key), yours_is(&yours)];
    Part { what: gap_name(n), marks: vec![judged(right)], lines, why: why(answer, &gap.id) }
}

fn typed_key<'a>(answer: &'a PracticeAnswer, gap: &str) -> Option<&'a TextKey> {
    match &answer.rule {
        Some(Rule::Gaps { typed, .. }) => typed.get(gap),
        _ => None,
    }
}

/// All that is right in a gap that is typed into.
fn accepted(key: &TextKey) -> String {
    match key {
        TextKey::Strings { accept, .. } => accept.join(" / "),
        TextKey::Number { value, tolerance } if tolerance == "0" => value.clone(),
        TextKey::Number { value, tolerance } => format!("{value} ± {tolerance}"),
    }
}

fn gap_name(n: usize) -> AnyView {
    view! { <strong lang=text("locale")>{text_with("practice-gap", [("n", n.into())])}</strong> }.into_any()
}

/// What people look for in a text, and a full answer.
fn rubric(answer: &PracticeAnswer, lang: String, dir: &'static str) -> Option<AnyView> {
    let Some(Rule::Rubric { criteria }) = &answer.rule else { return None };
    let criteria = criteria.iter().map(|criterion| {
        let points = text_with("practice-points", [("n", criterion.points.into())]);
        view! { <li><span>{criterion.text.clone()}</span>" "<span class="hint" lang=text("locale")>{points}</span></li> }
    });
    let criteria = criteria.collect_view();
    let model = answer.model_answer.clone().map(|model| {
        view! {
            <h3>{text("practice-model")}</h3>
            <p class="model" lang=lang.clone() dir=dir>{model}</p>
        }
    });
    let of_list = lang.clone();
    Some(
        view! {
            <h3>{text("practice-criteria")}</h3>
            <ul lang=of_list dir=dir>{criteria}</ul>
            {model}
        }
        .into_any(),
    )
}

fn sources(references: &[Source]) -> Option<AnyView> {
    let list = references.iter().map(|Source { source, edition, locator }| {
        view! { <li>{format!("{source}, {edition}: {locator}")}</li> }
    });
    let list = list.collect_view();
    (!references.is_empty()).then(|| {
        view! {
            <h3>{text("practice-sources")}</h3>
            <ul class="sources">{list}</ul>
        }
        .into_any()
    })
}
