//! Commands that people and scripts run: exit codes, and one clear line when something is wrong.

use std::{fs, path::Path};

use api::SittingRow;
use chrono::{Duration, Utc};
use question_bank::{CandidateSecret, Reveal};
use serde_json::Value;
use server::engine::Place;
use signing::verify::{Report, selective::SelectiveReport};
use sitting::{JournalFault, LineFault, Package, Sitting};

use crate::fixture::{Home, invigil, place};

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_sound_bank_passes_and_a_broken_one_is_listed_by_file_and_line() {
    let home = Home::new();
    let bank = home.path().join("bank");
    let said = invigil(["bank", "lint", "--bank", text(&bank)]).good();
    assert!(said.contains("15 items, 1 scenario sets, 0 errors"), "{said}");

    let item = bank.join("items/bank-d1-02.toml");
    let broken = fs::read_to_string(&item).unwrap().replace("domain = \"D1\"", "domain = \"D9\"");
    let line = broken.lines().position(|line| line.contains("D9")).unwrap() + 1;
    fs::write(&item, broken).unwrap();
    fs::write(bank.join("items/bank-d1-03.toml"), b"\xff").unwrap();
    let ran = invigil(["bank", "lint", "--bank", text(&bank)]);
    assert!(ran.fault().contains("findings are errors"), "{ran:?}");
    assert!(ran.stdout.contains(&format!("items/bank-d1-02.toml:{line}: error[unknown-domain]")), "{}", ran.stdout);
    assert!(ran.stdout.contains("items/bank-d1-03.toml:1: error[not-utf8]"), "{}", ran.stdout);

    let ran = invigil(["bank", "lint", "--json", "--bank", text(&bank)]);
    assert_eq!(ran.code, Some(1));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let findings = report["faults"].as_array().unwrap();
    assert!(findings.iter().any(|f| f["file"] == "items/bank-d1-02.toml" && f["line"] == line), "{findings:?}");
    assert!(invigil(["bank", "lint", "--bank", "/nowhere"]).fault().contains("/nowhere"));
}

#[test]
fn a_bank_is_counted_and_what_it_covers_is_what_its_document_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let caisp = root.join("question-bank/content/caisp");
    let said = invigil(["bank", "stats", "--markdown", "--bank", text(&caisp)]).good();
    let document = fs::read_to_string(root.join("docs/CAISP-COVERAGE.md")).unwrap();
    assert!(said == document, "write docs/CAISP-COVERAGE.md anew: invigil bank stats --markdown");

    let ran = invigil(["bank", "stats", "--json", "--bank", text(&caisp)]);
    let stats: Value = serde_json::from_str(&ran.good()).unwrap();
    let domains = stats["domains"].as_array().unwrap();
    let is_enough = |of: &&Value| of["items"].as_u64() >= of["quota"].as_u64().map(|quota| quota * 3);
    assert_eq!(domains.iter().filter(is_enough).count(), 7, "{stats:#}");
    assert_eq!(stats["without_subject"], Value::Array(Vec::new()));

    let home = Home::new();
    let bank = home.path().join("bank");
    let said = invigil(["bank", "stats", "--bank", text(&bank)]).good();
    assert!(said.starts_with("15 items, "), "{said}");
    fs::write(bank.join("items/bank-d1-03.toml"), b"\xff").unwrap();
    assert!(invigil(["bank", "stats", "--bank", text(&bank)]).fault().contains("bank lint"));
}

/// One of every file that is issued, in a folder.
fn samples(home: &Home) -> std::path::PathBuf {
    let (bank, out) = (home.path().join("bank"), home.path().join("samples"));
    invigil(["demo", "files", "--bank", text(&bank), "--out", text(&out)]).good();
    out
}

