//! How many certificates a second are signed and verified in each form, beside the libraries of npm in the same run: rows of
//! docs/BENCHMARKS.md on standard output. Measured, never asserted.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and ends where something is wrong")]
#![expect(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use std::{
    env,
    hint::black_box,
    io::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use signing::{
    credential::{Certificate, Common, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    jose::{VcJwt, sign_vc, to_jwk},
    json,
    keys::SigningKey,
    proof::{self, Options, Suite},
    verify::{TrustBundle, TrustedIssuer, verify},
};

/// How long each figure is measured.
const TIME: Duration = Duration::from_secs(3);
const SEED: [u8; 32] = [7; 32];

fn main() {
    ours(&Figures::of_npm().unwrap_or_default());
}

/// What the libraries of npm did a second.
#[derive(Default)]
struct Figures(Value);

impl Figures {
    fn of_npm() -> Option<Self> {
        env::var_os("INVIGIL_NODE_MODULES")?;
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop");
        let mut node = Command::new("node");
        node.arg("bench.mjs").current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut node = node.spawn().unwrap();
        let mut asked = json!({
            "did": did().as_str(), "key": key().public().to_string(), "seed": hex::encode(SEED), "seconds": 3,
            "credential": document(), "rdfc": signed(Suite::Rdfc), "jcs": signed(Suite::Jcs), "jwt": token(),
            "jwk": to_jwk(&key().public()),
        });
        asked["jwk"]["d"] = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, SEED).into();
        node.stdin.take().unwrap().write_all(asked.to_string().as_bytes()).unwrap();
        let output = node.wait_with_output().unwrap();
        assert!(output.status.success(), "bench.mjs");
        Some(Self(serde_json::from_slice(&output.stdout).unwrap()))
    }

    /// The note of a row of ours, beside this figure of theirs.
    fn beside(&self, ours: f64, name: &str, library: &str) -> String {
        match self.0[name].as_f64() {
            Some(theirs) => format!("{:.1} times {library}, which did {theirs:.0}/s in this run", ours / theirs),
            None => format!("{library} is not installed"),
        }
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_000_000, 0).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed(SEED)
}

fn did() -> DidWeb {
    DidWeb::from_host("issuer.example").unwrap()
}

fn method() -> String {
    method_id(&did(), &key().public())
}

fn document() -> Value {
    let issuer = IssuerProfile { did: did().to_string(), name: "Example Body".into() };
    let common = Common {
        id: "urn:uuid:1",
        issuer: &issuer,
        holder: "Alex Sample",
        number: "CAISP-0000-0000-0000-0",
        scheme: "caisp",
        edition: "1",
        title: "Certified AI Security Professional",
        valid_from: now(),
        demonstration: false,
        status: None,
    };
    let (valid_until, scheme) = (now() + chrono::Duration::days(1_000), SchemeFacts::default());
    Certificate { common, valid_until, criteria: "Passed the exam.", scheme }.document()
}

fn signed(suite: Suite) -> Value {
    proof::add(document(), suite, &Options::assertion(&method(), now()), &key()).unwrap()
}

fn token() -> String {
    sign_vc(&document(), &method(), &key(), now()).unwrap()
}

/// Runs something over and over on this one thread; how often it ran a second.
fn per_second(mut work: impl FnMut()) -> f64 {
    work();
    let start = Instant::now();
    let mut count = 0;
    while start.elapsed() < TIME {
        count += 1;
        work();
    }
    f64::from(count) / start.elapsed().as_secs_f64()
}

fn row(figure: &str, a_second: f64, note: &str) {
    println!("| {figure} | {a_second:.0}/s | {note} |");
}

const CREDENTIALS: &str = "@digitalbazaar/vc";

fn ours(theirs: &Figures) {
    let (key, method, document) = (key(), method(), document());
    let (public, message) = (key.public(), [0; 64]);
    let signature = key.sign(&message);
    let bare_sign = per_second(|| {
        black_box(key.sign(black_box(&message)));
    });
    // Measured again beside each figure that is compared with it: other programs come and go.
    let bare = || per_second(|| assert!(black_box(public.verifies(black_box(&message), &signature))));
    row("bare Ed25519 signatures", bare_sign, "of 64 bytes, one core");
    row("bare strict Ed25519 verifications", bare(), "of 64 bytes, one core");

    let options = Options::assertion(&method, now());
    for (suite, name) in [(Suite::Rdfc, "rdfc"), (Suite::Jcs, "jcs")] {
        let issued = per_second(|| {
            drop(black_box(proof::add(document.clone(), suite, &options, &key).unwrap()));
        });
        let note = theirs.beside(issued, &format!("issue_{name}"), CREDENTIALS);
        row(&format!("certificates signed, {}", suite.name()), issued, &format!("{note}; one proof, one core"));
    }
    let issued = per_second(|| drop(black_box(sign_vc(&document, &method, &key, now()).unwrap())));
    let note = theirs.beside(issued, "issue_jwt", "jose");
    row("certificates signed, vc+jwt", issued, &format!("{note}; one core"));

    for (suite, name, aim) in [(Suite::Rdfc, "rdfc", "aim 5,000/s"), (Suite::Jcs, "jcs", "aim 1.5 times")] {
        let bare = bare();
        let bytes = serde_json::to_vec(&signed(suite)).unwrap();
        let verified = per_second(|| {
            let document = json::parse(black_box(&bytes)).unwrap();
            proof::proofs(&document).unwrap()[0].verify(&document, &public).unwrap();
        });
        let note = theirs.beside(verified, &format!("verify_{name}"), CREDENTIALS);
        let note = format!(
            "{note}; read and one proof checked, {:.2} times the time of a bare verification; {aim}",
            bare / verified
        );
        row(&format!("certificates verified, {}", suite.name()), verified, &note);
    }
    let (token, bare) = (token(), bare());
    let verified = per_second(|| VcJwt::read(black_box(&token)).unwrap().verify(&public).unwrap());
    let note = theirs.beside(verified, "verify_jwt", "jose");
    let note = format!(
        "{note}; read, claims compared and signature checked, {:.2} times the time of a bare verification",
        bare / verified
    );
    row("certificates verified, vc+jwt", verified, &note);

    let issuers = vec![TrustedIssuer::new("Example Body", DidDocument::new(&did(), &[public]))];
    let trust = TrustBundle::new(now(), issuers);
    let both = serde_json::to_vec(&proof::sign(document, &key, &method, now()).unwrap()).unwrap();
    for (name, bytes) in [("both proofs", both.as_slice()), ("vc+jwt", token.as_bytes())] {
        let verified = per_second(|| assert!(black_box(verify(black_box(bytes), &trust, now())).valid));
        row(&format!("certificates verified, all steps, {name}"), verified, "with the report, one core");
    }
}
