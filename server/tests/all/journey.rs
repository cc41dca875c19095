//! The whole way of a candidate, and what the candidate may see of it.

use api::{AttemptState, LookupAnswer, MatchState, Resulting, SittingRow};
use chrono::{Duration, Months, NaiveDate};
use serde_json::json;
use signing::{credential::Credits, verify::Report, verify::verify};

use crate::fixture::{Candidate, NOW, World, bank_files, place};

#[tokio::test]
async fn a_candidate_who_passes_gets_a_certificate_and_a_cpd_record_that_verify() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster-Łęcka", "Muster-Łęcka")).await;
    let result = zoe.sit(7).await;
    assert_eq!((result.outcome, result.cpd_credits, result.retake), (Resulting::Pass, Some(31), None));
    assert_eq!(zoe.status().await.state, AttemptState::Submitted);

    let documents = zoe.documents().await;
    assert_eq!(Some(&documents.number), result.certificate_number.as_ref());
    assert!(documents.number.starts_with("MINI-"), "{}", documents.number);
    let trust = serde_json::from_slice(&world.get("/api/v1/trust").send().await.body).unwrap();
    for document in [&documents.certificate, &documents.cpd_record] {
        let bytes = serde_json::to_vec(document).unwrap();
        let report = verify(&bytes, &trust, world.now());
        assert!(report.valid, "{}", report.summary);
        let facts = report.facts.as_ref().unwrap();
        assert_eq!((facts.holder.as_str(), &facts.number), ("Zoë Muster-Łęcka", &documents.number));
        assert_eq!((facts.valid_from, facts.demonstration), (NOW, false));
        let asked: Report = world.post("/api/v1/verify").body("application/json", bytes).send().await.ok();
        assert_eq!(asked, report, "the server and the library must say the same");
    }
    let certificate = verify(&serde_json::to_vec(&documents.certificate).unwrap(), &trust, world.now()).facts.unwrap();
    assert_eq!(certificate.valid_until, NOW.checked_add_months(Months::new(36)));
}

#[tokio::test]
async fn the_cpd_record_says_how_many_credits_of_what_and_why() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    zoe.sit(10).await;
    let record = zoe.documents().await.cpd_record;
    let trust = world.engine.trust_bundle().await.unwrap();
    let facts = verify(&serde_json::to_vec(&record).unwrap(), &trust, NOW).facts.unwrap();
    assert_eq!(facts.cpd, Some(Credits { credits: 31, unit: "PECB CPD".into() }));
    let subject = &record["credentialSubject"];
    assert_eq!(subject["creditsEarned"], 31);
    let said: Vec<(&str, &str)> = subject["result"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| (result["resultDescription"].as_str().unwrap(), result["value"].as_str().unwrap()))
        .map(|(description, value)| (description.rsplit(':').next().unwrap(), value))
        .collect();
    let expected =
        [("credits", "31"), ("unit", "PECB CPD"), ("trigger", "exam_pass"), ("basis", "assumed"), ("source", "ours")];
    assert_eq!(said, expected);
}

#[tokio::test]
async fn a_certificate_is_found_by_last_name_and_number_and_by_nothing_less() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster-Łęcka", "Muster-Łęcka")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let look_up = async |last_name: &str, number: &str| -> Option<api::LookupMatch> {
        let body = json!({ "last_name": last_name, "number": number });
        world.post("/api/v1/certificates/lookup").json(&body).send().await.ok::<LookupAnswer>().found
    };
    let found = look_up("MUSTER LECKA", &number.to_lowercase().replace('-', " ")).await.unwrap();
    assert_eq!((found.holder.as_str(), &found.number), ("Zoë Muster-Łęcka", &number));
    assert_eq!((found.credential.as_str(), found.state), ("Certified Mini Tester", MatchState::Valid));

    assert_eq!(look_up("Zoë", &number).await, None);
    assert_eq!(look_up("", &number).await, None);
    assert_eq!(look_up("Muster-Łęcka", "MINI-0000-0000-0000-0").await, None);
    assert_eq!(look_up("Muster-Łęcka", "rubbish").await, None);
    assert_eq!(look_up("Muster-Łęcka", "").await, None);

    world.pass(Duration::days(3 * 366));
    assert_eq!(look_up("Muster-Łęcka", &number).await.unwrap().state, MatchState::Expired);
}

#[tokio::test]
async fn the_certificate_to_print_is_a_pdf_named_after_its_number() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster-Łęcka", "Muster-Łęcka")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let pdf = zoe.get("/api/v1/attempt/certificate.pdf").await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
    assert_eq!(pdf.header("content-disposition"), format!("attachment; filename=\"{number}.pdf\""));
    assert!(pdf.body.starts_with(b"%PDF-1."));
}

