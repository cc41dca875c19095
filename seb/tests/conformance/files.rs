//! What is no settings file, and how that is said.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use seb::{
    file::{self, ReadError},
    password::PasswordError,
    plist::{self, MAX_BYTES, MAX_DEPTH},
};

use super::document;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn error(bytes: &[u8]) -> String {
    file::read(bytes, Some("secret")).unwrap_err().to_string()
}

fn fault(entries: &str) -> String {
    plist::read(document(entries).as_bytes()).unwrap_err().to_string()
}

#[test]
fn settings_are_found_in_every_wrapping() {
    let xml = document("<key>a</key><true/>").into_bytes();
    let settings = plist::read(&xml).unwrap();
    let prefixed = |rest: &[u8]| [b"plnd", rest].concat();
    let marked = ["\u{feff}".as_bytes(), &xml].concat();
    for bytes in
        [xml.clone(), gzip(&xml), marked, prefixed(&gzip(&xml)), gzip(&prefixed(&gzip(&xml))), gzip(&prefixed(&xml))]
    {
        assert_eq!(file::read(&bytes, None), Ok(settings.clone()));
    }
}

#[test]
fn kinds_that_are_not_read_are_refused_by_name() {
    for prefix in ["pkhs", "phsk", "pwcc"] {
        let message = error(&gzip(format!("{prefix}0123456789").as_bytes()));
        assert!(message.contains(&format!("prefix {prefix}")), "{message}");
    }
    for rubbish in [&b""[..], b"PK\x03\x04", b"pl", b"plnd", b"plndplnd", b"{\"a\":1}", &gzip(b"hello")] {
        assert_eq!(file::read(rubbish, None), Err(ReadError::NotSeb), "{rubbish:?}");
    }
}

#[test]
fn what_would_fill_the_memory_is_refused() {
    let bomb = gzip(&vec![b' '; 3 * MAX_BYTES]);
    assert_eq!(error(&bomb), "the file cannot be decompressed: decompressed it has more than 4194304 bytes");
    let inner = gzip(&[b"plnd", &bomb[..]].concat());
    assert!(error(&inner).starts_with("the settings in the file cannot be decompressed: decompressed it has more"));
    assert_eq!(file::read(&vec![b' '; MAX_BYTES + 1], None), Err(ReadError::TooLarge));
    let deep = |levels: usize| format!("<key>a</key>{}{}", "<array>".repeat(levels), "</array>".repeat(levels));
    assert!(plist::read(document(&deep(MAX_DEPTH - 1)).as_bytes()).is_ok());
    assert!(fault(&deep(MAX_DEPTH)).contains("more than 32 deep"));
    assert!(fault(&deep(200_000)).contains("more than 32 deep"));
}

#[test]
fn an_encrypted_part_that_is_none_is_told_from_a_wrong_password() {
    let read = |part: &[u8]| file::read(&gzip(&[b"pswd", part].concat()), Some("secret"));
    assert_eq!(read(b""), Err(PasswordError::Truncated.into()));
    assert_eq!(read(&[2, 1, 0, 0]), Err(PasswordError::Truncated.into()));
    assert_eq!(read(&[3, 1, 0, 0]), Err(PasswordError::Version(3, 1).into()));
    assert_eq!(read(&[2, 0, 0, 0]), Err(PasswordError::Version(2, 0).into()));
    let mut part = vec![0; 2 + 8 + 8 + 16 + 16 + 32];
    part[..2].copy_from_slice(&[2, 1]);
    assert_eq!(read(&part), Err(PasswordError::Wrong.into()));
    part.pop();
    assert_eq!(read(&part), Err(PasswordError::Truncated.into()));
}

#[test]
fn nothing_outside_the_file_is_looked_at() {
    let with = |doctype: &str| {
        format!("<?xml version=\"1.0\"?>{doctype}<plist><dict><key>a</key><string>&x;</string></dict></plist>")
    };
    for doctype in [
        "<!DOCTYPE plist [<!ENTITY x \"boo\">]>",
        "<!DOCTYPE plist [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "<!DOCTYPE plist SYSTEM \"x.dtd\" [<!ENTITY % y SYSTEM \"http://example.com/\"> %y;]>",
    ] {
        let message = error(with(doctype).as_bytes());
        assert!(message.contains("the document type declares"), "{message}");
    }
    let message = error(with("<!DOCTYPE plist SYSTEM \"file:///etc/passwd\">").as_bytes());
    assert!(message.contains("the entity &x; is unknown"), "{message}");
}

#[test]
fn a_fault_is_told_with_its_line() {
    for (entries, expected) in [
        ("<true/>", "line 4 of the settings: <true> stands where <key> is expected"),
        ("\n\n<key>a</key>\n<integer>ten</integer>", "line 7 of the settings: \"ten\" is no content for <integer>"),
        ("<key>a</key>", "line 4 of the settings: </dict> stands where a value is expected"),
        ("<key>a</key><true/>\n<key>a</key><false/>", "line 5 of the settings: the key \"a\" stands twice"),
        ("<key>a</key><array><key>b</key></array>", "line 4 of the settings: <key> stands where a value is expected"),
        ("<key>a</key><string><b/></string>", "line 4 of the settings: \"<b>\" is no content for <string>"),
        ("<key>a</key>x<true/>", "line 4 of the settings: the text \"x\" stands between elements"),
        ("<key>a</key><string>&#1;</string>", "line 4 of the settings: the character U+0001 is not allowed in XML"),
        ("<key>a</key><string>&#xD800;</string>", "line 4 of the settings: the entity &#xD800; is unknown"),
        ("<key>a</key><date>today</date>", "line 4 of the settings: \"today\" is no content for <date>"),
    ] {
        let message = fault(entries);
        assert!(message.starts_with(expected), "{message}");
    }
    assert!(fault("</dict>").contains("no well-formed XML"));
    let whole = document("<key>a</key><true/>");
    let cut = whole.find("</plist>").unwrap();
    assert!(error(&whole.as_bytes()[..cut]).contains("cut short"));
    assert!(error(whole.replace("utf-8", "latin-1").as_bytes()).contains("the encoding \"latin-1\" is not supported"));
    assert!(error(b"<plist><dict>\xff</dict></plist>").contains("not in UTF-8: byte 13"));
    assert!(error(b"<html></html>").contains("<html> stands where <plist> is expected"));
    assert!(error(b"<plist><array/></plist>").contains("<array> stands where <dict> is expected"));
    assert!(error(b"<plist><dict/><dict/></plist>").contains("<dict> stands where </plist> is expected"));
    assert!(error(b"<plist><dict/></plist><plist/>").contains("<plist> stands where the end is expected"));
}
