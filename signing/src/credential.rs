//! Certificates and CPD records as W3C Verifiable Credentials 2.0 in the shape of Open Badges 3.0 (docs/CREDENTIAL.md).
//!
//! No context of our own: everything is said in terms of the two standard ones, so that a stock verifier sees all of it.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::{digest::sha256_hex, status::Entry};

/// The contexts of every document that is issued, in this order.
pub const CONTEXTS: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];
/// Tag and words that mark what a demonstration issues.
pub const DEMONSTRATION_TAG: &str = "demonstration";
/// What kind of terms of use those of a certificate are. Neither context has a word for it, so that it is an address of its own.
const AGREEMENT: &str = "urn:invigil:certification-agreement";
const DEMONSTRATION_TEXT: &str = "Demonstration: issued to try the software out. It certifies nothing.";

/// The body that issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerProfile {
    /// Its did:web identifier.
    pub did: String,
    /// Its name.
    pub name: String,
}

/// What both documents of a pass have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common<'a> {
    /// The document's own name, `urn:uuid:…`.
    pub id: &'a str,
    /// The issuing body.
    pub issuer: &'a IssuerProfile,
    /// The holder's name, in clear: ISO/IEC 17024 wants it on a certificate.
    pub holder: &'a str,
    /// The certificate's number.
    pub number: &'a str,
    /// The scheme's id, such as `caisp`.
    pub scheme: &'a str,
    /// The edition of its rules.
    pub edition: &'a str,
    /// The certification's full name.
    pub title: &'a str,
    /// From when it is valid.
    pub valid_from: DateTime<Utc>,
    /// Marks it as a demonstration.
    pub demonstration: bool,
    /// Where a revocation would show.
    pub status: Option<&'a Entry>,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate<'a> {
    /// Holder, issuer, number, scheme.
    pub common: Common<'a>,
    /// Until when it is valid.
    pub valid_until: DateTime<Utc>,
    /// What had to be shown, in a sentence.
    pub criteria: &'a str,
    /// What the scheme says of it.
    pub scheme: SchemeFacts<'a>,
}

/// What a scheme says of its certificates besides their validity; all of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemeFacts<'a> {
    /// When the edition was issued (ISO/IEC 17024, 9.4.8 d).
    pub issued_on: Option<NaiveDate>,
    /// What it covers (ISO/IEC 17024, 9.4.8 e).
    pub scope: Option<&'a str>,
    /// What it is not, and on what it depends.
    pub limitations: Option<&'a str>,
    /// Address of the agreement on its use.
    pub agreement: Option<&'a str>,
    /// Names and addresses of standards and frameworks.
    pub alignment: Vec<(&'a str, &'a str)>,
}

/// A record of CPD credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CpdRecord<'a> {
    /// Holder, issuer, scheme, and the number of the certificate it came with.
    pub common: Common<'a>,
    /// How many credits.
    pub credits: u32,
    /// Their unit, such as `PECB CPD`.
    pub unit: &'a str,
    /// What they were awarded for: `exam_pass` or `course_completion`.
    pub trigger: &'a str,
    /// Whether the rule is the body's own or ours: `published` or `assumed`.
    pub basis: &'a str,
    /// Where the rule comes from.
    pub source: &'a str,
}

/// A badge to share: the certificate without the holder's name and number. Whoever is told the name and its salt can see that
/// it is this holder's ([`Facts::is_of`]); nobody else can guess it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge<'a> {
    /// The certificate, signed or not.
    pub certificate: &'a Value,
    /// The badge's own name, `urn:uuid:…`.
    pub id: &'a str,
    /// Where a revocation of the badge would show.
    pub status: Option<&'a Entry>,
    /// A text that only the holder gets, of at least 128 random bits.
    pub salt: &'a str,
}

impl Badge<'_> {
    /// The document to sign.
    ///
    /// # Errors
    /// A document that is no certificate.
    pub fn document(&self) -> Result<Value, NotACredential> {
        let facts = Facts::read(self.certificate)?;
        if facts.kind != Kind::Certificate {
            return Err(NotACredential("a badge is made of a certificate".to_owned()));
        }
        let mut document = self.certificate.clone();
        if let Some(members) = document.as_object_mut() {
            // Evidence may name other documents of the holder.
            for member in ["proof", "credentialStatus", "evidence"] {
                members.remove(member);
            }
        }
        document["id"] = self.id.into();
        if let Some(entry) = self.status {
            document["credentialStatus"] = entry.to_json();
        }
        document["credentialSubject"]["identifier"] = json!([{
            "type": "IdentityObject",
            "hashed": true,
            "identityHash": identity_hash(&facts.holder, self.salt),
            "identityType": "name",
        }]);
        document["credentialSubject"].as_object_mut().map(|subject| subject.remove("licenseNumber"));
        Ok(document)
    }
}

