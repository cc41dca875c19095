//! The same checks outside this program: docs/examples/journal_check.py.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use sitting::{Payload, Receipt};

use crate::fixture::{Desk, MINE, MINUTE, OTHERS, answered, device, package, payload, released, secrets, submitted};

/// For what cannot be tried here: a sentence to the terminal, and in CI a failure.
pub(crate) fn skip(why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{why}");
    // Not `eprintln!`, which the harness keeps to itself unless a test fails.
    std::io::stderr().write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
}

/// Files as somebody would have them at hand.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("journal-check").join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    /// Everything of a sitting.
    fn of(name: &str, desk: &Desk) -> Self {
        let folder = Self::new(name);
        folder.write("package", package(MINE).write().unwrap());
        folder.lines(&desk.lines());
        folder.write("receipt.json", signing::jcs::to_vec(&Receipt::of(desk.header())).unwrap());
        folder.write("acknowledgement.json", signing::jcs::to_vec(&desk.acknowledgement()).unwrap());
        folder
    }

    fn lines(&self, lines: &[String]) {
        self.write("journal", sitting::sealed_lines(lines));
    }

    /// What the script says last, `ok` or not; `None` where there is no Python.
    fn check(&self, files: &[&str]) -> Option<Result<String, String>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples/journal_check.py");
        let output = match Command::new("python3").arg(script).args(files).current_dir(&self.0).output() {
            Ok(output) => output,
            Err(error) => {
                skip(&format!("python3 does not start ({error}): docs/examples/journal_check.py was not run"));
                return None;
            }
        };
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.stderr.is_empty(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        let last = said.lines().last().unwrap_or_default();
        match (last.strip_prefix("ok     "), last.strip_prefix("FAILED ")) {
            (Some(sentence), None) if output.status.success() => Some(Ok(sentence.into())),
            (None, Some(sentence)) if !output.status.success() => Some(Err(sentence.into())),
            _ => panic!("{said}"),
        }
    }
}

const ALL: [&str; 4] = ["package", "journal", "receipt.json", "acknowledgement.json"];

/// A sitting on two devices.
fn desk() -> Desk {
    let grant = sitting::Grant::of_code(&secrets(MINE).moving(1));
    let moved = sitting::Event::Moved { device: device(4), grant };
    let mut desk = Desk::opened(MINE).and(answered("q01", &["a"])).checkpoint().and(moved);
    desk.key = 4;
    desk.checkpoint().and(answered("q02", &["b"])).and(answered("q03", &["c"])).checkpoint().and(submitted())
}

#[test]
fn python_agrees_with_an_honest_journal() {
    let folder = Folder::of("honest", &desk());
    let Some(said) = folder.check(&ALL) else { return };
    assert!(said.unwrap().ends_with("names this journal"));
    assert_eq!(
        folder.check(&["package", "journal"]).unwrap().unwrap(),
        "journal: 10 lines, 3 checkpoints, handed in: yes"
    );
    // An earlier receipt is one of this journal as far as it goes.
    let earlier = Receipt::of(Desk::opened(MINE).and(answered("q01", &["a"])).header());
    folder.write("receipt.json", signing::jcs::to_string(&earlier).unwrap());
    assert!(folder.check(&ALL).unwrap().is_ok());
}

