//! Which key may have signed what, and when: what a history comes to.

use chrono::{DateTime, Duration, Utc};

use super::{Action, KeyPurpose, KeyStatement, PublicKey, StatementFault};
use crate::did::{DidDocument, DidWeb, VerificationMethod};

/// A status list is good for at most so long after it was signed: after that nobody needs its key.
const LIST_HOURS: i64 = 24;

/// A time in which a key may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// What for.
    pub purposes: Vec<KeyPurpose>,
    /// The first moment.
    pub not_before: DateTime<Utc>,
    /// The moment after the last.
    pub not_after: DateTime<Utc>,
}

/// How a key ended before its windows did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It signs no more from this moment on; what it signed before stands.
    Retired {
        /// The moment.
        from: DateTime<Utc>,
    },
    /// Nothing that it signed counts.
    Compromised {
        /// When that was stated.
        at: DateTime<Utc>,
        /// Why.
        because: String,
    },
}

/// A key and its windows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyWindows {
    /// The key.
    pub key: PublicKey,
    /// Its windows as they were certified.
    pub windows: Vec<Window>,
    /// How it ended.
    pub end: Option<End>,
}

/// The answer to «may this key have signed this at that time».
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Yes,
    /// The root key never said anything about it.
    NotStated,
    /// It was certified for other purposes only.
    OtherPurpose,
    /// Not at that time.
    Outside {
        /// The first moment of its windows for this purpose.
        not_before: DateTime<Utc>,
        /// The end of the last of them.
        not_after: DateTime<Utc>,
    },
    /// Somebody else may have had it.
    Compromised {
        /// When that was stated.
        at: DateTime<Utc>,
    },
}

/// All keys of a history, in the order in which they were first named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Windows(Vec<KeyWindows>);

impl KeyWindows {
    /// The windows for a purpose, cut off where the key was retired; those that are cut off whole are left out.
    fn of(&self, purpose: KeyPurpose) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        let retired = match &self.end {
            Some(End::Retired { from }) => *from,
            _ => DateTime::<Utc>::MAX_UTC,
        };
        let windows = self.windows.iter().filter(move |window| window.purposes.contains(&purpose));
        let cut = windows.map(move |window| (window.not_before, window.not_after.min(retired)));
        cut.filter(|(not_before, not_after)| not_before < not_after)
    }

    /// Whether it was ever certified for a purpose.
    pub fn is_for(&self, purpose: KeyPurpose) -> bool {
        self.windows.iter().any(|window| window.purposes.contains(&purpose))
    }

    /// The end of the last window of any purpose, or the retirement if that is earlier.
    pub fn signs_until(&self) -> Option<DateTime<Utc>> {
        KeyPurpose::ALL.into_iter().flat_map(|purpose| self.of(purpose)).map(|(_, not_after)| not_after).max()
    }

    fn allows(&self, purpose: KeyPurpose, at: DateTime<Utc>) -> Allowed {
        if let Some(End::Compromised { at, .. }) = self.end {
            return Allowed::Compromised { at };
        }
        if !self.is_for(purpose) {
            return Allowed::OtherPurpose;
        }
        if self.of(purpose).any(|(not_before, not_after)| (not_before..not_after).contains(&at)) {
            return Allowed::Yes;
        }
        let named = self.windows.iter().filter(|window| window.purposes.contains(&purpose));
        let not_before = named.map(|window| window.not_before).min().unwrap_or(at);
        let not_after = self.of(purpose).map(|(_, not_after)| not_after).max().unwrap_or(not_before);
        Allowed::Outside { not_before, not_after }
    }
}

impl Windows {
    /// The keys.
    pub fn keys(&self) -> &[KeyWindows] {
        &self.0
    }

    /// What is known of a key.
    pub fn of(&self, key: &PublicKey) -> Option<&KeyWindows> {
        self.0.iter().find(|known| known.key == *key)
    }

    /// Whether a key may have signed something of this purpose at this time. The time is the signer's word: see docs/KEYS.md,
    /// «What is proven».
    pub fn allows(&self, key: &PublicKey, purpose: KeyPurpose, at: DateTime<Utc>) -> Allowed {
        self.of(key).map_or(Allowed::NotStated, |known| known.allows(purpose, at))
    }

    /// The issuer's document: every key that signs or signed credentials or status lists and is not compromised.
    ///
    /// A retired key stays listed and has neither `expires` nor `revoked`: these tell verifiers not to verify anything by it
    /// from then on, whenever it was signed (Controlled Identifiers 1.0, section 2.2), and CPD records do not expire. A key
    /// for status lists alone has an `expires`: a list is good for a day.
    pub fn did_document(&self, did: &DidWeb) -> DidDocument {
        let compromised = |known: &&KeyWindows| !matches!(known.end, Some(End::Compromised { .. }));
        let methods = self.0.iter().filter(compromised).filter_map(|known| {
            let (certificates, lists) = (known.is_for(KeyPurpose::Certificate), known.is_for(KeyPurpose::Status));
            let last = known.of(KeyPurpose::Status).map(|(_, not_after)| not_after).max();
            let expires = last.filter(|_| !certificates).map(|last| last + Duration::hours(LIST_HOURS));
            (certificates || lists).then(|| VerificationMethod { expires, ..VerificationMethod::new(did, &known.key) })
        });
        DidDocument::of(did, methods.collect())
    }

    pub(super) fn take(&mut self, statement: &KeyStatement) -> Result<(), StatementFault> {
        let key = statement.subject()?;
        let at = match self.0.iter().position(|known| known.key == key) {
            Some(at) => at,
            None if matches!(statement.action, Action::Retire { .. }) => return Err(StatementFault::NeverCertified),
            None => {
                self.0.push(KeyWindows { key, windows: Vec::new(), end: None });
                self.0.len() - 1
            }
        };
        let known = &mut self.0[at];
        match &statement.action {
            Action::Compromise {} => {
                if matches!(known.end, Some(End::Compromised { .. })) {
                    return Err(StatementFault::Repeated);
                }
                known.end = Some(End::Compromised { at: statement.at, because: statement.because.clone() });
            }
            _ if known.end.is_some() => return Err(StatementFault::Ended),
            Action::Certify { purposes, not_before, not_after } => known.windows.push(Window {
                purposes: purposes.clone(),
                not_before: *not_before,
                not_after: *not_after,
            }),
            Action::Retire { from } => known.end = Some(End::Retired { from: *from }),
        }
        Ok(())
    }
}
