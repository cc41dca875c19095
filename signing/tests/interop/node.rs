//! Running the scripts of this folder with the packages that were installed for the tests.

use std::{
    env,
    io::Write as _,
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a script writes, line by line, when it is given this to read. `None` where the packages are not installed, which fails
/// on a build server.
pub(crate) fn run(script: &str, input: &str) -> Option<Vec<Value>> {
    if env::var_os("INVIGIL_NODE_MODULES").is_none() {
        assert!(env::var_os("CI").is_none(), "INVIGIL_NODE_MODULES is not set");
        eprintln!("skipped: INVIGIL_NODE_MODULES is not set; cargo xtask test sets it");
        return None;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop");
    let node =
        Command::new("node").arg(script).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut node = node.unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = node.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success(), "{script}");
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}
