//! Which crate may reach which: keys and scoring stay out of the browser.

use std::process::Command;

/// Everything that a package depends on, at any depth, when built for the browser.
fn tree(package: &str) -> Vec<String> {
    tree_for(package, &["--target", "wasm32-unknown-unknown"])
}

fn tree_for(package: &str, target: &[&str]) -> Vec<String> {
    let arguments = ["tree", "--offline", "--locked", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"];
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).args(["--package", package]).args(target);
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
        for kept_out in ["question-bank", "assembly", "server", "storage", "storage-sqlite"] {
            assert!(!tree.iter().any(|name| name == kept_out), "{package} reaches {kept_out}");
        }
    }
    assert!(tree("question-bank-wasm").iter().any(|name| name == "question-bank"));
}

#[test]
fn the_solver_runs_in_no_process_but_its_own() {
    let server = tree_for("server", &[]);
    assert!(server.iter().any(|name| name == "assembly"));
    for kept_out in ["assembly-solver", "highs", "highs-sys"] {
        assert!(!server.iter().any(|name| name == kept_out), "the server reaches {kept_out}");
    }
    assert!(tree_for("assembly-solver", &[]).iter().any(|name| name == "highs"));
}
