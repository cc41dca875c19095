//! The lint of a whole bank in numbers.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Flaw, Rule, check,
    rules::{Lengths, key_lengths, key_positions},
    similar,
    view::View,
    views,
};
use crate::{
    Finding, Severity,
    bank::{Bank, Level},
};

/// What `invigil bank lint` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LintReport {
    /// Always `invigil-lint-report`.
    pub format: &'static str,
    /// Version of this document's format.
    pub version: u32,
    /// The day (UTC) by which dates are judged.
    pub on: NaiveDate,
    /// Items that were loaded, those of scenario sets included.
    pub items: usize,
    /// Scenario sets that were loaded.
    pub scenarios: usize,
    /// Findings by severity.
    pub totals: Totals,
    /// Findings by rule; rules without one are left out.
    pub rules: Vec<RuleRow>,
    /// Findings and items by domain.
    pub domains: Vec<DomainRow>,
    /// Where single-choice items have their key, as authored.
    pub key_positions: Vec<Positions>,
    /// In how many single-choice items the key is the longest or shortest option.
    pub key_lengths: Vec<KeyLengths>,
    /// Pairs of items that are alike, enemies and clones included, the most similar first.
    pub near_duplicates: Vec<Similar>,
    /// There are more such pairs than are listed.
    pub more_near_duplicates: bool,
    /// Faults of format, by file and line.
    pub faults: Vec<Finding>,
    /// Flaws of items, by file and line.
    pub flaws: Vec<Flaw>,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Errors that nobody waived, faults of format included.
    pub errors: usize,
    /// Warnings that nobody waived.
    pub warnings: usize,
    /// Notes that nobody waived.
    pub notes: usize,
    /// Waived ones of any severity.
    pub waived: usize,
}

impl Totals {
    fn count(&mut self, severity: Severity, waived: bool) {
        *match (waived, severity) {
            (true, _) => &mut self.waived,
            (false, Severity::Error) => &mut self.errors,
            (false, Severity::Warning) => &mut self.warnings,
            (false, Severity::Note) => &mut self.notes,
        } += 1;
    }
}

/// One rule, or one code of a fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its id.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where the rule comes from; `null` for a fault of format.
    pub source: Option<&'static str>,
    /// How often it is broken without a waiver.
    pub open: usize,
    /// How often with one.
    pub waived: usize,
}

/// One domain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DomainRow {
    /// Its id.
    pub domain: String,
    /// Its items.
    pub items: usize,
    /// Items by cognitive level.
    pub levels: BTreeMap<Level, usize>,
    /// Flaws of its items by severity.
    pub flaws: Totals,
    /// Its single-choice items.
    pub single_choice: usize,
    /// In how many of them the key is the longest option.
    pub key_longest: usize,
}

/// Key positions of the single-choice items with one number of options.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Positions {
    /// How many options they have.
    pub options: usize,
    /// Items with their key at a, b, c, …
    pub counts: Vec<usize>,
}

/// Lengths of the keys of single-choice items with one number of options. By chance each share would be one in `options`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyLengths {
    /// How many options they have.
    pub options: usize,
    /// How many items.
    pub items: usize,
    /// In how many one option is longer than each other.
    pub one_longest: usize,
    /// In how many of these it is the key.
    pub longest: usize,
    /// In how many one option is shorter than each other.
    pub one_shortest: usize,
    /// In how many of these it is the key.
    pub shortest: usize,
    /// `longest` of `one_longest`, in thousandths, rounded down.
    pub longest_permille: usize,
    /// `shortest` of `one_shortest`, in thousandths, rounded down.
    pub shortest_permille: usize,
    /// The share by chance, in thousandths, rounded down.
    pub chance_permille: usize,
}

/// Two items that are alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Similar {
    /// One.
    pub item: String,
    /// The other.
    pub other: String,
    /// Word triples in common, in percent of all of both.
    pub percent: u32,
}

impl LintReport {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-lint-report";
    /// The `version` this code writes.
    pub const VERSION: u32 = 1;

