//! Items with keys, schemes and blueprints, lint, draws and response scoring.
//!
//! The way through: [`Bank::load`] reads the files of a bank and lists every fault; [`lint()`] finds what is badly written; [`HashedBank`] names each item
//! version by a salted hash; [`HashedBank::drawing`] makes the list of what a form may use, without a word of text, and
//! draws each candidate's form from it by the procedure that the scheme names (docs/DRAW.md): what the candidate sees and,
//! apart from it, what scoring needs; [`score()`] compares responses with the key.
//!
//! Architecture invariant: pure. No I/O, no clock, no ambient randomness; time and secrets are parameters. Nothing that
//! runs on a candidate's device may depend on this crate.

mod assemble;
pub mod bank;
pub mod canonical;
pub mod commitment;
pub mod draw;
pub mod draw2;
pub mod draw3;
mod drawing;
mod hashes;
pub mod lifecycle;
pub mod lint;
mod options;
mod pool;
mod pool2;
mod pool3;
mod retake;
pub mod scheme;
mod score;
mod secret;
mod stats;
pub mod vectors;

pub use assemble::{
    AssembleError, FormPlan, PlanItem, assemble_form, form_digest,
    practice::{PracticeSetError, practice_set},
};
pub use bank::{Bank, Code, Finding, Severity, SourceFile};
pub use commitment::{AuditStep, Commitment, Outcome, Reveal, RosterEntry, audit, audit2, audit3};
pub use draw::{Blueprint, Draw, DrawError, DrawItem, Drawer, PROCEDURE, Quota, Shortage, draw};
pub use drawing::{Drawing, DrawingError, Drawn, IssuedDraw};
pub use hashes::{HashedBank, ItemHashes, NoScheme};
pub use lint::{Flaw, LintConfig, LintReport, lint};
pub use options::OptionsError;
pub use pool::{Ineligible, Pool, PoolEntry, PoolError, Reason, SetPlace};
pub use pool3::{FormsError, LeftOut, NamedForm, Why};
pub use retake::earliest_retake;
pub use scheme::{Basis, Fact, Scheme};
pub use score::{DomainScore, ItemScore, Points, Score, ScoreError, score};
pub use scoring::{Rule, TextKey, Worth};
pub use secret::{BankSecret, CandidateSecret, SecretError};
pub use stats::{DomainStats, Levels, Stats, SubjectStats};
