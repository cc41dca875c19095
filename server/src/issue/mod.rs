//! Issuing: certificate and CPD record as signed credentials, and what people hold of them: the page, the badge, the code.

mod badge;
mod held;
mod jose;
mod mark;
mod page;
mod qr;
mod successor;
mod text;

use chrono::{DateTime, Duration, Months, Utc};
use question_bank::{Basis, Scheme, scheme::CpdTrigger};
use serde_json::Value;
use signing::{
    code::CertificateNumber,
    credential::{Certificate, Common, CpdRecord, Facts, IssuerProfile, SchemeFacts},
    did::{DidDocument, DidWeb, method_id},
    keys::{Allowed, KeyHistory, KeyPurpose, PublicKey, Signer},
    name, proof,
    status::{Bitstring, Entry, REVOCATION, StatusList},
    verify::{TrustBundle, TrustedIssuer},
};
use storage::Issuance;

pub use held::{NamelessBadge, ProfileLink};
pub use jose::NotInForce;
pub use mark::Mark;
pub use text::{FontError, Fonts};

use crate::{data::Config, failure::Failure, random};

/// How long a status list may be relied on.
const LIST_HOURS: i64 = 24;
/// How long a copy of a status list may be used before it is asked for again, in milliseconds: within a minute, a revocation is
/// seen.
pub const LIST_TTL_MS: u64 = 30_000;

/// The body that issues, with its keys.
pub struct Issuer {
    did: DidWeb,
    key: Box<dyn Signer>,
    /// Signs status lists, if the other does not.
    status_key: Option<Box<dyn Signer>>,
    /// What the root key states of these keys.
    history: Option<KeyHistory>,
    profile: IssuerProfile,
    document: DidDocument,
    trust: TrustBundle,
    config: Config,
    mark: Option<Mark>,
    fonts: Option<Fonts>,
}

/// A pass that earns a certificate.
pub struct Award<'a> {
    /// The scheme passed.
    pub scheme: &'a Scheme,
    /// The exam body's own name for the person.
    pub candidate_ref: &'a str,
    /// The name for the certificate.
    pub holder: &'a str,
    /// The name that it is looked up by.
    pub last_name: &'a str,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// Where a revocation will show; nowhere if there is nobody to publish it.
    pub status: Option<StatusPlaces>,
}

/// The numbers on status lists of what a pass earns.
pub struct StatusPlaces {
    /// Of the certificate: the list, counted from 1, and the number on it.
    pub certificate: (u64, u64),
    /// Of the CPD record.
    pub cpd_record: (u64, u64),
}

impl Issuer {
    /// The issuer of a data directory.
    ///
    /// # Errors
    /// What is wrong with the configured did:web host.
    pub fn new(key: impl Signer + 'static, config: &Config) -> Result<Self, String> {
        let did = DidWeb::from_host(&config.issuer.did_host).map_err(|error| format!("issuer.did_host: {error}"))?;
        let document = DidDocument::new(&did, &[key.public()]);
        let trusted = TrustedIssuer::new(&config.issuer.name, document.clone());
        Ok(Self {
            profile: IssuerProfile { did: did.to_string(), name: config.issuer.name.clone() },
            // The issuer knows its own keys as of now; whoever serves the bundle says when.
            trust: TrustBundle::new(DateTime::UNIX_EPOCH, vec![trusted]),
            document,
            key: Box::new(key),
            status_key: None,
            history: None,
            did,
            config: config.clone(),
            mark: None,
            fonts: None,
        })
    }

    /// The same issuer, whose status lists are signed by a key of their own.
    #[must_use]
    pub fn with_status_key(mut self, key: Option<impl Signer + 'static>) -> Self {
        self.status_key = key.map(|key| Box::new(key) as Box<dyn Signer>);
        if self.history.is_none() {
            let keys = std::iter::once(&self.key).chain(&self.status_key);
            let keys: Vec<PublicKey> = keys.map(|key| key.public()).collect();
            self.tell(DidDocument::new(&self.did, &keys), None);
        }
        self
    }

    /// The same issuer, whose document and trust bundle follow what its root key states.
    ///
    /// # Errors
    /// A history that does not count, or another issuer's.
    pub fn with_history(mut self, history: Option<KeyHistory>) -> Result<Self, String> {
        let Some(history) = history else { return Ok(self) };
        if history.issuer() != self.did.as_str() {
            return Err(format!("the history of keys is of {}, this is {}", history.issuer(), self.did));
        }
        let document = history.windows().map_err(|fault| fault.to_string())?.did_document(&self.did);
        self.tell(document, Some(history.clone()));
        self.history = Some(history);
        Ok(self)
    }

