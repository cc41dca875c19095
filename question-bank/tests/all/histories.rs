//! Histories for the fixture's banks.

use chrono::{DateTime, Utc};
use question_bank::{
    Bank,
    bank::Status,
    lifecycle::{History, Request, Role, content_hash, path_of},
};

use crate::fixture::{Files, TODAY};

/// The three steps that make an item operational, by three people.
pub(crate) const RELEASE: &[(Status, &str, Role)] = &[
    (Status::Draft, "writer", Role::Author),
    (Status::Reviewed, "reader", Role::Reviewer),
    (Status::Operational, "releaser", Role::Releaser),
];

pub(crate) fn at(hour: u32) -> DateTime<Utc> {
    TODAY.and_hms_opt(hour, 0, 0).unwrap().and_utc()
}

pub(crate) fn request(&(to, by, role): &(Status, &str, Role), hour: u32) -> Request {
    Request { to, by: by.into(), role, at: at(hour), reason: "A test of the history.".into() }
}

/// The text of a history that makes these steps, one an hour, with the text of the item as it is in `files`.
pub(crate) fn text(files: &Files, id: &str, steps: &[(Status, &str, Role)]) -> String {
    let (bank, _) = files.load();
    continued(&bank, id, "", steps)
}

/// The same, after the lines of another text.
pub(crate) fn continued(bank: &Bank, id: &str, before: &str, steps: &[(Status, &str, Role)]) -> String {
    let mut text = before.to_owned();
    for step in steps {
        let history = History::read(id, &text).unwrap();
        let hour = u32::try_from(history.entries().len()).unwrap();
        let revision = bank.items.get(id).map_or_else(|| bank.scenarios[id].revision, |item| item.revision);
        let hash = content_hash(bank, id).unwrap();
        text += &history.next(id, revision, hash, request(step, hour)).unwrap().line();
        text.push('\n');
    }
    text
}

/// A bank in which everything is operational, by its history.
pub(crate) fn released(files: Files, ids: &[&str]) -> Files {
    let texts: Vec<_> = ids.iter().map(|id| (path_of(id), text(&files, id, RELEASE))).collect();
    texts.into_iter().fold(files, |files, (path, text)| files.add(&path, text))
}

/// The sound bank with histories of all that is in it.
pub(crate) fn sound() -> Files {
    released(Files::sound(), &["it-1", "it-2", "it-3", "it-4", "s-1"])
}
