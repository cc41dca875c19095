//! Checking what a sitting leaves in people's hands, alone and against each other: the candidate's receipt, the exam body's
//! acknowledgement, the response file, the package (docs/RESPONSE.md, «Checked against each other»).

use item::OpenBook;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use signing::{digest::sha256_hex, json, keys::PublicKey, signed::Signed};

use crate::{
    file::MAX_HEAD,
    manifest::{BookFacts, Manifest},
    package::Package,
    response::{Acknowledgement, Receipt, ResponseFile, ResponseHeader},
};

/// A document of a sitting.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// What the candidate took home.
    Receipt(Box<Receipt>),
    /// The exam body's word.
    Acknowledgement(Box<Signed<Acknowledgement>>),
    /// The clear part of a response file.
    Response(Box<Signed<ResponseHeader>>),
    /// A sealed package.
    Package(Box<Package>),
    /// The document of an open book. Nobody signs it: a package names it.
    OpenBook(BookFacts),
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceOutcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// There is something to know.
    Note,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceStep {
    /// Its name.
    pub step: EvidenceStepName,
    /// How it came out.
    pub outcome: EvidenceOutcome,
    /// What that means.
    pub sentence: String,
}

/// A step's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceStepName {
    /// A document is what its signer signed.
    Signature,
    /// All are about one attempt.
    SameAttempt,
    /// All rest on one manifest.
    SameManifest,
    /// Receipt and response file name the same journal.
    SameResponse,
    /// The exam body holds what the candidate handed in.
    Acknowledged,
    /// An open book is the one that the package names.
    OpenBook,
}

/// What came of checking documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceReport {
    /// Whether some step passed and none failed.
    pub valid: bool,
    /// The receipt's code, if there is a receipt or a response file.
    pub receipt_code: Option<String>,
    /// Every step in order.
    pub steps: Vec<EvidenceStep>,
}

impl Evidence {
    /// Whether bytes look like such a document, so that they are not taken for a certificate.
    pub fn is_likely(bytes: &[u8]) -> bool {
        let head = &bytes[..bytes.len().min(64 * 1024)];
        [Receipt::FORMAT, Acknowledgement::FORMAT, ResponseHeader::FORMAT, Manifest::FORMAT, OpenBook::FORMAT]
            .iter()
            .any(|format| names(head, format))
    }

