//! An item that went out is scored as it is here, whatever the response.

use std::collections::{BTreeMap, BTreeSet};

use ::qti::{
    model::{BaseType, Content, GapChoice, Interaction, Item as QtiItem, Kind, Scalar, Value},
    read::read_item,
    score::score,
    write,
};
use ::scoring::Rule;
use item::Response;
use question_bank::bank::{ClozeEntry, Credit, Item, Kind as NativeKind, Task};

use super::{
    super::export::{self, Pictures},
    example_items::{every_kind, loaded},
};

/// A response here and there.
type Both = (Response, BTreeMap<String, Value>);

/// What is in some gaps, here and there.
type Filled = (Vec<(String, String)>, BTreeMap<String, Value>);

#[test]
fn every_response_to_every_kind_of_item_has_the_same_points_elsewhere() {
    for draft in every_kind() {
        let (bank, item) = loaded(&draft);
        let exported = export::of_item(&bank, &item, &Pictures::of(&bank)).unwrap();
        let read = read_item("x.xml", write::item(&exported).as_bytes());
        assert!(read.losses().is_empty() && read.faults().is_empty(), "{read:#?}");
        let exported = read.content().unwrap();
        let (key, rule) = key(&item);
        let responses = responses(&item, exported);
        assert!(responses.len() >= 4, "{} {:?}", draft.kind, draft.credit);
        let mut seen = BTreeSet::new();
        for (native, foreign) in responses {
            let worth = Rule::worth(rule.as_ref(), &native, &key);
            let scored = score(exported, &foreign, 0);
            let got = scored.outcomes["SCORE"].members()[0].number();
            let of = exported.outcomes[0].normal_maximum;
            assert_eq!(got, Some(f64::from(worth.points)), "{} {:?}: {native:?}", draft.kind, draft.credit);
            assert_eq!(of, Some(f64::from(worth.of)), "{} {:?}", draft.kind, draft.credit);
            seen.insert(worth.points);
        }
        assert!(seen.contains(&0) && seen.len() > 1, "{} {:?}: {seen:?}", draft.kind, draft.credit);
    }
}

/// What is right, with the options named as in the file, and how responses are compared with it.
fn key(item: &Item) -> (Response, Option<Rule>) {
    let by_parts = item.credit == Credit::Partial;
    let parts = by_parts.then_some(Rule::Parts);
    let name = |at: usize| item.options[at].id.clone();
    match &item.task {
        Task::Choice | Task::Hotspot(_) => (Response::new(item.key_positions().map(name)), parts),
        Task::Order => (Response::Order((0..item.options.len()).map(name).collect()), parts),
        Task::GapMatch(task) => (Response::gaps(task.gaps.iter().map(|(gap, at)| (gap.clone(), name(*at)))), parts),
        Task::Match(task) => {
            let pairs = task.rows.iter().enumerate();
            let pairs = pairs.flat_map(|(row, of)| of.key.iter().map(move |at| [row.to_string(), name(*at)]));
            (Response::pairs(pairs), parts)
        }
        Task::Cloze(task) => {
            let (mut filled, mut typed) = (Vec::new(), BTreeMap::new());
            for gap in &task.gaps {
                match &gap.entry {
                    ClozeEntry::Choice { options, key } => filled.push((gap.name.clone(), options[*key].clone())),
                    ClozeEntry::Text { key, .. } => {
                        filled.push((gap.name.clone(), key.sample().to_owned()));
                        typed.insert(gap.name.clone(), key.clone());
                    }
                }
            }
            (Response::gaps(filled), Some(Rule::Gaps { typed, by_parts }))
        }
        Task::ExtendedText(_) => panic!("people score it"),
    }
}

/// Every response that both systems let a candidate give, but for typed texts, of which there are some.
fn responses(item: &Item, exported: &QtiItem) -> Vec<Both> {
    let mut found = Vec::new();
    interactions(&exported.body, &mut found);
    let one = |native, value| (native, BTreeMap::from([("RESPONSE".to_owned(), value)]));
    let name = |at: usize| item.options[at].id.clone();
    let count = item.options.len();
    let identifier = |text: &str| Scalar::Identifier(text.to_owned());
    match &found[0].kind {
        Kind::Choice { limits, .. } | Kind::Hotspot { limits, .. } => {
            // Their options keep the names of the file.
            let chosen = subsets(count).into_iter().filter(|chosen| chosen.len() <= limits.max as usize);
            let both = |chosen: Vec<usize>| {
                let scalars: Vec<Scalar> = chosen.iter().map(|at| identifier(&name(*at))).collect();
                let single = item.kind == NativeKind::SingleChoice;
                let value = match scalars.first() {
                    Some(first) if single => Value::single(first.clone()),
                    _ => Value::multiple(scalars),
                };
                one(Response::new(chosen.into_iter().map(name)), value)
            };
            chosen.map(both).collect()
        }
        Kind::Order { choices, .. } => {
            let there = named(item, choices.iter().map(|choice| (&choice.identifier, &choice.content)));
            let both = |order: Vec<usize>| {
                let value = Value::ordered(order.iter().map(|at| identifier(&there[*at])).collect());
                one(Response::Order(order.into_iter().map(name).collect()), value)
            };
            permutations(count).into_iter().map(both).collect()
        }
        Kind::Match { columns, rows, limits, .. } => {
            let there = named(item, columns.iter().map(|choice| (&choice.identifier, &choice.content)));
            let per_row = rows[0].limits.unwrap().max as usize;
            let one_row: Vec<Vec<usize>> = subsets(count).into_iter().filter(|row| row.len() <= per_row).collect();
            let mut all: Vec<Vec<(usize, usize)>> = vec![Vec::new()];
            for row in 0..rows.len() {
                all = all
                    .iter()
                    .flat_map(|pairs| {
                        one_row.iter().map(move |columns| {
                            pairs.iter().copied().chain(columns.iter().map(|column| (row, *column))).collect()
                        })
                    })
                    .collect();
            }
            all.retain(|pairs| limits.max == 0 || pairs.len() <= limits.max as usize);
            let both = |pairs: Vec<(usize, usize)>| {
                let value = pairs
                    .iter()
                    .map(|(row, column)| Scalar::DirectedPair(rows[*row].identifier.clone(), there[*column].clone()));
                let value = Value::multiple(value.collect());
                one(Response::pairs(pairs.into_iter().map(|(row, column)| [row.to_string(), name(column)])), value)
            };
            all.into_iter().map(both).collect()
        }
        Kind::GapMatch { choices, .. } => {
            let there = named(item, choices.iter().map(|choice: &GapChoice| (&choice.identifier, &choice.content)));
            let Task::GapMatch(task) = &item.task else { panic!("{item:?}") };
            let mut all = filled(&vec![count; task.gaps.len()]);
            all.retain(|words| {
                let used: Vec<usize> = words.iter().flatten().copied().collect();
                task.reuse || used.iter().collect::<BTreeSet<_>>().len() == used.len()
            });
            let both = |words: Vec<Option<usize>>| {
                let of = || words.iter().enumerate().filter_map(|(gap, word)| Some((gap, (*word)?)));
                let pairs =
                    of().map(|(gap, word)| Scalar::DirectedPair(there[word].clone(), format!("gap-{}", gap + 1)));
                let native = Response::gaps(of().map(|(gap, word)| (task.gaps[gap].0.clone(), name(word))));
                one(native, Value::multiple(pairs.collect()))
            };
            all.into_iter().map(both).collect()
        }
        _ => cloze(item, &found),
    }
}

