//! Packages: written and read again, and those that are refused.

use std::{
    collections::BTreeMap,
    io::{Cursor, Write as _},
};

use proptest::prelude::*;
use qti::{
    Import, What,
    model::{Content, Figure, Group, Item, Stimulus, StimulusReference},
    package::{self, Package, Packaged},
    read::read_test,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

fn sample() -> Package {
    let paragraph = |children| Content::Group { group: Group::Paragraph, children };
    let picture = |source: &str| {
        let (source, alternative) = (source.to_owned(), "A picture".to_owned());
        paragraph(vec![Content::Image(Figure { source, alternative, width: Some(10), height: None })])
    };
    let item = Item {
        identifier: "one".to_owned(),
        title: "One & only".to_owned(),
        stimuli: vec![StimulusReference { identifier: "case".to_owned(), href: "../case.xml".to_owned(), title: None }],
        body: vec![picture("../media/a%20b.png")],
        ..Item::default()
    };
    let stimulus =
        Stimulus { identifier: "case".to_owned(), body: vec![picture("media/a%20b.png")], ..Stimulus::default() };
    let test = r#"<qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="t" title="Test">
        <qti-test-part identifier="p" navigation-mode="linear" submission-mode="individual">
        <qti-assessment-section identifier="s" title="S" visible="true"><qti-assessment-item-ref identifier="r" href="items/one.xml"/>
        </qti-assessment-section></qti-test-part></qti-assessment-test>"#;
    let packaged = |resource: &str, file: &str| (resource.to_owned(), file.to_owned());
    let (resource, file) = packaged("R1", "items/one.xml");
    let items = vec![Packaged { resource, file, content: item }];
    let (resource, file) = packaged("R2", "case.xml");
    let stimuli = vec![Packaged { resource, file, content: stimulus }];
    let (resource, file) = packaged("R3", "test.xml");
    let tests = vec![Packaged { resource, file, content: read_test("t", test.as_bytes()).content().unwrap().clone() }];
    let files = BTreeMap::from([("media/a b.png".to_owned(), vec![1, 2, 3])]);
    Package { identifier: "P".to_owned(), items, stimuli, tests, files }
}

#[test]
fn a_package_that_was_written_is_read_the_same_and_has_the_same_bytes() {
    let package = sample();
    let bytes = package::write(&package).unwrap();
    assert_eq!(bytes, package::write(&package).unwrap());
    let opened = package::read("p.zip", Cursor::new(&bytes)).unwrap();
    assert!(opened.losses.is_empty(), "{:?}", opened.losses);
    assert!(matches!(opened.items[0].content, Import::Imported { .. }), "{:?}", opened.items);
    assert_eq!(opened.into_package(), package);
}

#[test]
fn paths_and_names_are_unique_and_stay_in_the_package() {
    let mut twice = sample();
    twice.items.push(twice.items[0].clone());
    assert!(package::write(&twice).unwrap_err().to_string().contains("R1"));
    let mut outside = sample();
    outside.items[0].file = "../one.xml".to_owned();
    assert!(package::write(&outside).unwrap_err().to_string().contains("../one.xml"));
    let mut manifest = sample();
    manifest.files.insert("imsmanifest.xml".to_owned(), Vec::new());
    assert!(package::write(&manifest).is_err());
}

const MANIFEST: &str = r#"<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m"><organizations/>
<resources>
<resource identifier="A" type="imsqti_item_xmlv2p1" href="a.xml"><file href="a.xml"/></resource>
</resources></manifest>"#;

const ITEM: &str = r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="t" adaptive="false" timeDependent="false"/>"#;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn refused(bytes: &[u8]) -> Vec<String> {
    let faults = package::read("p.zip", Cursor::new(bytes)).unwrap_err();
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn packages_of_qti_2_are_read_item_by_item() {
    let manifest = MANIFEST.replace(
        "</resources>",
        r#"<resource identifier="B" type="imsqti_item_xmlv2p2" href="b.xml"><file href="b.xml"/><metadata><lom/></metadata></resource></resources>"#,
    );
    let bytes = archive(&[
        ("imsmanifest.xml", manifest.as_bytes()),
        ("a.xml", ITEM.as_bytes()),
        ("b.xml", b"<p>"),
        ("notes.txt", b"-"),
    ]);
    let opened = package::read("p.zip", Cursor::new(bytes)).unwrap();
    assert!(matches!(opened.items[0].content, Import::Imported { .. }));
    assert_eq!(opened.items[1].content.faults()[0].what, What::Unfinished("p".to_owned()));
    assert_eq!(opened.losses.len(), 1);
    assert_eq!(opened.files.keys().collect::<Vec<_>>(), ["notes.txt"]);
}

#[test]
fn what_a_manifest_gets_wrong_is_told_with_its_place() {
    let manifest = r#"<manifest identifier="m"><resources>
<resource identifier="A" type="imsqti_item_xmlv2p1" href="gone.xml"><dependency identifierref="B"/></resource>
<resource identifier="B" type="webcontent" href="../../etc/passwd"><dependency identifierref="A"/></resource>
<resource identifier="C" type="webcontent"><dependency identifierref="D"/></resource>
<resource identifier="C" type="imsqti_xmlv1p2" href="a.xml"/>
</resources></manifest>"#;
    let faults = refused(&archive(&[("imsmanifest.xml", manifest.as_bytes()), ("a.xml", ITEM.as_bytes())]));
    assert_eq!(faults, [
        "imsmanifest.xml:2:53: the file \"gone.xml\" is not in the package",
        "imsmanifest.xml:3:44: the path \"../../etc/passwd\" leads out of the package, or is none; paths are relative, without «..», drive or backslash",
        "imsmanifest.xml:3:68: the resource \"A\" depends on itself, by way of others",
        "imsmanifest.xml:4:44: the resource \"D\" is not in the manifest",
        "imsmanifest.xml:5:1: QTI 1.x is not read; export the items as QTI 2.1 or later",
        "imsmanifest.xml:5:1: the identifier \"C\" is given twice",
    ].map(str::to_owned).to_vec());
}

#[test]
fn an_item_whose_files_are_missing_is_refused_at_the_place_that_names_them() {
    let item = ITEM.replace("/>", "><itemBody><p><img src=\"x.png\" alt=\"\"/></p></itemBody></assessmentItem>");
    let bytes = archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", item.as_bytes())]);
    let opened = package::read("p.zip", Cursor::new(bytes)).unwrap();
    let told = opened.items[0].content.faults()[0].to_string();
    assert!(told.starts_with("a.xml:1:") && told.ends_with("the file \"x.png\" is not in the package"), "{told}");
}

#[test]
fn names_that_lead_out_of_a_package_are_refused() {
    for name in ["../evil.xml", "/etc/passwd", "a/../../b", r"..\evil.xml", "C:evil.xml"] {
        let faults =
            refused(&archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", ITEM.as_bytes()), (name, b"x")]));
        assert!(faults[0].contains("leads out of the package"), "{name}: {faults:?}");
    }
}

#[test]
fn bombs_links_and_locked_entries_are_refused() {
    let bomb = archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", &vec![b' '; 8 << 20])]);
    assert!(refused(&bomb)[0].contains("as a ZIP bomb does"));
    // The same with a size in the directory that is a lie: what is unpacked is what counts.
    let size = u32::try_from(8 << 20).unwrap().to_le_bytes();
    let mut lying = bomb.clone();
    let at = lying.windows(4).rposition(|window| window == size).unwrap();
    lying[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    assert!(!refused(&lying).is_empty());

    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("imsmanifest.xml", SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
        .unwrap();
    zip.write_all(MANIFEST.as_bytes()).unwrap();
    zip.add_symlink("a.xml", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    assert!(refused(&zip.finish().unwrap().into_inner())[0].contains("symbolic link"));

    let mut locked = archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", ITEM.as_bytes())]);
    let directory = locked.windows(4).rposition(|window| window == b"PK\x01\x02").unwrap();
    locked[directory + 8] |= 1;
    assert!(refused(&locked)[0].contains("encrypted"));
}

#[test]
fn what_is_no_package_says_so() {
    assert!(refused(b"no archive")[0].contains("no ZIP archive"));
    assert!(refused(&archive(&[("a.xml", ITEM.as_bytes())]))[0].contains("no imsmanifest.xml"));
    assert!(refused(&archive(&[("imsmanifest.xml", b"<html/>")]))[0].contains("is no manifest of a package"));
    let whole = archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", ITEM.as_bytes())]);
    for length in [4, 30, whole.len() / 2, whole.len() - 1] {
        assert!(!refused(&whole[..length]).is_empty(), "{length}");
    }
}

/// Entries of an archive under one name, or over each other, written by hand: `zip` itself writes neither.
#[test]
fn entries_of_one_name_or_over_each_other_are_refused() {
    let whole =
        archive(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", ITEM.as_bytes()), ("b.xml", ITEM.as_bytes())]);
    let mut twice = whole.clone();
    while let Some(at) = twice.windows(5).position(|window| window == b"b.xml") {
        twice[at] = b'a';
    }
    assert!(refused(&twice)[0].contains("the same path"), "{:?}", refused(&twice));
    // The last entry of the directory at the place of the one before.
    let mut over = whole;
    let entries: Vec<usize> =
        over.windows(4).enumerate().filter(|(_, window)| *window == b"PK\x01\x02").map(|(at, _)| at).collect();
    let [.., before, last] = *entries else { panic!() };
    let offset: [u8; 4] = over[before + 42..before + 46].try_into().unwrap();
    over[last + 42..last + 46].copy_from_slice(&offset);
    assert!(refused(&over)[0].contains("share the same bytes"), "{:?}", refused(&over));
}

proptest! {
    #[test]
    fn damaged_packages_do_no_harm(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        keep in any::<bool>(),
    ) {
        let mut bytes = package::write(&sample()).unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !keep {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = package::read("p.zip", Cursor::new(&bytes));
    }
}
