//! Items of every kind: read from files, shown on forms, scored.

use std::collections::{BTreeMap, BTreeSet};

use item::{Accepts, GapEntry, Interaction, Response};
use proptest::prelude::*;
use question_bank::{
    Draw, DrawItem, FormPlan, HashedBank, PROCEDURE, Rule, SourceFile, Worth, assemble_form,
    bank::{Item, Kind},
};

use crate::fixture::Files;

const HEAD: &str = r#"format = "invigil-item"
version = 1
id = "it-9"
revision = 1
status = "operational"
domain = "D1"
level = "application"
topic = "kinds of items"
"#;

const TAIL: &str = r#"
[authoring]
authored_on = 2026-01-05
ai_assisted = true
reviewed = true

[[reference]]
source = "OWASP Top 10 for LLM Applications"
edition = "2026"
locator = "LLM04"
verified_on = 2026-01-05
review_by = 2027-12-31
"#;

const IMAGE: &str =
    r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"/></svg>"#;

/// Of each kind, an item without a fault: fields first, then lists.
const ORDER: [&str; 2] = [
    "kind = \"order\"\nstem = \"Put the steps in order.\"\n",
    r#"
[[option]]
id = "a"
text = "Contain"
rationale = "First."
[[option]]
id = "b"
text = "Eradicate"
rationale = "Second."
[[option]]
id = "c"
text = "Recover"
rationale = "Third."
"#,
];

pub(crate) const MATCH: [&str; 2] = [
    "kind = \"match\"\nstem = \"Which stage does each attack belong to?\"\nper_row = 2\n",
    r#"
[[option]]
id = "a"
text = "Training"
[[option]]
id = "b"
text = "Inference"
[[row]]
text = "Data poisoning"
key = ["a"]
rationale = "It changes what is learned."
[[row]]
text = "Membership inference"
key = ["b"]
rationale = "It asks the model."
[[row]]
text = "Supply chain"
key = ["b", "a"]
rationale = "It may be either."
"#,
];

const GAP_MATCH: [&str; 2] = [
    "kind = \"gap_match\"\nstem = \"Which words complete the text?\"\ntext = \"A {{cause}} leads to a {{effect}}.\"\n",
    r#"
[[option]]
id = "a"
text = "flaw"
gaps = ["cause"]
rationale = "It is the cause."
[[option]]
id = "b"
text = "breach"
gaps = ["effect"]
rationale = "It is the effect."
[[option]]
id = "c"
text = "patch"
rationale = "It belongs nowhere."
"#,
];

pub(crate) const CLOZE: [&str; 2] = [
    r#"kind = "cloze"
stem = "Complete the record."
text = """
The attack is a {{name}} of stage {{stage}}.

| measure | value |
|---|---|
| share | {{share}} |
"""
"#,
    r#"
[[gap]]
id = "share"
number = "0.25"
tolerance = "0.01"
rationale = "One of four."
[[gap]]
id = "name"
accept = ["prompt injection", "injection"]
rationale = "So it is called."
[[gap]]
id = "stage"
rationale = "It comes late."
[[gap.option]]
text = "training"
[[gap.option]]
text = "inference"
key = true
"#,
];

pub(crate) const HOTSPOT: [&str; 2] = [
    r#"kind = "hotspot"
stem = "Where does untrusted text enter?"
image = "images/plan.svg"
alt = "A plan of three boxes"
width = 100
height = 50
"#,
    r#"
[[option]]
id = "a"
text = "Browser"
key = true
rect = [0, 0, 20, 20]
rationale = "Here."
[[option]]
id = "b"
text = "Model"
circle = [50, 25, 10]
rationale = "Not here."
[[option]]
id = "c"
text = "Log store"
poly = [80, 0, 100, 0, 90, 20]
rationale = "Nor here."
"#,
];

pub(crate) const EXTENDED: [&str; 2] = [
    "kind = \"extended_text\"\nstem = \"Describe the risk.\"\nmax_chars = 500\nmodel_answer = \"A full one.\"\n",
    r#"
[[criterion]]
text = "Names the asset."
points = 2
[[criterion]]
text = "Names the threat."
points = 3
"#,
];

const ALL: [[&str; 2]; 6] = [ORDER, MATCH, GAP_MATCH, CLOZE, HOTSPOT, EXTENDED];

