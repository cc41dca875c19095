//! Files that are not a sound database of this program: never opened, never touched.

use std::{fs, path::Path, sync::Arc};

use storage::{Append, Store as _, StoreError};
use storage_sqlite::SqliteStore;

use crate::{place, tenant, with_attempt};

/// Opens a file that must be refused, and gives the reason.
#[track_caller]
fn refusal(file: &Path) -> String {
    match SqliteStore::open(file, false) {
        Err(StoreError::Open { place, reason }) => {
            assert_eq!(place, file.display().to_string());
            assert!(!reason.contains('\n'), "more than one line: {reason}");
            reason
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("{} was opened", file.display()),
    }
}

/// A closed database that holds so many lines.
async fn filled(file: &Path) {
    let store = with_attempt(file).await;
    let lines: Vec<String> = (0..400).map(|line| format!("line {line} {}", "x".repeat(200))).collect();
    let held = store.append(&tenant(), "a-1", 1, &lines, 1).await.unwrap();
    assert_eq!(held, Append::Held { count: 400 });
}

#[test]
fn a_missing_file_is_not_made_by_accident() {
    let (folder, file) = place();
    assert!(refusal(&file).contains("unable to open"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_was_emptied_is_not_taken_for_a_new_store() {
    let (_folder, file) = place();
    fs::write(&file, b"").unwrap();
    assert!(refusal(&file).contains("holds no tables of this program"));
    assert_eq!(fs::metadata(&file).unwrap().len(), 0, "it was left as it was");
}

#[test]
fn a_file_of_another_kind_is_refused_and_left_alone() {
    let (_folder, file) = place();
    let text = "This is a letter to my aunt. ".repeat(1_000);
    fs::write(&file, &text).unwrap();
    assert!(refusal(&file).contains("not a database"));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_refused() {
    let (_folder, file) = place();
    let other = rusqlite::Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE aunt (letter TEXT); INSERT INTO aunt VALUES ('dear');").unwrap();
    drop(other);
    assert!(refusal(&file).contains("holds no tables of this program"));
}

#[tokio::test]
async fn a_database_of_a_later_version_is_refused() {
    let (_folder, file) = place();
    filled(&file).await;
    let later = rusqlite::Connection::open(&file).unwrap();
    let version = "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
                   VALUES (9999, 'later', '2099-01-01T00:00:00Z', '1')";
    later.execute(version, []).unwrap();
    drop(later);
    assert!(refusal(&file).contains("later"), "{}", refusal(&file));
}

#[tokio::test]
async fn an_overwritten_page_is_noticed_wherever_it_is() {
    let (_folder, file) = place();
    filled(&file).await;
    let sound = fs::read(&file).unwrap();
    let pages = sound.len() / 4096;
    assert!(pages > 20, "{pages} pages");
    for page in 0..pages {
        let mut damaged = sound.clone();
        damaged[page * 4096..][..4096].iter_mut().zip(0_u8..=255).for_each(|(byte, noise)| *byte = noise ^ 0xa5);
        damaged[page * 4096 + 256..][..3840].fill(0x5a);
        fs::write(&file, &damaged).unwrap();
        refusal(&file);
        assert!(fs::read(&file).unwrap() == damaged, "page {page}: a damaged file is evidence, it is not written to");
    }
    for short in [100, 4096, sound.len() / 2] {
        fs::write(&file, &sound[..short]).unwrap();
        refusal(&file);
    }
    fs::write(&file, &sound).unwrap();
    assert_eq!(SqliteStore::open(&file, false).unwrap().journal(&tenant(), "a-1").await.unwrap().len(), 400);
}

#[test]
fn a_folder_in_place_of_the_file_is_refused() {
    let (_folder, file) = place();
    fs::create_dir(&file).unwrap();
    refusal(&file);
}

#[tokio::test]
async fn a_row_that_this_program_never_writes_is_an_error_and_not_a_guess() {
    let (_folder, file) = place();
    let store = Arc::new(with_attempt(&file).await);
    let hand = rusqlite::Connection::open(&file).unwrap();
    hand.execute("UPDATE attempt SET attempt_number = -1", []).unwrap();
    assert!(matches!(store.attempt(&tenant(), "a-1").await, Err(StoreError::Database(_))));
    hand.execute("UPDATE attempt SET attempt_number = 1", []).unwrap();
    assert!(store.attempt(&tenant(), "a-1").await.unwrap().is_some(), "the store itself goes on");
    assert!(hand.execute("UPDATE attempt SET code_hash = x'00'", []).is_err(), "a hash has 32 bytes");
    for [column, value, why] in
        [["given_at_ms", "1", "what is given is given to a device"], ["grant_seed", "x'00'", "a seed has 32 bytes"]]
    {
        assert!(hand.execute(&format!("UPDATE attempt SET {column} = {value}"), []).is_err(), "{why}");
    }
}
