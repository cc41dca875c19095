//! The document of a practice set (docs/PRACTICE.md).

use item::{Form, ItemId, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Rule, Worth};

/// Items with keys and reasons, for everybody to see. Only a bank that says it is public becomes one
/// (`question_bank::practice_set`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeSet {
    /// Always `invigil-practice-set`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme that says its keys are public.
    pub scheme: String,
    /// Its edition.
    pub edition: String,
    /// What the set is called.
    pub title: String,
    /// The domains, in the order of the set.
    pub domains: Vec<Topic>,
    /// The items and the stimuli that some of them share, without keys, as an exam would show them.
    pub form: Form,
    /// For each item of the form, in its order, what is right and why.
    pub answers: Vec<PracticeAnswer>,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Short name, such as `D1`.
    pub id: String,
    /// Full name.
    pub title: String,
}

/// What is right of one item, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticeAnswer {
    /// The item's name on the form.
    pub item: ItemId,
    /// A name that stays with this text in later documents: id and revision in the bank.
    pub name: String,
    /// A domain of the set.
    pub domain: String,
    /// What it is about.
    pub topic: String,
    /// A response that is wholly right, in the labels of the form; empty where people judge.
    pub key: Response,
    /// How responses are compared with the key; without a rule, only the key is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
    /// Why, for each part that has a reason: option, row or gap.
    pub because: Vec<Because>,
    /// What a full answer in writing looks like. Plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model_answer: Option<String>,
    /// What it rests on.
    pub references: Vec<Source>,
}

/// Why a part is right or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Because {
    /// Label of the option or row, or name of the gap, on the form.
    pub part: String,
    /// Plain text.
    pub text: String,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The document.
    pub source: String,
    /// Its edition.
    pub edition: String,
    /// The place in it.
    pub locator: String,
}

/// Why a document is not a practice set that can be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeFault {
    /// Something else, or damaged.
    #[error("it is no practice set ({0})")]
    Unreadable(String),
    /// More than is read.
    #[error("it has {bytes} bytes, and at most {} are read", PracticeSet::MAX_BYTES)]
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// A version that this program does not know.
    #[error("it is of version {got}; this program reads version {}: use a newer one", PracticeSet::VERSION)]
    Version {
        /// The version it has.
        got: u64,
    },
    /// What is asked and what is right do not belong together.
    #[error("what is right does not belong to what is asked, from question {0} on")]
    Apart(usize),
}

impl PracticeSet {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-practice-set";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;
    /// The longest document that is read, in bytes.
    pub const MAX_BYTES: usize = 8 * 1024 * 1024;

    /// Whether bytes say that they are a practice set, whatever else is wrong with them.
    pub fn is_likely(bytes: &[u8]) -> bool {
        tree(bytes).is_ok_and(|value| value["format"] == Self::FORMAT)
    }

    /// Reads a document, and checks that each item has its answer and each key is one that its item accepts.
    ///
    /// # Errors
    /// [`PracticeFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, PracticeFault> {
        let value = tree(bytes)?;
        if value["format"] != Self::FORMAT {
            return Err(PracticeFault::Unreadable("another format".into()));
        }
        match value["version"].as_u64() {
            Some(got) if got == u64::from(Self::VERSION) => {}
            Some(got) => return Err(PracticeFault::Version { got }),
            None => return Err(PracticeFault::Unreadable("no version".into())),
        }
        let set: Self = serde_json::from_value(value).map_err(|error| PracticeFault::Unreadable(error.to_string()))?;
        let (asked, answered) = (set.form.items.len(), set.answers.len());
        let fits = |(item, answer): (&item::FormItem, &PracticeAnswer)| {
            item.id == answer.item
                && item.interaction.accepts().check(&answer.key).is_ok()
                && item.stimulus.iter().all(|id| set.form.stimuli.iter().any(|stimulus| stimulus.id == *id))
                && set.domains.iter().any(|domain| domain.id == answer.domain)
        };
        let apart = set.form.items.iter().zip(&set.answers).position(|pair| !fits(pair));
        match apart.or((asked != answered).then_some(asked.min(answered))) {
            Some(at) => Err(PracticeFault::Apart(at + 1)),
            None => Ok(set),
        }
    }
}

