//! `lint.toml`: what the rules take for known in one bank.

use serde::Deserialize;

use super::Waiver;

/// What `lint.toml` says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LintConfig {
    format: String,
    version: u32,
    /// Acronyms that need no explanation.
    #[serde(default)]
    pub acronyms: Vec<String>,
    /// Names of vendors and products that items do without.
    #[serde(default)]
    pub brands: Vec<String>,
    /// Shapes of identifiers, `#` for a digit, that no option may ask to remember.
    #[serde(default)]
    pub identifiers: Vec<String>,
    /// A review date is announced this many days before.
    #[serde(default = "review_notice_days")]
    pub review_notice_days: u32,
    /// From which share of common word triples on two items are near-duplicates, in percent.
    #[serde(default = "near_duplicate_percent")]
    pub near_duplicate_percent: u32,
    /// Flaws of the bank as a whole that may stand.
    #[serde(rename = "waiver", default)]
    pub waivers: Vec<Waiver>,
}

fn review_notice_days() -> u32 {
    30
}

fn near_duplicate_percent() -> u32 {
    40
}

impl Default for LintConfig {
    fn default() -> Self {
        Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            acronyms: Vec::new(),
            brands: Vec::new(),
            identifiers: Vec::new(),
            review_notice_days: review_notice_days(),
            near_duplicate_percent: near_duplicate_percent(),
            waivers: Vec::new(),
        }
    }
}

impl LintConfig {
    /// Where it lies in a bank.
    pub const FILE: &'static str = "lint.toml";
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-lint";
    /// The `version` this code reads.
    pub const VERSION: u32 = 1;

    /// What contradicts the format, beyond its shape.
    pub(crate) fn contradictions(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.format != Self::FORMAT || self.version != Self::VERSION {
            faults.push(format!("the document is {:?} version {}", self.format, self.version));
        }
        if !(10..=100).contains(&self.near_duplicate_percent) {
            faults.push(format!("near_duplicate_percent is {}, and must be 10 to 100", self.near_duplicate_percent));
        }
        if self.waivers.iter().any(|waiver| waiver.reason.trim().is_empty() || waiver.by.trim().is_empty()) {
            faults.push("a waiver has no reason, or nobody who decided".into());
        }
        faults
    }
}
