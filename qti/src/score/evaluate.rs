//! Evaluating expressions.

mod arithmetic;
mod container;
mod logic;
mod text;

use super::{ScoreFault, coerce, map, pattern, session::Session};
use crate::model::{Expression, MathConstant, Operator, Parameter, Scalar, Statistic, Value};

pub(super) use logic::matches;

/// How many steps it takes to make a machine of a pattern.
const PATTERN_STEPS: usize = 2_000;

impl Session<'_> {
    /// The value of an expression.
    pub(super) fn evaluate(&mut self, expression: &Expression) -> Result<Value, ScoreFault> {
        self.step(1)?;
        let value = self.value(expression)?;
        // Values are copied on their way: long ones are more work than short ones.
        self.step(value.members().iter().map(|member| 1 + text::length(member) / 64).sum())?;
        Ok(value)
    }

    fn value(&mut self, expression: &Expression) -> Result<Value, ScoreFault> {
        Ok(match expression {
            Expression::Null => Value::Null,
            Expression::BaseValue { value, .. } => value.clone(),
            Expression::Variable { identifier, weight } => match self.test {
                Some(test) => test.variable(self, identifier, weight.as_deref()),
                None => self.variable(identifier),
            },
            Expression::Correct(identifier) => self.correct(identifier),
            Expression::Default(identifier) => self.default(identifier),
            Expression::MapResponse(identifier) => map::response(self, identifier)?,
            Expression::MapResponsePoint(identifier) => map::response_point(self, identifier)?,
            Expression::MathConstant(MathConstant::Pi) => float(std::f64::consts::PI),
            Expression::MathConstant(MathConstant::E) => float(std::f64::consts::E),
            Expression::RandomInteger { min, max, step } => {
                let (min, max, step) = (self.integer(min), self.integer(max), self.integer(step));
                self.random_integer(min, max, step)
            }
            Expression::RandomFloat { min, max } => match (self.float(min), self.float(max)) {
                (Some(min), Some(max)) => float(min + self.random.unit() * (max - min)),
                _ => Value::Null,
            },
            Expression::Apply { operator, operands } => self.apply(operator, operands)?,
            Expression::Record(fields) => {
                let mut record = std::collections::BTreeMap::new();
                for (name, expression) in fields {
                    if let Value::Single(scalar) = self.evaluate(expression)? {
                        record.insert(name.clone(), scalar);
                    }
                }
                if record.is_empty() { Value::Null } else { Value::Record(record) }
            }
            Expression::Lookup { table, source } => {
                let source = self.evaluate(source)?;
                map::lookup(self, table, &source)?
            }
            Expression::TestVariables { .. } => self.over_items(expression, "test-variables")?,
            Expression::OutcomeMaximum { .. } => self.over_items(expression, "outcome-maximum")?,
            Expression::OutcomeMinimum { .. } => self.over_items(expression, "outcome-minimum")?,
            Expression::NumberCorrect(_) => self.over_items(expression, "number-correct")?,
            Expression::NumberIncorrect(_) => self.over_items(expression, "number-incorrect")?,
            Expression::NumberPresented(_) => self.over_items(expression, "number-presented")?,
            Expression::NumberResponded(_) => self.over_items(expression, "number-responded")?,
            Expression::NumberSelected(_) => self.over_items(expression, "number-selected")?,
        })
    }

    fn over_items(&mut self, expression: &Expression, name: &'static str) -> Result<Value, ScoreFault> {
        let Some(test) = self.test else { return Err(ScoreFault::TestOnly(name)) };
        self.step(test.work(expression))?;
        Ok(test.over_items(expression))
    }

    fn apply(&mut self, operator: &Operator, operands: &[Expression]) -> Result<Value, ScoreFault> {
        // What does not evaluate its operands once each, or has to know which of them was NULL.
        match operator {
            Operator::And | Operator::Or => return self.all_or_any(operands, *operator == Operator::And),
            Operator::AnyN { min, max } => return self.any_n(operands, min, max),
            Operator::Repeat(times) => return self.repeat(operands, times),
            Operator::Stats(statistic) => return self.statistic(operands, *statistic),
            _ => {}
        }
        let values = operands.iter().map(|operand| self.evaluate(operand)).collect::<Result<Vec<_>, _>>()?;
        match (operator, &*values) {
            (Operator::IsNull, [value]) => return Ok(boolean(value.is_null())),
            (Operator::ContainerSize, [value]) => return Ok(container::size(value)),
            (Operator::Multiple, values) => return Ok(Value::multiple(container::gathered(values))),
            (Operator::Ordered, values) => return Ok(Value::ordered(container::gathered(values))),
            _ => {}
        }
        if values.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        self.of_values(operator, &values)
    }

    /// An operator of values of which none is NULL.
    fn of_values(&mut self, operator: &Operator, values: &[Value]) -> Result<Value, ScoreFault> {
        Ok(match (operator, values) {
            (Operator::Not, [value]) => coerce::truth(value).map_or(Value::Null, |truth| boolean(!truth)),
            (Operator::Index(Some(place)), [list]) => container::at(list, self.integer(place)),
            (Operator::Index(None), [list, place]) => container::at(list, arithmetic::whole(place)),
            (Operator::FieldValue(name), [value]) => container::field(value, name),
            (Operator::Random, [value]) => self.one_of(value.members()),
            (Operator::Member, [value, container]) => {
                self.step(container.members().len())?;
                container::has(container, value)
            }
            (Operator::Contains, [first, second]) => {
                self.step(first.members().len().saturating_mul(second.members().len()))?;
                container::contains(first, second)
            }
            (Operator::Delete, [value, container]) => container::without(container, value),
            (Operator::Match, [first, second]) => matches(self, first, second)?.map_or(Value::Null, boolean),
            (Operator::Inside(shape), [value]) => logic::inside(shape, value),
            (Operator::Equal(tolerance), [first, second]) => self.equal(tolerance, first, second)?,
            (Operator::EqualRounded(rounding), [first, second]) => {
                match (self.rounded(rounding, first), self.rounded(rounding, second)) {
                    (Some(first), Some(second)) => boolean(first == second),
                    _ => Value::Null,
                }
            }
            (Operator::RoundTo(rounding), [value]) => self.rounded(rounding, value).map_or(Value::Null, float),
            (Operator::Lt | Operator::Gt | Operator::Lte | Operator::Gte, [first, second]) => {
                logic::compared(operator, first, second)
            }
            (Operator::DurationLt | Operator::DurationGte, [first, second]) => {
                logic::durations(first, second, *operator == Operator::DurationLt)
            }
            (Operator::StringMatch { case_sensitive, substring }, [first, second]) => {
                text::same(first, second, *case_sensitive, *substring)
            }
            (Operator::Substring { case_sensitive }, [first, second]) => text::within(first, second, *case_sensitive),
            (Operator::Substring { .. }, [value, start, length]) => text::part(value, start, length),
            (Operator::PatternMatch { pattern, case_sensitive }, [value, rest @ ..]) => {
                let pattern = match (pattern, rest) {
                    (Some(Parameter::Value(pattern)), _) => Some(pattern.clone()),
                    (Some(Parameter::Variable(name)), _) => text::of(&self.variable(name)),
                    (None, [pattern, ..]) => text::of(pattern),
                    (None, []) => None,
                };
                match (text::of(value), pattern) {
                    (Some(text), Some(pattern)) => {
                        self.step(PATTERN_STEPS + (text.len() + pattern.len()) / 64)?;
                        boolean(pattern::matches(&pattern, &text, *case_sensitive)?)
                    }
                    _ => Value::Null,
                }
            }
            (Operator::IsTypeOf, [value, name]) => logic::is_type_of(value, name),
            _ => arithmetic::of(operator, values),
        })
    }

    fn any_n(
        &mut self,
        operands: &[Expression],
        min: &Parameter<i64>,
        max: &Parameter<i64>,
    ) -> Result<Value, ScoreFault> {
        let (mut held, mut unknown) = (0, 0);
        for operand in operands {
            match coerce::truth(&self.evaluate(operand)?) {
                Some(true) => held += 1,
                Some(false) => {}
                None => unknown += 1,
            }
        }
        let (Some(min), Some(max)) = (self.integer(min), self.integer(max)) else { return Ok(Value::Null) };
        Ok(match () {
            () if held > max || held + unknown < min => boolean(false),
            () if held >= min && held + unknown <= max => boolean(true),
            () => Value::Null,
        })
    }

    fn all_or_any(&mut self, operands: &[Expression], all: bool) -> Result<Value, ScoreFault> {
        let mut unknown = false;
        for operand in operands {
            match coerce::truth(&self.evaluate(operand)?) {
                Some(truth) if truth != all => return Ok(boolean(!all)),
                Some(_) => {}
                None => unknown = true,
            }
        }
        Ok(if unknown { Value::Null } else { boolean(all) })
    }

    fn repeat(&mut self, operands: &[Expression], times: &Parameter<i64>) -> Result<Value, ScoreFault> {
        let mut values = Vec::new();
        for _ in 0..self.integer(times).unwrap_or(0) {
            self.step(1)?;
            for operand in operands {
                values.push(self.evaluate(operand)?);
            }
        }
        Ok(Value::ordered(container::gathered(&values)))
    }

    /// NULL if any member is, which containers otherwise pass over: `statsOperator` asks for it.
    fn statistic(&mut self, operands: &[Expression], statistic: Statistic) -> Result<Value, ScoreFault> {
        let [operand] = operands else { return Ok(Value::Null) };
        let values = match operand {
            Expression::Apply { operator: Operator::Multiple | Operator::Ordered, operands } => {
                operands.iter().map(|operand| self.evaluate(operand)).collect::<Result<Vec<_>, _>>()?
            }
            _ => vec![self.evaluate(operand)?],
        };
        if values.iter().any(Value::is_null) {
            return Ok(Value::Null);
        }
        Ok(arithmetic::statistic(&container::gathered(&values), statistic))
    }

    fn random_integer(&mut self, min: Option<i64>, max: Option<i64>, step: Option<i64>) -> Value {
        let (Some(min), Some(max), Some(step)) = (min, max, step) else { return Value::Null };
        if step < 1 || max < min {
            return Value::Null;
        }
        let steps = max.abs_diff(min) / step.unsigned_abs();
        let drawn = self.random.below(steps.saturating_add(1));
        // At most `max - min`, which may be more than half of what 64 bits hold: added with wrapping, it is right.
        integer(min.wrapping_add(drawn.wrapping_mul(step.unsigned_abs()).cast_signed()))
    }

    fn one_of(&mut self, members: &[Scalar]) -> Value {
        let drawn = self.random.below(members.len() as u64);
        usize::try_from(drawn).ok().and_then(|at| members.get(at)).cloned().map_or(Value::Null, Value::single)
    }

    /// The value of a parameter; `None` if it is NULL or none.
    fn integer(&self, parameter: &Parameter<i64>) -> Option<i64> {
        match parameter {
            Parameter::Value(value) => Some(*value),
            Parameter::Variable(name) => arithmetic::whole(&self.variable(name)),
        }
    }

    fn float(&self, parameter: &Parameter<f64>) -> Option<f64> {
        match parameter {
            Parameter::Value(value) => Some(*value),
            Parameter::Variable(name) => arithmetic::number(&self.variable(name)),
        }
    }

    fn rounded(&self, rounding: &crate::model::Rounding, value: &Value) -> Option<f64> {
        crate::number::round(arithmetic::number(value)?, rounding.mode, self.integer(&rounding.figures)?)
    }
}

fn boolean(truth: bool) -> Value {
    Value::Single(Scalar::Boolean(truth))
}

fn float(number: f64) -> Value {
    Value::Single(Scalar::Float(number))
}

fn integer(number: i64) -> Value {
    Value::Single(Scalar::Integer(number))
}