    /// Reads a document of any of these kinds.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let value = match json::parse(bytes) {
            Ok(value) => value,
            // Packages and response files have sealed bytes behind their first line, which says what they are.
            Err(_) if first_line_names(bytes, Manifest::FORMAT) => {
                let package = Package::read(bytes).map_err(|fault| fault.to_string())?;
                return Ok(Self::Package(Box::new(package)));
            }
            Err(_) if first_line_names(bytes, ResponseHeader::FORMAT) => {
                let response = ResponseFile::read(bytes).map_err(|fault| fault.to_string())?;
                return Ok(Self::Response(Box::new(response.header)));
            }
            // A book may be longer than what is signed.
            Err(unreadable) => return book(bytes).map(Self::OpenBook).ok_or_else(|| unreadable.to_string()),
        };
        let format = |value: &Value| value["format"].as_str().unwrap_or_default().to_owned();
        let own = format(&value);
        let signed = format(&value["document"]);
        let refuse = |error: serde_json::Error| error.to_string();
        if own == Receipt::FORMAT {
            let receipt: Receipt = serde_json::from_value(value).map_err(refuse)?;
            known(receipt.version, Receipt::VERSION)?;
            return Ok(Self::Receipt(Box::new(receipt)));
        }
        if signed == Acknowledgement::FORMAT {
            let signed: Signed<Acknowledgement> = serde_json::from_value(value).map_err(refuse)?;
            known(signed.document.version, Acknowledgement::VERSION)?;
            return Ok(Self::Acknowledgement(Box::new(signed)));
        }
        if own == OpenBook::FORMAT {
            let damaged = "it says that it is an open book, and cannot be read as one";
            return book(bytes).map(Self::OpenBook).ok_or_else(|| damaged.into());
        }
        Err("it is no receipt, acknowledgement, response file, package or open book of a sitting".into())
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "receipt",
            Self::Acknowledgement(_) => "acknowledgement",
            Self::Response(_) => "response file",
            Self::Package(_) => "package",
            Self::OpenBook(_) => "open book",
        }
    }

    /// The attempt that it is about; an open book is about none.
    fn attempt(&self) -> Option<&str> {
        Some(match self {
            Self::OpenBook(_) => return None,
            Self::Receipt(receipt) => &receipt.header.document.attempt,
            Self::Acknowledgement(signed) => &signed.document.attempt,
            Self::Response(header) => &header.document.attempt,
            Self::Package(package) => &package.manifest.document.attempt,
        })
    }

    /// The manifest that it rests on, by its digest.
    fn manifest(&self) -> Option<String> {
        Some(match self {
            Self::OpenBook(_) => return None,
            Self::Receipt(receipt) => receipt.header.document.manifest.clone(),
            Self::Acknowledgement(signed) => signed.document.manifest.clone(),
            Self::Response(header) => header.document.manifest.clone(),
            Self::Package(package) => package.manifest.document.digest().unwrap_or_default(),
        })
    }

    /// The device's claim, if this holds one.
    fn header(&self) -> Option<&Signed<ResponseHeader>> {
        match self {
            Self::Receipt(receipt) => Some(&receipt.header),
            Self::Response(header) => Some(header),
            Self::Acknowledgement(_) | Self::Package(_) | Self::OpenBook(_) => None,
        }
    }

    /// Whether its signer signed it; nothing of an open book, which has none.
    fn signature(&self, trusted: &[PublicKey]) -> Option<EvidenceStep> {
        let kind = self.kind();
        let checked = match self {
            Self::OpenBook(_) => return None,
            Self::Receipt(receipt) => receipt.check().map_err(|fault| fault.to_string()),
            Self::Response(header) => Receipt::of((**header).clone()).check().map_err(|fault| fault.to_string()),
            Self::Acknowledgement(signed) => signed.check(trusted).map_err(|fault| format!("it {fault}")),
            Self::Package(package) => {
                package.check(trusted, package.manifest.document.kind).map_err(|fault| fault.to_string())
            }
        };
        let good = match self {
            Self::Receipt(_) => "is unchanged since the candidate's device signed it",
            Self::Response(_) => {
                "begins with a header that is unchanged since the candidate's device signed it; what is sealed \
                 behind it is checked when it is collected"
            }
            Self::Acknowledgement(_) | Self::Package(_) | Self::OpenBook(_) => {
                "is unchanged since the exam body signed it"
            }
        };
        Some(match checked {
            Ok(()) => step(EvidenceStepName::Signature, true, format!("The {kind} {good}.")),
            Err(fault) => step(EvidenceStepName::Signature, false, format!("The {kind} does not count: {fault}.")),
        })
    }
}

/// What a package would say of the open book in these bytes; `None` if they are none.
fn book(bytes: &[u8]) -> Option<BookFacts> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= OpenBook::MAX_BYTES)?;
    let book: OpenBook = serde_json::from_str(text).ok()?;
    let is_known = book.format == OpenBook::FORMAT && book.version == OpenBook::VERSION;
    is_known.then(|| BookFacts { title: book.title, sha256: sha256_hex(bytes), bytes: bytes.len() as u64 })
}

/// Whether a format's name stands in this text, damaged or not.
fn names(text: &[u8], format: &str) -> bool {
    String::from_utf8_lossy(text).contains(&format!("\"{format}\""))
}

fn first_line_names(bytes: &[u8], format: &str) -> bool {
    let line = bytes.iter().take(MAX_HEAD).position(|&byte| byte == b'\n');
    names(&bytes[..line.unwrap_or(bytes.len().min(MAX_HEAD))], format)
}

fn known(version: u32, mine: u32) -> Result<(), String> {
    if version == mine { Ok(()) } else { Err(format!("it is of version {version}; version {mine} is read here")) }
}

fn step(step: EvidenceStepName, holds: bool, sentence: impl Into<String>) -> EvidenceStep {
    let outcome = if holds { EvidenceOutcome::Passed } else { EvidenceOutcome::Failed };
    EvidenceStep { step, outcome, sentence: sentence.into() }
}

/// Something to know.
fn note(name: EvidenceStepName, sentence: String) -> EvidenceStep {
    EvidenceStep { outcome: EvidenceOutcome::Note, ..step(name, true, sentence) }
}

