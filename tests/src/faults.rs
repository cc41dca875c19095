//! Faults that are brought about on purpose: how often, when, and what was lost by them.

use std::{
    env,
    fs::OpenOptions,
    hash::{BuildHasher as _, RandomState},
    io::Write as _,
    time::Duration,
};

use crate::witness::Witness;

/// How often something is killed, cut or loses its power at a random moment, as `INVIGIL_FAULT_RUNS` says.
pub fn runs() -> usize {
    env::var("INVIGIL_FAULT_RUNS").ok().map_or(3, |runs| runs.parse().unwrap())
}

/// How often a fault is brought about that always comes at the same point: there is less to be found by doing it again.
pub fn fewer_runs() -> usize {
    runs().min(20)
}

/// A random number below this one.
pub fn below(end: u64) -> u64 {
    RandomState::new().hash_one(0) % end
}

/// A random moment within so many milliseconds.
pub fn moment(most_ms: u64) -> Duration {
    Duration::from_millis(below(most_ms + 1))
}

/// What came of a fault: a row of the table in docs/RELIABILITY.md.
pub struct Tally {
    fault: String,
    runs: usize,
    confirmed: usize,
    lost: usize,
}

impl Tally {
    /// Nothing yet. The words say what is done, and what is only simulated.
    pub fn of(fault: &str) -> Self {
        Self { fault: fault.to_owned(), runs: 0, confirmed: 0, lost: 0 }
    }

    /// Counts one run more, and how many answers were found to be lost in it.
    pub fn run(&mut self, lost: usize) {
        self.runs += 1;
        self.lost += lost;
    }

    /// Counts the answers of a witness, and those of them that are not in this journal.
    pub fn compare(&mut self, witness: &Witness, lines: &[String]) {
        self.confirmed += witness.count();
        self.lost += witness.missing_in(lines);
    }

    /// Writes the row into the file that `INVIGIL_FAULT_TABLE` names, and fails if something was lost or nothing was put to
    /// the test.
    pub fn tell(self) {
        let Self { fault, runs, confirmed, lost } = self;
        if let Some(file) = env::var_os("INVIGIL_FAULT_TABLE") {
            let mut table = OpenOptions::new().create(true).append(true).open(file).unwrap();
            table.write_all(format!("| {fault} | {runs} | {confirmed} | {lost} |\n").as_bytes()).unwrap();
        }
        assert!(runs > 0, "{fault}: never brought about");
        assert_eq!(lost, 0, "{fault}: {lost} of {confirmed} answers lost in {runs} runs");
    }
}
