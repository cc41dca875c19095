//! Sittings drawn by `invigil-draw-3`: candidates draw from a set of assembled forms. The set is written down here, so that
//! no solver is needed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Duration, SecondsFormat, Utc};
use question_bank::{FormPlan, NamedForm, SourceFile};
use serde_json::{Value, json};
use server::engine::ScheduleError;

use crate::fixture::{Candidate, Home, Ran, World, bank_files, invigil, place};

/// The bank of the other tests with a second scenario set, drawn by `invigil-draw-3` under these constraints.
fn files(constraints: &[(&str, &str)]) -> Vec<SourceFile> {
    let fact = |value: &str| format!("{{ value = {value}, basis = \"assumed\", source = \"agreed in Ulm\" }}");
    let lines: String = constraints.iter().map(|(name, value)| format!("{name} = {}\n", fact(value))).collect();
    let procedure = format!("[forms]\nprocedure = {}\n", fact("\"invigil-draw-3\""));
    let mut files = bank_files();
    let mut more = Vec::new();
    for file in &mut files {
        let content = String::from_utf8(file.content.clone()).unwrap();
        if file.path == "scheme.toml" {
            let constrained = content.replace("[certificate]", &format!("[constraints]\n{lines}\n[certificate]"));
            file.content = constrained.replace("[forms]\n", &procedure).into();
        } else if file.path == "scenarios/bank-s01.toml" {
            more.push(SourceFile::new("scenarios/bank-s02.toml", content.replace("bank-s01", "bank-s02")));
        }
    }
    files.extend(more);
    files
}

/// The same with a change in one file.
fn changed(mut files: Vec<SourceFile>, path: &str, from: &str, to: &str) -> Vec<SourceFile> {
    let file = files.iter_mut().find(|file| file.path == path).unwrap();
    let text = String::from_utf8(file.content.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    file.content = text.replacen(from, to, 1).into();
    files
}

/// Three forms of ten items: the first and the second share four, the others five and four.
const FORMS: [(&str, [&str; 10]); 3] = [
    ("F01", ["d1-01", "d1-02", "d1-03", "d1-04", "d2-01", "d2-02", "d2-03", "d2-04", "s01-1", "s01-2"]),
    ("F02", ["d1-03", "d1-04", "d1-05", "d1-06", "d2-03", "d2-04", "d2-05", "d2-06", "s02-1", "s02-2"]),
    ("F03", ["d1-01", "d1-02", "d1-05", "d1-06", "d2-01", "d2-02", "d2-05", "d2-06", "s01-2", "s01-3"]),
];

fn ids(items: &[&str; 10]) -> Vec<String> {
    items.iter().map(|item| format!("bank-{item}")).collect()
}

fn forms() -> Vec<NamedForm> {
    let items = |items| ids(items).into_iter().map(|id| (id, 1)).collect();
    FORMS.iter().map(|(name, of)| NamedForm { name: (*name).into(), items: items(of) }).collect()
}

/// The name of the form with just these items of the bank.
fn form_of(plan: &FormPlan) -> &'static str {
    let mut on: Vec<String> = plan.items.iter().map(|item| item.bank_id.clone()).collect();
    on.sort();
    FORMS.iter().find(|(_, items)| ids(items) == on).unwrap_or_else(|| panic!("{on:?} is no form of the set")).0
}

impl World {
    async fn schedule_forms(&self, forms: &[NamedForm], candidates: &[&str]) -> Result<Vec<String>, ScheduleError> {
        let now = self.now();
        let places: Vec<_> = candidates.iter().map(|name| place(name, name, name)).collect();
        let scheduled = self.engine.schedule_from("Forms", now, now + Duration::days(1), &places, forms).await?;
        Ok(scheduled.admissions.into_iter().map(|admission| admission.code).collect())
    }

    /// Has somebody sit down to a form of the set; which it is.
    async fn sits(&self, candidate: &str) -> &'static str {
        let codes = self.schedule_forms(&forms(), &[candidate]).await.unwrap();
        let candidate = Candidate::admit(self, &codes[0]).await.start().await;
        form_of(&self.plan(&candidate.attempt).await)
    }

    async fn sittings(&self) -> usize {
        self.engine.overview().await.unwrap().len()
    }
}

