//! Bytes from strangers are refused in words: never a panic, never without bounds.

use proptest::prelude::*;
use sitting::{FileFault, Line, MAX_FILE_BYTES, Package, PackageFault, Payload, ResponseFault, ResponseFile};

use crate::fixture::{Desk, MINE, manifest, package, payload};

#[test]
fn a_file_of_any_length_is_refused_in_a_sentence() {
    for filler in [b'{', b'[', b'\n', b' ', 0, 0xff] {
        for length in [1, 300 * 1024, MAX_FILE_BYTES, MAX_FILE_BYTES + 1] {
            let bytes = vec![filler; length];
            let package = Package::read(&bytes).unwrap_err();
            let response = ResponseFile::read(&bytes).unwrap_err();
            let too_long = length > MAX_FILE_BYTES;
            assert_eq!(matches!(package, PackageFault::File(FileFault::TooLong(_))), too_long);
            assert_eq!(matches!(response, ResponseFault::File(FileFault::TooLong(_))), too_long);
        }
    }
}

#[test]
fn deep_nesting_ends_early() {
    let deep = [b"{\"document\":".repeat(20_000), b"\n".to_vec()].concat();
    assert!(matches!(Package::read(&deep), Err(PackageFault::File(FileFault::Head(_)))));
    let deep = [b"{\"form\":".repeat(20_000)].concat();
    assert!(matches!(Payload::read(&deep, &manifest(MINE)), Err(PackageFault::Payload(_))));
    assert!(Line::read(&"{\"at\":".repeat(600)).is_err());
}

proptest! {
    #[test]
    fn rubbish_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), text in "\\PC{0,300}") {
        prop_assert!(Line::read(&text).is_err());
        prop_assert!(Package::read(&bytes).is_err());
        prop_assert!(ResponseFile::read(&bytes).is_err());
        prop_assert!(Payload::read(&bytes, &manifest(MINE)).is_err());
        let file = ResponseFile { header: Desk::released(MINE).header(), sealed: Vec::new() };
        prop_assert!(file.lines(&bytes).is_err());
    }

    /// Nearly right is harder than rubbish: something real with a piece replaced by another piece.
    #[test]
    fn a_mangled_original_never_panics(
        from in any::<prop::sample::Index>(),
        length in 0_usize..40,
        piece in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..20),
            prop::sample::select(vec!["null", "-1", "1e9", "{}", "[]", "\"\"", "18446744073709550000", "\u{0}"])
                .prop_map(|text| text.as_bytes().to_vec()),
        ],
    ) {
        let mangled = |mut bytes: Vec<u8>| {
            let from = from.index(bytes.len());
            let to = (from + length).min(bytes.len());
            bytes.splice(from..to, piece.clone());
            bytes
        };
        let desk = Desk::handed_in(MINE);
        let _ = Package::read(&mangled(package(MINE).write().unwrap()));
        let head = signing::jcs::to_vec(&desk.header()).unwrap();
        let _ = ResponseFile::read(&mangled([head.as_slice(), b"\nage-encryption.org/v1\n"].concat()));
        let _ = Payload::read(&mangled(payload(MINE).write().unwrap()), &manifest(MINE));
        for line in desk.lines() {
            if let Ok(text) = String::from_utf8(mangled(line.into_bytes())) {
                let _ = Line::read(&text);
            }
        }
    }
}
