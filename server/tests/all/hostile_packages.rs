//! Packages that are damaged, made to harm, or at odds with each other: refused with a sentence, and nothing is written.

use std::{
    fs,
    path::{Path, PathBuf},
};

use qti::package::{self, Package};

use crate::fixture::{Ran, invigil, zip};

const MANIFEST: &str = r#"<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><organizations/><resources>
<resource identifier="A" type="imsqti_item_xmlv3p0" href="a.xml"><file href="a.xml"/></resource></resources></manifest>"#;

fn item(identifier: &str, stem: &str) -> String {
    format!(
        r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="{identifier}" title="T" adaptive="false" time-dependent="false">
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>
<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
<qti-item-body>{stem}<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1"><qti-prompt>Which?</qti-prompt>
<qti-simple-choice identifier="A">One</qti-simple-choice><qti-simple-choice identifier="B">Two</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/></qti-assessment-item>"#
    )
}

fn import(file: &Path, into: &Path) -> Ran {
    invigil(["bank", "import", file.to_str().unwrap(), "--into", into.to_str().unwrap()])
}

fn write(folder: &Path, name: &str, content: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn damaged_and_hostile_packages_are_refused_with_a_sentence_and_write_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let good = item("a", "");
    let package = |manifest: &str, item: &[u8]| zip(&[("imsmanifest.xml", manifest.as_bytes()), ("a.xml", item)]);
    let sound = package(MANIFEST, good.as_bytes());
    let ran = import(&write(folder.path(), "sound.zip", &sound), &folder.path().join("sound"));
    assert_eq!(ran.code, Some(0), "{ran:?}");

    let bomb = Package { files: [("zeros".to_owned(), vec![0; 8 << 20])].into(), ..Package::default() };
    let bomb = package::write(&bomb).unwrap();
    assert!(bomb.len() < 100_000);
    let mut broken = sound.clone();
    let at = broken.windows(5).position(|bytes| bytes == b">Two<").unwrap();
    broken[at + 1] ^= 1;
    let missing = MANIFEST.replace("a.xml", "b.xml");
    let depends = |name: &str, on: &str| {
        format!(r#"<resource identifier="{name}" type="webcontent"><dependency identifierref="{on}"/></resource>"#)
    };
    let cycle = MANIFEST.replace("</resources>", &(depends("B", "C") + &depends("C", "B") + "</resources>"));
    let laughs =
        r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>"#.to_owned() + &good.replace("Which?", "&b;");
    let mut bytes = good.clone().into_bytes();
    let at = bytes.windows(3).position(|bytes| bytes == b"One").unwrap();
    bytes[at] = 0xff;
    let outside =
        zip(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("a.xml", good.as_bytes()), ("../evil.txt", b"evil")]);
    for (name, content, says) in [
        ("bomb.zip", bomb, "200"),
        ("outside.zip", outside, "../evil.txt"),
        ("absolute.zip", zip(&[("imsmanifest.xml", MANIFEST.as_bytes()), ("/a.xml", good.as_bytes())]), "/a.xml"),
        ("missing.zip", package(&missing, good.as_bytes()), "b.xml"),
        ("cycle.zip", package(&cycle, good.as_bytes()), "itself"),
        ("laughs.zip", package(MANIFEST, laughs.as_bytes()), "a.xml"),
        ("bytes.zip", package(MANIFEST, &bytes), "UTF-8"),
        ("broken.zip", broken, "a.xml"),
        ("cut.zip", sound[..sound.len() - 30].to_vec(), "cut.zip"),
        ("nothing.zip", zip(&[("a.xml", good.as_bytes())]), "imsmanifest.xml"),
    ] {
        let into = folder.path().join("into");
        let ran = import(&write(folder.path(), name, &content), &into);
        assert_eq!(ran.code, Some(3), "{name}: {ran:?}");
        assert!(ran.stdout.contains(says), "{name}: {ran:?}");
        assert!(!into.exists(), "{name}");
    }
    assert!(!folder.path().join("evil.txt").exists());
}