#[test]
fn every_sample_file_comes_out_as_its_index_says() {
    let home = Home::new();
    let folder = samples(&home);
    let trust = folder.join("trust.json");
    let index: Value = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
    let mut seen = Vec::new();
    for entry in index["files"].as_array().unwrap() {
        let file = folder.join(entry["file"].as_str().unwrap());
        assert!(file.exists(), "{entry}");
        let Some(expected) = entry["expect"].as_str() else { continue };
        let kind = entry["kind"].as_str().unwrap();
        if !["certificate", "cpd_record", "badge"].iter().any(|known| kind.starts_with(known)) {
            continue;
        }
        let ran = invigil(["certificate", "verify", "--json", "--trust", text(&trust), text(&file)]);
        let report: Report = serde_json::from_str(&ran.stdout).unwrap();
        let failed = report.steps.iter().find(|step| step.outcome == signing::verify::StepOutcome::Failed);
        let failed = failed.map(|step| serde_json::to_value(step.step).unwrap());
        let otherwise = if report.valid { "valid" } else { "undetermined" };
        assert_eq!(
            failed.as_ref().and_then(Value::as_str).unwrap_or(otherwise),
            expected,
            "{entry} {}",
            report.summary
        );
        assert_eq!(ran.code, Some(i32::from(expected != "valid")), "{entry}");
        if expected != "valid" {
            assert_eq!(ran.fault(), report.summary);
        }
        seen.push(expected.to_owned());
    }
    for expected in ["valid", "signature", "not_expired", "valid_from", "issuer", "key", "revocation", "undetermined"] {
        assert!(seen.iter().any(|seen| seen == expected), "{expected}");
    }
}

#[test]
fn the_sample_of_a_badge_is_its_holders_and_nobody_elses() {
    let home = Home::new();
    let folder = samples(&home);
    let (trust, salt) = (folder.join("trust.json"), fs::read_to_string(folder.join("badge-salt.txt")).unwrap());
    let ask = |file: &str, name: &str, salt: &str| {
        let file = folder.join(file);
        let words = ["certificate", "verify", "--trust", text(&trust), "--holder", name, "--salt", salt, text(&file)];
        invigil(words)
    };
    for file in ["badge.json", "badge.png", "badge.svg"] {
        assert!(ask(file, "Alex Sample", salt.trim()).good().contains("It is the badge of Alex Sample"));
        let whole = fs::read(folder.join(file)).unwrap();
        assert!(!whole.windows(6).any(|window| window == b"Sample"), "{file} names its holder");
    }
    assert!(ask("badge.png", "Alex Simple", salt.trim()).fault().contains("not the badge of Alex Simple"));
    assert!(ask("badge.png", "Alex Sample", "AAAAAAAAAAAAAAAAAAAAAA").fault().contains("the salt is another"));
    assert!(ask("certificate.png", "Alex Sample", salt.trim()).fault().contains("no badge without a name"));
}

