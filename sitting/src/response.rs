//! What leaves a device in the end: the response file, the receipt for the candidate, and the acknowledgement for both
//! (docs/RESPONSE.md).

use serde::{Deserialize, Serialize};
use signing::{
    code::Code80,
    jcs::CanonicalError,
    keys::PublicKey,
    signed::{Signed, SignedFault},
};

use crate::{
    device::{Device, KeyHome},
    file::{self, FileFault},
    journal::Line,
    package::Payload,
    state::Sitting,
};

/// The most lines of a journal: about one a second for a whole working day.
pub const MAX_JOURNAL_LINES: u64 = 30_000;

/// The clear part of a response file, signed by the device. For one state of a journal there is one header, however often it
/// is exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseHeader {
    /// Always `invigil-response`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Pseudonym of the attempt.
    pub attempt: String,
    /// SHA-256 of the manifest.
    pub manifest: String,
    /// Lines of the journal.
    pub count: u64,
    /// SHA-256 of the last one.
    pub head: String,
    /// 1, and 1 more after each move to another device.
    pub epoch: u32,
    /// The device's public key (Multikey), which also signs this header.
    pub device: String,
    /// Where the device keeps the private one.
    pub key_home: KeyHome,
    /// Whether the sitting was handed in.
    pub submitted: bool,
}

/// A response file, closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseFile {
    /// What it holds, vouched for by the device.
    pub header: Signed<ResponseHeader>,
    /// An age file with the journal's lines, each with a line feed behind it.
    pub sealed: Vec<u8>,
}

/// What a candidate takes home: the device's claim of what was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Always `invigil-receipt`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The header of the response file.
    pub header: Signed<ResponseHeader>,
}

/// The exam body's word that it holds a journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// Always `invigil-acknowledgement`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Pseudonym of the attempt.
    pub attempt: String,
    /// SHA-256 of the manifest.
    pub manifest: String,
    /// Lines held.
    pub count: u64,
    /// SHA-256 of the last one.
    pub head: String,
    /// Whether the sitting was handed in.
    pub submitted: bool,
    /// When it was received, milliseconds since 1970-01-01T00:00:00Z.
    pub received_ms: u64,
}

/// Why a response file, receipt or acknowledgement does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResponseFault {
    /// Not the file it should be.
    #[error("the file {0}")]
    File(#[from] FileFault),
    /// The header is not its device's.
    #[error("the header {0}")]
    Header(SignedFault),
    /// The acknowledgement is not the exam body's.
    #[error("the acknowledgement {0}")]
    Signed(SignedFault),
    /// The acknowledgement is not of this journal.
    #[error("the acknowledgement {0}")]
    Acknowledgement(&'static str),
    /// The lines are not what the header says.
    #[error("its lines are not those that its header names: {0}")]
    Lines(String),
    /// The journal does not fit the package, or not the header.
    #[error("its journal does not count: {0}")]
    Journal(&'static str),
}

impl ResponseHeader {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-response";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The header of a journal as it stands; `None` before a device writes it.
    pub fn of(sitting: &Sitting) -> Option<Self> {
        sitting.device().map(|device| Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            attempt: sitting.manifest().attempt.clone(),
            manifest: sitting.manifest_digest().to_owned(),
            count: sitting.count(),
            head: sitting.head().to_owned(),
            epoch: sitting.epoch(),
            device: device.key.clone(),
            key_home: device.home,
            submitted: sitting.answers().submission().is_some(),
        })
    }

    /// The device as the header names it.
    pub fn as_device(&self) -> Device {
        Device { key: self.device.clone(), home: self.key_home }
    }
}

impl ResponseFile {
    /// Reads a response file and checks that the device that the header names signed it.
    ///
    /// # Errors
    /// [`ResponseFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, ResponseFault> {
        let versions = ResponseHeader::VERSION..=ResponseHeader::VERSION;
        let (header, sealed) = file::read(bytes, "response file of a sitting", ResponseHeader::FORMAT, &versions)?;
        check_header(&header)?;
        Ok(Self { header, sealed })
    }

    /// The response file.
    ///
    /// # Errors
    /// As [`signing::jcs::to_vec`].
    pub fn write(&self) -> Result<Vec<u8>, CanonicalError> {
        file::write(&self.header, &self.sealed)
    }

    /// The lines of what was sealed, as many and with the head that the header says.
    ///
    /// # Errors
    /// [`ResponseFault::Lines`].
    pub fn lines(&self, opened: &[u8]) -> Result<Vec<String>, ResponseFault> {
        let refuse = |reason: String| ResponseFault::Lines(reason);
        let text = std::str::from_utf8(opened).map_err(|_| refuse("they are no text".into()))?;
        let header = &self.header.document;
        // Counted before they are held: a line feed is a line too, and there may be millions.
        let count = text.lines().count();
        if count as u64 != header.count || header.count > MAX_JOURNAL_LINES {
            return Err(refuse(format!("{count} lines, {} in the header", header.count)));
        }
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.last().map(|line| Line::digest(line)).as_ref() != Some(&header.head) {
            return Err(refuse("the last line has another hash".into()));
        }
        Ok(lines)
    }
}

