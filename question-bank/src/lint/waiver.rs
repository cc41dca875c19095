//! Waivers: a flaw that stands with a reason.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::{Flaw, Rule, flaw::Flaws};
use crate::{
    bank::{Bank, Named, Origin},
    lint::LintConfig,
};

/// Why a rule does not count for an item, a scenario set or the bank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The rule.
    #[serde(deserialize_with = "rule")]
    pub rule: Rule,
    /// Why the flaw may stand.
    pub reason: String,
    /// Who decided so.
    pub by: String,
    /// When.
    #[serde(deserialize_with = "day")]
    pub on: NaiveDate,
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let date = toml::value::Datetime::deserialize(deserializer)?.date;
    let day = date.and_then(|d| NaiveDate::from_ymd_opt(i32::from(d.year), u32::from(d.month), u32::from(d.day)));
    day.ok_or_else(|| D::Error::custom("not a date such as 2026-11-23"))
}

fn rule<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Rule, D::Error> {
    let id = String::deserialize(deserializer)?;
    let found = <Rule as Named>::ALL.iter().find(|(name, _)| *name == id);
    found.map(|(_, rule)| *rule).ok_or_else(|| D::Error::custom(format!("there is no rule {id:?}")))
}

/// Marks what is waived; a waiver that waives nothing is a flaw of its own.
pub(super) fn apply(bank: &Bank, flaws: &mut Flaws) {
    for item in bank.items.values() {
        each(&item.waivers, &item.origin, Some(&item.id), flaws);
    }
    for set in bank.scenarios.values() {
        each(&set.waivers, &set.origin, Some(&set.id), flaws);
    }
    let origin = Origin { file: LintConfig::FILE.into(), line: 1 };
    each(&bank.lint.waivers, &origin, None, flaws);
}

fn each(waivers: &[Waiver], origin: &Origin, item: Option<&str>, flaws: &mut Flaws) {
    for waiver in waivers {
        let mut used = false;
        let concerned =
            |flaw: &&mut Flaw| flaw.code == waiver.rule && flaw.item.as_deref() == item && waiver.rule.is_waivable();
        for flaw in flaws.0.iter_mut().filter(concerned) {
            used = true;
            flaw.waived.get_or_insert_with(|| waiver.clone());
        }
        if !used {
            let message = format!("the waiver of {} waives nothing", waiver.rule);
            flaws.push(origin, item, Rule::WaiverUnused, message, "remove it: the flaw is gone".into());
        }
    }
}