#[test]
fn every_sample_of_what_a_holder_shows_comes_out_as_its_index_says() {
    let home = Home::new();
    let folder = samples(&home);
    let read = |name: &str| -> Value { serde_json::from_slice(&fs::read(folder.join(name)).unwrap()).unwrap() };
    let (question, trust) = (read("question.json"), folder.join("trust.json"));
    let asked = ["--audience", question["audience"].as_str().unwrap(), "--nonce", question["nonce"].as_str().unwrap()];
    let mut seen = Vec::new();
    for entry in read("index.json")["files"].as_array().unwrap().iter().filter(|entry| entry["kind"] == "presentation")
    {
        let file = folder.join(entry["file"].as_str().unwrap());
        let verify = ["certificate", "selective", "verify", "--json", "--trust", text(&trust), text(&file)];
        let ran = invigil(verify.into_iter().chain(asked));
        let report: SelectiveReport = serde_json::from_str(&ran.stdout).unwrap();
        let failed = report.steps.iter().find(|step| step.outcome == signing::verify::StepOutcome::Failed);
        let came_out = failed.map_or("valid".into(), |step| serde_json::to_value(step.step).unwrap());
        assert_eq!(came_out, entry["expect"], "{entry} {}", report.summary);
        seen.push(entry["expect"].as_str().unwrap().to_owned());
    }
    for expected in ["valid", "holder", "disclosures", "revocation"] {
        assert!(seen.iter().any(|seen| seen == expected), "{expected}");
    }
    // Shown anew, with as much as the holder likes.
    let (whole, key, shown) = (folder.join("certificate.sd-jwt"), folder.join("holder.pem"), home.path().join("shown"));
    let present = |show: &[&str]| {
        let command = ["certificate", "selective", "present", text(&whole), "--key", text(&key)];
        let ran = invigil(command.into_iter().chain(asked).chain(show.iter().copied()));
        fs::write(&shown, ran.good()).unwrap();
        invigil(["certificate", "selective", "verify", "--trust", text(&trust), text(&shown)].into_iter().chain(asked))
            .good()
    };
    let said = present(&[]);
    assert!(said.contains("holds ") && said.contains("valid on") && !said.contains("Alex"), "{said}");
    let said = present(&["--show", "name,number"]);
    assert!(said.contains("name: Alex Sample") && !said.contains("valid_from"), "{said}");
    let nothing = invigil(["certificate", "verify", "--trust", text(&trust), text(&shown)]);
    assert!(nothing.fault().contains("selective verify"), "{nothing:?}");
}

#[test]
fn a_key_of_a_holder_is_made_once_and_proven_to_one_issuer() {
    let home = Home::new();
    let key = home.path().join("holder.pem");
    invigil(["certificate", "selective", "key", "--out", text(&key)]).good();
    assert!(invigil(["certificate", "selective", "key", "--out", text(&key)]).fault().contains(text(&key)));
    let proof = home.path().join("proof");
    let prove = ["certificate", "selective", "prove", "--key", text(&key), "--issuer", "did:web:x.example"];
    fs::write(&proof, invigil(prove).good()).unwrap();
    let issue = ["certificate", "selective", "issue", "MINI-0000-0000-0000-0", "--proof", text(&proof)];
    let ran = invigil(issue.into_iter().chain(["--data", text(&home.data(""))]));
    assert!(ran.fault().contains("no certificate"), "{ran:?}");
}

