//! The demonstration.

use crate::{
    build, paths,
    shell::{Outcome, command},
};

/// Builds, then becomes `invigil demo`.
pub(crate) fn demonstration(options: &[String]) -> Outcome {
    build::everything()?;
    println!("\n==> Demonstration (Ctrl-C ends it)");
    let mut demo = command(paths::server());
    demo.arg("demo").arg("--web").arg(paths::dist()).args(options);
    become_it(demo)
}

/// The server takes this process over, so that signals reach it and it can end in its own way.
#[cfg(unix)]
fn become_it(mut demo: std::process::Command) -> Outcome {
    use std::os::unix::process::CommandExt as _;
    let error = demo.exec();
    Err(crate::shell::Failure::file(&paths::server(), &error))
}

#[cfg(not(unix))]
fn become_it(mut demo: std::process::Command) -> Outcome {
    crate::shell::run(&mut demo)
}
