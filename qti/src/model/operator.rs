//! Operators: what takes expressions and gives a value (QTI 3.0 ASI, section 2.11, «Expressions»).

use serde::Serialize;

use super::{Expression, Parameter, Shape};
use crate::number::RoundingMode;

/// How far two numbers may lie apart and still be equal (`equal`).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tolerance {
    /// Not at all.
    Exact,
    /// From the first number less the first tolerance to the first number plus the second.
    Absolute(Bounds),
    /// The same in percent of the first number.
    Relative(Bounds),
}

/// The tolerances below and above a number, and whether the bounds themselves are within.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bounds {
    /// Below.
    pub lower: Parameter<f64>,
    /// Above.
    pub upper: Parameter<f64>,
    /// Whether the lower bound is within.
    pub include_lower: bool,
    /// Whether the upper bound is within.
    pub include_upper: bool,
}

/// How numbers are rounded (`equalRounded`, `roundTo`).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rounding {
    /// What the figures count.
    pub mode: RoundingMode,
    /// How many.
    pub figures: Parameter<i64>,
}

/// An operator. Where nothing else is said, a NULL operand makes it NULL.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// All are true.
    And,
    /// Any is true.
    Or,
    /// It is not true.
    Not,
    /// At least `min` and at most `max` are true.
    AnyN {
        /// At least.
        min: Parameter<i64>,
        /// At most.
        max: Parameter<i64>,
    },
    /// Whether there is no value.
    IsNull,
    /// The values together, as a bag; NULLs are passed over.
    Multiple,
    /// The values together, as a list; NULLs are passed over.
    Ordered,
    /// How many values there are; 0 of NULL.
    ContainerSize,
    /// The value at a place of a list, counted from 1. Without a place, a second operand gives it (not QTI).
    Index(Option<Parameter<i64>>),
    /// A field of a record.
    FieldValue(String),
    /// Any one of the values, by chance.
    Random,
    /// Whether the first, a value, is among the second.
    Member,
    /// The second without all values that are the first.
    Delete,
    /// Whether the first holds the second: as a bag, or as a run of a list.
    Contains,
    /// A list of what an expression gives when it is evaluated so many times.
    Repeat(Parameter<i64>),
    /// Whether the first text is within the second. With three operands: a part of the first text (not QTI).
    Substring {
        /// Whether capitals matter.
        case_sensitive: bool,
    },
    /// Whether both values are the same in type, number and content.
    Match,
    /// Whether two texts are the same.
    StringMatch {
        /// Whether capitals matter.
        case_sensitive: bool,
        /// Whether it is enough that the first holds the second (deprecated).
        substring: bool,
    },
    /// Whether a text matches a pattern of XML Schema as a whole. Without one, a second operand gives it (not QTI).
    PatternMatch {
        /// The pattern.
        pattern: Option<Parameter<String>>,
        /// Whether capitals matter (always, in QTI).
        case_sensitive: bool,
    },
    /// Whether two numbers are equal.
    Equal(Tolerance),
    /// Whether two numbers are equal once they are rounded.
    EqualRounded(Rounding),
    /// Whether a point, or any of several, lies in a shape.
    Inside(Shape),
    /// First < second.
    Lt,
    /// First > second.
    Gt,
    /// First ≤ second.
    Lte,
    /// First ≥ second.
    Gte,
    /// The first duration is shorter.
    DurationLt,
    /// The first duration is not shorter.
    DurationGte,
    /// The sum of all numbers.
    Sum,
    /// Their product.
    Product,
    /// The least of them.
    Min,
    /// The greatest of them.
    Max,
    /// Their greatest common divisor.
    Gcd,
    /// Their least common multiple.
    Lcm,
    /// First − second.
    Subtract,
    /// First ÷ second, a float; NULL if the second is 0.
    Divide,
    /// First to the power of the second.
    Power,
    /// ⌊first ÷ second⌋; NULL if the second is 0.
    IntegerDivide,
    /// first − second · ⌊first ÷ second⌋; NULL if the second is 0.
    IntegerModulus,
    /// The integer towards 0.
    Truncate,
    /// The nearest integer, halves up.
    Round,
    /// Rounded to figures.
    RoundTo(Rounding),
    /// An integer as a float.
    IntegerToFloat,
    /// A function of one number, or `atan2` of two.
    Math(MathFunction),
    /// A statistic of a container of numbers.
    Stats(Statistic),
    /// Whether the first is of the type that the second names (not QTI).
    IsTypeOf,
}

