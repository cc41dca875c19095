//! The pages and the server.

use crate::{
    report::step,
    setup::{self, Web},
    shell::{Outcome, command, run},
    web,
};

/// Set-up, pages, server; gives the tools of the web build for whoever goes on with them.
pub(crate) fn everything() -> Outcome<Web> {
    let tools = setup::web()?;
    web::pages(&tools)?;
    server()?;
    Ok(tools)
}

/// The server, unoptimised but for the crates that need it (see `[profile.dev.package]`): built in half the time.
pub(crate) fn server() -> Outcome {
    step("Server", "seconds; 3 min at first", || {
        run(command("cargo").args(["build", "--locked", "--package", "server"]))
    })
}

/// The solver of parallel forms, which only `invigil form assemble` needs. By itself and never with other packages: whatever
/// changes the features or the debug information that its build script is built with, has its C++ compiled once more (see
/// `[profile.dev.build-override]`).
pub(crate) fn solver() -> Outcome {
    setup::solver()?;
    step("Solver", "seconds; 7 min at first", || {
        run(command("cargo").args(["build", "--locked", "--package", "assembly-solver"]))
    })
}
