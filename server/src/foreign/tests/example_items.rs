//! Items of every kind and credit.

use std::sync::Arc;

use question_bank::{Bank, SourceFile, bank::Item};

use super::super::{
    Draft, Files,
    check::completed,
    draft::{DraftOption, Gap, GapOption, Row, letter},
    text::Text,
};

pub(super) const IMAGE: &str = "images/plan.svg";

pub(super) fn images() -> Files {
    Files::from([(IMAGE.to_owned(), Arc::from(b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".as_slice()))])
}

/// A draft with all that a bank asks for, read by a bank.
pub(super) fn loaded(draft: &Draft) -> (Bank, Item) {
    let text = completed(draft).to_toml().unwrap();
    let mut files = vec![SourceFile::new(format!("items/{}.toml", draft.id), text.clone().into_bytes())];
    files.extend(images().iter().map(|(path, bytes)| SourceFile::new(path.clone(), bytes.to_vec())));
    let (bank, findings) = Bank::load(&files, chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap());
    let item = bank.items.get(&draft.id).cloned();
    let item = item.unwrap_or_else(|| panic!("{text}\n{findings:#?}"));
    (bank, item)
}

pub(super) fn text(source: &str) -> Text {
    Text { source: source.to_owned(), words: String::new() }
}

fn options(texts: &[&str], keys: &[usize]) -> Vec<DraftOption> {
    let option = |(at, source): (usize, &&str)| DraftOption {
        id: letter(at),
        text: text(source),
        key: keys.contains(&at).then_some(true),
        ..DraftOption::default()
    };
    texts.iter().enumerate().map(option).collect()
}

fn row(source: &str, key: &[&str]) -> Row {
    Row { text: text(source), key: key.iter().map(|&id| id.to_owned()).collect(), rationale: None }
}

fn draft(kind: &'static str, credit: Option<&'static str>) -> Draft {
    Draft { id: "an-item".into(), lang: Some("en".into()), stem: text("What is it?"), credit, ..Draft::new(kind) }
}

fn gap_match(credit: Option<&'static str>, reuse: bool) -> Draft {
    let mut option = options(&["and * so", "bolt", "chain | link", "door"], &[]);
    let fills: &[&[&str]] =
        if reuse { &[&["gap-1", "gap-3"], &["gap-2"]] } else { &[&["gap-1"], &["gap-2"], &["gap-3"]] };
    for (option, gaps) in option.iter_mut().zip(fills) {
        option.gaps = Some(gaps.iter().map(|&gap| gap.to_owned()).collect());
    }
    let text = Some(text("One {{gap-1}}, two {{gap-2}}.\n\n- three {{gap-3}}"));
    Draft { text, option, reuse: reuse.then_some(true), ..draft("gap_match", credit) }
}

fn cloze(credit: Option<&'static str>, case: bool) -> Draft {
    let entry = |text: &str, key| GapOption { text: text.into(), key };
    let list = vec![entry("yes", Some(true)), entry("no", None), entry("at times", None)];
    let gap = vec![
        Gap { id: "gap-1".into(), option: list, ..Gap::default() },
        Gap {
            id: "gap-2".into(),
            accept: vec!["Ａnt".into(), "bee  hive".into()],
            case: case.then_some(true),
            max_chars: Some(60),
            ..Gap::default()
        },
        Gap { id: "gap-3".into(), number: Some("1,000".into()), tolerance: Some("0,5".into()), ..Gap::default() },
    ];
    let text = Some(text("It is {{gap-1}}, an {{gap-2}}, and {{gap-3}} kg."));
    Draft { text, gap, ..draft("cloze", credit) }
}

fn hotspot(credit: Option<&'static str>) -> Draft {
    let mut option = options(&["North", "South", "East"], &[0, 2]);
    option[0].rect = Some([0, 0, 10, 10]);
    option[1].circle = Some([50, 50, 5]);
    option[2].poly = Some(vec![20, 20, 30, 20, 30, 30]);
    let (image, alt) = (Some(IMAGE.to_owned()), Some("A plan".to_owned()));
    Draft { image, alt, width: Some(100), height: Some(90), option, ..draft("hotspot", credit) }
}

/// Every kind that is scored by rules, with either credit.
pub(super) fn every_kind() -> Vec<Draft> {
    let mut drafts = vec![Draft { option: options(&["a", "b", "c"], &[1]), ..draft("single_choice", None) }];
    for credit in [None, Some("partial")] {
        let five = options(&["e", "d", "*c*", "b & b", "`a`"], &[0, 2, 4]);
        drafts.push(Draft { option: five, stem: text("Which THREE?"), ..draft("multiple_response", credit) });
        // In the order of the alphabet, and not.
        for texts in [["a", "b", "c", "d"], ["d", "b", "c", "a"]] {
            drafts.push(Draft { option: options(&texts, &[]), ..draft("order", credit) });
        }
        let columns = || options(&["x", "y", "z"], &[]);
        let one_each = vec![row("1", &["a"]), row("2", &["b"]), row("3", &["c"])];
        drafts.push(Draft { option: columns(), row: one_each, ..draft("match", credit) });
        let several = vec![row("1", &["a", "b"]), row("2", &["c"]), row("3", &["a"])];
        drafts.push(Draft { option: columns(), row: several, per_row: Some(2), ..draft("match", credit) });
        drafts.extend([gap_match(credit, false), gap_match(credit, true)]);
        drafts.extend([cloze(credit, false), cloze(credit, true), hotspot(credit)]);
    }
    drafts
}