/// A sound bank with such an item, `it-9`.
pub(crate) fn files([fields, lists]: [&str; 2]) -> Files {
    let files = Files::sound().add("images/plan.svg", IMAGE);
    files.add("items/it-9.toml", format!("{HEAD}{fields}{TAIL}{lists}"))
}

/// A bank in which parts give credit, with `credit = "partial"` in the item.
fn partial([fields, lists]: [&str; 2]) -> Files {
    let allowed = "partial_credit = { value = true, basis = \"assumed\", source = \"a test\" }\nopen_book";
    files([&format!("credit = \"partial\"\n{fields}"), lists]).replace("scheme.toml", "open_book", allowed)
}

fn item(bank: &HashedBank) -> &Item {
    &bank.bank().items["it-9"]
}

/// The item as a draw shows it in this order, and its plan.
fn shown(bank: &HashedBank, order: &[u32]) -> (Interaction, FormPlan) {
    let version = bank.hashes("it-9").unwrap().version.clone();
    let items = vec![DrawItem { item: version, options: order.to_vec() }];
    let draw = Draw { format: Draw::FORMAT.into(), version: Draw::VERSION, procedure: PROCEDURE.into(), items };
    let (form, plan) = assemble_form(bank, &draw).unwrap();
    assert_eq!((form.version, form.items.len()), (2, 1));
    (form.items[0].interaction.clone(), plan)
}

fn in_file_order(bank: &HashedBank) -> Vec<u32> {
    (0..).take(item(bank).places()).collect()
}

fn worth(plan: &FormPlan, response: &Response) -> (u32, u32) {
    let Worth { points, of, is_pending } = Rule::worth(plan.items[0].rule.as_ref(), response, &plan.items[0].key);
    assert!(!is_pending);
    (points, of)
}

fn gaps(filled: &[(&str, &str)]) -> Response {
    Response::gaps(filled.iter().map(|&(gap, value)| (gap.to_owned(), value.to_owned())))
}

fn pairs(pairs: &[[&str; 2]]) -> Response {
    Response::pairs(pairs.iter().map(|pair| pair.map(str::to_owned)))
}

fn in_order(labels: &str) -> Response {
    Response::Order(labels.chars().map(String::from).collect())
}

#[test]
fn an_item_of_each_kind_is_read_without_a_finding() {
    let kinds = [Kind::Order, Kind::Match, Kind::GapMatch, Kind::Cloze, Kind::Hotspot, Kind::ExtendedText];
    for (sample, kind) in ALL.into_iter().zip(kinds) {
        let (bank, findings) = files(sample).load();
        assert_eq!(findings, [], "{kind:?}");
        assert_eq!(bank.items["it-9"].kind, kind);
    }
    let places = ALL.map(|sample| files(sample).hashed().bank().items["it-9"].places());
    assert_eq!(places, [3, 5, 3, 2, 3, 0]);
}

#[test]
fn the_key_of_every_kind_fits_its_item_and_has_all_points() {
    for sample in [ORDER, MATCH, GAP_MATCH, CLOZE, HOTSPOT] {
        for bank in [files(sample).hashed(), partial(sample).hashed()] {
            let (interaction, plan) = shown(&bank, &in_file_order(&bank));
            let key = &plan.items[0].key;
            assert_eq!(interaction.accepts().check(key), Ok(()), "{sample:?}");
            let (points, of) = worth(&plan, key);
            assert!(points == of && of > 0, "{sample:?}");
            assert_eq!(worth(&plan, &Response::default()).0, 0);
        }
    }
}

#[test]
fn an_order_is_shown_shuffled_and_never_as_it_is_right() {
    let bank = files(ORDER).hashed();
    for drawn in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (interaction, plan) = shown(&bank, &drawn);
        let Interaction::Order { choices } = interaction else { panic!("{interaction:?}") };
        let as_shown = Response::Order(choices.iter().map(|choice| choice.id.clone()).collect());
        assert_eq!(as_shown, in_order("abc"), "labels follow what is shown");
        assert_ne!(plan.items[0].key, as_shown, "{drawn:?}");
        let right: Vec<String> = ["Contain", "Eradicate", "Recover"].map(String::from).to_vec();
        let Response::Order(key) = &plan.items[0].key else { panic!() };
        let text = |label: &String| choices.iter().find(|c| c.id == *label).unwrap().content.plain();
        assert_eq!(key.iter().map(text).collect::<Vec<_>>(), right);
    }
    let (_, plan) = shown(&bank, &[2, 0, 1]);
    assert_eq!((worth(&plan, &in_order("bca")), worth(&plan, &in_order("bac"))), ((1, 1), (0, 1)));
    let (_, plan) = shown(&partial(ORDER).hashed(), &[2, 0, 1]);
    assert_eq!((worth(&plan, &in_order("bca")), worth(&plan, &in_order("abc"))), ((3, 3), (0, 3)));
    assert_eq!(worth(&plan, &in_order("bac")), (1, 3));
}

