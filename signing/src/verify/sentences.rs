//! Every sentence of a report, for people who hire and have never heard of signatures.

use chrono::{DateTime, Utc};

use crate::{
    credential::{Facts, Kind, NotACredential},
    did::MethodError,
    json::JsonError,
    keys::HistoryFault,
    proof::{Proof, ProofError, Suite},
    tlog::proof::Included,
};

pub(super) const NOTHING: &str = "Nothing could be verified.";
pub(super) const NOT_CHECKED: &str = "Not looked at, because an earlier step failed.";
pub(super) const READABLE: &str = "The file can be read.";
pub(super) const PROOF_OF_A_TOKEN: &str = "The proof is of the signed file (.json), not of this form of it (JWT): check that \
    file with it.";
pub(super) const KEY: &str = "The key it was signed with is one that the issuer lists for signing certificates.";
pub(super) const NO_KNOWN_SUITE: &str = "It carries no signature of a kind that can be checked here.";
pub(super) const SIGNATURE: &str = "The signature is good: nothing was changed since the issuer signed it.";
pub(super) const KEY_WINDOW: &str =
    "The issuer's root key had allowed this key to sign certificates at the time that the signature names.";
pub(super) const NO_HISTORY: &str =
    "When the issuer's keys might sign is not known here: the list of trusted issuers does not say.";
pub(super) const OTHER_HISTORY: &str = "The history of keys that is at hand is another issuer's.";
pub(super) const UNDATED: &str = "The signature does not say when it was made, so that nobody can tell whether the key \
    might sign then.";
pub(super) const NOT_STATED: &str = "It was signed with a key of which the issuer's root key says nothing. The issuer's \
    list of keys may have been changed by somebody else.";
pub(super) const OTHER_KEY_PURPOSE: &str =
    "It was signed with a key of the issuer that is for other documents than this one.";
pub(super) const SIGNED_IN_FUTURE: &str =
    "The signature claims to have been made in the future. Check the date of this device; otherwise do not rely on it.";
pub(super) const NEVER_EXPIRES: &str = "It has no date of expiry.";
pub(super) const NO_STATUS: &str = "It names no place where a revocation would show. Ask the issuer if that matters.";
pub(super) const DEMONSTRATION: &str = "It is marked as a demonstration: it certifies nothing about anybody.";
pub(super) const NO_DEMONSTRATION: &str = "It is not marked as a demonstration.";