macro_rules! named {
    ($(#[$meta:meta])* $name:ident { $($(#[$of:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            pub(crate) const NAMES: &'static [(&'static str, Self)] = &[$(($text, Self::$variant),)*];

            /// Its name in QTI.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

named! {
    /// A function of numbers (`mathOperator`); angles in radians.
    MathFunction {
        /// Sine.
        Sin = "sin",
        /// Cosine.
        Cos = "cos",
        /// Tangent.
        Tan = "tan",
        /// Secant.
        Sec = "sec",
        /// Cosecant.
        Csc = "csc",
        /// Cotangent.
        Cot = "cot",
        /// Inverse sine.
        Asin = "asin",
        /// Inverse cosine.
        Acos = "acos",
        /// Inverse tangent.
        Atan = "atan",
        /// The angle of the point (second, first).
        Atan2 = "atan2",
        /// Inverse secant.
        Asec = "asec",
        /// Inverse cosecant.
        Acsc = "acsc",
        /// Inverse cotangent.
        Acot = "acot",
        /// Hyperbolic sine.
        Sinh = "sinh",
        /// Hyperbolic cosine.
        Cosh = "cosh",
        /// Hyperbolic tangent.
        Tanh = "tanh",
        /// Hyperbolic secant.
        Sech = "sech",
        /// Hyperbolic cosecant.
        Csch = "csch",
        /// Hyperbolic cotangent.
        Coth = "coth",
        /// Logarithm to base 10.
        Log = "log",
        /// Natural logarithm.
        Ln = "ln",
        /// Exponential.
        Exp = "exp",
        /// Magnitude; an integer of an integer.
        Abs = "abs",
        /// −1, 0 or 1.
        Signum = "signum",
        /// The integer below.
        Floor = "floor",
        /// The integer above.
        Ceil = "ceil",
        /// Radians as degrees.
        ToDegrees = "toDegrees",
        /// Degrees as radians.
        ToRadians = "toRadians",
    }
}

named! {
    /// A statistic (`statsOperator`).
    Statistic {
        /// The arithmetic mean.
        Mean = "mean",
        /// The variance with n − 1.
        SampleVariance = "sampleVariance",
        /// Its square root.
        SampleSd = "sampleSD",
        /// The variance with n.
        PopVariance = "popVariance",
        /// Its square root.
        PopSd = "popSD",
    }
}

named! {
    /// A constant (`mathConstant`).
    MathConstant {
        /// π.
        Pi = "pi",
        /// Euler's number.
        E = "e",
    }
}

impl Operator {
    /// Its name in QTI 3.0, without `qti-`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::AnyN { .. } => "any-n",
            Self::IsNull => "is-null",
            Self::Multiple => "multiple",
            Self::Ordered => "ordered",
            Self::ContainerSize => "container-size",
            Self::Index(_) => "index",
            Self::FieldValue(_) => "field-value",
            Self::Random => "random",
            Self::Member => "member",
            Self::Delete => "delete",
            Self::Contains => "contains",
            Self::Repeat(_) => "repeat",
            Self::Substring { .. } => "substring",
            Self::Match => "match",
            Self::StringMatch { .. } => "string-match",
            Self::PatternMatch { .. } => "pattern-match",
            Self::Equal(_) => "equal",
            Self::EqualRounded(_) => "equal-rounded",
            Self::Inside(_) => "inside",
            Self::Lt => "lt",
            Self::Gt => "gt",
            Self::Lte => "lte",
            Self::Gte => "gte",
            Self::DurationLt => "duration-lt",
            Self::DurationGte => "duration-gte",
            Self::Sum => "sum",
            Self::Product => "product",
            Self::Min => "min",
            Self::Max => "max",
            Self::Gcd => "gcd",
            Self::Lcm => "lcm",
            Self::Subtract => "subtract",
            Self::Divide => "divide",
            Self::Power => "power",
            Self::IntegerDivide => "integer-divide",
            Self::IntegerModulus => "integer-modulus",
            Self::Truncate => "truncate",
            Self::Round => "round",
            Self::RoundTo(_) => "round-to",
            Self::IntegerToFloat => "integer-to-float",
            Self::Math(_) => "math-operator",
            Self::Stats(_) => "stats-operator",
            Self::IsTypeOf => "is-type-of",
        }
    }

    /// How many operands it takes: at least, and at most.
    pub fn arity(&self) -> (usize, usize) {
        match self {
            Self::Multiple | Self::Ordered => (0, usize::MAX),
            Self::And
            | Self::Or
            | Self::AnyN { .. }
            | Self::Sum
            | Self::Product
            | Self::Min
            | Self::Max
            | Self::Gcd
            | Self::Lcm => (1, usize::MAX),
            Self::Not
            | Self::IsNull
            | Self::ContainerSize
            | Self::Index(Some(_))
            | Self::FieldValue(_)
            | Self::Random
            | Self::Repeat(_)
            | Self::PatternMatch { pattern: Some(_), .. }
            | Self::Inside(_)
            | Self::Truncate
            | Self::Round
            | Self::RoundTo(_)
            | Self::IntegerToFloat
            | Self::Stats(_) => (1, 1),
            Self::Math(MathFunction::Atan2) => (2, 2),
            Self::Math(_) => (1, 1),
            Self::Substring { .. } => (2, 3),
            Self::Index(None)
            | Self::PatternMatch { pattern: None, .. }
            | Self::Member
            | Self::Delete
            | Self::Contains
            | Self::Match
            | Self::StringMatch { .. }
            | Self::Equal(_)
            | Self::EqualRounded(_)
            | Self::Lt
            | Self::Gt
            | Self::Lte
            | Self::Gte
            | Self::DurationLt
            | Self::DurationGte
            | Self::Subtract
            | Self::Divide
            | Self::Power
            | Self::IntegerDivide
            | Self::IntegerModulus
            | Self::IsTypeOf => (2, 2),
        }
    }

    /// Whether it is one of QTI's own in this form.
    pub(crate) fn is_standard(&self, operands: &[Expression]) -> bool {
        match self {
            Self::IsTypeOf | Self::Index(None) | Self::PatternMatch { pattern: None, .. } => false,
            Self::PatternMatch { case_sensitive, .. } => *case_sensitive,
            Self::Substring { .. } => operands.len() == 2,
            _ => true,
        }
    }
}
