//! What the log never holds, however much of it is asked for.

use api::{IssuedDocuments, JournalAck, SittingResult};
use serde_json::json;
use storage::{Store as _, TenantId};

use crate::fixture::{Device, Home, Program, SUBMITTED, answered, ok, place};

#[tokio::test]
async fn the_log_of_an_exam_holds_no_code_token_name_or_answer() {
    let home = Home::new();
    let roster = [place("c-4711", "Zoë Muster-Łęcka", "Muster-Łęcka"), place("c-4712", "Alex", "Alex")];
    let [code, other] = &home.schedule(&roster).await[..] else { panic!("two codes") };
    let (store, tenant) = (home.store(), TenantId("demo".into()));
    let server = Program::serve(&home, "trace", &[]);
    let mut client = server.client();
    let admitted = client.admit(code);
    let other = client.admit(other);
    let mut device = Device::new("laptop");
    client.start(&admitted, &mut device, code);
    let now = admitted.status.server_now;
    let items: Vec<_> = device.payload().form.items.iter().map(|item| item.id.clone()).collect();
    for event in items.iter().map(|item| answered(item, &["b"])).chain([SUBMITTED]) {
        device.write(now, &event);
    }
    let sitting = device.sitting();
    let upload = device.upload(1, sitting.lines());
    ok::<JournalAck>(client.post("/api/v1/attempt/journal", &admitted.token, &upload));
    ok::<SittingResult>(client.get("/api/v1/attempt/result", &admitted.token));
    let documents = client.get("/api/v1/attempt/documents", &admitted.token).unwrap();
    let _: Option<IssuedDocuments> = serde_json::from_slice(&documents.1).ok();

    // Mistakes are where logs tell most.
    let password = "correct horse battery";
    let mistyped = code.replace(&code[..2], "77");
    for (path, body) in [
        ("/api/v1/attempts/admit", json!({ "code": mistyped })),
        ("/api/v1/attempts/admit", json!({ "code": [code] })),
        ("/api/v1/attempt/start", json!({ "device": device.named(), "x": code })),
        (
            "/api/v1/attempt/journal",
            json!({ "from": 2, "lines": [sitting.lines()[3]], "signature": &upload.signature }),
        ),
        ("/api/v1/certificates/lookup", json!({ "last_name": "Muster-Łęcka", "number": "MINI-0000-0000-0000-0" })),
        ("/api/v1/office/session", json!({ "password": password })),
        ("/api/v1/verify", json!({ "holder": "Zoë Muster-Łęcka" })),
    ] {
        client.post(path, &admitted.token, &body).unwrap();
    }
    client.get("/api/v1/attempt", &format!("{}x", admitted.token)).unwrap();

    // A fault of the server's own is logged: a journal that got damaged in the database.
    let damaged = sitting.lines()[4].replace("\"v\":1", "\"v\":");
    store.append(&tenant, &admitted.status.attempt, sitting.count() + 1, &[damaged], 0).await.unwrap();
    let (status, _) = client.get("/api/v1/attempt", &other.token).unwrap();
    assert_eq!(status, 200, "another attempt is not touched by it");
    let (status, _) = client.post("/api/v1/attempt/journal", &admitted.token, &upload).unwrap();
    assert_eq!(status, 503);

    let log = server.log();
    assert!(log.contains("a request failed") && log.contains("damaged"), "{log:?}");
    // Each request is one line of JSON with its route, status and time.
    let lines: Vec<serde_json::Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let request = |route: &str, status: u16| {
        lines.iter().any(|line| line["fields"]["route"] == route && line["fields"]["status"] == status)
    };
    assert!(request("/api/v1/attempts/admit", 200) && request("/api/v1/attempt/journal", 503), "{log}");
    let token_tag = admitted.token.rsplit('.').next().unwrap();
    let stem = serde_json::to_string(&device.payload().form.items[0].stem).unwrap();
    let code_alone = code.replace('-', "");
    let release = store.sitting(&tenant, &sitting.manifest().sitting).await.unwrap().unwrap().release_code;
    for secret in [
        code.as_str(),
        &code_alone,
        &mistyped,
        &admitted.token,
        &other.token,
        token_tag,
        &device.named().key,
        &upload.signature,
        &release,
        &release.replace('-', ""),
        password,
        "Muster",
        "Zoë",
        "c-4711",
        "answered",
        "Which control",
        &stem,
        &sitting.lines()[4],
        "MINI-0000",
    ] {
        assert!(!log.to_lowercase().contains(&secret.to_lowercase()), "{secret:?} is in the log");
    }
}
