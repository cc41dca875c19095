//! The transparency log (docs/LOG.md): from what happened to leaves, checkpoints, proofs, and the signatures of witnesses.

mod ask;
mod durable;
mod export;
mod follow;
mod prove;
mod records;
mod sequence;
mod source;
mod witness;

use serde::{Deserialize, Serialize};
use signing::{
    keys::SigningKey,
    tlog::{
        checkpoint::LogPolicy,
        note::{KeyType, Verifier},
    },
    verify::TrustedLog,
};
use tokio::sync::Mutex;

pub use ask::keep_up;
pub use follow::{FollowError, Followed, Seen, follow, shown};
pub use prove::Subject;
pub use source::{Files, Source, SourceError};
pub use witness::{Witness, WitnessError};

pub(crate) use durable::replace;

/// The witnesses that a server asks: `[log]` in `invigil.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// Whose cosignatures are wanted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witness: Vec<WitnessConfig>,
    /// So many of them make a checkpoint that is published; all, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<u32>,
}

/// A witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessConfig {
    /// Its submission prefix: `/add-checkpoint` is put to it.
    pub url: String,
    /// Its key, as NAME+KEYID+BASE64 of type 4.
    pub key: String,
}

impl LogConfig {
    /// Whether nothing is configured.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn quorum(&self) -> usize {
        self.quorum.map_or(self.witness.len(), |quorum| quorum as usize)
    }
}

/// A server's log: its name, its key, and who watches it.
pub struct Log {
    key: SigningKey,
    policy: LogPolicy,
    config: LogConfig,
    /// One at a time makes leaves in this process.
    sequencing: Mutex<()>,
}

impl Log {
    /// The log of an issuer with this host.
    ///
    /// # Errors
    /// What is wrong with the name or with a witness, in a sentence.
    pub fn new(did_host: &str, key: SigningKey, config: &LogConfig) -> Result<Self, String> {
        let origin = format!("{did_host}/log");
        let log = Verifier::new(&origin, KeyType::Note, key.public())
            .map_err(|error| format!("issuer.did_host makes no name of a log: {error}"))?;
        let keys: Vec<String> = config.witness.iter().map(|witness| witness.key.clone()).collect();
        let policy = LogPolicy::parse(&origin, &log.to_string(), &keys, config.quorum())
            .map_err(|error| format!("log.witness: {error}"))?;
        if policy.quorum > policy.witnesses.len() {
            let (quorum, count) = (policy.quorum, policy.witnesses.len());
            return Err(format!("log.quorum is {quorum}, but there are {count} witnesses"));
        }
        Ok(Self { key, policy, config: config.clone(), sequencing: Mutex::default() })
    }

    /// The log's name.
    pub fn origin(&self) -> &str {
        &self.policy.origin
    }

    /// The log's key as others are told it.
    pub fn vkey(&self) -> String {
        self.policy.log.to_string()
    }

    /// Whose signatures make a checkpoint count.
    pub fn policy(&self) -> &LogPolicy {
        &self.policy
    }

    /// What a verifier is told of this log.
    pub fn trusted(&self, issuer: &str) -> TrustedLog {
        TrustedLog {
            issuer: issuer.to_owned(),
            origin: self.policy.origin.clone(),
            key: self.vkey(),
            witnesses: self.config.witness.iter().map(|witness| witness.key.clone()).collect(),
            quorum: self.policy.quorum as u32,
        }
    }
}
