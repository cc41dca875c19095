//! An exam of items of every kind: sat, handed in, scored, and left to people as far as only people can score it.

use item::{Accepts, ItemId, Response};
use question_bank::FormPlan;
use serde_json::{Value, json};
use server::scripted_device::ScriptedDevice;
use sitting::{Event, ItemRule, Package};
use storage::Outcome;

use crate::{
    fixture::{Candidate, World, place},
    rehearsal::practice_bank,
};

/// A server that examines with the items of the practice bank, in which each form has items of every kind: as a bank that
/// does not say that it is public.
fn world() -> World {
    let mut files = practice_bank();
    let scheme = files.iter_mut().find(|file| file.path == "scheme.toml").unwrap();
    let text = String::from_utf8(scheme.content.clone()).unwrap();
    let secret = text.replace("use = \"practice\"\n", "");
    assert_ne!(secret, text);
    scheme.content = secret.into();
    World::new().again_with(&files)
}

#[tokio::test]
async fn no_exam_is_scheduled_from_the_bank_of_rehearsals() {
    let world = World::new().again_with(&practice_bank());
    let (opens, closes) = (world.now(), world.now() + chrono::Duration::days(1));
    let refused = world.engine.schedule("A sitting", opens, closes, &[place("c", "A", "A")]).await.unwrap_err();
    assert!(refused.to_string().contains("everybody can read its keys"), "{refused}");
}

fn rules(candidate: &Candidate<'_>) -> Vec<ItemRule> {
    candidate.sitting().manifest().items.clone()
}

/// The item that is answered in writing.
fn written(candidate: &Candidate<'_>) -> ItemId {
    let rule = rules(candidate).into_iter().find(|rule| matches!(rule.accepts, Accepts::Text { .. }));
    rule.unwrap().id
}

/// Answers everything that a machine scores by the key, but for `wrong` items.
fn answer(candidate: &mut Candidate<'_>, plan: &FormPlan, wrong: usize) {
    candidate.open();
    let scored: Vec<_> = plan.items.iter().filter(|item| !item.key.is_empty()).collect();
    for item in &scored[wrong..] {
        candidate.write(&Event::Answered { item: item.id.clone(), response: item.key.clone() });
    }
}

#[tokio::test]
async fn what_machines_score_is_scored_whatever_the_kind() {
    for (wrong, expected) in [(0, Outcome::Pass), (2, Outcome::Pass), (3, Outcome::Fail)] {
        let world = world();
        let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
        let plan = world.plan(&zoe.attempt).await;
        answer(&mut zoe, &plan, wrong);
        zoe.submit();
        zoe.send_all().await;
        let (outcome, record) = zoe.judged().await;
        let score = &record["score"];
        // 14 items of one point, and two points for what was not written. The cut is 11 of 15, of 16 points that is 12.
        assert_eq!((&score["raw"], &score["max"], &score["cut"]), (&json!(14 - wrong), &json!(16), &json!(12)));
        assert_eq!((outcome, score.get("pending")), (expected, None));
        let text = score["items"].as_array().unwrap().iter().find(|item| item["id"] == written(&zoe).as_str()).unwrap();
        assert_eq!(text["points"], json!({"got": 0, "of": 2}));
    }
}

#[tokio::test]
async fn an_answer_in_writing_is_left_to_people_however_good_the_rest_is() {
    for wrong in [0, 14] {
        let world = world();
        let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
        let plan = world.plan(&zoe.attempt).await;
        answer(&mut zoe, &plan, wrong);
        let item = written(&zoe);
        let (draft, text) = ("I would go home.", "I would go on working; then hand in the file.");
        for event in Event::typed(&item, "", draft).into_iter().chain(Event::typed(&item, draft, text)) {
            zoe.write(&event);
        }
        zoe.submit();
        zoe.send_all().await;
        let (outcome, record) = zoe.judged().await;
        assert_eq!(outcome, Outcome::Referred);
        assert_eq!(record["referred_because"], "people have to score answers in writing that may give 2 points");
        let score = &record["score"];
        assert_eq!(
            (&score["passed"], &score["pending"], &score["raw"]),
            (&json!(false), &json!(2), &json!(14 - wrong))
        );
        let items = score["items"].as_array().unwrap();
        let answered: &Value = items.iter().find(|scored| scored["id"] == item.as_str()).unwrap();
        assert_eq!(answered["points"], json!({"got": null, "of": 2}));
        assert_eq!(answered["response"], json!({"text": text}));
        assert!(zoe.result().await.domains.is_empty(), "nothing is told before people have decided");
        assert_eq!(zoe.held().await, zoe.sitting().lines());
    }
}

#[tokio::test]
async fn the_candidate_is_told_in_points_what_it_takes_where_items_have_more_than_one() {
    let world = world();
    let zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    let exam = zoe.status().await.exam;
    assert_eq!((exam.cut_score, exam.points, exam.items), (12, Some(16), 15));
    let facts = &zoe.sitting().manifest().exam;
    assert_eq!((facts.cut_score, facts.points, zoe.sitting().manifest().version), (12, Some(16), 3));
    let plain = World::new();
    let alex = plain.candidate(place("c", "Alex", "Alex")).await;
    assert_eq!((alex.status().await.exam.points, alex.sitting().manifest().version), (None, 2));
}

#[tokio::test]
async fn no_key_of_any_kind_leaves_the_server() {
    let world = world();
    let zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    let form = serde_json::to_string(&zoe.device.payload().form).unwrap();
    for told in ["\"the journal\"", "rationale", "model_answer", "Goes on working", "criterion", "{{", "practice-p"] {
        assert!(!form.contains(told), "the form has {told:?}");
    }
    // Names of gaps are those of their places.
    assert!(form.contains("\"g1\"") && !form.contains("\"record\""));
}

#[tokio::test]
async fn a_device_without_a_screen_answers_every_kind() {
    let world = world();
    let scheduled = world.schedule(&[place("c", "Zoë", "Zoë")]).await;
    let admission = &scheduled.admissions[0];
    let file = world.get(&format!("/api/v1/packages/{}", admission.attempt)).send().await.body;
    let now_ms = u64::try_from(world.now().timestamp_millis()).unwrap();
    let package = Package::read(&file).unwrap();
    let mut device = ScriptedDevice::open(&package, &scheduled.release_code, &admission.code, now_ms).unwrap();
    device.sit().unwrap();
    let answers = device.sitting().answers();
    assert_eq!(answers.responses().len(), 15);
    assert!(answers.responses().values().any(|response| matches!(response, Response::Order(_))));
    let response = world.collect(device.hand_over().unwrap().0.write().unwrap()).await;
    assert_eq!(response.ok::<api::Collected>().outcome, api::CollectOutcome::Taken);
}
