//! Every code of the lint: a bank that provokes it and nothing else, and the place that is named.

use std::collections::BTreeSet;

use question_bank::{
    Code,
    bank::{MAX_FILE_BYTES, MAX_FILES, Origin},
};

use crate::{fixture::Files, histories, kinds};

const ITEM: &str = "items/it-1.toml";
const MULTIPLE: &str = "items/it-4.toml";
const SET: &str = "scenarios/s-1.toml";
const HISTORY: &str = "history/it-1.jsonl";
/// Of another kind.
const KIND: &str = "items/it-9.toml";

struct Broken {
    files: Files,
    file: &'static str,
    line: u32,
}

impl Broken {
    fn at(file: &'static str, line: u32, files: Files) -> Self {
        Self { files, file, line }
    }

    /// The fault is expected on the line where `needle` first stands.
    fn on(file: &'static str, needle: &str, files: Files) -> Self {
        Self::at(file, files.line(file, needle), files)
    }

    /// Replaces `from` by `to` and expects the fault on the line where `to` begins.
    fn by(file: &'static str, from: &str, to: &str) -> Self {
        Self::on(file, to, Files::sound().replace(file, from, to))
    }

    /// The same in an item of another kind.
    fn of_kind(sample: [&str; 2], from: &str, to: &str) -> Self {
        Self::on(KIND, to, kinds::files(sample).replace(KIND, from, to))
    }
}

/// The compiler sees to it that no code is forgotten: the match has no wildcard, and the list is made from its arms.
macro_rules! provoke {
    ($($code:ident => $broken:expr,)*) => {
        const CODES: &[Code] = &[$(Code::$code),*];

        fn provoke(code: Code) -> Broken {
            match code {
                $(Code::$code => $broken,)*
                Code::UnknownEntry | Code::BookTitle | Code::BookLength | Code::Language => unreachable!("of open books: open_book.rs"),
            }
        }
    };
}