#[tokio::test]
async fn a_candidate_who_fails_learns_the_weak_domains_and_the_next_day_to_sit() {
    let world = World::new();
    let mut alex = world.candidate(place("c-2", "Alex Sample", "Sample")).await;
    let plan = world.plan(&alex.attempt).await;
    alex.open();
    for item in plan.items.iter().filter(|item| item.domain == "D2") {
        let key: Vec<&str> = item.key.choices().iter().map(String::as_str).collect();
        alex.answer(&item.id, &key);
    }
    alex.submit();
    assert_eq!(alex.send_all().await.standing.state, AttemptState::Submitted);

    let result = alex.result().await;
    assert_eq!((result.outcome, result.certificate_number, result.cpd_credits), (Resulting::Fail, None, None));
    let bands: Vec<_> = result.domains.iter().map(|d| (d.domain.as_str(), d.band.as_str(), d.weak)).collect();
    assert_eq!(bands, [("D1", "Below target", true), ("D2", "On target", false)]);
    let retake = result.retake.unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 12, 9).unwrap();
    assert_eq!((retake.attempt_number, retake.earliest), (2, day), "15 days after the first attempt");
    alex.get("/api/v1/attempt/documents").await.problem("not-found");
    alex.get("/api/v1/attempt/certificate.pdf").await.problem("not-found");
}

#[tokio::test]
async fn after_a_second_fail_the_wait_counts_from_the_first_attempt() {
    let world = World::new();
    let first_attempt = NaiveDate::from_ymd_opt(2026, 11, 1);
    let mut alex =
        world.candidate(server::engine::Place { attempt: 2, first_attempt, ..place("c-2", "Alex", "Alex") }).await;
    let retake = alex.sit(6).await.retake.unwrap();
    assert_eq!((retake.attempt_number, Some(retake.earliest)), (3, NaiveDate::from_ymd_opt(2027, 2, 1)));
}

#[tokio::test]
async fn a_reload_gives_back_the_form_the_lines_and_the_same_deadline() {
    let world = World::new();
    let mut alex = world.candidate(place("c-2", "Alex Sample", "Sample")).await;
    let package = alex.get("/api/v1/attempt/package").await.body;
    alex.open();
    alex.answer(&"q01".into(), &["a"]);
    alex.send_all().await;
    world.pass(Duration::minutes(7));

    let again: Candidate<'_> = Candidate::admit(&world, &alex.code).await.start().await;
    assert_eq!((again.sitting().lines(), again.sitting().head()), (alex.sitting().lines(), alex.sitting().head()));
    assert!(alex.get("/api/v1/attempt/package").await.body == package);
    assert_eq!(again.device.payload(), alex.device.payload());
    let status = again.status().await;
    assert_eq!((status.state, status.journal_count), (AttemptState::Sitting, 3));
    assert_eq!((status.started_at, status.deadline), (Some(NOW), Some(NOW + Duration::minutes(180))));
}

#[tokio::test]
async fn the_administrator_sees_where_every_attempt_stands() {
    let world = World::new();
    let roster = [place("c-1", "Zoë Muster", "Muster"), place("c-2", "Alex Sample", "Sample")];
    let scheduled = world.schedule(&roster).await;
    let mut zoe = Candidate::admit(&world, &scheduled.admissions[0].code).await.start().await;
    let number = zoe.sit(8).await.certificate_number;

    let token = world.office_token().await;
    let rows: Vec<SittingRow> = world.get("/api/v1/office/sittings").token(&token).send().await.ok();
    assert_eq!((rows.len(), &rows[0].id), (1, &scheduled.sitting));
    let [first, second] = &rows[0].attempts[..] else { panic!("{rows:?}") };
    assert_eq!(
        (first.candidate.as_str(), first.state, first.raw_score),
        ("Zoë Muster", AttemptState::Submitted, Some(8))
    );
    assert_eq!((first.outcome, &first.certificate_number), (Some(Resulting::Pass), &number));
    assert_eq!((second.candidate.as_str(), second.state, second.raw_score), ("Alex Sample", AttemptState::Ready, None));
}

#[tokio::test]
async fn the_rules_that_held_when_a_sitting_was_scheduled_decide_it() {
    let world = World::new();
    let code = world.schedule(&[place("c", "Zoë", "Zoë")]).await.admissions.remove(0).code;
    // Meanwhile the scheme got a new edition, a harder pass mark and another name, and lost the items of the form.
    let mut files = bank_files();
    let scheme = String::from_utf8(files[0].content.clone()).unwrap();
    let changed = scheme.replace("edition = \"7\"", "edition = \"8\"").replace("correct = 7", "correct = 10");
    assert_ne!(scheme, changed);
    files[0].content = changed.into_bytes();
    let world = world.again_with(&files);
    let mut zoe = Candidate::admit(&world, &code).await.start().await;
    assert_eq!(zoe.status().await.exam.cut_score, 7);
    assert_eq!(zoe.sit(7).await.outcome, Resulting::Pass);
}

#[tokio::test]
async fn a_holder_is_found_by_a_name_and_not_by_none() {
    let world = World::new();
    let mut zoe = world.candidate(place("c", "Zoë", "Zoë")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    for (last_name, found) in [("zoe", true), ("", false), ("—", false), ("  ", false)] {
        let ask = world.post("/api/v1/certificates/lookup").json(&json!({"last_name": last_name, "number": number}));
        assert_eq!(ask.send().await.ok::<LookupAnswer>().found.is_some(), found, "{last_name:?}");
    }
    let now = world.now();
    let nameless = world.engine.schedule("A sitting", now, now + Duration::days(1), &[place("d", "—", "—")]).await;
    assert!(nameless.unwrap_err().to_string().contains("no letter or digit"));
}
