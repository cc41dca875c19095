//! The server: scheduling and sitting exams, deciding, issuing and verifying, over HTTP and from the command line.

mod bank_files;
pub mod cli;
pub mod clock;
pub mod data;
pub mod engine;
mod failure;
mod foreign;
pub mod http;
pub mod issue;
pub mod log;
pub mod random;
pub mod scripted_device;
mod token;
mod toml_fault;
pub mod vc_api;

pub use failure::Failure;
