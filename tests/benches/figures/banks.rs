//! How fast banks of 5,000 items are taken in and looked at, by the command line as it is used.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use qti::package::{self, Package, Packaged};

/// Items of the banks that are measured.
const ITEMS: usize = 5_000;

pub(crate) fn measure(row: fn(&str, &str, &str), content: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("many.zip");
    fs::write(&archive, many(&exported(content, folder.path()))).unwrap();
    let seconds = timed(&["bank", "import", archive.to_str().unwrap(), "--json"]);
    let note = "a QTI package of 5,000 items, each read, its key found and checked as a draft, from start to exit; aim 5,000/s";
    row("QTI items imported", &format!("{:.0}/s", ITEMS as f64 / seconds), note);

    let bank = folder.path().join("bank");
    write_many(content, &bank);
    let seconds = timed(&["bank", "lint", "--bank", bank.to_str().unwrap(), "--json"]);
    row("lint of 5,000 items", &format!("{seconds:.1} s"), "every rule and all near-duplicates, from start to exit");
}

/// How long the command takes; what it finds is not the question.
fn timed(arguments: &[&str]) -> f64 {
    let start = Instant::now();
    let status = invigil().args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.code().is_some(), "{arguments:?} was killed");
    start.elapsed().as_secs_f64()
}

fn invigil() -> Command {
    Command::new(std::env::var_os("INVIGIL_BIN").map_or_else(|| PathBuf::from("invigil"), PathBuf::from))
}

fn exported(content: &Path, folder: &Path) -> Package {
    let archive = folder.join("bank.zip");
    let status = invigil().args(["bank", "export", "--bank"]).arg(content).arg("--qti").arg(&archive).output().unwrap();
    assert!(status.status.success(), "{status:?}");
    package::read("bank.zip", fs::File::open(&archive).unwrap()).unwrap().into_package()
}

/// The items of a package over and over, as other systems would have written them.
fn many(package: &Package) -> Vec<u8> {
    let alone: Vec<_> = package.items.iter().filter(|item| item.content.stimuli.is_empty()).collect();
    let items = alone.iter().cycle().take(ITEMS).enumerate().map(|(number, item)| {
        let mut content = item.content.clone();
        content.identifier = format!("item-{number}");
        Packaged { resource: format!("item-{number}"), file: format!("items/item-{number}.xml"), content }
    });
    package::write(&Package { identifier: "many".to_owned(), items: items.collect(), ..Package::default() }).unwrap()
}

/// The stand-alone items of a bank over and over, each copy in words of its own.
fn write_many(content: &Path, bank: &Path) {
    fs::create_dir_all(bank.join("items")).unwrap();
    for name in ["scheme.toml", "lint.toml"] {
        fs::copy(content.join(name), bank.join(name)).unwrap();
    }
    let mut files: Vec<PathBuf> =
        fs::read_dir(content.join("items")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for (number, path) in files.iter().cycle().take(ITEMS).enumerate() {
        let text = fs::read_to_string(path).unwrap();
        let (old, id) = (path.file_stem().unwrap().to_str().unwrap(), format!("item-{number}"));
        let copy = number / files.len();
        let lines = text.lines().filter(|line| !line.starts_with("enemies") && !line.starts_with("clone_of"));
        let lines =
            lines.map(|line| if is_content(line) { in_other_words(line, copy) } else { line.replace(old, &id) });
        fs::write(bank.join(format!("items/{id}.toml")), lines.collect::<Vec<_>>().join("\n") + "\n").unwrap();
    }
}

/// A line of a stem, or the text of an option.
fn is_content(line: &str) -> bool {
    !line.contains(" = ") && !line.starts_with(['[', '#', '"', ' ']) || line.starts_with("text = ")
}

/// The words of a line with the number of the copy after each longer one.
fn in_other_words(line: &str, copy: usize) -> String {
    let word = |word: &str| {
        let is_plain = word.len() > 3 && word.chars().all(|character| character.is_ascii_lowercase());
        if is_plain {
            format!("{word}{}", char::from(b'a' + u8::try_from(copy % 26).unwrap()))
        } else {
            word.to_owned()
        }
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