    fn tell(&mut self, document: DidDocument, keys: Option<KeyHistory>) {
        self.document = document.clone();
        self.trust.issuers = vec![TrustedIssuer { keys, ..TrustedIssuer::new(&self.config.issuer.name, document) }];
    }

    /// What the root key states of the issuer's keys, if there is one.
    pub fn history(&self) -> Option<&KeyHistory> {
        self.history.as_ref()
    }

    /// The key for a purpose, if the root key lets it sign at this time; without a root key, whenever.
    ///
    /// # Errors
    /// In words, why not.
    pub fn signer(&self, purpose: KeyPurpose, at: DateTime<Utc>) -> Result<&dyn Signer, String> {
        let own = self.status_key.as_deref().filter(|_| purpose == KeyPurpose::Status);
        let key = own.unwrap_or(self.key.as_ref());
        let Some(history) = &self.history else { return Ok(key) };
        let public = key.public();
        let what = match history.windows().map_err(|fault| fault.to_string())?.allows(&public, purpose, at) {
            Allowed::Yes => return Ok(key),
            Allowed::NotStated => "its root key has not certified it".to_owned(),
            Allowed::OtherPurpose => "its root key has certified it for something else".to_owned(),
            Allowed::Outside { not_before, not_after } => format!("it may sign from {not_before} to {not_after} only"),
            Allowed::Compromised { at } => format!("it was declared compromised on {at}"),
        };
        Err(format!("the key {public} must not sign a {} at {at}: {what}; see «invigil key rotate»", purpose.word()))
    }

    /// The same issuer with its mark on certificates.
    #[must_use]
    pub fn with_mark(self, mark: Option<Mark>) -> Self {
        Self { mark, ..self }
    }

    /// The same issuer, which has these fonts for its pages and badges besides those that the program brings.
    #[must_use]
    pub fn with_fonts(self, fonts: Option<Fonts>) -> Self {
        Self { fonts, ..self }
    }

    /// The same issuer, whose trust bundle also names the key that signs its sittings.
    #[must_use]
    pub fn with_exam_key(mut self, key: PublicKey) -> Self {
        self.trust.exam_keys = vec![key.to_string()];
        self
    }

    /// What is needed to verify this issuer's certificates, as of a moment.
    pub fn trust_bundle(&self, as_of: DateTime<Utc>) -> TrustBundle {
        TrustBundle { as_of, ..self.trust.clone() }
    }

    /// The issuer's DID document.
    pub fn did_document(&self) -> &DidDocument {
        &self.document
    }

    /// Issues certificate and CPD record for a pass.
    ///
    /// # Errors
    /// [`Failure::Fault`] without randomness, or with dates past the end of the calendar.
    pub fn issue(&self, award: &Award<'_>) -> Result<Issuance, Failure> {
        self.issue_signed(award, award.decided_at)
    }

    /// As [`Self::issue`], but signed at a moment of its own: the award may take effect later.
    ///
    /// # Errors
    /// As [`Self::issue`].
    pub fn issue_signed(&self, award: &Award<'_>, signed_at: DateTime<Utc>) -> Result<Issuance, Failure> {
        let number = CertificateNumber::new(&award.scheme.id, random::bytes()?).to_string();
        let places = award.status.as_ref();
        let of_certificate = places.map(|places| self.status_entry(places.certificate));
        let of_record = places.map(|places| self.status_entry(places.cpd_record));
        let certificate = self.certificate(award, &number, of_certificate.as_ref())?;
        let cpd_record = self.cpd_record(award, &number, of_record.as_ref())?;
        let (scheme, trigger) = (award.scheme, trigger(award.scheme));
        Ok(Issuance {
            lookup_name: name::fold(award.last_name),
            certificate: self.sign(certificate, signed_at)?,
            cpd_record: self.sign(cpd_record, signed_at)?,
            cpd_award: format!("{}/{}/{trigger}/{}", scheme.id, scheme.edition, award.candidate_ref),
            issued_at_ms: award.decided_at.timestamp_millis(),
            number,
        })
    }

    fn certificate(&self, award: &Award<'_>, number: &str, status: Option<&Entry>) -> Result<Value, Failure> {
        let scheme = award.scheme;
        let months = Months::new(scheme.certificate.validity_years.value.saturating_mul(12));
        let too_late = || Failure::fault("the certificate's date of expiry is past the end of the calendar");
        let valid_until = award.decided_at.checked_add_months(months).ok_or_else(too_late)?;
        let pass = scheme.exam.pass.value;
        let criteria = format!("Passed the examination: at least {} of {} items correct.", pass.correct, pass.of);
        let id = new_id();
        let common = Common { status, ..self.common(award, number, &id) };
        let of_scheme = facts_of(scheme);
        Ok(Certificate { common, valid_until, criteria: &criteria, scheme: of_scheme }.document())
    }

