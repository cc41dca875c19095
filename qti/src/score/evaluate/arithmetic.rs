//! Operators on numbers.

use super::{float, integer};
use crate::{
    model::{MathFunction, Operator, Scalar, Statistic, Value},
    score::coerce,
};

/// A single value as a number.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value.members() {
        [scalar] => scalar.number(),
        _ => None,
    }
}

/// A single value as an integer: of integers, and of floats without a fraction.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value.members() {
        [scalar] => whole_scalar(scalar),
        _ => None,
    }
}

fn whole_scalar(scalar: &Scalar) -> Option<i64> {
    match scalar {
        Scalar::Integer(value) => Some(*value),
        Scalar::Float(value) => coerce::integer(*value),
        _ => None,
    }
}

/// The rest of the operators; NULL where something is no number.
pub(super) fn of(operator: &Operator, values: &[Value]) -> Value {
    of_numbers(operator, values).unwrap_or(Value::Null)
}

fn of_numbers(operator: &Operator, values: &[Value]) -> Option<Value> {
    Some(match (operator, values) {
        (Operator::Sum, _) => folded(values, 0, i64::checked_add, 0.0, |a, b| a + b)?,
        (Operator::Product, _) => folded(values, 1, i64::checked_mul, 1.0, |a, b| a * b)?,
        (Operator::Min, _) => extreme(values, i64::min, f64::min)?,
        (Operator::Max, _) => extreme(values, i64::max, f64::max)?,
        (Operator::Gcd, _) => integer(i64::try_from(integers(values)?.into_iter().fold(0, gcd)).ok()?),
        (Operator::Lcm, _) => integer(i64::try_from(integers(values)?.into_iter().try_fold(1, lcm)?).ok()?),
        (Operator::Math(function), [value]) => math(*function, value)?,
        (Operator::Math(MathFunction::Atan2), [y, x]) => float(number(y)?.atan2(number(x)?)),
        (Operator::Truncate, [value]) => rounded(number(value)?, f64::trunc)?,
        (Operator::Round, [value]) => rounded(number(value)?, half_up)?,
        (Operator::IntegerToFloat, [value]) => float(number(value)?),
        (Operator::Subtract, [Value::Single(Scalar::Integer(a)), Value::Single(Scalar::Integer(b))]) => {
            integer(a.checked_sub(*b)?)
        }
        (Operator::Subtract, [a, b]) => float(number(a)? - number(b)?),
        (Operator::Divide, [a, b]) => float(finite(number(a)? / number(b)?)?),
        (Operator::Power, [a, b]) => float(finite(number(a)?.powf(number(b)?))?),
        (Operator::IntegerDivide, [a, b]) => integer(floor_divided(whole(a)?, whole(b)?)?),
        (Operator::IntegerModulus, [a, b]) => {
            let (a, b) = (whole(a)?, whole(b)?);
            integer(a.checked_sub(floor_divided(a, b)?.checked_mul(b)?)?)
        }
        _ => return None,
    })
}

/// All members folded: as integers if all are, otherwise as floats; NULL if 64 bits do not hold the integer.
fn folded(
    values: &[Value],
    first: i64,
    whole: fn(i64, i64) -> Option<i64>,
    first_float: f64,
    broken: fn(f64, f64) -> f64,
) -> Option<Value> {
    let members = || values.iter().flat_map(Value::members);
    members().next()?;
    let integers: Option<Vec<i64>> = members()
        .map(|member| match member {
            Scalar::Integer(value) => Some(*value),
            _ => None,
        })
        .collect();
    if let Some(integers) = integers {
        return integers.into_iter().try_fold(first, whole).map(integer);
    }
    let numbers: Vec<f64> = members().map(Scalar::number).collect::<Option<_>>()?;
    Some(float(numbers.into_iter().fold(first_float, broken)))
}

fn extreme(values: &[Value], whole: fn(i64, i64) -> i64, broken: fn(f64, f64) -> f64) -> Option<Value> {
    let members: Vec<&Scalar> = values.iter().flat_map(Value::members).collect();
    let integers: Option<Vec<i64>> = members
        .iter()
        .map(|member| match member {
            Scalar::Integer(value) => Some(*value),
            _ => None,
        })
        .collect();
    if let Some(integers) = integers {
        return integers.into_iter().reduce(whole).map(integer);
    }
    let numbers: Vec<f64> = members.into_iter().map(Scalar::number).collect::<Option<_>>()?;
    numbers.into_iter().reduce(broken).map(float)
}