#[test]
fn two_files_of_one_name_are_an_error_unless_they_are_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let practice = Path::new(env!("CARGO_MANIFEST_DIR")).join("../question-bank/content/practice");
    let archive = folder.path().join("bank.zip");
    let ran = invigil(["bank", "export", "--bank", practice.to_str().unwrap(), "--qti", archive.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let image = fs::read_dir(practice.join("images")).unwrap().next().unwrap().unwrap().file_name();
    let image = format!("images/{}", image.to_str().unwrap());

    // The same image is there already.
    let there = folder.path().join("there");
    fs::create_dir_all(there.join("images")).unwrap();
    fs::copy(practice.join(&image), there.join(&image)).unwrap();
    let ran = import(&archive, &there);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    // The whole of it is: nothing is written again.
    let ran = import(&archive, &there);
    assert_eq!(ran.code, Some(0), "{ran:?}");

    // Another bank has another image of this name.
    let other = folder.path().join("other");
    for kind in ["items", "scenarios", "images"] {
        let Ok(entries) = fs::read_dir(practice.join(kind)) else { continue };
        fs::create_dir_all(other.join(kind)).unwrap();
        for entry in entries.map(Result::unwrap) {
            let text = fs::read(entry.path()).unwrap();
            // Its items have names of their own.
            let text = match String::from_utf8(text) {
                Ok(text) if kind != "images" => text.replace("\"practice-", "\"other-").into_bytes(),
                Ok(text) => text.into_bytes(),
                Err(bytes) => bytes.into_bytes(),
            };
            let name = entry.file_name().to_str().unwrap().to_owned();
            let name = if kind == "images" { name } else { name.replacen("practice-", "other-", 1) };
            fs::write(other.join(kind).join(name), text).unwrap();
        }
    }
    fs::copy(practice.join("scheme.toml"), other.join("scheme.toml")).unwrap();
    fs::write(other.join(&image), b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>").unwrap();
    let second = folder.path().join("other.zip");
    let ran = invigil(["bank", "export", "--bank", other.to_str().unwrap(), "--qti", second.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let both = folder.path().join("both");
    let ran = invigil([
        "bank",
        "import",
        archive.to_str().unwrap(),
        second.to_str().unwrap(),
        "--into",
        both.to_str().unwrap(),
    ]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains(&image) && ran.stderr.contains("no draft was written"), "{ran:?}");
    assert!(!both.exists());
}

#[test]
fn an_item_that_only_looks_like_one_that_came_with_its_own_file_gets_another_name() {
    let folder = tempfile::tempdir().unwrap();
    let practice = Path::new(env!("CARGO_MANIFEST_DIR")).join("../question-bank/content/practice");
    let archive = folder.path().join("bank.zip");
    let ran = invigil(["bank", "export", "--bank", practice.to_str().unwrap(), "--qti", archive.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let mut package = package::read("bank.zip", fs::File::open(&archive).unwrap()).unwrap().into_package();
    // Its name becomes the same id; it stands before the one whose name that is.
    let mut other = package.items[0].clone();
    other.content.identifier = other.content.identifier.to_uppercase();
    (other.resource, other.file) = ("other".into(), "items/0.xml".into());
    let id = package.items[0].content.identifier.clone();
    package.items.insert(0, other);
    fs::write(&archive, package::write(&package).unwrap()).unwrap();
    let into = folder.path().join("into");
    let ran = import(&archive, &into);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let read = |id: &str| fs::read_to_string(into.join(format!("items/{id}.toml"))).unwrap();
    assert!(read(&id).contains("[[reference]]"), "its own file was taken");
    assert!(!read(&format!("{id}-2")).contains("[[reference]]"));
}

#[test]
fn five_thousand_items_of_one_package_become_drafts_in_bounded_time() {
    let folder = tempfile::tempdir().unwrap();
    let resource = |at: usize| {
        format!(
            r#"<resource identifier="R{at}" type="imsqti_item_xmlv3p0" href="{at}.xml"><file href="{at}.xml"/></resource>"#
        )
    };
    let resources: String = (0..5_000).map(resource).collect();
    let manifest = format!(
        r#"<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m"><organizations/><resources>{resources}</resources></manifest>"#
    );
    // All of one name, which must not make each slower than the one before.
    let items: Vec<(String, String)> =
        (0..5_000).map(|at| (format!("{at}.xml"), item("same", &format!("<p>Case {at}.</p>")))).collect();
    let mut files = vec![("imsmanifest.xml", manifest.as_bytes())];
    files.extend(items.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    let archive = write(folder.path(), "many.zip", &zip(&files));
    // Whatever runs longer than half a minute is ended and fails.
    let ran = invigil(["bank", "import", archive.to_str().unwrap()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stdout.contains("5000 imported, 0 imported with loss, 0 refused"), "{}", &ran.stdout[..2_000]);
}