    fn cpd_record(&self, award: &Award<'_>, number: &str, status: Option<&Entry>) -> Result<Value, Failure> {
        let cpd = &award.scheme.cpd;
        let id = new_id();
        let record = CpdRecord {
            common: Common { status, ..self.common(award, number, &id) },
            credits: cpd.credits.value,
            unit: &cpd.unit.value,
            trigger: trigger(award.scheme),
            basis: match cpd.trigger.basis {
                Basis::Published => "published",
                Basis::Assumed => "assumed",
            },
            source: &cpd.trigger.source,
        };
        Ok(record.document())
    }

    fn common<'a>(&'a self, award: &'a Award<'_>, number: &'a str, id: &'a str) -> Common<'a> {
        Common {
            id,
            issuer: &self.profile,
            holder: award.holder,
            number,
            scheme: &award.scheme.id,
            edition: &award.scheme.edition,
            title: &award.scheme.title.value,
            valid_from: award.decided_at,
            demonstration: self.config.demonstration,
            status: None,
        }
    }

    /// The address of a status list.
    pub fn status_list_address(&self, list: u64) -> String {
        format!("{}/status/{list}", self.config.public_url.trim_end_matches('/'))
    }

    fn status_entry(&self, (list, index): (u64, u64)) -> Entry {
        Entry { list: self.status_list_address(list), index, purpose: REVOCATION.to_owned() }
    }

    /// A status list with these bits, as of a moment, signed.
    ///
    /// # Errors
    /// [`Failure::Fault`] if it cannot be signed.
    pub fn status_list(&self, list: u64, bits: Bitstring, at: DateTime<Utc>) -> Result<Value, Failure> {
        let list = StatusList {
            id: self.status_list_address(list),
            issuer: self.profile.did.clone(),
            purpose: REVOCATION.to_owned(),
            valid_from: at,
            valid_until: at + Duration::hours(LIST_HOURS),
            ttl_ms: LIST_TTL_MS,
            bits,
        };
        self.sign_for(KeyPurpose::Status, list.document(), at)
    }

    fn sign_for(&self, purpose: KeyPurpose, document: Value, at: DateTime<Utc>) -> Result<Value, Failure> {
        let (key, method) = self.signs(purpose, at)?;
        proof::sign(document, key, &method, at).map_err(Failure::fault)
    }

    /// The key for a purpose at this time, and its name.
    fn signs(&self, purpose: KeyPurpose, at: DateTime<Utc>) -> Result<(&dyn Signer, String), Failure> {
        let key = self.signer(purpose, at).map_err(Failure::Fault)?;
        Ok((key, method_id(&self.did, &key.public())))
    }

    fn sign(&self, document: Value, at: DateTime<Utc>) -> Result<String, Failure> {
        let signed = self.sign_for(KeyPurpose::Certificate, document, at)?;
        serde_json::to_string_pretty(&signed).map_err(Failure::fault)
    }

    /// What a certificate of this issuer says.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is none.
    pub fn facts(&self, certificate: &str) -> Result<Facts, Failure> {
        let document = serde_json::from_str(certificate).map_err(Failure::fault)?;
        Facts::read(&document).map_err(Failure::fault)
    }
}

/// What the scheme says of its certificates.
fn facts_of(scheme: &Scheme) -> SchemeFacts<'_> {
    let rule = &scheme.certificate;
    let alignment = rule.alignment.iter().flat_map(|fact| &fact.value);
    SchemeFacts {
        issued_on: rule.scheme_issued_on.as_ref().map(|fact| fact.value),
        scope: rule.scope.as_ref().map(|fact| fact.value.as_str()),
        limitations: rule.limitations.as_ref().map(|fact| fact.value.as_str()),
        agreement: rule.agreement.as_ref().map(|fact| fact.value.as_str()),
        alignment: alignment.map(|one| (one.name.as_str(), one.url.as_str())).collect(),
    }
}

fn trigger(scheme: &Scheme) -> &'static str {
    match scheme.cpd.trigger.value {
        CpdTrigger::ExamPass => "exam_pass",
        CpdTrigger::CourseCompletion => "course_completion",
    }
}

fn new_id() -> String {
    format!("urn:uuid:{}", uuid::Uuid::now_v7())
}
