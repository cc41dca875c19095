//! What a witness is asked, and what it answers (C2SP tlog-witness v1.0.0).

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    checkpoint::{CheckpointFault, LogPolicy, Vouched, hash, number},
    merkle::{Hash, MAX_PROOF, empty_root, verify_consistency},
    note::MAX_NOTE,
};

/// The longest request that is read, in bytes.
pub const MAX_REQUEST: usize = MAX_NOTE + 8 * 1024;

/// A request that was read: a checkpoint, and that it continues one of `old` leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size of the checkpoint that the witness cosigned last.
    pub old: u64,
    /// The consistency proof.
    pub proof: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// What a witness holds of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The size of the largest checkpoint that it cosigned.
    pub size: u64,
    /// Its root.
    pub root: Hash,
}

impl Default for Seen {
    /// Nothing yet.
    fn default() -> Self {
        Self { size: 0, root: empty_root() }
    }
}

/// Why a checkpoint is not cosigned, each with a status of its own.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400: not the form of a request, or an old size above the new one.
    #[error("{0}")]
    Request(&'static str),
    /// 404: a log that the witness does not look after.
    #[error("the log is not known here")]
    UnknownLog,
    /// 403: not signed by the log.
    #[error("{0}")]
    Signature(CheckpointFault),
    /// 409: the witness has cosigned another size.
    #[error("the checkpoint that was cosigned last has {0} leaves")]
    Size(u64),
    /// 409: another root at the same size: the log has forked.
    #[error("another root was cosigned for this size")]
    Fork(u64),
    /// 422: the proof does not show that the log only grew.
    #[error("the proof does not show that the log only grew")]
    Proof,
}

impl AddCheckpoint {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// [`Refusal::Request`].
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let form = Refusal::Request;
        if body.len() > MAX_REQUEST {
            return Err(form("the request is too long"));
        }
        let body = std::str::from_utf8(body).map_err(|_| form("the request is not UTF-8"))?;
        let (head, checkpoint) = body.split_once("\n\n").ok_or(form("no empty line stands before a checkpoint"))?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| number(line.strip_prefix("old ")?));
        let old = old.ok_or(form("the first line is not «old» and a size"))?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == MAX_PROOF {
                return Err(form("there are more than 63 hashes"));
            }
            proof.push(hash(line).ok_or(form("a line is no hash in base64"))?);
        }
        Ok(Self { old, proof, checkpoint: checkpoint.to_owned() })
    }

    /// The body of a request.
    pub fn write(&self) -> String {
        let hashes: String = self.proof.iter().map(|hash| format!("{}\n", STANDARD.encode(hash))).collect();
        format!("old {}\n{hashes}\n{}", self.old, self.checkpoint)
    }

    /// Whether a witness that has seen this of the log may cosign; gives the checkpoint, which is then the last it has seen.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn judge(&self, log: &LogPolicy, seen: &Seen) -> Result<Vouched, Refusal> {
        let vouched = log.check(self.checkpoint.as_bytes()).map_err(|fault| match fault {
            CheckpointFault::Origin(_) => Refusal::UnknownLog,
            CheckpointFault::Form(why) => Refusal::Request(why),
            other => Refusal::Signature(other),
        })?;
        let new = &vouched.checkpoint;
        if self.old > new.size {
            return Err(Refusal::Request("the old size is above the checkpoint's"));
        }
        if self.old != seen.size {
            return Err(Refusal::Size(seen.size));
        }
        if self.old == new.size && seen.root != new.root {
            return Err(Refusal::Fork(seen.size));
        }
        if !verify_consistency(self.old, &seen.root, new.size, &new.root, &self.proof) {
            return Err(Refusal::Proof);
        }
        Ok(vouched)
    }
}
