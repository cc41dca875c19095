//! The pages: the candidate's app, the verifier's page, the exam body's office.
//!
//! Architecture invariant: nothing here depends on `question-bank`; no key and no scoring reaches the browser.

#![expect(unreachable_pub, reason = "#[component] writes `pub` on what it makes")]

pub mod candidate;
pub mod catalogue;
pub mod office;
pub mod platform;
pub mod verify;
pub mod widgets;
