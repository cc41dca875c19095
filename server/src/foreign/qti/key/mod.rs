//! What is right in a QTI item, where its response processing is one that native items have too.

mod comparison;
mod confirm;
mod rules;

use std::collections::BTreeMap;

use qti::model::{
    BaseType, Cardinality, Item, Mapping, ResponseDeclaration, ResponseProcessing, Scalar, Template, Value,
};

use super::super::{Choices, Notes};

/// What is right for one response.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    /// This, and nothing else.
    Exact(Value),
    /// One of these texts.
    Strings { accept: Vec<String>, case: bool },
    /// A number, and how far off others may be.
    Number { value: f64, tolerance: f64 },
}

/// What is right in an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub(super) by_response: BTreeMap<String, Key>,
    /// Each part gives its point, rather than all together one.
    pub(super) partial: bool,
}

/// Why no key was found.
const UNLIKE: &str = "its response processing is none that native items have: a full key that gives the points, or equal \
                      points for each pair or gap";

/// Finds what is right. All that cannot be scored natively as the item scores it goes to the notes as faults. `most` is how
/// many options can be chosen, where the interaction says so.
pub(super) fn keys(item: &Item, choices: &Choices, most: Option<usize>, notes: &mut Notes) -> Keys {
    let mut finder = Finder { item, choices, most, notes, keys: Keys::default() };
    match &item.response_processing {
        None => finder.notes.fault("it has no response processing, so that nothing says what is right"),
        Some(ResponseProcessing::Template(template)) => finder.template(*template),
        Some(ResponseProcessing::Rules(rules)) => finder.rules(rules),
    }
    let mut keys = finder.keys;
    keys.partial &= !notes.takes_all_or_nothing();
    if !item.outcome_processing.is_empty() {
        notes.fault(UNLIKE);
    }
    if !notes.is_at_fault() {
        confirm::confirm(item, &keys, notes);
    }
    keys
}

struct Finder<'a> {
    item: &'a Item,
    choices: &'a Choices,
    most: Option<usize>,
    notes: &'a mut Notes,
    keys: Keys,
}

impl<'a> Finder<'a> {
    fn declared(&self, name: &str) -> Option<&'a ResponseDeclaration> {
        self.item.responses.iter().find(|declared| declared.identifier == name)
    }

    fn template(&mut self, template: Template) {
        match template {
            Template::MatchCorrect | Template::CartridgeMatch => self.correct("RESPONSE"),
            Template::MapResponse | Template::CartridgeMapResponse => self.mapped("RESPONSE"),
            Template::MapResponsePoint => {
                self.notes.fault("points of an image are chosen, which native items do not have")
            }
            Template::MatchNothing => {
                self.notes.fault("leaving it unanswered is right, which native items do not have")
            }
        }
        if matches!(template, Template::CartridgeMatch | Template::CartridgeMapResponse) {
            self.notes.lose("feedback");
        }
    }

    fn correct(&mut self, name: &str) {
        match self.declared(name).and_then(|declared| declared.correct.clone()) {
            Some(value) => self.add(name, exact(value)),
            None => self.notes.fault(format!("{name:?} has no correct response")),
        }
    }

    fn add(&mut self, name: &str, key: Key) {
        match (self.keys.by_response.get_mut(name), key) {
            (None, key) => drop(self.keys.by_response.insert(name.to_owned(), key)),
            (Some(_), _) => self.notes.fault(UNLIKE),
        }
    }

    /// A key from the points of values.
    fn mapped(&mut self, name: &str) {
        let Some(declared) = self.declared(name) else { return };
        let Some(mapping) = &declared.mapping else {
            return self.notes.fault(format!("{name:?} has no mapping"));
        };
        let greatest = mapping.entries.iter().map(|entry| entry.value).fold(0.0, f64::max);
        let full = |value: f64| value == greatest && value > 0.0;
        let uneven =
            mapping.default != 0.0 || mapping.entries.iter().any(|entry| !full(entry.value) && entry.value != 0.0);
        let bounded = mapping.lower_bound.is_some_and(|bound| bound > 0.0);
        let single = declared.cardinality == Cardinality::Single;
        if uneven || bounded {
            self.notes.partial(self.choices, "some values give a part of the points, or take some away");
        }
        let chosen =
            |at_least: f64| mapping.entries.iter().filter(move |entry| entry.value >= at_least && entry.value > 0.0);
        match (declared.base_type, single) {
            (Some(BaseType::String), true) => self.strings(name, mapping, greatest),
            (_, true) => match chosen(greatest).collect::<Vec<_>>().as_slice() {
                [entry] => self.add(name, exact(Value::single(entry.key.clone()))),
                _ => self.notes.fault("several values give all points, or none does; a native item has one that does"),
            },
            (base_type, false) => {
                let values: Vec<Scalar> = chosen(0.0).map(|entry| entry.key.clone()).collect();
                #[expect(clippy::cast_precision_loss, reason = "a mapping has few entries")]
                let sum = greatest * values.len() as f64;
                let is_capped = mapping.upper_bound.is_some_and(|bound| bound < sum);
                let is_pairs = matches!(base_type, Some(BaseType::DirectedPair | BaseType::Pair));
                if is_capped {
                    self.notes.partial(self.choices, "some of the values are enough for all points");
                } else if !is_pairs && self.most != Some(values.len()) {
                    // Here, whoever chooses more than there are keys loses points for it.
                    let what = "each value gives a part of the points by itself, and more can be chosen than are right";
                    self.notes.partial(self.choices, what);
                }
                self.keys.partial = values.len() > 1;
                self.add(name, Key::Exact(Value::multiple(values)));
            }
        }
    }

    fn strings(&mut self, name: &str, mapping: &Mapping, least: f64) {
        let entries: Vec<_> =
            mapping.entries.iter().filter(|entry| entry.value >= least && entry.value > 0.0).collect();
        let case = entries.first().is_some_and(|entry| entry.case_sensitive);
        if entries.iter().any(|entry| entry.case_sensitive != case) {
            self.notes.fault("capitals matter in some of the right texts only");
        }
        let accept = entries.iter().map(|entry| entry.key.text()).collect();
        self.add(name, Key::Strings { accept, case });
    }
}

/// A text or a number that has to be the same is typed; all else is chosen.
fn exact(value: Value) -> Key {
    match &value {
        Value::Single(Scalar::String(text)) => Key::Strings { accept: vec![text.clone()], case: true },
        Value::Single(Scalar::Integer(_) | Scalar::Float(_)) => {
            let number = value.members().first().and_then(Scalar::number).unwrap_or_default();
            Key::Number { value: number, tolerance: 0.0 }
        }
        _ => Key::Exact(value),
    }
}