#[test]
fn rows_and_columns_of_a_match_are_shuffled_apart() {
    let bank = files(MATCH).hashed();
    // Rows are 0 to 2, columns 3 and 4.
    let (interaction, plan) = shown(&bank, &[4, 2, 0, 3, 1]);
    let Interaction::Match { rows, columns, per_row: 2 } = &interaction else { panic!("{interaction:?}") };
    let texts = |list: &[item::Choice]| list.iter().map(|c| (c.id.clone(), c.content.plain())).collect::<Vec<_>>();
    let named = |list: &[(&str, &str)]| list.iter().map(|&(id, t)| (id.into(), t.into())).collect::<Vec<_>>();
    assert_eq!(texts(rows), named(&[("1", "Supply chain"), ("2", "Data poisoning"), ("3", "Membership inference")]));
    assert_eq!(texts(columns), named(&[("a", "Inference"), ("b", "Training")]));
    let key = pairs(&[["1", "a"], ["1", "b"], ["2", "b"], ["3", "a"]]);
    assert_eq!(plan.items[0].key, key);
    assert_eq!((worth(&plan, &key), worth(&plan, &pairs(&[["1", "a"], ["2", "b"], ["3", "a"]]))), ((1, 1), (0, 1)));
    let (_, plan) = shown(&partial(MATCH).hashed(), &[4, 2, 0, 3, 1]);
    assert_eq!(worth(&plan, &pairs(&[["1", "a"], ["2", "b"]])), (2, 4));
    // Everything ticked is worth no more than what is left after the surplus.
    let all: Vec<[&str; 2]> = ["1", "2", "3"].iter().flat_map(|row| [[*row, "a"], [*row, "b"]]).collect();
    assert_eq!(worth(&plan, &pairs(&all)), (2, 4));
}

#[test]
fn gaps_get_names_that_say_nothing() {
    let (interaction, plan) = shown(&files(GAP_MATCH).hashed(), &[2, 0, 1]);
    let Interaction::GapMatch { text, gaps: names, choices, reuse: false } = &interaction else { panic!() };
    assert_eq!((text.gaps(), names.as_slice()), (vec!["g1", "g2"], &["g1".to_owned(), "g2".to_owned()][..]));
    assert_eq!(choices.iter().map(|c| c.text.as_str()).collect::<Vec<_>>(), ["patch", "flaw", "breach"]);
    assert_eq!(plan.items[0].key, gaps(&[("g1", "b"), ("g2", "c")]));
    assert!(!serde_json::to_string(&interaction).unwrap().contains("cause"));
    assert_eq!(worth(&plan, &gaps(&[("g1", "b"), ("g2", "a")])), (0, 1));
    let (_, plan) = shown(&partial(GAP_MATCH).hashed(), &[2, 0, 1]);
    assert_eq!(worth(&plan, &gaps(&[("g1", "b"), ("g2", "a")])), (1, 2));
}

#[test]
fn typed_gaps_are_compared_as_their_author_meant() {
    let (interaction, plan) = shown(&files(CLOZE).hashed(), &[1, 0]);
    let Interaction::Cloze { gaps: shown_gaps, .. } = &interaction else { panic!() };
    let entries: Vec<&GapEntry> = shown_gaps.iter().map(|gap| &gap.entry).collect();
    assert!(matches!(entries[0], GapEntry::Text { max_chars: 40, numeric: false }));
    assert!(matches!(entries[1], GapEntry::Choice { choices } if choices[0].text == "inference"));
    assert!(matches!(entries[2], GapEntry::Text { numeric: true, .. }));
    let right = [("g1", " Prompt  INJECTION"), ("g2", "a"), ("g3", "0,26")];
    assert_eq!(worth(&plan, &gaps(&right)), (1, 1));
    for (gap, wrong) in [("g1", "promptinjection"), ("g2", "b"), ("g3", "0.27")] {
        let filled: Vec<_> = right.iter().map(|&(of, value)| (of, if of == gap { wrong } else { value })).collect();
        assert_eq!(worth(&plan, &gaps(&filled)), (0, 1), "{gap}");
    }
    assert_eq!(worth(&plan, &gaps(&right[..2])), (0, 1));
    let Accepts::Gaps { gaps: accepted, .. } = interaction.accepts() else { panic!() };
    assert!(
        !serde_json::to_string(&(&interaction, accepted)).unwrap().contains("injection"),
        "no answer leaves the bank"
    );
    let (_, plan) = shown(&partial(CLOZE).hashed(), &[1, 0]);
    assert_eq!(worth(&plan, &gaps(&right[..2])), (2, 3));
}

