//! What shows only when all files are seen together: ids, enemies, clones.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    finding::{Code, Finding},
    model::{Bank, Origin},
    read::Read,
};
use crate::Scheme;

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
    for (id, origin_id, origin) in &read.clones {
        if first.get(origin_id.as_str()).is_none_or(|named| named.file == origin.file) {
            let message =
                format!("{id:?} is called a clone of {origin_id:?}, which is no other item or set of the bank");
            report(findings, origin, Code::UnknownOrigin, message, "correct the id or remove `clone_of`");
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
    bank
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
