//! Licences and sources of what comes in from outside (`deny.toml`).

use crate::{
    report::step,
    shell::{Failure, Outcome, command, on_path, run},
};

pub(crate) fn dependencies() -> Outcome {
    if on_path(&["cargo-deny"]).is_none() {
        return Err(Failure::new("cargo-deny is not installed; install it with: cargo install --locked cargo-deny"));
    }
    step("Dependencies: bans, licences, sources", "seconds", || {
        run(command("cargo").args(["deny", "--locked", "--offline", "check", "bans", "licenses", "sources"]))
    })
}
