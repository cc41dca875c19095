//! When lines came: in time, in the grace, too late; and attempts that are never handed in.

use api::{AttemptState, JournalAck, Resulting};
use chrono::Duration;
use question_bank::FormPlan;
use server::{Failure, engine::Place};
use sitting::{Allows, Event, Grant};
use storage::{DecisionRecord, Outcome};

use crate::fixture::{Candidate, World, place};

const WORKING_TIME: Duration = Duration::minutes(180);
/// As the server says it in `engine::GRACE_MS`.
const GRACE: Duration = Duration::seconds(60);

async fn alex(world: &World) -> (Candidate<'_>, FormPlan) {
    let mut alex = world.candidate(place("c", "Alex", "Alex")).await;
    alex.open();
    alex.send_all().await;
    let plan = world.plan(&alex.attempt).await;
    (alex, plan)
}

/// Sends answers to the first items in time and to the others after deadline and grace, and hands in.
async fn in_two_parts(timely: usize, right: usize, late_right: usize) -> (api::SittingResult, DecisionRecord) {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    alex.answer_items(&plan, 0..timely, right);
    alex.send_all().await;
    world.pass(WORKING_TIME + GRACE + Duration::milliseconds(1));
    alex.answer_items(&plan, timely..10, timely + late_right);
    alex.submit();
    assert_eq!(alex.send_all().await.standing.state, AttemptState::Submitted);
    let decision = world.engine.store.decision(&world.engine.tenant, &alex.attempt).await.unwrap().unwrap();
    (alex.result().await, decision)
}

#[tokio::test]
async fn late_answers_that_change_nothing_are_not_counted_and_refer_nobody() {
    let (result, decision) = in_two_parts(7, 7, 3).await;
    assert_eq!((result.outcome, decision.raw_score), (Resulting::Pass, 7));
    let (result, decision) = in_two_parts(7, 3, 3).await;
    assert_eq!((result.outcome, decision.raw_score), (Resulting::Fail, 3));
    assert!(result.retake.is_some());
}

#[tokio::test]
async fn a_line_is_in_time_if_a_line_after_it_came_in_time() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    // The server's clock was set wrongly for a while.
    let wrong = WORKING_TIME + GRACE + Duration::hours(1);
    world.pass(wrong);
    alex.answer_items(&plan, 0..5, 5);
    alex.send_all().await;
    world.pass(-wrong);
    alex.answer_items(&plan, 5..10, 8);
    alex.submit();
    alex.send_all().await;
    let decision = alex.decision().await.unwrap();
    assert_eq!((decision.outcome, decision.raw_score), (Outcome::Pass, 8));
}

#[tokio::test]
async fn late_answers_that_would_turn_a_fail_into_a_pass_are_for_a_person() {
    let (result, decision) = in_two_parts(6, 6, 1).await;
    assert_eq!((result.outcome, decision.raw_score), (Resulting::Referred, 6));
    assert!(decision.record.contains("cannot be shown to have been given in time"), "{}", decision.record);
    assert_eq!((result.domains, result.retake, result.certificate_number), (vec![], None, None));
}

#[tokio::test]
async fn a_late_change_that_would_lose_a_pass_is_for_a_person_too() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    alex.answer_all(&plan, 7);
    alex.send_all().await;
    world.pass(WORKING_TIME + GRACE + Duration::milliseconds(1));
    alex.answer_items(&plan, 0..1, 0);
    alex.submit();
    alex.send_all().await;
    assert_eq!(alex.result().await.outcome, Resulting::Referred);
    alex.get("/api/v1/attempt/documents").await.problem("not-found");
}

#[tokio::test]
async fn what_arrives_with_the_last_moment_of_grace_counts() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    alex.answer_all(&plan, 10);
    alex.submit();
    world.pass(WORKING_TIME + GRACE);
    alex.send_all().await;
    assert_eq!(alex.result().await.outcome, Resulting::Pass);
}

#[tokio::test]
async fn lines_received_in_time_stay_in_time_when_they_are_sent_again() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    alex.answer_all(&plan, 10);
    alex.send_all().await;
    world.pass(WORKING_TIME + Duration::hours(1));
    alex.submit();
    alex.send_all().await;
    assert_eq!(alex.result().await.outcome, Resulting::Pass, "a late hand-in costs nothing");
}

