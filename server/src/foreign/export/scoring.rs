//! How a native item is scored, as QTI says it: the key is declared, and the processing gives the same points.

use ::scoring::folded;
use qti::model::{
    BaseType, Bounds, Branch, Cardinality, Expression, MapEntry, Mapping, Operator, OutcomeDeclaration, Parameter,
    ResponseDeclaration, ResponseProcessing, Rule, Scalar, Template, Tolerance, Value,
};
use question_bank::{
    TextKey,
    bank::{Cloze, ClozeEntry, Credit, Item, Kind, Task},
};

use super::{
    arrangement::Arrangement,
    interaction::{entry_name, row_name},
    item::gap_name,
    number::exact,
};

/// What is declared, and how it is scored.
type Scoring = (Vec<ResponseDeclaration>, OutcomeDeclaration, Option<ResponseProcessing>);

/// The name of the response where there is one.
pub(super) const RESPONSE: &str = "RESPONSE";

/// The outcome that processing sets.
const SCORE: &str = "SCORE";

/// The name of a gap's response.
pub(super) fn gap_response(at: usize) -> String {
    format!("{RESPONSE}_{}", at + 1)
}

/// What is declared, and how it is scored.
///
/// # Errors
/// A sentence with a number that a float is not exactly.
pub(super) fn of_item(item: &Item) -> Result<Scoring, String> {
    Ok(match &item.task {
        Task::Cloze(task) => return cloze(item, task),
        Task::ExtendedText(task) => {
            let response = declared(RESPONSE, Cardinality::Single, BaseType::String, None);
            let points: u32 = task.rubric.iter().map(|criterion| criterion.points).sum();
            let score = OutcomeDeclaration { external_scored: Some("human".to_owned()), ..score(points.into()) };
            (vec![response], score, None)
        }
        _ => whole(item),
    })
}

/// Items with one response.
fn whole(item: &Item) -> Scoring {
    let arrangement = Arrangement::of_options(item);
    let option = |at: usize| arrangement.name(at);
    let keys = || item.key_positions().map(|at| Scalar::Identifier(option(at))).collect::<Vec<_>>();
    let (cardinality, base_type, key) = match &item.task {
        Task::Order => {
            let order = (0..item.options.len()).map(|at| Scalar::Identifier(option(at)));
            (Cardinality::Ordered, BaseType::Identifier, order.collect())
        }
        Task::Match(task) => {
            let rows = task.rows.iter().enumerate();
            let pairs = rows.flat_map(|(row, of)| of.key.iter().map(move |at| (row_name(row), *at)));
            let pairs = pairs.map(|(row, at)| Scalar::DirectedPair(row, option(at))).collect();
            (Cardinality::Multiple, BaseType::DirectedPair, pairs)
        }
        Task::GapMatch(task) => {
            let gaps = task.gaps.iter().enumerate();
            let pairs = gaps.map(|(gap, (_, at))| Scalar::DirectedPair(option(*at), gap_name(gap))).collect();
            (Cardinality::Multiple, BaseType::DirectedPair, pairs)
        }
        _ if item.kind == Kind::SingleChoice => (Cardinality::Single, BaseType::Identifier, keys()),
        _ => (Cardinality::Multiple, BaseType::Identifier, keys()),
    };
    let parts = key.len();
    let correct = match cardinality {
        Cardinality::Ordered => Value::Ordered(key.clone()),
        Cardinality::Single => key.first().cloned().map_or(Value::Null, Value::Single),
        _ => Value::Multiple(key.clone()),
    };
    let mut response = declared(RESPONSE, cardinality, base_type, Some(correct));
    let (points, processing) = match item.credit {
        Credit::AllOrNothing => (1, ResponseProcessing::Template(Template::MatchCorrect)),
        Credit::Partial if cardinality == Cardinality::Ordered => {
            (parts, ResponseProcessing::Rules((1..=parts).map(place).collect()))
        }
        Credit::Partial => {
            response.mapping = Some(one_each(key, false));
            (parts, ResponseProcessing::Template(Template::MapResponse))
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "an item has few parts")]
    let score = score(points as f64);
    (vec![response], score, Some(processing))
}

/// A point if what stands at this place of the order belongs there.
fn place(at: usize) -> Rule {
    let place = Parameter::Value(i64::try_from(at).unwrap_or(i64::MAX));
    let at = |of: Expression| Expression::Apply { operator: Operator::Index(Some(place.clone())), operands: vec![of] };
    let operands = vec![at(variable(RESPONSE)), at(Expression::Correct(RESPONSE.to_owned()))];
    point_more(Expression::Apply { operator: Operator::Match, operands })
}

