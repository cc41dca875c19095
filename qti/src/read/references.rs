//! Which variables are spoken of, and whether they are there.

use std::collections::BTreeSet;

use crate::{
    fault::{Lost, What},
    model::Item,
    report::Report,
    xml::Element,
};

/// What every item has without declaring it (QTI 3.0 ASI, section 2.2.1).
pub(crate) const BUILT_IN: [&str; 3] = ["numAttempts", "duration", "completionStatus"];

impl Report<'_> {
    /// Notes that a variable is spoken of.
    pub(super) fn mention(&mut self, at: u32, identifier: &str) {
        self.mentioned.push((at, identifier.to_owned()));
    }

    /// Notes that an interaction answers to a response.
    pub(super) fn answered(&mut self, at: u32, identifier: &str) {
        self.answered.push((at, identifier.to_owned()));
    }

    /// Notes that another file is spoken of; one that would have to be fetched is lost.
    pub(super) fn source(&mut self, at: u32, reference: &str) {
        let scheme = reference
            .split_once(':')
            .is_some_and(|(scheme, _)| scheme.chars().all(|letter| letter.is_ascii_alphanumeric()));
        if scheme || reference.starts_with("//") {
            self.loss(at, Lost::Remote(super::attributes::shown(reference)));
        } else {
            self.sources.push((at, reference.to_owned()));
        }
    }

    /// Looks at the files that were spoken of.
    pub(super) fn files(&mut self, there: &dyn Fn(&str) -> bool) {
        for (at, reference) in std::mem::take(&mut self.sources) {
            if !there(&reference) {
                self.fault(at, What::Missing(reference));
            }
        }
    }

    pub(super) fn misplaced(&mut self, element: &Element<'_>, inside: &Element<'_>) {
        if element.name == "include" {
            self.fault(element.at, What::Include(element.written.to_owned()));
        } else {
            let (found, inside) = (element.written.to_owned(), inside.written.to_owned());
            self.fault(element.at, What::Element { found, inside });
        }
    }

    /// Looks at all that was noted, once the whole item is read.
    pub(super) fn resolve(&mut self, item: &Item) {
        let responses: BTreeSet<&str> = item.responses.iter().map(|declaration| &*declaration.identifier).collect();
        let mut declared = responses.clone();
        declared.extend(item.outcomes.iter().map(|declaration| &*declaration.identifier));
        declared.extend(item.templates.iter().map(|declaration| &*declaration.identifier));
        declared.extend(BUILT_IN);
        let mut told = BTreeSet::new();
        for (at, identifier) in std::mem::take(&mut self.mentioned) {
            if !declared.contains(&*identifier) && told.insert(identifier.clone()) {
                self.loss(at, Lost::Undeclared(identifier));
            }
        }
        for (at, identifier) in std::mem::take(&mut self.answered) {
            if !responses.contains(&*identifier) {
                self.fault(at, What::NoResponse(identifier));
            }
        }
    }
}
