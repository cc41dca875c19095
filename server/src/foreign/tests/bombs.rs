//! Small packages that would like to become large.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Instant,
};

use ::qti::{
    package::{self, Opened, Package},
    read::read_item,
};

use super::{
    super::{
        Carried, Choices, Files, Match,
        check::completed,
        export,
        qti::{Surroundings, of_item},
    },
    example_items::{IMAGE, every_kind, images, text},
};
use question_bank::{Bank, SourceFile, bank::MAX_IMAGE_BYTES};

fn choice(stem: &str) -> String {
    format!(
        r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="x" title="x" adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body>{stem}<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1"><qti-prompt>Which?</qti-prompt>
<qti-simple-choice identifier="A">One</qti-simple-choice><qti-simple-choice identifier="B">Two</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>"#
    )
}

fn imported(stem: &str, files: &Files) -> Result<super::super::Native, Vec<String>> {
    let read = read_item("x.xml", choice(stem).as_bytes());
    let (stimuli, taken) = (BTreeMap::new(), BTreeSet::from(["images/x-1.png".to_owned()]));
    let around = Surroundings { file: "x.xml", files, stimuli: &stimuli, taken: &taken };
    of_item(read.content().unwrap_or_else(|| panic!("{read:?}")), &around, "x", &Choices::default())
}

fn png(bytes: usize) -> Arc<[u8]> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    png.resize(bytes, 0);
    png.into()
}

#[test]
fn an_image_of_many_names_is_taken_once_and_not_copied() {
    let files = Files::from([("p.png".to_owned(), png(1_000)), ("big.png".to_owned(), png(MAX_IMAGE_BYTES + 1))]);
    let stem: String = (0..500).map(|at| format!(r#"<p><img src="p.png?{at}" alt="Plan"/></p>"#)).collect();
    let native = imported(&stem, &files).unwrap();
    assert_eq!(native.images.keys().collect::<Vec<_>>(), ["images/x-2.png"], "the first name is taken");
    assert!(Arc::ptr_eq(&native.images["images/x-2.png"], &files["p.png"]));

    let faults = imported(r#"<p><img src="big.png" alt="Plan"/></p>"#, &files).unwrap_err();
    assert!(faults[0].contains("big.png") && faults[0].contains("131072"), "{faults:?}");

    let many: Files = (0..60).map(|at| (format!("{at}.png"), png(20))).collect();
    let stem: String = (0..60).map(|at| format!(r#"<p><img src="{at}.png" alt="Plan"/></p>"#)).collect();
    let faults = imported(&stem, &many).unwrap_err();
    assert!(faults[0].contains("more than 50 images"), "{faults:?}");
}

/// A package of items that each show the same image, with 300 more that comments of their files name.
fn package_of(count: usize) -> Opened {
    let mut draft = every_kind().into_iter().find(|draft| draft.kind == "single_choice").unwrap();
    draft.stem = text(&format!("Look.\n\n![A plan]({IMAGE})\n\nWhich?"));
    let unshown = |at: usize| format!("images/unshown-{at}.svg");
    let comment: String = (0..300).map(|at| format!("# \"{}\"\n", unshown(at))).collect();
    let mut files: Vec<SourceFile> = (0..count)
        .map(|at| {
            draft.id = format!("item-{at}");
            SourceFile::new(format!("items/item-{at}.toml"), completed(&draft).to_toml().unwrap() + &comment)
        })
        .collect();
    files.extend(images().iter().map(|(path, bytes)| SourceFile::new(path.clone(), bytes.to_vec())));
    files.extend((0..300).map(|at| SourceFile::new(unshown(at), images()[IMAGE].to_vec())));
    let (bank, _) = Bank::load(&files, day());
    assert_eq!(bank.items.len(), count);
    let package: Package = export::package(&bank, &files).unwrap();
    let archive = package::write(&package).unwrap();
    package::read("bank.zip", std::io::Cursor::new(archive)).unwrap()
}

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap()
}

#[test]
fn carried_items_hold_the_images_that_they_show_and_share_them() {
    let mut opened = package_of(200);
    let files: Files = std::mem::take(&mut opened.files).into_iter().map(|(path, b)| (path, b.into())).collect();
    let begun = Instant::now();
    let carried = Carried::of(&opened, &files, day());
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    for item in &opened.items {
        let Match::Same(found) = carried.of_file(&item.file) else { panic!("{} is not taken", item.file) };
        assert_eq!(found.native.images.keys().collect::<Vec<_>>(), [IMAGE]);
        assert!(Arc::ptr_eq(&found.native.images[IMAGE], &files[IMAGE]));
        assert!(found.native.text.contains("status = \"draft\"") && found.native.text.contains("reviewed = false"));
    }
}

#[test]
fn what_qti_says_beyond_the_native_file_is_not_overruled_and_names_of_files_are_free() {
    let mut opened = package_of(3);
    let files: Files = std::mem::take(&mut opened.files).into_iter().map(|(path, b)| (path, b.into())).collect();
    // A line drawn through the text elsewhere, which is lost when it is read.
    let first = opened.items[0].content.content().unwrap().clone();
    let more = ::qti::write::item(&first).replacen(
        "<p>",
        "<p><svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>",
        1,
    );
    opened.items[0].content = read_item("items/item-0.xml", more.as_bytes());
    assert_eq!(opened.items[0].content.content(), Some(&first));
    assert!(!opened.items[0].content.losses().is_empty());
    opened.items[1].file = "items/q-0001.xml".into();
    let carried = Carried::of(&opened, &files, day());
    let is_same = |file: &str| matches!(carried.of_file(file), Match::Same(_));
    assert!(matches!(carried.of_file("items/item-0.xml"), Match::Changed));
    assert!(is_same("items/q-0001.xml") && is_same("items/item-2.xml"));
}
