//! A data directory that something happened to: the server does not start, and says in one line which file it is.

use std::fs;

use crate::fixture::{Home, Program, Ran, invigil};

const KEYS: [&str; 6] =
    ["keys/issuer.pem", "keys/exam.pem", "keys/exam.age", "keys/bank.secret", "keys/token.secret", "keys/admin.phc"];

/// Asserts that serving fails in one line that names the file of the data directory and says what is wrong with it.
#[track_caller]
fn assert_refused(home: &Home, file: &str, word: &str) {
    let ran = home.serve(&[]);
    let fault = ran.fault();
    let path = home.data(file);
    let path = path.to_str().unwrap().trim_end_matches('/');
    assert!(fault.contains(path), "{path} not in {fault:?}");
    assert!(fault.contains(word), "{word:?} not in {fault:?}");
    assert_eq!(ran.stdout, "", "nothing was served");
}

#[test]
fn a_missing_file_is_named() {
    let home = Home::new();
    for file in KEYS.into_iter().chain(["invigil.db"]) {
        let (path, aside) = (home.data(file), home.data("aside"));
        fs::rename(&path, &aside).unwrap();
        assert_refused(&home, file, if file == "invigil.db" { "unable to open" } else { "No such file" });
        assert!(!path.exists(), "{file} is not made by accident");
        fs::rename(&aside, &path).unwrap();
    }
    fs::remove_file(home.data("invigil.toml")).unwrap();
    assert_refused(&home, "", "invigil init");
}

#[test]
fn a_damaged_key_file_is_named() {
    let home = Home::new();
    for (file, word) in [
        ("keys/issuer.pem", "PKCS#8"),
        ("keys/exam.pem", "PKCS#8"),
        ("keys/exam.age", "identity of age"),
        ("keys/bank.secret", "64 hexadecimal digits"),
        ("keys/token.secret", "64 hexadecimal digits"),
        ("keys/admin.phc", "PHC"),
    ] {
        let good = fs::read(home.data(file)).unwrap();
        for garbage in [b"".as_slice(), b"garbage", &good[..good.len() / 2]] {
            fs::write(home.data(file), garbage).unwrap();
            assert_refused(&home, file, word);
        }
        fs::write(home.data(file), [0xff, 0xfe, 0, 1]).unwrap();
        assert_refused(&home, file, "UTF-8");
        fs::remove_file(home.data(file)).unwrap();
        fs::create_dir(home.data(file)).unwrap();
        assert_refused(&home, file, "directory");
        fs::remove_dir(home.data(file)).unwrap();
        fs::write(home.data(file), good).unwrap();
    }
}

#[test]
fn a_wrong_configuration_is_named_with_the_place() {
    let home = Home::new();
    let good = fs::read_to_string(home.data("invigil.toml")).unwrap();
    for (from, to, word) in [
        ("version = 1", "version = 2", "version 2"),
        ("invigil-config", "other-config", "other-config"),
        ("demonstration = true", "demonstration = maybe", "line 3"),
        ("public_url", "public_uri", "public_uri"),
        ("#1f4e5f", "teal", "issuer.accent"),
        ("demo.invigil.example", "https://demo.invigil.example", "did_host"),
    ] {
        assert!(good.contains(from), "{from}");
        fs::write(home.data("invigil.toml"), good.replace(from, to)).unwrap();
        assert_refused(&home, "invigil.toml", word);
    }
}

#[test]
fn a_damaged_database_is_named_and_left_as_it_is() {
    let home = Home::new();
    let good = fs::read(home.data("invigil.db")).unwrap();
    let damaged = |range: std::ops::Range<usize>| {
        let mut bytes = good.clone();
        bytes[range].fill(0x5a);
        bytes
    };
    for bytes in [damaged(0..100), damaged(4096..8192), damaged(100..4096), good[..5_000].to_vec(), Vec::new()] {
        fs::write(home.data("invigil.db"), &bytes).unwrap();
        assert_refused(&home, "invigil.db", "cannot open");
        assert!(fs::read(home.data("invigil.db")).unwrap() == bytes);
    }
}

#[test]
fn a_second_server_on_the_same_directory_is_refused_until_the_first_is_gone() {
    let home = Home::new();
    let first = Program::serve(&home, "warn", &[]);
    assert_refused(&home, "server.lock", "another server");
    home.invigil(&["sitting", "list"], &[]).good();
    first.kill();
    drop(Program::serve(&home, "warn", &[]));
}

#[test]
fn nothing_that_exists_is_made_anew() {
    let home = Home::new();
    let init = || -> Ran {
        let data = home.data("");
        let options = ["--issuer", "Body", "--did-host", "body.example", "--public-url", "https://body.example"];
        let passphrase = home.data("passphrase");
        let locked = ["--passphrase-file", passphrase.to_str().unwrap()];
        invigil(["init", "--data", data.to_str().unwrap()].into_iter().chain(options).chain(locked))
    };
    let keys = fs::read(home.data("keys/issuer.pem")).unwrap();
    assert!(init().fault().contains("nothing was changed"));
    // As a creation that was cut short leaves it.
    fs::remove_file(home.data("invigil.toml")).unwrap();
    assert!(init().fault().contains("issuer.pem"));
    assert_eq!(fs::read(home.data("keys/issuer.pem")).unwrap(), keys);
}

#[cfg(unix)]
#[test]
fn keys_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    let mode = |file: &str| fs::metadata(home.data(file)).unwrap().permissions().mode() & 0o777;
    for file in KEYS {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    assert_eq!((mode(""), mode("keys")), (0o700, 0o700));
}

#[test]
fn a_mark_that_is_none_is_named() {
    let home = Home::new();
    let good = fs::read_to_string(home.data("invigil.toml")).unwrap();
    let with = |name: &str| fs::write(home.data("invigil.toml"), format!("{good}mark = {name:?}\n")).unwrap();
    with("mark.png");
    assert_refused(&home, "mark.png", "No such file");
    fs::write(home.data("mark.png"), "<svg/>").unwrap();
    assert_refused(&home, "mark.png", "cannot be read as PNG");
    with("../mark.png");
    assert_refused(&home, "invigil.toml", "the name of a file beside it");
}
