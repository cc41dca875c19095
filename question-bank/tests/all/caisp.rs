//! The demonstration bank: no error, and a history of everything in it.

use std::{fs, path::Path};

use question_bank::{Bank, LintReport, SourceFile};

use crate::fixture::TODAY;

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/caisp");
    let mut files: Vec<SourceFile> = ["scheme.toml", "lint.toml"]
        .map(|name| SourceFile::new(name, fs::read(folder.join(name)).unwrap()))
        .into_iter()
        .collect();
    for part in ["items", "scenarios", "history"] {
        for entry in fs::read_dir(folder.join(part)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            files.push(SourceFile::new(format!("{part}/{name}"), fs::read(&path).unwrap()));
        }
    }
    files
}

#[test]
fn the_caisp_bank_has_no_error_and_everything_in_it_a_history() {
    let (bank, faults) = Bank::load(&files(), TODAY);
    let report = LintReport::new(&bank, faults, TODAY);
    assert_eq!(report.totals.errors, 0, "{:#?}\n{:#?}", report.faults, report.flaws);
    assert!(bank.has_history && report.faults.is_empty(), "{:#?}", report.faults);
    assert!(bank.items.len() >= 140);
}
