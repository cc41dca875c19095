//! What the worker keeps: it survives a killed browser, only this browser's keys open it, and it goes away whole.

use serde_json::{Value, json};
use signing::{
    code::Code80,
    keys::PublicKey,
    sealing::{Identity, open, seal},
    signed::read_signature,
};
use tests::{browser::Browser, server::Server};

const ATTEMPT: &str = "01900000-0000-7000-8000-000000000001";

/// Ends the worker and deletes the browser's keys.
const DROP_KEYS: &str = "() => new Promise((done, fail) => {
    end();
    const request = indexedDB.deleteDatabase('invigil-keys');
    request.onsuccess = () => done('gone');
    request.onerror = fail;
})";

/// Starts a worker in a page of the same origin that has none of its own.
pub(crate) async fn start(browser: &Browser, server: &Server) {
    browser.goto(&server.address("/verify")).await;
    let start = "() => new Promise((done, fail) => {
        const worker = new Worker('/app/candidate/worker_loader.js', {type: 'module'});
        const waiting = [];
        window.end = () => worker.terminate();
        window.ask = verb => new Promise(done => {
            waiting.push(done);
            worker.postMessage(JSON.stringify({id: waiting.length, verb}));
        });
        worker.onerror = () => fail('the worker did not start');
        worker.onmessage = ({data}) => {
            if (data === 'invigil-worker-ready') return done('ready');
            const {id, result} = JSON.parse(data);
            waiting[id - 1](result);
        };
    })";
    assert_eq!(browser.promise(start, Vec::new()).await, "ready");
}

/// Asks the worker for something and gets its answer.
pub(crate) async fn ask(browser: &Browser, verb: Value) -> Value {
    let result = browser.promise("verb => ask(verb)", vec![verb.clone()]).await;
    assert!(result["Ok"].is_object(), "{verb}: {result}");
    result["Ok"].clone()
}

/// Asks the worker for something that it refuses; the code of the fault.
async fn refused(browser: &Browser, verb: Value) -> String {
    let result = browser.promise("verb => ask(verb)", vec![verb.clone()]).await;
    result["Err"]["code"].as_str().unwrap_or_else(|| panic!("{verb}: {result}")).to_owned()
}

/// Bytes as the worker wants them.
async fn base64(browser: &Browser, bytes: &[u8]) -> String {
    let encode = "async bytes => btoa(String.fromCharCode(...bytes))";
    browser.promise(encode, vec![bytes.into()]).await.as_str().unwrap().to_owned()
}

/// Bytes that the worker gave.
async fn bytes(browser: &Browser, file: &Value) -> Vec<u8> {
    let decode = "async text => Array.from(atob(text), character => character.charCodeAt(0))";
    serde_json::from_value(browser.promise(decode, vec![file["bytes"].clone()]).await).unwrap()
}

