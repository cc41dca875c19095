//! `invigil bank export`.

use std::{
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{ArgGroup, Args};
use interchange::table::{ByteOrderMark, ItemRow, write};
use question_bank::{
    Bank,
    bank::{Cloze, ClozeEntry, Item, Task},
};

use super::{DEFAULT_BANK, Fault, named, output};
use crate::{bank_files, foreign};

#[derive(Args)]
#[command(group(ArgGroup::new("what").required(true).multiple(true).args(["csv", "qti"])))]
pub(in crate::cli) struct Export {
    /// The question bank
    #[arg(long, default_value = DEFAULT_BANK, value_name = "DIR")]
    bank: PathBuf,
    /// A table for people to write; holds keys. No file is overwritten
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// A QTI 3.0 package to write, for other systems and for «invigil bank import»; holds keys. No file is overwritten
    #[arg(long, value_name = "FILE")]
    qti: Option<PathBuf>,
    /// Begin the table with a byte order mark, which Excel needs to read UTF-8
    #[arg(long, requires = "csv")]
    excel: bool,
}

impl Export {
    pub(super) fn run(self) -> Result<(), Fault> {
        let files = bank_files::read(&self.bank)?;
        let (bank, faults) = Bank::load(&files, bank_files::today());
        if let Some(fault) = faults.iter().find(|finding| finding.blocks_use()) {
            return Err(Fault::new(format!("{}:{}: {}", fault.file, fault.line, fault.message)));
        }
        if let Some(path) = &self.csv {
            let rows: Vec<ItemRow> = bank.items.values().map(row).collect();
            let mark = if self.excel { ByteOrderMark::Written } else { ByteOrderMark::Omitted };
            create(path, bank.items.len(), |file| write(&rows, mark, file))?;
        }
        if let Some(path) = &self.qti {
            let package = foreign::package(&bank, &files).map_err(Fault::new)?;
            let archive = qti::package::write(&package);
            let archive = archive.map_err(|error| Fault::new(format!("{}: {error}", path.display())))?;
            create(path, bank.items.len(), |mut file| file.write_all(&archive))?;
        }
        Ok(())
    }
}

/// Writes a new file, on disk when it returns.
fn create(path: &Path, items: usize, write: impl Fn(&File) -> std::io::Result<()>) -> Result<(), Fault> {
    let told = |error: std::io::Error| Fault::new(format!("{}: {error}", path.display()));
    let file = File::create_new(path).map_err(told)?;
    write(&file).and_then(|()| file.sync_all()).map_err(told)?;
    output::line(format!("{items} items written to {}", path.display()));
    Ok(())
}

fn row(item: &Item) -> ItemRow {
    let (key, more_rationale) = keys(item);
    let rationale = item.options.iter().map(|option| (&option.id, &option.rationale));
    let rationale = rationale.filter(|(_, text)| !text.is_empty()).map(|(id, text)| format!("{id}. {text}"));
    let references = item.references.iter().map(|reference| {
        let (source, edition, locator) = (&reference.source, &reference.edition, &reference.locator);
        format!("{source}, {edition}, {locator}")
    });
    ItemRow {
        id: item.id.clone(),
        version: item.revision.into(),
        status: item.status.to_string(),
        domain: item.domain.clone(),
        level: named(&item.level),
        topic: item.topic.clone(),
        kind: named(&item.kind),
        language: item.lang.clone(),
        set: item.scenario.as_ref().map(|place| place.id.clone()).unwrap_or_default(),
        stem: item.stem.plain(),
        options: item.options.iter().map(|option| format!("{}. {}", option.id, option.text.plain())).collect(),
        key,
        rationale: rationale.chain(more_rationale).collect(),
        references: references.collect(),
        review_by: item.review_by().map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// What is right, an entry a line; and the rationales that options do not have.
fn keys(item: &Item) -> (Vec<String>, Vec<String>) {
    let letter = |at: usize| item.options.get(at).map(|option| option.id.clone()).unwrap_or_default();
    match &item.task {
        Task::Choice | Task::Hotspot(_) => (item.key_positions().map(letter).collect(), Vec::new()),
        Task::Order => (item.options.iter().map(|option| option.id.clone()).collect(), Vec::new()),
        Task::GapMatch(task) => {
            (task.gaps.iter().map(|(gap, at)| format!("{gap}: {}", letter(*at))).collect(), Vec::new())
        }
        Task::Match(task) => {
            let key = task.rows.iter().map(|row| {
                let columns: Vec<String> = row.key.iter().map(|at| letter(*at)).collect();
                format!("{}: {}", row.text.plain(), columns.join(", "))
            });
            let rationale = task.rows.iter().map(|row| format!("{}: {}", row.text.plain(), row.rationale));
            (key.collect(), rationale.collect())
        }
        Task::Cloze(task) => gaps(task),
        Task::ExtendedText(task) => {
            let criteria =
                task.rubric.iter().map(|criterion| format!("{} points: {}", criterion.points, criterion.text));
            (criteria.collect(), Vec::new())
        }
    }
}

fn gaps(task: &Cloze) -> (Vec<String>, Vec<String>) {
    let key = task.gaps.iter().map(|gap| {
        let right = match &gap.entry {
            ClozeEntry::Choice { options, key } => options.get(*key).cloned().unwrap_or_default(),
            ClozeEntry::Text { key, .. } => match key {
                question_bank::TextKey::Strings { accept, .. } => accept.join(" | "),
                question_bank::TextKey::Number { value, tolerance } => format!("{value} ± {tolerance}"),
            },
        };
        format!("{}: {right}", gap.name)
    });
    let rationale = task.gaps.iter().map(|gap| format!("{}: {}", gap.name, gap.rationale));
    (key.collect(), rationale.collect())
}
