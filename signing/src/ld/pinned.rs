//! The contexts that are known here, by their addresses: they are part of the program, and none is ever fetched
//! (vc-data-integrity 1.0, section 2.4.1 «Validating Contexts»).

use std::sync::{Arc, LazyLock};

use serde_json::Value;

use super::context::Scoped;

const FILES: [(&str, &str); 4] = [
    ("https://www.w3.org/ns/credentials/v2", include_str!("../../contexts/credentials-v2.json")),
    ("https://www.w3.org/ns/credentials/examples/v2", include_str!("../../contexts/examples-v2.json")),
    ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", include_str!("../../contexts/ob-3.0.3.json")),
    ("https://w3id.org/security/data-integrity/v2", include_str!("../../contexts/data-integrity-v2.json")),
];

static CONTEXTS: LazyLock<Vec<(&str, Arc<Scoped>)>> = LazyLock::new(|| {
    let read = |text: &str| {
        let mut document: Value = serde_json::from_str(text).expect("a pinned context is JSON, which a test looks at");
        Arc::new(Scoped::new(document["@context"].take(), true))
    };
    FILES.iter().map(|&(address, text)| (address, read(text))).collect()
});

pub(super) fn find(address: &str) -> Option<&'static Arc<Scoped>> {
    CONTEXTS.iter().find(|(known, _)| *known == address).map(|(_, context)| context)
}

/// Whether a context is known here.
pub fn is_pinned(address: &str) -> bool {
    FILES.iter().any(|(known, _)| *known == address)
}

/// The bytes of a context that is known here.
pub fn pinned_context(address: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == address).map(|(_, text)| *text)
}
