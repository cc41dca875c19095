//! What shows only when all files are seen together: ids, enemies, key positions.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    finding::{Code, Finding},
    model::{Bank, Kind, Origin},
    read::Read,
};
use crate::Scheme;

/// With fewer single-choice items, uneven key positions are chance.
const ENOUGH_KEYS: usize = 30;
/// How far the share of keys at one position may lie from an even share, in percent points.
const POSITION_TOLERANCE: usize = 10;

pub(crate) fn join(scheme: Option<Scheme>, read: Read, findings: &mut Vec<Finding>) -> Bank {
    let mut first: BTreeMap<&str, &Origin> = BTreeMap::new();
    for (id, origin) in &read.declared {
        if let Some(earlier) = first.get(id.as_str()) {
            let message = format!("the id {id:?} stands in {}:{} already", earlier.file, earlier.line);
            report(findings, origin, Code::DuplicateId, message, "ids are unique in the bank and never reused");
        } else {
            first.insert(id, origin);
        }
    }
    for (id, enemy, origin) in &read.enemies {
        let named = first.get(enemy.as_str());
        if id == enemy {
            let message = format!("{id:?} is named as its own enemy");
            report(findings, origin, Code::SelfEnemy, message, "remove it from `enemies`");
        } else if named.is_some_and(|named| named.file == origin.file) {
            let message = format!("the set {id:?} names its own item {enemy:?} as an enemy");
            report(findings, origin, Code::SelfEnemy, message, "remove it from `enemies`");
        } else if named.is_none() {
            let message = format!("the bank has no item or scenario set {enemy:?}");
            report(findings, origin, Code::UnknownEnemy, message, "correct the id or remove it from `enemies`");
        }
    }

    let at_fault: BTreeSet<String> = findings.iter().filter(|f| f.blocks_use()).map(|f| f.file.clone()).collect();
    let mut bank = Bank { scheme, ..Bank::default() };
    for set in read.scenarios.into_iter().filter(|set| !at_fault.contains(&set.origin.file)) {
        bank.scenarios.insert(set.id.clone(), set);
    }
    for item in read.items.into_iter().filter(|item| !at_fault.contains(&item.origin.file)) {
        bank.items.insert(item.id.clone(), item);
    }
    check_key_positions(&bank, findings);
    bank
}

/// Options are shuffled on every form; an uneven bank still teaches its readers and reviewers a habit.
fn check_key_positions(bank: &Bank, findings: &mut Vec<Finding>) {
    let mut by_count: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for item in bank.items.values().filter(|item| item.kind == Kind::SingleChoice) {
        let counts = by_count.entry(item.options.len()).or_insert_with(|| vec![0; item.options.len()]);
        item.key_positions().for_each(|at| counts[at] += 1);
    }
    for (options, counts) in by_count {
        let items: usize = counts.iter().sum();
        if items < ENOUGH_KEYS {
            continue;
        }
        for (letter, count) in ('a'..='z').zip(counts) {
            // |count/items − 1/options| > tolerance/100, without fractions.
            if 100 * (count * options).abs_diff(items) > POSITION_TOLERANCE * items * options {
                let message = format!("{count} of {items} items with {options} options have their key at {letter}");
                let origin = Origin { file: ".".into(), line: 1 };
                report(findings, &origin, Code::KeyPosition, message, "reorder options until positions are even");
            }
        }
    }
}

fn report(findings: &mut Vec<Finding>, origin: &Origin, code: Code, message: String, help: &str) {
    findings.push(Finding {
        file: origin.file.clone(),
        line: origin.line,
        severity: code.severity(),
        code,
        message,
        help: help.to_owned(),
    });
}