pub(super) fn day(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y").to_string()
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(120).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// What an error says, cut.
pub(super) fn short(error: &impl ToString) -> String {
    shortened(&error.to_string())
}

pub(super) fn valid(facts: &Facts) -> String {
    let what = facts.kind.word();
    let marked = if facts.demonstration { ", but it is only a demonstration" } else { "" };
    let holder = match facts.kind {
        Kind::Badge => "somebody whose name it does not show".to_owned(),
        Kind::Certificate | Kind::CpdRecord => shortened(&facts.holder),
    };
    format!("This {what} is genuine: {} for {holder}{marked}.", shortened(&facts.credential))
}

pub(super) fn invalid(reason: &str) -> String {
    format!("Do not rely on this file. {reason}")
}

pub(super) fn undetermined(facts: &Facts, reason: &str) -> String {
    let what = facts.kind.word();
    format!("This {what} was issued as it is, but it is not known whether it still stands. {reason}")
}

pub(super) fn revoked(as_of: DateTime<Utc>) -> String {
    format!("It was revoked: it is on the issuer's list of {}.", moment(as_of))
}

pub(super) fn not_revoked(as_of: DateTime<Utc>) -> String {
    format!("It is not on the issuer's list of revoked ones of {}.", moment(as_of))
}

pub(super) fn status_of(as_of: DateTime<Utc>, until: DateTime<Utc>) -> String {
    format!(
        "It was not revoked as of {}; that list was good until {}, and no later one is at hand.",
        moment(as_of),
        moment(until)
    )
}

pub(super) fn no_list() -> String {
    "Whether it was revoked is not known: the issuer's list of revoked ones is not at hand.".to_owned()
}

pub(super) fn bad_list(why: &str) -> String {
    format!("Whether it was revoked is not known: the list that is at hand cannot be relied on: {}.", shortened(why))
}

pub(super) fn unreadable(error: &JsonError) -> String {
    match error {
        JsonError::TooLong(bytes) => format!("The file is too large for a certificate ({bytes} bytes)."),
        JsonError::Unreadable(detail) => {
            format!("The file is not a certificate file: it could not be read as JSON ({}).", shortened(detail))
        }
    }
}

pub(super) fn other_kind(error: &NotACredential) -> String {
    format!("The file is neither a certificate nor a CPD record of this kind: {}.", shortened(&error.to_string()))
}

pub(super) fn kind(kind: Kind) -> String {
    format!("It is a {}.", kind.word())
}

pub(super) fn issuer(name: &str) -> String {
    format!("The issuer is known: {}.", shortened(name))
}

pub(super) fn unknown_bundle(format: &str, version: u32) -> String {
    let format = shortened(format);
    format!("The list of trusted issuers, {format:?} version {version}, is of a kind that is not known here.")
}

pub(super) fn unknown_issuer(did: &str) -> String {
    let did = shortened(did);
    format!("The issuer, {did}, is not one that is trusted here. Anybody can make a file with any name on it.")
}

pub(super) fn no_key(error: &ProofError) -> String {
    format!("It cannot be traced to its issuer: {}.", shortened(&error.to_string()))
}

pub(super) fn foreign_key(error: &MethodError) -> String {
    format!("It was not signed with a key of the issuer: {}.", shortened(&error.to_string()))
}

pub(super) fn broken_history(fault: &HistoryFault) -> String {
    format!("What is known of the issuer's keys cannot be relied on: {}.", shortened(&fault.to_string()))
}

pub(super) fn compromised(at: DateTime<Utc>) -> String {
    format!(
        "It was signed with a key that may be in other hands: the issuer declared that on {}. Ask the holder for the \
         certificate that the issuer has made anew.",
        day(at)
    )
}

pub(super) fn outside_window(created: DateTime<Utc>, not_before: DateTime<Utc>, not_after: DateTime<Utc>) -> String {
    format!(
        "It was signed at a time when the key might not sign: on {}; the issuer allowed that from {} to {}.",
        moment(created),
        moment(not_before),
        moment(not_after)
    )
}

pub(super) fn other_purpose(purpose: &str) -> String {
    format!("It was signed for another purpose than to certify something: {:?}.", shortened(purpose))
}

pub(super) fn missing_suite(suite: Suite) -> String {
    format!(
        "A certificate of this kind carries two signatures, and this one lacks that of the kind {}. Somebody may have \
         taken it away; ask for the file as it was issued.",
        suite.name()
    )
}

pub(super) fn bad_signature(error: &ProofError) -> String {
    match error {
        ProofError::Mismatch => {
            "The content was changed after it was signed: at least one character differs.".to_owned()
        }
        other => format!("The signature cannot be right: {}.", shortened(&other.to_string())),
    }
}

pub(super) fn other_suites(unknown: &[Proof]) -> String {
    let names: Vec<String> = unknown.iter().map(|proof| shortened(&proof.kind)).collect();
    format!("{SIGNATURE} It carries further signatures that are not checked here: {}.", names.join(", "))
}

pub(super) fn not_yet(from: DateTime<Utc>) -> String {
    format!("It is not valid yet: it becomes valid on {}.", day(from))
}

pub(super) fn valid_from(from: DateTime<Utc>) -> String {
    format!("It has been valid since {}.", day(from))
}

pub(super) fn expired(until: DateTime<Utc>) -> String {
    format!("It is no longer valid: it expired on {}.", day(until))
}

pub(super) fn valid_until(until: DateTime<Utc>) -> String {
    format!("It is valid until {}.", day(until))
}

pub(super) fn logged(origin: &str, included: &Included) -> String {
    let (origin, place) = (shortened(origin), included.index);
    let entry = format!("It is entry {place} of the issuer's public log {origin}");
    let times =
        included.cosigned.iter().filter_map(|(_, time)| DateTime::from_timestamp(i64::try_from(*time).ok()?, 0));
    match (included.cosigned.len(), times.max()) {
        (1, Some(time)) => format!("{entry}, and an independent witness had seen it there by {}.", moment(time)),
        (witnesses, Some(time)) => {
            format!("{entry}, and {witnesses} independent witnesses had seen it there by {}.", moment(time))
        }
        _ => format!("{entry}. No independent witness says since when; the issuer alone vouches for the log."),
    }
}

pub(super) fn not_witnessed(origin: &str, included: &Included) -> String {
    let (origin, place, count) = (shortened(origin), included.index, included.cosigned.len());
    format!(
        "It is entry {place} of the issuer's public log {origin}, but only {count} of the witnesses that are asked for had \
         seen it there when the proof was made. Ask for a newer proof."
    )
}

pub(super) fn unknown_log(origin: &str) -> String {
    format!("The proof is of the log {}, which is not known here as one of this issuer.", shortened(origin))
}

pub(super) fn bad_log_proof(why: &str) -> String {
    format!("The proof that was shown with it proves nothing about it: {}.", shortened(why))
}
