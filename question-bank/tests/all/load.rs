//! Loading a bank.

use question_bank::{Bank, Code, SourceFile, bank::Kind};

use crate::fixture::{Files, TODAY};

#[test]
fn a_sound_bank_loads_without_a_finding() {
    let (bank, findings) = Files::sound().load();
    assert_eq!(findings, []);
    assert_eq!(bank.items.keys().collect::<Vec<_>>(), ["it-1", "it-2", "it-3", "it-4", "s-1-1", "s-1-2", "s-1-3"]);
    assert_eq!(bank.items["it-4"].kind, Kind::MultipleResponse);
    assert_eq!(bank.items["it-4"].key_positions().collect::<Vec<_>>(), [1, 3]);
    assert_eq!(bank.items["s-1-2"].scenario.as_ref().unwrap().position, 2);
    assert_eq!(bank.scenarios["s-1"].items, ["s-1-1", "s-1-2", "s-1-3"]);
    assert_eq!(bank.scheme.unwrap().domains.len(), 2);
}

#[test]
fn items_of_a_set_take_over_its_revision_status_language_and_review() {
    let set = "scenarios/s-1.toml";
    let (bank, _) = Files::sound()
        .replace(set, "revision = 1", "revision = 4")
        .replace(set, "status = \"operational\"", "status = \"pilot\"\nlang = \"ar\"\ndir = \"rtl\"")
        .replace(set, "reviewed = true", "reviewed = false")
        .load();
    let item = &bank.items["s-1-3"];
    assert_eq!((item.revision, item.lang.as_str(), item.dir.as_str()), (4, "ar", "rtl"));
    assert_eq!((item.status, item.authoring.reviewed), (bank.scenarios["s-1"].status, false));
}

#[test]
fn all_faults_of_all_files_are_reported_at_once_by_file_and_line() {
    let files = Files::sound()
        .replace("items/it-2.toml", "level = \"analysis\"", "level = \"guessing\"")
        .replace("items/it-2.toml", "topic = \"memory poisoning\"", "topic = 7")
        .replace("items/it-3.toml", "domain = \"D2\"", "domain = \"D9\"")
        .replace("scenarios/s-1.toml", "key = true", "key = false");
    let (_, findings) = files.load();
    let places: Vec<_> = findings.iter().map(|f| (f.file.as_str(), f.line, f.code)).collect();
    assert_eq!(
        places,
        [
            ("items/it-2.toml", files.line("items/it-2.toml", "level ="), Code::UnknownValue),
            ("items/it-2.toml", files.line("items/it-2.toml", "topic ="), Code::WrongType),
            ("items/it-3.toml", files.line("items/it-3.toml", "domain ="), Code::UnknownDomain),
            ("scenarios/s-1.toml", files.line("scenarios/s-1.toml", "[[item]]"), Code::KeyCount),
        ]
    );
}

#[test]
fn the_order_in_which_files_are_given_changes_nothing() {
    let files = Files::sound().replace("items/it-2.toml", "topic", "subject").add("extra.toml", "");
    let mut reversed = files.sources();
    reversed.reverse();
    assert_eq!(Bank::load(&reversed, TODAY), files.load());
}

#[test]
fn what_is_no_toml_file_is_not_looked_at() {
    let files = Files::sound()
        .add("README.md", b"\xff\r\n".as_slice())
        .add("items/notes.txt", "=")
        .add("items/old/it-9.txt", "=")
        .add("scenarios/figure.png", b"\x89PNG\r\n".as_slice());
    assert_eq!(files.load(), Files::sound().load());
}

#[test]
fn an_empty_folder_is_a_bank_without_a_scheme() {
    let (bank, findings) = Bank::load(&[], TODAY);
    assert_eq!(bank, Bank::default());
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::SchemeMissing]);
}

#[test]
fn a_review_date_is_good_until_its_last_day() {
    let files = Files::sound().replace("items/it-1.toml", "review_by = 2027-12-31", "review_by = 2026-11-24");
    assert_eq!(files.load().1, []);
    let (bank, findings) = Bank::load(&files.sources(), TODAY.succ_opt().unwrap());
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::ReviewExpired]);
    assert!(!findings[0].blocks_use() && bank.items.contains_key("it-1"), "forms refuse it, the bank keeps it");
}

#[test]
fn enemies_count_whichever_side_names_them_and_sets_stand_for_all_their_items() {
    let (bank, findings) = Files::sound()
        .set("s-2", &[("D1", "a"), ("D2", "b")])
        .replace("items/it-1.toml", "revision", "enemies = [\"it-2\", \"s-1-1\"]\nrevision")
        .replace("scenarios/s-2.toml", "revision", "enemies = [\"s-1\", \"it-3\"]\nrevision")
        .load();
    assert_eq!(findings, []);
    let enemies = bank.enemies();
    let of = |id: &str| enemies.get(id).into_iter().flatten().copied().collect::<Vec<_>>();
    assert_eq!(of("it-1"), ["it-2", "s-1-1"]);
    assert_eq!(of("it-2"), ["it-1"]);
    assert_eq!(of("it-3"), ["s-2-1", "s-2-2"]);
    assert_eq!(of("it-4"), [""; 0]);
    assert_eq!(of("s-1-1"), ["it-1", "s-2-1", "s-2-2"]);
    assert_eq!(of("s-2-2"), ["it-3", "s-1-1", "s-1-2", "s-1-3"]);
}

#[test]
fn one_file_given_twice_is_two_items_with_one_id() {
    let mut files = Files::sound().sources();
    files.push(files.iter().find(|file| file.path == "items/it-1.toml").unwrap().clone());
    let (_, findings) = Bank::load(&files, TODAY);
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::DuplicateId]);
}

#[test]
fn a_finding_reads_as_file_line_code_fault_and_remedy() {
    let (_, findings) = Bank::load(&[SourceFile::new("notes.toml", "")], TODAY);
    assert_eq!(
        findings[0].to_string(),
        "notes.toml:1: warning[unexpected-file]: no file of a bank belongs here; \
         move it to items/, scenarios/ or angoff/, or remove it"
    );
    assert_eq!(serde_json::to_value(&findings[0]).unwrap()["code"], "unexpected-file", "the name is the same in JSON");
}

#[test]
fn a_set_may_not_name_its_own_items_as_enemies() {
    let files = Files::sound().replace("scenarios/s-1.toml", "revision", "enemies = [\"it-1\", \"s-1-2\"]\nrevision");
    let (bank, findings) = files.load();
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::SelfEnemy]);
    assert_eq!(bank.scenarios.len(), 0);
}