#[tokio::test]
async fn packages_open_to_a_form_of_the_pool_which_names_no_item_of_the_bank() {
    let world = World::new().again_with(&files(&[]));
    let codes = world.schedule_forms(&forms(), &["Zoë", "Alex"]).await.unwrap();
    let mut zoe = Candidate::admit(&world, &codes[0]).await.start().await;
    assert_eq!(zoe.sitting().manifest().items.len(), 10);
    let plan = world.plan(&zoe.attempt).await;
    form_of(&plan);
    assert_eq!(zoe.sit(10).await.outcome, api::Resulting::Pass);
    let sitting = &world.engine.store.sittings(&world.engine.tenant).await.unwrap()[0];
    let pool: Value = serde_json::from_str(&sitting.pool).unwrap();
    assert_eq!((&pool["version"], &pool["overlap"]), (&json!(3), &json!(5)));
    assert_eq!(pool["forms"].as_array().unwrap().len(), 3);
    for secret in ["bank-", "\"key\"", "seed"] {
        assert!(!sitting.pool.contains(secret), "{secret}: {}", sitting.pool);
    }
}

#[tokio::test]
async fn candidates_with_one_form_have_its_items_and_options_in_orders_of_their_own() {
    let world = World::new().again_with(&files(&[]));
    let names = ["a", "b", "c", "d"];
    world.schedule_forms(&forms()[..1], &names).await.unwrap();
    let sitting = &world.engine.store.sittings(&world.engine.tenant).await.unwrap()[0];
    let roster = world.engine.store.roster(&world.engine.tenant, &sitting.id).await.unwrap();
    let (mut items, mut options) = (BTreeSet::new(), BTreeSet::new());
    for attempt in &roster {
        let plan: FormPlan = serde_json::from_str(&attempt.scheduled.plan).unwrap();
        assert_eq!(form_of(&plan), "F01");
        items.insert(plan.items.iter().map(|item| item.bank_id.clone()).collect::<Vec<_>>());
        let mut keys: Vec<_> =
            plan.items.iter().map(|item| (item.bank_id.clone(), format!("{:?}", item.key))).collect();
        keys.sort();
        options.insert(keys);
    }
    assert!(items.len() == names.len() && options.len() > 1, "{items:?} {options:?}");
}

#[tokio::test]
async fn who_sits_again_gets_another_form_until_there_is_none() {
    let world = World::new().again_with(&files(&[]));
    let mut sat = BTreeSet::new();
    for _ in 0..2 {
        sat.insert(world.sits("Zoë").await);
    }
    // Two forms have every stand-alone item of the bank, and the third one of a set that they do not.
    sat.insert(world.sits("Zoë").await);
    assert_eq!(sat.len(), 3, "{sat:?}");
    let before = world.sittings().await;
    let refused = world.schedule_forms(&forms(), &["Alex", "Zoë"]).await.unwrap_err();
    let said = refused.to_string();
    assert!(
        said.starts_with("no form can be drawn for Zoë: none of the 3 forms is left: 3 with nothing but"),
        "{said}"
    );
    assert_eq!(world.sittings().await, before, "nothing was recorded, for Alex neither");
    world.sits("Alex").await;
}

#[tokio::test]
async fn a_scheme_that_limits_what_is_shared_bars_scenario_sets_and_says_the_least_that_is_shared() {
    let world = World::new().again_with(&files(&[("shared_items", "4")]));
    let first = world.sits("Zoë").await;
    let second = world.sits("Zoë").await;
    assert!((first == "F02") != (second == "F02"), "of F01 and F03, which have one set, only one: {first} {second}");
    let refused = world.schedule_forms(&forms(), &["Zoë"]).await.unwrap_err().to_string();
    assert!(refused.contains("2 with nothing but") || refused.contains("3 with a scenario set"), "{refused}");
    assert!(refused.contains("the least that a form shares with earlier attempts is 9"), "{refused}");
}