#[test]
fn the_tampered_sample_of_a_journal_breaks_its_chain_and_nothing_else() {
    let home = Home::new();
    let folder = samples(&home);
    let package = Package::read(&fs::read(folder.join("sitting.invigil-package")).unwrap()).unwrap();
    let accepted = |file: &str| {
        let mut sitting = Sitting::new(package.manifest.document.clone()).unwrap();
        let lines = fs::read_to_string(folder.join(file)).unwrap();
        let outcome = sitting.accept_all(lines.lines());
        (outcome, lines)
    };
    assert_eq!(accepted("journal.jsonl").0, Ok(()));
    let (refused, lines) = accepted("journal-tampered.jsonl");
    let changed = lines.lines().position(|line| line.contains(r#""response":[]"#)).unwrap() as u64 + 1;
    assert_eq!(refused, Err(JournalFault { seq: changed + 1, fault: LineFault::Prev }));
}

#[test]
fn what_a_sitting_leaves_holds_together_and_each_tampered_sample_is_found_out() {
    let home = Home::new();
    let folder = samples(&home);
    let trust = folder.join("trust.json");
    let check = |files: &[&str]| {
        let files = files.iter().map(|file| text(&folder.join(file)).to_owned());
        invigil(["sitting", "check", "--trust", text(&trust)].map(str::to_owned).into_iter().chain(files))
    };
    let all = ["sitting.invigil-package", "sitting.invigil-response", "receipt.json", "acknowledgement.json"];
    let said = check(&all).good();
    assert!(said.contains("holds exactly what was handed in") && !said.contains("FAILED"), "{said}");

    let index: Value = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
    let mut seen = 0;
    for entry in index["files"].as_array().unwrap() {
        let (file, kind) = (entry["file"].as_str().unwrap(), entry["kind"].as_str().unwrap());
        if !["package", "response", "receipt", "acknowledgement"].contains(&kind) {
            continue;
        }
        match entry["expect"].as_str().unwrap() {
            "valid" => drop(check(&[file]).good()),
            // What is sealed in it is for the exam body alone to open.
            "damaged" => assert!(check(&[file]).good().contains("is checked when it is collected"), "{entry}"),
            wrong => {
                let words = match wrong {
                    "signature" => "was changed after it was signed",
                    "other_payload" => "the sealed part is not the one that its manifest names",
                    "incomplete" => "the file is incomplete",
                    other => panic!("{other}"),
                };
                let ran = check(&[file]);
                let said = format!("{}{}", ran.stdout, ran.fault());
                assert!(said.contains(words), "{entry} {said}");
            }
        }
        seen += 1;
    }
    assert!(seen >= 10, "{seen}");
}

#[test]
fn what_is_no_certificate_is_verified_without_harm() {
    let home = Home::new();
    let trust = samples(&home).join("trust.json");
    let file = home.path().join("file");
    let verify = |content: &[u8]| {
        fs::write(&file, content).unwrap();
        invigil(["certificate", "verify", "--trust", text(&trust), text(&file)])
    };
    for (content, word) in [
        (b"".to_vec(), "could not be read"),
        (b"hello".to_vec(), "could not be read"),
        (vec![0xff; 1_000], "could not be read"),
        (vec![b'['; 10_000], "64 deep"),
        ("{\"a\":".repeat(10_000).into_bytes(), "64 deep"),
        (vec![b' '; 64 * 1024 * 1024], "too large"),
        (b"{}".to_vec(), "neither a certificate nor a CPD record"),
    ] {
        let ran = verify(&content);
        assert!(ran.fault().contains(word), "{word:?} {ran:?}");
        assert!(ran.stdout.contains("FAILED"), "{}", ran.stdout);
    }
    assert!(invigil(["certificate", "verify", "--trust", text(&trust), "/nowhere"]).fault().contains("/nowhere"));
    let folder = invigil(["certificate", "verify", "--trust", text(&trust), text(home.path())]);
    assert!(folder.fault().contains(text(home.path())), "{folder:?}");
}

#[test]
fn a_trust_bundle_that_is_none_is_named() {
    let home = Home::new();
    let folder = samples(&home);
    let certificate = folder.join("certificate.json");
    let good = fs::read_to_string(folder.join("trust.json")).unwrap();
    let bundle = home.path().join("bundle.json");
    for (content, word) in [
        ("".to_owned(), "EOF"),
        ("{}".to_owned(), "missing field"),
        ("[".repeat(10_000), "invalid type"),
        (r#"{"issuers":[{"document":{"x":"#.to_owned() + &"[".repeat(10_000), "EOF"),
        (good.replace("\"version\": 3", "\"version\": 4"), "version 4"),
        (good.replace("invigil-trust-bundle", "other-bundle"), "other-bundle"),
    ] {
        fs::write(&bundle, content).unwrap();
        let ran = invigil(["certificate", "verify", "--trust", text(&bundle), text(&certificate)]);
        assert!(ran.fault().contains(text(&bundle)) && ran.fault().contains(word), "{word:?} {ran:?}");
    }
}

#[test]
fn a_certificate_verifies_against_the_data_directory_of_its_issuer_only() {
    let home = Home::new();
    let certificate = samples(&home).join("certificate.json");
    let data = home.data("");
    let ran = invigil(["certificate", "verify", "--data", text(&data), text(&certificate)]);
    assert!(ran.fault().contains("does not list the key"), "the samples have a key of their own: {ran:?}");
    let ran = invigil(["certificate", "verify", text(&certificate)]);
    assert_eq!(ran.code, Some(2), "whom to trust must be said: {ran:?}");
}

#[test]
fn a_roster_at_fault_is_named_in_one_line_and_schedules_nobody() {
    let home = Home::new();
    let roster = home.path().join("roster.toml");
    let good = "[[place]]\ncandidate = \"c-1\"\nname = \"Zoë Muster\"\nlast_name = \"Muster\"\n";
    let window = ["--title", "Monday", "--opens", "2030-01-07T09:00:00Z", "--closes", "2030-01-07T10:00:00Z"];
    let schedule = |content: &str| {
        fs::write(&roster, content).unwrap();
        home.invigil(&["sitting", "schedule"], &[&["--roster", text(&roster)], window.as_slice()].concat())
    };
    for (content, word) in [
        ("", "place"),
        ("place = []", "empty"),
        ("[[place]\n", "line 1"),
        ("[[place]]\nname = 7\n", "line"),
        (&good.replace("last_name", "lastname"), "lastname"),
        (&format!("{good}{good}"), "stands twice"),
        (&good.replace("Zoë Muster", " "), "printable characters"),
        (&good.replace("Zoë Muster", "Zoë\\u0000"), "printable characters"),
        (&format!("{good}attempt = 2\n"), "first_attempt"),
        (&format!("{good}extra_minutes = 100000\n"), "at most a day"),
    ] {
        let ran = schedule(content);
        assert!(ran.fault().contains(word), "{word:?} {ran:?}");
    }
    assert_eq!(home.invigil(&["sitting", "list"], &[]).good(), "");

    let scheduled: Value = serde_json::from_str(&schedule(good).good()).unwrap();
    let rows = home.invigil(&["sitting", "list"], &["--json"]).good();
    let rows: Vec<SittingRow> = serde_json::from_str(&rows).unwrap();
    assert_eq!((rows.len(), rows[0].id.as_str()), (1, scheduled["sitting"].as_str().unwrap()));
    let attempt = scheduled["admissions"][0]["attempt"].as_str().unwrap();
    let ran = home.invigil(&["sitting", "score"], &["--attempt", attempt]);
    assert!(ran.fault().contains("was not started"), "{ran:?}");
}

#[tokio::test]
async fn secrets_stay_sealed_until_the_sitting_is_over() {
    let home = Home::new();
    home.schedule(&[place("c", "Alex", "Alex")]).await;
    let rows: Vec<SittingRow> = serde_json::from_str(&home.invigil(&["sitting", "list"], &["--json"]).good()).unwrap();
    let out = home.path().join("published");
    let said = home.invigil(&["sitting", "publish"], &["--sitting", &rows[0].id, "--out", text(&out)]).good();
    assert!(said.contains("sealed until"), "{said}");
    let mut names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["blueprint.json", "commitment.json", "pool.json"]);
    let audit = invigil(["form", "audit", text(&out)]).good();
    assert!(!audit.contains("FAILED"), "{audit}");
    // A made-up secret does not open the commitment.
    let forged = [Reveal::new(&rows[0].attempts[0].attempt, &CandidateSecret::new([1; 32]))];
    fs::write(out.join("reveals.json"), serde_json::to_vec(&forged).unwrap()).unwrap();
    assert!(invigil(["form", "audit", text(&out)]).fault().contains("failed"));
}

#[tokio::test]
async fn secrets_stay_sealed_as_long_as_codes_and_signed_grants_can_give_time() {
    let home = Home::new();
    let with_time = Place { extra_minutes: 30, break_minutes: 30, ..place("c", "Alex", "Alex") };
    // After the window of an hour: three hours, the approved one, three by code, and six pauses of an hour.
    let published = async |ago: Duration, grants: &[&[&str]]| {
        let scheduled = home.schedule_for(Utc::now() - ago, &[place("d", "Zoë", "Zoë"), with_time.clone()]).await;
        for grant in grants {
            let attempt = ["--attempt", &scheduled.admissions[1].attempt, "--reason", "fire alarm"];
            home.invigil(&["sitting", "grant"], &[&attempt, *grant].concat()).good();
        }
        let out = home.path().join(&scheduled.sitting);
        home.invigil(&["sitting", "publish"], &["--sitting", &scheduled.sitting, "--out", text(&out)]).good();
        out.join("reveals.json").exists()
    };
    let over = Duration::hours(14) + Duration::minutes(1);
    assert!(!published(Duration::hours(14) - Duration::minutes(1), &[]).await);
    assert!(published(over, &[]).await);
    assert!(!published(over, &[&["--minutes", "5"]]).await);
    assert!(!published(over + Duration::minutes(50), &[&["--pause"]]).await);
    assert!(!published(over + Duration::minutes(63), &[&["--pause"], &["--minutes", "2"], &["--minutes", "3"]]).await);
    assert!(published(over + Duration::minutes(65), &[&["--pause"], &["--minutes", "5"], &["--end"]]).await);
}

#[tokio::test]
async fn a_bank_that_is_being_edited_holds_up_nothing_that_needs_none() {
    let home = Home::new();
    let scheduled = home.schedule_for(Utc::now(), &[place("c", "Alex", "Alex")]).await;
    let (sitting, attempt) = (scheduled.sitting.as_str(), scheduled.admissions[0].attempt.as_str());
    fs::write(home.path().join("bank/items/bank-d1-01.toml"), "half a sen").unwrap();
    home.invigil(&["sitting", "grant"], &["--attempt", attempt, "--minutes", "5", "--reason", "alarm"]).good();
    home.invigil(&["sitting", "challenge"], &["--attempt", attempt]).good();
    for command in ["grants", "release-key"] {
        home.invigil(&["sitting", command], &["--sitting", sitting]).good();
    }
    home.invigil(&["sitting", "list"], &[]).good();
    for (command, options) in [("release", ["--attempt", attempt]), ("score", ["--attempt", attempt])] {
        assert!(home.invigil(&["sitting", command], &options).fault().contains("started"));
    }
    assert!(home.invigil(&["sitting", "reserve"], &["--sitting", sitting]).fault().contains("bank-d1-01"));
}

#[tokio::test]
async fn what_is_published_afterwards_is_what_was_drawn_whatever_the_bank_has_become() {
    let home = Home::new();
    let now = Utc::now();
    home.schedule_for(now - Duration::hours(14), &[place("c", "Alex", "Alex"), place("d", "Zoë", "Zoë")]).await;
    // The bank goes on: one item fewer, another blueprint.
    fs::remove_file(home.path().join("bank/items/bank-d1-01.toml")).unwrap();
    let scheme = home.path().join("bank/scheme.toml");
    let rules = fs::read_to_string(&scheme).unwrap();
    fs::write(&scheme, rules.replace("edition = \"7\"", "edition = \"8\"")).unwrap();
    let rows: Vec<SittingRow> = serde_json::from_str(&home.invigil(&["sitting", "list"], &["--json"]).good()).unwrap();
    let out = home.path().join("published");
    let said = home.invigil(&["sitting", "publish"], &["--sitting", &rows[0].id, "--out", text(&out)]).good();
    assert!(said.contains("secrets and draws"), "{said}");
    let audit = invigil(["form", "audit", text(&out)]).good();
    assert_eq!(audit.matches("passed      draw").count(), 2, "{audit}");
    // Draws that were not the issued ones are found out.
    let draws = fs::read_to_string(out.join("draws.json")).unwrap();
    let mut swapped: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&draws).unwrap();
    let (one, other) = (&rows[0].attempts[0].attempt, &rows[0].attempts[1].attempt);
    let first = swapped[one].clone();
    swapped[one] = swapped[other].clone();
    swapped[other] = first;
    fs::write(out.join("draws.json"), serde_json::to_vec(&swapped).unwrap()).unwrap();
    assert!(invigil(["form", "audit", text(&out)]).fault().contains("failed"));
}