/// A package is kept and opened; the device's public key.
async fn opened(browser: &Browser) -> String {
    let [release, admission] = [1, 2].map(|byte| Code80::from_bytes([byte; 10]));
    let identity = Identity::of_package(&release, &admission, ATTEMPT);
    let package = [b"{\"document\":1}\n", seal(b"the questions", &[identity.recipient()]).unwrap().as_slice()].concat();
    let package = base64(browser, &package).await;
    ask(browser, json!({"verb": "keep", "attempt": ATTEMPT, "package": package})).await;
    let unseal = |release: &Code80| json!({"verb": "unseal", "attempt": ATTEMPT, "release": release.to_string(), "admission": admission.to_string()});
    assert_eq!(refused(browser, unseal(&admission)).await, "wrong_code");
    let unsealed = ask(browser, unseal(&release)).await;
    assert_eq!(unsealed["payload"], "the questions");
    unsealed["key"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn lines_survive_a_killed_browser_and_leave_it_sealed_and_signed() {
    let server = Server::start();
    let mut browser = Browser::open().await;
    start(&browser, &server).await;
    let key = opened(&browser).await;
    let append = |seq: u64, line: &str| json!({"verb": "append", "attempt": ATTEMPT, "seq": seq, "line": line});
    assert_eq!(ask(&browser, append(1, "one")).await["count"], 1);
    assert_eq!(ask(&browser, append(2, "two")).await["count"], 2);
    assert_eq!(refused(&browser, append(2, "two")).await, "out_of_order");

    browser.kill_and_reopen().await;
    start(&browser, &server).await;
    let attempt = ask(&browser, json!({"verb": "load"})).await["stored"]["attempt"].clone();
    assert_eq!(attempt["lines"], json!(["one", "two"]));
    assert_eq!(attempt["manifest"], "{\"document\":1}");
    let reopened = ask(&browser, json!({"verb": "reopen", "attempt": ATTEMPT})).await;
    assert_eq!((&reopened["payload"], &reopened["key"]), (&json!("the questions"), &json!(key)));
    let signed = ask(&browser, json!({"verb": "sign", "attempt": ATTEMPT, "message": "message"})).await;
    let signature = read_signature(signed["signature"].as_str().unwrap()).unwrap();
    assert!(PublicKey::from_multikey(&key).unwrap().verifies(b"message", &signature));

    let body = Identity::from_bytes(&[7; 32]);
    let export = |count: u64| {
        let recipients = [body.recipient().to_string()];
        json!({"verb": "export", "attempt": ATTEMPT, "header": "{}", "count": count, "recipients": recipients})
    };
    assert_eq!(refused(&browser, export(1)).await, "bad_request");
    let file = bytes(&browser, &ask(&browser, export(2)).await).await;
    let sealed = file.strip_prefix(b"{}\n").unwrap();
    assert_eq!(open(sealed, &body, 100).unwrap(), b"one\ntwo\n");
}

#[tokio::test]
async fn without_its_keys_nothing_is_read_and_nothing_is_lost_until_the_server_has_it() {
    let server = Server::start();
    let browser = Browser::open().await;
    start(&browser, &server).await;
    opened(&browser).await;
    let append = |seq: u64| json!({"verb": "append", "attempt": ATTEMPT, "seq": seq, "line": "line"});
    ask(&browser, append(1)).await;
    assert_eq!(browser.promise(DROP_KEYS, Vec::new()).await, "gone");

    start(&browser, &server).await;
    let forget = json!({"verb": "forget", "attempt": ATTEMPT});
    for verb in [json!({"verb": "load"}), append(2)] {
        assert_eq!(refused(&browser, verb).await, "keys");
    }
    assert_eq!(refused(&browser, forget.clone()).await, "other_attempt");
    ask(&browser, json!({"verb": "acknowledge", "attempt": ATTEMPT, "count": 1})).await;
    ask(&browser, forget).await;
    assert_eq!(ask(&browser, json!({"verb": "load"})).await["stored"], json!({"attempt": null, "notes": []}));
}

#[tokio::test]
async fn before_the_first_line_keys_that_are_gone_cost_notes_only_and_refused_ones_nothing() {
    let server = Server::start();
    let browser = Browser::open().await;
    start(&browser, &server).await;
    opened(&browser).await;
    let note = |attempt: Value| json!({"verb": "note", "attempt": attempt, "name": "token", "text": "secret"});
    ask(&browser, note(ATTEMPT.into())).await;
    ask(&browser, note(Value::Null)).await;
    // A key store of a later version is one that the worker cannot open.
    let refuse_keys = "() => new Promise((done, fail) => {
        end();
        const request = indexedDB.open('invigil-keys', 2);
        request.onsuccess = () => { request.result.close(); done('refused'); };
        request.onerror = fail;
    })";
    assert_eq!(browser.promise(refuse_keys, Vec::new()).await, "refused");
    start(&browser, &server).await;
    assert_eq!(refused(&browser, json!({"verb": "load"})).await, "keys_refused");
    assert_eq!(refused(&browser, json!({"verb": "device", "attempt": ATTEMPT})).await, "keys_refused");

    assert_eq!(browser.promise(DROP_KEYS, Vec::new()).await, "gone");
    start(&browser, &server).await;
    let stored = ask(&browser, json!({"verb": "load"})).await["stored"].clone();
    assert_eq!(stored["notes"], json!([]));
    assert_eq!((&stored["attempt"]["id"], &stored["attempt"]["unsealed"]), (&json!(ATTEMPT), &json!(false)));
    // The codes are typed again.
    opened(&browser).await;
    ask(&browser, note(ATTEMPT.into())).await;
}

#[tokio::test]
async fn an_attempt_that_was_begun_makes_room_only_if_that_is_agreed() {
    let server = Server::start();
    let browser = Browser::open().await;
    start(&browser, &server).await;
    let package = base64(&browser, b"{\"document\":2}\nsealed").await;
    let keep =
        |attempt: &str, agreed: bool| json!({"verb": "keep", "attempt": attempt, "package": package, "agreed": agreed});
    let other = "01900000-0000-7000-8000-000000000002";
    ask(&browser, keep(other, false)).await;
    // Nothing of it was begun.
    opened(&browser).await;
    assert_eq!(refused(&browser, keep(other, false)).await, "other_attempt");
    assert_eq!(ask(&browser, json!({"verb": "load"})).await["stored"]["attempt"]["id"], ATTEMPT);
    ask(&browser, keep(other, true)).await;
    assert_eq!(ask(&browser, json!({"verb": "load"})).await["stored"]["attempt"]["id"], other);
}
