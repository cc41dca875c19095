//! Outcomes of a test from those of its items.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Scoring, evaluate::matches, session::Session};
use crate::model::{Expression, Item, ItemReference, ItemSubset, Part, Process, Scalar, Section, Test, Value};

/// What became of an item of a test.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ItemResult {
    /// Its responses and outcomes by name.
    pub variables: BTreeMap<String, Value>,
    /// The greatest and the least that its outcomes can be, where it says so.
    pub normal: BTreeMap<String, (Option<f64>, Option<f64>)>,
    /// Whether the candidate saw it.
    pub presented: bool,
    /// Whether the candidate answered it.
    pub responded: bool,
    /// Whether every response that has a correct one is it.
    pub correct: bool,
}

/// What became of the items that were selected for a candidate, by their names in the test.
pub type TestResults = BTreeMap<String, ItemResult>;

impl ItemResult {
    /// The result of an item that was presented and whose responses were scored.
    pub fn of(item: &Item, responses: &BTreeMap<String, Value>, scoring: &Scoring) -> Self {
        let mut session = Session::new(item, 0);
        let mut correct = false;
        for declared in &item.responses {
            let (Some(key), given) = (&declared.correct, responses.get(&declared.identifier)) else { continue };
            let given = given.cloned().unwrap_or_default();
            correct = matches(&mut session, &given, key) == Ok(Some(true));
            if !correct {
                break;
            }
        }
        let mut variables = scoring.outcomes.clone();
        variables.extend(responses.iter().map(|(name, value)| (name.clone(), value.clone())));
        let bounds = |declared: &crate::model::OutcomeDeclaration| {
            (declared.identifier.clone(), (declared.normal_maximum, declared.normal_minimum))
        };
        Self {
            variables,
            normal: item.outcomes.iter().map(bounds).collect(),
            presented: true,
            responded: responses.values().any(|value| !value.is_null()),
            correct,
        }
    }
}

/// Runs a test's outcome processing over the results of its items.
pub fn score_test(test: &Test, results: &TestResults) -> Scoring {
    let context = Context::new(test, results);
    let item = Item { outcomes: test.outcomes.clone(), ..Item::default() };
    let mut session = Session::new(&item, 0);
    for declared in &item.outcomes {
        let value = session.initial(declared);
        session.outcomes.insert(declared.identifier.clone(), value);
    }
    session.test = Some(&context);
    let fault = session.rules(&test.outcome_processing, Process::Outcome).err();
    Scoring { outcomes: session.outcomes, templates: BTreeMap::new(), fault }
}

/// The items of a test in their order, each with the sections it lies in.
pub(super) struct Context<'t> {
    items: Vec<Member<'t>>,
    /// Where in `items` an item of a name is.
    named: BTreeMap<&'t str, usize>,
}

struct Member<'t> {
    reference: &'t ItemReference,
    sections: Vec<&'t str>,
    result: Option<&'t ItemResult>,
}

impl<'t> Context<'t> {
    fn new(test: &'t Test, results: &'t TestResults) -> Self {
        let mut items = Vec::new();
        for part in &test.parts {
            gather(&part.children, &mut vec![&part.identifier], results, &mut items);
        }
        let named = items.iter().enumerate().map(|(at, member)| (&*member.reference.identifier, at)).collect();
        Self { items, named }
    }

    /// How many steps an expression over the items takes.
    pub(super) fn work(&self, expression: &Expression) -> usize {
        let words = match expression {
            Expression::TestVariables { items, .. }
            | Expression::OutcomeMaximum { items, .. }
            | Expression::OutcomeMinimum { items, .. }
            | Expression::NumberCorrect(items)
            | Expression::NumberIncorrect(items)
            | Expression::NumberPresented(items)
            | Expression::NumberResponded(items)
            | Expression::NumberSelected(items) => items.include.len() + items.exclude.len(),
            _ => 0,
        };
        self.items.len().saturating_mul(1 + words)
    }

    /// A variable of the test, or `ITEM.VARIABLE` with its weight.
    pub(super) fn variable(&self, session: &Session<'_>, name: &str, weight: Option<&str>) -> Value {
        let of_item = name.split_once('.').and_then(|(item, variable)| {
            let member = &self.items[*self.named.get(item)?];
            Some(member.variable(variable).map_or(Value::Null, |value| weighted(value, member.weight(weight))))
        });
        of_item.unwrap_or_else(|| session.variable(name))
    }

