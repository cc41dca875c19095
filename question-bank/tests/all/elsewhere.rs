//! The same draws elsewhere: compiled to WebAssembly, and written down again in Python.

use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::{audit::Sitting, audit2, audit3, vectors, vectors2, vectors3};

/// For what cannot be tried here: a sentence to the terminal, and in CI a failure.
fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    // Not `eprintln!`, which the harness keeps to itself unless a test fails.
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
}

fn assert_success(output: &Output, files: &[PathBuf]) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    for file in files {
        let name = file.to_string_lossy().into_owned();
        assert!(text(&output.stdout).contains(&name), "{name} was not looked at: {}", text(&output.stdout));
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn webassembly_draws_the_same() {
    let Some(module) = std::env::var_os("INVIGIL_DRAW_WASM").filter(|module| module != OsStr::new("")) else {
        return skip("INVIGIL_DRAW_WASM does not name the draw compiled for Node; `cargo xtask test` builds it");
    };
    let output =
        Command::new("node").arg(here("tests/all/compare_draws.mjs")).arg(module).args(vectors::all_files()).output();
    assert_success(&output.expect("node must be on PATH"), &vectors::all_files());
}

/// Runs a script of docs/examples; `None` where there is no Python.
fn python(script: &str, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Option<Output> {
    let script = here("../docs/examples").join(script);
    match Command::new("python3").arg(script).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            skip(&format!("python3 does not start ({error}): docs/examples were not run"));
            None
        }
    }
}

#[test]
fn python_derives_the_same_from_the_specification() {
    for (script, files) in [
        ("draw_audit.py", vectors::files()),
        ("draw2_audit.py", vectors2::files()),
        ("draw3_audit.py", vectors3::files()),
    ] {
        let arguments = [PathBuf::from("vectors")].into_iter().chain(files.clone());
        if let Some(output) = python(script, arguments) {
            assert_success(&output, &files);
        }
    }
}

#[test]
fn python_finds_no_fault_with_an_honest_sitting_and_the_fault_of_another() {
    let published = |sitting: &Sitting| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, json: Value| fs::write(folder.path().join(name), json.to_string()).unwrap();
        write("commitment.json", json!(sitting.commitment));
        write("pool.json", json!(sitting.pool));
        write("blueprint.json", json!(sitting.blueprint));
        write("reveals.json", json!(sitting.reveals));
        write("draws.json", json!(sitting.issued));
        folder
    };
    let audit = |sitting: &Sitting| {
        let folder = published(sitting);
        let output = python("draw_audit.py", [folder.path()])?;
        let lines = String::from_utf8(output.stdout).unwrap();
        let failed: Vec<String> = lines.lines().filter_map(|l| l.strip_prefix("FAILED ")).map(str::to_owned).collect();
        assert_eq!(output.status.success(), failed.is_empty(), "{lines}{}", String::from_utf8_lossy(&output.stderr));
        Some(failed)
    };
    let Some(failed) = audit(&Sitting::honest()) else { return };
    assert_eq!(failed, [""; 0]);
    let failed = |cheat: fn(&mut Sitting)| {
        let mut sitting = Sitting::honest();
        cheat(&mut sitting);
        audit(&sitting).unwrap()
    };
    assert_eq!(failed(|s| s.reveals[0].secret = "00".repeat(32)), ["secret anna", "draw anna"]);
    assert_eq!(failed(|s| s.issued.get_mut("boris").unwrap().items.swap(0, 6)), ["draw boris"]);
    let dropped = failed(|s| drop(s.commitment.roster.remove(4)));
    assert_eq!(dropped, ["root", "on the roster émile", "secret émile"]);
    let slipped_in = failed(|s| drop(s.issued.insert("zoe".into(), s.issued["anna"].clone())));
    assert_eq!(slipped_in, ["on the roster zoe"]);
}

#[test]
fn python_prints_each_form_hash_of_a_sitting_by_the_second_procedure_and_finds_its_faults() {
    let audit = |sitting: &audit2::Sitting| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, json: Value| fs::write(folder.path().join(name), json.to_string()).unwrap();
        write("commitment.json", json!(sitting.commitment));
        write("pool.json", json!(sitting.pool));
        write("blueprint.json", json!(sitting.blueprint));
        write("reveals.json", json!(sitting.reveals));
        write("draws.json", json!(sitting.issued));
        let output = python("draw2_audit.py", [folder.path()])?;
        Some((output.status.success(), String::from_utf8(output.stdout).unwrap()))
    };
    let mut sitting = audit2::Sitting::honest();
    let Some((sound, lines)) = audit(&sitting) else { return };
    assert!(sound, "{lines}");
    for (name, draw) in &sitting.issued {
        assert!(lines.contains(&format!("passed draw {name} {}", draw.digest())), "{lines}");
    }
    sitting.issued.get_mut("boris").unwrap().items.swap(0, 1);
    sitting.reveals[0].secret = "00".repeat(32);
    let (sound, lines) = audit(&sitting).unwrap();
    let failed: Vec<&str> = lines.lines().filter_map(|line| line.strip_prefix("FAILED ")).collect();
    assert!(!sound && failed.len() == 3, "{lines}");
    assert!(failed[0].starts_with("secret anna") && failed[1].starts_with("draw anna"), "{failed:?}");
    assert!(failed[2].starts_with("draw boris"), "{failed:?}");
}

#[test]
fn python_names_the_form_of_each_candidate_of_a_sitting_by_the_third_procedure_and_finds_its_faults() {
    let audit = |sitting: &audit3::Sitting| {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, json: Value| fs::write(folder.path().join(name), json.to_string()).unwrap();
        write("commitment.json", json!(sitting.commitment));
        write("pool.json", json!(sitting.pool));
        write("blueprint.json", json!(sitting.blueprint));
        write("reveals.json", json!(sitting.reveals));
        write("draws.json", json!(sitting.issued));
        let output = python("draw3_audit.py", [folder.path()])?;
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        Some((output.status.success(), String::from_utf8(output.stdout).unwrap()))
    };
    let Some((sound, lines)) = audit(&audit3::Sitting::honest()) else { return };
    assert!(sound, "{lines}");
    for (name, draw) in &audit3::Sitting::honest().issued {
        assert!(lines.contains(&format!("passed draw {name} {} {}", draw.form, draw.digest())), "{lines}");
    }
    let failed = |cheat: fn(&mut audit3::Sitting)| -> Vec<String> {
        let mut sitting = audit3::Sitting::honest();
        cheat(&mut sitting);
        let (sound, lines) = audit(&sitting).unwrap();
        assert!(!sound, "{lines}");
        let failed = lines.lines().filter_map(|line| line.strip_prefix("FAILED "));
        failed.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(failed(|s| s.issued.get_mut("boris").unwrap().items.swap(0, 5)), ["draw boris"]);
    assert_eq!(failed(|s| s.issued.get_mut("boris").unwrap().form = "F99".into()), ["draw boris"]);
    assert_eq!(failed(|s| s.reveals[2].earlier = None), ["secret chen", "draw chen"]);
    assert_eq!(failed(|s| s.pool.overlap += 1), ["pool", "overlap"]);
}
