//! What happened is in the log, once; whoever shows a proof can be believed, and a log that changes its story is found out.

use std::{fs, net::SocketAddr, path::Path, sync::Arc};

use axum::Router;
use serde_json::{Value, json};
use server::{
    Failure,
    clock::SystemClock,
    data::DataDir,
    engine::Engine,
    log::{Subject, Witness},
};
use signing::{
    credential::Kind,
    tlog::{checkpoint::LogPolicy, leaf::Recorded, note::Verifier, proof::TlogProof, tile::entries},
    verify::{Report, StepName, StepOutcome},
};
use storage::LogTile;

use crate::fixture::{Home, Ran, World, invigil, place};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

async fn proof(world: &World, subject: &Subject) -> TlogProof {
    world.engine.log_proof(subject).await.unwrap().unwrap()
}

async fn asked(world: &World, credential: &Value, proof: &str) -> Report {
    world.post("/api/v1/verify").json(&json!({"credential": credential, "log_proof": proof})).send().await.ok()
}

fn step(report: &Report) -> StepOutcome {
    report.steps.iter().find(|step| step.step == StepName::Log).unwrap().outcome
}

#[tokio::test]
async fn certificate_and_cpd_record_come_with_a_proof_that_anybody_can_check() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let documents = zoe.documents().await;
    let certificate = zoe.get("/api/v1/attempt/certificate.tlog-proof").await;
    assert_eq!(certificate.header("content-type"), "text/plain; charset=utf-8");
    assert!(certificate.header("content-disposition").contains(&format!("{number}.tlog-proof")));
    let record = zoe.get("/api/v1/attempt/cpd-record.tlog-proof").await.text();
    let certificate = certificate.text();
    let report = asked(&world, &documents.certificate, &certificate).await;
    assert!(report.valid && step(&report) == StepOutcome::Passed, "{report:#?}");
    assert_eq!(step(&asked(&world, &documents.cpd_record, &record).await), StepOutcome::Passed);
    // One is not the other's.
    let report = asked(&world, &documents.certificate, &record).await;
    assert!(!report.valid && step(&report) == StepOutcome::Failed, "{report:#?}");
    // Asked for again, it is the same file.
    assert_eq!(zoe.get("/api/v1/attempt/certificate.tlog-proof").await.text(), certificate);
    // Nothing of the person is in the log.
    let bundle = world.get("/log/tile/entries/000.p/3").send().await;
    let entries = String::from_utf8_lossy(&bundle.body).into_owned();
    for personal in ["Zo", "Muster", number.as_str(), documents.certificate["id"].as_str().unwrap()] {
        assert!(!entries.contains(personal), "{personal}");
    }
    let mut fails = world.candidate(place("c-2", "Alex", "Alex")).await;
    fails.sit(0).await;
    fails.get("/api/v1/attempt/certificate.tlog-proof").await.problem("not-found");
}

