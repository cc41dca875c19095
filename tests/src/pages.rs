//! Copies of the built pages, of which a test makes other builds.

use std::{fs, path::PathBuf, process::Command};

use tempfile::TempDir;

use crate::environment::{copy, pages, root};

/// A build of the pages of its own.
pub struct Pages(TempDir);

impl Pages {
    /// The pages as they were built.
    pub fn copy() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&pages(), &folder.path().join("web"));
        Self(folder)
    }

    /// The folder to be served.
    pub fn path(&self) -> PathBuf {
        self.0.path().join("web")
    }

    /// Replaces text in a file of the candidate's page.
    pub fn change(&self, name: &str, from: &str, to: &str) {
        let file = self.candidate().join(name);
        let text = fs::read_to_string(&file).unwrap();
        let changed = text.replace(from, to);
        assert_ne!(text, changed, "{from:?} is not in {name}");
        fs::write(&file, changed).unwrap();
        // Its compressed twin is of the old text.
        let _ = fs::remove_file(self.candidate().join(format!("{name}.br")));
    }

    /// Names the build anew and lists its files with their hashes, as the end of a build does.
    pub fn name_anew(&self) {
        let script = root().join("xtask/src/offline.mjs");
        let ran = Command::new("node").arg(script).arg(self.candidate()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }

    /// The build's name, as its page bears it.
    pub fn name(&self) -> String {
        let page = fs::read_to_string(self.candidate().join("index.html")).unwrap();
        let (_, name) = page.split_once("name=\"invigil-build\" content=\"").unwrap();
        name.split('"').next().unwrap().to_owned()
    }

    fn candidate(&self) -> PathBuf {
        self.path().join("candidate")
    }
}