/// The hash of a name (Open Badges 3.0, section B.1.13 «IdentityObject»): SHA-256 over the name in Unicode's form NFC and the salt.
pub fn identity_hash(name: &str, salt: &str) -> String {
    let name: String = name.nfc().collect();
    format!("sha256${}", sha256_hex(format!("{name}{salt}").as_bytes()))
}

impl Certificate<'_> {
    /// The document to sign.
    pub fn document(&self) -> Value {
        let c = &self.common;
        let base = format!("urn:invigil:scheme:{}:{}", c.scheme, c.edition);
        let examination = format!("{base}:examination");
        let mut achievement = json!({
            "id": base,
            "type": ["Achievement"],
            "achievementType": "Certification",
            "name": c.title,
            "version": c.edition,
            "description": c.describe(&self.description()),
            "criteria": { "narrative": self.criteria },
            "resultDescription": [{
                "id": examination, "type": ["ResultDescription"], "name": "Examination", "resultType": "Status",
            }],
        });
        let aligned = |(name, url): &(&str, &str)| json!({"type": ["Alignment"], "targetName": name, "targetUrl": url});
        if !self.scheme.alignment.is_empty() {
            achievement["alignment"] = self.scheme.alignment.iter().map(aligned).collect();
        }
        let mut document = c.document(c.title, achievement);
        document["validUntil"] = time(self.valid_until).into();
        document["awardedDate"] = time(c.valid_from).into();
        document["credentialSubject"]["result"] =
            json!([{"type": ["Result"], "resultDescription": examination, "status": "Completed"}]);
        if let Some(agreement) = self.scheme.agreement {
            document["termsOfUse"] = json!({"id": agreement, "type": AGREEMENT});
        }
        document
    }

    /// Scheme with its date of issue, scope and limitations, as a certificate has to say (ISO/IEC 17024, 9.4.8 d and e).
    fn description(&self) -> String {
        let c = &self.common;
        let issued = self.scheme.issued_on.map(|day| format!(", issued on {day}")).unwrap_or_default();
        let mut text = format!("Certification {}, edition {}{issued}.", c.title, c.edition);
        for (name, said) in [("Scope", self.scheme.scope), ("Limitations", self.scheme.limitations)] {
            text.extend(said.map(|said| format!(" {name}: {said}")));
        }
        text
    }
}

impl CpdRecord<'_> {
    /// The document to sign. Unit, trigger and basis are results, since Open Badges has no terms for them.
    pub fn document(&self) -> Value {
        let c = &self.common;
        let name = format!("{} {} credits: {}", self.credits, self.unit, c.title);
        let base = format!("urn:invigil:cpd:{}:{}:{}", c.scheme, c.edition, self.trigger);
        let credits = self.credits.to_string();
        let facts = [
            ("credits", "ext:CPDCredits", "Credits", credits.as_str()),
            ("unit", "ext:CPDUnit", "Unit of the credits", self.unit),
            ("trigger", "ext:CPDTrigger", "What the credits were awarded for", self.trigger),
            ("basis", "ext:CPDBasis", "Whether the body has published this rule", self.basis),
            ("source", "ext:CPDSource", "Where the rule comes from", self.source),
        ];
        let described: Vec<Value> = facts
            .iter()
            .map(|(id, kind, name, _)| {
                json!({"id": format!("{base}:{id}"), "type": ["ResultDescription"], "name": name, "resultType": kind})
            })
            .collect();
        let results: Vec<Value> = facts
            .iter()
            .map(|(id, _, _, value)| {
                json!({"type": ["Result"], "resultDescription": format!("{base}:{id}"), "value": value})
            })
            .collect();
        let achievement = json!({
            "id": base,
            "type": ["Achievement"],
            "achievementType": "ext:CPDRecord",
            "name": name,
            "description": c.describe("Credits for continuing professional development."),
            "criteria": { "narrative": format!("Awarded for: {}. Rule: {}.", self.trigger, self.basis) },
            "creditsAvailable": self.credits,
            "resultDescription": described,
        });
        let mut document = c.document(&name, achievement);
        document["credentialSubject"]["creditsEarned"] = self.credits.into();
        document["credentialSubject"]["result"] = results.into();
        document
    }
}