#[test]
fn regions_are_chosen_by_their_labels() {
    let (interaction, plan) = shown(&files(HOTSPOT).hashed(), &[1, 2, 0]);
    let Interaction::Hotspot { image, regions, select: 1, width: 100, height: 50 } = &interaction else { panic!() };
    assert_eq!(
        regions.iter().map(|region| region.text.as_str()).collect::<Vec<_>>(),
        ["Model", "Log store", "Browser"]
    );
    assert_eq!(image.alt, "A plan of three boxes");
    assert!(image.address().starts_with("data:image/svg+xml;base64,"));
    assert_eq!((worth(&plan, &Response::new(["c"])), worth(&plan, &Response::new(["a"]))), ((1, 1), (0, 1)));
}

#[test]
fn a_text_waits_for_people_unless_there_is_none() {
    let (interaction, plan) = shown(&files(EXTENDED).hashed(), &[]);
    assert_eq!(interaction, Interaction::ExtendedText { max_chars: 500 });
    let worth = |text: &str| Rule::worth(plan.items[0].rule.as_ref(), &Response::text(text), &plan.items[0].key);
    assert_eq!(worth("A risk."), Worth { points: 0, of: 5, is_pending: true });
    for nothing in ["", " \n"] {
        assert_eq!(worth(nothing), Worth { points: 0, of: 5, is_pending: false });
    }
}

#[test]
fn a_plan_reads_as_it_was_written() {
    for sample in ALL {
        for bank in [files(sample).hashed(), files(sample).hashed()] {
            let (_, plan) = shown(&bank, &in_file_order(&bank));
            let text = serde_json::to_string(&plan).unwrap();
            assert_eq!(serde_json::from_str::<FormPlan>(&text).unwrap(), plan);
            assert_eq!(plan.version, if plan.items[0].rule.is_some() { 2 } else { 1 });
        }
    }
}

/// Who has the view of an item must not find out its key, or the order of its file, by trying.
#[test]
fn the_hash_of_what_is_seen_is_the_same_whatever_is_right() {
    let view = |files: &Files| files.hashed().hashes("it-9").unwrap().view.clone();
    let version = |files: &Files| files.hashed().hashes("it-9").unwrap().version.clone();
    let swap = |files: Files, one: &str, other: &str| {
        files.replace("items/it-9.toml", one, "#").replace("items/it-9.toml", other, one).replace(
            "items/it-9.toml",
            "#",
            other,
        )
    };
    for (sample, one, other) in [
        (ORDER, "\"Contain\"", "\"Recover\""),
        (MATCH, "key = [\"a\"]", "key = [\"b\"]"),
        (MATCH, "\"Training\"", "\"Inference\""),
        (GAP_MATCH, "[\"cause\"]", "[\"effect\"]"),
        (CLOZE, "text = \"training\"", "text = \"inference\""),
    ] {
        let (before, after) = (files(sample), swap(files(sample), one, other));
        assert_eq!(view(&before), view(&after), "{one}");
        assert_ne!(version(&before), version(&after), "{one}");
    }
    let easier = files(CLOZE).replace("items/it-9.toml", "\"0.01\"", "\"0.1\"");
    assert_eq!(view(&files(CLOZE)), view(&easier));
    assert_ne!(version(&files(CLOZE)), version(&easier));
}

fn codes(files: &Files) -> BTreeSet<String> {
    files.load().1.iter().map(|finding| finding.code.to_string()).collect()
}