provoke! {
    TooManyFiles => {
        let files = (0..MAX_FILES).fold(Files::sound(), |files, n| files.add(&format!("z/{n}"), ""));
        Broken::at(".", 1, files)
    },
    FileTooLarge => Broken::at(ITEM, 1, Files::sound().replace(ITEM, "revision", &too_long_comment())),
    UnexpectedFile => Broken::at("drafts/it-9.toml", 1, Files::sound().add("drafts/it-9.toml", "=")),
    NotUtf8 => {
        let mut bytes = Files::sound().text(ITEM).as_bytes().to_vec();
        let at = bytes.windows(5).position(|window| window == b"level").unwrap();
        bytes[at + 10] = 0xff;
        Broken::at(ITEM, Files::sound().line(ITEM, "level"), Files::sound().add(ITEM, bytes))
    },
    LineEnds => Broken::by(ITEM, "level = \"analysis\"\n", "level = \"analysis\"\r\n"),
    Syntax => Broken::by(ITEM, "level = \"analysis\"", "level = analysis\""),
    UnknownField => Broken::by(SET, "domain =", "difficulty = 3\ndomain ="),
    MissingField => Broken::on(ITEM, "[[reference]]", Files::sound().replace(ITEM, "locator = \"LLM04\"\n", "")),
    WrongType => Broken::by(ITEM, "review_by = 2027-12-31", "review_by = \"2027-12-31\""),
    UnknownValue => Broken::by(SET, "status = \"operational\"", "status = \"live\""),
    UnsupportedFormat => Broken::by(SET, "version = 1", "version = 2"),
    SchemeMissing => Broken::at("scheme.toml", 1, Files::sound().remove("scheme.toml")),
    SchemeInvalid => Broken::by("scheme.toml", "validity_years = { value = 3", "validity_years = { value = -3"),
    BadId => {
        let files = Files::sound().rename(ITEM, "items/It_1.toml").replace("items/It_1.toml", "it-1", "It_1");
        Broken::on("items/It_1.toml", "id =", files)
    },
    IdNotFileName => Broken::on(SET, "id =", Files::sound().replace(SET, "\"s-1\"", "\"s-2\"")),
    DuplicateId => Broken::by(SET, "id = \"s-1-2\"", "id = \"it-1\""),
    UnknownDomain => Broken::by(SET, "domain = \"D2\"", "domain = \"D3\""),
    UnknownEnemy => {
        let files = Files::sound().replace(ITEM, "revision", "enemies = [\n  \"it-2\",\n  \"it-99\",\n]\nrevision");
        Broken::on(ITEM, "\"it-99\"", files)
    },
    SelfEnemy => Broken::by(SET, "revision = 1", "enemies = [\"s-1\"]\nrevision = 1"),
    OptionCount => {
        let extra = "\n[[option]]\nid = \"d\"\ntext = \"Answer d to it-1\"\nrationale = \"Why.\"\n";
        let longer = Files::sound().text(ITEM).to_owned() + extra;
        Broken::at(ITEM, 1, Files::sound().add(ITEM, longer))
    },
    OptionId => Broken::by(ITEM, "id = \"b\"", "id = \"d\""),
    DuplicateOption => {
        Broken::on(ITEM, "[[option]]", Files::sound().replace(ITEM, "Answer b to it-1", "ANSWER a to it-1"))
    },
    KeyCount => {
        Broken::at(MULTIPLE, 1, Files::sound().replace(MULTIPLE, "key = true\n", "").replace(MULTIPLE, "TWO", "ONE"))
    },
    MissingRationale => {
        let files = Files::sound().replace(SET, "rationale = \"Why a is what it is.\"\n", "");
        Broken::on(SET, "[[item.option]]", files)
    },
    MissingReference => {
        let text = Files::sound().text(ITEM).to_owned();
        let (from, to) = (text.find("[[reference]]").unwrap(), text.find("[[option]]").unwrap());
        Broken::at(ITEM, 1, Files::sound().add(ITEM, text[..from].to_owned() + &text[to..]))
    },
    DateOrder => Broken::by(ITEM, "review_by = 2027-12-31", "review_by = 2026-01-05"),
    ReviewExpired => Broken::by(ITEM, "review_by = 2027-12-31", "review_by = 2026-11-23"),
    NotReviewed => Broken::by(SET, "reviewed = true", "reviewed = false"),
    RowCount => Broken::of_kind(kinds::MATCH, "per_row = 2", "per_row = 3"),
    GapCount => {
        Broken::at(KIND, 1, kinds::files(["kind = \"cloze\"\nstem = \"Complete it.\"\ntext = \"Nothing.\"\n", ""]))
    },
    GapMismatch => Broken::on(KIND, "text =", kinds::files(kinds::CLOZE).replace(KIND, "id = \"share\"", "id = \"shore\"")),
    AcceptedAnswer => Broken::of_kind(kinds::CLOZE, "number = \"0.25\"", "number = \"a quarter\""),
    Region => {
        let files = kinds::files(kinds::HOTSPOT).replace(KIND, "[50, 25, 10]", "[50, 45, 10]");
        Broken::at(KIND, files.line(KIND, "id = \"b\"") - 1, files)
    },
    Image => Broken::at("images/plan.png", 1, Files::sound().add("images/plan.png", "GIF89a")),
    TextLength => Broken::of_kind(kinds::EXTENDED, "max_chars = 500", "max_chars = 20001"),
    MissingRubric => Broken::of_kind(kinds::EXTENDED, "points = 2", "points = 101"),
    PartialCredit => Broken::of_kind(kinds::MATCH, "per_row = 2", "credit = \"partial\"\nper_row = 2"),
    Markup => Broken::by(SET, "Which control comes", "Which <b>control</b> comes"),
    EmptyText => Broken::by(SET, "topic = \"memory poisoning\"", "topic = \" \""),
    SelectCount => Broken::on(MULTIPLE, "stem =", Files::sound().replace(MULTIPLE, " Select TWO.", "")),
    TooFewItems => {
        let text = Files::sound().text(SET).to_owned();
        let head = text[..text.find("\n[[item]]").unwrap()].to_owned();
        Broken::at(SET, 1, Files::sound().add(SET, head))
    },
    SyllabusInvalid => {
        let head = "format = \"invigil-syllabus\"\nversion = 1\n\n[[subject]]\nid = \"x\"\ntitle = \"X\"\nkind = \"threat\"\n";
        let files = Files::sound().add("syllabus.toml", format!("{head}items = [\n    \"it-1\",\n    \"it-none\",\n]\n"));
        Broken::on("syllabus.toml", "it-none", files)
    },
    LintInvalid => {
        let files = Files::sound().add("lint.toml", "format = \"invigil-lint\"\nversion = 1\nacronym = [\"AI\"]\n");
        Broken::on("lint.toml", "acronym", files)
    },
    UnknownOrigin => {
        let files = Files::sound().replace(ITEM, "revision", "clone_of = \"it-99\"\nrevision");
        Broken::on(ITEM, "clone_of", files)
    },
    HistoryFault => {
        let text = histories::sound().text(HISTORY).replacen("A test", "A text", 1);
        Broken::at(HISTORY, 2, histories::sound().add(HISTORY, text))
    },
    HistoryMissing => Broken::on(ITEM, "id =", histories::sound().remove(HISTORY)),
    HistoryOrphan => {
        let text = histories::sound().text(HISTORY).replace("it-1", "it-9");
        // The chain is of other bytes: one line holds on to nothing.
        let first = text.split_inclusive('\n').next().unwrap().to_owned();
        Broken::at("history/it-9.jsonl", 1, histories::sound().add("history/it-9.jsonl", first))
    },
    StatusNotHistory => {
        let files = histories::sound().replace(ITEM, "status = \"operational\"", "status = \"pilot\"");
        Broken::on(ITEM, "id =", files)
    },
    TextChanged => Broken::on(ITEM, "id =", histories::sound().replace(ITEM, "comes first", "comes last")),
}

