//! A rehearsal days before the exam: the exam's own code on the exam's own computer, and a report of what came of it.

use fantoccini::key::Key;
use serde_json::{Value, json};
use tests::{
    browser::Browser,
    candidate::{self, heading, told, use_grant},
    server::Server,
};

use crate::{accessible::nothing_is_wrong_with, keyboard};

const NAME: &str = "Alex Sample";

/// The value that a list of facts gives under this term.
async fn fact(browser: &Browser, term: &str) -> String {
    let script =
        "return [...document.querySelectorAll('.facts dt')].find(dt => dt.textContent.startsWith(arguments[0]))
        ?.nextElementSibling.textContent ?? ''";
    let found = browser.client.execute(script, vec![term.into()]).await.unwrap();
    let found = found.as_str().unwrap_or_default().to_owned();
    assert!(!found.is_empty(), "nothing is called «{term}»");
    found
}

/// Waits until a rehearsal is offered and asks for one.
pub(crate) async fn begin(browser: &Browser) {
    browser.press("Try this computer out").await;
    heading(browser, "Rehearsal").await;
    browser.press("Begin the rehearsal").await;
    browser.find("#release-code").await;
}

/// Types the codes that the page shows, as on the day; then everything up to the first question.
pub(crate) async fn enter(browser: &Browser) {
    browser.find("#release-code").await;
    let (admission, release) = (fact(browser, "Admission code").await, fact(browser, "Release code").await);
    candidate::type_codes(browser, &admission, &release).await;
    heading(browser, "Is this you?").await;
    assert_eq!(fact(browser, "Name on the certificate").await, "Rehearsal");
    candidate::begin(browser).await;
}

async fn on_to_question(browser: &Browser, number: usize) {
    while candidate::position(browser).await < number {
        candidate::answer_somehow(browser).await;
        candidate::next(browser).await;
    }
}

/// What the browser keeps of any attempt: the database's rows cannot be seen from here, but its keys can.
async fn keys_kept(browser: &Browser) -> Vec<String> {
    let script = "() => new Promise((done, fail) => {
        const request = indexedDB.open('invigil-keys');
        request.onerror = fail;
        request.onsuccess = () => {
            const store = [...request.result.objectStoreNames][0];
            const keys = request.result.transaction(store).objectStore(store).getAllKeys();
            keys.onsuccess = () => { request.result.close(); done(keys.result); };
        };
    })";
    serde_json::from_value(browser.promise(script, Vec::new()).await).unwrap()
}

/// Everything that is written on the pages of a rehearsal: no score and no cut score, and the mark.
async fn is_marked(browser: &Browser) {
    let page = browser.text("body").await;
    assert!(page.contains("Rehearsal: nothing of this counts"), "{page}");
    assert!(!page.contains("You pass") && !page.contains("cut score"), "{page}");
}