#[test]
fn every_fault_of_every_kind_has_its_code() {
    for (sample, from, to, code) in [
        (ORDER, "[[option]]\nid = \"c\"\ntext = \"Recover\"\nrationale = \"Third.\"\n", "", "option-count"),
        (ORDER, "rationale = \"Third.\"", "", "missing-rationale"),
        (ORDER, "rationale = \"Third.\"", "rationale = \"x\"\nkey = true", "unknown-field"),
        (ORDER, "\"Recover\"", "\"Contain\"", "duplicate-option"),
        (MATCH, "key = [\"a\"]", "key = []", "key-count"),
        (MATCH, "key = [\"a\"]", "key = [\"z\"]", "key-count"),
        (MATCH, "per_row = 2", "per_row = 1", "key-count"),
        (MATCH, "per_row = 2", "per_row = 3", "row-count"),
        (MATCH, "per_row = 2", "max_chars = 60", "unknown-field"),
        (MATCH, "text = \"Data poisoning\"", "", "missing-field"),
        (GAP_MATCH, "{{effect}}", "effect", "gap-mismatch"),
        (GAP_MATCH, "{{effect}}", "{{cause}}", "gap-mismatch"),
        (GAP_MATCH, "{{effect}}", "{{Effect}}", "gap-mismatch"),
        (GAP_MATCH, "[\"effect\"]", "[\"effect\", \"cause\"]", "gap-mismatch"),
        (GAP_MATCH, "A {{cause}} leads to a {{effect}}.", "Nothing.", "gap-count"),
        (CLOZE, "id = \"share\"", "id = \"name\"", "gap-mismatch"),
        (CLOZE, "number = \"0.25\"", "number = \"a quarter\"", "accepted-answer"),
        (CLOZE, "tolerance = \"0.01\"", "tolerance = \"-1\"", "accepted-answer"),
        (CLOZE, "number = \"0.25\"", "accept = [\"x\"]\nnumber = \"0.25\"", "accepted-answer"),
        (CLOZE, "\"injection\"]", "\"Prompt Injection\"]", "accepted-answer"),
        (CLOZE, "\"injection\"]", "\" \"]", "accepted-answer"),
        (CLOZE, "accept = [\"prompt injection\", \"injection\"]", "accept = []", "accepted-answer"),
        (CLOZE, "tolerance = \"0.01\"", "max_chars = 201", "text-length"),
        (CLOZE, "tolerance = \"0.01\"", "case = true", "unknown-field"),
        (CLOZE, "text = \"training\"", "text = \"training\"\nkey = true", "key-count"),
        (CLOZE, "text = \"training\"", "text = \"Inference\"", "duplicate-option"),
        (HOTSPOT, "images/plan.svg", "images/other.svg", "image"),
        (HOTSPOT, "alt = \"A plan of three boxes\"", "", "missing-field"),
        (HOTSPOT, "[0, 0, 20, 20]", "[90, 0, 20, 20]", "region"),
        (HOTSPOT, "[50, 25, 10]", "[50, 25]", "region"),
        (HOTSPOT, "circle = [50, 25, 10]", "", "region"),
        (HOTSPOT, "circle = [50, 25, 10]", "circle = [50, 25, 10]\nrect = [0, 0, 1, 1]", "region"),
        (HOTSPOT, "circle = [50, 25, 10]", "circle = [50, -1, 10]", "wrong-type"),
        (HOTSPOT, "key = true\n", "", "key-count"),
        (EXTENDED, "max_chars = 500", "max_chars = 20001", "text-length"),
        (EXTENDED, EXTENDED[1], "", "missing-rubric"),
        (EXTENDED, "points = 2", "points = 0", "wrong-type"),
        (EXTENDED, "points = 2", "points = 101", "missing-rubric"),
    ] {
        let files = files(sample).replace("items/it-9.toml", from, to);
        assert!(codes(&files).contains(code), "{from} → {to}: {:?}", codes(&files));
        assert!(!files.load().0.items.contains_key("it-9"));
    }
}

#[test]
fn partial_credit_is_for_schemes_that_give_it_and_kinds_that_have_parts() {
    assert_eq!(codes(&partial(MATCH)), BTreeSet::new());
    let asked = |sample: [&str; 2]| files([&format!("credit = \"partial\"\n{}", sample[0]), sample[1]]);
    assert_eq!(codes(&asked(MATCH)), BTreeSet::from(["partial-credit".to_owned()]));
    assert_eq!(codes(&partial(EXTENDED)), BTreeSet::from(["partial-credit".to_owned()]));
}

