//! From the code to the certificate in an employer's hands.

use serde_json::{Value, json};
use tests::{browser::Browser, candidate, server::Server};

/// The steps of a report, as `name: outcome`.
fn steps(report: &Value) -> Vec<String> {
    let steps = report["steps"].as_array().unwrap().iter();
    steps.map(|step| format!("{}: {}", step["step"].as_str().unwrap(), step["outcome"].as_str().unwrap())).collect()
}

fn sentences(report: &Value) -> Vec<String> {
    report["steps"].as_array().unwrap().iter().map(|step| step["sentence"].as_str().unwrap().to_owned()).collect()
}

/// What the verification page says of a file: whether it is good, and the sentence of every step.
async fn page_says(browser: &Browser, server: &Server, file: &std::path::Path) -> (bool, Vec<String>) {
    browser.goto(&server.address("/verify")).await;
    browser.until("the issuers to be known", "return document.body.innerText.includes('Trusted here:')").await;
    browser.find("#file").await.send_keys(file.to_str().unwrap()).await.unwrap();
    browser.find(".report").await;
    let script = "return [...document.querySelectorAll('.steps li')].map(li => li.innerText)";
    let said = browser.client.execute(script, Vec::new()).await.unwrap();
    let without_outcome = |line: &Value| {
        let line = line.as_str().unwrap();
        line.split_once(": ").map_or(line, |(_, sentence)| sentence).to_owned()
    };
    (browser.has(".verdict.good").await, said.as_array().unwrap().iter().map(without_outcome).collect())
}

/// What `POST /api/v1/verify` says.
async fn api_says(browser: &Browser, text: &str) -> Value {
    let post = "text => fetch('/api/v1/verify', {method: 'POST', body: text}).then(answer => answer.json())";
    browser.promise(post, vec![json!(text)]).await
}