fn cloze(item: &Item, found: &[&Interaction]) -> Vec<Both> {
    let Task::Cloze(task) = &item.task else { panic!("{item:?}") };
    // What is typed there as it stands, and here.
    let texts = ["Ant", "ant", "bee hive", "beehive", "BEE HIVE", "x"];
    let numbers = ["1000", "1000.5", "999.5", "1000.51", "1", "-1000", "999.49"];
    let mut all: Vec<Filled> = vec![Filled::default()];
    for (gap, interaction) in task.gaps.iter().zip(found) {
        let ways: Vec<(String, Value)> = match (&gap.entry, &interaction.kind) {
            (ClozeEntry::Choice { options, .. }, Kind::InlineChoice { choices, .. }) => {
                assert_eq!(options.len(), choices.len());
                let way = |choice: &::qti::model::Choice| {
                    let value = Value::single(Scalar::Identifier(choice.identifier.clone()));
                    (plain(&choice.content), value)
                };
                choices.iter().map(way).collect()
            }
            (ClozeEntry::Text { key, .. }, _) if key.is_number() => {
                let way = |text: &str| (text.to_owned(), Value::single(Scalar::parse(BaseType::Float, text).unwrap()));
                numbers.into_iter().map(way).collect()
            }
            _ => texts.into_iter().map(|text| (text.to_owned(), Value::single(Scalar::String(text.into())))).collect(),
        };
        all = all
            .iter()
            .flat_map(|(native, foreign)| {
                let with = ways.iter().map(|(text, value)| {
                    let (mut native, mut foreign) = (native.clone(), foreign.clone());
                    native.push((gap.name.clone(), text.clone()));
                    foreign.insert(interaction.response.clone(), value.clone());
                    (native, foreign)
                });
                std::iter::once((native.clone(), foreign.clone())).chain(with).collect::<Vec<_>>()
            })
            .collect();
    }
    all.into_iter().map(|(native, foreign)| (Response::gaps(native), foreign)).collect()
}

fn interactions<'c>(content: &'c [Content], into: &mut Vec<&'c Interaction>) {
    for piece in content {
        match piece {
            Content::Interaction(interaction) => into.push(interaction),
            Content::Group { children, .. } => interactions(children, into),
            _ => {}
        }
    }
}

/// The names that the options of an item have there, told by their texts.
fn named<'c>(item: &Item, choices: impl Iterator<Item = (&'c String, &'c Vec<Content>)>) -> Vec<String> {
    let choices: BTreeMap<String, String> = choices.map(|(name, content)| (plain(content), name.clone())).collect();
    assert_eq!(choices.len(), item.options.len());
    item.options.iter().map(|option| choices[&option.text.plain()].clone()).collect()
}

fn plain(content: &[Content]) -> String {
    let piece = |piece: &Content| match piece {
        Content::Text(text) => text.clone(),
        Content::Group { children, .. } => plain(children),
        _ => String::new(),
    };
    content.iter().map(piece).collect()
}

fn subsets(count: usize) -> Vec<Vec<usize>> {
    (0..1_usize << count).map(|bits| (0..count).filter(|at| bits & (1 << at) != 0).collect()).collect()
}

fn permutations(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        all = all
            .iter()
            .flat_map(|order| {
                (0..count).filter(|at| !order.contains(at)).map(|at| order.iter().copied().chain([at]).collect())
            })
            .collect();
    }
    all
}

/// For each of several places, nothing or one of so many.
fn filled(places: &[usize]) -> Vec<Vec<Option<usize>>> {
    let mut all: Vec<Vec<Option<usize>>> = vec![Vec::new()];
    for &count in places {
        all = all
            .iter()
            .flat_map(|before| {
                std::iter::once(None)
                    .chain((0..count).map(Some))
                    .map(|word| before.iter().copied().chain([word]).collect::<Vec<_>>())
            })
            .collect();
    }
    all
}
