//! Checkpoints (C2SP tlog-checkpoint v1.0.0): the name of a log, its size and its root, signed.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{
    merkle::{Hash, MAX_SIZE},
    note::{KeyType, NoVerifier, Note, NoteFault, Verifier, sign},
};
use crate::keys::SigningKey;

/// What a log says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// The root of its tree.
    pub root: Hash,
}

/// Why a checkpoint does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointFault {
    /// As a note.
    #[error(transparent)]
    Note(#[from] NoteFault),
    /// The text of the note.
    #[error("it is no checkpoint: {0}")]
    Form(&'static str),
    /// Another log's.
    #[error("it is a checkpoint of the log {0}")]
    Origin(String),
    /// The log itself did not sign.
    #[error("it does not carry the signature of the log {0}")]
    NotTheLog(String),
}

/// A size or an index: decimal digits without needless zeros, at most 2^63 − 1.
pub(super) fn number(text: &str) -> Option<u64> {
    let value: u64 = text.parse().ok()?;
    (value <= MAX_SIZE && value.to_string() == text).then_some(value)
}

/// A hash in base64.
pub(super) fn hash(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

impl Checkpoint {
    /// Reads the text of a note; lines after the third are extensions, which are passed over.
    ///
    /// # Errors
    /// [`CheckpointFault::Form`].
    pub fn parse(text: &str) -> Result<Self, CheckpointFault> {
        let form = CheckpointFault::Form;
        let mut lines = text.strip_suffix('\n').ok_or(form("its last line does not end"))?.split('\n');
        let origin = lines.next().filter(|origin| !origin.is_empty()).ok_or(form("it names no log"))?;
        let size = lines.next().and_then(number).ok_or(form("its second line is no size"))?;
        let root = lines.next().and_then(hash).ok_or(form("its third line is no root hash in base64"))?;
        if lines.any(str::is_empty) {
            return Err(form("it has an empty line"));
        }
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// The checkpoint as a note signed by the log.
    pub fn sign(&self, log: &Verifier, key: &SigningKey) -> String {
        sign(&self.text(), log, key)
    }
}

/// Whose signatures make a checkpoint of one log count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPolicy {
    /// The log's name.
    pub origin: String,
    /// The log's key.
    pub log: Verifier,
    /// Keys of witnesses.
    pub witnesses: Vec<Verifier>,
    /// So many of the witnesses must have cosigned.
    pub quorum: usize,
}

/// A checkpoint that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// What the log says.
    pub checkpoint: Checkpoint,
    /// The witnesses that cosigned it, and when, in seconds since 1970.
    pub cosigned: Vec<(String, u64)>,
    /// Whether as many as the policy asks for.
    pub quorum: bool,
}

impl LogPolicy {
    /// A policy from verifier keys: the log's of type 1, the witnesses' of type 4.
    ///
    /// # Errors
    /// [`NoVerifier`] for the first that is none.
    pub fn parse(origin: &str, log: &str, witnesses: &[String], quorum: usize) -> Result<Self, NoVerifier> {
        let of_type = |text: &str, wanted| {
            let read = Verifier::parse(text)?;
            if read.key_type() == wanted { Ok(read) } else { Err(NoVerifier::of(text)) }
        };
        Ok(Self {
            origin: origin.to_owned(),
            log: of_type(log, KeyType::Note)?,
            witnesses: witnesses.iter().map(|text| of_type(text, KeyType::Cosignature)).collect::<Result<_, _>>()?,
            quorum,
        })
    }

    /// Reads a signed checkpoint and checks who signed it. Whether there are witnesses enough is told, not demanded.
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn check(&self, note: &[u8]) -> Result<Vouched, CheckpointFault> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin != self.origin {
            return Err(CheckpointFault::Origin(checkpoint.origin.chars().take(100).collect()));
        }
        let mut known = vec![self.log.clone()];
        known.extend(self.witnesses.iter().cloned());
        let good = note.verify(&known)?;
        if good.iter().all(|signature| signature.known != 0) {
            return Err(CheckpointFault::NotTheLog(self.origin.clone()));
        }
        let cosigned: Vec<_> = good
            .iter()
            .filter_map(|signature| Some((known[signature.known].name().to_owned(), signature.time?)))
            .collect();
        let quorum = cosigned.len() >= self.quorum;
        Ok(Vouched { checkpoint, cosigned, quorum })
    }
}
