//! The tokens among the samples: certificates for wallets, lists, what a holder shows; and what forgers make of them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use signing::{
    jose::{
        sd_jwt::{Challenge, present, unbind},
        to_jwk,
    },
    keys::SigningKey,
};
use storage::Issuance;

use super::{Entry, Fault, LIST, SELECTIVE_REVOKED};
use crate::{issue::Issuer, random};

/// The question that the sample presentations answer.
const ASKED: Challenge<'static> = Challenge { audience: "https://verifier.example", nonce: "sample-question-1" };
/// The number on the list of the form that still stands.
const SELECTIVE: u64 = 5;

type Files = Vec<(Entry, Vec<u8>)>;

/// Every token, of what was issued and of what was revoked; `list` is the signed list of its statuses, `token_list` the same for
/// tokens.
pub(super) fn make(
    issuer: &Issuer,
    issued: &Issuance,
    revoked: &Issuance,
    [list, token_list]: [String; 2],
    now: DateTime<Utc>,
) -> Result<Files, Fault> {
    let certificate = issuer.jwt(&issued.certificate, now).map_err(Fault::of)?;
    let mut files = forgeries(issuer, &certificate)?;
    let token = |text: &str| issuer.jwt(text, now).map_err(Fault::of);
    files.extend([
        entry("certificate-revoked.jwt", "certificate", Some("revocation"), token(&revoked.certificate)?),
        entry("cpd-record.jwt", "cpd_record", Some("valid"), token(&issued.cpd_record)?),
        entry("status-list.jwt", "status_list", None, list),
        entry("token-status-list.jwt", "token_status_list", None, token_list),
        entry("certificate.jwt", "certificate", Some("valid"), certificate),
    ]);
    files.extend(shown(issuer, issued, now)?);
    Ok(files)
}

fn entry(file: &'static str, kind: &'static str, expect: Option<&'static str>, text: String) -> (Entry, Vec<u8>) {
    (Entry { file, kind, expect }, text.into_bytes())
}

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// What is tried with a certificate as a token.
fn forgeries(issuer: &Issuer, certificate: &str) -> Result<Files, Fault> {
    let parts: Vec<&str> = certificate.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Err(Fault::new("a token has no three parts")) };
    let read = |part: &str| -> Result<Value, Fault> { Ok(serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part)?)?) };
    let with = |name: &str, value: Value| -> Result<String, Fault> {
        let mut header = read(header)?;
        header[name] = value;
        Ok(part(&header))
    };
    let mut renamed = read(payload)?;
    renamed["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else".into();
    let renamed = part(&renamed);
    // What everybody knows, the issuer's public key, taken for a secret.
    let public = issuer.did_document().verification_method.first().map(|method| method.public_key_multibase.clone());
    let mut mac = Hmac::<Sha256>::new_from_slice(public.unwrap_or_default().as_bytes())?;
    let shared = format!("{}.{renamed}", with("alg", "HS256".into())?);
    mac.update(shared.as_bytes());
    let mac = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    let forger = SigningKey::from_seed(random::bytes()?);
    let own = format!("{}.{renamed}", with("jwk", to_jwk(&forger.public()))?);
    let own_signature = URL_SAFE_NO_PAD.encode(forger.sign(own.as_bytes()));
    Ok(vec![
        entry("certificate-tampered.jwt", "certificate", Some("signature"), format!("{header}.{renamed}.{signature}")),
        entry(
            "certificate-alg-none.jwt",
            "certificate",
            Some("signature"),
            format!("{}.{renamed}.", with("alg", "none".into())?),
        ),
        entry("certificate-hs256.jwt", "certificate", Some("signature"), format!("{shared}.{mac}")),
        entry("certificate-own-key.jwt", "certificate", Some("key"), format!("{own}.{own_signature}")),
    ])
}

/// What a holder shows, and what does not pass for it.
fn shown(issuer: &Issuer, issued: &Issuance, now: DateTime<Utc>) -> Result<Files, Fault> {
    let holder = SigningKey::from_seed(random::bytes()?);
    let form = |entry| -> Result<String, Fault> {
        let made = issuer.selective(&issued.certificate, holder.public(), (LIST, entry), now).map_err(Fault::of)?;
        Ok(made?.0)
    };
    let answer = |token: &str, show: &[&str], asked| -> Result<String, Fault> {
        Ok(present(token, show, asked, &holder, now)?.token)
    };
    let whole = form(SELECTIVE)?;
    let named = answer(&whole, &["name"], ASKED)?;
    let (jwt, rest) = named.split_once('~').ok_or_else(|| Fault::new("a presentation has no disclosure"))?;
    let binding = rest.rsplit('~').next().unwrap_or_default();
    let other = part(&json!([URL_SAFE_NO_PAD.encode(random::bytes::<16>()?), "name", "Somebody Else"]));
    let asked = json!({"audience": ASKED.audience, "nonce": ASKED.nonce});
    let presented = |file, expect, text| entry(file, "presentation", Some(expect), text);
    Ok(vec![
        entry("certificate.sd-jwt", "selective_certificate", None, whole.clone()),
        entry("holder.pem", "holder_key", None, holder.to_pkcs8_pem()),
        entry("question.json", "question", None, asked.to_string()),
        presented("presentation.sd-jwt", "valid", answer(&whole, &[], ASKED)?),
        presented("presentation-revoked.sd-jwt", "revocation", answer(&form(SELECTIVE_REVOKED)?, &[], ASKED)?),
        presented(
            "presentation-other-nonce.sd-jwt",
            "holder",
            answer(&whole, &[], Challenge { nonce: "sample-question-0", ..ASKED })?,
        ),
        presented("presentation-without-key-binding.sd-jwt", "holder", unbind(&named).to_owned()),
        presented("presentation-swapped.sd-jwt", "disclosures", format!("{jwt}~{other}~{binding}")),
        presented("presentation-named.sd-jwt", "valid", named.clone()),
    ])
}