#[tokio::test]
async fn extra_time_is_time() {
    let world = World::new();
    let with_extra = Place { extra_minutes: 30, ..place("z", "Zoë", "Zoë") };
    let mut zoe = world.candidate(with_extra).await;
    let (mut alex, _) = alex(&world).await;
    let exam = zoe.status().await.exam;
    assert_eq!((exam.duration_ms, exam.extra_ms), (210 * 60_000, 30 * 60_000));
    world.pass(WORKING_TIME + Duration::minutes(29));
    assert_eq!(zoe.sit(10).await.outcome, Resulting::Pass);
    let plan = world.plan(&alex.attempt).await;
    alex.answer_all(&plan, 10);
    alex.submit();
    alex.send_all().await;
    assert_eq!(alex.result().await.outcome, Resulting::Referred, "without extra time the same moment is too late");
}

/// The problem that a person at the command line is told.
fn told(closed: Result<DecisionRecord, Failure>) -> String {
    match closed {
        Err(Failure::Problem(problem)) => problem.detail,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_attempt_that_was_never_handed_in_is_closed_with_the_answers_held() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    alex.answer_all(&plan, 8);
    alex.send_all().await;
    world.pass(WORKING_TIME + GRACE + Duration::milliseconds(1));
    alex.get("/api/v1/attempt/result").await.problem("no-result-yet");
    let decided = world.engine.close(&alex.attempt).await.unwrap();
    assert_eq!((decided.outcome, decided.raw_score), (Outcome::Pass, 8));
    assert_eq!(world.engine.close(&alex.attempt).await.unwrap(), decided);

    let result = alex.result().await;
    assert_eq!((result.outcome, alex.status().await.state), (Resulting::Pass, AttemptState::Submitted));
    assert_eq!(Some(alex.documents().await.number), result.certificate_number);
    alex.ask_to_start(&alex.device).await.problem("already-submitted");
}

#[tokio::test]
async fn an_attempt_is_not_closed_while_answers_may_still_arrive() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    assert!(told(world.engine.close(&alex.attempt).await).contains("not over yet"));
    world.pass(WORKING_TIME + GRACE);
    assert!(told(world.engine.close(&alex.attempt).await).contains("not over yet"), "the last save may be on its way");
    alex.answer_all(&plan, 10);
    alex.submit();
    alex.send_all().await;
    assert_eq!(world.engine.close(&alex.attempt).await.unwrap().outcome, Outcome::Pass);
}

#[tokio::test]
async fn an_attempt_whose_clock_stands_is_not_closed_while_the_pause_may_go_on() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    let pause = world.engine.grant(&alex.attempt, Allows::Pause { number: 0 }, "fire alarm").await.unwrap();
    alex.write(&Event::Granted { grant: Grant::of_signed(pause) });
    alex.send_all().await;
    world.pass(WORKING_TIME + GRACE + Duration::hours(1));
    assert!(told(world.engine.close(&alex.attempt).await).contains("the clock stands"));
    // Back at the desk.
    alex.write(&Event::Continued {});
    alex.answer_all(&plan, 10);
    alex.submit();
    alex.send_all().await;
    assert_eq!(alex.result().await.outcome, Resulting::Pass);
    // Nobody came back.
    let mut zoe = world.candidate(place("z", "Zoë", "Zoë")).await;
    zoe.open();
    let pause = world.engine.grant(&zoe.attempt, Allows::Pause { number: 0 }, "fire alarm").await.unwrap();
    zoe.write(&Event::Granted { grant: Grant::of_signed(pause) });
    zoe.send_all().await;
    world.pass(WORKING_TIME + GRACE + Duration::hours(1) + Duration::milliseconds(1));
    assert_eq!(world.engine.close(&zoe.attempt).await.unwrap().outcome, Outcome::Fail);
}

#[tokio::test]
async fn an_attempt_that_was_never_started_is_not_closed() {
    let world = World::new();
    let scheduled = world.schedule(&[place("c", "Alex", "Alex")]).await;
    world.pass(Duration::days(3));
    assert!(told(world.engine.close(&scheduled.admissions[0].attempt).await).contains("was not started"));
    told(world.engine.close("nobody").await);
}

#[tokio::test]
async fn lines_that_come_after_the_decision_are_kept_and_decide_nothing() {
    let world = World::new();
    let (mut alex, plan) = alex(&world).await;
    world.pass(WORKING_TIME + GRACE + Duration::milliseconds(1));
    let decided = world.engine.close(&alex.attempt).await.unwrap();
    assert_eq!(decided.outcome, Outcome::Fail);
    alex.answer_all(&plan, 10);
    alex.submit();
    let ack: JournalAck = alex.send_all().await;
    assert_eq!((ack.count, ack.standing.state), (13, AttemptState::Submitted));
    assert_eq!(world.engine.close(&alex.attempt).await.unwrap(), decided);
    assert_eq!(alex.result().await.outcome, Resulting::Fail);
}