#[test]
fn python_names_what_was_tampered_with() {
    let desk = desk();
    let tampered = |name: &str, change: &dyn Fn(&Folder, Vec<String>)| {
        let folder = Folder::of(name, &desk);
        change(&folder, desk.lines());
        folder.check(&ALL).map(Result::unwrap_err)
    };
    let lines = |name: &str, change: &dyn Fn(&mut Vec<String>)| {
        tampered(name, &|folder, mut lines| {
            change(&mut lines);
            folder.lines(&lines);
        })
    };
    let Some(said) = lines("deleted", &|lines| drop(lines.remove(2))) else { return };
    assert_eq!(said, "line 3 has the next number");
    let said = |name, change: &dyn Fn(&mut Vec<String>)| lines(name, change).unwrap();
    assert_eq!(said("swapped", &|lines| lines.swap(6, 7)), "line 7 has the next number");
    let flip = |lines: &mut Vec<String>| lines[2] = lines[2].replace(r#"["a"]"#, r#"["b"]"#);
    assert_eq!(said("changed", &flip), "line 4 names the hash of the line before it");
    let chained = |lines: &mut Vec<String>| {
        flip(lines);
        lines[3] = lines[3].replace(&crate::fixture::hash(&desk.lines()[2]), &crate::fixture::hash(&lines[2]));
    };
    assert_eq!(said("chained", &chained), "line 4 is signed by the device over the lines before it");
    let spaced = |lines: &mut Vec<String>| lines[1] = lines[1].replace(r#""v":1"#, r#""v": 1"#);
    assert_eq!(said("spaced", &spaced), "line 2 is canonical JSON of at most 4,096 bytes");
    let ended = |lines: &mut Vec<String>| lines.push(lines[9].replace(r#""seq":10"#, r#""seq":11"#));
    assert!(said("ended", &ended).starts_with("line 11"));
    assert!(said("rubbish", &|lines| lines[4] = "{".into()).contains("it can be read"));
    let first = |lines: &mut Vec<String>| lines[0] = lines[0].replace("\"released\"", "\"resumed\"");
    assert_eq!(said("first", &first), "line 1 is `released` if it is the first, and only then");
    assert!(said("cut", &|lines| lines.truncate(9)).ends_with("the journal has as many lines"));
    let last = |lines: &mut Vec<String>| lines[9] = lines[9].replace("candidate", "time_up");
    assert!(said("last", &last).ends_with("names this journal"));

    let file = |name: &str, file: &'static str, from: &'static str, to: &'static str| {
        let said = tampered(name, &|folder: &Folder, _| {
            let bytes = fs::read(folder.0.join(file)).unwrap();
            let line = bytes.iter().position(|&b| b == b'\n').unwrap_or(bytes.len());
            let text = String::from_utf8(bytes[..line].to_vec()).unwrap();
            assert!(text.contains(from), "{from}");
            folder.write(file, [text.replace(from, to).as_bytes(), &bytes[line..]].concat());
        });
        said.unwrap()
    };
    assert!(file("manifest", "package", r#""duration_ms":3600000"#, r#""duration_ms":3600001"#).contains("signed by"));
    assert!(file("receipt", "receipt.json", r#""count":10"#, r#""count":9"#).ends_with("signed"));
    assert!(file("word", "acknowledgement.json", r#""submitted":true"#, r#""submitted":false"#).ends_with("signed"));
    let other = tampered("other", &|folder, _| folder.write("package", package(OTHERS).write().unwrap()));
    assert_eq!(other.unwrap(), "line 1 names the hash of the line before it");
}

/// Without the payload nobody can tell whether line 1 proves anything; with it, the script does as the server does.
#[test]
fn python_checks_with_what_was_sealed_that_the_package_was_opened() {
    const FILES: [&str; 3] = ["package", "journal", "payload.json"];
    let check = |name: &str, desk: &Desk, payload: &Payload| {
        let folder = Folder::of(name, desk);
        folder.write("payload.json", payload.write().unwrap());
        assert!(folder.check(&ALL)?.is_ok());
        folder.check(&FILES)
    };
    let mine = payload(MINE);
    let Some(said) = check("opened", &desk(), &mine) else { return };
    assert!(said.unwrap().ends_with("line 1 proves that the package was opened"));
    let fails = |name: &str, desk: &Desk, payload: &Payload| check(name, desk, payload).unwrap().unwrap_err();
    assert!(fails("other-payload", &desk(), &payload(OTHERS)).ends_with("of this attempt"));
    let form = item::Form { items: Vec::new(), ..mine.form.clone() };
    assert!(fails("other-form", &desk(), &Payload { form, ..mine.clone() }).ends_with("of this attempt"));
    let longer = Payload { extra_ms: 20 * MINUTE, ..mine.clone() };
    assert!(fails("other-time", &desk(), &longer).ends_with("that were approved"));
    let guessed = Payload { opening: "0".repeat(32), ..mine.clone() };
    assert!(fails("guessed", &desk(), &guessed).ends_with("line 1 proves that the package was opened"));

    // A line 1 that was seen elsewhere, under a key of one's own.
    let sitting::Event::Released { proof, .. } = released(MINE, 3) else { unreachable!() };
    let mut stolen = released(MINE, 9);
    if let sitting::Event::Released { proof: claimed, .. } = &mut stolen {
        *claimed = proof;
    }
    let stranger = Desk { key: 9, ..Desk::new(MINE) }.and(stolen).checkpoint();
    assert!(fails("stranger", &stranger, &mine).ends_with("line 1 proves that the package was opened"));

    let folder = Folder::of("no-proof", &desk());
    let mut lines = desk().lines();
    lines[0] = lines[0].replace(r#""proof":""#, r#""proof":"A"#);
    folder.lines(&lines);
    assert_eq!(folder.check(&FILES).unwrap().unwrap_err(), "line 1 has a proof of 64 hexadecimal digits");
}
