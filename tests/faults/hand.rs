//! Somebody who answers without a pause while something is about to happen to the page.

use std::{sync::Arc, time::Duration};

use fantoccini::Client;
use tests::{
    browser::Browser,
    candidate,
    witness::{self, Answer, Witness},
};
use tokio::{sync::Mutex, task::JoinHandle, time::sleep};

const OPTIONS: [&str; 4] = ["a", "b", "c", "d"];

/// What was seen confirmed, and what was clicked after that.
struct Seen {
    witness: Witness,
    clicked: Option<Answer>,
}

/// Clicks one option after the other in one question, each as soon as the one before is shown as saved, until there is no page
/// any more.
pub(crate) struct Hand {
    clicking: JoinHandle<()>,
    seen: Arc<Mutex<Seen>>,
}

impl Hand {
    /// Starts to click in the question that is shown, or the next one that takes one answer, and goes on after the first answer
    /// that is confirmed.
    pub(crate) async fn start(browser: &Browser, witness: Witness) -> Self {
        while !browser.has(".choice-row input[type=radio]").await {
            candidate::next(browser).await;
        }
        let (item, chosen) = witness::shown(browser).await.unwrap();
        let before = witness.count();
        let seen = Arc::new(Mutex::new(Seen { witness, clicked: None }));
        let clicking = tokio::spawn(click(browser.client.clone(), seen.clone(), item, chosen));
        while seen.lock().await.witness.count() == before {
            assert!(!clicking.is_finished(), "there is no page to click in");
            sleep(Duration::from_millis(5)).await;
        }
        Self { clicking, seen }
    }

    /// Lets go, and tells what was seen.
    pub(crate) async fn let_go(self) -> Stopped {
        self.clicking.abort();
        let _ = self.clicking.await;
        let Seen { witness, clicked } = Arc::into_inner(self.seen).unwrap().into_inner();
        Stopped { witness, clicked }
    }
}

/// What a hand saw until it let go.
pub(crate) struct Stopped {
    /// Everything confirmed.
    pub(crate) witness: Witness,
    clicked: Option<Answer>,
}

impl Stopped {
    /// Whether the question that was answered stands as it was confirmed last, or as it was clicked after that: then the
    /// confirmation was only not seen any more.
    pub(crate) async fn stands(&self, browser: &Browser) -> bool {
        let Some(confirmed) = self.witness.last() else { return true };
        let possible: Vec<&Answer> = [Some(confirmed), self.clicked.as_ref()].into_iter().flatten().collect();
        witness::shows(browser, &possible).await
    }
}

async fn click(client: Client, seen: Arc<Mutex<Seen>>, item: String, chosen: Vec<String>) {
    let script = "document.querySelector(`.choice-row input[value='${arguments[0]}']`).click()";
    let next = OPTIONS.into_iter().cycle().skip_while(|choice| chosen.iter().any(|chosen| chosen == choice));
    for choice in next {
        let answer = (item.clone(), vec![choice.to_owned()]);
        seen.lock().await.clicked = Some(answer.clone());
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
        seen.witness.saw(answer);
        seen.clicked = None;
    }
}
