//! The rules for a presentation.

use serde_json::{Map, Value};

use super::{BASE_CONTEXT, Fault, Finding, Rule, credential, each};
use crate::ld;

/// The most credentials of a presentation that are looked at.
pub const MAX_CREDENTIALS: usize = 100;

/// What is wrong with a presentation and the credentials in it; nothing if they keep the rules. Proofs are not looked at.
pub fn presentation(document: &Value) -> Vec<Fault> {
    let Some(document) = document.as_object() else {
        return vec![Fault { rule: Rule::Object, pointer: String::new(), what: "a presentation is an object".into() }];
    };
    let mut found = Finding { document, faults: Vec::new() };
    found.context();
    found.id(document, "", Rule::Identifier, false);
    found.types(document, "", Rule::Type, Some("VerifiablePresentation"));
    found.typed("termsOfUse", Rule::TermsOfUse, false);
    found.holder();
    found.credentials();
    found.linked();
    found.faults
}

/// Whether an object is a credential within an envelope, such as a JWT in a `data:` URL.
fn is_enveloped(object: &Map<String, Value>) -> bool {
    let types = object.get("type").map(|value| each(value, "")).unwrap_or_default();
    types.iter().any(|(_, value)| value.as_str() == Some("EnvelopedVerifiableCredential"))
}

impl Finding<'_> {
    fn holder(&mut self) {
        let document = self.document;
        match document.get("holder") {
            None => (),
            Some(Value::String(text)) if ld::is_iri(text) => (),
            Some(Value::Object(holder)) => self.id(holder, "/holder", Rule::Presentation, true),
            Some(_) => self.fault(Rule::Presentation, "/holder", "it is neither a URL nor an object with an id"),
        }
    }

    fn credentials(&mut self) {
        let document = self.document;
        let Some(value) = document.get("verifiableCredential") else { return };
        let credentials = each(value, "/verifiableCredential");
        if credentials.len() > MAX_CREDENTIALS {
            let what = format!("there are {} credentials; at most {MAX_CREDENTIALS} are read", credentials.len());
            return self.fault(Rule::Presentation, "/verifiableCredential", what);
        }
        for (pointer, value) in credentials {
            match value.as_object() {
                None => self.fault(Rule::Presentation, pointer, "a credential is an object"),
                Some(envelope) if is_enveloped(envelope) => self.envelope(envelope, &pointer),
                Some(_) => {
                    let within = credential(value).into_iter();
                    self.faults
                        .extend(within.map(|fault| Fault { pointer: format!("{pointer}{}", fault.pointer), ..fault }));
                }
            }
        }
    }

    /// Section 4.13.1.
    fn envelope(&mut self, envelope: &Map<String, Value>, pointer: &str) {
        let contexts = envelope.get("@context").map(|value| each(value, "")).unwrap_or_default();
        if !contexts.iter().any(|(_, value)| value.as_str() == Some(BASE_CONTEXT)) {
            self.fault(Rule::Presentation, pointer, format!("its @context does not include {BASE_CONTEXT:?}"));
        }
        let id = envelope.get("id").and_then(Value::as_str);
        if !id.is_some_and(|id| id.starts_with("data:") && id.contains(',')) {
            self.fault(Rule::Presentation, format!("{pointer}/id"), "it is no data: URL");
        }
    }
}
