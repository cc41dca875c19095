//! What is right in a QTI item, where its response processing is one that native items have too.

use std::collections::BTreeMap;

use qti::{
    model::{
        Bounds, Expression, Item, Mapping, Operator, ResponseDeclaration, ResponseProcessing, Rule, Scalar, Template,
        Tolerance, Value,
    },
    score::score,
};

use super::{Choices, Notes};

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

/// Finds what is right. All that cannot be scored natively as the item scores it goes to the notes as faults.
pub(super) fn keys(item: &Item, choices: &Choices, notes: &mut Notes) -> Keys {
    let mut finder = Finder { item, choices, notes, keys: Keys::default() };
    match &item.response_processing {
        None => finder.notes.fault("it has no response processing, so that nothing says what is right"),
        Some(ResponseProcessing::Template(template)) => finder.template(*template),
        Some(ResponseProcessing::Rules(rules)) => finder.rules(rules),
    }
    let keys = finder.keys;
    if !item.outcome_processing.is_empty() {
        notes.fault(UNLIKE);
    }
    if notes.faults.is_empty() {
        confirm(item, &keys, notes);
    }
    keys
}

/// The item's own scoring has the last word on its key.
fn confirm(item: &Item, keys: &Keys, notes: &mut Notes) {
    let responses = keys.by_response.iter().filter_map(|(name, key)| {
        let declared = item.responses.iter().find(|declared| declared.identifier == *name)?;
        let typed = |text: &str| declared.base_type.and_then(|base_type| Scalar::parse(base_type, text));
        let value = match key {
            Key::Exact(value) => value.clone(),
            Key::Strings { accept, .. } => Value::single(typed(accept.first()?)?),
            Key::Number { value, .. } => Value::single(typed(&value.to_string())?),
        };
        Some((name.clone(), value))
    });
    let points = |responses: &BTreeMap<String, Value>| {
        let scoring = score(item, responses, 0);
        let score = scoring.outcomes.get("SCORE").and_then(|value| value.members().first().and_then(Scalar::number));
        (scoring.fault.is_none()).then_some(score.unwrap_or(0.0))
    };
    let full = points(&responses.collect());
    if full.is_none_or(|full| full <= 0.0) {
        notes.fault("its key gives no points by its own response processing");
    } else if full != Some(1.0) && !keys.partial {
        notes.lose("the number of points: items give one, or one for each part");
    }
    if points(&BTreeMap::new()).is_none_or(|none| none != 0.0) {
        notes.fault("no response at all gives points, or takes some away");
    }
}

