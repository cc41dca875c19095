//! Private files lie under a passphrase; those of earlier versions open, are named, and can be locked.

use std::{fs, path::Path};

use server::data::{DataDir, read_passphrase};
use signing::keys::{SigningKey, locked};

use crate::fixture::{Home, invigil};

const PRIVATE: [&str; 6] =
    ["keys/issuer.pem", "keys/log.pem", "keys/exam.pem", "keys/exam.age", "keys/bank.secret", "keys/token.secret"];

fn is_locked(file: &Path) -> bool {
    let bytes = fs::read(file).unwrap();
    locked::is_locked(&bytes) || locked::is_locked_pem(&String::from_utf8_lossy(&bytes))
}

/// The same directory as an earlier version left it, in clear.
fn in_clear(home: &Home) {
    let passphrase = read_passphrase(&home.data("passphrase")).unwrap();
    for file in PRIVATE.map(|name| home.data(name)) {
        let bytes = fs::read(&file).unwrap();
        let clear = if file.extension().unwrap() == "pem" {
            let key = SigningKey::from_locked_pem(&String::from_utf8(bytes).unwrap(), &passphrase).unwrap();
            key.to_pkcs8_pem().into_bytes()
        } else {
            locked::unlock(&bytes, &passphrase).unwrap()
        };
        fs::write(&file, clear).unwrap();
    }
    let config = fs::read_to_string(home.data("invigil.toml")).unwrap();
    fs::write(home.data("invigil.toml"), config.replace("passphrase_file = \"passphrase\"\n", "")).unwrap();
    fs::rename(home.data("passphrase"), home.path().join("passphrase")).unwrap();
}

/// Everything private of a directory.
fn secrets(home: &Home) -> (String, String, String) {
    let data = DataDir::open(&home.data("")).unwrap();
    let exam = (data.exam_keys.signing.public().to_string(), data.exam_keys.identity.to_secret_text());
    (data.issuer_key.public().to_string(), exam.0, exam.1)
}

#[test]
fn a_new_directory_has_nothing_private_in_clear() {
    let home = Home::new();
    for file in PRIVATE {
        assert!(is_locked(&home.data(file)), "{file}");
    }
    home.invigil(&["sitting", "list"], &[]).good();
    // Without its passphrase nothing opens, and the command says what it needs.
    fs::rename(home.data("passphrase"), home.path().join("passphrase")).unwrap();
    let ran = home.invigil(&["sitting", "list"], &[]);
    assert!(ran.fault().contains("issuer.pem") && ran.fault().contains("passphrase"), "{ran:?}");
    let elsewhere = home.path().join("passphrase");
    home.invigil(&["sitting", "list"], &["--passphrase-file", elsewhere.to_str().unwrap()]).good();
    fs::write(&elsewhere, "another passphrase\n").unwrap();
    let ran = home.invigil(&["sitting", "list"], &["--passphrase-file", elsewhere.to_str().unwrap()]);
    assert!(ran.fault().contains("does not open with this passphrase"), "{ran:?}");
}

#[test]
fn init_locks_with_the_passphrase_that_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let (data, passphrase) = (folder.path().join("data"), folder.path().join("passphrase"));
    let data_text = data.to_str().unwrap();
    let init = ["init", "--data", data_text, "--issuer", "Body", "--did-host", "body.example", "--public-url"];
    let init: Vec<&str> = init.into_iter().chain(["https://body.example"]).collect();
    let ran = invigil(&init);
    assert!(ran.fault().contains("--passphrase-file or INVIGIL_PASSPHRASE_FILE"), "{ran:?}");
    assert!(!data.exists());
    let with = |text: &str| {
        fs::write(&passphrase, text).unwrap();
        invigil(init.iter().copied().chain(["--passphrase-file", passphrase.to_str().unwrap()]))
    };
    assert!(with("short\n").fault().contains("at least 12 characters"));
    with("correct horse battery\n").good();
    for file in PRIVATE {
        assert!(is_locked(&data.join(file)), "{file}");
    }
    assert!(!fs::read_to_string(data.join("invigil.toml")).unwrap().contains("passphrase"));
    let list = ["sitting", "list", "--data", data_text, "--passphrase-file", passphrase.to_str().unwrap()];
    invigil(list).good();
}

#[test]
fn files_in_clear_open_with_a_warning_and_are_locked_by_a_command() {
    let home = Home::new();
    let before = secrets(&home);
    in_clear(&home);
    assert_eq!(secrets(&home), before);
    let ran = home.invigil(&["sitting", "list"], &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.starts_with("invigil: warning: ") && ran.stderr.contains("invigil key encrypt"), "{ran:?}");
    assert!(PRIVATE.iter().all(|file| ran.stderr.contains(file)), "{ran:?}");

    let (data, passphrase) = (home.data(""), home.path().join("passphrase"));
    let encrypt = ["key", "encrypt", "--data", data.to_str().unwrap()];
    assert!(invigil(encrypt).fault().contains("--passphrase-file"));
    let encrypt: Vec<&str> = encrypt.into_iter().chain(["--passphrase-file", passphrase.to_str().unwrap()]).collect();
    let said = invigil(&encrypt).good();
    assert_eq!(said.matches("locked ").count(), PRIVATE.len(), "{said}");
    assert!(PRIVATE.iter().all(|file| is_locked(&home.data(file))));
    assert!(invigil(&encrypt).good().contains("locked already"));
    fs::rename(&passphrase, home.data("passphrase")).unwrap();
    let config = fs::read_to_string(home.data("invigil.toml")).unwrap();
    fs::write(home.data("invigil.toml"), config.replace("[issuer]", "passphrase_file = \"passphrase\"\n\n[issuer]"))
        .unwrap();
    assert_eq!(secrets(&home), before, "nothing was lost");
}

#[test]
fn a_directory_that_was_locked_in_part_opens_and_is_locked_to_the_end() {
    let home = Home::new();
    let before = secrets(&home);
    let passphrase = read_passphrase(&home.data("passphrase")).unwrap();
    let file = home.data("keys/exam.age");
    fs::write(&file, locked::unlock(&fs::read(&file).unwrap(), &passphrase).unwrap()).unwrap();
    // As a command that was cut short leaves it.
    fs::write(home.data("keys/exam.age.new"), "half a fi").unwrap();
    assert_eq!(secrets(&home), before);
    let data = home.data("");
    let passphrase = home.data("passphrase");
    let options = ["--data", data.to_str().unwrap(), "--passphrase-file", passphrase.to_str().unwrap()];
    let said = invigil(["key", "encrypt"].into_iter().chain(options)).good();
    assert_eq!(said.matches("locked ").count(), 1, "{said}");
    assert_eq!(secrets(&home), before);
}