/// What takes the place of an earlier document: the same words without its proofs, a name and a place on a status list of its
/// own, and evidence that names the predecessor. Why there is a successor is nobody else's business and is not in it.
///
/// # Errors
/// A document that has no name.
pub fn successor(predecessor: &Value, id: &str, status: &Entry) -> Result<Value, NotACredential> {
    let none = || NotACredential("it has no name, so that nothing can take its place".to_owned());
    let before = predecessor.get("id").and_then(Value::as_str).ok_or_else(none)?;
    let mut document = predecessor.clone();
    if let Some(members) = document.as_object_mut() {
        members.remove("proof");
    }
    document["id"] = id.into();
    document["credentialStatus"] = status.to_json();
    document["evidence"] = json!([{
        "id": before,
        "type": ["Evidence"],
        "name": "Predecessor",
        "narrative": "This credential was issued in the place of the one named here, which does not count any more.",
    }]);
    Ok(document)
}

impl Common<'_> {
    fn describe(&self, text: &str) -> String {
        if self.demonstration { format!("{text} {DEMONSTRATION_TEXT}") } else { text.to_owned() }
    }

    fn document(&self, name: &str, mut achievement: Value) -> Value {
        if self.demonstration {
            achievement["tag"] = json!([DEMONSTRATION_TAG]);
        }
        let mut document = json!({
            "@context": CONTEXTS,
            "id": self.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": name,
            "issuer": { "id": self.issuer.did, "type": ["Profile"], "name": self.issuer.name },
            "validFrom": time(self.valid_from),
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [{
                    "type": "IdentityObject",
                    "hashed": false,
                    "identityHash": self.holder,
                    "identityType": "name",
                }],
                "licenseNumber": self.number,
                "achievement": achievement,
            },
        });
        if let Some(entry) = self.status {
            document["credentialStatus"] = entry.to_json();
        }
        document
    }
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Which of the documents it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A certificate.
    Certificate,
    /// A record of CPD credits.
    CpdRecord,
    /// A certificate without its holder's name, to share.
    Badge,
}

/// What a document says. Whether it is true is for [`crate::verify`] to find out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Which document it is.
    pub kind: Kind,
    /// The holder's name; empty on a badge.
    pub holder: String,
    /// What a badge has in its place ([`identity_hash`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_hash: Option<String>,
    /// The certification or award.
    pub credential: String,
    /// The issuer's identifier.
    pub issuer: String,
    /// The certificate's number; empty on a badge.
    pub number: String,
    /// From when it is valid.
    pub valid_from: DateTime<Utc>,
    /// Until when; CPD records do not expire.
    pub valid_until: Option<DateTime<Utc>>,
    /// CPD credits with their unit.
    pub cpd: Option<Credits>,
    /// It is marked as a demonstration.
    pub demonstration: bool,
}

/// CPD credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credits {
    /// How many.
    pub credits: u32,
    /// Of what.
    pub unit: String,
}

/// A document that is neither a certificate nor a CPD record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotACredential(String);

impl Facts {
    /// Reads what a document says. Only the two standard contexts are accepted, in their order: with others the same words
    /// could mean something else.
    ///
    /// # Errors
    /// What is missing or has another shape.
    pub fn read(document: &Value) -> Result<Self, NotACredential> {
        let refuse = |what: &str| NotACredential(what.to_owned());
        let text = |pointer: &str| {
            let found = document.pointer(pointer).and_then(Value::as_str);
            found.map(str::to_owned).ok_or_else(|| NotACredential(format!("it has no text at {pointer}")))
        };
        let time = |pointer: &str| {
            let text = text(pointer)?;
            let read = DateTime::parse_from_rfc3339(&text).map(|time| time.to_utc());
            read.map_err(|_| NotACredential(format!("{pointer} is no time with a time zone")))
        };
        if !document.is_object() {
            return Err(refuse("it is no JSON object"));
        }
        if document["@context"] != json!(CONTEXTS) {
            return Err(refuse("its @context is not that of a certificate of this kind"));
        }
        let has_type = |name: &str| {
            document["type"].as_array().is_some_and(|types| types.iter().any(|value| value.as_str() == Some(name)))
        };
        if !has_type("VerifiableCredential") || !has_type("OpenBadgeCredential") {
            return Err(refuse("its type is not that of a certificate"));
        }
        let kind = match text("/credentialSubject/achievement/achievementType")?.as_str() {
            "Certification" => Kind::Certificate,
            "ext:CPDRecord" => Kind::CpdRecord,
            _ => return Err(refuse("it is a badge of another kind")),
        };
        if text("/credentialSubject/identifier/0/identityType")? != "name" {
            return Err(refuse("it does not name its holder"));
        }
        let identity = text("/credentialSubject/identifier/0/identityHash")?;
        let hashed = document.pointer("/credentialSubject/identifier/0/hashed");
        let kind = match (kind, hashed.and_then(Value::as_bool)) {
            (kind, Some(false)) => kind,
            // Somebody who sees a certificate must not take a hash for a name, or a name for a hash.
            (Kind::Certificate, Some(true)) if is_sha256(&identity) => Kind::Badge,
            _ => return Err(refuse("it does not name its holder")),
        };
        let badge = kind == Kind::Badge;
        if badge && document.pointer("/credentialSubject/licenseNumber").is_some() {
            return Err(refuse("it has a number, which a badge without a name has not"));
        }
        Ok(Self {
            kind,
            holder: if badge { String::new() } else { identity.clone() },
            identity_hash: badge.then_some(identity),
            credential: text("/credentialSubject/achievement/name")?,
            issuer: text("/issuer/id")?,
            number: if badge { String::new() } else { text("/credentialSubject/licenseNumber")? },
            valid_from: time("/validFrom")?,
            valid_until: match (kind, document.get("validUntil")) {
                (Kind::CpdRecord, None) => None,
                _ => Some(time("/validUntil")?),
            },
            cpd: match kind {
                Kind::Certificate | Kind::Badge => None,
                Kind::CpdRecord => Some(Credits {
                    credits: document
                        .pointer("/credentialSubject/creditsEarned")
                        .and_then(Value::as_u64)
                        .and_then(|credits| u32::try_from(credits).ok())
                        .ok_or_else(|| refuse("it names no number of credits"))?,
                    unit: text("/credentialSubject/result/1/value")?,
                }),
            },
            demonstration: document["credentialSubject"]["achievement"]["tag"]
                .as_array()
                .is_some_and(|tags| tags.iter().any(|tag| tag.as_str() == Some(DEMONSTRATION_TAG))),
        })
    }
}

