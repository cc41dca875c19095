//! Running the scripts of this folder with the packages that were installed for the tests: by Node.js, or by Python.

use std::{
    env,
    ffi::OsString,
    io::Write as _,
    process::{Command, Stdio},
};

use serde_json::Value;

/// What a script writes, line by line, when it is given this to read. `None` where the packages are not installed, which fails
/// on a build server.
pub(crate) fn run(script: &str, input: &str) -> Option<Vec<Value>> {
    run_with(script, input, &[])
}

/// The same with more in its environment.
pub(crate) fn run_with(script: &str, input: &str, environment: &[(&str, &str)]) -> Option<Vec<Value>> {
    there("INVIGIL_NODE_MODULES")?;
    let mut node = Command::new("node");
    node.arg(script).envs(environment.iter().copied());
    Some(answers(node, script, input))
}

/// The same for a script in Python.
pub(crate) fn run_python(script: &str, input: &str) -> Option<Vec<Value>> {
    let mut python = Command::new(there("INVIGIL_PYTHON")?);
    // Nothing is written beside the script.
    python.arg("-B").arg(script);
    Some(answers(python, script, input))
}

fn there(name: &str) -> Option<OsString> {
    let value = env::var_os(name);
    if value.is_none() {
        assert!(env::var_os("CI").is_none(), "{name} is not set");
        eprintln!("skipped: {name} is not set; cargo xtask test sets it");
    }
    value
}

fn answers(mut command: Command, script: &str, input: &str) -> Vec<Value> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interop");
    let mut program = command.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = program.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(output.status.success(), "{script}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
