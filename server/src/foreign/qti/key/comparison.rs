//! What a condition compares a response with.

use qti::model::{BaseType, Bounds, Expression, Operator, Parameter, Tolerance};

use super::{Finder, Key, UNLIKE, exact};

impl Finder<'_> {
    pub(super) fn condition(&mut self, condition: &Expression) {
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
            let strings = self.declared(name)?.base_type == Some(BaseType::String);
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
    let Parameter::Value(lower) = &bounds.lower else { return None };
    let upper = match &bounds.upper {
        Parameter::Value(upper) => upper,
        Parameter::Variable(_) => return None,
    };
    (lower == upper && bounds.include_lower && bounds.include_upper).then_some(*lower)
}
