//! Items with keys, schemes and blueprints, lint, draws and response scoring.
//!
//! The way through: [`Bank::load`] reads the files of a bank, checks them against their histories ([`lifecycle`]) and lists
//! every fault; [`lint()`] finds what is badly written; [`HashedBank`] names each item version by a salted hash;
//! [`HashedBank::pool`] lists what a form may use, without a word of text; [`Drawer`] draws one candidate's items from that
//! list (docs/DRAW.md); [`assemble_form`] turns the draw into what the candidate sees and, apart from it, what scoring
//! needs; [`score()`] compares responses with the key.
//!
//! Architecture invariant: pure. No I/O, no clock, no ambient randomness; time and secrets are parameters. Nothing that
//! runs on a candidate's device may depend on this crate.

mod assemble;
pub mod bank;
pub mod canonical;
pub mod commitment;
pub mod draw;
mod hashes;
pub mod lifecycle;
pub mod lint;
mod pool;
mod retake;
pub mod scheme;
mod score;
mod secret;
pub mod vectors;

pub use assemble::{AssembleError, FormPlan, PlanItem, assemble_form, form_digest};
pub use bank::{Bank, Code, Finding, Severity, SourceFile};
pub use commitment::{AuditStep, Commitment, Outcome, Reveal, RosterEntry, audit};
pub use draw::{Blueprint, Draw, DrawError, DrawItem, Drawer, PROCEDURE, Quota, Shortage, draw};
pub use hashes::{HashedBank, ItemHashes, NoScheme};
pub use lint::{Flaw, LintConfig, LintReport, Rule, lint};
pub use pool::{Ineligible, Pool, PoolEntry, PoolError, Reason, SetPlace};
pub use retake::earliest_retake;
pub use scheme::{Basis, Fact, Scheme};
pub use score::{DomainScore, ItemScore, Score, ScoreError, score};
pub use secret::{BankSecret, CandidateSecret, SecretError};
