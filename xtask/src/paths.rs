//! Where things lie.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::shell::{Failure, Outcome};

/// The project's root.
pub(crate) fn root() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own)
}

/// Cargo's target folder for native code.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Cargo's target folder for what runs in the browser. Its own, so that neither build waits for the other or undoes it.
pub(crate) fn web_target() -> PathBuf {
    target().join("web")
}

/// The finished pages.
pub(crate) fn dist() -> PathBuf {
    target().join("dist")
}

/// The server's binary.
pub(crate) fn server() -> PathBuf {
    target().join("debug").join(format!("invigil{}", env::consts::EXE_SUFFIX))
}

/// The solver's binary. Its C++ is optimised in every profile, and its own code in this one.
pub(crate) fn solver() -> PathBuf {
    target().join("debug").join(format!("invigil-assemble{}", env::consts::EXE_SUFFIX))
}

/// The server's optimised binary.
pub(crate) fn release_server() -> PathBuf {
    target().join("release").join(format!("invigil{}", env::consts::EXE_SUFFIX))
}

/// Tools that set-up installed; shared by all work trees of this user.
pub(crate) fn cache() -> Outcome<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|base| base.join("invigil"))
        .ok_or_else(|| Failure::new("set HOME or XDG_CACHE_HOME: there is no place for the build's tools"))
}
