//! The pages and the server.

use crate::{
    report::step,
    setup::{self, Web},
    shell::{Outcome, command, run},
    web,
};

/// Set-up, pages, server; gives the tools of the web build for whoever goes on with them.
pub(crate) fn everything() -> Outcome<Web> {
    setup::native()?;
    let tools = setup::web()?;
    web::pages(&tools)?;
    server()?;
    Ok(tools)
}

/// The server, unoptimised but for the crates that need it (see `[profile.dev.package]`): built in half the time.
pub(crate) fn server() -> Outcome {
    step("Server", "seconds; 6 min at first", || {
        run(command("cargo").args(["build", "--locked", "--package", "server"]))
    })
}
