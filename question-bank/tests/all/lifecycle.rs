//! The life of an item: which transitions there are, by whom, and a history that shows what was changed in it.

use std::collections::BTreeSet;

use question_bank::{
    Bank, Code,
    bank::Status::{self, *},
    lifecycle::{
        Entry, History, HistoryFault, Refusal,
        Role::{self, *},
        TRANSITIONS, Tie, content_hash, with_status,
    },
};

use crate::{
    fixture::Files,
    histories::{self, RELEASE, at, continued, request, sound},
};

const ALL: [Status; 7] = [Draft, Reviewed, Pilot, Operational, Suspended, Compromised, Retired];
const HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn history(steps: &[(Status, &str, Role)]) -> History {
    let mut text = String::new();
    for (step, hour) in steps.iter().zip(0..) {
        let entry = History::read("x", &text).unwrap().next("x", 1, HASH.into(), request(step, hour)).unwrap();
        text += &(entry.line() + "\n");
    }
    History::read("x", &text).unwrap()
}

/// A way to each state.
fn in_state(state: Option<Status>) -> History {
    let steps: &[(Status, &str, Role)] = match state {
        None => &[],
        Some(Draft) => &RELEASE[..1],
        Some(Reviewed) => &RELEASE[..2],
        Some(Operational) => RELEASE,
        Some(Pilot) => &[RELEASE[0], RELEASE[1], (Pilot, "releaser", Releaser)],
        Some(Suspended) => &[RELEASE[0], RELEASE[1], RELEASE[2], (Suspended, "guard", Security)],
        Some(Compromised) => &[RELEASE[0], RELEASE[1], RELEASE[2], (Compromised, "guard", Security)],
        Some(Retired) => &[RELEASE[0], RELEASE[1], RELEASE[2], (Retired, "releaser", Releaser)],
    };
    history(steps)
}

#[test]
fn every_transition_that_is_not_in_the_table_is_refused_whoever_asks() {
    let mut allowed = BTreeSet::new();
    for from in ALL.into_iter().map(Some).chain([None]) {
        for to in ALL {
            for &role in Role::ALL {
                for revision in [1, 2] {
                    let next = in_state(from).next("x", revision, HASH.into(), request(&(to, "somebody", role), 9));
                    let row = TRANSITIONS.iter().find(|row| row.from == from && row.to == to);
                    match row {
                        None => assert!(matches!(next, Err(Refusal::States { .. })), "{from:?} {to} {role}"),
                        Some(row) if !row.roles.contains(&role) => {
                            assert!(matches!(next, Err(Refusal::Role { .. })), "{from:?} {to} {role}");
                        }
                        Some(row) if from.is_some() && revision != 1 + u32::from(row.next_revision) => {
                            assert!(matches!(next, Err(Refusal::Revision { .. })), "{from:?} {to} {role}");
                        }
                        Some(_) => {
                            assert!(next.is_ok(), "{from:?} {to} {role}: {next:?}");
                            allowed.insert((from, to));
                        }
                    }
                }
            }
        }
    }
    assert_eq!(allowed.len(), TRANSITIONS.len(), "each row of the table is a way that can be gone");
    // What must never be, whatever the table says.
    for (from, to) in [(Draft, Operational), (Draft, Pilot), (Compromised, Operational), (Compromised, Draft)] {
        assert!(!allowed.contains(&(Some(from), to)), "{from} → {to}");
    }
    assert!(allowed.iter().all(|(from, _)| *from != Some(Retired)), "retired is for good");
}

#[test]
fn author_reviewer_and_releaser_are_three_people() {
    let refused = |state: &History, step: &(Status, &str, Role)| match state.next("x", 1, HASH.into(), request(step, 9))
    {
        Err(Refusal::SamePerson { did, .. }) => did,
        other => panic!("not refused: {other:?}"),
    };
    let (draft, reviewed) = (in_state(Some(Draft)), in_state(Some(Reviewed)));
    assert_eq!(refused(&draft, &(Reviewed, "writer", Reviewer)), "wrote");
    assert_eq!(refused(&draft, &(Reviewed, "  WRITER ", Reviewer)), "wrote", "spelling makes no other person");
    assert_eq!(refused(&reviewed, &(Operational, "writer", Releaser)), "wrote");
    assert_eq!(refused(&reviewed, &(Operational, "reader", Releaser)), "reviewed");
    assert_eq!(refused(&reviewed, &(Pilot, "Reader", Releaser)), "reviewed");
    assert_eq!(refused(&in_state(Some(Suspended)), &(Operational, "reader", Releaser)), "reviewed");
}

