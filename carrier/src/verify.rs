//! Finding and verifying in one.

use chrono::{DateTime, Utc};
use signing::{
    code::CertificateNumber,
    verify::{Report, StepName, StepOutcome, TrustBundle, Verdict},
};

use crate::{Kind, find, pdf::About};

/// Verifies a file that is a certificate, CPD record or badge, as JSON or as a token, or carries one. Never fails itself: what is wrong is a step that failed.
///
/// The first step says what the credential was found in. Only the credential is verified: what a page or a picture shows beside
/// it is nobody's word.
pub fn verify(bytes: &[u8], trust: &TrustBundle, now: DateTime<Utc>) -> Report {
    verify_logged(bytes, None, trust, now)
}

/// The same with the bytes of a proof (`.tlog-proof`) that the credential is in its issuer's log, which is one more step.
pub fn verify_logged(bytes: &[u8], log_proof: Option<&[u8]>, trust: &TrustBundle, now: DateTime<Utc>) -> Report {
    let found = match find(bytes) {
        Ok(found) => found,
        Err(error) => return Report::unreadable(capitalised(&error.to_string()), log_proof, trust, now),
    };
    let mut report = signing::verify::verify_logged(&found.credential, log_proof, trust, now);
    let readable = report.steps.first_mut().filter(|step| step.step == StepName::Readable);
    let (Some(step), true) = (readable, found.kind != Kind::Itself) else { return report };
    let place = place(found.kind, found.pdf.as_ref());
    if step.outcome == StepOutcome::Failed {
        let sentence = format!("{place} was found, but cannot be read as a certificate.");
        return Report::unreadable(sentence, log_proof, trust, now);
    }
    step.sentence =
        format!("{place} was found and can be read. What counts is what is said here, not what the file shows.");
    let number = report.facts.as_ref().map(|facts| facts.number.as_str());
    if let Some(warning) = found.pdf.as_ref().and_then(|about| warning(about, number))
        && report.verdict != Verdict::Invalid
    {
        step.outcome = StepOutcome::Warning;
        step.sentence = format!("{} {warning}", step.sentence);
    }
    report
}

fn place(kind: Kind, pdf: Option<&About>) -> String {
    match (kind, pdf) {
        (Kind::Pdf, Some(about)) => format!("The attachment {} of the PDF", shortened(&about.attachment)),
        (Kind::Pdf, None) => "The attachment of the PDF".to_owned(),
        (Kind::Png, _) => "The certificate in the PNG picture".to_owned(),
        (Kind::Svg, _) => "The certificate in the SVG picture".to_owned(),
        (Kind::Qr, _) => "The certificate in the QR code".to_owned(),
        (Kind::Itself, _) => "The file".to_owned(),
    }
}

/// What speaks against the page around a credential that is genuine.
fn warning(about: &About, number: Option<&str>) -> Option<String> {
    let titled = about.title.as_deref().and_then(|title| title.rsplit(' ').next());
    let titled = titled.and_then(|number| CertificateNumber::parse(number).ok()).map(|number| number.to_string());
    if let (Some(titled), Some(number)) = (titled, number)
        && titled != number
    {
        return Some(format!(
            "The page is that of certificate {titled}, and the attachment is certificate {}: one of them was exchanged.",
            shortened(number)
        ));
    }
    about.changed.then(|| "The PDF was changed after it was made: its page may show something else.".to_owned())
}

fn shortened(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(60).collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", characters.as_str())
}