fn integers(values: &[Value]) -> Option<Vec<u64>> {
    let members: Vec<&Scalar> = values.iter().flat_map(Value::members).collect();
    if members.is_empty() {
        return None;
    }
    members.into_iter().map(|member| whole_scalar(member).map(i64::unsigned_abs)).collect()
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn lcm(a: u64, b: u64) -> Option<u64> {
    if a == 0 || b == 0 { Some(0) } else { (a / gcd(a, b)).checked_mul(b) }
}

fn floor_divided(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let below = a.checked_rem(b)? != 0 && (a < 0) != (b < 0);
    Some(if below { quotient - 1 } else { quotient })
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// The integer n with n − 0.5 ≤ x < n + 0.5 (QTI 3.0 ASI, `round`).
fn half_up(number: f64) -> f64 {
    let below = number.floor();
    if number - below >= 0.5 { below + 1.0 } else { below }
}

/// An integer made of a float; infinite ones stay, what 64 bits do not hold is NULL.
fn rounded(number: f64, by: fn(f64) -> f64) -> Option<Value> {
    match number {
        _ if number.is_infinite() => Some(float(number)),
        _ => coerce::integer(by(number)).map(integer),
    }
}

/// A function of one number; NULL outside its domain.
fn math(function: MathFunction, value: &Value) -> Option<Value> {
    let x = number(value)?;
    let result = match function {
        MathFunction::Abs => {
            return match value {
                Value::Single(Scalar::Integer(whole)) => whole.checked_abs().map(integer),
                _ => Some(float(x.abs())),
            };
        }
        MathFunction::Floor => return rounded(x, f64::floor),
        MathFunction::Ceil => return rounded(x, f64::ceil),
        MathFunction::Signum => {
            return match x {
                _ if x.is_nan() => None,
                _ if x == 0.0 => Some(integer(0)),
                _ => Some(integer(if x > 0.0 { 1 } else { -1 })),
            };
        }
        MathFunction::Sin => x.sin(),
        MathFunction::Cos => x.cos(),
        MathFunction::Tan => x.tan(),
        MathFunction::Sec => x.cos().recip(),
        MathFunction::Csc => x.sin().recip(),
        MathFunction::Cot => x.tan().recip(),
        MathFunction::Asin => x.asin(),
        MathFunction::Acos => x.acos(),
        MathFunction::Atan => x.atan(),
        MathFunction::Asec => x.recip().acos(),
        MathFunction::Acsc => x.recip().asin(),
        // The angle whose cotangent is 0 is a right one.
        MathFunction::Acot => {
            if x == 0.0 {
                std::f64::consts::FRAC_PI_2
            } else {
                x.recip().atan()
            }
        }
        MathFunction::Sinh => x.sinh(),
        MathFunction::Cosh => x.cosh(),
        MathFunction::Tanh => x.tanh(),
        MathFunction::Sech => x.cosh().recip(),
        MathFunction::Csch => x.sinh().recip(),
        MathFunction::Coth => x.tanh().recip(),
        MathFunction::Log => x.log10(),
        MathFunction::Ln => x.ln(),
        MathFunction::Exp => x.exp(),
        MathFunction::ToDegrees => x.to_degrees(),
        MathFunction::ToRadians => x.to_radians(),
        MathFunction::Atan2 => return None,
    };
    let outside = result.is_nan() || (x.is_finite() && result.is_infinite());
    (!outside).then(|| float(result))
}

/// A statistic; NULL of what is no number, and of samples of one.
pub(super) fn statistic(members: &[Scalar], statistic: Statistic) -> Value {
    let Some(numbers) = members.iter().map(Scalar::number).collect::<Option<Vec<f64>>>() else { return Value::Null };
    #[expect(clippy::cast_precision_loss, reason = "there are never 2^53 members")]
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    let result = match statistic {
        Statistic::Mean => mean,
        Statistic::SampleVariance => squares / (count - 1.0),
        Statistic::SampleSd => (squares / (count - 1.0)).sqrt(),
        Statistic::PopVariance => squares / count,
        Statistic::PopSd => (squares / count).sqrt(),
    };
    if result.is_finite() { float(result) } else { Value::Null }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_up() {
        for (number, rounded) in [(6.5, 7.0), (6.49, 6.0), (-6.5, -6.0), (-6.51, -7.0), (0.499_999_999_999_999_94, 0.0)]
        {
            assert_eq!(half_up(number), rounded, "{number}");
        }
    }

    #[test]
    fn integers_are_divided_downwards() {
        for (a, b, quotient) in [
            (7, 2, Some(3)),
            (-7, 2, Some(-4)),
            (7, -2, Some(-4)),
            (6, -2, Some(-3)),
            (1, 0, None),
            (i64::MIN, -1, None),
        ] {
            assert_eq!(floor_divided(a, b), quotient, "{a} / {b}");
        }
    }
}
