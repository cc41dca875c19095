//! Files that are written come back with the same settings and key, and what would not is refused.

use proptest::prelude::*;
use seb::{
    Dict, Value,
    file::{self, ReadError},
    password::Salts,
    write::{self, Reason, WriteError},
};

const SALTS: Salts = Salts { encryption: [1; 8], authentication: [2; 8], iv: [3; 16] };

fn dict<const N: usize>(entries: [(&str, Value); N]) -> Dict {
    entries.map(|(key, value)| (key.to_owned(), value)).into()
}

/// The name of the setting that is refused, and why.
fn refusal(settings: &Dict) -> (String, Reason) {
    match write::plain(settings) {
        Err(WriteError::Setting { setting, reason }) => (setting, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_is_sorted_and_escaped_and_the_same_every_time() {
    let rule = Value::Dict(dict([("active", true.into()), ("expression", "a&b<c>\\".into())]));
    let settings = dict([
        ("URLFilterRules", Value::Array(vec![rule])),
        ("startURL", "https://x.example/".into()),
        ("allowQuit", false.into()),
        ("browserViewMode", 1_i64.into()),
    ]);
    let body = "<dict>\n<key>allowQuit</key>\n<false/>\n<key>browserViewMode</key>\n<integer>1</integer>\n\
                <key>startURL</key>\n<string>https://x.example/</string>\n<key>URLFilterRules</key>\n<array>\n<dict>\n\
                <key>active</key>\n<true/>\n<key>expression</key>\n<string>a&amp;b&lt;c&gt;\\</string>\n</dict>\n\
                </array>\n</dict>\n</plist>\n";
    let xml = write::xml(&settings).unwrap();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD"));
    assert!(xml.ends_with(body), "{xml}");
    assert_eq!(write::plain(&settings).unwrap(), write::plain(&settings).unwrap());
}

#[test]
fn settings_whose_key_differs_from_client_to_client_are_refused() {
    for (value, reason) in [
        (Value::Real(0.5), Reason::Type),
        (Value::Data(vec![1]), Reason::Type),
        (Value::Integer(1 << 31), Reason::Integer),
        (Value::Dict(Dict::new()), Reason::EmptyDict),
        (Value::from("say \"x\""), Reason::Character),
        (Value::from("two\nlines"), Reason::Character),
        (Value::from("\u{85}"), Reason::Character),
        (Value::from("\u{ffff}"), Reason::Character),
    ] {
        assert_eq!(refusal(&dict([("a", value.clone())])), ("a".to_owned(), reason));
        let nested = Value::Array(vec![true.into(), Value::Dict(dict([("b", value)]))]);
        assert_eq!(refusal(&dict([("a", nested)])), ("a[1].b".to_owned(), reason));
    }
    assert_eq!(refusal(&dict([("a", Value::Array(vec!["".into()]))])), ("a[0]".to_owned(), Reason::EmptyInArray));
    assert_eq!(refusal(&Dict::new()), (String::new(), Reason::EmptyDict));
    assert_eq!(refusal(&dict([("a-b", true.into())])).1, Reason::Name);
    assert_eq!(refusal(&dict([("", true.into())])).1, Reason::Name);
    assert_eq!(refusal(&dict([("allowWlan", true.into()), ("allowWLAN", true.into())])).1, Reason::NameTwice);
    assert_eq!(refusal(&dict([("originatorVersion", "x".into())])).1, Reason::Originator);
    let deep = (0..40).fold(Value::from(true), |value, _| Value::Array(vec![value]));
    assert_eq!(refusal(&dict([("a", deep)])).1, Reason::Depth);
    let long = dict([("a", "x".repeat(5 << 20).as_str().into())]);
    assert_eq!(write::plain(&long), Err(WriteError::TooLarge));
}

#[test]
fn an_encrypted_file_opens_with_its_password_only() {
    let settings = dict([("a", true.into())]);
    let bytes = write::encrypted(&settings, "correct horse", &SALTS).unwrap();
    assert_eq!(file::read(&bytes, Some("correct horse")), Ok(settings.clone()));
    assert_eq!(file::read(&bytes, None), Err(ReadError::PasswordNeeded));
    assert!(matches!(file::read(&bytes, Some("Correct horse")), Err(ReadError::Password(_))));
    let other = Salts { iv: [4; 16], ..SALTS };
    assert_ne!(write::encrypted(&settings, "correct horse", &other).unwrap(), bytes);
    for password in ["", "pässword", "tab\t"] {
        assert_eq!(write::encrypted(&settings, password, &SALTS), Err(WriteError::Password), "{password:?}");
    }
}

/// Settings that a file may hold.
fn settings() -> impl Strategy<Value = Dict> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        any::<i32>().prop_map(|number| Value::Integer(number.into())),
        "[^\\p{Cc}\"\u{fffe}\u{ffff}]{1,20}".prop_map(Value::String),
    ];
    let value = leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("[a-z0-9]{1,8}", inner, 1..4).prop_map(Value::Dict),
        ]
    });
    prop::collection::btree_map("[a-z][a-zA-Z]{0,8}", value, 1..6).prop_filter("names alike", names_differ)
}

/// Whether the names differ in more than case.
fn names_differ(dict: &Dict) -> bool {
    let mut names: Vec<_> = dict.keys().map(|name| name.to_lowercase()).collect();
    names.sort();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

proptest! {
    #[test]
    fn what_is_written_is_read_with_the_same_settings_and_key(settings in settings()) {
        let read = file::read(&write::plain(&settings).unwrap(), None).unwrap();
        prop_assert_eq!(seb::config_key(&read), seb::config_key(&settings));
        prop_assert_eq!(read, settings);
    }
}
