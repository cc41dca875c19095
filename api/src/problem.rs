//! Errors as RFC 9457 problem details: one closed list of codes, each with a page of its own.

use serde::{Deserialize, Serialize};

/// A problem document (RFC 9457, section 3.1), `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `/problems/<slug>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is; the same for each of its kind.
    pub title: String,
    /// The HTTP status code.
    pub status: u16,
    /// What happened here, where, and what to do.
    pub detail: String,
    /// Number of the journal line in question or expected next, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Seconds after which a further try makes sense, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Problem {
    /// A problem of a kind, with what happened here.
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("/problems/{}", code.slug()),
            title: code.title().into(),
            status: code.status(),
            detail: detail.into(),
            seq: None,
            retry_after: None,
        }
    }

    /// The kind, if this version knows it.
    pub fn code(&self) -> Option<ProblemCode> {
        let slug = self.kind.rsplit('/').next()?;
        ProblemCode::ALL.into_iter().find(|code| code.slug() == slug)
    }
}

macro_rules! problems {
    ($($(#[doc = $doc:literal])+ $name:ident = $status:literal $slug:literal $title:literal;)+) => {
        /// Every kind of problem that the API reports.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ProblemCode { $($(#[doc = $doc])+ $name,)+ }

        impl ProblemCode {
            /// All of them.
            pub const ALL: [Self; [$($slug),+].len()] = [$(Self::$name),+];

            /// The last part of the problem's address.
            pub fn slug(self) -> &'static str { match self { $(Self::$name => $slug),+ } }

            /// The HTTP status code.
            pub fn status(self) -> u16 { match self { $(Self::$name => $status),+ } }

            /// What kind of problem it is, in a few words.
            pub fn title(self) -> &'static str { match self { $(Self::$name => $title),+ } }

            /// What it means and what to do, for the page at its address.
            pub fn explanation(self) -> &'static str { match self { $(Self::$name => concat!($($doc),+)),+ } }
        }
    };
}

problems! {
    /// The request could not be read: it is not the JSON that this address expects. Compare it with /api/v1/openapi.json.
    BadRequest = 400 "bad-request" "The request could not be read";
    /// The request carries no valid token. Enter the code again, or sign in again.
    Unauthorised = 401 "unauthorised" "Not signed in";
    /// The code is mistyped: its check character does not fit. Look at it again, character by character.
    CodeMistyped = 400 "code-mistyped" "The code is mistyped";
    /// No sitting has this code. Ask the proctor for the right one.
    CodeUnknown = 404 "code-unknown" "No sitting has this code";
    /// The code has expired: the sitting it belongs to is long over. Ask the exam body.
    CodeExpired = 410 "code-expired" "The code has expired";
    /// The attempt runs on another device or in another browser. Go back to it, or ask the proctor.
    OtherDevice = 409 "other-device" "The exam is open on another device";
    /// The sitting has not opened yet. Wait for the time shown; the code stays valid.
    NotOpenYet = 403 "not-open-yet" "The sitting is not open yet";
    /// The sitting's window is over, and this attempt was never started. Ask the exam body.
    WindowOver = 403 "window-over" "The sitting is over";
    /// The attempt has not been started. Start it first.
    NotStarted = 409 "not-started" "The exam has not been started";
    /// The attempt was handed in; nothing can be added to it.
    AlreadySubmitted = 409 "already-submitted" "The exam was handed in";
    /// Lines before these are missing. Send them first, from the number given.
    JournalGap = 409 "journal-gap" "Journal lines are missing";
    /// The server holds other lines under these numbers. Nothing was overwritten. Ask the proctor: a person decides.
    JournalFork = 409 "journal-fork" "The journal differs from the one held";
    /// A journal line is damaged or not allowed. The lines before it were kept.
    JournalRefused = 422 "journal-refused" "A journal line was refused";
    /// The response file was not taken: it is damaged, not of this exam body, or says what its sitting does not allow. Keep the
    /// file, and show it to the exam body.
    ResponseRefused = 422 "response-refused" "The response file was refused";
    /// This sitting has to be sat in Safe Exam Browser with the exam body's settings. Open the .seb file of the sitting.
    BrowserRequired = 403 "browser-required" "Safe Exam Browser is required";
    /// The attempt has not been scored yet. Hand it in first.
    NoResultYet = 404 "no-result-yet" "There is no result yet";
    /// The proof that you have the key is damaged, for another issuer, too old, or answers nothing that was asked. Make a new one.
    ProofRefused = 422 "proof-refused" "The proof of the key was refused";
    /// The certificate was revoked or suspended, has expired, or is not valid yet: no form of it is issued.
    NotInForce = 409 "not-in-force" "The certificate is not in force";
    /// There is nothing at this address.
    NotFound = 404 "not-found" "Not found";
    /// This address does not answer that method.
    MethodNotAllowed = 405 "method-not-allowed" "Method not allowed";
    /// The document is larger than this address takes. The limit is in the answer.
    TooLarge = 413 "too-large" "The document is too large";
    /// The body's media type is not the one expected.
    UnsupportedMediaType = 415 "unsupported-media-type" "Unsupported media type";
    /// Too many tries. Wait the seconds given and try again.
    TooManyTries = 429 "too-many-tries" "Too many tries";
    /// The server could not do it just now; what was saved stays saved. Try again in a moment.
    Unavailable = 503 "unavailable" "The server cannot answer just now";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_found_again_by_its_address() {
        for code in ProblemCode::ALL {
            assert_eq!(Problem::new(code, "").code(), Some(code));
            assert!((400..600).contains(&code.status()) && code.status() != 500);
        }
    }
}
