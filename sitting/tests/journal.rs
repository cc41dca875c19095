//! What a candidate and an auditor rely on of a journal.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop there")]

use item::{Choice, Form, FormItem, Interaction, ItemId, Response, RichText};
use proptest::prelude::*;
use sitting::{Event, JournalFault, Line, LineFault, Manifest, Place, Refusal, Sitting, Stamp, SubmitReason};

fn manifest() -> Manifest {
    let choices = || ["a", "b", "c"].map(|id| Choice { id: id.into(), content: RichText::default() }).to_vec();
    let item = |position| FormItem {
        id: ItemId::at_position(position),
        lang: "en".into(),
        dir: item::Direction::Ltr,
        stimulus: None,
        stem: RichText::default(),
        interaction: Interaction::SingleChoice { choices: choices() },
    };
    let form = Form {
        format: Form::FORMAT.into(),
        version: Form::VERSION,
        stimuli: vec![],
        items: (1..=4).map(item).collect(),
    };
    Manifest::for_form(&form, "attempt-1", "sitting-1", "caisp", 60_000).unwrap()
}

fn at(ms: u64) -> Stamp {
    Stamp { boot: "boot".into(), mono_ms: ms, wall_ms: 1_795_000_000_000 + ms }
}

fn record(sitting: &mut Sitting, event: &Event) -> Result<(), LineFault> {
    let seq = sitting.count() as u8;
    let line = sitting.prepare(event, &at(u64::from(seq)), [seq; 16])?;
    sitting.accept(&line).map_err(|fault| fault.fault)
}

fn opened() -> Sitting {
    let mut sitting = Sitting::new(manifest()).unwrap();
    let form = sitting.manifest().form_digest.clone();
    record(&mut sitting, &Event::Opened { form }).unwrap();
    sitting
}

fn answered(item: &str, choices: &[&str]) -> Event {
    Event::Answered { item: item.into(), response: Response::new(choices.iter().copied()) }
}

#[test]
fn a_journal_read_again_gives_the_same_answers_place_and_head() {
    let mut sitting = opened();
    for event in [
        answered("q01", &["a"]),
        answered("q02", &["b"]),
        answered("q01", &["c"]),
        Event::Flagged { item: "q02".into(), on: true },
        answered("q02", &[]),
        Event::Navigated { to: Place::Item("q03".into()) },
    ] {
        record(&mut sitting, &event).unwrap();
    }
    let mut again = Sitting::new(manifest()).unwrap();
    again.accept_all(sitting.lines().iter().map(String::as_str)).unwrap();
    assert_eq!((again.answers(), again.head()), (sitting.answers(), sitting.head()));
    assert_eq!(again.answers().response(&"q01".into()), Response::new(["c"]));
    assert!(again.answers().response(&"q02".into()).is_empty());
    assert!(again.answers().is_flagged(&"q02".into()));
    assert_eq!(again.answers().place(), Some(&Place::Item("q03".into())));
}

#[test]
fn what_the_sitting_does_not_allow_is_refused_and_changes_nothing() {
    let mut sitting = opened();
    let head = sitting.head().to_owned();
    let refused = |sitting: &mut Sitting, event| match record(sitting, &event) {
        Err(LineFault::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut sitting, answered("q99", &["a"])), Refusal::UnknownItem("q99".into()));
    assert!(matches!(refused(&mut sitting, answered("q01", &["z"])), Refusal::Response { .. }));
    assert!(matches!(refused(&mut sitting, answered("q01", &["a", "b"])), Refusal::Response { .. }));
    assert_eq!(refused(&mut sitting, Event::Opened { form: String::new() }), Refusal::Opening);
    assert_eq!(sitting.head(), head);
    record(&mut sitting, &Event::Submitted { reason: SubmitReason::Candidate }).unwrap();
    assert_eq!(refused(&mut sitting, answered("q01", &["a"])), Refusal::AlreadySubmitted);
    assert_eq!(sitting.count(), 2);
}

#[test]
fn the_first_line_must_open_this_form() {
    let mut sitting = Sitting::new(manifest()).unwrap();
    assert_eq!(record(&mut sitting, &answered("q01", &["a"])), Err(LineFault::Refused(Refusal::Opening)));
    let other = Event::Opened { form: "0".repeat(64) };
    assert_eq!(record(&mut sitting, &other), Err(LineFault::Refused(Refusal::OtherForm)));
}

#[test]
fn an_event_of_a_later_version_is_kept_and_flagged() {
    let mut sitting = opened();
    let line = sitting.prepare(&Event::Resumed { gap_ms: 1 }, &at(9), [9; 16]).unwrap();
    let line = line.replace(r#"{"gap_ms":1,"type":"resumed"}"#, r#"{"height":3,"type":"levitated"}"#);
    sitting.accept(&line).unwrap();
    assert_eq!(sitting.unknown_events(), [2]);
}

proptest! {
    /// Changing, dropping, repeating or swapping any line of a journal is noticed.
    #[test]
    fn no_tampering_with_a_chain_goes_unnoticed(
        picks in prop::collection::vec((1usize..=4, 0usize..3), 3..20),
        victim in 0usize..1000,
        mode in 0u8..4,
    ) {
        let mut sitting = opened();
        for (item, choice) in picks {
            let event = answered(&format!("q{item:02}"), &[["a", "b", "c"][choice]]);
            record(&mut sitting, &event).unwrap();
        }
        let mut lines: Vec<String> = sitting.lines().to_vec();
        // The last line has no successor to vouch for it: that is what anchored heads are for.
        let victim = victim % (lines.len() - 1);
        match mode {
            0 => lines[victim] = lines[victim].replacen("00", "11", 1),
            1 => { lines.remove(victim); }
            2 => { let copy = lines[victim].clone(); lines.insert(victim, copy); }
            _ => lines.swap(victim, victim + 1),
        }
        prop_assume!(lines != sitting.lines());
        let mut again = Sitting::new(manifest()).unwrap();
        let result: Result<(), JournalFault> = again.accept_all(lines.iter().map(String::as_str));
        prop_assert!(result.is_err());
    }

    #[test]
    fn reading_a_line_never_panics(text in "\\PC{0,200}") {
        let _ = Line::read(&text);
    }
}
