//! Files that were not made by an author: monstrous ones, and random ones. A finding, never a panic.

use proptest::{prelude::*, sample::Index};
use question_bank::{Bank, BankSecret, Code, Finding, HashedBank, SourceFile};

use crate::fixture::{Files, TODAY};

fn codes(content: impl Into<Vec<u8>>) -> Vec<Code> {
    let (bank, findings) = Files::sound().add("items/it-1.toml", content).load();
    assert!(!bank.items.contains_key("it-1") && bank.items.contains_key("it-2"), "one monster spoils only itself");
    let mut codes: Vec<Code> = findings.iter().filter(|f| f.file == "items/it-1.toml").map(|f| f.code).collect();
    codes.dedup();
    codes
}

#[test]
fn toml_nested_ten_thousand_deep_is_a_syntax_error() {
    let deep = |open: &str, close: &str| format!("x = {}{}", open.repeat(10_000), close.repeat(10_000));
    assert_eq!(codes(deep("[", "]")), [Code::Syntax]);
    assert_eq!(codes(deep("{ a = ", "}")), [Code::Syntax]);
    assert_eq!(codes(deep("[", "")), [Code::Syntax]);
    assert_eq!(codes(format!("x{} = 1", ".x".repeat(10_000))), [Code::Syntax]);
    assert_eq!(codes(format!("[x{}]", ".x".repeat(100_000))), [Code::Syntax]);
    assert_eq!(codes(format!("[[x{}]]", ".x".repeat(100_000))), [Code::Syntax]);
    // Each header is within the limit; only together they are deep.
    assert_eq!(codes((1..100).map(|n| format!("[[x{}]]\n", ".x".repeat(n))).collect::<String>()), [Code::Syntax]);
}

#[test]
fn a_monstrous_scheme_is_a_finding_too() {
    for text in [format!("title = {}", "[".repeat(10_000)), "\0".repeat(1_000), "[exam]\n".repeat(1_000)] {
        let (bank, findings) = Files::sound().add("scheme.toml", text).load();
        assert!(bank.scheme.is_none());
        assert!(findings.iter().any(|f| f.file == "scheme.toml" && f.code == Code::Syntax), "{findings:?}");
    }
}

#[test]
fn markup_nested_thousands_deep_is_refused() {
    for stem in ["*a **b ".repeat(2_000), "> ".repeat(10_000) + "x?", "- ".repeat(10_000) + "x?", "[".repeat(20_000)] {
        let files = Files::sound().replace("items/it-1.toml", "The log of it-1 shows", &stem);
        let (bank, findings) = files.load();
        assert!(!findings.is_empty() || bank.items.contains_key("it-1"));
        assert!(findings.iter().all(|finding| finding.code == Code::Markup), "{:?}", findings.first());
    }
}

#[test]
fn every_one_of_sixty_thousand_faults_in_one_text_is_reported_with_its_line() {
    let stem = "<b>\n".repeat(60_000) + "\n";
    let files = Files::sound().replace("items/it-1.toml", "The log", &(stem + "The log"));
    let (_, findings) = files.load();
    let lines: Vec<u32> = findings.iter().filter(|f| f.code == Code::Markup).map(|f| f.line).collect();
    let first = files.line("items/it-1.toml", "<b>");
    assert_eq!(lines, (first..first + 60_000).collect::<Vec<_>>());
}

#[test]
fn numbers_and_dates_beyond_all_measure_are_of_the_wrong_type() {
    for (from, to) in [
        ("revision = 1", "revision = 99999999999999999999999999"),
        ("revision = 1", "revision = 2147483648"),
        ("revision = 1", "revision = 0"),
        ("revision = 1", "revision = -1"),
        ("revision = 1", "revision = 1.0"),
        ("review_by = 2027-12-31", "review_by = 2027-12-31T00:00:00Z"),
        ("review_by = 2027-12-31", "review_by = 23:59:59"),
    ] {
        let (_, findings) = Files::sound().replace("items/it-1.toml", from, to).load();
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::WrongType], "{to}");
    }
    let (_, findings) =
        Files::sound().replace("items/it-1.toml", "review_by = 2027-12-31", "review_by = 2027-02-30").load();
    assert!(matches!(findings[..], [Finding { code: Code::Syntax | Code::WrongType, .. }]), "{findings:?}");
}

#[test]
fn of_too_many_files_the_scheme_is_not_the_one_left_out() {
    let many = (0..20_001).map(|n| SourceFile::new(format!("items/{n:05}.txt"), ""));
    let files: Vec<_> = Files::sound().sources().into_iter().chain(many).collect();
    let (bank, findings) = Bank::load(&files, TODAY);
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::TooManyFiles]);
    assert!(bank.scheme.is_some());
}

