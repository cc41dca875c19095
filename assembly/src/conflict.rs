//! Why there are no forms, in the words of the rules.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use crate::{constraint::Constraint, problem::Problem};

/// Rules that no forms can keep together. Without any one of them, nothing speaks against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// How many forms were asked for.
    pub forms: u32,
    /// How many items of the pool the blueprint can use.
    pub eligible: u32,
    /// The rules.
    pub rules: Vec<Constraint>,
    /// No smaller set of rules excludes itself; otherwise the search for one was given up.
    pub smallest: bool,
}

impl Conflict {
    /// The limit on what two forms share that it names.
    pub(crate) fn overlap(&self) -> Option<u32> {
        self.rules.iter().find_map(|rule| match rule {
            Constraint::Overlap { items } => Some(*items),
            _ => None,
        })
    }

    /// Whether it is about a problem: of its forms and rules, each once, and of no more items than there are.
    pub(crate) fn is_of(&self, problem: &Problem) -> bool {
        let rules = Constraint::all(problem);
        let once: BTreeSet<&Constraint> = self.rules.iter().collect();
        self.forms == problem.forms
            && self.eligible as usize <= problem.items.len()
            && !once.is_empty()
            && once.len() == self.rules.len()
            && self.rules.iter().all(|rule| rules.contains(rule))
    }

    /// The conflict as a sentence, with where each rule comes from behind it, where that is known.
    pub fn told(&self, origin: impl Fn(&Constraint) -> Option<String>) -> String {
        let forms = if self.forms == 1 { "form".into() } else { format!("{} forms", self.forms) };
        let sentence = |rule: &Constraint| match origin(rule) {
            None => rule.to_string(),
            Some(origin) => format!("{rule} ({origin})"),
        };
        let sentences: Vec<String> = self.rules.iter().map(sentence).collect();
        let what = match sentences.as_slice() {
            [] => "made, whatever the rules are".into(),
            [one] => format!("this: {one}"),
            several => format!("all of this together: {}", several.join("; ")),
        };
        let more = match (self.smallest, self.rules.len()) {
            (true, _) | (_, 0..=1) => "",
            (false, _) => {
                " – fewer of these rules, or other ones, may exclude one another as well: that was not tried out"
            }
        };
        format!("no {forms} from the {} items that the blueprint can use can be {what}{more}", self.eligible)
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(|_| None))
    }
}

/// No forms were found, and nothing proves that there are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(deny_unknown_fields)]
#[error(
    "no {forms} forms were found, and none are proven impossible: the nearest share up to {shared} items, {over} more in \
     all than overlap, shared scenario sets and uses allow; counting alone rules out limits below {least}. Allow more overlap or uses, ask for \
     fewer forms, or try another seed"
)]
pub struct NotFound {
    /// How many were wanted.
    pub forms: u32,
    /// What the nearest share at most.
    pub shared: u32,
    /// By how many items they are over the limits between forms, added up.
    pub over: u64,
    /// The least overlap that is not proven impossible.
    pub least: u32,
}