#[tokio::test]
async fn forms_with_an_item_that_is_not_good_by_the_closing_day_are_left_out_and_it_is_said_why() {
    let path = "items/bank-d1-04.toml";
    for (from, to, why) in [
        ("revision = 1", "revision = 2", "it is at revision 2, and the form has revision 1"),
        ("\"operational\"", "\"suspended\"", "it may not stand on a form: its status is Suspended"),
        ("2099-12-31", "2026-11-25", "it may not stand on a form: its reference was to be reviewed by 2026-11-25"),
    ] {
        let world = World::new().again_with(&changed(files(&[]), path, from, to));
        let now = world.now();
        let places = [place("c", "Zoë", "Zoë")];
        // The window closes two days from now.
        let scheduled = world.engine.schedule_from("T", now, now + Duration::days(2), &places, &forms()).await.unwrap();
        let left_out: Vec<_> = scheduled.left_out.iter().map(|left| (left.form.as_str(), left.why.as_str())).collect();
        assert_eq!(left_out, [("F01", why), ("F02", why)]);
        assert!(scheduled.left_out.iter().all(|left| left.item == "bank-d1-04"));
        assert_eq!(form_of(&world.plan(&scheduled.admissions[0].attempt).await), "F03");
    }
    let world = World::new().again_with(&changed(files(&[]), path, "2099-12-31", "2026-11-25"));
    let now = world.now();
    let places = [place("c", "Zoë", "Zoë")];
    let scheduled = world.engine.schedule_from("T", now, now + Duration::days(1), &places, &forms()).await.unwrap();
    assert_eq!(scheduled.left_out, [], "good until the day on which the window closes");
}

#[tokio::test]
async fn where_every_form_is_left_out_nothing_is_recorded() {
    let gone = changed(files(&[]), "items/bank-d1-04.toml", "\"operational\"", "\"suspended\"");
    let world = World::new().again_with(&changed(gone, "items/bank-d1-05.toml", "revision = 1", "revision = 7"));
    let refused = world.schedule_forms(&forms(), &["Zoë"]).await.unwrap_err().to_string();
    for said in ["none of the 3 forms", "form F01: bank-d1-04", "form F03: bank-d1-05 is at revision 7"] {
        assert!(refused.contains(said), "{refused}");
    }
    assert_eq!(world.sittings().await, 0);
}

#[tokio::test]
async fn a_reserve_is_another_form_of_the_recorded_pool_without_what_is_tainted_since() {
    let world = World::new().again_with(&files(&[]));
    let now = world.now();
    let names: Vec<String> = (0..8).map(|number| format!("c{number}")).collect();
    let places: Vec<_> = names.iter().map(|name| place(name, name, name)).collect();
    let first = world.engine.schedule_from("T", now, now + Duration::days(1), &places, &forms()).await.unwrap();
    let names_of = async |world: &World, scheduled: &server::engine::Scheduled| {
        let mut forms = Vec::new();
        for admission in &scheduled.admissions {
            forms.push(form_of(&world.plan(&admission.attempt).await));
        }
        forms
    };
    let reserve = world.engine.reserve(&first.sitting).await.unwrap();
    let second = world.engine.reserve(&first.sitting).await.unwrap();
    let (one, two) = (names_of(&world, &first).await, names_of(&world, &reserve).await);
    let three = names_of(&world, &second).await;
    for ((one, two), three) in one.iter().zip(&two).zip(&three) {
        assert!(one != two && one != three && two != three, "{one} {two} {three}");
    }
    assert_eq!(first.commitment.pool_digest, reserve.commitment.pool_digest, "the same pool");

    // The set of F02 is known to somebody: nobody gets that form, and everybody another one than before.
    let names: Vec<String> = (0..8).map(|number| format!("d{number}")).collect();
    let places: Vec<_> = names.iter().map(|name| place(name, name, name)).collect();
    let first = world.engine.schedule_from("T", now, now + Duration::days(1), &places, &forms()).await.unwrap();
    let world = world.again_with(&changed(files(&[]), "scenarios/bank-s02.toml", "\"operational\"", "\"compromised\""));
    let reserve = world.engine.reserve(&first.sitting).await.unwrap();
    assert!(reserve.left_out.iter().all(|left| left.form == "F02" && left.item.starts_with("bank-s02-")));
    assert_eq!(reserve.left_out.len(), 2, "{:?}", reserve.left_out);
    let (one, two) = (names_of(&world, &first).await, names_of(&world, &reserve).await);
    assert!(one.iter().zip(&two).all(|(one, two)| one != two && *two != "F02"), "{one:?} {two:?}");
}