    /// An expression over the items; NULL of any other.
    pub(super) fn over_items(&self, expression: &Expression) -> Value {
        match expression {
            Expression::TestVariables { items, variable, weight, base_type } => {
                let mut members = Vec::new();
                for member in self.subset(items) {
                    let Some(value) = member.variable(variable) else { continue };
                    let value = weighted(value, member.weight(weight.as_deref()));
                    let fits = |scalar: &&Scalar| match base_type {
                        Some(base_type) => scalar.base_type() == *base_type || weight.is_some(),
                        None => scalar.number().is_some(),
                    };
                    members.extend(value.members().iter().filter(fits).cloned());
                }
                let mixed = members.iter().any(|scalar| matches!(scalar, Scalar::Float(_)));
                if mixed {
                    members = members.iter().filter_map(Scalar::number).map(Scalar::Float).collect();
                }
                Value::multiple(members)
            }
            Expression::OutcomeMaximum { items, outcome, weight } => {
                let maximum = |member: &Member<'_>| {
                    let (maximum, _) = member.result?.normal.get(outcome).copied()?;
                    Some(Scalar::Float(maximum? * member.weight(weight.as_deref()).unwrap_or(1.0)))
                };
                // One item without a maximum, and the whole has none.
                self.subset(items).map(maximum).collect::<Option<Vec<_>>>().map_or(Value::Null, Value::multiple)
            }
            Expression::OutcomeMinimum { items, outcome, weight } => {
                let minimum = |member: &Member<'_>| {
                    let (_, minimum) = member.result?.normal.get(outcome).copied()?;
                    Some(Scalar::Float(minimum? * member.weight(weight.as_deref()).unwrap_or(1.0)))
                };
                Value::multiple(self.subset(items).filter_map(minimum).collect())
            }
            Expression::NumberCorrect(items) => self.count(items, |result| result.responded && result.correct),
            Expression::NumberIncorrect(items) => self.count(items, |result| result.responded && !result.correct),
            Expression::NumberPresented(items) => self.count(items, |result| result.presented),
            Expression::NumberResponded(items) => self.count(items, |result| result.responded),
            Expression::NumberSelected(items) => self.count(items, |_| true),
            _ => Value::Null,
        }
    }

    /// The selected items of a subset.
    fn subset<'c>(&'c self, items: &'c ItemSubset) -> impl Iterator<Item = &'c Member<'t>> {
        self.items.iter().filter(move |member| {
            let has = |wanted: &[String]| member.reference.categories.iter().any(|category| wanted.contains(category));
            member.result.is_some()
                && items.section.as_deref().is_none_or(|section| member.sections.contains(&section))
                && (items.include.is_empty() || has(&items.include))
                && !has(&items.exclude)
        })
    }

    fn count(&self, items: &ItemSubset, counts: impl Fn(&ItemResult) -> bool) -> Value {
        let number = self.subset(items).filter(|member| member.result.is_some_and(&counts)).count();
        Value::Single(Scalar::Integer(i64::try_from(number).unwrap_or(i64::MAX)))
    }
}

impl Member<'_> {
    /// A variable under the name that the test has for it.
    fn variable(&self, name: &str) -> Option<Value> {
        let mapped = self.reference.mappings.iter().find(|(_, target)| target == name);
        let name = mapped.map_or(name, |(source, _)| source);
        self.result?.variables.get(name).cloned()
    }

    /// A weight; 1 if the item has none of that name (QTI 3.0 ASI, `weight`).
    fn weight(&self, name: Option<&str>) -> Option<f64> {
        let name = name?;
        let found = self.reference.weights.iter().find(|weight| weight.identifier == name);
        Some(found.map_or(1.0, |weight| weight.value))
    }
}

fn gather<'t>(parts: &'t [Part], sections: &mut Vec<&'t str>, results: &'t TestResults, into: &mut Vec<Member<'t>>) {
    for part in parts {
        match part {
            Part::Section(section) => {
                let Section { identifier, children, .. } = &**section;
                sections.push(identifier);
                gather(children, sections, results, into);
                sections.pop();
            }
            Part::Item(reference) => {
                let result = results.get(&reference.identifier);
                into.push(Member { reference, sections: sections.clone(), result });
            }
        }
    }
}

/// A value times a weight; numbers only, which become floats.
fn weighted(value: Value, weight: Option<f64>) -> Value {
    let Some(weight) = weight else { return value };
    let times = |scalar: Scalar| match scalar.number() {
        Some(number) => Scalar::Float(number * weight),
        None => scalar,
    };
    match value {
        Value::Single(scalar) => Value::Single(times(scalar)),
        Value::Multiple(scalars) => Value::Multiple(scalars.into_iter().map(times).collect()),
        Value::Ordered(scalars) => Value::Ordered(scalars.into_iter().map(times).collect()),
        other => other,
    }
}
