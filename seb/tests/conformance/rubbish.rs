//! Whatever comes in, nothing panics and nothing takes long.

use proptest::prelude::*;
use seb::{Key, config_key::canonical, file, password, plist, request, write};

use super::document;

/// Texts that look like settings more often than chance would have it.
fn almost() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "<dict>", "</dict>", "<array>", "</array>", "<key>", "</key>", "<string>", "</string>", "<integer>", "12",
            "</integer>", "<real>", "1e309", "</real>", "<true/>", "<date>", "</date>", "<data>", "AA=", "</data>", "&amp;",
            "&x;", "&#", "<!--", "-->", "<![CDATA[", "]]>", "<!DOCTYPE x [", "]>", "<?", "?>", "<", ">", "\u{feff}", "\"",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = file::read(&bytes, None);
        let _ = file::read(&[b"plnd", &bytes[..]].concat(), Some("x"));
        let _ = file::read(&[&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3], &bytes[..]].concat(), None);
        let _ = plist::read(&bytes);
    }

    #[test]
    fn almost_settings_are_read_or_refused(text in almost()) {
        for xml in [document(&text), text] {
            if let Ok(settings) = plist::read(xml.as_bytes()) {
                let _ = canonical(&settings);
                let _ = write::plain(&settings);
            }
        }
    }

    #[test]
    fn a_cut_or_changed_file_never_panics(at in 0_usize..200, byte in any::<u8>()) {
        let settings = plist::read(document("<key>a</key><string>b</string>").as_bytes()).unwrap();
        let mut bytes = write::plain(&settings).unwrap();
        let at = at % bytes.len();
        let _ = file::read(&bytes[..at], None);
        bytes[at] = byte;
        let _ = file::read(&bytes, None);
    }

    #[test]
    fn a_header_is_never_right_by_chance(header in "\\PC{0,80}", url in "\\PC{0,40}") {
        prop_assert!(request::verify([url.as_str()], &[Key::from_bytes([1; 32])], &header).is_err());
    }
}

proptest! {
    // Each takes a stretched password.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn encrypted_rubbish_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), secret in "\\PC{0,12}") {
        prop_assert!(password::decrypt(&[&[2, 1], &bytes[..]].concat(), &secret).is_err());
    }
}
