//! Response processing that is written out.

use qti::model::{Expression, Operator, Parameter, Rule, Value};

use super::{Finder, Key, UNLIKE};

impl Finder<'_> {
    pub(super) fn rules(&mut self, rules: &[Rule]) {
        let mut scoring = Vec::new();
        flatten(rules, &mut scoring);
        let (scoring, other): (Vec<&Rule>, Vec<&Rule>) = scoring.into_iter().partition(|rule| touches_score(rule));
        if !other.is_empty() {
            self.notes.lose("outcomes beside the score, and feedback");
        }
        if let Some(conditions) = one_point_each(&scoring) {
            if let Some(name) = place_by_place(&conditions) {
                self.keys.partial = conditions.len() > 1;
                return self.whole_order(&name, conditions.len());
            }
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

    /// The correct response, if it is an order of so many.
    fn whole_order(&mut self, name: &str, places: usize) {
        match self.declared(name).and_then(|declared| declared.correct.clone()) {
            Some(order @ Value::Ordered(_)) if order.members().len() == places => self.add(name, Key::Exact(order)),
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
                }
                self.keys.partial |= operands.len() > 1;
            }
            _ => self.notes.fault(UNLIKE),
        }
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

/// The response of which each condition compares another place with the same place of the correct response: the first, the
/// second, and so on, each once.
fn place_by_place(conditions: &[&Expression]) -> Option<String> {
    let mut response: Option<&str> = None;
    let mut places = Vec::new();
    for condition in conditions {
        let Expression::Apply { operator: Operator::Match, operands } = condition else { return None };
        let [left, right] = operands.as_slice() else { return None };
        let ((one, first), (other, second)) = (at_place(left)?, at_place(right)?);
        let name = match (first, second) {
            (Expression::Variable { identifier, .. }, Expression::Correct(of))
            | (Expression::Correct(of), Expression::Variable { identifier, .. })
                if of == identifier =>
            {
                identifier
            }
            _ => return None,
        };
        if one != other || *response.get_or_insert(name) != *name {
            return None;
        }
        places.push(one);
    }
    places.sort_unstable();
    places.iter().copied().eq(1..=i64::try_from(places.len()).ok()?).then(|| response.map(str::to_owned))?
}

/// What a place is of, and which.
fn at_place(expression: &Expression) -> Option<(i64, &Expression)> {
    match expression {
        Expression::Apply { operator: Operator::Index(Some(Parameter::Value(place))), operands } => {
            Some((*place, operands.first()?))
        }
        _ => None,
    }
}