impl ResponseHeader {
    /// Checks the journal of this header's lines against the opened package, and against the header itself.
    ///
    /// # Errors
    /// [`ResponseFault::Journal`].
    pub fn check_journal(&self, sitting: &Sitting, payload: &Payload) -> Result<(), ResponseFault> {
        let refuse = |reason| Err(ResponseFault::Journal(reason));
        if !sitting.proves_opening(&payload.opening) {
            return refuse("line 1 does not prove that the package of this attempt was opened");
        }
        if sitting.time().approved_ms() != (payload.extra_ms, payload.break_ms) {
            return refuse("line 1 claims other accommodations than were approved");
        }
        if sitting.device() != Some(&self.as_device()) || sitting.epoch() != self.epoch {
            return refuse("it is signed by another device than the one that wrote the journal");
        }
        if sitting.answers().submission().is_some() != self.submitted {
            return refuse("header and lines disagree on whether the exam was handed in");
        }
        Ok(())
    }
}

/// The bytes to seal: the lines, each with a line feed behind it.
pub fn sealed_lines(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_bytes(), b"\n"]).flatten().copied().collect()
}

fn check_header(header: &Signed<ResponseHeader>) -> Result<(), ResponseFault> {
    let device = PublicKey::from_multikey(&header.document.device);
    let device = device.map_err(|_| ResponseFault::Header(SignedFault::Unreadable))?;
    header.check(&[device]).map_err(ResponseFault::Header)
}

impl Receipt {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-receipt";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The receipt of a header.
    pub fn of(header: Signed<ResponseHeader>) -> Self {
        Self { format: Self::FORMAT.into(), version: Self::VERSION, header }
    }

    /// The code to write down: the first 80 bits of SHA-256 over the signed header's canonical JSON.
    ///
    /// # Errors
    /// As [`signing::jcs::to_vec`].
    pub fn code(&self) -> Result<Code80, CanonicalError> {
        let digest = signing::digest::sha256(&signing::jcs::to_vec(&self.header)?);
        let mut ten = [0; 10];
        ten.copy_from_slice(&digest[..10]);
        Ok(Code80::from_bytes(ten))
    }

    /// What stands in the receipt's QR code: attempt and the whole digest.
    ///
    /// # Errors
    /// As [`signing::jcs::to_vec`].
    pub fn qr_text(&self) -> Result<String, CanonicalError> {
        Ok(format!("invigil-receipt:{}:{}", self.header.document.attempt, self.header.digest()?))
    }

    /// Checks that this is a receipt of a version that is known, and the device's signature.
    ///
    /// # Errors
    /// [`ResponseFault`].
    pub fn check(&self) -> Result<(), ResponseFault> {
        let header = &self.header.document;
        for (format, version, known) in [
            ((&self.format, Self::FORMAT), self.version, Self::VERSION),
            ((&header.format, ResponseHeader::FORMAT), header.version, ResponseHeader::VERSION),
        ] {
            if format.0 != format.1 {
                return Err(FileFault::Kind("receipt of a sitting").into());
            }
            if version != known {
                return Err(FileFault::Version { got: version.into(), known }.into());
            }
        }
        check_header(&self.header)
    }
}

impl Acknowledgement {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-acknowledgement";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// The acknowledgement of a journal as it is held.
    pub fn of(sitting: &Sitting, received_ms: u64) -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            attempt: sitting.manifest().attempt.clone(),
            manifest: sitting.manifest_digest().to_owned(),
            count: sitting.count(),
            head: sitting.head().to_owned(),
            submitted: sitting.answers().submission().is_some(),
            received_ms,
        }
    }

    /// Checks that a signed acknowledgement is one of the exam body's or the room's, and of this journal as far as it goes.
    ///
    /// # Errors
    /// [`ResponseFault::Acknowledgement`], [`ResponseFault::Signed`].
    pub fn check(signed: &Signed<Self>, sitting: &Sitting) -> Result<(), ResponseFault> {
        let (manifest, this) = (sitting.manifest(), &signed.document);
        let refuse = |reason| Err(ResponseFault::Acknowledgement(reason));
        signed.check(&manifest.authorities()).map_err(ResponseFault::Signed)?;
        if this.format != Self::FORMAT || this.version != Self::VERSION {
            return refuse("is of an unknown kind");
        }
        if this.attempt != manifest.attempt || this.manifest != sitting.manifest_digest() {
            return refuse("is another attempt's");
        }
        match sitting.head_at(this.count) {
            None => refuse("names more lines than this journal has"),
            Some(head) if head != this.head => refuse("names another journal"),
            Some(_) => Ok(()),
        }
    }
}
