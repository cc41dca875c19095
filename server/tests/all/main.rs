//! What users of the server rely on, one module a topic.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "in a test, a panic with a line number is the report, and what is skipped is said"
)]

mod admission;
mod allowances;
mod beginning;
mod check_in;
mod collecting;
mod command_line;
mod data_directory;
mod description;
mod durability;
mod exporting;
mod fixture;
mod foreign_solver;
mod headers;
mod held;
mod held_pages;
mod hostile;
mod hostile_packages;
mod instances;
mod interchanging;
mod issuing;
mod item_life;
mod journal;
mod journey;
mod judging;
mod keys;
mod kinds;
mod leaks;
mod limits;
mod locking;
mod logs;
mod open_book;
mod packages;
mod parallel;
mod practice_set;
mod proctoring;
mod refusing;
mod rehearsal;
mod reissuing;
mod resolving;
mod revoking;
mod second_procedure;
mod serving;
mod standing;
mod starting;
mod tampering;
mod third_procedure;
mod time;
mod tokens;
mod transparency;
mod vc_api;
mod verifying;
