//! The wall clock is set, or runs on while the monotonic clock stands, as in sleep.
//!
//! The page's own wall clock (`Date.now`) is set; its monotonic clock stays the real one.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{
    browser::Browser,
    candidate::{self, seconds_left},
    faults::{Tally, fewer_runs},
    network,
    witness::Witness,
};
use tokio::time::sleep;

use crate::{
    held,
    room::{Room, answer, name},
};

const DAY: i64 = 86_400;
/// Ten minutes, and some seconds in which to look.
const SLEEP: i64 = 605;
/// So many seconds the time left may differ from what really passed.
const TOLERANCE: i64 = 4;

/// Gives the page a wall clock that can be set.
async fn give_a_clock(browser: &Browser) {
    let clock = "const real = Date.now.bind(Date);
        Date.now = () => real() + 1000 * Number(sessionStorage.getItem('set-by') ?? 0)";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": clock})).await;
}

/// Sets the page's wall clock so many seconds off, and waits until the page has noticed.
async fn set(browser: &Browser, seconds: i64) {
    browser.client.execute("sessionStorage.setItem('set-by', arguments[0])", vec![seconds.into()]).await.unwrap();
    sleep(Duration::from_millis(1_200)).await;
}

async fn left(browser: &Browser) -> i64 {
    i64::try_from(seconds_left(browser).await).unwrap()
}

fn whole_seconds(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_secs()).unwrap()
}

/// By how much clocks jumped, as the journal has it, in seconds.
fn jumps(lines: &[String]) -> Vec<i64> {
    let events = lines.iter().map(|line| serde_json::from_str::<Value>(line).unwrap()["event"].take());
    events
        .filter(|event| event["type"] == "clock_jumped")
        .map(|event| event["by_ms"].as_i64().unwrap() / 1_000)
        .collect()
}

#[tokio::test]
async fn the_clock_is_set_by_a_day_and_back() {
    let mut tally =
        Tally::of("wall clock of the page set by a day, ahead or back, and then right again, without a server");
    let room = Room::open(1);
    let browser = Browser::open().await;
    give_a_clock(&browser).await;
    room.enter(&browser, 0).await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    let mut witness = Witness::default();
    // While the page loads, only the wall clock counts, and of one that is a day off nothing. The journal has the server's
    // reckoning every five minutes; until then it adds up.
    let mut unmeasured = Duration::ZERO;
    for n in 0..fewer_runs() {
        candidate::received(&browser).await;
        network::cut(&browser).await;
        let (began, before) = (Instant::now(), left(&browser).await);
        let is_right = async |when: &str, loading: i64| {
            let off = left(&browser).await - (before - whole_seconds(began));
            assert!(off.abs() <= TOLERANCE + loading, "{when}: the time left is {off} s off");
        };
        set(&browser, if n % 2 == 0 { DAY } else { -DAY }).await;
        is_right("a day off", 0).await;
        answer(&browser, &mut witness, 1).await;
        let reloading = Instant::now();
        browser.client.refresh().await.unwrap();
        candidate::position(&browser).await;
        unmeasured += reloading.elapsed();
        let loading = i64::try_from(unmeasured.as_secs()).unwrap() + 1;
        is_right("a day off, loaded again", loading).await;
        set(&browser, 0).await;
        is_right("right again", 1).await;
        // The exam has eighty questions.
        if n < 30 {
            answer(&browser, &mut witness, 1).await;
        }
        network::restore(&browser).await;
        tally.run(0);
    }
    candidate::received(&browser).await;
    let lines = held::at_the_server(&room.server, &name(0)).await;
    let by_a_day = jumps(&lines).into_iter().filter(|by| (by.abs() - DAY).abs() <= 1).count();
    assert_eq!(by_a_day, 2 * fewer_runs(), "each jump stands in the journal");
    tally.compare(&witness, &lines);
    tally.tell();
}

#[tokio::test]
async fn the_computer_sleeps_for_ten_minutes() {
    let mut tally = Tally::of(
        "ten minutes of sleep: wall clock of the page ahead, monotonic clock not; without a server, then with it",
    );
    let room = Room::open(1);
    let browser = Browser::open().await;
    give_a_clock(&browser).await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for n in 1..=i64::try_from(fewer_runs()).unwrap() {
        candidate::received(&browser).await;
        network::cut(&browser).await;
        let before = left(&browser).await;
        set(&browser, SLEEP * n).await;
        let after = left(&browser).await;
        assert!((before - after - SLEEP).abs() <= TOLERANCE, "{before} s, then {after} s");
        assert_eq!(browser.text(".timer-note").await, "10 min not measured");
        answer(&browser, &mut witness, 1).await;
        // The server knows that it was not so; of a real sleep it knows as well.
        network::restore(&browser).await;
        candidate::received(&browser).await;
        browser.until("the server's word", "return document.querySelector('.timer-note') === null").await;
        let again = left(&browser).await;
        assert!((before - again).abs() <= 2 * TOLERANCE, "{before} s, then {again} s");
        tally.run(0);
    }
    let lines = held::at_the_server(&room.server, &name(0)).await;
    assert_eq!(jumps(&lines).into_iter().filter(|by| (by - SLEEP).abs() <= 1).count(), fewer_runs());
    tally.compare(&witness, &lines);
    tally.tell();
}
