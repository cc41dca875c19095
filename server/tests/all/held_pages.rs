//! The page to print, looked at with others' tools where they are at hand: qpdf and poppler's (in Debian `qpdf`,
//! `poppler-utils`), and zbar's (`zbar-tools`).

use std::{fs, path::Path, process::Command};

use serde_json::Value;
use server::{
    data::Config,
    issue::{Award, Fonts, Issuer},
};
use signing::keys::SigningKey;
use storage::Issuance;

use crate::fixture::{NOW, World};

fn issued(world: &World, name: &str) -> (Issuer, Issuance) {
    let issuer =
        Issuer::new(SigningKey::from_seed([9; 32]), &Config::demonstration("https://exams.example.org")).unwrap();
    let scheme = world.engine.bank.as_ref().unwrap().scheme();
    let decided_at = NOW;
    let award = Award { scheme, candidate_ref: "c", holder: name, last_name: "x", decided_at, status: None };
    let issued = issuer.issue(&award).unwrap();
    (issuer, issued)
}

/// What a tool says of a file; `None` where the tool is not at hand.
fn tool(program: &str, words: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    let Ok(ran) = command.args(words).arg(file).args((program == "pdftotext").then_some("-")).output() else {
        eprintln!("{program} is not at hand");
        return None;
    };
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{program}: {said} {}", String::from_utf8_lossy(&ran.stderr));
    Some(said)
}

/// Names in every script that the program has a font for, and what of them others' tools read.
const NAMES: [&str; 24] = [
    "Zoë Muster-Łęcka",
    "Nguyễn Thị Minh Khai",
    "Ελένη Παπαδοπούλου",
    "Анна Иванова",
    "محمد الفارسي",
    "דוד בן־גוריון",
    "Արամ Խաչատրյան",
    "გიორგი მაისურაძე",
    "สมชาย ปิ่นแก้ว",
    "ສົມສັກ ພົມມະຈັນ",
    "श्रीमती लक्ष्मी क्षत्रिय",
    "শ্রী রবীন্দ্রনাথ ঠাকুর",
    "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "હર્ષદ મહેતા",
    "சுப்பிரமணியம் ஸ்ரீநிவாசன்",
    "శ్రీనివాస రామానుజన్",
    "ರಾಜ್‌ಕುಮಾರ್",
    "മോഹൻലാൽ വിശ്വനാഥൻ",
    "ක්‍රිෂ්ණා පෙරේරා",
    "សុខ សុភាព",
    "အောင်ဆန်းစုကြည်",
    "አበበ ቢቂላ",
    "Иван Smith العربية",
    "O’Neill-d’Águas 3rd",
];

#[test]
fn every_name_makes_a_page_with_the_certificate_in_it() {
    let world = tokio::runtime::Runtime::new().unwrap().block_on(async { World::new() });
    for name in NAMES {
        let (issuer, issued) = issued(&world, name);
        let pdf = issuer.pdf(&issued).unwrap();
        let found = carrier::find(&pdf).unwrap();
        assert_eq!(found.credential, issued.certificate.as_bytes(), "byte by byte: {name}");
        let title = found.pdf.unwrap().title.unwrap();
        assert!(title.contains(name) && title.ends_with(&issued.number), "{title}");
        assert!(!String::from_utf8_lossy(&pdf).contains("no font here"));
    }
}

#[test]
fn a_page_says_what_it_is_and_has_no_font_outside_itself() {
    let world = tokio::runtime::Runtime::new().unwrap().block_on(async { World::new() });
    let (issuer, issued) = issued(&world, "Анна Иванова");
    let pdf = issuer.pdf(&issued).unwrap();
    let text = String::from_utf8_lossy(&pdf);
    // XMP: ISO 19005-3, section 6.6.4, and ISO 14289-1, section 5.
    for part in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "/AFRelationship/Data",
        "/Subtype/application#2Fvc",
        "/GTS_PDFA1",
        "/Lang(en)",
    ] {
        assert!(text.contains(part), "{part}");
    }
    assert_eq!(text.matches("/FontFile").count(), text.matches("/Type/FontDescriptor").count(), "all embedded");
    assert!(!text.contains("/Encrypt") && !text.contains("/JavaScript"));
    assert_eq!(issuer.pdf(&issued).unwrap(), pdf, "the same bytes again");
}

#[test]
fn other_programs_read_the_page_and_take_the_certificate_out() {
    let world = tokio::runtime::Runtime::new().unwrap().block_on(async { World::new() });
    let (issuer, issued) = issued(&world, "Анна Иванова");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pdf");
    fs::write(&file, issuer.pdf(&issued).unwrap()).unwrap();
    if let Some(said) = tool("qpdf", &["--check"], &file) {
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
    if let Some(said) = tool("pdftotext", &["-layout"], &file) {
        for part in ["Анна Иванова", &issued.number, "24 November 2029", "It certifies nothing"] {
            assert!(said.contains(part), "{part} not in {said}");
        }
    }
    let out = folder.path().join("taken.json");
    if tool("pdfdetach", &["-save", "1", "-o", out.to_str().unwrap()], &file).is_some() {
        assert_eq!(fs::read_to_string(&out).unwrap(), issued.certificate);
    }
    let picture = folder.path().join("page");
    let words = ["-png", "-r", "200", "-singlefile", file.to_str().unwrap()];
    if tool("pdftoppm", &words, &picture).is_some()
        && let Some(said) = tool("zbarimg", &["--quiet", "--raw"], &picture.with_extension("png"))
    {
        let found = carrier::find(said.trim_end_matches('\n').as_bytes()).unwrap();
        let scanned: Value = serde_json::from_slice(&found.credential).unwrap();
        assert_eq!(scanned, serde_json::from_str::<Value>(&issued.certificate).unwrap());
    }
    // What another program writes, with object streams and a packed table of contents, is read as well.
    let again = folder.path().join("again.pdf");
    let words = ["--object-streams=generate", "--recompress-flate", file.to_str().unwrap()];
    if tool("qpdf", &words, &again).is_some() {
        let found = carrier::find(&fs::read(&again).unwrap()).unwrap();
        assert_eq!(found.credential, issued.certificate.as_bytes());
    }
}

#[test]
fn a_name_without_a_font_is_said_so_and_the_certificate_is_issued_all_the_same() {
    let world = tokio::runtime::Runtime::new().unwrap().block_on(async { World::new() });
    let (issuer, issued) = issued(&world, "王小明");
    let pdf = issuer.pdf(&issued).unwrap();
    assert!(String::from_utf8_lossy(&carrier::find(&pdf).unwrap().credential).contains("王小明"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("certificate.pdf");
    fs::write(&file, &pdf).unwrap();
    if let Some(said) = tool("pdftotext", &["-layout"], &file) {
        assert!(said.contains("no font here has all letters of the Han script"), "{said}");
    }
    // A folder with fonts helps; one with something else in it is named.
    let fonts = folder.path().join("fonts");
    fs::create_dir(&fonts).unwrap();
    fs::write(fonts.join("a.ttf"), "no font").unwrap();
    let fault = Fonts::bundled().unwrap().with_folder(&fonts).unwrap_err().to_string();
    assert!(fault.contains("a.ttf") && fault.contains("no font that can be read"), "{fault}");
    assert!(Fonts::bundled().unwrap().with_folder(&folder.path().join("nowhere")).is_err());
}
