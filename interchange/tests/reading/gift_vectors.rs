//! What `gift-pegjs` reads, read the same way: <https://github.com/fuhrmanator/GIFT-grammar-PEG.js>, `tests/questions`.

use std::{fs, path::PathBuf};

use interchange::gift::{CommentLines, parse, read, to_json};
use serde_json::Value;

/// The pairs of a notation and what is read; `None` where they are not, which may not be on the build server.
pub(crate) fn pairs() -> Option<Vec<(String, String, Value)>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/vectors/gift");
    let Ok(files) = fs::read_dir(&folder) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
        eprintln!("skipped: {} is missing", folder.display());
        return None;
    };
    let mut pairs = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "gift") {
            let expected = serde_json::from_str(&fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            pairs.push((name, fs::read_to_string(path).unwrap(), expected));
        }
    }
    Some(pairs)
}

#[test]
fn every_pair_is_read_as_the_reference_parser_reads_it() {
    let Some(pairs) = pairs() else { return };
    assert_eq!(pairs.len(), 34);
    for (name, notation, expected) in pairs {
        assert_eq!(to_json(&parse(&notation, CommentLines::Text).unwrap()), expected, "{name}");
    }
}

#[test]
fn every_question_of_the_pairs_is_imported() {
    let Some(pairs) = pairs() else { return };
    for (name, notation, expected) in pairs {
        let import = read(notation.as_bytes());
        let questions = expected.as_array().unwrap().iter().filter(|entry| entry["type"] != "Category").count();
        let imported = import.records.iter().filter(|record| record.outcome.question().is_some()).count();
        assert_eq!(imported, questions, "{name}: {:?}", import.records);
    }
}
