//! What runs in the browser: the pages, built by Trunk, and their precompressed twins.

use std::{fs, path::PathBuf};

use crate::{
    fingerprint, paths,
    report::{note, step},
    setup::{TARGET, Web},
    shell::{Failure, Outcome, command, run},
};

/// Each entry page is a build of its own, with its own size budget.
const PAGES: [&str; 3] = ["candidate", "verify", "office"];

/// Builds every page into `target/dist/PAGE/`, to be served under `/app/PAGE/`, each file with its `.br` beside it. The
/// candidate's page gets its service worker, `sw.js`, to be served at `/sw.js`.
pub(crate) fn pages(tools: &Web) -> Outcome {
    step("Pages for the browser", "2 s; 3 min at first, 1 min after a change", || {
        let targets = ["--target", TARGET, "--target", "host-tuple"];
        // Trunk works offline, so everything in the lock file has to be here.
        run(tools.command("cargo").args(["fetch", "--quiet", "--locked"]).args(targets))?;
        for package in ["app", "worker"] {
            let what = ["--package", package, "--bins", "--target", TARGET, "--profile", "web"];
            run(tools.command("cargo").args(["build", "--locked"]).args(what))?;
        }
        bundle(tools)
    })
}

/// Has Trunk make the pages, unless they were made of the very same bytes before: it takes half a minute.
fn bundle(tools: &Web) -> Outcome {
    let stamp = paths::dist().join("made-of");
    let binary = |name: &str| paths::web_target().join(TARGET).join("web").join(format!("{name}.wasm"));
    let ours = ["app", "Trunk.toml", "Cargo.lock", "xtask/src"].map(|place| paths::root().join(place));
    let made_of = fingerprint::of(&[&ours[..], &["candidate", "verify", "office", "worker"].map(binary)].concat())?;
    let whole = PAGES.iter().all(|page| paths::dist().join(page).join("index.html").is_file());
    if whole && fs::read_to_string(&stamp).is_ok_and(|last| last == made_of) {
        note("unchanged");
        return Ok(());
    }
    // Written last, so that what was cut short is not taken for whole.
    fs::remove_file(&stamp).unwrap_or_default();
    PAGES.iter().try_for_each(|page| build(tools, page))?;
    run(command("node").arg("xtask/src/offline.mjs").arg(paths::dist().join("candidate")))?;
    run(command("node").arg("xtask/src/precompress.mjs").arg(paths::dist()))?;
    fs::write(&stamp, made_of).map_err(|error| Failure::file(&stamp, &error))
}

fn build(tools: &Web, page: &str) -> Outcome {
    let mut trunk = tools.command("trunk");
    trunk.args(["build", "--config", "Trunk.toml", "--dist"]).arg(paths::dist().join(page));
    trunk.args(["--public-url", &format!("/app/{page}/"), &format!("app/{page}.html")]);
    // Trunk takes no other words than true and false for it.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    run(&mut trunk)
}

/// The draw as a module for Node, which a test compares with the native one. Gives the module's path.
pub(crate) fn draw_for_node(tools: &Web) -> Outcome<PathBuf> {
    let out = paths::target().join("draw-wasm");
    step("Draw as a module for Node", "seconds; 30 s at first", || {
        let package = ["--package", "question-bank-wasm", "--target", TARGET];
        run(tools.command("cargo").args(["build", "--quiet", "--locked", "--profile", "web"]).args(package))?;
        let built = paths::web_target().join(TARGET).join("web/question_bank_wasm.wasm");
        let mut bindgen = tools.command("wasm-bindgen");
        run(bindgen.args(["--target", "nodejs", "--out-dir"]).arg(&out).arg(built))
    })?;
    Ok(out.join("question_bank_wasm.js"))
}
