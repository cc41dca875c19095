//! The solver is a program from anywhere: what it writes is refused unless every form holds.

#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use assembly::{
    FormSet, Made, Verifier,
    solver::{Answer, Outcome, Request},
};

use crate::fixture::{Home, Ran, invigil};

const SEED: &str = "0707070707070707070707070707070707070707070707070707070707070707";
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/fixture/foreign_solver.sh");

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A home whose command is made to ask a solver that does what a shell script says.
struct Foreign {
    home: Home,
}

impl Foreign {
    fn new() -> Self {
        Self { home: Home::new() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Where forms are written.
    fn out(&self) -> PathBuf {
        self.file("forms")
    }

    fn assemble(&self, does: &str) -> Ran {
        let solver = self.file("solver");
        if !solver.exists() {
            std::os::unix::fs::symlink(SCRIPT, &solver).unwrap();
        }
        fs::write(self.file("solver.does"), does).unwrap();
        let (bank, out) = (self.file("bank"), self.out());
        let arguments = ["form", "assemble", "--forms", "1", "--overlap", "100", "--seed", SEED];
        let places = ["--bank", text(&bank), "--out", text(&out), "--solver", text(&solver)];
        invigil(arguments.into_iter().chain(places))
    }

    /// What it was refused with; nothing was written.
    #[track_caller]
    fn refused(&self, does: &str) -> String {
        let ran = self.assemble(does);
        assert!(!self.out().exists(), "{ran:?}");
        ran.fault().to_owned()
    }

    /// What the solver is asked.
    fn request(&self) -> Request {
        let file = self.file("request.json");
        self.refused(&format!("cat > '{}'", text(&file)));
        Request::parse(&fs::read(file).unwrap()).unwrap()
    }

    fn answers(&self, outcome: Outcome) -> String {
        let file = self.file("answer.json");
        fs::write(&file, serde_json::to_vec(&Answer::new(outcome)).unwrap()).unwrap();
        format!("cat > /dev/null; cat '{}'", text(&file))
    }
}

/// A form of the small bank, found by going through all that ten of its items can be.
fn made_by_hand(request: &Request) -> Made {
    let ids: Vec<&str> = request.problem.items.iter().map(|item| item.id.as_str()).collect();
    let verifier = Verifier::new(&request.problem);
    let chosen = |bits: u32| ids.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|(_, id)| *id);
    let length = request.problem.blueprint.items;
    let bits = (0..1_u32 << ids.len())
        .find(|bits| bits.count_ones() == length && verifier.form("F01", chosen(*bits)).is_empty());
    let forms = vec![chosen(bits.unwrap()).map(str::to_owned).collect()];
    Made { overlap: request.problem.blueprint.overlap, targets: Vec::new(), bound: 0, forms }
}

#[test]
fn forms_of_any_solver_are_taken_if_they_hold_and_refused_if_they_are_half_broken() {
    let foreign = Foreign::new();
    let request = foreign.request();
    let made = made_by_hand(&request);
    let broken = |change: &dyn Fn(&mut Vec<String>)| {
        let mut made = made.clone();
        change(&mut made.forms[0]);
        foreign.refused(&foreign.answers(Outcome::Forms(made)))
    };
    let half = broken(&|items| items.truncate(5));
    assert!(half.contains("F01: a form has 10 items, but there are 5"), "{half}");
    let twice = broken(&|items| items[0] = items[1].clone());
    assert!(twice.contains("twice"), "{twice}");
    let stranger = broken(&|items| items[0] = "nobody\nat all".into());
    assert!(stranger.contains("has no item nobody at all"), "{stranger}");
    let more = Made { forms: vec![made.forms[0].clone(); 2], ..made.clone() };
    assert!(foreign.refused(&foreign.answers(Outcome::Forms(more))).contains("1 forms were asked for, 2 are there"));
    let limit = Made { overlap: Some(3), ..made.clone() };
    assert!(foreign.refused(&foreign.answers(Outcome::Forms(limit))).contains("something else than it was asked"));

    // The order is the solver's own, and a program may take its answer from where it will.
    let mut backwards = made.clone();
    backwards.forms[0].reverse();
    foreign.assemble(&foreign.answers(Outcome::Forms(backwards))).good();
    let set: FormSet = serde_json::from_slice(&fs::read(foreign.out().join("forms.json")).unwrap()).unwrap();
    assert_eq!(set.check(), Ok(()));
    assert_eq!((set.seed.as_str(), &set.problem), (SEED, &request.problem));
    assert_eq!(set.forms[0].items, made.forms[0]);
}

#[test]
fn a_solver_that_crashes_is_killed_or_writes_nonsense_gives_a_sentence_and_no_forms() {
    let foreign = Foreign::new();
    assert!(foreign.refused("echo nonsense").contains("wrote no answer: expected ident at line 1"));
    assert!(foreign.refused("exit 0").contains("wrote no answer"));
    assert!(foreign.refused("kill -9 $$").contains("signal: 9"));
    let crashed = foreign.refused("cat > /dev/null; echo '{}'; echo out of luck >&2; echo again >&2; exit 3");
    assert!(crashed.contains("failed (exit status: 3): out of luck again"), "{crashed}");
    let other = foreign.refused(r#"echo '{"format":"invigil-forms","version":1,"outcome":"stuck"}'"#);
    assert!(other.contains("it is \"invigil-forms\" version 1, not \"invigil-assembly-answer\" version 1"), "{other}");
    let endless = foreign.refused("exec cat /dev/zero");
    assert!(endless.contains("wrote more than 67108864 bytes"), "{endless}");
    let talkative = foreign.refused("head -c 300000 /dev/zero >&2; exit 1");
    assert!(talkative.contains("failed (exit status: 1)"), "{talkative}");
}

#[test]
fn what_a_solver_says_in_place_of_forms_is_told_in_one_line() {
    let foreign = Foreign::new();
    let refused = foreign.refused(&foreign.answers(Outcome::Refused("not\ntoday".into())));
    assert!(refused.contains(r#"the solver refuses the request: "not\ntoday""#), "{refused}");
    assert!(foreign.refused(&foreign.answers(Outcome::Stuck)).contains("loosen a rule, or try another seed"));
}

#[test]
fn a_missing_solver_is_told_with_how_to_build_it() {
    let home = Home::new();
    let (bank, out, nowhere) = (home.path().join("bank"), home.path().join("forms"), home.path().join("nowhere"));
    let assemble = |solver: &Path| {
        let arguments = ["form", "assemble", "--forms", "1", "--bank", text(&bank), "--out", text(&out)];
        invigil(arguments.into_iter().chain(["--solver", text(solver)]))
    };
    assert!(assemble(&nowhere).fault().contains("cargo xtask solver"));
    // A file that is no program.
    let file = home.path().join("bank/scheme.toml");
    assert!(assemble(&file).fault().contains("cannot be started"), "{:?}", assemble(&file));
    assert!(!out.exists());
}
