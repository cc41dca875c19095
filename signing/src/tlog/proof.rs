//! Proofs for offline use (C2SP `tlog-proof`, version 1): an index, an inclusion proof, a signed checkpoint, in one text.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    checkpoint::{CheckpointFault, LogPolicy, hash, number},
    merkle::{Hash, MAX_PROOF, leaf_hash, verify_inclusion},
    note::MAX_NOTE,
};

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// The longest extra data that is read, in bytes of base64.
const MAX_EXTRA: usize = 64 * 1024;
/// The longest proof that is read, in bytes.
pub const MAX_TLOG_PROOF: usize = MAX_NOTE + MAX_EXTRA + 8 * 1024;

/// A proof that was read. It says nothing before [`Self::verify`] has been asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlogProof {
    /// Data of the application; never authenticated by the proof itself.
    pub extra: Option<Vec<u8>>,
    /// The leaf's number, from 0.
    pub index: u64,
    /// From the leaf's sibling to a child of the root.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// Why a proof proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// Not the form of a proof.
    #[error("it is no proof of a transparency log: {0}")]
    Form(&'static str),
    /// The checkpoint does not count.
    #[error("its checkpoint does not count: {0}")]
    Checkpoint(#[from] CheckpointFault),
    /// The hashes lead elsewhere.
    #[error("what it is said to prove is not in the log of its checkpoint at place {index}")]
    NotIncluded {
        /// The place.
        index: u64,
    },
}

/// What a proof proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// The entry's number, from 0.
    pub index: u64,
    /// How many entries the log had.
    pub size: u64,
    /// The witnesses that cosigned, and when, in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
    /// Whether as many as the policy asks for.
    pub quorum: bool,
}

impl TlogProof {
    /// Whether bytes are meant as a proof.
    pub fn is_likely(bytes: &[u8]) -> bool {
        bytes.starts_with(b"c2sp.org/tlog-proof@")
    }

    /// Reads a proof.
    ///
    /// # Errors
    /// [`ProofFault::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFault> {
        let form = ProofFault::Form;
        if bytes.len() > MAX_TLOG_PROOF {
            return Err(form("it is too long"));
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| form("it is not UTF-8"))?;
        let (head, checkpoint) = whole.split_once("\n\n").ok_or(form("no empty line stands before a checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(form("its first line is not c2sp.org/tlog-proof@v1"));
        }
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) if line.len() > MAX_EXTRA => return Err(form("its extra data are too long")),
            Some(line) => Some(STANDARD.decode(&line[6..]).map_err(|_| form("its extra data are not base64"))?),
            None => None,
        };
        let index = lines.next().and_then(|line| number(line.strip_prefix("index ")?));
        let index = index.ok_or(form("it gives no index"))?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() == MAX_PROOF {
                return Err(form("it has more hashes than any proof"));
            }
            hashes.push(hash(line).ok_or(form("a line is no hash in base64"))?);
        }
        Ok(Self { extra, index, hashes, checkpoint: checkpoint.to_owned() })
    }

    /// Checks that a log of this policy has this entry.
    ///
    /// # Errors
    /// [`ProofFault`]; too few witnesses are none.
    pub fn verify(&self, entry: &[u8], policy: &LogPolicy) -> Result<Included, ProofFault> {
        let vouched = policy.check(self.checkpoint.as_bytes())?;
        let (size, index) = (vouched.checkpoint.size, self.index);
        if !verify_inclusion(&leaf_hash(entry), index, size, &self.hashes, &vouched.checkpoint.root) {
            return Err(ProofFault::NotIncluded { index });
        }
        Ok(Included { index, size, cosigned: vouched.cosigned, quorum: vouched.quorum })
    }
}

impl fmt::Display for TlogProof {
    /// The text of a `.tlog-proof` file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", STANDARD.encode(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}
