//! Difficulty ratings by judges (Angoff 1971): `angoff/*.toml`, apart from the items, whose versions they do not change.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{finding::Code, source::Source};

/// For each item id the estimates of all judges, in percent.
pub(crate) type Estimates = BTreeMap<String, Vec<u32>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    estimates: Estimates,
}

/// Adds the estimates of one file.
pub(crate) fn file(source: &Source<'_>, all: &mut Estimates) {
    let help = "write `[estimates]`, then for each item id a list of whole percents: caisp-d1-001 = [62, 70, 66]";
    match toml::from_str::<File>(source.text) {
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            source.report(at, Code::WrongType, error.message(), help);
        }
        Ok(file) => {
            for (id, estimates) in file.estimates {
                if estimates.is_empty() || estimates.iter().any(|&percent| percent > 100) {
                    let at = source.text.find(&id).unwrap_or_default();
                    let message = format!("the estimates of {id:?} are not one or more percents from 0 to 100");
                    source.report(at, Code::WrongType, message, help);
                } else {
                    all.entry(id).or_default().extend(estimates);
                }
            }
        }
    }
}

/// The mean of each item's estimates in thousandths, rounded down.
pub(crate) fn means(all: Estimates) -> BTreeMap<String, u32> {
    let mean = |estimates: &[u32]| {
        let sum: u64 = estimates.iter().map(|&percent| u64::from(percent)).sum();
        u32::try_from(sum * 10 / estimates.len().max(1) as u64).unwrap_or(u32::MAX)
    };
    all.into_iter().map(|(id, estimates)| (id, mean(&estimates))).collect()
}
