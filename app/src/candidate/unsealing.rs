//! Opening a package: the worker opens, the page checks what it gets.

use sitting::{Device, KeyHome, Manifest, PackageFault, Payload};
use worker_protocol::{Answer, Fault, Verb};

use super::session::unexpected;
use crate::platform::worker::WorkerClient;

/// An opened package and the device that writes.
#[derive(Clone)]
pub(crate) struct Unsealed {
    pub(crate) payload: Payload,
    pub(crate) device: Device,
}

/// Why a package could not be opened.
pub(crate) enum UnsealFault {
    /// The worker says so.
    Worker(Fault),
    /// What was sealed is not what the manifest says.
    Payload(PackageFault),
}

impl From<Fault> for UnsealFault {
    fn from(fault: Fault) -> Self {
        Self::Worker(fault)
    }
}

/// Asks the worker to open the package of this manifest: with codes, or again with what it kept.
pub(crate) async fn unseal(worker: &WorkerClient, manifest: &Manifest, verb: Verb) -> Result<Unsealed, UnsealFault> {
    match worker.ask(verb).await? {
        Answer::Unsealed { payload, key, home } => {
            let payload = Payload::read(payload.as_bytes(), manifest).map_err(UnsealFault::Payload)?;
            Ok(Unsealed { payload, device: named(key, &home) })
        }
        answer => Err(unexpected(&format!("{answer:?}")).into()),
    }
}

/// The device that the worker signs for.
pub(crate) async fn device(worker: &WorkerClient, attempt: &str) -> Result<Device, Fault> {
    match worker.ask(Verb::Device { attempt: attempt.to_owned() }).await? {
        Answer::Device { key, home } => Ok(named(key, &home)),
        answer => Err(unexpected(&format!("{answer:?}"))),
    }
}

fn named(key: String, home: &str) -> Device {
    Device { key, home: if home == "webcrypto" { KeyHome::Webcrypto } else { KeyHome::Software } }
}
