//! Files that Safe Exam Browser wrote, read from the folder that `INVIGIL_VECTORS` names.

use std::{fs, path::PathBuf};

use seb::{
    config_key::canonical,
    file::{self, ReadError},
    password::PasswordError,
};

const MAC: &str = "4fa9af8ec8759eb7c680752ef4ee5eaf1a860628608fccae2715d519849f9292";
const WINDOWS: &str = "7984a9902c95098e0d992fd1e5f2ce4a6cf40a613d61dfd805f43100ce2ec14d";

/// A vector. Where the folder is missing, a build server fails; elsewhere the test says what it skips.
fn vector(name: &str) -> Option<Vec<u8>> {
    let default = || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors").into();
    let folder = std::env::var_os("INVIGIL_VECTORS").map_or_else(default, PathBuf::from).join("seb");
    if folder.is_dir() {
        return Some(fs::read(folder.join(name)).unwrap());
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", folder.display());
    eprintln!("skipped: {} is missing", folder.display());
    None
}

#[test]
fn a_file_of_macos_has_the_text_and_the_key_that_its_client_logged() {
    let (Some(bytes), Some(text)) = (vector("unencrypted_mac_001.seb"), vector("JSON_unencrypted_mac_001.txt")) else {
        return;
    };
    let settings = file::read(&bytes, None).unwrap();
    assert_eq!(settings.len(), 202);
    assert_eq!(canonical(&settings), String::from_utf8(text).unwrap());
    assert_eq!(seb::config_key(&settings).to_string(), MAC);
}

#[test]
fn a_file_has_the_same_settings_and_key_with_a_password_and_without() {
    let (Some(plain), Some(encrypted)) = (vector("unencrypted.seb"), vector("encrypted.seb")) else { return };
    let settings = file::read(&plain, None).unwrap();
    assert_eq!(seb::config_key(&settings).to_string(), WINDOWS);
    let decrypted = file::read(&encrypted, Some("test")).unwrap();
    assert_eq!(seb::config_key(&decrypted).to_string(), WINDOWS);
    assert_eq!(canonical(&decrypted), canonical(&settings));
}

#[test]
fn an_encrypted_file_needs_its_password_and_every_byte() {
    let Some(encrypted) = vector("encrypted.seb") else { return };
    assert_eq!(file::read(&encrypted, None), Err(ReadError::PasswordNeeded));
    for wrong in ["", "Test", "test "] {
        assert_eq!(file::read(&encrypted, Some(wrong)), Err(PasswordError::Wrong.into()), "{wrong:?}");
    }
    for length in [0, 1, 2, 3, 10, 17, 100, 1000, encrypted.len() - 1] {
        assert!(file::read(&encrypted[..length], Some("test")).is_err(), "{length}");
    }
}
