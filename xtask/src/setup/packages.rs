//! Packages of the system: installed where that is possible without asking, otherwise named in one line to run.

use crate::{
    report::note,
    shell::{Failure, Outcome, ask, command, on_path, run},
};

/// One thing the system's package manager has.
pub(crate) struct Package {
    /// What it is, for people.
    pub(crate) what: &'static str,
    /// Names in Debian.
    pub(crate) debian: &'static [&'static str],
    /// What to run on a Mac.
    pub(crate) mac: &'static str,
}

/// Installs a package: as root on Debian and its relatives. Elsewhere it fails with the line to run.
pub(crate) fn install(package: &Package) -> Outcome {
    let Package { what, debian, mac } = package;
    let names = debian.join(" ");
    if cfg!(target_os = "macos") {
        return Err(Failure::new(format!("{what} is missing; run: {mac}")));
    }
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::new(format!("{what} is missing; install it by your system's means (in Debian: {names})")));
    }
    if !is_root() {
        let line = format!("sudo apt-get install --no-install-recommends {names}");
        return Err(Failure::new(format!("{what} is missing; run: {line}")));
    }
    note(&format!("installing {names}"));
    let mut apt = command("apt-get");
    apt.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(*debian);
    apt.env("DEBIAN_FRONTEND", "noninteractive");
    // A new machine, and one whose lists are old, needs the lists first.
    run(&mut apt).or_else(|_| {
        run(command("apt-get").args(["update", "--quiet=2"]))?;
        run(&mut apt)
    })
}

/// Whether this is the administrator's account.
pub(super) fn is_root() -> bool {
    ask(command("id").arg("-u")).as_deref() == Some("0")
}