    /// Lints a bank. `faults` are those that [`Bank::load`] returned with it.
    pub fn new(bank: &Bank, faults: Vec<Finding>, today: NaiveDate) -> Self {
        let views = views(bank);
        let found = similar(bank, &views);
        let flaws = check(bank, &views, &found, today);
        let mut totals = Totals::default();
        faults.iter().for_each(|fault| totals.count(fault.severity, false));
        flaws.iter().for_each(|flaw| totals.count(flaw.severity, flaw.waived.is_some()));
        let id = |at: usize| views[at].item.id.clone();
        let mut near_duplicates: Vec<Similar> = found
            .pairs
            .iter()
            .map(|pair| Similar { item: id(pair.a), other: id(pair.b), percent: pair.percent })
            .collect();
        near_duplicates.sort_by_key(|pair| std::cmp::Reverse(pair.percent));
        Self {
            format: Self::FORMAT,
            version: Self::VERSION,
            on: today,
            items: bank.items.len(),
            scenarios: bank.scenarios.len(),
            totals,
            rules: rule_rows(&faults, &flaws),
            domains: domain_rows(&views, &flaws),
            key_positions: key_positions(&views)
                .into_iter()
                .map(|(options, counts)| Positions { options, counts })
                .collect(),
            key_lengths: length_rows(&views),
            near_duplicates,
            more_near_duplicates: found.more,
            faults,
            flaws,
        }
    }
}

fn rule_rows(faults: &[Finding], flaws: &[Flaw]) -> Vec<RuleRow> {
    let mut rows: Vec<RuleRow> = Vec::new();
    let mut codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    codes.sort_unstable();
    for same in codes.chunk_by(|a, b| a == b) {
        let code = same[0];
        let (code, severity, open) = (code.as_str(), code.severity(), same.len());
        rows.push(RuleRow { code, severity, source: None, open, waived: 0 });
    }
    for &rule in Rule::ALL {
        let of_rule = || flaws.iter().filter(|flaw| flaw.code == rule);
        let waived = of_rule().filter(|flaw| flaw.waived.is_some()).count();
        let open = of_rule().count() - waived;
        if open + waived > 0 {
            let (code, severity, source) = (rule.as_str(), rule.severity(), Some(rule.source()));
            rows.push(RuleRow { code, severity, source, open, waived });
        }
    }
    rows
}

fn domain_rows(views: &[View<'_>], flaws: &[Flaw]) -> Vec<DomainRow> {
    let mut rows: BTreeMap<&str, DomainRow> = BTreeMap::new();
    let mut domain_of: BTreeMap<&str, &str> = BTreeMap::new();
    for view in views {
        let row = rows.entry(&view.item.domain).or_default();
        row.items += 1;
        *row.levels.entry(view.item.level).or_default() += 1;
        row.single_choice += usize::from(view.only_key().is_some());
        row.key_longest += usize::from(view.key_is_longest());
        domain_of.insert(&view.item.id, &view.item.domain);
    }
    for flaw in flaws {
        let domain = flaw.item.as_deref().and_then(|item| domain_of.get(item));
        if let Some(row) = domain.and_then(|domain| rows.get_mut(domain)) {
            row.flaws.count(flaw.severity, flaw.waived.is_some());
        }
    }
    rows.into_iter().map(|(domain, row)| DomainRow { domain: domain.to_owned(), ..row }).collect()
}

fn length_rows(views: &[View<'_>]) -> Vec<KeyLengths> {
    let rows = key_lengths(views).into_iter();
    rows.map(|(options, Lengths { items, longest, shortest })| KeyLengths {
        options,
        items,
        one_longest: longest.of,
        longest: longest.keys,
        one_shortest: shortest.of,
        shortest: shortest.keys,
        longest_permille: 1_000 * longest.keys / longest.of.max(1),
        shortest_permille: 1_000 * shortest.keys / shortest.of.max(1),
        chance_permille: 1_000 / options.max(1),
    })
    .collect()
}
