//! What must hold and takes too long for every test.

use crate::{
    report::step,
    shell::{Outcome, command, run},
};

/// Runs the tests whose names begin with `soak`, in release.
pub(crate) fn everything() -> Outcome {
    step("A million draws, and a random walk beside them", "2 min; 4 min at first", || {
        let test = &mut command("cargo");
        test.args(["test", "--locked", "--release", "--package", "question-bank", "--test", "all"]);
        run(test.args(["--", "--ignored", "soak"]))
    })
}
