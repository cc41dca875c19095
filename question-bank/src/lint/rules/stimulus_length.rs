//! Long enough to reason from, short enough to read again.

use crate::{
    bank::Scenario,
    lint::{Rule, flaw::Flaws},
};

/// Words of a stimulus that raise no warning; authors aim at 150 to 250.
const WORDS: std::ops::RangeInclusive<usize> = 140..=260;

pub(super) fn check(set: &Scenario, flaws: &mut Flaws) {
    let words = set.stimulus.plain().split_whitespace().count();
    if !WORDS.contains(&words) {
        let message = format!("the stimulus has {words} words");
        flaws.set(
            set,
            Rule::StimulusLength,
            message,
            "aim at 150 to 250: enough to reason from, short enough to read again",
        );
    }
}
