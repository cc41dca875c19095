//! Which crate may reach which: keys and scoring stay out of the browser.

use std::process::Command;

/// Everything that a package depends on, at any depth, when built for the browser.
fn tree(package: &str) -> Vec<String> {
    let arguments = ["tree", "--offline", "--locked", "--target", "wasm32-unknown-unknown"];
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args([
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--package",
        package,
    ]);
    let output = cargo.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn nothing_that_runs_on_a_candidates_device_reaches_the_question_bank() {
    for package in ["app", "worker", "worker-protocol", "sitting", "api", "item", "signing"] {
        let tree = tree(package);
        assert!(tree.len() > 1, "{package}");
        for kept_out in ["question-bank", "assembly", "highs", "server", "storage", "storage-sqlite"] {
            assert!(!tree.iter().any(|name| name == kept_out), "{package} reaches {kept_out}");
        }
    }
    assert!(tree("question-bank-wasm").iter().any(|name| name == "question-bank"));
}
