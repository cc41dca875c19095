//! The rules for a credential.

use serde_json::Value;

use super::{Fault, Finding, Rule, date_time_stamp, each, related};
use crate::{ld, status::Entry};

/// What is wrong with a credential; nothing if it keeps the rules. Its proofs are not looked at.
pub fn credential(document: &Value) -> Vec<Fault> {
    let Some(document) = document.as_object() else {
        return vec![Fault { rule: Rule::Object, pointer: String::new(), what: "a credential is an object".into() }];
    };
    let mut found = Finding { document, faults: Vec::new() };
    found.context();
    found.id(document, "", Rule::Identifier, false);
    found.types(document, "", Rule::Type, Some("VerifiableCredential"));
    found.texts(document, "");
    found.issuer();
    found.subject();
    found.validity();
    found.status();
    found.typed("credentialSchema", Rule::Schema, true);
    found.typed("refreshService", Rule::Refresh, false);
    found.typed("termsOfUse", Rule::TermsOfUse, false);
    found.typed("evidence", Rule::Evidence, false);
    found.typed("renderMethod", Rule::Reserved, false);
    found.typed("confidenceMethod", Rule::Reserved, false);
    related::check(&mut found);
    found.linked();
    found.faults
}

impl Finding<'_> {
    fn issuer(&mut self) {
        let document = self.document;
        match document.get("issuer") {
            None => self.fault(Rule::Issuer, "", "it has no issuer"),
            Some(Value::String(text)) if ld::is_iri(text) => (),
            Some(Value::Object(issuer)) => {
                self.id(issuer, "/issuer", Rule::Issuer, true);
                self.texts(issuer, "/issuer");
            }
            Some(_) => self.fault(Rule::Issuer, "/issuer", "it is neither a URL nor an object with an id"),
        }
    }

    fn subject(&mut self) {
        let document = self.document;
        let Some(value) = document.get("credentialSubject") else {
            return self.fault(Rule::Subject, "", "it has no credentialSubject");
        };
        let subjects = each(value, "/credentialSubject");
        if subjects.is_empty() {
            self.fault(Rule::Subject, "/credentialSubject", "the list is empty");
        }
        for (pointer, subject) in subjects {
            match subject.as_object() {
                None => self.fault(Rule::Subject, pointer, "a subject is an object"),
                Some(subject) if subject.is_empty() => {
                    self.fault(Rule::Subject, pointer, "nothing is said of the subject")
                }
                Some(subject) => self.id(subject, &pointer, Rule::Identifier, false),
            }
        }
    }

    fn validity(&mut self) {
        let document = self.document;
        let mut times = ["validFrom", "validUntil"].map(|name| {
            let value = document.get(name)?;
            let read = value.as_str().and_then(date_time_stamp);
            if read.is_none() {
                self.fault(Rule::Validity, format!("/{name}"), "it is no time with a time zone (2026-01-31T12:00:00Z)");
            }
            read
        });
        if let [Some(from), Some(until)] = &mut times
            && from > until
        {
            self.fault(Rule::Validity, "/validUntil", "it is before validFrom");
        }
    }

    fn status(&mut self) {
        self.typed("credentialStatus", Rule::Status, false);
        let document = self.document;
        let Some(value) = document.get("credentialStatus") else { return };
        for (pointer, value) in each(value, "/credentialStatus") {
            if let Err(error) = Entry::read(value) {
                self.fault(Rule::Status, pointer, error.to_string());
            }
        }
    }
}
