//! Bytes from anywhere: refused with a sentence, within bounds, without a panic.

use std::io::{self, Read, Seek, SeekFrom};

use proptest::prelude::*;
use qti::{What, fuzz, package, read};

use crate::{round_trip::every_kind, vectors::folders};

fn refused(bytes: &[u8]) -> What {
    let import = read::read("a.xml", bytes);
    import.faults().first().unwrap_or_else(|| panic!("{import:?}")).what.clone()
}

/// All that a file is refused for.
fn told(bytes: &[u8]) -> Vec<What> {
    read::read("a.xml", bytes).faults().iter().map(|fault| fault.what.clone()).collect()
}

#[test]
fn entities_are_not_expanded_and_nothing_outside_is_fetched() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#;
    assert_eq!(refused(laughs.as_bytes()), What::Declarations);
    let outside = r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#;
    assert_eq!(refused(outside.as_bytes()), What::Declarations);
    assert_eq!(refused(br#"<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>"#), What::OutsideType);
    assert!(told(b"<a>&nbsp;</a>").contains(&What::Entity("nbsp".to_owned())));
}

#[test]
fn depth_size_and_numbers_have_bounds() {
    assert_eq!(refused("<a>".repeat(100_000).as_bytes()), What::TooDeep { most: qti::MAX_DEPTH });
    assert!(matches!(refused(&vec![b' '; qti::MAX_BYTES + 1]), What::TooLarge { .. }));
    let many: String = (0..100).map(|number| format!(" a{number}=\"\"")).collect();
    assert!(matches!(refused(format!("<a{many}/>").as_bytes()), What::TooMany { .. }));
    let elements = format!("<a>{}</a>", "<b/>".repeat(qti::MAX_ELEMENTS));
    assert!(matches!(refused(elements.as_bytes()), What::TooMany { .. }));
    let spaces: String = (0..60).map(|number| format!(" xmlns:n{number}=\"u\"")).collect();
    assert!(matches!(refused(format!("<a{spaces}><a{spaces}/></a>").as_bytes()), What::TooMany { .. }));
    // However much is wrong, not more is told than anybody reads.
    let wrong = format!("<assessmentItem>{}</assessmentItem>", "<nonsense/>".repeat(5_000));
    assert_eq!(read::read("a.xml", wrong.as_bytes()).faults().len(), 1_001);
}

#[test]
fn encodings_that_are_not_read_are_refused_by_name() {
    assert_eq!(
        refused(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe4</a>"),
        What::Encoding("iso-8859-1".to_owned())
    );
    assert_eq!(refused(b"<a>\xe4</a>"), What::NotUtf8 { at: 3 });
    assert_eq!(refused(b"\xff\xfe<\0a\0/\0>"), What::NotUtf16);
    assert_eq!(refused(b"\xff\xfe\0\xd8<\0"), What::NotUtf16);
    assert!(matches!(refused(b"<\0a\0/\0>\0"), What::Encoding(_)));
    assert!(told(b"<a>\x01</a>").contains(&What::Character(1)));
    assert!(told(b"<a>&#1;</a>").contains(&What::Entity("#1".to_owned())));
}

#[test]
fn utf_16_with_its_mark_is_read_like_utf_8() {
    for folder in folders() {
        let text = std::fs::read_to_string(folder.join("item.xml"))
            .unwrap()
            .replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
        let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let big: Vec<u8> = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let plain = read::read_item("a.xml", text.replace("UTF-16", "UTF-8").as_bytes());
        assert_eq!(read::read_item("a.xml", &little), plain);
        assert_eq!(read::read_item("a.xml", &big), plain);
    }
}

/// A file of two gigabytes, of which not a byte may be read.
struct Vast;

impl Read for Vast {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        panic!("a file that is too large is not read")
    }
}

impl Seek for Vast {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(2 << 30)
    }
}

#[test]
fn two_gigabytes_are_refused_before_a_byte_is_read() {
    let faults = package::read("vast.zip", Vast).unwrap_err();
    assert_eq!(faults[0].what, What::TooLarge { bytes: 2 << 30, most: package::MAX_PACKED });
}

fn read_all(bytes: &[u8]) {
    fuzz::document(bytes);
    fuzz::package(bytes);
    fuzz::cases(bytes);
}

/// An item and a test of our own, and the items of the vectors where they are at hand.
fn items() -> Vec<Vec<u8>> {
    let own = [every_kind::ITEM, every_kind::TEST].map(|text| text.as_bytes().to_vec());
    own.into_iter().chain(folders().iter().map(|folder| std::fs::read(folder.join("item.xml")).unwrap())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn arbitrary_tags_do_no_harm(
        parts in proptest::collection::vec(
            prop_oneof![
                Just("<assessmentItem identifier='i' xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1'>"), Just("</assessmentItem>"),
                Just("<responseProcessing>"), Just("</responseProcessing>"), Just("<setOutcomeValue identifier='A'>"),
                Just("</setOutcomeValue>"), Just("<sum>"), Just("</sum>"), Just("<null/>"), Just("<itemBody>"), Just("</itemBody>"),
                Just("<!--"), Just("-->"), Just("<![CDATA["), Just("]]>"), Just("&amp;"), Just("&#x41;"), Just("<p class=\"a\">"),
                Just("</p>"), Just("<?pi?>"), Just("text"), Just("\""), Just("'"), Just(">"), Just("<"),
            ],
            0..40,
        )
    ) {
        read_all(parts.concat().as_bytes());
    }

    #[test]
    fn damaged_items_do_no_harm(
        which in any::<prop::sample::Index>(),
        cut in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        keep in any::<bool>(),
    ) {
        let items = items();
        let mut bytes = items[which.index(items.len())].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !keep {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_all(&bytes);
    }
}
