//! Which transitions there are, and who may make them.

use chrono::{DateTime, Utc};

use super::{Entry, MAX_BY_CHARS, MAX_REASON_CHARS, Role};
use crate::bank::Status;

/// A transition that is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The state before; `None` before the first line.
    pub from: Option<Status>,
    /// The state after.
    pub to: Status,
    /// Who may make it.
    pub roles: &'static [Role],
    /// It begins the next revision.
    pub next_revision: bool,
}

const fn step(from: Status, to: Status, roles: &'static [Role]) -> Transition {
    Transition { from: Some(from), to, roles, next_revision: false }
}

const fn rewrite(from: Status) -> Transition {
    Transition { from: Some(from), to: Status::Draft, roles: &[Role::Author], next_revision: true }
}

/// Every transition that is allowed; all others are refused.
pub const TRANSITIONS: &[Transition] = &[
    Transition { from: None, to: Status::Draft, roles: &[Role::Author], next_revision: false },
    step(Status::Draft, Status::Reviewed, &[Role::Reviewer]),
    step(Status::Draft, Status::Retired, &[Role::Author, Role::Releaser]),
    step(Status::Reviewed, Status::Draft, &[Role::Reviewer, Role::Releaser]),
    step(Status::Reviewed, Status::Pilot, &[Role::Releaser]),
    step(Status::Reviewed, Status::Operational, &[Role::Releaser]),
    step(Status::Reviewed, Status::Compromised, &[Role::Security, Role::Releaser]),
    step(Status::Reviewed, Status::Retired, &[Role::Releaser]),
    rewrite(Status::Pilot),
    step(Status::Pilot, Status::Operational, &[Role::Releaser]),
    step(Status::Pilot, Status::Suspended, &[Role::Reviewer, Role::Releaser, Role::Security]),
    step(Status::Pilot, Status::Compromised, &[Role::Security, Role::Releaser]),
    step(Status::Pilot, Status::Retired, &[Role::Releaser]),
    rewrite(Status::Operational),
    step(Status::Operational, Status::Suspended, &[Role::Reviewer, Role::Releaser, Role::Security]),
    step(Status::Operational, Status::Compromised, &[Role::Security, Role::Releaser]),
    step(Status::Operational, Status::Retired, &[Role::Releaser]),
    rewrite(Status::Suspended),
    step(Status::Suspended, Status::Operational, &[Role::Releaser]),
    step(Status::Suspended, Status::Compromised, &[Role::Security, Role::Releaser]),
    step(Status::Suspended, Status::Retired, &[Role::Releaser]),
    step(Status::Compromised, Status::Retired, &[Role::Releaser]),
];

/// Why a transition is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The states do not follow on one another.
    #[error("{to} does not follow on {}; allowed is {}", from.map_or("nothing", Status::as_str), names(allowed))]
    States {
        /// The state before.
        from: Option<Status>,
        /// The state asked for.
        to: Status,
        /// What may follow.
        allowed: Vec<Status>,
    },
    /// Another role is needed.
    #[error("{role} may not make it {to}; that is for {}", roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" or "))]
    Role {
        /// The state asked for.
        to: Status,
        /// The role.
        role: Role,
        /// Who may.
        roles: &'static [Role],
    },
    /// Somebody would review or release their own work.
    #[error("{by:?} {did} it; another person has to make it {to}")]
    SamePerson {
        /// Who.
        by: String,
        /// What they did before.
        did: &'static str,
        /// The state asked for.
        to: Status,
    },
    /// The revision does not follow on the last one.
    #[error("the revision is {got}, and should be {wanted}; a change of a released text is the next revision")]
    Revision {
        /// Of the file.
        got: u32,
        /// What it should be.
        wanted: u32,
    },
    /// The text is not the one that was reviewed.
    #[error("the text is not the one that was reviewed: restore it, or send it back to draft")]
    TextChanged,
    /// The times are in disorder.
    #[error("its time {at} is before that of the transition before, {before}")]
    Time {
        /// Of this transition.
        at: DateTime<Utc>,
        /// Of the one before.
        before: DateTime<Utc>,
    },
    /// A name or reason is blank or too long.
    #[error("{field} must be 1 to {most} characters of one line")]
    Text {
        /// Which.
        field: &'static str,
        /// The most.
        most: usize,
    },
}

fn names(states: &[Status]) -> String {
    if states.is_empty() {
        return "nothing".into();
    }
    states.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ")
}

/// Whether an entry may follow on those before it.
///
/// # Errors
/// The first rule that it breaks.
pub(super) fn check(before: &[Entry], entry: &Entry) -> Result<(), Refusal> {
    text("by", &entry.by, MAX_BY_CHARS)?;
    text("reason", &entry.reason, MAX_REASON_CHARS)?;
    let last = before.last();
    let from = last.map(|last| last.to);
    let follows = || TRANSITIONS.iter().filter(move |transition| transition.from == from);
    let Some(transition) = follows().find(|transition| transition.to == entry.to).filter(|_| entry.from == from) else {
        let allowed = follows().map(|transition| transition.to).collect();
        return Err(Refusal::States { from, to: entry.to, allowed });
    };
    if !transition.roles.contains(&entry.role) {
        return Err(Refusal::Role { to: entry.to, role: entry.role, roles: transition.roles });
    }
    if let Some(last) = last {
        let wanted = last.revision.saturating_add(u32::from(transition.next_revision));
        if entry.revision != wanted {
            return Err(Refusal::Revision { got: entry.revision, wanted });
        }
        // In draft, and on the way out of it, a text may have any shape.
        if last.to != Status::Draft && entry.to != Status::Draft && entry.content_hash != last.content_hash {
            return Err(Refusal::TextChanged);
        }
        if entry.at < last.at {
            return Err(Refusal::Time { at: entry.at, before: last.at });
        }
    }
    people(before, entry)
}

/// Review and release are by two people, neither of whom wrote the item, in this revision or an earlier one.
fn people(before: &[Entry], entry: &Entry) -> Result<(), Refusal> {
    let same = |other: &&Entry| folded(&other.by) == folded(&entry.by);
    let refuse = |did| Err(Refusal::SamePerson { by: entry.by.clone(), did, to: entry.to });
    let review = entry.to == Status::Reviewed;
    let release = matches!(entry.to, Status::Pilot | Status::Operational);
    if (review || release) && before.iter().filter(|other| other.role == Role::Author).any(|other| same(&other)) {
        return refuse("wrote");
    }
    let of_revision = || before.iter().filter(|other| other.revision == entry.revision);
    if release && of_revision().filter(|other| other.to == Status::Reviewed).any(|other| same(&other)) {
        return refuse("reviewed");
    }
    Ok(())
}

/// Names without differences of case and spacing.
fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn text(field: &'static str, value: &str, most: usize) -> Result<(), Refusal> {
    let sound = !value.trim().is_empty() && value.chars().count() <= most && !value.chars().any(char::is_control);
    if sound { Ok(()) } else { Err(Refusal::Text { field, most }) }
}
