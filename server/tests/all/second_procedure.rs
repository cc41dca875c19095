//! Sittings drawn by `invigil-draw-2`: pilot items, second attempts, publishing and audit.

use std::collections::BTreeSet;

use chrono::{Duration, Utc};
use question_bank::{FormPlan, SourceFile};
use server::engine::ScheduleError;

use crate::fixture::{Home, World, bank_files, invigil, place};

/// The bank of the other tests with a second scenario set and three pilot items, drawn by `invigil-draw-2` under these
/// constraints.
fn files(constraints: &[(&str, &str)]) -> Vec<SourceFile> {
    let fact = |value: &str| format!("{{ value = {value}, basis = \"assumed\", source = \"agreed in Ulm\" }}");
    let text = |file: &SourceFile| String::from_utf8(file.content.clone()).unwrap();
    let mut files = bank_files();
    let lines: String = constraints.iter().map(|(name, value)| format!("{name} = {}\n", fact(value))).collect();
    let procedure = format!("[forms]\nprocedure = {}\n", fact("\"invigil-draw-2\""));
    let mut more = Vec::new();
    for file in &mut files {
        let content = text(file);
        if file.path == "scheme.toml" {
            let constrained = content.replace("[certificate]", &format!("[constraints]\n{lines}\n[certificate]"));
            file.content = constrained.replace("[forms]\n", &procedure).into();
        } else if file.path == "scenarios/bank-s01.toml" {
            more.push(SourceFile::new("scenarios/bank-s02.toml", content.replace("bank-s01", "bank-s02")));
        } else if file.path.ends_with("-01.toml") || file.path.ends_with("d1-02.toml") {
            let id = file.path.trim_start_matches("items/").trim_end_matches(".toml");
            let pilot = content.replace("status = \"operational\"", "status = \"pilot\"");
            more.push(SourceFile::new(format!("items/new-{id}.toml"), pilot.replace(id, &format!("new-{id}"))));
        }
    }
    files.extend(more);
    files
}

fn ids(plan: &FormPlan) -> BTreeSet<String> {
    plan.items.iter().map(|item| item.bank_id.clone()).collect()
}

fn sets(plan: &FormPlan) -> BTreeSet<&str> {
    plan.items.iter().filter_map(|item| item.bank_id.get(..8)).filter(|id| id.starts_with("bank-s")).collect()
}

#[tokio::test]
async fn who_sits_again_meets_another_scenario_and_few_items_again_until_there_is_none_left() {
    let world = World::new().again_with(&files(&[("shared_items", "5")]));
    let first = world.candidate(place("c", "Zoë", "Zoë")).await;
    let first = world.plan(&first.attempt).await;
    let second = world.candidate(place("c", "Zoë", "Zoë")).await;
    let second = world.plan(&second.attempt).await;
    assert!(sets(&first).is_disjoint(&sets(&second)), "{first:?} {second:?}");
    assert!(ids(&first).intersection(&ids(&second)).count() <= 5);
    // Somebody else is not touched by that.
    world.schedule(&[place("d", "Alex", "Alex")]).await;
    let now = world.now();
    let third = world.engine.schedule("Third", now, now + Duration::days(1), &[place("c", "Zoë", "Zoë")]).await;
    let Err(error @ ScheduleError::Candidate { .. }) = third else { panic!("{third:?}") };
    let said = error.to_string();
    assert!(said.starts_with("no form can be drawn for Zoë: the pool cannot meet the blueprint"), "{said}");
    assert!(said.contains("1 needed, 0 available (scenarios.sets: «ours»)"), "{said}");
}

#[tokio::test]
async fn a_form_counts_as_met_once_it_was_opened_or_its_window_is_over() {
    let world = World::new().again_with(&files(&[("shared_items", "5")]));
    let met = async |candidate: &str| {
        let scheduled = world.schedule_for(Duration::hours(1), &[place(candidate, "Zoë", "Zoë")]).await;
        let id = &scheduled.admissions[0].attempt;
        let attempt = world.engine.store.attempt(&world.engine.tenant, id).await.unwrap().unwrap();
        let draw: serde_json::Value = serde_json::from_str(&attempt.scheduled.draw).unwrap();
        draw["earlier"]["items"].as_array().unwrap().len()
    };
    world.schedule_for(Duration::hours(3), &[place("c", "Zoë", "Zoë")]).await;
    assert_eq!(met("c").await, 0, "nobody has opened the first one, and its window is open");
    assert_eq!(met("d").await, 0);
    world.pass(Duration::hours(2));
    // It may have been opened without a network.
    assert_eq!(met("d").await, 10);
}

#[tokio::test]
async fn pilot_items_are_on_the_form_and_not_in_the_cut_score() {
    let world = World::new().again_with(&files(&[("pilots", "2")]));
    let zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    let manifest = zoe.sitting().manifest();
    assert_eq!((manifest.items.len(), manifest.exam.cut_score), (12, 7));
    let plan = world.plan(&zoe.attempt).await;
    let pilots: Vec<_> = plan.items.iter().filter(|item| !item.scored).map(|item| &item.bank_id).collect();
    assert!(pilots.len() == 2 && pilots.iter().all(|id| id.starts_with("new-")), "{pilots:?}");
}

#[tokio::test]
async fn what_is_published_of_such_a_sitting_passes_the_audit_draw_by_draw_and_rule_by_rule() {
    let home = Home::new();
    let roster = [place("c", "Alex", "Alex"), place("d", "Zoë", "Zoë")];
    let constraints = [("pilots", "1"), ("shared_items", "5"), ("words", "{ min = 100, max = 1000 }")];
    let scheduled = home.schedule_from(&files(&constraints), Utc::now() - Duration::hours(14), &roster).await;
    let out = home.path().join("published");
    let out = out.to_str().unwrap();
    home.invigil(&["sitting", "publish"], &["--sitting", &scheduled.sitting, "--out", out]).good();
    let audit = invigil(["form", "audit", out]).good();
    for step in ["draw", "rules"] {
        assert_eq!(audit.matches(&format!("passed      {step}")).count(), 2, "{audit}");
    }
    // One draw by itself, from what was published.
    let read = |name: &str| std::fs::read_to_string(format!("{out}/{name}")).unwrap();
    let reveals: serde_json::Value = serde_json::from_str(&read("reveals.json")).unwrap();
    let draws: serde_json::Value = serde_json::from_str(&read("draws.json")).unwrap();
    let (who, secret) = (reveals[0]["pseudonym"].as_str().unwrap(), reveals[0]["secret"].as_str().unwrap());
    let (pool, blueprint) = (format!("{out}/pool.json"), format!("{out}/blueprint.json"));
    let draw = ["form", "draw", "--pool", &pool, "--blueprint", &blueprint, "--secret", secret, "--pseudonym", who];
    let drawn: serde_json::Value = serde_json::from_str(&invigil(draw).good()).unwrap();
    assert_eq!(drawn, draws[who]);
    // A pool list that was changed afterwards is found out.
    std::fs::write(&pool, read("pool.json").replacen("\"weight\":1", "\"weight\":2", 1)).unwrap();
    assert!(invigil(["form", "audit", out]).fault().contains("failed"));
}
