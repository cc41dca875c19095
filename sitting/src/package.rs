//! A candidate's package: the signed manifest in clear, and the sealed questions (docs/PACKAGE.md).

use item::Form;
use serde::{Deserialize, Serialize};
use signing::{
    digest::sha256_hex,
    jcs::{self, CanonicalError},
    json,
    keys::PublicKey,
    signed::{Signed, SignedFault},
};

use crate::{
    file::{self, FileFault},
    manifest::{Kind, Manifest, SealedPart},
};

/// A package, closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// What the sitting allows.
    pub manifest: Signed<Manifest>,
    /// An age file that holds a [`Payload`].
    pub sealed: Vec<u8>,
}

/// What is sealed: who sits, what was approved for them, and the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Always `invigil-payload`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The attempt, as in the manifest.
    pub attempt: String,
    /// A secret of the exam body, 32 hexadecimal digits: whoever knows it has opened the package.
    pub opening: String,
    /// The candidate's name as it will stand on the certificate.
    pub candidate: String,
    /// Approved extra time in milliseconds.
    pub extra_ms: u64,
    /// Approved breaks that stop the clock, in all, in milliseconds.
    pub break_ms: u64,
    /// The questions, without keys.
    pub form: Form,
}

/// Why a package cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackageFault {
    /// Not the file it should be.
    #[error("the file {0}")]
    File(#[from] FileFault),
    /// The sealed part is shorter than the manifest says.
    #[error("the file is incomplete: it has {got} of {expected} bytes of the sealed part; copy it again")]
    Incomplete {
        /// Bytes there.
        got: u64,
        /// Bytes that there must be.
        expected: u64,
    },
    /// The sealed part is not the manifest's.
    #[error("the sealed part is not the one that its manifest names: it was changed, or belongs to another package")]
    OtherPayload,
    /// The manifest is not the exam body's.
    #[error("the manifest {0}")]
    Signed(#[from] SignedFault),
    /// A later generation of the app is needed.
    #[error(
        "the package needs generation {needed} of the app, this is generation {}; load the app anew",
        Manifest::APP
    )]
    App {
        /// The generation needed.
        needed: u32,
    },
    /// Practice where an exam is expected, or the other way round.
    #[error("it is {}", match .0 { Kind::Exam => "an exam, not a rehearsal", Kind::Practice => "a rehearsal, not an exam" })]
    Kind(Kind),
    /// What was sealed does not hold what it must.
    #[error("what was sealed cannot be used: {0}")]
    Payload(String),
}

impl Package {
    /// Reads a package's file. What it says counts only after [`Self::check`].
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, PackageFault> {
        let (manifest, sealed): (Signed<Manifest>, _) =
            file::read(bytes, "package of a sitting", Manifest::FORMAT, &Manifest::VERSIONS)?;
        let Manifest { version, exam, items, open_book, .. } = &manifest.document;
        if *version != Manifest::version_for(exam, items, open_book.as_ref()) {
            return Err(FileFault::Head("its version is not that of its items".into()).into());
        }
        if let Some(fault) = open_book.as_ref().and_then(|book| book.fault(exam)) {
            return Err(FileFault::Head(fault.into()).into());
        }
        Ok(Self { manifest, sealed })
    }

    /// The package's file.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn write(&self) -> Result<Vec<u8>, CanonicalError> {
        file::write(&self.manifest, &self.sealed)
    }

    /// Checks that one of the trusted keys signed the manifest, that the sealed part is the manifest's, and that this code can
    /// sit it.
    ///
    /// # Errors
    /// [`PackageFault`].
    pub fn check(&self, trusted: &[PublicKey], kind: Kind) -> Result<(), PackageFault> {
        let manifest = &self.manifest.document;
        self.manifest.check(trusted)?;
        let (got, expected) = (self.sealed.len() as u64, manifest.payload.bytes);
        if got < expected {
            return Err(PackageFault::Incomplete { got, expected });
        }
        if SealedPart::of(&self.sealed) != manifest.payload {
            return Err(PackageFault::OtherPayload);
        }
        if manifest.app > Manifest::APP {
            return Err(PackageFault::App { needed: manifest.app });
        }
        if manifest.kind == kind { Ok(()) } else { Err(PackageFault::Kind(manifest.kind)) }
    }
}

/// What shows, in the first line of a journal, that the device's owner opened the package: SHA-256 over JCS of
/// `["invigil-opening-1", attempt, key, opening]`, as 64 lower-case hexadecimal digits. The manifest is public; without this,
/// anybody could hand in an empty journal for a candidate.
///
/// # Errors
/// As [`jcs::to_vec`].
pub fn opening_proof(attempt: &str, key: &str, opening: &str) -> Result<String, CanonicalError> {
    jcs::digest_hex(&("invigil-opening-1", attempt, key, opening))
}

impl SealedPart {
    /// What a manifest says of these sealed bytes.
    pub fn of(sealed: &[u8]) -> Self {
        Self { digest: sha256_hex(sealed), bytes: sealed.len() as u64 }
    }
}

impl Payload {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-payload";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// Reads what was sealed, and checks that it is what the manifest says.
    ///
    /// # Errors
    /// [`PackageFault::Payload`].
    pub fn read(bytes: &[u8], manifest: &Manifest) -> Result<Self, PackageFault> {
        let refuse = |reason: &str| PackageFault::Payload(reason.to_owned());
        let value = json::parse(bytes).map_err(|error| refuse(&error.to_string()))?;
        let payload: Self = serde_json::from_value(value).map_err(|error| refuse(&error.to_string()))?;
        if payload.format != Self::FORMAT || payload.version != Self::VERSION {
            return Err(refuse(&format!("it is {:?} version {}", payload.format, payload.version)));
        }
        if payload.attempt != manifest.attempt {
            return Err(refuse("it is another candidate's"));
        }
        if jcs::digest_hex(&payload.form).ok().as_ref() != Some(&manifest.form_digest) {
            return Err(refuse("the questions are not those of the manifest"));
        }
        if Manifest::rules(&payload.form) != manifest.items {
            return Err(refuse("the questions accept other responses than the manifest says"));
        }
        Ok(payload)
    }

    /// The bytes to seal.
    ///
    /// # Errors
    /// As [`jcs::to_vec`].
    pub fn write(&self) -> Result<Vec<u8>, CanonicalError> {
        jcs::to_vec(self)
    }
}