fn cloze(item: &Item, task: &Cloze) -> Result<Scoring, String> {
    let (mut responses, mut conditions) = (Vec::new(), Vec::new());
    for (at, gap) in task.gaps.iter().enumerate() {
        let told = |why: String| format!("{}:{}: gap {}: {why}", item.origin.file, item.origin.line, gap.name);
        responses.push(gap_declared(at, &gap.entry).map_err(told)?);
        conditions.push(is_right(at, &gap.entry).map_err(told)?);
    }
    let (points, rules) = match item.credit {
        Credit::Partial => (task.gaps.len(), conditions.into_iter().map(point_more).collect()),
        Credit::AllOrNothing => {
            let condition = match conditions.len() {
                1 => conditions.remove(0),
                _ => Expression::Apply { operator: Operator::And, operands: conditions },
            };
            let (full, none) = (vec![set(number(1.0))], vec![set(number(0.0))]);
            let branches = vec![Branch { condition, rules: full }];
            (1, vec![Rule::Condition { branches, otherwise: none }])
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "an item has few gaps")]
    let score = score(points as f64);
    Ok((responses, score, Some(ResponseProcessing::Rules(rules))))
}

fn gap_declared(at: usize, entry: &ClozeEntry) -> Result<ResponseDeclaration, String> {
    let name = gap_response(at);
    Ok(match entry {
        ClozeEntry::Choice { options, key } => {
            let key = entry_name(&Arrangement::alphabetical(options, &[]), *key);
            let key = Value::Single(Scalar::Identifier(key));
            declared(&name, Cardinality::Single, BaseType::Identifier, Some(key))
        }
        ClozeEntry::Text { key: TextKey::Strings { accept, .. }, .. } => {
            let first = accept.first().map(|text| Value::Single(Scalar::String(folded(text, true))));
            declared(&name, Cardinality::Single, BaseType::String, first)
        }
        ClozeEntry::Text { key: TextKey::Number { value, .. }, .. } => {
            let value = Value::Single(Scalar::Float(exact(value)?));
            declared(&name, Cardinality::Single, BaseType::Float, Some(value))
        }
    })
}

/// Whether a gap is filled rightly.
fn is_right(at: usize, entry: &ClozeEntry) -> Result<Expression, String> {
    let name = gap_response(at);
    let with_correct = |operator| {
        let operands = vec![Expression::Correct(name.clone()), variable(&name)];
        Expression::Apply { operator, operands }
    };
    Ok(match entry {
        ClozeEntry::Choice { .. } => with_correct(Operator::Match),
        ClozeEntry::Text { key: TextKey::Number { tolerance, .. }, .. } => {
            let tolerance = exact(tolerance)?;
            let (lower, upper) = (Parameter::Value(tolerance), Parameter::Value(tolerance));
            let bounds = Bounds { lower, upper, include_lower: true, include_upper: true };
            with_correct(Operator::Equal(Tolerance::Absolute(bounds)))
        }
        ClozeEntry::Text { key: TextKey::Strings { accept, case }, .. } => {
            let is = |text: &String| {
                // As it is compared here: other systems compare sign by sign.
                let value = Value::Single(Scalar::String(folded(text, true)));
                let operands = vec![variable(&name), Expression::BaseValue { base_type: BaseType::String, value }];
                let operator = Operator::StringMatch { case_sensitive: *case, substring: false };
                Expression::Apply { operator, operands }
            };
            match accept.as_slice() {
                [one] => is(one),
                several => Expression::Apply { operator: Operator::Or, operands: several.iter().map(is).collect() },
            }
        }
    })
}

fn variable(name: &str) -> Expression {
    Expression::Variable { identifier: name.to_owned(), weight: None }
}

fn number(value: f64) -> Expression {
    Expression::BaseValue { base_type: BaseType::Float, value: Value::Single(Scalar::Float(value)) }
}

fn set(value: Expression) -> Rule {
    Rule::SetOutcome { identifier: SCORE.to_owned(), value }
}

/// One point more if a condition holds.
fn point_more(condition: Expression) -> Rule {
    let more = Expression::Apply { operator: Operator::Sum, operands: vec![variable(SCORE), number(1.0)] };
    Rule::Condition { branches: vec![Branch { condition, rules: vec![set(more)] }], otherwise: Vec::new() }
}

fn one_each(keys: Vec<Scalar>, case_sensitive: bool) -> Mapping {
    let entries = keys.into_iter().map(|key| MapEntry { key, value: 1.0, case_sensitive }).collect();
    Mapping { default: 0.0, lower_bound: Some(0.0), upper_bound: None, entries }
}

fn declared(
    identifier: &str,
    cardinality: Cardinality,
    base_type: BaseType,
    correct: Option<Value>,
) -> ResponseDeclaration {
    ResponseDeclaration {
        identifier: identifier.to_owned(),
        cardinality,
        base_type: Some(base_type),
        default: None,
        correct,
        mapping: None,
        area_mapping: None,
    }
}

fn score(points: f64) -> OutcomeDeclaration {
    OutcomeDeclaration {
        identifier: SCORE.to_owned(),
        cardinality: Cardinality::Single,
        base_type: Some(BaseType::Float),
        default: Some(Value::Single(Scalar::Float(0.0))),
        normal_maximum: Some(points),
        normal_minimum: Some(0.0),
        mastery: None,
        external_scored: None,
        interpretation: None,
        view: Vec::new(),
        lookup: None,
    }
}
