//! The browser ends in the middle of a commit.

use std::{sync::Arc, time::Duration};

use fantoccini::Client;
use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, moment, runs},
    witness::{self, Answer, Witness},
};
use tokio::{sync::Mutex, task::JoinHandle, time::sleep};

use crate::{held, room};

/// The question that answers are given to while the browser is about to end.
const OPTIONS: [&str; 4] = ["a", "b", "c", "d"];

/// Somebody who clicks one option after the other, as soon as the last one is shown as saved, until there is no page any more.
/// What was seen confirmed, and what was clicked last.
struct Hand {
    clicking: JoinHandle<()>,
    seen: Arc<Mutex<(Witness, Option<Answer>)>>,
}

impl Hand {
    async fn start(browser: &Browser, witness: Witness) -> Self {
        let (item, _) = witness::shown(browser).await.unwrap();
        let before = witness.last().and_then(|(_, choices)| choices.first().cloned());
        let seen = Arc::new(Mutex::new((witness, None)));
        let clicking = tokio::spawn(click(browser.client.clone(), seen.clone(), item, before));
        Self { clicking, seen }
    }

    async fn stopped(self) -> (Witness, Option<Answer>) {
        self.clicking.abort();
        let _ = self.clicking.await;
        Arc::into_inner(self.seen).unwrap().into_inner()
    }
}

async fn click(client: Client, seen: Arc<Mutex<(Witness, Option<Answer>)>>, item: String, before: Option<String>) {
    let script = "document.querySelector(`.choice-row input[value='${arguments[0]}']`).click()";
    for choice in OPTIONS.into_iter().cycle().skip_while(|choice| before.as_deref() == Some(choice)) {
        let answer = (item.clone(), vec![choice.to_owned()]);
        seen.lock().await.1 = Some(answer.clone());
        if client.execute(script, vec![choice.into()]).await.is_err() {
            return;
        }
        loop {
            match client.execute(&witness::is_saved(choice), Vec::new()).await {
                Ok(saved) if saved == true => break,
                Ok(_) => {}
                Err(_) => return,
            }
        }
        let mut seen = seen.lock().await;
        seen.0.saw(answer);
        seen.1 = None;
    }
}

/// What stands in the question that was answered last is what was confirmed last, or what was clicked after that.
pub(crate) async fn stands(browser: &Browser, witness: &Witness, clicked: Option<&Answer>) -> bool {
    let shown = witness::shown(browser).await;
    shown.is_some() && (shown.as_ref() == witness.last() || shown.as_ref() == clicked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_is_killed_during_a_commit() {
    let mut tally = Tally::of("browser killed (SIGKILL) 0 to 300 ms after a click, while answers are being saved");
    let room = room::Room::open(1);
    let mut browser = Browser::open().await;
    room.enter(&browser, 0).await;
    candidate::next(&browser).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&browser, witness).await;
        sleep(moment(300)).await;
        browser.kill_and_reopen().await;
        let clicked;
        (witness, clicked) = hand.stopped().await;
        browser.goto(&room.server.address("/")).await;
        assert_eq!(candidate::position(&browser).await, 2, "it comes back to the same question");
        sleep(Duration::from_millis(100)).await;
        let stands = witness.count() == 0 || stands(&browser, &witness, clicked.as_ref()).await;
        tally.count(0, usize::from(!stands));
        tally.run();
    }
    candidate::received(&browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &room::name(0)).await);
    tally.tell();
}
