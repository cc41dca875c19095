//! docs/TAMPERING.md names tests: they are there, and they run.

use std::{fs, path::Path};

/// The cells of the table's rows.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    lines.skip(1).map(|line| line.split(" | ").collect()).collect()
}

/// Whether a source has a function of this name that is marked as a test.
fn has_test(source: &str, name: &str) -> bool {
    let function = format!("fn {name}(");
    let lines: Vec<&str> = source.lines().map(str::trim_start).collect();
    lines.windows(2).any(|pair| {
        let marked = ["#[test]", "#[tokio::test"].iter().any(|mark| pair[0].starts_with(mark));
        marked && pair[1].trim_start_matches("async ").starts_with(&function)
    })
}

#[test]
fn every_test_of_the_table_of_falsifications_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/TAMPERING.md")).unwrap();
    let rows = rows(&page);
    assert!(rows.len() > 40, "{} rows", rows.len());
    for row in rows {
        let [what, place, called, tests] = row[..] else { panic!("not four cells: {row:?}") };
        assert!(![what, place, called].contains(&""), "{row:?}");
        for test in tests.split(", ") {
            let test =
                test.strip_prefix('`').and_then(|test| test.strip_suffix('`')).unwrap_or_else(|| panic!("{test}"));
            let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("{test}"));
            let source = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(has_test(&source, name), "{what}: there is no test {name} in {file}");
        }
    }
}
