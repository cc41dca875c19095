//! From files to a bank. The caller reads the folder; nothing here touches a disk.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    across, angoff,
    finding::{Code, Finding},
    images::Images,
    model::Bank,
    read::{self, Context},
    source::Source,
    syllabus,
};
use crate::{LintConfig, Scheme, lifecycle};

/// The most files that are read.
pub const MAX_FILES: usize = 20_000;
/// The longest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 256 * 1024;

/// One file of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path within the bank's folder, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub content: Vec<u8>,
}

impl SourceFile {
    /// A file.
    pub fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), content: content.into() }
    }
}

impl Bank {
    /// Reads a bank: `scheme.toml`, `lint.toml`, `items/*.toml`, `scenarios/*.toml`, the images that they show, `images/*`,
    /// `angoff/*.toml`, `history/*.jsonl`. Every fault of every file is listed, by file and
    /// line; a file with one that [blocks its use](Finding::blocks_use) is left out of the bank. `today` (UTC) decides
    /// which review dates have passed.
    pub fn load(files: &[SourceFile], today: NaiveDate) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut files: Vec<&SourceFile> = files.iter().collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        // Before anything is left out: without the scheme, every domain would be a fault.
        let scheme = load_scheme(&files, &mut findings);
        if files.len() > MAX_FILES {
            let message = format!("the bank has {} files", files.len());
            let help = format!("at most {MAX_FILES} are read; is this the right folder?");
            report(".", &mut findings, |source| source.report(0, Code::TooManyFiles, message, help));
            files.truncate(MAX_FILES);
        }
        let mut images = Images::default();
        for file in files.iter().filter(|file| Images::is_one(&file.path)) {
            report(&file.path, &mut findings, |source| images.read(file, source));
        }

        let domains: Option<BTreeSet<&str>> =
            scheme.as_ref().map(|scheme| scheme.domains.iter().map(|domain| domain.id.as_str()).collect());
        let context = Context {
            today,
            domains,
            options: scheme.as_ref().map(|scheme| scheme.exam.options.value),
            partial_credit: scheme.as_ref().is_none_or(Scheme::gives_partial_credit),
        };

        let mut lint = LintConfig::default();
        if let Some(file) = files.iter().find(|file| file.path == LintConfig::FILE) {
            with_text(file, &images, &mut findings, |source| lint = read::lint_file(source).unwrap_or_default());
        }
        let mut read = read::Read::default();
        let mut estimates = angoff::Estimates::new();
        let at_root = ["scheme.toml", LintConfig::FILE, syllabus::FILE];
        for file in files.iter().filter(|file| !at_root.contains(&file.path.as_str())) {
            match Folder::of(&file.path) {
                Some(folder) => with_text(file, &images, &mut findings, |source| match folder {
                    Folder::Items => read::item_file(source, &context, &mut read),
                    Folder::Scenarios => read::scenario_file(source, &context, &mut read),
                    Folder::Angoff => angoff::file(source, &mut estimates),
                }),
                None if file.path.ends_with(".toml") => {
                    report(&file.path, &mut findings, |source| {
                        let help = "move it to items/, scenarios/ or angoff/, or remove it";
                        source.report(0, Code::UnexpectedFile, "no file of a bank belongs here", help);
                    });
                }
                None => {}
            }
        }
        let declared: BTreeSet<String> = read.declared.iter().map(|(id, _)| id.clone()).collect();
        let mut bank = across::join(scheme, read, &mut findings);
        if let Some(file) = files.iter().find(|file| file.path == syllabus::FILE) {
            with_text(file, &images, &mut findings, |source| {
                bank.syllabus = syllabus::file(source);
                syllabus::check(source, &bank.syllabus, &declared);
            });
        }
        bank.difficulties = angoff::means(estimates);
        bank.lint = lint;
        let histories = files.iter().filter_map(|file| Some((lifecycle::item_of_path(&file.path)?, *file)));
        bank.images = images.into_data();
        lifecycle::check(&mut bank, &declared, histories, &mut findings);
        findings.sort();
        (bank, findings)
    }
}

#[derive(Clone, Copy)]
enum Folder {
    Items,
    Scenarios,
    Angoff,
}

impl Folder {
    fn of(path: &str) -> Option<Self> {
        let (folder, name) = path.split_once('/')?;
        if name.contains('/') || !name.ends_with(".toml") {
            return None;
        }
        match folder {
            "items" => Some(Self::Items),
            "scenarios" => Some(Self::Scenarios),
            "angoff" => Some(Self::Angoff),
            _ => None,
        }
    }
}

fn load_scheme(files: &[&SourceFile], findings: &mut Vec<Finding>) -> Option<Scheme> {
    let mut scheme = None;
    match files.iter().find(|file| file.path == "scheme.toml") {
        Some(file) => with_text(file, &Images::default(), findings, |source| scheme = read::scheme_file(source)),
        None => report("scheme.toml", findings, |source| {
            let help = "every bank needs its blueprint and rules there";
            source.report(0, Code::SchemeMissing, "the bank has no scheme.toml", help);
        }),
    }
    scheme
}

/// Hands a file on if its bytes are the kind of text that can be read at all.
pub(super) fn with_text(
    file: &SourceFile,
    images: &Images,
    findings: &mut Vec<Finding>,
    read: impl FnOnce(&Source<'_>),
) {
    if file.content.len() > MAX_FILE_BYTES {
        let message = format!("the file has {} bytes", file.content.len());
        let help = format!("at most {MAX_FILE_BYTES} are read; one file holds one item or one scenario set");
        return report(&file.path, findings, |source| source.report(0, Code::FileTooLarge, message, help));
    }
    match std::str::from_utf8(&file.content) {
        Ok(text) => Source::collect(&file.path, text, images, findings, |source| {
            if let Some(at) = text.find('\r') {
                let help = "save the file with LF line ends: its texts are hashed";
                source.report(at, Code::LineEnds, "the line ends with a carriage return", help);
            }
            read(source);
        }),
        Err(error) => {
            let good = String::from_utf8_lossy(&file.content[..error.valid_up_to()]).into_owned();
            Source::collect(&file.path, &good, images, findings, |source| {
                source.report(good.len(), Code::NotUtf8, "the file is not UTF-8 from here on", "save it as UTF-8");
            });
        }
    }
}

/// Reports on a file whose text is not looked at.
pub(super) fn report(path: &str, findings: &mut Vec<Finding>, report: impl FnOnce(&Source<'_>)) {
    Source::collect(path, "", &Images::default(), findings, report);
}

impl Source<'_> {
    fn collect(path: &str, text: &str, images: &Images, findings: &mut Vec<Finding>, read: impl FnOnce(&Source<'_>)) {
        let source = Source::new(path, text, images);
        read(&source);
        findings.extend(source.into_findings());
    }
}
