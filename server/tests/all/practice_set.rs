//! The practice set: whom it is for, and that no exam's keys ever take its way.

use std::fs;

use chrono::Duration;
use scoring::PracticeSet;
use server::engine::Published;

use crate::fixture::{
    Beside, Home, NOW, Program, SECRET_WORD, World, place, public_bank, write_bank, write_public_bank,
};

const PATH: &str = "/api/v1/practice-set";

/// A server that offers it.
fn world() -> World {
    World::new().with(&Beside { practice_set: Some(&public_bank()), ..Beside::default() })
}

#[tokio::test]
async fn everybody_gets_the_practice_set_with_keys_and_reasons() {
    let world = world();
    let answer = world.get(PATH).send().await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    let set = PracticeSet::read(&answer.body).unwrap();
    assert_eq!((set.title.as_str(), set.form.items.len(), set.answers.len()), ("Certified Mini Tester", 15, 15));
    assert!(set.answers.iter().all(|answer| answer.because.iter().all(|because| because.text.contains(SECRET_WORD))));
}

#[tokio::test]
async fn whoever_has_the_document_is_told_that_it_is_still_the_same() {
    let world = world();
    let first = world.get(PATH).send().await;
    let tag = first.header("etag").to_owned();
    assert_eq!((tag.len(), first.header("cache-control")), (66, "no-cache"));
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".into()] {
        let again = world.get(PATH).header("if-none-match", &known).send().await;
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag.as_str()), "{known}");
    }
    let other = world.get(PATH).header("if-none-match", "\"other\"").send().await;
    assert_eq!((other.status, other.body == first.body), (200, true));
}

#[tokio::test]
async fn without_one_the_answer_says_so() {
    let problem = World::new().get(PATH).send().await.problem("not-found");
    assert!(problem.detail.contains("offers no practice set"), "{}", problem.detail);
}

#[tokio::test]
async fn no_exam_is_drawn_from_a_bank_whose_keys_are_public() {
    let world = World::new().again_with(&public_bank());
    let refused = world.engine.schedule("A sitting", NOW, NOW + Duration::days(1), &[place("c", "A", "A")]).await;
    let said = refused.unwrap_err().to_string();
    assert!(said.contains("mini") && said.contains("use = \"practice\"") && said.contains("--bank"), "{said}");
    let token = world.office_token().await;
    let sittings: Vec<api::SittingRow> = world.get("/api/v1/office/sittings").token(&token).send().await.ok();
    assert_eq!(sittings, []);
}

#[test]
fn the_command_that_schedules_refuses_it_too() {
    let home = Home::new();
    fs::remove_dir_all(home.path().join("bank")).unwrap();
    write_public_bank(&home.path().join("bank"));
    let roster = home.path().join("roster.toml");
    fs::write(&roster, "[[place]]\ncandidate = \"c\"\nname = \"A\"\nlast_name = \"A\"\n").unwrap();
    let window = ["--title", "T", "--opens", "2099-01-01T09:00:00Z", "--closes", "2099-01-01T18:00:00Z"];
    let options = [&["--roster", roster.to_str().unwrap()], window.as_slice()].concat();
    let ran = home.invigil(&["sitting", "schedule"], &options);
    assert!(ran.fault().contains("everybody can read its keys"), "{ran:?}");
}

#[test]
fn the_folder_of_the_practice_set_may_be_missing_and_must_say_that_it_is_public_and_not_be_faulty() {
    let home = Home::new();
    let folder = home.path().join("public");
    let options = ["--practice-set", folder.to_str().unwrap()];
    let ask = || Program::serve(&home, "warn", &options).client().get(PATH, "").unwrap();
    assert_eq!(ask().0, 404);
    write_bank(&folder);
    let ran = home.serve(&options);
    assert!(ran.fault().contains("public") && ran.fault().contains("use = \"practice\""), "{ran:?}");
    write_public_bank(&folder);
    let (status, body) = ask();
    assert_eq!((status, PracticeSet::read(&body).unwrap().answers.len()), (200, 15));
    fs::write(folder.join("items/bank-d1-01.toml"), "format = \"invigil-item\"\nrubbish\n").unwrap();
    let ran = home.serve(&options);
    assert!(ran.fault().contains("items/bank-d1-01.toml:2"), "{ran:?}");
}

#[tokio::test]
async fn a_set_that_no_browser_would_take_is_not_offered() {
    let world = world();
    let mut set: PracticeSet = world.get(PATH).send().await.ok();
    for _ in 0..9 {
        set.answers[0].model_answer.get_or_insert_default().push_str(&"x".repeat(1024 * 1024));
    }
    let refused = Published::of(&set).unwrap_err().to_string();
    assert!(refused.contains("at most 8388608 are read") && refused.contains("--practice-set"), "{refused}");
    set.answers.clear();
    let refused = Published::of(&set).unwrap_err().to_string();
    assert!(refused.contains("what is right does not belong"), "{refused}");
}