#[tokio::test]
async fn where_no_other_form_is_left_for_a_reserve_nothing_is_recorded() {
    let world = World::new().again_with(&files(&[]));
    let now = world.now();
    // So many that the first form is somebody's.
    let places: Vec<_> = (0..24).map(|n| n.to_string()).map(|name| place(&name, &name, &name)).collect();
    let first = world.engine.schedule_from("T", now, now + Duration::days(1), &places, &forms()[..2]).await.unwrap();
    let world = world.again_with(&changed(files(&[]), "items/bank-d1-05.toml", "\"operational\"", "\"compromised\""));
    let refused = world.engine.reserve(&first.sitting).await.unwrap_err().to_string();
    assert!(refused.contains("none of the 1 forms is left"), "who had F01 has no other: {refused}");
    assert_eq!(world.sittings().await, 1);
}

/// What `invigil form assemble` would have written for these forms.
fn forms_json() -> Value {
    let item = |id: &str| {
        let (domain, set) = match id {
            "s01-2" | "s02-2" => ("D2", Some(&id[..3])),
            _ if id.starts_with('s') => ("D1", Some(&id[..3])),
            _ => (if id.starts_with("d1") { "D1" } else { "D2" }, None),
        };
        let mut item = json!({ "id": format!("bank-{id}"), "revision": 1, "domain": domain, "level": "analysis" });
        if let Some(set) = set {
            item["scenario"] = format!("bank-{set}").into();
        }
        item
    };
    let used: BTreeSet<&str> = FORMS.iter().flat_map(|(_, items)| items.iter().copied()).collect();
    let quota = |name: &str| json!({ "name": name, "least": 5, "most": 5 });
    json!({
        "format": "invigil-forms",
        "version": 1,
        "procedure": "invigil-assembly-1",
        "seed": "07".repeat(32),
        "problem": {
            "title": "Certified Mini Tester",
            "forms": 3,
            "blueprint": {
                "items": 10,
                "domains": [quota("D1"), quota("D2")],
                "scenarios": { "sets": 1, "items_each": 2 },
                "overlap": 5,
            },
            "items": used.into_iter().map(item).collect::<Vec<_>>(),
        },
        "targets": [],
        "bound": 0,
        "forms": FORMS.iter().map(|(name, items)| json!({ "name": name, "items": ids(items) })).collect::<Vec<_>>(),
    })
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A home with this bank in it, and the set of forms; the file of the latter.
fn home(files: &[SourceFile]) -> (Home, PathBuf) {
    let home = Home::new();
    for file in files {
        fs::write(home.path().join("bank").join(&file.path), &file.content).unwrap();
    }
    let forms = home.path().join("forms.json");
    fs::write(&forms, forms_json().to_string()).unwrap();
    (home, forms)
}

/// Schedules a sitting of two that is long over.
fn schedule(home: &Home, options: &[&str]) -> Ran {
    let roster = home.path().join("roster.toml");
    let places = ["Alex", "Zoë"].map(|n| format!("[[place]]\ncandidate = {n:?}\nname = {n:?}\nlast_name = {n:?}\n"));
    fs::write(&roster, places.concat()).unwrap();
    let time = |hours| (Utc::now() - Duration::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let (opens, closes) = (time(15), time(14));
    let window = ["--roster", text(&roster), "--title", "T", "--opens", &opens, "--closes", &closes];
    home.invigil(&["sitting", "schedule"], &[&window[..], options].concat())
}

#[test]
fn what_is_published_of_such_a_sitting_passes_the_audit_here_and_in_python() {
    let (home, forms) = home(&files(&[("shared_items", "5"), ("max_exposure", "700")]));
    let scheduled: Value = serde_json::from_str(&schedule(&home, &["--forms", text(&forms)]).good()).unwrap();
    assert_eq!((scheduled.get("left_out"), &scheduled["commitment"]["procedure"]), (None, &json!("invigil-draw-3")));
    let out = home.path().join("published");
    let sitting = scheduled["sitting"].as_str().unwrap();
    home.invigil(&["sitting", "publish"], &["--sitting", sitting, "--out", text(&out)]).good();
    let audit = invigil(["form", "audit", text(&out)]).good();
    for step in ["secret", "draw", "rules"] {
        assert_eq!(audit.matches(&format!("passed      {step}")).count(), 2, "{audit}");
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/draw3_audit.py");
    let Ok(python) = Command::new("python3").args([script, text(&out)]).output() else {
        assert!(std::env::var_os("CI").is_none(), "python3 does not start");
        return;
    };
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stdout));
    // One draw by itself, from what was published.
    let read = |name: &str| -> Value { serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap() };
    let (reveals, draws) = (read("reveals.json"), read("draws.json"));
    let (who, secret) = (reveals[0]["pseudonym"].as_str().unwrap(), reveals[0]["secret"].as_str().unwrap());
    let (pool, blueprint) = (out.join("pool.json"), out.join("blueprint.json"));
    let draw = ["form", "draw", "--pool", text(&pool), "--blueprint", text(&blueprint), "--secret", secret];
    let drawn = invigil(draw.into_iter().chain(["--pseudonym", who])).good();
    assert_eq!(serde_json::from_str::<Value>(&drawn).unwrap(), draws[who]);
    assert!(FORMS.iter().any(|(name, _)| draws[who]["form"] == *name), "{draws}");
    // Another name of a form, told afterwards.
    let forged = fs::read_to_string(out.join("draws.json")).unwrap().replace("\"form\":\"F0", "\"form\":\"F1");
    fs::write(out.join("draws.json"), forged).unwrap();
    assert!(invigil(["form", "audit", text(&out)]).fault().contains("4 steps of the audit failed"));
}

#[test]
fn a_form_that_is_left_out_is_said_at_the_command_line() {
    let revised = changed(files(&[]), "items/bank-d1-04.toml", "revision = 1", "revision = 2");
    let (home, forms) = home(&revised);
    let scheduled: Value = serde_json::from_str(&schedule(&home, &["--forms", text(&forms)]).good()).unwrap();
    let why = "it is at revision 2, and the form has revision 1";
    let left = |form: &str| json!({ "form": form, "item": "bank-d1-04", "why": why });
    assert_eq!(scheduled["left_out"], json!([left("F01"), left("F02")]));
}

#[test]
fn forms_and_procedure_go_together_and_a_set_that_is_none_is_refused() {
    let (third, forms) = home(&files(&[]));
    let said = schedule(&third, &[]);
    assert!(said.fault().contains("invigil form assemble") && said.fault().contains("--forms"), "{said:?}");
    let (second, _) = home(&changed(files(&[]), "scheme.toml", "invigil-draw-3", "invigil-draw-2"));
    let said = schedule(&second, &["--forms", text(&forms)]);
    assert!(said.fault().contains("draws by invigil-draw-2") && said.fault().contains("without --forms"), "{said:?}");
    let (first, _) = home(&bank_files());
    assert!(schedule(&first, &["--forms", text(&forms)]).fault().contains("draws by invigil-draw-1"));
    // A form of eleven items, one that is in no bank, none at all, and another document.
    let mut set = forms_json();
    set["forms"][0]["items"].as_array_mut().unwrap().insert(4, json!("bank-d1-05"));
    let mut stranger = forms_json();
    stranger["forms"][0]["items"][0] = json!("bank-d1-00");
    let mut named = forms_json();
    named["forms"][1]["name"] = json!("F01");
    for (content, word) in [
        (set.to_string(), "forms.json: the forms are not what was asked for"),
        (stranger.to_string(), "bank-d1-00"),
        (named.to_string(), "F01"),
        ("{}".into(), "forms.json: missing field"),
        ("[".into(), "forms.json"),
    ] {
        fs::write(&forms, content).unwrap();
        let said = schedule(&third, &["--forms", text(&forms)]);
        assert!(said.fault().contains(word), "{said:?}");
    }
    let said = schedule(&third, &["--forms", text(&third.path().join("none.json"))]);
    assert!(said.fault().contains("none.json"), "{said:?}");
    assert_eq!(third.invigil(&["sitting", "list"], &[]).good(), "");
}