#[test]
fn images_are_what_their_name_says_and_stand_in_any_text() {
    let shows =
        |image: &str| Files::sound().replace("items/it-1.toml", "Which control", &format!("{image}\n\nWhich control"));
    let plan = "![A plan](images/plan.png)";
    let png = b"\x89PNG\r\n\x1a\n-".as_slice();
    assert_eq!(codes(&shows(plan).add("images/plan.png", png)), BTreeSet::new());
    assert!(codes(&shows(plan)).contains("markup"));
    assert!(codes(&shows("![](images/plan.png)").add("images/plan.png", png)).contains("markup"));
    for (name, content) in [
        ("images/plan.png", b"GIF89a".to_vec()),
        ("images/plan.svg", b"<svg><script/></svg>".to_vec()),
        ("images/plan.gif", b"GIF89a".to_vec()),
        ("images/plan.png", [png, &[0; 128 * 1024]].concat()),
    ] {
        assert!(codes(&Files::sound().add(name, content)).contains("image"), "{name}");
    }
    let bank = shows(plan).add("images/plan.png", png).hashed();
    let version = bank.hashes("it-1").unwrap().version.clone();
    let items = vec![DrawItem { item: version, options: vec![0, 1, 2] }];
    let draw = Draw { format: Draw::FORMAT.into(), version: Draw::VERSION, procedure: PROCEDURE.into(), items };
    assert_eq!(assemble_form(&bank, &draw).unwrap().0.version, 2, "older apps know no images");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the draw: the form and its key fit each other, and of all responses of the right shape one kind is right.
    #[test]
    fn whatever_is_drawn_the_key_is_right_and_nothing_else(
        sample in prop::sample::select(vec![ORDER, MATCH, GAP_MATCH, HOTSPOT]), seed in any::<[u8; 5]>(),
    ) {
        let bank = files(sample).hashed();
        let mut order = in_file_order(&bank);
        order.sort_by_key(|&place| seed[place as usize]);
        let (interaction, plan) = shown(&bank, &order);
        let key = &plan.items[0].key;
        prop_assert_eq!(interaction.accepts().check(key), Ok(()));
        for other in neighbours(&interaction) {
            prop_assert_eq!(interaction.accepts().check(&other), Ok(()));
            prop_assert_eq!(worth(&plan, &other).0 == 1, &other == key);
        }
    }

    /// A file that was changed anywhere is refused or read, and never makes the reader panic.
    #[test]
    fn a_mangled_file_never_panics(
        sample in prop::sample::select(ALL.to_vec()),
        from in any::<prop::sample::Index>(),
        length in 0_usize..30,
        piece in prop::sample::select(vec!["", "{{", "}}", "[[gap]]\n", "\"", "= 99999999999", "key = [1]", "\u{0}", "ﬁ"]),
    ) {
        let text = format!("{HEAD}{}{TAIL}{}", sample[0], sample[1]);
        let mut bytes = text.into_bytes();
        let from = from.index(bytes.len());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, piece.bytes());
        let mut sources: Vec<SourceFile> = files(sample).sources();
        sources.retain(|file| file.path != "items/it-9.toml");
        sources.push(SourceFile::new("items/it-9.toml", bytes));
        let _ = question_bank::Bank::load(&sources, crate::fixture::TODAY);
    }
}

/// Some responses that an item accepts.
fn neighbours(interaction: &Interaction) -> Vec<Response> {
    match interaction.accepts() {
        Accepts::Choices { labels, .. } => labels.into_iter().map(|label| Response::new([label])).collect(),
        Accepts::Order { .. } => ["abc", "acb", "bac", "bca", "cab", "cba"].map(in_order).to_vec(),
        Accepts::Pairs { rows, columns, .. } => {
            let one = |column: &String| Response::pairs(rows.iter().map(|row| [row.clone(), column.clone()]));
            columns.iter().map(one).collect()
        }
        Accepts::Gaps { gaps, .. } => {
            let names: Vec<&String> = gaps.keys().collect();
            let filled = |pair: [&str; 2]| {
                let filled = names.iter().zip(pair).map(|(gap, label)| ((*gap).clone(), label.to_owned()));
                Response::gaps(filled.collect::<BTreeMap<_, _>>())
            };
            [["a", "b"], ["b", "a"], ["b", "c"], ["c", "b"], ["a", "c"], ["c", "a"]].map(filled).to_vec()
        }
        Accepts::Text { .. } => vec![],
    }
}