/// Loads a bank and whatever can be made of it, and checks what holds of every bank.
fn exercise(files: &[SourceFile]) -> Result<(), TestCaseError> {
    let (bank, findings) = Bank::load(files, TODAY);
    prop_assert!(findings.is_sorted(), "findings are in the order of files and lines");
    for finding in &findings {
        let file = files.iter().find(|file| file.path == finding.file);
        prop_assert!(file.is_some() || [".", "scheme.toml"].contains(&finding.file.as_str()), "{finding}");
        let lines = file.map_or(1, |file| file.content.iter().filter(|&&b| b == b'\n').count() + 1);
        prop_assert!((1..=lines).contains(&(finding.line as usize)), "{finding}: the file has {lines} lines");
    }
    let blocked = |file: &str| findings.iter().any(|finding| finding.file == file && finding.blocks_use());
    prop_assert!(bank.items.values().all(|item| !blocked(&item.origin.file)));
    prop_assert!(bank.scenarios.values().all(|set| !blocked(&set.origin.file)));
    for set in bank.scenarios.values() {
        for (position, id) in (1..).zip(&set.items) {
            let place = bank.items.get(id).and_then(|item| item.scenario.as_ref());
            prop_assert!(place.is_some_and(|place| place.id == set.id && place.position == position), "{id}");
        }
    }
    if let Ok(hashed) = HashedBank::new(bank, &BankSecret::new([7; 32])) {
        let (pool, ineligible) = hashed.pool(TODAY);
        prop_assert_eq!(pool.check(), Ok(()));
        prop_assert_eq!(pool.entries.len() + ineligible.len(), hashed.bank().items.len());
    }
    Ok(())
}

fn any_path() -> impl Strategy<Value = String> {
    let paths = ["items/it-1.toml", "items/new.toml", "scenarios/s-1.toml", "scheme.toml", "items/.toml", "x.toml", ""];
    proptest::sample::select(paths.map(str::to_owned).to_vec())
}

/// A change to a text: cut something out, put something in, move something.
#[derive(Clone, Debug)]
enum Change {
    Cut(Index, usize),
    Insert(Index, String),
    Repeat(Index, usize),
    SwapLines(Index, Index),
    Byte(Index, u8),
}

fn any_change() -> impl Strategy<Value = Change> {
    let snippets = [
        "\"",
        "\"\"\"",
        "'''",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "\r\n",
        "# ",
        "\\",
        "\\u0000",
        "true",
        "0x7f",
        "1e9",
        "🦀",
        "*",
        "`",
        "```\n",
        "<b>",
        "- ",
        "1. ",
        "![](x)",
        "> ",
        "key = true\n",
        "[[option]]\n",
        "[[item]]\n",
        "enemies = [\"s-1\"]\n",
        "it-2",
        "s-1-1",
        "id = \"s-1-1\"\n",
        "id = \"s-1\"\n",
    ];
    prop_oneof![
        (any::<Index>(), 1..80_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<Index>(), proptest::sample::select(snippets.to_vec()))
            .prop_map(|(at, text)| Change::Insert(at, text.to_owned())),
        (any::<Index>(), 1..400_usize).prop_map(|(at, length)| Change::Repeat(at, length)),
        any::<(Index, Index)>().prop_map(|(one, other)| Change::SwapLines(one, other)),
        any::<(Index, u8)>().prop_map(|(at, byte)| Change::Byte(at, byte)),
    ]
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    let at = |index: &Index, content: &Vec<u8>| index.index(content.len() + 1);
    match change {
        Change::Cut(index, length) => {
            let from = at(index, content);
            content.drain(from..content.len().min(from + length));
        }
        Change::Insert(index, text) => {
            let from = at(index, content);
            content.splice(from..from, text.bytes());
        }
        Change::Repeat(index, length) => {
            let from = at(index, content);
            let again = content[from..content.len().min(from + length)].to_vec();
            content.splice(from..from, again);
        }
        Change::SwapLines(one, other) => {
            let mut lines: Vec<&[u8]> = content.split(|&b| b == b'\n').collect();
            let (one, other) = (one.index(lines.len()), other.index(lines.len()));
            lines.swap(one, other);
            *content = lines.join(&b'\n');
        }
        Change::Byte(index, byte) => {
            if let Some(old) = (!content.is_empty()).then(|| index.index(content.len())) {
                content[old] = *byte;
            }
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(path in any_path(), content in prop::collection::vec(any::<u8>(), 0..600)) {
        exercise(&Files::sound().add(&path, content).sources())?;
    }

    #[test]
    fn arbitrary_toml_like_text_never_panics(
        path in any_path(),
        text in "([a-z]{1,9}|[ =\"'#.,\n{}\\[\\]0-9-]){0,120}",
    ) {
        exercise(&Files::sound().add(&path, text).sources())?;
    }

    #[test]
    fn mutated_files_never_panic(file in any::<Index>(), changes in prop::collection::vec(any_change(), 1..6)) {
        let mut files = Files::sound().sources();
        let at = file.index(files.len());
        changes.iter().for_each(|change| apply(&mut files[at].content, change));
        exercise(&files)?;
    }
}
