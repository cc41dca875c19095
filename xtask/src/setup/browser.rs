//! Chromium with its driver, axe-core, and the libraries that ours are compared with: for the tests only.

use std::{env, path::PathBuf, process::Command};

use super::{
    npm,
    packages::{self, Package},
    python,
};
use crate::shell::{Failure, Outcome, on_path};

const PACKAGE: Package = Package {
    what: "Chromium with its driver (for the tests only)",
    debian: &["chromium", "chromium-driver"],
    mac: "brew install --cask google-chrome chromedriver",
};

const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// What the tests are told in `INVIGIL_CHROMIUM`, `INVIGIL_CHROMEDRIVER`, `INVIGIL_AXE`, `INVIGIL_NODE_MODULES` and
/// `INVIGIL_PYTHON`; the first two may be set.
pub(crate) struct Browser {
    chromium: PathBuf,
    chromedriver: PathBuf,
    axe: PathBuf,
    verifiers: PathBuf,
    python: PathBuf,
}

impl Browser {
    /// Tells a command that runs tests where all that is.
    pub(crate) fn tell(&self, command: &mut Command) {
        command.env("INVIGIL_AXE", &self.axe).env("INVIGIL_CHROMIUM", &self.chromium);
        command.env("INVIGIL_CHROMEDRIVER", &self.chromedriver).env("INVIGIL_NODE_MODULES", &self.verifiers);
        command.env("INVIGIL_PYTHON", &self.python);
    }
}

pub(super) fn find_or_install() -> Outcome<Browser> {
    let (chromium, chromedriver) = match find() {
        Some(found) => found,
        None => {
            packages::install(&PACKAGE)?;
            find().ok_or_else(|| Failure::new("no Chromium found; set INVIGIL_CHROMIUM and INVIGIL_CHROMEDRIVER"))?
        }
    };
    let python = python::find_or_install()?;
    Ok(Browser { chromium, chromedriver, axe: npm::axe()?, verifiers: npm::verifiers()?, python })
}

fn find() -> Option<(PathBuf, PathBuf)> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from);
    let chromium = named("INVIGIL_CHROMIUM")
        .or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]))
        .or_else(|| Some(PathBuf::from(ON_A_MAC)).filter(|file| file.is_file()))?;
    let chromedriver = named("INVIGIL_CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?;
    Some((chromium, chromedriver))
}