#[test]
fn a_text_is_fixed_once_it_was_reviewed_until_it_is_a_draft_again() {
    let other = "1".repeat(64);
    let step = |state: Option<Status>, revision, step: &(Status, &str, Role)| {
        in_state(state).next("x", revision, other.clone(), request(step, 9))
    };
    assert!(step(Some(Draft), 1, &(Reviewed, "reader", Reviewer)).is_ok());
    assert_eq!(step(Some(Reviewed), 1, &RELEASE[2]), Err(Refusal::TextChanged));
    assert_eq!(step(Some(Operational), 1, &(Suspended, "guard", Security)), Err(Refusal::TextChanged));
    assert!(step(Some(Reviewed), 1, &(Draft, "reader", Reviewer)).is_ok(), "sent back");
    assert!(step(Some(Operational), 2, &(Draft, "writer", Author)).is_ok(), "the next revision");
    let same = step(Some(Operational), 1, &(Draft, "writer", Author));
    assert_eq!(same, Err(Refusal::Revision { got: 1, wanted: 2 }));
}

#[test]
fn a_transition_says_who_when_and_why() {
    let draft = in_state(Some(Draft));
    let next = |change: &dyn Fn(&mut question_bank::lifecycle::Request)| {
        let mut request = request(&RELEASE[1], 9);
        change(&mut request);
        draft.next("x", 1, HASH.into(), request)
    };
    assert!(matches!(next(&|r| r.by = "  ".into()), Err(Refusal::Text { field: "by", .. })));
    assert!(matches!(next(&|r| r.reason = String::new()), Err(Refusal::Text { field: "reason", .. })));
    assert!(matches!(next(&|r| r.reason = "two\nlines".into()), Err(Refusal::Text { field: "reason", .. })));
    assert!(matches!(next(&|r| r.reason = "x".repeat(2_001)), Err(Refusal::Text { field: "reason", .. })));
    assert!(matches!(next(&|r| r.at = at(0) - chrono::Duration::seconds(1)), Err(Refusal::Time { .. })));
    let entry = next(&|r| r.at += chrono::Duration::milliseconds(7)).unwrap();
    assert_eq!(serde_json::to_value(&entry).unwrap()["at"], "2026-11-24T09:00:00Z");
}

#[test]
fn whatever_is_changed_in_a_history_is_found() {
    let text = histories::text(&Files::sound(), "it-1", RELEASE);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let fault = |text: &str| History::read("it-1", text).map_err(|broken| (broken.line, broken.fault)).unwrap_err();
    assert!(History::read("it-1", &text).is_ok());
    // A word of a line, which the next line holds on to.
    assert_eq!(fault(&text.replacen("A test", "A text", 1)), (2, HistoryFault::Chain));
    assert_eq!(fault(&text.replacen("writer", "nobody", 1)), (2, HistoryFault::Chain));
    // A line removed, doubled, moved, put in.
    assert_eq!(fault(&[lines[1], lines[2]].concat()), (1, HistoryFault::Chain));
    assert_eq!(fault(&[lines[0], lines[2]].concat()), (2, HistoryFault::Chain));
    assert_eq!(fault(&[lines[0], lines[0]].concat()), (2, HistoryFault::Chain));
    assert_eq!(fault(&[lines[0], lines[2], lines[1]].concat()), (2, HistoryFault::Chain));
    // Another's history, another format, another spelling, an end cut off.
    assert!(matches!(History::read("it-2", &text).unwrap_err().fault, HistoryFault::OtherItem(_)));
    assert!(matches!(fault(&text.replacen("\"version\":1", "\"version\":2", 1)), (1, HistoryFault::Format { .. })));
    assert_eq!(fault(&text.replacen("\":", "\": ", 1)), (1, HistoryFault::NotCanonical));
    assert_eq!(fault(&text.replacen("00:00:00Z", "00:00:00.0Z", 1)).1, HistoryFault::NotCanonical);
    assert_eq!(fault(text.trim_end()), (3, HistoryFault::NotCanonical));
    assert!(matches!(fault(&text[..text.len() - 20]), (3, HistoryFault::NotCanonical)));
    assert!(matches!(fault(&(text.clone() + "\n")), (4, HistoryFault::Shape(_))));
    assert!(matches!(fault(&text.replacen("\"by\"", "\"extra\":1,\"by\"", 1)), (1, HistoryFault::Shape(_))));
}