fn too_long_comment() -> String {
    format!("# {}\nrevision", "x".repeat(MAX_FILE_BYTES))
}

#[test]
fn every_code_is_provoked_alone_and_names_file_and_line() {
    for &code in CODES {
        let Broken { files, file, line } = provoke(code);
        let found: BTreeSet<_> = files.load().1.into_iter().map(|f| (f.file, f.line, f.code.as_str())).collect();
        assert_eq!(found, BTreeSet::from([(file.to_owned(), line, code.as_str())]));
    }
}

#[test]
fn a_file_that_must_not_be_used_is_left_out_whole_and_no_other() {
    let (sound, _) = Files::sound().load();
    // Its faulty file has another name than in the sound bank.
    for &code in CODES.iter().filter(|&&code| code != Code::BadId) {
        let Broken { files, mut file, .. } = provoke(code);
        if file == HISTORY {
            file = ITEM;
        }
        let (bank, findings) = files.load();
        let blocked = findings.iter().any(|finding| finding.blocks_use());
        let stays = |origin: &Origin| !blocked || origin.file != file;
        let items: Vec<_> = sound.items.values().filter(|item| stays(&item.origin)).map(|item| &item.id).collect();
        assert_eq!(bank.items.keys().collect::<Vec<_>>(), items, "{code}");
        let sets: Vec<_> = sound.scenarios.values().filter(|set| stays(&set.origin)).map(|set| &set.id).collect();
        assert_eq!(bank.scenarios.keys().collect::<Vec<_>>(), sets, "{code}");
        assert_eq!(bank.scheme.is_none(), blocked && file == "scheme.toml", "{code}");
    }
}

#[test]
fn only_what_a_person_should_look_at_is_a_warning() {
    let warnings: Vec<_> = CODES
        .iter()
        .filter(|&&code| !provoke(code).files.load().1.iter().all(|finding| finding.is_error()))
        .map(|code| code.as_str())
        .collect();
    assert_eq!(warnings, ["unexpected-file", "not-reviewed", "syllabus-invalid", "history-orphan"]);
}

#[test]
fn every_finding_says_what_is_wrong_and_what_to_do() {
    let lines: Vec<String> =
        CODES.iter().flat_map(|&code| provoke(code).files.load().1).map(|finding| finding.to_string()).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
