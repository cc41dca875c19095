//! The pages: the candidate's app, the verifier's page, the exam body's office.
//!
//! Architecture invariant: nothing here depends on `question-bank`; no key of an exam reaches the browser. The practice page
//! compares responses with keys, which are public and come in the document that it shows.

#![expect(unreachable_pub, reason = "#[component] writes `pub` on what it makes")]

pub mod candidate;
pub mod catalogue;
pub mod office;
pub mod platform;
pub mod practice;
pub mod verify;
pub mod widgets;