#[test]
fn a_forged_line_that_holds_on_still_has_to_keep_the_rules() {
    let text = histories::text(&Files::sound(), "it-1", &RELEASE[..1]);
    let honest = History::read("it-1", &text).unwrap();
    let reviewed = honest.next("it-1", 1, HASH.into(), request(&RELEASE[1], 1)).unwrap();
    let forged = Entry { to: Operational, role: Releaser, ..reviewed };
    let broken = History::read("it-1", &(text + &forged.line() + "\n")).unwrap_err();
    assert_eq!(broken.line, 2);
    assert!(matches!(broken.fault, HistoryFault::Refused(Refusal::States { .. })), "{broken:?}");
}

static SOUND: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| histories::text(&Files::sound(), "it-1", RELEASE));

proptest::proptest! {
    #[test]
    fn no_text_makes_reading_a_history_panic_and_no_byte_can_be_added(text in "\\PC{0,300}", at in 0usize..2_000) {
        let _ = History::read("it-1", &text);
        let mut broken = SOUND.clone();
        broken.insert(at.min(SOUND.len()), '\u{7f}');
        proptest::prop_assert!(History::read("it-1", &broken).is_err());
    }
}

#[test]
fn a_bank_that_agrees_with_its_histories_loads_without_a_finding() {
    let (bank, findings) = sound().load();
    assert_eq!(findings, []);
    assert!(bank.has_history && bank.items.len() == 7);
}

#[test]
fn the_text_of_an_operational_item_cannot_change_and_what_explains_it_can() {
    let item = "items/it-1.toml";
    let codes = |files: Files| files.load().1.iter().map(|finding| finding.code).collect::<Vec<_>>();
    for (from, to) in [
        ("Which control", "What control"),
        ("Answer b to", "Answer bee to"),
        ("domain = \"D1\"", "domain = \"D2\""),
        ("level = \"analysis\"", "level = \"application\""),
    ] {
        assert_eq!(codes(sound().replace(item, from, to)), [Code::TextChanged], "{to}");
    }
    let moved = sound().replace(item, "key = true\n", "").replace(
        item,
        "to it-1\"\nrationale = \"Why c",
        "to it-1\"\nkey = true\nrationale = \"Why c",
    );
    assert_eq!(codes(moved), [Code::TextChanged], "another key");
    for (from, to) in [("Why a is", "Why indeed a is"), ("review_by = 2027-12-31", "review_by = 2028-12-31")] {
        assert_eq!(codes(sound().replace(item, from, to)), [], "{to}");
    }
    let set = sound().replace("scenarios/s-1.toml", "A claims assistant", "A claims helper");
    assert_eq!(codes(set), [Code::TextChanged], "the scenario is part of its items");
}

#[test]
fn a_new_revision_goes_the_whole_way_again_by_other_people_than_its_authors() {
    let item = "items/it-1.toml";
    let files = sound()
        .replace(item, "revision = 1", "revision = 2")
        .replace(item, "Which control", "What control")
        .replace(item, "status = \"operational\"", "status = \"draft\"");
    let codes = |files: &Files| files.load().1.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(&files), [Code::StatusNotHistory], "not yet registered");

    let path = "history/it-1.jsonl";
    let (bank, _) = files.clone().remove(path).load();
    let bank = Bank { has_history: false, ..bank };
    // Without its history the file is left out as a file without one; the text is hashed from a bank without any.
    let (plain, _) = Files::sound()
        .replace(item, "revision = 1", "revision = 2")
        .replace(item, "Which control", "What control")
        .load();
    assert!(!bank.has_history);
    let text = continued(&plain, "it-1", files.text(path), &[(Draft, "second writer", Author)]);
    assert_eq!(codes(&files.clone().add(path, text.clone())), []);
    let text = continued(&plain, "it-1", &text, &[(Reviewed, "reader", Reviewer)]);
    let history = History::read("it-1", &text).unwrap();
    for (by, did) in [("writer", "wrote"), ("second writer", "wrote"), ("reader", "reviewed")] {
        let hash = content_hash(&plain, "it-1").unwrap();
        let refusal = history.next("it-1", 2, hash, request(&(Operational, by, Releaser), 9)).unwrap_err();
        assert!(matches!(refusal, Refusal::SamePerson { did: told, .. } if told == did), "{refusal:?}");
    }
    let text = continued(&plain, "it-1", &text, &[RELEASE[2]]);
    let released = files.add(path, text).replace(item, "status = \"draft\"", "status = \"operational\"");
    assert_eq!(codes(&released), []);
}