#[tokio::test]
async fn a_whole_rehearsal_leaves_a_report_and_nothing_else() {
    let server = Server::start();
    let browser = Browser::open().await;
    // The exam's package is here already.
    browser.goto(&server.address(&format!("/?package={}", server.attempt_id(NAME)))).await;
    browser.find(".package").await;
    browser.until("the app to be kept", "return navigator.serviceWorker.controller !== null").await;
    let before = browser.text(".package").await;
    begin(&browser).await;
    is_marked(&browser).await;

    // Wrong codes are told as on the day.
    let (admission, release) = (fact(&browser, "Admission code").await, fact(&browser, "Release code").await);
    candidate::type_codes(&browser, &admission, &release[1..]).await;
    told(&browser, "Release code:").await;
    candidate::type_codes(&browser, &release, &admission).await;
    told(&browser, "they do not open this package").await;
    candidate::type_codes(&browser, &admission, &release).await;
    heading(&browser, "Is this you?").await;
    is_marked(&browser).await;
    browser.press("Yes, this is me").await;
    browser.find("#agree").await;
    is_marked(&browser).await;
    browser.click("#agree").await;
    browser.press("Continue").await;
    candidate::start(&browser).await;
    is_marked(&browser).await;

    // Loading the page again is asked for, and comes back to the same question with its answer.
    assert!(!browser.has(".demonstration button").await);
    on_to_question(&browser, 3).await;
    candidate::answer_somehow(&browser).await;
    let given = candidate::controls(&browser).await;
    assert!(browser.text(".demonstration + .demonstration").await.contains("it must come back to this question"));
    browser.press("Load this page again").await;
    browser.until("the page to be loaded", "return document.body.innerText.includes('and came back')").await;
    assert_eq!(candidate::position(&browser).await, 3);
    assert_eq!(candidate::controls(&browser).await, given);
    assert!(!browser.has(".demonstration button").await);

    // The proctor's codes do what they do in an exam.
    browser.click("aside summary").await;
    let more = fact(&browser, "5 more minutes").await;
    let (pause, challenge) = (fact(&browser, "The clock stops").await, fact(&browser, "Challenge").await);
    let left = candidate::seconds_left(&browser).await;
    assert_eq!(use_grant(&browser, &more).await, "5 more minutes");
    let longer = format!(
        "return document.querySelector('.timer-digits').innerText.split(':').reduce((s, p) => 60 * s + +p, 0) > {left}"
    );
    browser.until("the extra time", &longer).await;
    use_grant(&browser, &pause).await;
    heading(&browser, "The clock stands").await;
    is_marked(&browser).await;
    browser.press("Go on with the exam").await;
    browser.find(".question").await;
    browser.press("Take a break").await;
    heading(&browser, "The clock stands").await;
    browser.press("Go on with the exam").await;
    browser.find(".question").await;
    browser.press("Check in with the proctor").await;
    browser.type_into("#challenge", &challenge).await;
    browser.press("Continue").await;
    browser.find(".qr").await;
    browser.press("It has been written down").await;
    let saved = "return document.querySelector('.save-state')?.innerText === 'Saved on this device'";
    browser.until("everything to be saved, and nothing to be sent", saved).await;

    // To the end.
    on_to_question(&browser, 15).await;
    candidate::answer_somehow(&browser).await;
    candidate::next(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    heading(&browser, "You have handed in").await;
    browser.find(".qr").await;
    let code = browser.text(".typed-code").await;
    browser.press("Save the response file").await;
    let file = browser.download(".invigil-response").await;
    assert!(sitting::ResponseFile::read(&file).unwrap().header.document.submitted);
    is_marked(&browser).await;
    browser.press("To the report").await;
    browser.press("Save the report").await;
    is_marked(&browser).await;

    let report: Value = serde_json::from_slice(&browser.download("invigil-readiness.json").await).unwrap();
    let (found, verdict) = (&report["readiness"], &report["verdict"]);
    assert_eq!((&report["format"], &report["version"]), (&json!("invigil-readiness"), &json!(1)));
    let lines = sitting::ResponseFile::read(&file).unwrap().header.document.count;
    let rehearsal = json!({"lines": lines, "answered": 15, "response_file_bytes": file.len(), "receipt_code": code,
        "reload_survived": true});
    assert_eq!(found["rehearsal"], rehearsal);
    assert_eq!((&found["offline_ready"], &found["server"]["reachable"]), (&json!(true), &json!(true)));
    assert!(found["server"]["clock_offset_ms"].as_i64().unwrap().abs() < 2_000, "{found}");
    let [median, worst] = ["median_us", "worst_us"].map(|of| found["storage"]["commit"][of].as_u64().unwrap());
    assert!(0 < median && median <= worst && worst < 15_000_000, "{found}");
    let [quota, usage] = ["quota_bytes", "usage_bytes"].map(|of| found["storage"][of].as_u64().unwrap());
    assert!(0 < usage && usage < quota, "{found}");
    assert_eq!(found["storage"]["key_home"], "webcrypto");
    assert_eq!(found["app"].as_str().map(str::len), Some(32));
    assert!(found["browser"]["user_agent"].as_str().unwrap().contains("Chrome"), "{found}");
    assert!(found["browser"]["time_zone"].as_str().is_some_and(|zone| !zone.is_empty()), "{found}");
    // Of what a rehearsal tries nothing was left out: at most the browser itself leaves something to be noted.
    let reasons: Vec<&str> = verdict["reasons"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
    let of_the_browser = ["not_persistent", "slow_storage", "software_key", "no_fullscreen"];
    assert!(reasons.iter().all(|reason| of_the_browser.contains(reason)), "{verdict}");
    let said = browser.text(".checks").await;
    assert_eq!(said.lines().filter(|line| line.starts_with("Note:")).count(), reasons.len(), "{said}");
    assert!(browser.text("h1").await.starts_with("This computer is ready"), "{}", browser.text("body").await);

    // Nothing is left, and the exam's package is as it was.
    browser.press("Finish the rehearsal").await;
    browser.find(".package").await;
    assert_eq!(browser.text(".package").await, before);
    let page = browser.text("body").await;
    assert!(!page.contains("Rehearsal") && !page.contains("rehearsal is not finished"), "{page}");
    assert_eq!(keys_kept(&browser).await, ["storage"], "the rehearsal's device key is gone");
    let word = browser.client.execute("return localStorage.length", Vec::new()).await.unwrap();
    assert_eq!(word, 0);
    // No attempt was made of it.
    assert_eq!(server.attempt(NAME)["journal_count"].as_u64(), Some(0));
    candidate::admit_without_network(&browser, &server.codes[NAME], &server.release_code).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains(NAME));
}

#[tokio::test]
async fn an_exam_throws_a_rehearsal_away_without_asking() {
    let server = Server::start();
    let mut browser = Browser::open().await;
    browser.goto(&server.address("/?rehearsal")).await;
    heading(&browser, "Rehearsal").await;
    browser.press("Begin the rehearsal").await;
    enter(&browser).await;
    on_to_question(&browser, 2).await;
    // Days later it is offered, and gone on with.
    browser.kill_and_reopen().await;
    browser.goto(&server.address("/")).await;
    browser.press("Go on with the rehearsal").await;
    assert_eq!(candidate::position(&browser).await, 2);
    is_marked(&browser).await;
    // The day of the exam: its code is all that it takes.
    browser.goto("about:blank").await;
    browser.goto(&server.address("/")).await;
    browser.find("#interrupted-title").await;
    candidate::admit(&browser, &server.codes[NAME]).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains(NAME));
    assert!(!browser.text("body").await.contains("Rehearsal"));
    candidate::begin(&browser).await;
    candidate::answer(&browser, &["a".to_owned()]).await;
    candidate::received(&browser).await;
}