impl Facts {
    /// Whether a badge is that of a holder of this name, who told its salt; `None` for what is no badge.
    pub fn is_of(&self, name: &str, salt: &str) -> Option<bool> {
        self.identity_hash.as_ref().map(|hash| *hash == identity_hash(name, salt))
    }
}

fn is_sha256(text: &str) -> bool {
    let digits = text.strip_prefix("sha256$").unwrap_or_default();
    digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(issuer: &IssuerProfile) -> Common<'_> {
        Common {
            id: "urn:uuid:0190-1",
            issuer,
            holder: "Zoë Muster-Łęcka",
            number: "CAISP-0000-0000-0000-0",
            scheme: "caisp",
            edition: "2026-demo",
            title: "Certified AI Security Professional (CAISP)",
            valid_from: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
            demonstration: true,
            status: None,
        }
    }

    fn issuer() -> IssuerProfile {
        IssuerProfile { did: "did:web:demo.invigil.example".into(), name: "Demonstration".into() }
    }

    #[test]
    fn a_certificate_says_what_it_was_made_of() {
        let issuer = issuer();
        let valid_until = DateTime::from_timestamp(1_890_000_000, 0).unwrap();
        let scheme = SchemeFacts {
            issued_on: NaiveDate::from_ymd_opt(2026, 5, 1),
            scope: Some("Securing AI systems."),
            limitations: Some("No licence to practise."),
            agreement: Some("https://issuer.example/agreement"),
            alignment: vec![("NIST AI RMF 1.0", "https://www.nist.gov/itl/ai-risk-management-framework")],
        };
        let certificate = Certificate { common: common(&issuer), valid_until, criteria: "Passed the exam.", scheme };
        let facts = Facts::read(&certificate.document()).unwrap();
        assert_eq!((facts.kind, facts.holder.as_str()), (Kind::Certificate, "Zoë Muster-Łęcka"));
        assert_eq!((facts.valid_until, facts.demonstration), (Some(valid_until), true));
        insta::assert_json_snapshot!(certificate.document());
    }

    #[test]
    fn a_cpd_record_says_what_it_was_made_of() {
        let issuer = issuer();
        let record = CpdRecord {
            common: common(&issuer),
            credits: 31,
            unit: "PECB CPD",
            trigger: "exam_pass",
            basis: "assumed",
            source: "ours",
        };
        let facts = Facts::read(&record.document()).unwrap();
        assert_eq!(facts.cpd, Some(Credits { credits: 31, unit: "PECB CPD".into() }));
        insta::assert_json_snapshot!(record.document());
    }

    #[test]
    fn a_badge_names_nobody_and_knows_its_holder() {
        // The published example of the standard's IdentityObject.
        let published = "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399";
        assert_eq!(identity_hash("a@example.com", "Kosher"), published);
        let issuer = issuer();
        let valid_until = DateTime::from_timestamp(1_890_000_000, 0).unwrap();
        let scheme = SchemeFacts::default();
        let certificate =
            Certificate { common: common(&issuer), valid_until, criteria: "Passed the exam.", scheme }.document();
        let badge = Badge { certificate: &certificate, id: "urn:uuid:2", status: None, salt: "AAECAwQFBgcICQoLDA0ODw" };
        let document = badge.document().unwrap();
        let again = Badge { certificate: &document, ..badge }.document().unwrap_err();
        assert!(again.to_string().contains("made of a certificate"));
        let text = document.to_string();
        assert!(!text.contains("Zoë") && !text.contains("0000-0000"), "{text}");
        let facts = Facts::read(&document).unwrap();
        assert_eq!((facts.kind, facts.holder.as_str(), facts.number.as_str()), (Kind::Badge, "", ""));
        // Composed or not, it is the same name.
        assert_eq!(facts.is_of("Zoe\u{308} Muster-Łęcka", "AAECAwQFBgcICQoLDA0ODw"), Some(true));
        assert_eq!(facts.is_of("Zoe Muster-Łęcka", "AAECAwQFBgcICQoLDA0ODw"), Some(false));
        assert_eq!(facts.is_of("Zoë Muster-Łęcka", "other"), Some(false));
        insta::assert_json_snapshot!(document);
    }

    #[test]
    fn a_hash_is_never_taken_for_a_name() {
        let issuer = issuer();
        let valid_until = DateTime::from_timestamp(1_890_000_000, 0).unwrap();
        let scheme = SchemeFacts::default();
        let certificate = Certificate { common: common(&issuer), valid_until, criteria: "x", scheme };
        let fault = |hashed: Value, hash: &str| {
            let mut document = certificate.document();
            document["credentialSubject"]["identifier"][0]["hashed"] = hashed;
            document["credentialSubject"]["identifier"][0]["identityHash"] = hash.into();
            Facts::read(&document).unwrap_err().to_string()
        };
        let hash = identity_hash("a", "b");
        assert!(fault(true.into(), "Zoë").contains("does not name"));
        assert!(fault(true.into(), "md5$00112233445566778899aabbccddeeff").contains("does not name"));
        assert!(fault("false".into(), "Zoë").contains("does not name"));
        assert!(fault(true.into(), &hash).contains("has a number"));
    }

    #[test]
    fn a_successor_says_the_same_and_names_its_predecessor() {
        let issuer = issuer();
        let valid_until = DateTime::from_timestamp(1_890_000_000, 0).unwrap();
        let mut first = Certificate {
            common: common(&issuer),
            valid_until,
            criteria: "Passed the exam.",
            scheme: SchemeFacts::default(),
        }
        .document();
        first["proof"] = json!([]);
        let entry = Entry { list: "https://x.example/status/1".into(), index: 7, purpose: "revocation".into() };
        let second = successor(&first, "urn:uuid:0190-2", &entry).unwrap();
        assert_eq!(Facts::read(&second).unwrap(), Facts::read(&first).unwrap());
        assert_eq!(Entry::of(&second).unwrap(), std::slice::from_ref(&entry));
        assert_eq!((&second["id"], &second["evidence"][0]["id"]), (&json!("urn:uuid:0190-2"), &first["id"]));
        assert!(second.get("proof").is_none());
        // Of a successor, the one before it and not the first.
        let third = successor(&second, "urn:uuid:0190-3", &entry).unwrap();
        assert_eq!(third["evidence"].as_array().unwrap().len(), 1);
        assert_eq!(third["evidence"][0]["id"], second["id"]);
        assert!(successor(&json!({}), "urn:uuid:4", &entry).is_err());
        // Every word has a meaning in the contexts: otherwise it could not be signed.
        let key = crate::keys::SigningKey::from_seed([1; 32]);
        crate::proof::sign(second, &key, "did:web:demo.invigil.example#k", DateTime::default()).unwrap();
    }

    #[test]
    fn other_documents_are_refused_with_a_reason() {
        let fault = |value: &Value| Facts::read(value).unwrap_err().to_string();
        assert!(fault(&json!([])).contains("no JSON object"));
        assert!(fault(&json!({})).contains("@context"));
        let issuer = issuer();
        let valid_until = DateTime::from_timestamp(1_890_000_000, 0).unwrap();
        let mut document =
            Certificate { common: common(&issuer), valid_until, criteria: "x", scheme: SchemeFacts::default() }
                .document();
        document["validUntil"] = "tomorrow".into();
        assert!(fault(&document).contains("/validUntil"));
    }
}
