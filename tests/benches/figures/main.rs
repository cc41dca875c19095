//! The figures of docs/BENCHMARKS.md, as Markdown on standard output. Measured, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and ends where something is wrong")]

mod assembling;
mod banks;
mod collecting;
mod logging;

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chrono::Utc;
use ed25519_dalek::Signer as _;
use question_bank::{
    Bank, BankSecret, CandidateSecret, Drawer, HashedBank, SourceFile,
    draw2::{Earlier, Prepared},
    vectors::DrawVectors2,
};
use serde_json::{Value, json};
use server::{
    data::Config,
    issue::{Award, Issuer},
};
use signing::{keys::SigningKey, verify::verify};
use tests::{browser::Browser, candidate, server::Server};

/// How long each of the native figures is measured.
const TIME: Duration = Duration::from_secs(3);
/// Answers given in the browser.
const ANSWERS: usize = 400;
/// How often each page is opened in a fresh browser.
const STARTS: usize = 5;

fn main() {
    println!("| figure | measured | note |\n|---|---|---|");
    if std::env::args().any(|argument| argument == "collecting") {
        return collecting::measure(row);
    }
    let content = root().join("question-bank/content/caisp");
    if std::env::args().any(|argument| argument == "banks") {
        return banks::measure(row, &content);
    }
    if std::env::args().any(|argument| argument == "assembling") {
        return assembling::measure(row);
    }
    if std::env::args().any(|argument| argument == "logging") {
        return logging::measure(row);
    }
    native();
    logging::measure(row);
    banks::measure(row, &content);
    assembling::measure(row);
    collecting::measure(row);
    sizes();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(browser());
}

fn row(figure: &str, measured: &str, note: &str) {
    println!("| {figure} | {measured} | {note} |");
}

/// Runs something over and over on this one thread; how often it ran a second.
fn per_second(mut work: impl FnMut(u64)) -> f64 {
    work(0);
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < TIME {
        count += 1;
        work(count);
    }
    count as f64 / start.elapsed().as_secs_f64()
}

fn native() {
    let bank = bank(&BankSecret::new([3; 32]));
    let (pool, _) = bank.pool(Utc::now().date_naive());
    let blueprint = bank.scheme().blueprint();
    let drawer = Drawer::new(&pool, &blueprint).unwrap();
    let secret = |n: u64| {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&n.to_le_bytes());
        CandidateSecret::new(bytes)
    };
    let draws = per_second(|n| drop(black_box(drawer.draw(&secret(n), "bench").unwrap())));
    row("draws by invigil-draw-1", &format!("{draws:.0}/s"), "80 items under the blueprint, one core");
    let known = fs::read(root().join("docs/vectors/draw/v2-bank.json")).unwrap();
    let known: DrawVectors2 = serde_json::from_slice(&known).unwrap();
    let prepared = Prepared::new(&known.pool, &known.blueprint, &Earlier::none()).unwrap();
    let draws = per_second(|n| drop(black_box(prepared.draw(&secret(n), "bench").unwrap())));
    let note = "85 items of 424 under all constraints (docs/vectors/draw/v2-bank.json), one core; aim 30,000/s";
    row("draws by invigil-draw-2", &format!("{draws:.0}/s"), note);
    let drawing = bank.drawing(Utc::now().date_naive()).unwrap();
    let forms = per_second(|n| drop(black_box(drawing.draw(&secret(n), "bench", &Earlier::none()).unwrap())));
    row("forms", &format!("{forms:.0}/s"), "CAISP: draw, then questions put together and relabelled, one core");

    let plain = ed25519_dalek::SigningKey::from_bytes(&[7; 32]);
    let config = Config::demonstration("http://localhost:8080");
    let issuer = Issuer::new(SigningKey::from_seed([7; 32]), &config).unwrap();
    let award = Award {
        scheme: bank.scheme(),
        candidate_ref: "bench",
        holder: "Alex Sample",
        last_name: "Sample",
        decided_at: Utc::now(),
        status: None,
    };
    let signed = per_second(|n| {
        black_box(plain.sign(&n.to_le_bytes()));
    });
    let issued = per_second(|_| drop(black_box(issuer.issue(&award).unwrap())));
    let note = format!(
        "certificate and CPD record, both signed; {:.1} % of what four bare Ed25519 signatures allow",
        issued / signed * 400.0
    );
    row("certificates issued", &format!("{issued:.0}/s"), &note);

    let certificate = issuer.issue(&award).unwrap();
    let (file, trust) = (certificate.certificate.as_bytes(), issuer.trust_bundle(Utc::now()));
    let (message, public) = ([0; 64], plain.verifying_key());
    let signature = plain.sign(&message);
    let bare = per_second(|_| black_box(public.verify_strict(&message, &signature)).unwrap());
    let verified = per_second(|_| assert!(black_box(verify(file, &trust, Utc::now())).valid));
    let note = format!("all steps, one core; {:.0} % of bare Ed25519 verification", verified / bare * 100.0);
    row("certificates verified", &format!("{verified:.0}/s"), &note);
    let pages = per_second(|_| drop(black_box(issuer.pdf(&certificate).unwrap())));
    row("certificate PDFs", &format!("{pages:.0}/s"), "one core");
}