#[tokio::test]
async fn a_package_for_an_exam_throws_a_rehearsal_away_and_what_was_put_aside_comes_back() {
    let server = Server::start();
    let browser = Browser::open().await;
    let link = |name: &str| server.address(&format!("/?package={}", server.attempt_id(name)));
    browser.goto(&link(NAME)).await;
    browser.find(".package").await;
    begin(&browser).await;
    enter(&browser).await;
    // Thrown away from the midst of it, the exam's package is back.
    browser.click("aside summary").await;
    browser.press("Stop, and throw the rehearsal away").await;
    browser
        .until("the package", "return document.querySelector('.package')?.innerText.includes('It opens without')")
        .await;
    // Interrupted before a code was typed, it is gone on with, or thrown away.
    begin(&browser).await;
    browser.client.refresh().await.unwrap();
    browser.find("#release-code").await;
    browser.goto("about:blank").await;
    browser.goto(&server.address("/")).await;
    browser.find("#interrupted-title").await;
    browser.press("Stop, and throw the rehearsal away").await;
    browser.until("it to be gone", "return document.querySelector('#interrupted-title') === null").await;
    assert!(browser.text(".package").await.contains("It opens without a network"));
    // A link to another package takes the place of both, once that is wanted.
    begin(&browser).await;
    enter(&browser).await;
    browser.goto(&link("Example")).await;
    heading(&browser, "Sit your exam").await;
    browser.press("Take the other one in its place").await;
    browser.until("both to be gone", "return !document.querySelector('#offered-title, #interrupted-title')").await;
    candidate::admit_without_network(&browser, &server.codes["Example"], &server.release_code).await;
    heading(&browser, "Is this you?").await;
    assert!(browser.text(".facts .name").await.contains("Example"));
}

#[tokio::test]
async fn a_rehearsal_never_stands_in_for_an_exam_nor_an_exam_for_a_rehearsal() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("#admission-code").await;
    let draw = "() => fetch('/api/v1/rehearsal', {method: 'POST'}).then(answer => answer.json())
        .then(({package: text}) => [...atob(text)].map(character => character.charCodeAt(0)))";
    let package: Vec<u8> = serde_json::from_value(browser.promise(draw, Vec::new()).await).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("rehearsal.invigil");
    std::fs::write(&file, package).unwrap();
    browser.click("details summary").await;
    browser.find("#package-file").await.send_keys(file.to_str().unwrap()).await.unwrap();
    told(&browser, "This is a rehearsal, not an exam").await;
    // Somebody between answers with an exam in place of the rehearsal.
    let swap = "const [id, done] = arguments; const real = window.fetch;
        real(`/api/v1/packages/${id}`).then(answer => answer.arrayBuffer()).then(bytes => {
            const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
            window.fetch = async (request, options) => {
                const answer = await real(request, options);
                if (!(request.url ?? request).endsWith('/api/v1/rehearsal')) return answer;
                return new Response(JSON.stringify({...await answer.json(), package: text}), {headers: answer.headers});
            };
            done(true);
        })";
    browser.client.execute_async(swap, vec![server.attempt_id(NAME).into()]).await.unwrap();
    browser.press("Try this computer out").await;
    browser.press("Begin the rehearsal").await;
    told(&browser, "This is an exam, not a rehearsal").await;
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_is_found_out_and_lost_keys_block_no_exam() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/?rehearsal")).await;
    browser.press("Begin the rehearsal").await;
    enter(&browser).await;
    on_to_question(&browser, 3).await;
    // The keys are gone, as when site data is cleared in part; the page finds out when it is loaded again in its tab.
    browser.goto(&server.address("/verify")).await;
    let forget = "() => new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase('invigil-keys');
        request.onsuccess = () => done('gone');
        request.onerror = fail;
    })";
    assert_eq!(browser.promise(forget, Vec::new()).await, "gone");
    browser.client.back().await.unwrap();
    heading(&browser, "This browser did not keep the rehearsal").await;
    // It stands in nobody's way.
    browser.press("Try again").await;
    candidate::admit(&browser, &server.codes[NAME]).await;
    heading(&browser, "Is this you?").await;
}

