//! What candidates, exam bodies and auditors rely on in a sitting, one module a topic.

#![expect(clippy::unwrap_used, reason = "in a test, a panic with a line number is the report")]

mod devices;
mod documented;
mod elsewhere;
mod evidence;
mod fixture;
mod grants;
mod hostile;
mod journal;
mod kinds;
mod opening;
mod packages;
mod proof;
mod responses;
mod signs;
mod tampering;
mod time;
mod vectors;