/// The JSON of a document that is not too long.
fn tree(bytes: &[u8]) -> Result<Value, PracticeFault> {
    if bytes.len() > PracticeSet::MAX_BYTES {
        return Err(PracticeFault::TooLong { bytes: bytes.len() });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| PracticeFault::Unreadable(error.to_string()))?;
    serde_json::from_str(text).map_err(|error| PracticeFault::Unreadable(error.to_string()))
}

impl PracticeAnswer {
    /// What a response is worth.
    pub fn worth(&self, response: &Response) -> Worth {
        Rule::worth(self.rule.as_ref(), response, &self.key)
    }

    /// Why a part is right or wrong.
    pub fn because(&self, part: &str) -> Option<&str> {
        self.because.iter().find(|because| because.part == part).map(|because| because.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One question with two options, of which the second is right.
    fn document() -> Value {
        let text = |text: &str| serde_json::json!([{"type": "paragraph", "content": [{"type": "text", "text": text}]}]);
        let choice = |id: &str| serde_json::json!({"id": id, "content": text(id)});
        serde_json::json!({
            "format": "invigil-practice-set", "version": 1, "scheme": "mini", "edition": "1", "title": "Practice",
            "domains": [{"id": "D1", "title": "Domain"}],
            "form": {"format": "invigil-form", "version": 1, "stimuli": [], "items": [{
                "id": "q01", "lang": "en", "dir": "ltr", "stimulus": null, "stem": text("Which?"),
                "interaction": {"type": "single_choice", "choices": [choice("a"), choice("b")]},
            }]},
            "answers": [{"item": "q01", "name": "item-1.1", "domain": "D1", "topic": "t", "key": ["b"],
                "because": [{"part": "a", "text": "No."}, {"part": "b", "text": "Yes."}], "references": []}],
        })
    }

    fn read(document: &Value) -> Result<PracticeSet, PracticeFault> {
        PracticeSet::read(document.to_string().as_bytes())
    }

    #[test]
    fn a_response_is_worth_a_point_if_it_is_the_key() {
        let set = read(&document()).unwrap();
        let points = |choices: &[&str]| set.answers[0].worth(&Response::new(choices.iter().copied())).points;
        assert_eq!((points(&["b"]), points(&["a"]), points(&[])), (1, 0, 0));
        assert_eq!((set.answers[0].because("b"), set.answers[0].because("c")), (Some("Yes."), None));
    }

    #[test]
    fn what_is_right_must_belong_to_what_is_asked() {
        for (pointer, value) in [
            ("/answers/0/item", "q02".into()),
            ("/answers/0/key", serde_json::json!(["c"])),
            ("/answers/0/domain", "D2".into()),
            ("/form/items/0/stimulus", "s1".into()),
            ("/answers", serde_json::json!([])),
        ] {
            let mut document = document();
            *document.pointer_mut(pointer).unwrap() = value;
            assert_eq!(read(&document), Err(PracticeFault::Apart(1)), "{pointer}");
        }
    }

    #[test]
    fn other_documents_and_versions_are_told_apart() {
        let mut newer = document();
        newer["version"] = 2.into();
        assert_eq!(read(&newer), Err(PracticeFault::Version { got: 2 }));
        assert!(PracticeSet::is_likely(newer.to_string().as_bytes()));
        for other in
            ["{}", "", "[]", "{\"format\":\"invigil-form\"}", "\u{feff}", "{\"format\":\"invigil-practice-set\"}"]
        {
            assert!(matches!(PracticeSet::read(other.as_bytes()), Err(PracticeFault::Unreadable(_))), "{other:?}");
        }
        assert!(!PracticeSet::is_likely(b"{\"document\":{}}\n\xff"));
        let long = vec![b' '; PracticeSet::MAX_BYTES + 1];
        assert_eq!(PracticeSet::read(&long), Err(PracticeFault::TooLong { bytes: long.len() }));
    }
}