struct Finder<'a> {
    item: &'a Item,
    choices: &'a Choices,
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
        let single = declared.cardinality == qti::model::Cardinality::Single;
        if uneven || bounded {
            self.notes.partial(self.choices, "some values give a part of the points, or take some away");
        }
        let chosen =
            |at_least: f64| mapping.entries.iter().filter(move |entry| entry.value >= at_least && entry.value > 0.0);
        match (declared.base_type, single) {
            (Some(qti::model::BaseType::String), true) => self.strings(name, mapping, greatest),
            (_, true) => match chosen(greatest).collect::<Vec<_>>().as_slice() {
                [entry] => self.add(name, exact(Value::single(entry.key.clone()))),
                _ => self.notes.fault("several values give all points, or none does; a native item has one that does"),
            },
            (Some(qti::model::BaseType::DirectedPair | qti::model::BaseType::Pair), false) => {
                let pairs: Vec<Scalar> = chosen(0.0).map(|entry| entry.key.clone()).collect();
                #[expect(clippy::cast_precision_loss, reason = "a mapping has few entries")]
                let sum = greatest * pairs.len() as f64;
                let capped = mapping.upper_bound.is_some_and(|bound| bound < sum);
                if capped {
                    self.notes.partial(self.choices, "some of the pairs are enough for all points");
                }
                self.keys.partial = !uneven && !bounded && !capped;
                self.add(name, Key::Exact(Value::multiple(pairs)));
            }
            (_, false) => {
                self.notes.partial(self.choices, "each value gives a part of the points by itself");
                let values = chosen(0.0).map(|entry| entry.key.clone()).collect();
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

    fn rules(&mut self, rules: &[Rule]) {
        let mut scoring = Vec::new();
        flatten(rules, &mut scoring);
        let (scoring, other): (Vec<&Rule>, Vec<&Rule>) = scoring.into_iter().partition(|rule| touches_score(rule));
        if !other.is_empty() {
            self.notes.lose("outcomes beside the score, and feedback");
        }
        if let Some(conditions) = one_point_each(&scoring) {
            conditions.into_iter().for_each(|condition| self.condition(condition));
            self.keys.partial = scoring.len() > 1;
            return;
        }
        let [rule] = scoring.as_slice() else { return self.notes.fault(UNLIKE) };
        match rule {
            Rule::Condition { branches, otherwise } => {
                let [branch] = branches.as_slice() else { return self.notes.fault(UNLIKE) };
                let positive = |rules: &[Rule]| constant_score(rules).is_some_and(|score| score > 0.0);
                let nothing = |rules: &[Rule]| constant_score(rules).is_none_or(|score| score == 0.0);
                let sets_nothing_else =
                    otherwise.iter().all(|rule| !touches_score(rule)) || constant_score(otherwise).is_some();
                if !positive(&branch.rules) || !nothing(otherwise) || !sets_nothing_else {
                    return self.notes.fault(UNLIKE);
                }
                self.condition(&branch.condition);
            }
            Rule::SetOutcome { value, .. } => self.sum(value),
            _ => self.notes.fault(UNLIKE),
        }
    }

    fn sum(&mut self, value: &Expression) {
        match value {
            Expression::MapResponse(name) => self.mapped(name),
            Expression::Apply { operator: Operator::Sum, operands } => {
                let mut worth = Vec::new();
                for operand in operands {
                    let Expression::MapResponse(name) = operand else { return self.notes.fault(UNLIKE) };
                    let entries =
                        self.declared(name).and_then(|declared| declared.mapping.as_ref()).map(|m| &m.entries);
                    worth.push(entries.into_iter().flatten().map(|entry| entry.value).fold(0.0, f64::max));
                    self.mapped(name);
                }
                if worth.windows(2).any(|pair| pair[0] != pair[1]) {
                    self.notes.partial(self.choices, "the gaps give different points");
                } else {
                    self.keys.partial = operands.len() > 1;
                }
            }
            _ => self.notes.fault(UNLIKE),
        }
    }

    fn condition(&mut self, condition: &Expression) {
        let Expression::Apply { operator, operands } = condition else { return self.notes.fault(UNLIKE) };
        match (operator, operands.as_slice()) {
            (Operator::And, parts) => parts.iter().for_each(|part| self.condition(part)),
            (Operator::Or, parts) => self.any(parts),
            (operator, [left, right]) => match self.comparison(operator, left, right) {
                Some((name, key)) => self.add(&name, key),
                None => self.notes.fault(UNLIKE),
            },
            _ => self.notes.fault(UNLIKE),
        }
    }

    /// One of several texts.
    fn any(&mut self, parts: &[Expression]) {
        let mut texts: Option<(String, Vec<String>, bool)> = None;
        for part in parts {
            let found = match part {
                Expression::Apply { operator, operands } if operands.len() == 2 => {
                    self.comparison(operator, &operands[0], &operands[1])
                }
                _ => None,
            };
            let Some((name, Key::Strings { accept, case })) = found else { return self.notes.fault(UNLIKE) };
            match &mut texts {
                None => texts = Some((name, accept, case)),
                Some((before, all, before_case)) if *before == name && *before_case == case => all.extend(accept),
                Some(_) => return self.notes.fault(UNLIKE),
            }
        }
        if let Some((name, accept, case)) = texts {
            self.add(&name, Key::Strings { accept, case });
        }
    }

    fn comparison(&mut self, operator: &Operator, left: &Expression, right: &Expression) -> Option<(String, Key)> {
        if let (Expression::MapResponse(name), Expression::BaseValue { value, .. }) = (left, right) {
            let least = value.members().first()?.number()?;
            let mapping = self.declared(name)?.mapping.as_ref()?;
            let strings = self.declared(name)?.base_type == Some(qti::model::BaseType::String);
            let fits = |points: f64| match operator {
                Operator::Gt => points > least,
                Operator::Gte => points >= least,
                Operator::Equal(_) | Operator::Match => points == least,
                _ => false,
            };
            // Whatever the mapping does not name must not fit either.
            if !strings || fits(0.0) || fits(mapping.default) {
                return None;
            }
            let entries: Vec<_> = mapping.entries.iter().filter(|entry| fits(entry.value)).collect();
            let case = entries.first()?.case_sensitive;
            if entries.iter().any(|entry| entry.case_sensitive != case) {
                return None;
            }
            return Some((name.clone(), Key::Strings { accept: entries.iter().map(|e| e.key.text()).collect(), case }));
        }
        let (name, value) = match (left, right) {
            (Expression::Variable { identifier, .. }, other) | (other, Expression::Variable { identifier, .. }) => {
                let value = match other {
                    Expression::Correct(of) if of == identifier => self.declared(identifier)?.correct.clone()?,
                    Expression::BaseValue { value, .. } => value.clone(),
                    _ => return None,
                };
                (identifier.clone(), value)
            }
            _ => return None,
        };
        self.declared(&name)?;
        let key = match operator {
            Operator::Match => exact(value),
            Operator::StringMatch { case_sensitive, substring: false } => {
                Key::Strings { accept: vec![value.members().first()?.text()], case: *case_sensitive }
            }
            Operator::Equal(tolerance) => {
                let value = value.members().first()?.number()?;
                Key::Number { value, tolerance: tolerance_of(tolerance)? }
            }
            _ => return None,
        };
        Some((name, key))
    }
}

fn tolerance_of(tolerance: &Tolerance) -> Option<f64> {
    match tolerance {
        Tolerance::Exact => Some(0.0),
        Tolerance::Absolute(bounds) => absolute(bounds),
        Tolerance::Relative(_) => None,
    }
}

fn absolute(bounds: &Bounds) -> Option<f64> {
    let qti::model::Parameter::Value(lower) = &bounds.lower else { return None };
    let upper = match &bounds.upper {
        qti::model::Parameter::Value(upper) => upper,
        qti::model::Parameter::Variable(_) => return None,
    };
    (lower == upper && bounds.include_lower && bounds.include_upper).then_some(*lower)
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

fn flatten<'r>(rules: &'r [Rule], into: &mut Vec<&'r Rule>) {
    for rule in rules {
        match rule {
            Rule::Fragment(inner) => flatten(inner, into),
            other => into.push(other),
        }
    }
}

/// Whether a rule could change the score; whatever is not only about another outcome could.
fn touches_score(rule: &Rule) -> bool {
    match rule {
        Rule::SetOutcome { identifier, .. } | Rule::LookupOutcome { identifier, .. } => identifier == "SCORE",
        Rule::Condition { branches, otherwise } => {
            branches.iter().flat_map(|branch| &branch.rules).chain(otherwise).any(touches_score)
        }
        Rule::Fragment(rules) => rules.iter().any(touches_score),
        _ => true,
    }
}

/// The conditions of rules of which each adds the same points to SCORE, if there is nothing else.
fn one_point_each<'r>(rules: &[&'r Rule]) -> Option<Vec<&'r Expression>> {
    let mut worth = None;
    let mut conditions = Vec::new();
    for rule in rules {
        let Rule::Condition { branches, otherwise } = rule else { return None };
        let [branch] = branches.as_slice() else { return None };
        let [Rule::SetOutcome { value: Expression::Apply { operator: Operator::Sum, operands }, .. }] =
            branch.rules.as_slice()
        else {
            return None;
        };
        let points = match operands.as_slice() {
            [Expression::Variable { identifier, .. }, Expression::BaseValue { value, .. }]
            | [Expression::BaseValue { value, .. }, Expression::Variable { identifier, .. }]
                if identifier == "SCORE" =>
            {
                value.members().first()?.number()?
            }
            _ => return None,
        };
        if !otherwise.is_empty() || points <= 0.0 || *worth.get_or_insert(points) != points {
            return None;
        }
        conditions.push(&branch.condition);
    }
    Some(conditions).filter(|conditions| !conditions.is_empty())
}

/// The points that rules set SCORE to, if that is all that they do to it.
fn constant_score(rules: &[Rule]) -> Option<f64> {
    let mut flat = Vec::new();
    flatten(rules, &mut flat);
    match flat.into_iter().filter(|rule| touches_score(rule)).collect::<Vec<_>>().as_slice() {
        [Rule::SetOutcome { value: Expression::BaseValue { value, .. }, .. }] => value.members().first()?.number(),
        _ => None,
    }
}