#[test]
fn a_compromised_item_takes_its_clones_and_enemies_out_of_the_pool() {
    let reasons = |files: Files| {
        let bank = files.hashed();
        let (_, ineligible) = bank.pool(crate::fixture::TODAY);
        assert_eq!(bank.pool2(crate::fixture::TODAY).1, ineligible, "both procedures judge alike");
        ineligible.into_iter().map(|out| (out.id, out.reasons[0].to_string())).collect::<Vec<_>>()
    };
    let files = || {
        Files::sound()
            .item("it-5", "D1", "a")
            .replace("items/it-2.toml", "revision", "clone_of = \"it-1\"\nrevision")
            .replace("items/it-3.toml", "revision", "clone_of = \"it-2\"\nrevision")
            .replace("items/it-4.toml", "revision", "enemies = [\"it-1\"]\nrevision")
    };
    assert_eq!(reasons(files()), []);
    let compromised = |files: Files, file: &str| files.replace(file, "\"operational\"", "\"compromised\"");
    assert_eq!(
        reasons(compromised(files(), "items/it-1.toml")),
        [
            ("it-1".into(), "its status is Compromised".to_owned()),
            ("it-2".into(), "it is a clone of it-1, which is compromised".into()),
            ("it-3".into(), "it is a clone of it-1, which is compromised".into()),
            ("it-4".into(), "it is an enemy of it-1, which is compromised".into()),
        ]
    );
    // From the middle of the family it is the same; enemies are those of the compromised one alone.
    let ids: Vec<String> = reasons(compromised(files(), "items/it-2.toml")).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["it-1", "it-2", "it-3"]);
}

#[test]
fn a_scenario_set_is_compromised_as_a_whole() {
    let (bank, _) = Files::sound().replace("items/it-4.toml", "revision", "enemies = [\"s-1-2\"]\nrevision").load();
    let tainted = bank.tainted_by(["s-1-1"]);
    let ties: Vec<_> = tainted.iter().map(|(id, taint)| (*id, taint.tie)).collect();
    assert_eq!(ties, [("it-4", Tie::Enemy), ("s-1-1", Tie::Itself), ("s-1-2", Tie::Itself), ("s-1-3", Tie::Itself)]);
}

#[test]
fn clones_in_a_circle_are_one_family_and_end() {
    let (bank, findings) = Files::sound()
        .replace("items/it-1.toml", "revision", "clone_of = \"it-2\"\nrevision")
        .replace("items/it-2.toml", "revision", "clone_of = \"it-1\"\nrevision")
        .replace("items/it-3.toml", "revision", "clone_of = \"it-1\"\nrevision")
        .load();
    assert_eq!(findings, []);
    assert_eq!(bank.tainted_by(["it-3"]).into_keys().collect::<Vec<_>>(), ["it-1", "it-2", "it-3"]);
}

#[test]
fn the_status_is_changed_in_its_place_and_nothing_else() {
    let text = "# status = 1\nid = \"x\"\nstatus = 'draft' # for now\nstem = \"\"\"\nstatus = \"draft\"\n\"\"\"\n";
    let changed = with_status(text, Pilot).unwrap();
    assert_eq!(changed, text.replace("status = 'draft' #", "status = \"pilot\" #"));
    assert_eq!(with_status("id = \"x\"\n", Pilot), None);
    assert_eq!(with_status("status = \"draft", Pilot), None);
}