#[tokio::test]
async fn a_candidate_passes_and_an_employer_verifies_the_certificate() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Alex Sample").await;
    let mut responses = server.keys("Alex Sample");
    assert_eq!(responses.len(), 80);
    // The cut score, exactly: 56 right, 24 open.
    responses.truncate(56);
    candidate::answer_through(&browser, &responses, 56).await;
    browser.click(".navigator summary").await;
    browser.press("To the review").await;
    browser.find(".review").await;
    assert!(browser.text(".review").await.contains("24 not answered"), "{}", browser.text(".review").await);
    candidate::hand_in(&browser).await;
    assert_eq!(browser.text("h1").await, "You passed");
    assert!(browser.text(".documents").await.contains("31 credits"));
    let number = browser.text(".documents .number").await;

    browser.press("Signed certificate (file)").await;
    let certificate = browser.download("-certificate.json").await;
    browser.press("Signed CPD record (file)").await;
    let cpd = browser.download("-cpd.json").await;
    browser.press("Certificate for a wallet (JWT)").await;
    let token = browser.download("-certificate.jwt").await;
    browser.press("Certificate (PDF)").await;
    let pdf = browser.download(".pdf").await;
    browser.press("Badge (PNG)").await;
    let png = browser.download(".png").await;
    browser.press("Badge (SVG)").await;
    let svg = browser.download(".svg").await;
    assert!(browser.has("a[href^='https://www.linkedin.com/profile/add?']").await);

    let folder = tempfile::tempdir().unwrap();
    let [page, badge, drawn] = [("a.pdf", &pdf), ("a.png", &png), ("a.svg", &svg)].map(|(name, bytes)| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        file
    });
    let genuine = folder.path().join("certificate.json");
    std::fs::write(&genuine, &certificate).unwrap();
    let record = folder.path().join("cpd.json");
    std::fs::write(&record, &cpd).unwrap();
    let wallet = folder.path().join("certificate.jwt");
    std::fs::write(&wallet, &token).unwrap();
    let tampered = folder.path().join("tampered.json");
    let text = String::from_utf8(certificate).unwrap();
    assert!(text.contains("Alex Sample"));
    std::fs::write(&tampered, text.replace("Alex Sample", "Alex Simple")).unwrap();

    // The page, the API and the command line say the same of each.
    for (file, good) in [(&genuine, true), (&record, true), (&wallet, true), (&tampered, false)] {
        let (page_good, page) = page_says(&browser, &server, file).await;
        let api = api_says(&browser, &std::fs::read_to_string(file).unwrap()).await;
        let cli = server.verify(file);
        assert_eq!((page_good, api["valid"].as_bool(), cli["valid"].as_bool()), (good, Some(good), Some(good)));
        assert_eq!(page, sentences(&api));
        let form = if file == &wallet { "jwt" } else { "json" };
        assert_eq!((&api["form"], &cli["form"]), (&json!(form), &json!(form)));
        assert_eq!(steps(&api), steps(&cli));
        assert_eq!(sentences(&api), sentences(&cli));
        assert_eq!(steps(&api).contains(&"signature: failed".to_owned()), !good);
    }

    // What carries the certificate is verified by it.
    for file in [&page, &badge, &drawn] {
        let (good, said) = page_says(&browser, &server, file).await;
        assert!(good && said == sentences(&server.verify(file)), "{said:?}");
    }
    let found = carrier::find(&pdf).unwrap().credential;
    let (address, encoded) = carrier::qr::parts(&server.address("/verify"), &found).unwrap();
    browser.goto("about:blank").await;
    browser.goto(&format!("{address}{encoded}")).await;
    browser.find(".verdict.good").await;
    assert!(browser.text(".report").await.contains("Alex Sample"));
    let place = browser.client.execute("return location.href", Vec::new()).await.unwrap();
    assert_eq!(place.as_str().unwrap(), server.address("/verify"), "the certificate does not stay in the address bar");

    // With what stands on paper.
    browser.goto(&server.address(&format!("/verify#number={number}"))).await;
    browser.client.refresh().await.unwrap();
    browser.type_into("#last-name", "sample").await;
    browser.press("Look up").await;
    browser.find(".verdict.good").await;
    assert!(browser.text("#by-number ~ div .name, .card:has(#by-number) .name").await.contains("Alex Sample"));
    browser.type_into("#last-name", "simple").await;
    browser.press("Look up").await;
    browser.find(".verdict.bad").await;
}

#[tokio::test]
async fn a_candidate_who_fails_learns_where_to_study_and_when_to_come_back() {
    let server = Server::start();
    let browser = Browser::open().await;
    candidate::enter(&browser, &server, "Example").await;
    // One short of the cut score.
    let mut responses = server.keys("Example");
    responses.truncate(55);
    candidate::answer_through(&browser, &responses, 55).await;
    browser.click(".navigator summary").await;
    browser.press("To the review").await;
    candidate::hand_in(&browser).await;
    let page = browser.text("main").await;
    assert!(page.starts_with("You did not pass"), "{page}");
    assert!(page.contains("Where to prepare more") && page.contains("You can sit the exam again from"), "{page}");
    assert!(!browser.has(".documents").await);
    let attempt = server.attempt("Example");
    assert_eq!((attempt["raw_score"].as_u64(), attempt["outcome"].as_str()), (Some(55), Some("fail")));

    // This computer is free for the next candidate; nothing of the last one is left on it.
    browser.press("Leave this computer").await;
    browser.find("#admission-code").await;
    assert!(!browser.text("body").await.contains("Example"));

    // The result is there again for whoever comes back with the code, in another browser too.
    let elsewhere = Browser::open().await;
    elsewhere.goto(&server.address("/")).await;
    candidate::admit(&elsewhere, &server.codes["Example"]).await;
    elsewhere.find(".bands").await;
    // Receipt and acknowledgement are the first computer's to give.
    let result = |page: &str| page.split("For your records").next().unwrap().trim_end().to_owned();
    let there = elsewhere.text("main").await;
    assert!(there.starts_with(&result(&page)), "{there}");
    assert!(page.contains("Save the receipt") && !there.contains("Save the receipt"), "{page}");
}
