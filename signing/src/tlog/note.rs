//! Signed notes (C2SP signed-note v1.0.0): text, and lines of signatures under it.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::cosignature;
use crate::{
    digest::sha256,
    keys::{PublicKey, SigningKey},
};

/// The longest note that is read, in bytes.
pub const MAX_NOTE: usize = 256 * 1024;
/// The most signatures that are read; a note with more is refused.
pub const MAX_SIGNATURES: usize = 64;
/// The longest name of a key, in bytes.
const MAX_NAME: usize = 256;
/// What a line of a signature begins with.
const MARK: &str = "\u{2014} ";

/// What a key signs, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// Ed25519 over the note's text: type 0x01.
    Note,
    /// Ed25519 over time and text, by a witness: type 0x04 (C2SP tlog-cosignature v1).
    Cosignature,
}

impl KeyType {
    fn byte(self) -> u8 {
        match self {
            Self::Note => 1,
            Self::Cosignature => 4,
        }
    }
}

/// A key whose signatures count, under its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key_type: KeyType,
    key: PublicKey,
}

/// A text that is no verifier key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no verifier key (NAME+8 hexadecimal digits+base64) of an Ed25519 key of type 1 or 4")]
pub struct NoVerifier(String);

impl NoVerifier {
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().take(100).collect())
    }
}

fn is_name(name: &str) -> bool {
    let allowed = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    (1..=MAX_NAME).contains(&name.len()) && name.chars().all(allowed)
}

impl Verifier {
    /// A key under a name: at least one character, no white space, no `+`.
    ///
    /// # Errors
    /// [`NoVerifier`] for another name.
    pub fn new(name: &str, key_type: KeyType, key: PublicKey) -> Result<Self, NoVerifier> {
        if is_name(name) { Ok(Self { name: name.to_owned(), key_type, key }) } else { Err(NoVerifier::of(name)) }
    }

    /// Reads the form `NAME+KEYID+BASE64`.
    ///
    /// # Errors
    /// [`NoVerifier`].
    pub fn parse(text: &str) -> Result<Self, NoVerifier> {
        let read = || {
            let (name, rest) = text.split_once('+')?;
            let (id, key) = rest.split_once('+')?;
            let bytes = STANDARD.decode(key).ok()?;
            let (first, key) = bytes.split_first()?;
            let key_type = [KeyType::Note, KeyType::Cosignature].into_iter().find(|kind| kind.byte() == *first)?;
            let verifier = Self::new(name, key_type, PublicKey::from_bytes(key.try_into().ok()?)?).ok()?;
            (hex::encode(verifier.id()) == id).then_some(verifier)
        };
        read().ok_or_else(|| NoVerifier::of(text))
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// The first four bytes of SHA-256 over name, line end, type and key.
    pub fn id(&self) -> [u8; 4] {
        let mut message = self.name.clone().into_bytes();
        message.extend([b'\n', self.key_type.byte()]);
        message.extend(self.key.to_bytes());
        let [a, b, c, d, ..] = sha256(&message);
        [a, b, c, d]
    }

    /// The line of a signature of this key, made elsewhere.
    pub(super) fn line(&self, signature: &[u8]) -> String {
        let mut bytes = self.id().to_vec();
        bytes.extend_from_slice(signature);
        format!("{MARK}{} {}\n", self.name, STANDARD.encode(bytes))
    }

    fn fits(&self, signature: &NoteSignature) -> bool {
        signature.name == self.name && signature.id == self.id()
    }

    /// The time of a good signature, in seconds since 1970, where it has one; `None` for a bad one.
    fn verified(&self, text: &str, signature: &[u8]) -> Option<Option<u64>> {
        match self.key_type {
            KeyType::Note => self.key.verifies(text.as_bytes(), signature.try_into().ok()?).then_some(None),
            KeyType::Cosignature => cosignature::verify(&self.key, text, signature).map(Some),
        }
    }
}

impl fmt::Display for Verifier {
    /// The form `NAME+KEYID+BASE64`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.key_type.byte()];
        bytes.extend(self.key.to_bytes());
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id()), STANDARD.encode(bytes))
    }
}

/// A line of a signature, not yet verified.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NoteSignature {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// A note that was read. Its text says nothing before [`Self::verify`] has been asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// Why a note does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteFault {
    /// Too long.
    #[error("the note has {0} bytes; at most {MAX_NOTE} are read")]
    TooLong(usize),
    /// Not the form of a note.
    #[error("it is no signed note: {0}")]
    Form(&'static str),
    /// A signature under the name and id of a known key that does not fit.
    #[error("the signature of {0} does not fit the text")]
    BadSignature(String),
    /// Of no known key.
    #[error("no known key signed it")]
    Unsigned,
}

/// A signature that was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodSignature {
    /// The place of its key among the known ones.
    pub known: usize,
    /// For a cosignature, when it was made, in seconds since 1970.
    pub time: Option<u64>,
}

impl Note {
    /// Reads a note.
    ///
    /// # Errors
    /// [`NoteFault::TooLong`], [`NoteFault::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteFault> {
        if bytes.len() > MAX_NOTE {
            return Err(NoteFault::TooLong(bytes.len()));
        }
        let form = NoteFault::Form;
        let whole = std::str::from_utf8(bytes).map_err(|_| form("it is not UTF-8"))?;
        if whole.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(form("it has control characters"));
        }
        let end = whole.rfind("\n\n").ok_or(form("no empty line stands between text and signatures"))?;
        let (text, lines) = (&whole[..=end], &whole[end + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(form("its last line does not end"))?;
        if lines.split('\n').count() > MAX_SIGNATURES {
            return Err(form("it has too many signatures"));
        }
        let signatures = lines.split('\n').map(signature).collect::<Option<_>>();
        Ok(Self { text: text.to_owned(), signatures: signatures.ok_or(form("a line is no signature"))? })
    }

    /// The text, its last line end included. Only what [`Self::verify`] found signed is to be believed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks every signature of a known key; those of others are passed over. At most one of each key is given.
    ///
    /// # Errors
    /// [`NoteFault::BadSignature`] if one does not fit, [`NoteFault::Unsigned`] if there is none.
    pub fn verify(&self, known: &[Verifier]) -> Result<Vec<GoodSignature>, NoteFault> {
        let mut good: Vec<GoodSignature> = Vec::new();
        for signature in &self.signatures {
            let Some(place) = known.iter().position(|verifier| verifier.fits(signature)) else { continue };
            let time = known[place].verified(&self.text, &signature.bytes);
            let time = time.ok_or_else(|| NoteFault::BadSignature(signature.name.clone()))?;
            if good.iter().all(|other| other.known != place) {
                good.push(GoodSignature { known: place, time });
            }
        }
        if good.is_empty() { Err(NoteFault::Unsigned) } else { Ok(good) }
    }
}

fn signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix(MARK)?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    (is_name(name) && !signature.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        id: *id,
        bytes: signature.to_vec(),
    })
}

/// The text with one signature of type 1 under it. The text ends with a line end and holds no other control character.
pub fn sign(text: &str, verifier: &Verifier, key: &SigningKey) -> String {
    format!("{text}\n{}", verifier.line(&key.sign(text.as_bytes())))
}
