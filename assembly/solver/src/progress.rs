//! What whoever waits is told on the way.

use assembly::FormSet;

/// Something that happened while forms were made.
#[derive(Debug)]
pub enum Event<'a, Forms = FormSet> {
    /// How far it is, in a few words.
    Progress(String),
    /// Forms that are what was asked for, and better than any before.
    Better(&'a Forms),
}

/// What the search tells.
pub(crate) type Tell<'a> = dyn FnMut(Event<'_, crate::search::State>) + 'a;
