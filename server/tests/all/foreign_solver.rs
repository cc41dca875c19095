//! The solver is a program from anywhere: what it writes is refused unless every form holds.

#![cfg(unix)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use assembly::{
    Conflict, Constraint, FormSet, Made, Target, Verifier,
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
        self.assemble_with(does, &["--forms", "1", "--overlap", "100"])
    }

    fn assemble_with(&self, does: &str, options: &[&str]) -> Ran {
        let solver = self.file("solver");
        if !solver.exists() {
            std::os::unix::fs::symlink(SCRIPT, &solver).unwrap();
        }
        fs::write(self.file("solver.does"), does).unwrap();
        let (bank, out) = (self.file("bank"), self.out());
        let arguments = ["form", "assemble", "--seed", SEED];
        let places = ["--bank", text(&bank), "--out", text(&out), "--solver", text(&solver)];
        invigil(arguments.into_iter().chain(places).chain(options.iter().copied()))
    }

    /// What it was refused with; nothing was written.
    #[track_caller]
    fn refused(&self, does: &str) -> String {
        self.refused_with(does, &["--forms", "1", "--overlap", "100"])
    }

    #[track_caller]
    fn refused_with(&self, does: &str, options: &[&str]) -> String {
        let ran = self.assemble_with(does, options);
        assert!(!self.out().exists(), "{ran:?}");
        ran.fault().to_owned()
    }

    fn forms(&self) -> FormSet {
        serde_json::from_slice(&fs::read(self.out().join("forms.json")).unwrap()).unwrap()
    }

    /// A file of rules.
    fn rules(&self, content: &str) -> String {
        let file = self.file("rules.toml");
        fs::write(&file, content).unwrap();
        text(&file).to_owned()
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
    let set = foreign.forms();
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
fn a_solver_that_never_ends_is_stopped_and_what_it_started_holds_nobody_up() {
    let foreign = Foreign::new();
    let refused = |does: &str| {
        let started = std::time::Instant::now();
        let options = ["--forms", "1", "--overlap", "100", "--minutes", "0.03"];
        let refused = foreign.refused_with(does, &options);
        assert!(started.elapsed().as_secs() < 20, "{does}: {:?}", started.elapsed());
        refused
    };
    let late = "had no answer after 0.03 minutes and was stopped; loosen a rule, or give it longer with --minutes";
    for does in ["sleep 100", "exec >&-; sleep 100", "yes >&2", "exec sleep 100 < /dev/null"] {
        let told = refused(does);
        assert!(told.contains(late), "{does}: {told}");
    }
    let told = refused("echo out of luck >&2; sleep 100");
    assert!(told.ends_with("with --minutes: out of luck"), "{told}");
    // It has ended, and what it started keeps its pipes open.
    assert!(refused("sleep 100 & exit 0").contains("wrote no answer"));
    assert!(refused("sleep 100 & exit 3").contains("failed (exit status: 3)"));
    let unfit = foreign.assemble_with("exit 0", &["--forms", "1", "--minutes=-3"]);
    assert!(unfit.code == Some(2) && unfit.stderr.contains("a number of minutes above 0"), "{unfit:?}");
}

#[test]
fn the_best_forms_of_a_solver_that_is_stopped_are_taken() {
    let foreign = Foreign::new();
    let made = made_by_hand(&foreign.request());
    let answers = foreign.answers(Outcome::Forms(made.clone()));
    let options = ["--forms", "1", "--overlap", "100", "--minutes", "0.1"];
    // A better one is under way.
    let ran = foreign.assemble_with(&format!("{answers}; printf '{{\"format\":'; sleep 100"), &options);
    assert!(ran.good().contains("the solver was stopped after 0.1 minutes"));
    assert_eq!(foreign.forms().forms[0].items, made.forms[0]);
}

#[test]
fn of_several_answers_the_last_counts_and_one_cut_short_is_none() {
    let foreign = Foreign::new();
    let made = made_by_hand(&foreign.request());
    let whole = serde_json::to_string(&Answer::new(Outcome::Forms(made.clone()))).unwrap();
    let cut = foreign.refused(&format!("cat > /dev/null; printf '%s' '{}'", &whole[..whole.len() - 20]));
    assert!(cut.contains("wrote no answer: EOF"), "{cut}");
    let after = foreign.refused(&format!("cat > /dev/null; printf '%s' '{whole}' nonsense"));
    assert!(after.contains("wrote no answer: expected"), "{after}");
    let mut half = made.clone();
    half.forms[0].truncate(3);
    let half = serde_json::to_string(&Answer::new(Outcome::Forms(half))).unwrap();
    assert!(foreign.refused(&format!("cat > /dev/null; echo '{whole}'; echo '{half}'")).contains("there are 3"));
    foreign.assemble(&format!("cat > /dev/null; echo '{half}'; echo 'progress: nearly' >&2; echo '{whole}'")).good();
    assert_eq!(foreign.forms().forms[0].items, made.forms[0]);
}

#[test]
fn a_bound_that_the_forms_disprove_is_refused_and_the_gap_is_told() {
    let foreign = Foreign::new();
    let request = foreign.request();
    let ratings: String = request.problem.items.iter().map(|item| format!("{} = [65]\n", item.id)).collect();
    let rules = foreign.rules(&format!("[ratings]\n{ratings}"));
    let options = ["--forms", "1", "--overlap", "100", "--rules", &rules];
    let said = |target: u32, bound: u64| {
        let targets = vec![Target { ability: None, target }];
        foreign.answers(Outcome::Forms(Made { targets, bound, ..made_by_hand(&request) }))
    };
    // Ten items at 65 %, whatever the bank rates them at itself, are no more than ten points.
    let refused = foreign.refused_with(&said(10_000, 1_000_000), &options);
    assert!(refused.contains("no forms are said to be nearer their targets than 1000000 millionths"), "{refused}");
    let told = foreign.assemble_with(&said(10_000, 0), &options).good();
    assert!(told.contains("by the solver's word no such forms are below 0.0000 %, a gap of "), "{told}");
}

#[test]
fn where_the_limit_is_to_be_found_the_forms_say_what_it_is() {
    let foreign = Foreign::new();
    let made = made_by_hand(&foreign.request());
    let twice = |overlap| Made { overlap, forms: vec![made.forms[0].clone(); 2], ..made.clone() };
    let answers = |overlap| foreign.answers(Outcome::Forms(twice(overlap)));
    let options = ["--forms", "2"];
    assert!(foreign.refused_with(&answers(Some(9)), &options).contains("no two forms share more than 9 items"));
    assert!(foreign.refused_with(&answers(Some(11)), &options).contains("it found no limit"));
    assert!(foreign.refused_with(&answers(None), &options).contains("it found no limit"));
    foreign.assemble_with(&answers(Some(10)), &options).good();
    assert_eq!(foreign.forms().problem.blueprint.overlap, Some(10));
    // It says that two may share all ten, and there is but one.
    let one = foreign.answers(Outcome::Forms(Made { overlap: Some(10), ..made.clone() }));
    foreign.assemble_with(&one, &["--forms", "1", "--replace"]).good();
    assert_eq!(foreign.forms().problem.blueprint.overlap, Some(0));
}

#[test]
fn rules_that_exclude_one_another_are_told_with_where_they_stand() {
    let foreign = Foreign::new();
    let rules = foreign.rules("max_uses = 1\n");
    let options = ["--forms", "2", "--overlap", "20", "--shared-sets", "0", "--rules", &rules];
    let request = foreign.file("request.json");
    foreign.refused_with(&format!("cat > '{}'", text(&request)), &options);
    let problem = Request::parse(&fs::read(&request).unwrap()).unwrap().problem;
    let all = Constraint::all(&problem);
    let conflict = |rules: Vec<Constraint>, smallest| {
        let eligible = u32::try_from(problem.items.len()).unwrap();
        let conflict = Conflict { forms: 2, eligible, rules, smallest };
        foreign.refused_with(&foreign.answers(Outcome::Conflict(conflict)), &options)
    };
    let told = conflict(all.clone(), true);
    assert!(told.contains("no two forms share more than 2 items (--overlap)"), "{told}");
    assert!(told.contains("no two forms share a scenario set (--shared-sets)"), "{told}");
    assert!(told.contains("no item is used by more than 1 form (") && told.contains("rules.toml)"), "{told}");
    let domain = all.iter().find(|rule| matches!(rule, Constraint::Domain { .. })).unwrap().clone();
    let told = conflict(vec![domain.clone()], true);
    assert!(told.contains(" (domain D1 «") && told.contains("»: «") && told.ends_with("»)"), "{told}");
    let unsure = conflict(all.clone(), false);
    assert!(unsure.contains("fewer of these rules, or other ones"), "{unsure}");
    assert!(conflict(vec![domain.clone(), domain], true).contains("something else than it was asked"));
    assert!(conflict(Vec::new(), true).contains("something else than it was asked"));
}

#[test]
fn rules_that_name_what_there_is_not_or_leave_nothing_are_refused_with_the_file() {
    let foreign = Foreign::new();
    let refused = |content: &str| {
        let rules = foreign.rules(content);
        let refused = foreign.refused_with("exit 9", &["--forms", "1", "--rules", &rules]);
        assert!(refused.contains("rules.toml"), "{refused}");
        refused
    };
    for table in ["ratings]\nbank-d1-99 = [50]", "used]\nbank-d1-99 = 1", "parameters]\nbank-d1-99 = { a = 1, b = 0 }"]
    {
        let told = refused(&format!("abilities = [0]\n[{table}\n"));
        assert!(told.contains("names the item \"bank-d1-99\", which the bank does not have"), "{told}");
    }
    let level = refused("levels = { aplication = { least = 1, most = 2 } }\n");
    assert!(level.contains("\"aplication\"; there are comprehension, application"), "{level}");
    let ability = refused("abilities = [0]\ninformation = [{ ability = 500, target = 1000 }]\n");
    assert!(ability.contains("information is wanted at 500"), "{ability}");
    assert!(refused("words = { least = 9, most = 3 }\n").contains("words is at least 9 and at most 3"));
}

#[test]
fn rules_that_the_scheme_excludes_are_named_with_both() {
    let foreign = Foreign::new();
    let rules = foreign.rules("words = { least = 1, most = 100 }\n");
    let (out, solver) = (foreign.out(), foreign.file("solver"));
    std::os::unix::fs::symlink(SCRIPT, &solver).unwrap();
    let bank = concat!(env!("CARGO_MANIFEST_DIR"), "/../question-bank/content/caisp");
    let arguments = ["form", "assemble", "--forms", "2", "--bank", bank, "--rules", &rules];
    let ran = invigil(arguments.into_iter().chain(["--out", text(&out), "--solver", text(&solver)]));
    assert!(ran.fault().contains("words is 1 to 100 in "), "{ran:?}");
    assert!(ran.fault().contains("rules.toml, and 8000 to 12000 in the scheme"), "{ran:?}");
}

#[test]
fn a_cap_on_exposure_is_a_share_of_these_forms_and_not_of_uses() {
    let foreign = Foreign::new();
    let fact = |value: &str| format!("{{ value = {value}, basis = \"assumed\", source = \"ours\" }}");
    let scheme = foreign.file("bank/scheme.toml");
    let constraints = format!(
        "procedure = {}\n\n[constraints]\nmax_exposure = {}\npilots = {}\n\n[certificate]",
        fact("\"invigil-draw-2\""),
        fact("500"),
        fact("1")
    );
    let text_of = fs::read_to_string(&scheme).unwrap();
    fs::write(&scheme, text_of.replacen("[certificate]", &constraints, 1)).unwrap();
    let item = foreign.file("bank/items/bank-d1-06.toml");
    fs::write(&item, fs::read_to_string(&item).unwrap().replacen("\"operational\"", "\"pilot\"", 1)).unwrap();
    let rules = foreign.rules("max_uses = 3\n[used]\nbank-d1-01 = 2\n");
    let request = foreign.file("request.json");
    let asks = format!("cat > '{}'", text(&request));
    foreign.refused_with(&asks, &["--forms", "4", "--overlap", "100", "--rules", &rules]);
    let problem = Request::parse(&fs::read(&request).unwrap()).unwrap().problem;
    assert_eq!((problem.blueprint.max_forms, problem.blueprint.max_uses), (Some(2), Some(3)));
    let pilots: Vec<&str> = problem.items.iter().filter(|item| item.pilot).map(|item| item.id.as_str()).collect();
    assert_eq!(pilots, ["bank-d1-06"]);
    assert_eq!(problem.items.iter().find(|item| item.id == "bank-d1-01").unwrap().used, 2);
    // One form is all of them.
    let refused = foreign.refused_with(&asks, &["--forms", "1"]);
    assert!(refused.contains("the scheme caps exposure at 500 thousandths"), "{refused}");
}

#[test]
fn forms_are_their_owners_alone_and_are_not_overwritten_by_chance() {
    use std::os::unix::fs::PermissionsExt as _;

    let foreign = Foreign::new();
    let made = made_by_hand(&foreign.request());
    let answers = foreign.answers(Outcome::Forms(made));
    foreign.assemble(&answers).good();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&foreign.out()), 0o700);
    let files: Vec<PathBuf> = fs::read_dir(foreign.out()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(files.iter().all(|file| mode(file) == 0o600), "{files:?}");
    let before = fs::read(foreign.out().join("forms.json")).unwrap();

    // Not even asked.
    let ran = foreign.assemble("touch \"$0.asked\"; exit 9");
    assert!(ran.fault().contains("is there already") && ran.fault().contains("--replace"), "{ran:?}");
    assert!(!foreign.file("solver.asked").exists());
    assert_eq!(fs::read(foreign.out().join("forms.json")).unwrap(), before);

    fs::write(foreign.out().join("forms.json"), "an older set").unwrap();
    foreign.assemble_with(&answers, &["--forms", "1", "--overlap", "100", "--replace"]).good();
    assert_eq!(fs::read(foreign.out().join("forms.json")).unwrap(), before);
    assert_eq!(mode(&foreign.out().join("forms.json")), 0o600);
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
