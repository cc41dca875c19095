//! Starting other programs, and what is said when one fails.

use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The one line a failed step ends with.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// What a step gives, or the line it failed with.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }

    /// A file or directory that could not be written, read or removed.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A command at the project's root. What `cargo run` told this program about itself is not passed on: build scripts that
/// look at it would run again each time.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::paths::root());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "CARGO" || text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure(format!("failed ({status}): {}", line(command)))),
        Err(error) => Err(Failure(format!("cannot start ({error}): {}", line(command)))),
    }
}

/// What a command writes to standard output, trimmed; `None` if it fails or is not there.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first of these programs that is on PATH.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    let files = |name: &str| -> Vec<PathBuf> {
        env::split_paths(&path)
            .flat_map(|dir| endings.iter().map(move |end| dir.join(format!("{name}{end}"))))
            .collect()
    };
    names.iter().flat_map(|name| files(name)).find(|file| file.is_file())
}

/// The command as one would type it.
fn line(command: &Command) -> String {
    let quoted = |word: &std::ffi::OsStr| match word.to_string_lossy() {
        word if word.contains(' ') => format!("'{word}'"),
        word => word.into_owned(),
    };
    let words: Vec<String> = [command.get_program()].into_iter().chain(command.get_args()).map(quoted).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let failure =
            run(command("rustc").args(["--edition", "no such"]).stderr(Stdio::null())).unwrap_err().to_string();
        assert!(failure.contains("rustc --edition 'no such'"), "{failure}");
        let failure = run(&mut command("no-such-program")).unwrap_err().to_string();
        assert!(failure.starts_with("cannot start") && failure.ends_with("no-such-program"), "{failure}");
    }
}
