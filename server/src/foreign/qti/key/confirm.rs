//! An item's own scoring has the last word on its key.

use std::collections::BTreeMap;

use qti::{
    model::{Item, Scalar, Value},
    score::score,
};

use super::{Key, Keys, Notes, UNLIKE};

/// The most parts of a key that are tried one by one; no native item has as many.
const MOST_PARTS: usize = 100;

/// Responses by name.
type Responses = BTreeMap<String, Value>;

/// Tries the key, nothing at all, and each part of the key by itself.
pub(super) fn confirm(item: &Item, keys: &Keys, notes: &mut Notes) {
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
    let responses: Responses = responses.collect();
    let full = match points(item, &responses) {
        Some(full) if full > 0.0 => full,
        _ => return notes.fault("its key gives no points by its own response processing"),
    };
    if full != 1.0 && !keys.partial {
        notes.lose("the number of points: items give one, or one for each part");
    }
    if points(item, &Responses::new()) != Some(0.0) {
        notes.fault("no response at all gives points, or takes some away");
    }
    // Whether parts give points, and that they do elsewhere only, is said already.
    if notes.takes_all_or_nothing() && !keys.partial {
        return;
    }
    let parts = parts(&responses);
    if parts.len() > MOST_PARTS {
        return notes.fault("its key has more parts than that of a native item can have");
    }
    #[expect(clippy::cast_precision_loss, reason = "there are few parts")]
    let (each, all) = (if keys.partial { full / parts.len() as f64 } else { 0.0 }, parts.len() as f64);
    for (part, how_many) in parts {
        if how_many == all {
            continue;
        }
        let is_alike = points(item, &part).is_some_and(|got| (got - each * how_many).abs() < 1e-9);
        if !is_alike {
            return notes.fault(UNLIKE);
        }
    }
}

fn points(item: &Item, responses: &Responses) -> Option<f64> {
    let scoring = score(item, responses, 0);
    let score = scoring.outcomes.get("SCORE").and_then(|value| value.members().first().and_then(Scalar::number));
    scoring.fault.is_none().then_some(score.unwrap_or(0.0))
}

/// The parts of a key with how many each is: its responses; of one response its members, of an order its beginnings.
/// Where there is but one part, none.
fn parts(responses: &Responses) -> Vec<(Responses, f64)> {
    let alone = |(name, value): (&String, &Value)| Responses::from([(name.clone(), value.clone())]);
    let mut responses_alone = responses.iter();
    let (Some((name, value)), None) = (responses_alone.next(), responses_alone.next()) else {
        return responses.iter().map(|response| (alone(response), 1.0)).collect();
    };
    let of = |value: Value| Responses::from([(name.clone(), value)]);
    match value {
        // Beyond what can be tried, how many there are is all that counts.
        Value::Multiple(members) | Value::Ordered(members) if members.len() > MOST_PARTS => {
            vec![(Responses::new(), 0.0); members.len()]
        }
        Value::Multiple(members) if members.len() > 1 => {
            members.iter().map(|member| (of(Value::Multiple(vec![member.clone()])), 1.0)).collect()
        }
        Value::Ordered(members) if members.len() > 1 => {
            let beginnings = 1..=members.len();
            #[expect(clippy::cast_precision_loss, reason = "there are few parts")]
            beginnings.map(|end| (of(Value::Ordered(members[..end].to_vec())), end as f64)).collect()
        }
        _ => Vec::new(),
    }
}
