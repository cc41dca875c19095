//! What comes from npm, in exact versions: wasm-opt, and for the tests axe-core and the libraries that verifiers elsewhere
//! rest on.

use std::{fs, path::PathBuf};

use crate::{
    paths,
    report::note,
    shell::{Failure, Outcome, ask, command, on_path, run},
};

/// wasm-opt; gives the folder to put on PATH if it is not there.
pub(super) fn wasm_opt() -> Outcome<Option<PathBuf>> {
    if ask(command("wasm-opt").arg("--version")).is_some_and(|says| says.starts_with("wasm-opt version 132")) {
        return Ok(None);
    }
    package("binaryen", "132.0.0")?;
    Ok(Some(modules()?.join(".bin")))
}

/// axe-core's one file.
pub(super) fn axe() -> Outcome<PathBuf> {
    Ok(package("axe-core", "4.14.1")?.join("axe.min.js"))
}

/// Libraries that ours are compared with; gives the folder of all packages.
pub(super) fn verifiers() -> Outcome<PathBuf> {
    const PACKAGES: [(&str, &str); 9] = [
        ("jsonld", "9.0.0"),
        ("@digitalbazaar/vc", "7.3.0"),
        ("@digitalbazaar/data-integrity", "2.5.0"),
        ("@digitalbazaar/eddsa-rdfc-2022-cryptosuite", "1.3.0"),
        ("@digitalbazaar/eddsa-jcs-2022-cryptosuite", "1.0.0"),
        ("@digitalbazaar/ed25519-multikey", "1.3.1"),
        ("@digitalcredentials/verifier-core", "1.0.0-beta.11"),
        ("jose", "6.2.18"),
        // 0.20.0 asks for a version of a package that is not there.
        ("@sd-jwt/sd-jwt-vc", "0.19.0"),
    ];
    for (name, version) in PACKAGES {
        package(name, version)?;
    }
    modules()
}

fn modules() -> Outcome<PathBuf> {
    Ok(paths::cache()?.join("npm/node_modules"))
}

/// The folder of a package in the tool cache.
fn package(name: &str, version: &str) -> Outcome<PathBuf> {
    let folder = modules()?.join(name);
    let manifest = fs::read_to_string(folder.join("package.json")).unwrap_or_default();
    if manifest.contains(&format!("\"version\": \"{version}\"")) {
        return Ok(folder);
    }
    let npm = on_path(&["npm"])
        .ok_or_else(|| Failure::new("Node.js with npm is missing; install it by your system's means (nodejs, npm)"))?;
    note(&format!("installing {name} {version} from npm"));
    let root = paths::cache()?.join("npm");
    fs::create_dir_all(&root).map_err(|error| Failure::file(&root, &error))?;
    // No package's own scripts are run.
    let options = ["--ignore-scripts", "--save-exact", "--no-audit", "--no-fund", "--loglevel=error"];
    run(command(npm).arg("install").args(options).arg("--prefix").arg(&root).arg(format!("{name}@{version}")))?;
    Ok(folder)
}