#[tokio::test]
async fn the_log_is_served_as_files_that_never_change() {
    let world = World::new();
    world.get("/log/checkpoint").send().await.problem("not-found");
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    zoe.sit(10).await;
    world.engine.bring_log_up().await.unwrap();
    let checkpoint = world.get("/log/checkpoint").send().await;
    assert_eq!(checkpoint.header("content-type"), "text/plain; charset=utf-8");
    assert!(checkpoint.text().starts_with("demo.invigil.example/log\n3\n"), "{}", checkpoint.text());
    world.engine.log.policy().check(&checkpoint.body).unwrap();
    for (path, length) in [("/log/tile/0/000.p/3", 96), ("/log/tile/0/000.p/1", 32)] {
        let tile = world.get(path).send().await;
        assert_eq!((tile.status, tile.body.len()), (200, length), "{path}");
        assert_eq!(tile.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(tile.header("content-type"), "application/octet-stream");
    }
    let bundle = world.get("/log/tile/entries/000.p/2").send().await;
    assert_eq!(entries(&bundle.body).unwrap().len(), 2);
    for wrong in ["0/000", "0/000.p/4", "0/000.p/03", "1/000.p/1", "entries/001.p/1", "x", "0/x001/000", "9/000"] {
        world.get(&format!("/log/tile/{wrong}")).send().await.problem("not-found");
    }
}

#[tokio::test]
async fn a_revocation_and_a_draw_commitment_are_logged_with_what_they_are_of() {
    let world = World::new();
    let mut zoe = world.candidate(place("c-1", "Zoë Muster", "Muster")).await;
    let number = zoe.sit(10).await.certificate_number.unwrap();
    let certificate = zoe.documents().await.certificate;
    world.engine.revoke(&number, &[Kind::Certificate], "found to have cheated", "officer").await.unwrap();
    let revoked = world.engine.store.revocations_of(&world.engine.tenant, &number).await.unwrap().remove(0);
    let proof = proof(&world, &Subject::Status(revoked.list, revoked.entry)).await;
    let record = Recorded::parse(proof.extra.as_deref().unwrap()).unwrap();
    proof.verify(&record.entry, world.engine.log.policy()).unwrap();
    assert_eq!(record.document["id"], certificate["id"]);
    assert_eq!(record.document["list"], certificate["credentialStatus"]["statusListCredential"]);
    assert_eq!(record.document["index"], revoked.entry);
    assert!(!record.document.to_string().contains("cheated"), "the reason stays with the office");

    let sitting = world.engine.store.sittings(&world.engine.tenant).await.unwrap().remove(0);
    let proof = world.engine.log_proof(&Subject::Draw(sitting.id.clone())).await.unwrap().unwrap();
    let record = Recorded::parse(proof.extra.as_deref().unwrap()).unwrap();
    proof.verify(&record.entry, world.engine.log.policy()).unwrap();
    assert_eq!(record.document["sitting"], sitting.id);
    let commitment: Value = serde_json::from_str(&sitting.commitment).unwrap();
    assert_eq!(record.document["commitment"], signing::jcs::digest_hex(&commitment).unwrap());
    assert_eq!(world.engine.log_proof(&Subject::Draw("nothing".into())).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_who_log_at_once_log_everything_once() {
    let world = World::new();
    for person in 0..20 {
        world.schedule(&[place(&format!("c-{person}"), "Sam Sample", "Sample")]).await;
    }
    // Another process over the same data, as a command beside the server is one.
    let data = DataDir::open(&world.folder.path().join("data")).unwrap();
    let beside = Arc::new(Engine::new(data, None, Arc::new(SystemClock)).unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for task in 0..16 {
        let engine = if task % 2 == 0 { world.engine.clone() } else { beside.clone() };
        tasks.spawn(async move { engine.bring_log_up().await.unwrap().unwrap() });
    }
    let checkpoints = tasks.join_all().await;
    assert!(checkpoints.iter().all(|checkpoint| checkpoint.size == 20 && checkpoint.note == checkpoints[0].note));
    let leaves = world.engine.store.log_leaves(&world.engine.tenant, 0, 100).await.unwrap();
    let mut subjects: Vec<_> = leaves.iter().map(|leaf| leaf.subject.clone()).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!((leaves.len(), subjects.len()), (20, 20));
}

#[tokio::test]
async fn a_log_whose_hashes_were_changed_signs_nothing_more() {
    let world = World::new();
    world.schedule(&[place("c-1", "Alex", "Alex"), place("c-2", "Zoë", "Zoë")]).await;
    world.engine.bring_log_up().await.unwrap().unwrap();
    let tile = LogTile { level: 0, n: 0, content: vec![7; 64] };
    assert!(world.engine.store.append_log(&world.engine.tenant, 1, &[], &[tile]).await.unwrap());
    world.schedule(&[place("c-3", "Sam", "Sam")]).await;
    let fault = world.engine.bring_log_up().await.unwrap_err();
    assert!(matches!(fault, Failure::Fault(ref what) if what.contains("not those that were signed")), "{fault:?}");
    let last = world.engine.published_checkpoint().await.unwrap().unwrap();
    assert_eq!(last.size, 1, "what was signed is what is published");
}

/// A log of some sittings, as a data directory and as a folder of files.
struct Logged {
    home: Home,
    key: String,
}

impl Logged {
    async fn new(sittings: usize) -> Self {
        let home = Home::new();
        let logged = Self { key: home_key(&home), home };
        logged.more(sittings).await;
        logged
    }

    async fn more(&self, sittings: usize) {
        for n in 0..sittings {
            self.home.schedule(&[place(&format!("c-{n}"), "Alex", "Alex")]).await;
        }
    }

    fn command(&self, command: &str, options: &[&str]) -> Ran {
        let data = self.home.data("");
        invigil([&["log", command, "--data", text(&data)], options].concat())
    }

    fn export(&self, name: &str) -> std::path::PathBuf {
        let folder = self.home.path().join(name);
        self.command("checkpoint", &["--out", text(&folder)]).good();
        folder
    }

    fn verify(&self, folder: &Path) -> Ran {
        invigil(["log", "verify", "--from", text(folder), "--log", &self.key])
    }

    fn monitor(&self, place: &str, state: &Path, options: &[&str]) -> Ran {
        invigil([&["log", "monitor", place, "--log", &self.key, "--state", text(state)], options].concat())
    }
}

fn home_key(home: &Home) -> String {
    invigil(["log", "checkpoint", "--key", "--data", text(&home.data(""))]).good().trim().to_owned()
}

#[track_caller]
fn misbehaves(ran: &Ran, word: &str) {
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert!(ran.stderr.contains(word), "{word}: {ran:?}");
}

#[tokio::test]
async fn the_whole_log_is_replayed_and_every_changed_byte_is_found() {
    let logged = Logged::new(3).await;
    let said = logged.command("verify", &[]).good();
    assert!(
        said.contains("all 3 entries") && said.contains("3 draw commitment") && said.contains("3 records"),
        "{said}"
    );
    let folder = logged.export("files");
    let said = logged.verify(&folder).good();
    assert!(said.contains("all 3 entries"), "{said}");
    let figures: Value = serde_json::from_str(&logged.command("verify", &["--json"]).good()).unwrap();
    assert_eq!((&figures["size"], &figures["kinds"]["draw_commitment"]), (&json!(3), &json!(3)));

    for (file, word) in [
        ("tile/entries/000.p/3", "SERVES WHAT IT DID NOT SIGN"),
        ("tile/0/000.p/3", "SERVES WHAT IT DID NOT SIGN"),
        ("checkpoint", "DOES NOT COUNT"),
    ] {
        let path = folder.join(file);
        let bytes = fs::read(&path).unwrap();
        let mut changed = bytes.clone();
        changed[bytes.len() / 2] ^= 1;
        fs::write(&path, changed).unwrap();
        let ran = logged.verify(&folder);
        assert!(ran.fault().contains(word), "{file} {ran:?}");
        fs::remove_file(&path).unwrap();
        assert!(logged.verify(&folder).fault().contains(file.strip_suffix(".p/3").unwrap_or(file)), "{file}");
        fs::write(&path, bytes).unwrap();
    }
    logged.verify(&folder).good();
    let stranger = home_key(&Home::new());
    let ran = invigil(["log", "verify", "--from", text(&folder), "--log", &stranger]);
    assert!(ran.fault().contains("DOES NOT COUNT"), "{ran:?}");
    assert!(invigil(["log", "verify", "--from", text(&folder), "--log", "rubbish"]).fault().contains("verifier key"));
}

#[tokio::test]
async fn a_monitor_sees_a_log_grow_and_says_when_it_shrinks_or_forks() {
    let logged = Logged::new(2).await;
    let state = logged.home.path().join("state.json");
    let first = logged.export("first");
    let said = logged.monitor(text(&first), &state, &[]).good();
    assert!(said.contains("2 entries, 2 new (2 draw commitment)"), "{said}");
    logged.more(3).await;
    let second = logged.export("second");
    let said = logged.monitor(text(&second), &state, &[]).good();
    assert!(said.contains("5 entries, 3 new"), "{said}");
    assert!(logged.monitor(text(&second), &state, &[]).good().contains("0 new"));
    let kept = fs::read(&state).unwrap();

    misbehaves(&logged.monitor(text(&first), &state, &[]), "SHRUNK: 5 entries were signed, now there are 2");
    assert_eq!(fs::read(&state).unwrap(), kept, "what was seen stays seen");
    let evidence = fs::read(state.with_extension("json.contradiction")).unwrap();
    assert_eq!(evidence, fs::read(first.join("checkpoint")).unwrap());

    // The same key over other entries: the data as they were, and another story from there on.
    let other = Logged::new(0).await;
    let passphrase = server::data::read_passphrase(&logged.home.data("passphrase")).unwrap();
    let locked = fs::read_to_string(logged.home.data("keys/log.pem")).unwrap();
    let key = signing::keys::SigningKey::from_locked_pem(&locked, &passphrase).unwrap();
    fs::write(other.home.data("keys/log.pem"), key.to_pkcs8_pem()).unwrap();
    for entries in [5, 3] {
        other.more(entries).await;
        let fork = other.export("fork");
        misbehaves(&logged.monitor(text(&fork), &state, &[]), "FORKED: its first 5 entries");
    }
    let witness = "w.example+8a2b3c4d+BGZha2VrZXlmYWtla2V5ZmFrZWtleWZha2VrZXlmYWtla2V5";
    assert!(logged.monitor(text(&second), &state, &["--witness", witness]).fault().contains("verifier key"));
    let gone = logged.home.path().join("gone");
    assert!(logged.monitor(text(&gone), &state, &[]).fault().contains("does not have this file"));
    fs::write(&state, "{}").unwrap();
    assert!(logged.monitor(text(&second), &state, &[]).fault().contains("state.json"));
}

#[tokio::test]
async fn a_log_key_that_is_not_the_logs_signs_nothing() {
    let logged = Logged::new(1).await;
    logged.command("checkpoint", &[]).good();
    let key = logged.home.data("keys/log.pem");
    fs::remove_file(&key).unwrap();
    let ran = logged.command("checkpoint", &[]);
    assert!(ran.fault().contains("keys/log.pem"), "{ran:?}");
}

#[tokio::test]
async fn the_proof_of_a_draw_commitment_is_written_at_the_command_line() {
    let logged = Logged::new(1).await;
    let sittings = logged.home.store();
    let sittings = storage::Store::sittings(&sittings, &storage::TenantId("demo".into())).await.unwrap();
    let out = logged.home.path().join("commitment.tlog-proof");
    logged.command("prove", &["--sitting", &sittings[0].id, "--out", text(&out)]).good();
    let proof = TlogProof::parse(&fs::read(&out).unwrap()).unwrap();
    let record = Recorded::parse(proof.extra.as_deref().unwrap()).unwrap();
    let log = Verifier::parse(&logged.key).unwrap();
    proof.verify(&record.entry, &LogPolicy::parse(log.name(), &logged.key, &[], 0).unwrap()).unwrap();
    assert!(logged.command("prove", &["MINI-0000-0000-0000-0"]).fault().contains("nothing of this name"));
    assert!(logged.command("prove", &["rubbish"]).fault().len() > 10);
}

/// Serves something on a free port until the test ends.
async fn listen(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A witness of this log, and the address that it listens at.
async fn witness(folder: &Path, log: &str) -> (SocketAddr, String) {
    if !folder.exists() {
        Witness::create(folder, "witness.example").unwrap();
    }
    let log = Verifier::parse(log).unwrap();
    let witness = Arc::new(Witness::open(folder, &[log], Arc::new(SystemClock)).unwrap());
    let key = witness.vkey();
    (listen(witness.router()).await, key)
}

/// Has a data directory ask this witness.
fn asks(home: &Home, (address, key): &(SocketAddr, String)) {
    let file = home.data("invigil.toml");
    let config = fs::read_to_string(&file).unwrap();
    let config = config.split("\n[[log.witness]]").next().unwrap().to_owned();
    fs::write(&file, format!("{config}\n[[log.witness]]\nurl = \"http://{address}\"\nkey = \"{key}\"\n")).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_witness_cosigns_a_log_that_grows_and_refuses_one_that_was_set_back() {
    let logged = Logged::new(2).await;
    let folder = logged.home.path().join("witness");
    let watching = witness(&folder, &logged.key).await;
    asks(&logged.home, &watching);
    let said = logged.command("checkpoint", &["--ask"]).good();
    assert!(said.contains("— witness.example "), "{said}");
    let policy = |quorum| {
        let log = Verifier::parse(&logged.key).unwrap();
        LogPolicy::parse(log.name(), &logged.key, std::slice::from_ref(&watching.1), quorum).unwrap()
    };
    assert!(policy(1).check(said.as_bytes()).unwrap().quorum);
    let early = logged.home.path().join("early.db");
    fs::copy(logged.home.data("invigil.db"), &early).unwrap();

    logged.more(3).await;
    assert!(logged.command("checkpoint", &["--ask"]).good().contains("\n5\n"));
    // What nobody has cosigned yet is not what is published.
    logged.more(1).await;
    let said = logged.command("checkpoint", &[]).good();
    assert!(said.contains("\n5\n"), "{said}");
    let files = logged.export("files");
    let state = logged.home.path().join("state.json");
    let said = logged.monitor(text(&files), &state, &["--witness", &watching.1]).good();
    assert!(said.contains("5 entries"), "{said}");
    logged.command("checkpoint", &["--ask"]).good();

    // An older copy of the data is put back, and the office goes on.
    fs::copy(&early, logged.home.data("invigil.db")).unwrap();
    logged.more(1).await;
    let ran = logged.command("checkpoint", &["--ask"]);
    assert!(ran.fault().contains("it has seen 6 entries"), "{ran:?}");
    logged.more(6).await;
    let ran = logged.command("checkpoint", &["--ask"]);
    assert!(ran.fault().contains("forked") || ran.fault().contains("did not cosign"), "{ran:?}");
}

/// Puts a request to a witness; status, media type, and body.
async fn put(address: SocketAddr, body: &str) -> (u16, String, String) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head =
        format!("POST /add-checkpoint HTTP/1.1\r\nhost: w\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let kind = head.lines().find_map(|line| line.strip_prefix("content-type: ")).unwrap_or_default();
    (status, kind.to_owned(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_witness_answers_as_the_specification_says_and_forgets_nothing() {
    let logged = Logged::new(2).await;
    let folder = logged.home.path().join("witness");
    let (address, key) = witness(&folder, &logged.key).await;
    let checkpoint = logged.command("checkpoint", &[]).good();
    let (status, _, line) = put(address, &format!("old 0\n\n{checkpoint}")).await;
    assert_eq!(status, 200, "{line}");
    let log = Verifier::parse(&logged.key).unwrap();
    let policy = LogPolicy::parse(log.name(), &logged.key, std::slice::from_ref(&key), 1).unwrap();
    assert!(policy.check(format!("{checkpoint}{line}").as_bytes()).unwrap().quorum);
    let conflict = (409, "text/x.tlog.size".to_owned(), "2\n".to_owned());
    assert_eq!(put(address, &format!("old 0\n\n{checkpoint}")).await, conflict);
    assert_eq!(put(address, &format!("old 2\n\n{checkpoint}")).await.0, 200, "the same again");
    assert_eq!(put(address, &format!("old 3\n\n{checkpoint}")).await.0, 400);
    assert_eq!(put(address, "rubbish").await.0, 400);
    let unknown = checkpoint.replacen("demo.invigil.example", "other.example", 1);
    assert_eq!(put(address, &format!("old 2\n\n{unknown}")).await.0, 404);
    let forged = checkpoint.replacen("\n2\n", "\n3\n", 1);
    assert_eq!(put(address, &format!("old 2\n\n{forged}")).await.0, 403);
    logged.more(1).await;
    let next = logged.command("checkpoint", &[]).good();
    let hash = "A".repeat(43) + "=";
    assert_eq!(put(address, &format!("old 2\n{hash}\n\n{next}")).await.0, 422);

    // Another process cannot share its memory, and one without a memory does not begin.
    let open = || Witness::open(&folder, std::slice::from_ref(&log), Arc::new(SystemClock));
    assert!(open().err().unwrap().to_string().contains("another witness"));
    let copy = logged.home.path().join("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(folder.join("witness.pem"), copy.join("witness.pem")).unwrap();
    let amnesiac = Witness::open(&copy, std::slice::from_ref(&log), Arc::new(SystemClock));
    assert!(amnesiac.err().unwrap().to_string().contains("seen.json"));
    fs::copy(folder.join("seen.json"), copy.join("seen.json")).unwrap();
    let (restarted, same) = witness(&copy, &logged.key).await;
    assert_eq!(same, key);
    assert_eq!(put(restarted, &format!("old 0\n\n{checkpoint}")).await, conflict);
    assert!(Witness::create(&copy, "witness.example").is_err(), "nothing is overwritten");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_runs_logs_and_is_cosigned_by_itself() {
    use crate::fixture::Program;
    let home = Home::new();
    let key = home_key(&home);
    let watching = witness(&home.path().join("witness"), &key).await;
    asks(&home, &watching);
    home.schedule(&[place("c", "Alex", "Alex")]).await;
    let server = Program::serve(&home, "warn", &[]);
    let place = format!("http://127.0.0.1:{}/log", server.port);
    let state = home.path().join("state.json");
    let mut tries = 0;
    loop {
        let ran = invigil(["log", "monitor", &place, "--log", &key, "--witness", &watching.1, "--state", text(&state)]);
        if ran.code == Some(0) {
            assert!(ran.stdout.contains("1 entries, 1 new"), "{ran:?}");
            break;
        }
        assert!(ran.code == Some(1) && tries < 100, "{ran:?} {}", server.log());
        tries += 1;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let said = invigil(["log", "verify", "--from", &place, "--log", &key, "--witness", &watching.1]).good();
    assert!(said.contains("cosigned by witness.example"), "{said}");
}

#[test]
fn the_samples_hold_a_log_and_its_proofs() {
    let home = Home::new();
    let (bank, folder) = (home.path().join("bank"), home.path().join("samples"));
    invigil(["demo", "files", "--bank", text(&bank), "--out", text(&folder)]).good();
    let file = |name: &str| text(&folder.join(name)).to_owned();
    let verify = |credential: &str, proof: &str| {
        let trust = file("trust.json");
        invigil(["certificate", "verify", "--trust", &trust, "--log-proof", &file(proof), &file(credential)])
    };
    let said = verify("certificate.json", "certificate.tlog-proof").good();
    assert!(said.contains("an independent witness had seen it there by"), "{said}");
    verify("cpd-record.json", "cpd-record.tlog-proof").good();
    // Revoked, and logged as it was issued.
    let ran = verify("certificate-revoked.json", "certificate-revoked.tlog-proof");
    assert!(ran.fault().contains("revoked") && ran.stdout.contains("public log"), "{ran:?}");
    assert!(verify("certificate.json", "cpd-record.tlog-proof").fault().contains("another document"));
    assert!(verify("certificate.json", "trust.json").fault().contains("no proof of a transparency log"));
    let trust: Value = serde_json::from_slice(&fs::read(folder.join("trust.json")).unwrap()).unwrap();
    let log = &trust["logs"][0];
    let (key, witness) = (log["key"].as_str().unwrap(), log["witnesses"][0].as_str().unwrap());
    let said = invigil(["log", "verify", "--from", &file("log"), "--log", key, "--witness", witness]).good();
    assert!(said.contains("4 issuance"), "{said}");
}