/// Checks documents, each alone and all against each other. `trusted` are the exam body's keys.
pub fn check_evidence(documents: &[Evidence], trusted: &[PublicKey]) -> EvidenceReport {
    let mut steps: Vec<EvidenceStep> = documents.iter().filter_map(|document| document.signature(trusted)).collect();
    let attempts: Vec<&str> = documents.iter().filter_map(Evidence::attempt).collect();
    if attempts.len() > 1 {
        let attempt = attempts.windows(2).all(|pair| pair[0] == pair[1]);
        steps.push(step(
            EvidenceStepName::SameAttempt,
            attempt,
            if attempt { "All are about one attempt." } else { "They are about different attempts." },
        ));
        let manifests: Vec<String> = documents.iter().filter_map(Evidence::manifest).collect();
        let manifest = manifests.windows(2).all(|pair| pair[0] == pair[1]);
        steps.push(step(
            EvidenceStepName::SameManifest,
            manifest,
            if manifest { "All rest on one manifest." } else { "They rest on different manifests." },
        ));
    }
    compare(documents, &mut steps);
    compare_books(documents, &mut steps);
    let code = documents.iter().find_map(Evidence::header).and_then(|header| Receipt::of(header.clone()).code().ok());
    EvidenceReport {
        // Of an open book alone nothing is known.
        valid: steps.iter().any(|step| step.outcome == EvidenceOutcome::Passed)
            && steps.iter().all(|step| step.outcome != EvidenceOutcome::Failed),
        receipt_code: code.map(|code| code.to_string()),
        steps,
    }
}

/// Each open book against what each package names.
fn compare_books(documents: &[Evidence], steps: &mut Vec<EvidenceStep>) {
    let packages: Vec<_> = documents
        .iter()
        .filter_map(|document| match document {
            Evidence::Package(package) => Some(package.manifest.document.open_book.as_ref()),
            _ => None,
        })
        .collect();
    let books = documents.iter().filter_map(|document| match document {
        Evidence::OpenBook(book) => Some(book),
        _ => None,
    });
    for book in books {
        let BookFacts { title, sha256, bytes } = book;
        if packages.is_empty() {
            steps.push(note(
                EvidenceStepName::OpenBook,
                format!(
                    "The open book «{title}» ({bytes} bytes, SHA-256 {sha256}) is signed by nobody: give a package as well, \
                     which says whether it is the right one."
                ),
            ));
        }
        for named in &packages {
            let sentence = match named {
                None => format!("The package names no open book: «{title}» does not belong to it."),
                Some(named) if (&named.sha256, named.bytes) == (sha256, *bytes) => {
                    format!("The open book «{title}» is the one that the package names.")
                }
                Some(named) => format!(
                    "The open book «{title}» is not the one that the package names: it is another edition, or was changed. Its \
                     SHA-256 is {sha256}, the package names {}.",
                    named.sha256
                ),
            };
            let holds = named.is_some_and(|named| (&named.sha256, named.bytes) == (sha256, *bytes));
            steps.push(step(EvidenceStepName::OpenBook, holds, sentence));
        }
    }
}

fn compare(documents: &[Evidence], steps: &mut Vec<EvidenceStep>) {
    let headers: Vec<&Signed<ResponseHeader>> = documents.iter().filter_map(Evidence::header).collect();
    for pair in headers.windows(2) {
        let same = pair[0] == pair[1];
        let (one, other) = (&pair[0].document, &pair[1].document);
        let sentence = if same {
            "Receipt and response file name the same journal, line for line."
        } else if one.count != other.count {
            "They name different states of the journal: one has more lines than the other."
        } else if one.head != other.head {
            "They name different journals of the same length."
        } else {
            "They name the same lines, but are not the same statement: another device signed it, or it says something \
             else of the journal."
        };
        steps.push(step(EvidenceStepName::SameResponse, same, sentence));
    }
    let Some(header) = headers.first().map(|header| &header.document) else { return };
    let acknowledgements = documents.iter().filter_map(|document| match document {
        Evidence::Acknowledgement(signed) => Some(&signed.document),
        _ => None,
    });
    let most = acknowledgements.clone().map(|acknowledged| acknowledged.count).max().unwrap_or_default();
    for acknowledged in acknowledgements {
        let (held, claimed) = (acknowledged.count, header.count);
        if held == claimed {
            let same = acknowledged.head == header.head;
            steps.push(step(
                EvidenceStepName::Acknowledged,
                same,
                if same {
                    "The exam body holds exactly what was handed in."
                } else {
                    "The exam body holds another journal of the same length: show both to the exam body."
                },
            ));
        } else if held < claimed && held < most {
            steps.push(note(
                EvidenceStepName::Acknowledged,
                format!("One acknowledgement is older: the exam body had {held} lines then."),
            ));
        } else if held < claimed {
            let sentence =
                format!("The exam body had {held} of {claimed} lines when it signed: send the response file again.");
            steps.push(step(EvidenceStepName::Acknowledged, false, sentence));
        } else {
            let sentence =
                format!("The exam body holds {held} lines, more than the {claimed} of this state: it was written on.");
            steps.push(note(EvidenceStepName::Acknowledged, sentence));
        }
    }
}