#[tokio::test]
async fn a_rehearsal_needs_no_mouse_and_the_focus_is_where_one_reads_on() {
    let server = Server::start();
    let browser = Browser::open().await;
    let enter = async |css: &str| {
        keyboard::tab_to(&browser, css).await;
        keyboard::press(&browser, Key::Enter).await;
    };
    browser.goto(&server.address("/")).await;
    browser.find("section.part").await;
    enter("section.part button").await;
    keyboard::heading(&browser, "Rehearsal").await;
    enter("button.primary").await;
    keyboard::heading(&browser, "Sit your exam").await;
    let (admission, release) = (fact(&browser, "Admission code").await, fact(&browser, "Release code").await);
    keyboard::tab_to(&browser, "#admission-code").await;
    keyboard::type_text(&browser, &admission).await;
    keyboard::tab_to(&browser, "#release-code").await;
    keyboard::type_text(&browser, &release).await;
    keyboard::press(&browser, Key::Enter).await;
    keyboard::heading(&browser, "Is this you?").await;
    enter("button.primary").await;
    keyboard::heading(&browser, "Before you start").await;
    keyboard::tab_to(&browser, "#agree").await;
    keyboard::type_text(&browser, " ").await;
    enter("button.primary").await;
    keyboard::heading(&browser, "Is this computer ready?").await;
    browser.find(".checks .good").await;
    enter("button.primary").await;
    for question in ["Question 1", "Question 2"] {
        keyboard::heading(&browser, question).await;
        enter(".question .actions .primary").await;
    }
    keyboard::heading(&browser, "Question 3").await;
    enter(".demonstration button").await;
    browser.until("the page to be loaded", "return document.body.innerText.includes('and came back')").await;
    keyboard::heading(&browser, "Question 3").await;
    enter("aside summary").await;
    fact(&browser, "5 more minutes").await;
    enter(".navigator summary").await;
    enter(".navigator > button").await;
    keyboard::heading(&browser, "Review").await;
    enter(".review .actions .primary").await;
    enter(".confirm .primary").await;
    keyboard::heading(&browser, "You have handed in").await;
    enter("button.primary").await;
    keyboard::heading(&browser, "This computer is ready, with notes").await;
    // What was left out can still be done.
    assert!(browser.text(".checks").await.contains("The response file was not saved"));
    enter(".actions button + button").await;
    keyboard::heading(&browser, "You have handed in").await;
    enter(".part .actions button").await;
    browser.download(".invigil-response").await;
    enter("button.primary").await;
    keyboard::heading(&browser, "This computer is ready, with notes").await;
    assert!(!browser.text(".checks").await.contains("The response file was not saved"));
    enter(".part .primary").await;
    keyboard::heading(&browser, "Sit your exam").await;
}

#[tokio::test]
async fn no_page_of_a_rehearsal_has_a_fault() {
    let server = Server::start();
    let browser = Browser::open().await;
    browser.goto(&server.address("/")).await;
    browser.find("section.part").await;
    nothing_is_wrong_with(&browser, "code with a rehearsal").await;
    browser.press("Try this computer out").await;
    heading(&browser, "Rehearsal").await;
    nothing_is_wrong_with(&browser, "introduction").await;
    browser.press("Begin the rehearsal").await;
    browser.find("#release-code").await;
    nothing_is_wrong_with(&browser, "codes of the rehearsal").await;
    browser.goto(&server.address("/verify")).await;
    browser.goto(&server.address("/")).await;
    browser.find("#interrupted-title").await;
    nothing_is_wrong_with(&browser, "interrupted").await;
    browser.press("Go on with the rehearsal").await;
    enter(&browser).await;
    on_to_question(&browser, 3).await;
    browser.click("aside summary").await;
    nothing_is_wrong_with(&browser, "question with the proctor's codes").await;
    candidate::to_review(&browser).await;
    candidate::confirm_hand_in(&browser).await;
    browser.find(".qr").await;
    nothing_is_wrong_with(&browser, "handed in").await;
    browser.press("To the report").await;
    heading(&browser, "This computer is ready, with notes").await;
    assert!(browser.text(".checks").await.contains("was not loaded again"));
    browser.click("details summary").await;
    nothing_is_wrong_with(&browser, "report").await;
}
