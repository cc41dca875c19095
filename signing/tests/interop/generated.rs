//! Documents out of the words of the pinned contexts, put together at random and the same in every run.

use serde_json::{Map, Value, json};
use signing::ld;

const CREDENTIALS: &str = "https://www.w3.org/ns/credentials/v2";
const BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const EXAMPLES: &str = "https://www.w3.org/ns/credentials/examples/v2";
const INTEGRITY: &str = "https://w3id.org/security/data-integrity/v2";

/// A xorshift generator: what it gives has to be various, not secret.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn in_hundred(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

struct Words {
    terms: Vec<String>,
    types: Vec<String>,
}

fn words() -> Words {
    fn collect(value: &Value, words: &mut Vec<String>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| {
                if !name.starts_with('@') {
                    words.push(name.clone());
                }
                collect(value, words);
            }),
            Value::Array(all) => all.iter().for_each(|value| collect(value, words)),
            _ => (),
        }
    }
    let mut words = Vec::new();
    for address in [CREDENTIALS, BADGES, INTEGRITY] {
        collect(&serde_json::from_str(ld::pinned_context(address).unwrap()).unwrap(), &mut words);
    }
    words.sort();
    words.dedup();
    words.retain(|word| word != "id" && word != "type");
    let (types, terms) = words.into_iter().partition(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    Words { terms, types }
}

fn name(chance: &mut Chance) -> Value {
    (*chance.of(&["urn:uuid:1", "urn:uuid:2", "https://example.org/a?b#1", "did:web:x.example#k", "_:b1", "_:b2"]))
        .into()
}

fn scalar(chance: &mut Chance) -> Value {
    match chance.below(6) {
        0 => name(chance),
        1 => json!(*chance.of(&[-3, 0, 7, 100])),
        2 => json!(*chance.of(&[3.5, 31.0, 1e21, -0.0, 0.1, 123_456.789, 1.5e-5])),
        3 => chance.in_hundred(50).into(),
        4 => Value::Null,
        _ => (*chance.of(&[
            "text",
            "Zoë \"q\" \\ \n\t\r",
            "2026-01-01T00:00:00Z",
            "assertionMethod",
            "\u{1}\u{7f}\u{10ffff}",
        ]))
        .into(),
    }
}

fn value(chance: &mut Chance, words: &Words, depth: usize) -> Value {
    match chance.below(20) {
        0..=8 if depth > 0 => node(chance, words, depth - 1).into(),
        9..=11 if depth > 0 => (0..chance.below(4)).map(|_| scalar(chance)).collect(),
        12 => json!({"@value": "x", "@language": "EN-us"}),
        13 => json!({"@value": 2.5}),
        _ => scalar(chance),
    }
}

fn node(chance: &mut Chance, words: &Words, depth: usize) -> Map<String, Value> {
    let mut node = Map::new();
    if chance.in_hundred(50) {
        node.insert("id".into(), name(chance));
    }
    if chance.in_hundred(85) {
        let types: Vec<Value> = (0..=chance.below(2)).map(|_| chance.of(&words.types).as_str().into()).collect();
        node.insert("type".into(), types.into());
    }
    for _ in 0..chance.below(4) {
        let term = chance.of(&words.terms).clone();
        node.insert(term, value(chance, words, depth));
    }
    node
}

/// Documents of which many mean nothing.
pub(crate) fn documents(count: usize) -> Vec<Value> {
    let (mut chance, words) = (Chance(0x5eed), words());
    let own = json!({"foo": "urn:foo", "bar": {"@id": "urn:bar", "@type": "@id"}});
    let contexts = [
        json!([CREDENTIALS, BADGES]),
        json!([CREDENTIALS]),
        json!([CREDENTIALS, EXAMPLES]),
        json!([CREDENTIALS, INTEGRITY]),
        json!([CREDENTIALS, BADGES, own]),
    ];
    let mut document = || {
        let mut node = node(&mut chance, &words, 3);
        node.insert("@context".into(), chance.of(&contexts).clone());
        if chance.in_hundred(80) {
            node.insert("type".into(), json!(["VerifiableCredential", "OpenBadgeCredential"]));
        }
        node.into()
    };
    (0..count).map(|_| document()).collect()
}

/// Documents whose nodes without names point at one another.
pub(crate) fn blank_graphs(count: usize) -> Vec<Value> {
    let mut chance = Chance(0xb1a4c);
    let context = json!({
        "p": {"@id": "urn:p", "@type": "@id"}, "q": {"@id": "urn:q", "@type": "@id"}, "v": "urn:v",
        "in": "urn:in", "g": {"@id": "urn:g", "@container": "@graph"},
    });
    let mut document = || {
        let names: Vec<String> = (0..2 + chance.below(5)).map(|number| format!("_:n{number}")).collect();
        let density = *chance.of(&[15, 30, 50]);
        let mut nodes = || -> Vec<Value> {
            let linked = names.iter().map(|name| {
                let mut node = Map::from_iter([("@id".to_owned(), Value::from(name.as_str()))]);
                for word in ["p", "q"] {
                    let others: Vec<Value> = names
                        .iter()
                        .filter(|_| chance.in_hundred(density))
                        .map(|other| other.as_str().into())
                        .collect();
                    node.insert(word.into(), others.into());
                }
                if chance.in_hundred(15) {
                    node.insert("v".into(), (*chance.of(&["x", "y"])).into());
                }
                node.into()
            });
            linked.collect()
        };
        let mut in_graph = nodes();
        in_graph.iter_mut().for_each(|node| node["v"] = "g".into());
        json!({"@context": context, "@id": "urn:top", "in": nodes(), "g": in_graph, "v": "1"})
    };
    (0..count).map(|_| document()).collect()
}
