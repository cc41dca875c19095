//! The certificate as people hold it: page, pictures, the text of a code, a badge without a name; and each tampered with.

use chrono::{DateTime, Utc};
use storage::Issuance;

use super::Fault;
use crate::issue::Issuer;

/// A file, its kind, what a verifier should say of it, its content.
type File = (&'static str, &'static str, Option<&'static str>, Vec<u8>);

/// The files of a certificate; `tampered` is it with another name, its signatures as they were.
pub(super) fn files(
    issuer: &Issuer,
    issued: &Issuance,
    tampered: &str,
    place: (u64, u64),
    now: DateTime<Utc>,
) -> Result<Vec<File>, Fault> {
    let badge = issuer.nameless(issued, place, now).map_err(Fault::of)?;
    let nameless = &badge.record.document;
    let forged = Issuance { certificate: tampered.to_owned(), ..issued.clone() };
    let pdf = issuer.pdf(issued).map_err(Fault::of)?;
    let png = |signed: &str| issuer.baked_png(signed).map_err(Fault::of);
    let svg = |signed: &str| issuer.baked_svg(signed).map(String::into_bytes).map_err(Fault::of);
    let code = |signed: &str| issuer.qr_text(signed).map(|text| format!("{text}\n").into_bytes()).map_err(Fault::of);
    let cut = pdf.get(..pdf.len() / 2).unwrap_or_default().to_vec();
    Ok(vec![
        ("certificate.pdf", "certificate_pdf", Some("valid"), pdf.clone()),
        ("certificate-tampered.pdf", "certificate_pdf", Some("signature"), issuer.pdf(&forged).map_err(Fault::of)?),
        ("certificate-exchanged.pdf", "certificate_pdf", Some("readable"), exchanged(&pdf)),
        ("certificate-cut.pdf", "certificate_pdf", Some("readable"), cut),
        ("certificate.png", "certificate_png", Some("valid"), png(&issued.certificate)?),
        ("certificate-tampered.png", "certificate_png", Some("signature"), png(tampered)?),
        ("certificate-two.png", "certificate_png", Some("readable"), twice(&png(&issued.certificate)?)),
        ("certificate.svg", "certificate_svg", Some("valid"), svg(&issued.certificate)?),
        ("certificate-tampered.svg", "certificate_svg", Some("signature"), svg(tampered)?),
        ("certificate-qr.txt", "certificate_qr", Some("valid"), code(&issued.certificate)?),
        ("certificate-tampered-qr.txt", "certificate_qr", Some("signature"), code(tampered)?),
        ("badge.json", "badge", Some("valid"), nameless.clone().into_bytes()),
        ("badge.png", "badge_png", Some("valid"), png(nameless)?),
        ("badge.svg", "badge_svg", Some("valid"), svg(nameless)?),
        ("badge-salt.txt", "badge_salt", None, format!("{}\n", badge.salt).into_bytes()),
    ])
}

/// The page, whose attachment has another name of its own than in the list of attachments.
fn exchanged(pdf: &[u8]) -> Vec<u8> {
    let (own, other) = (b"/UF(certificate.json)", b"/UF(cert1ficate.json)");
    let mut changed = pdf.to_vec();
    if let Some(at) = changed.windows(own.len()).position(|window| window == own) {
        changed.splice(at..at + own.len(), other.iter().copied());
    }
    changed
}

/// The picture with the same certificate in it twice.
fn twice(png: &[u8]) -> Vec<u8> {
    // The chunk stands behind the header, which ends after 33 bytes; its length comes first.
    let length =
        png.get(33..37).unwrap_or_default().iter().fold(0usize, |number, byte| number << 8 | usize::from(*byte));
    let (head, rest) = png.split_at(33.min(png.len()));
    let chunk = rest.get(..length.saturating_add(12)).unwrap_or_default();
    [head, chunk, rest].concat()
}
