//! Checking what a sitting leaves in people's hands, alone and against each other: the candidate's receipt, the exam body's
//! acknowledgement, the response file, the package (docs/RESPONSE.md, «Checked against each other»).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use signing::{json, keys::PublicKey, signed::Signed};

use crate::{
    file::MAX_HEAD,
    manifest::Manifest,
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
}

/// What came of checking documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceReport {
    /// Whether no step failed.
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
        [Receipt::FORMAT, Acknowledgement::FORMAT, ResponseHeader::FORMAT, Manifest::FORMAT]
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
            Err(unreadable) => return Err(unreadable.to_string()),
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
        Err("it is no receipt, acknowledgement, response file or package of a sitting".into())
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Receipt(_) => "receipt",
            Self::Acknowledgement(_) => "acknowledgement",
            Self::Response(_) => "response file",
            Self::Package(_) => "package",
        }
    }

    fn attempt(&self) -> &str {
        match self {
            Self::Receipt(receipt) => &receipt.header.document.attempt,
            Self::Acknowledgement(signed) => &signed.document.attempt,
            Self::Response(header) => &header.document.attempt,
            Self::Package(package) => &package.manifest.document.attempt,
        }
    }

    fn manifest(&self) -> String {
        match self {
            Self::Receipt(receipt) => receipt.header.document.manifest.clone(),
            Self::Acknowledgement(signed) => signed.document.manifest.clone(),
            Self::Response(header) => header.document.manifest.clone(),
            Self::Package(package) => package.manifest.document.digest().unwrap_or_default(),
        }
    }

    /// The device's claim, if this holds one.
    fn header(&self) -> Option<&Signed<ResponseHeader>> {
        match self {
            Self::Receipt(receipt) => Some(&receipt.header),
            Self::Response(header) => Some(header),
            Self::Acknowledgement(_) | Self::Package(_) => None,
        }
    }

    fn signature(&self, trusted: &[PublicKey]) -> EvidenceStep {
        let kind = self.kind();
        let checked = match self {
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
            Self::Acknowledgement(_) | Self::Package(_) => "is unchanged since the exam body signed it",
        };
        match checked {
            Ok(()) => step(EvidenceStepName::Signature, true, format!("The {kind} {good}.")),
            Err(fault) => step(EvidenceStepName::Signature, false, format!("The {kind} does not count: {fault}.")),
        }
    }
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

/// Something to know about what the exam body holds.
fn note(sentence: String) -> EvidenceStep {
    EvidenceStep { outcome: EvidenceOutcome::Note, ..step(EvidenceStepName::Acknowledged, true, sentence) }
}

/// Checks documents, each alone and all against each other. `trusted` are the exam body's keys.
pub fn check_evidence(documents: &[Evidence], trusted: &[PublicKey]) -> EvidenceReport {
    let mut steps: Vec<EvidenceStep> = documents.iter().map(|document| document.signature(trusted)).collect();
    if documents.len() > 1 {
        let same = |of: &dyn Fn(&Evidence) -> String| documents.windows(2).all(|pair| of(&pair[0]) == of(&pair[1]));
        let attempt = same(&|document| document.attempt().to_owned());
        steps.push(step(
            EvidenceStepName::SameAttempt,
            attempt,
            if attempt { "All are about one attempt." } else { "They are about different attempts." },
        ));
        let manifest = same(&Evidence::manifest);
        steps.push(step(
            EvidenceStepName::SameManifest,
            manifest,
            if manifest { "All rest on one manifest." } else { "They rest on different manifests." },
        ));
    }
    compare(documents, &mut steps);
    let code = documents.iter().find_map(Evidence::header).and_then(|header| Receipt::of(header.clone()).code().ok());
    EvidenceReport {
        valid: !documents.is_empty() && steps.iter().all(|step| step.outcome != EvidenceOutcome::Failed),
        receipt_code: code.map(|code| code.to_string()),
        steps,
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
            steps.push(note(format!("One acknowledgement is older: the exam body had {held} lines then.")));
        } else if held < claimed {
            let sentence =
                format!("The exam body had {held} of {claimed} lines when it signed: send the response file again.");
            steps.push(step(EvidenceStepName::Acknowledged, false, sentence));
        } else {
            let sentence =
                format!("The exam body holds {held} lines, more than the {claimed} of this state: it was written on.");
            steps.push(note(sentence));
        }
    }
}