fn bank(secret: &BankSecret) -> HashedBank {
    let folder = root().join("question-bank/content/caisp");
    let mut files = Vec::new();
    for place in ["", "items/", "scenarios/"] {
        for entry in fs::read_dir(folder.join(place)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                files.push(SourceFile::new(format!("{place}{name}"), fs::read(&path).unwrap()));
            }
        }
    }
    let (bank, _) = Bank::load(&files, Utc::now().date_naive());
    HashedBank::new(bank, secret).unwrap()
}

fn sizes() {
    let dist = std::env::var_os("INVIGIL_WEB").map_or_else(|| root().join("target/dist"), PathBuf::from);
    let size = |page: &str, is_it: fn(&str) -> bool| -> f64 {
        let entries = fs::read_dir(dist.join(page)).unwrap().map(|entry| entry.unwrap().path());
        let file = entries.into_iter().find(|path| is_it(path.file_name().unwrap().to_str().unwrap())).unwrap();
        fs::metadata(file).unwrap().len() as f64 / 1_000.0
    };
    let main = |name: &str| name.ends_with(".wasm.br") && !name.starts_with("worker");
    row("candidate.html, wasm", &format!("{:.0} kB", size("candidate", main)), "brotli; aim 250 kB");
    row("verify.html, wasm", &format!("{:.0} kB", size("verify", main)), "brotli; aim 250 kB");
    let worker = |name: &str| name == "worker_bg.wasm.br";
    row("worker with SQLite and sealing, wasm", &format!("{:.0} kB", size("candidate", worker)), "brotli; aim 550 kB");
}

async fn browser() {
    let server = Server::start();
    for (page, path, ready) in [("candidate", "/", "#admission-code"), ("verify", "/verify", "#file")] {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            times.push(cold_start(&server.address(path), ready).await);
        }
        let note = "median of five, fresh profile, loopback: from navigation to the field one types into";
        row(&format!("{page} page, cold start"), &format!("{:.0} ms", quantile(&mut times, 0.5)), note);
    }
    let browser = Browser::open().await;
    browser.goto(&server.address("/verify")).await;
    browser.find("#file").await;
    let mut times = milliseconds(&browser.promise(COMMITS, vec![ANSWERS.into()]).await);
    let (p50, p95) = (quantile(&mut times, 0.5), quantile(&mut times, 0.95));
    let note = "one transaction in the worker, OPFS, synchronous=FULL: message out to message back; aim p95 ≤ 8 ms";
    row("commit in the browser", &format!("p50 {p50:.1} ms, p95 {p95:.1} ms"), note);
    candidate::enter(&browser, &server, "Alex Sample").await;
    // A click to the moment the page shows the option as chosen, which it does after the commit.
    let measure = "async count => {
        const rows = [...document.querySelectorAll('.choice-row')].slice(0, 2);
        const times = [];
        for (let n = 0; n < count; n++) {
            const row = rows[n % 2];
            const shown = new Promise(done => {
                const watch = new MutationObserver(() => {
                    if (!row.classList.contains('chosen')) return;
                    watch.disconnect();
                    done(performance.now());
                });
                watch.observe(row, {attributes: true, attributeFilter: ['class']});
            });
            const start = performance.now();
            row.querySelector('input').click();
            times.push(await shown - start);
            // A person reads on before the next answer; what follows a commit must not be counted into the next one.
            await new Promise(go => setTimeout(go, 20));
        }
        return times;
    }";
    let mut times = milliseconds(&browser.promise(measure, vec![ANSWERS.into()]).await);
    // The first answers wait for the database's pages to be read.
    let mut times = times.split_off(20);
    let (p50, p95) = (quantile(&mut times, 0.5), quantile(&mut times, 0.95));
    let note = "click to «chosen» on the page, with the commit in between and the upload beside it";
    row("answer in the browser", &format!("p50 {p50:.1} ms, p95 {p95:.1} ms"), note);
}

/// Starts the worker by itself and has it make one real commit after another.
const COMMITS: &str = "async count => {
    const worker = new Worker('/app/candidate/worker_loader.js', {type: 'module'});
    let told;
    worker.onmessage = message => told(message.data);
    const next = () => new Promise(go => told = go);
    await next();
    const times = [];
    for (let id = 1; id <= count; id++) {
        const start = performance.now();
        worker.postMessage(JSON.stringify({id, verb: {verb: 'probe'}}));
        await next();
        times.push(performance.now() - start);
        await new Promise(go => setTimeout(go, 10));
    }
    worker.terminate();
    return times;
}";

fn milliseconds(times: &Value) -> Vec<f64> {
    times.as_array().unwrap().iter().map(|time| time.as_f64().unwrap()).collect()
}

/// Milliseconds from the start of the navigation until there is an element of this kind, by the page's own clock.
async fn cold_start(address: &str, ready: &str) -> f64 {
    let browser = Browser::open().await;
    let watch = format!(
        "new MutationObserver(() => {{
            if (!window.readyAt && document.querySelector({ready:?})) window.readyAt = performance.now();
        }}).observe(document, {{childList: true, subtree: true}})"
    );
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": watch})).await;
    browser.goto(address).await;
    browser.find(ready).await;
    let at = browser.client.execute("return window.readyAt", Vec::new()).await.unwrap();
    browser.client.clone().close().await.unwrap();
    at.as_f64().unwrap()
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}
