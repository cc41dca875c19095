//! What people hold of a certificate: a page, pictures, the text of a QR code, a badge without their name (docs/CARRIERS.md).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Datelike as _, Utc};
use serde_json::Value;
use signing::credential::{Badge as Nameless, Facts};
use storage::{BadgeRecord, Issuance};
use url::form_urlencoded;

use super::{Fonts, Issuer, badge, new_id, page};
use crate::{failure::Failure, random};

/// A badge without a name, as its holder gets it.
pub struct NamelessBadge {
    /// As it is recorded.
    pub record: BadgeRecord,
    /// What shows, with the name, whose it is. Nobody else has it.
    pub salt: String,
}

/// What a professional network is told of a certificate.
pub struct ProfileLink<'a> {
    /// What the certificate says.
    pub facts: &'a Facts,
    /// Its issuer's name.
    pub issuer: &'a str,
    /// Where it is verified.
    pub verify_at: &'a str,
}

impl Issuer {
    fn fonts(&self) -> Result<Fonts, Failure> {
        self.fonts.clone().map_or_else(|| Fonts::bundled().map_err(Failure::fault), Ok)
    }

    /// The address of the verification page.
    pub fn verify_at(&self) -> String {
        format!("{}/verify", self.config.public_url.trim_end_matches('/'))
    }

    /// The certificate as a PDF with itself attached; the credits come from the CPD record issued with it.
    ///
    /// # Errors
    /// [`Failure::Fault`] for documents that are not this issuer's, or what the PDF library refused.
    pub fn pdf(&self, issued: &Issuance) -> Result<Vec<u8>, Failure> {
        let facts = self.facts(&issued.certificate)?;
        let cpd = self.facts(&issued.cpd_record)?.cpd;
        let cpd = cpd.map(|cpd| format!("{} {} credits", cpd.credits, cpd.unit)).unwrap_or_default();
        let page = page::CertificatePage {
            fonts: &self.fonts()?,
            issuer: &self.config.issuer.name,
            accent: self.config.accent().unwrap_or_default(),
            mark: self.mark.as_ref(),
            holder: &facts.holder,
            credential: &facts.credential,
            number: &facts.number,
            valid_from: facts.valid_from,
            valid_until: facts.valid_until,
            cpd: &cpd,
            verify_at: &self.verify_at(),
            demonstration: facts.demonstration,
            signed: issued.certificate.as_bytes(),
        };
        page.write().map_err(Failure::fault)
    }

    /// The text of the QR code that holds a signed document.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no JSON.
    pub fn qr_text(&self, signed: &str) -> Result<String, Failure> {
        let (address, encoded) = carrier::qr::parts(&self.verify_at(), signed.as_bytes()).map_err(Failure::fault)?;
        Ok(address + &encoded)
    }

    /// The badge of a signed document as SVG, with the document in it.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no such document.
    pub fn baked_svg(&self, signed: &str) -> Result<String, Failure> {
        let picture = self.with_badge(signed, |badge| Ok(badge.svg()))?;
        carrier::svg::bake(&picture, signed).map_err(Failure::fault)
    }

    /// The badge of a signed document as PNG, with the document in it.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no such document.
    pub fn baked_png(&self, signed: &str) -> Result<Vec<u8>, Failure> {
        carrier::png::bake(&self.badge_png(signed)?, signed.as_bytes()).map_err(Failure::fault)
    }

    /// The badge of a signed document as PNG, a picture and nothing else.
    ///
    /// # Errors
    /// As for [`Self::baked_png`].
    pub fn badge_png(&self, signed: &str) -> Result<Vec<u8>, Failure> {
        self.with_badge(signed, |badge| badge.png())
    }

    fn with_badge<T>(
        &self,
        signed: &str,
        draw: impl FnOnce(&badge::Badge<'_>) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let document: Value = serde_json::from_str(signed).map_err(Failure::fault)?;
        let facts = Facts::read(&document).map_err(Failure::fault)?;
        let foot = match facts.valid_until {
            _ if facts.demonstration => "Demonstration: certifies nothing".to_owned(),
            Some(until) => format!("Valid until {}", until.format("%-d %B %Y")),
            None => String::new(),
        };
        let scheme = scheme_of(&document).unwrap_or_default();
        let badge = badge::Badge {
            fonts: &self.fonts()?,
            accent: self.config.accent().unwrap_or_default(),
            issuer: &self.config.issuer.name,
            short: &scheme.to_uppercase(),
            credential: &facts.credential,
            foot: &foot,
        };
        draw(&badge).map_err(Failure::fault)
    }

    /// Issues the badge without a name of a certificate of this issuer, on a place of its own on a status list.
    ///
    /// # Errors
    /// [`Failure::Fault`] for a text that is no certificate, or without randomness.
    pub fn nameless(
        &self,
        issued: &Issuance,
        (list, entry): (u64, u64),
        at: DateTime<Utc>,
    ) -> Result<NamelessBadge, Failure> {
        let certificate: Value = serde_json::from_str(&issued.certificate).map_err(Failure::fault)?;
        let (id, salt) = (new_id(), BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<16>()?));
        let status = self.status_entry((list, entry));
        let badge = Nameless { certificate: &certificate, id: &id, status: Some(&status), salt: &salt };
        let signed = self.sign(badge.document().map_err(Failure::fault)?, at)?;
        let number = issued.number.clone();
        let issued_at_ms = at.timestamp_millis();
        Ok(NamelessBadge { record: BadgeRecord { number, list, entry, document: signed, issued_at_ms, id }, salt })
    }
}

/// The scheme, of `urn:invigil:scheme:SCHEME:EDITION`.
fn scheme_of(document: &Value) -> Option<&str> {
    let id = document.pointer("/credentialSubject/achievement/id")?.as_str()?;
    Some(id.strip_prefix("urn:invigil:scheme:")?.split_once(':')?.0)
}

impl ProfileLink<'_> {
    /// The address that offers to add the certificate to a LinkedIn profile. Nothing is sent before somebody opens it.
    pub fn linkedin(&self) -> String {
        let facts = self.facts;
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("startTask", "CERTIFICATION_NAME");
        query.append_pair("name", &facts.credential);
        query.append_pair("organizationName", self.issuer);
        query.append_pair("issueYear", &facts.valid_from.year().to_string());
        query.append_pair("issueMonth", &facts.valid_from.month().to_string());
        if let Some(until) = facts.valid_until {
            query.append_pair("expirationYear", &until.year().to_string());
            query.append_pair("expirationMonth", &until.month().to_string());
        }
        query.append_pair("certId", &facts.number);
        query.append_pair("certUrl", &format!("{}#number={}", self.verify_at, facts.number));
        format!("https://www.linkedin.com/profile/add?{}", query.finish())
    }
}
