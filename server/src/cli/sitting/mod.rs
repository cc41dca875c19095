//! `invigil sitting`.

mod check;
mod collect;
mod forms;
mod proctor;
mod publish;
mod seal;
mod seb;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use question_bank::HashedBank;
use storage::{AttemptRecord, SittingRecord};

use super::{Fault, Places, output, passphrase, serve::runtime};
use crate::{
    bank_files,
    clock::SystemClock,
    engine::{Engine, Place},
    toml_fault,
};

/// Sittings.
#[derive(Subcommand)]
pub(super) enum Sitting {
    /// Draw and seal every candidate's form, and print the codes and the commitment
    Schedule(Schedule),
    /// Draw and seal reserve forms for everybody of a sitting, under codes of their own
    Reserve(Reserve),
    /// Write the sealed packages, one a candidate, and what is published before the sitting
    Seal(seal::Seal),
    /// Print the room's release code; with an admission code also what opens that candidate's package with the stock age tool
    ReleaseKey(seal::ReleaseKey),
    /// Print the proctor's sheet: for each candidate the codes for extra time, pauses, moves, the end, and challenges
    Grants(proctor::Grants),
    /// Give extra time, a pause or the end to one candidate, signed; an open page takes it up, or it can be read in as a QR code
    Grant(proctor::Grant),
    /// Print a fresh challenge for a check-in
    Challenge(proctor::Challenge),
    /// Record the head that a candidate showed for a challenge; exit code 3 if it contradicts the journal held
    CheckIn(proctor::CheckIn),
    /// Require Safe Exam Browser at a sitting and write the .seb file that opens it; with --any, let any browser in again
    Seb(seb::Seb),
    /// Take response files in: each any number of times, in any order
    Collect(collect::Collect),
    /// List sittings and where their attempts stand
    List(List),
    /// Check receipt, acknowledgement, response file and package, each alone and all against each other
    Check(check::Check),
    /// Write what outsiders need to check the draws; secrets only once the sitting is over
    Publish(publish::Publish),
    /// Let a started attempt go on on another device, with the journal held here
    Release(Release),
    /// Decide on an attempt that was referred to a person
    Decide(Decide),
    /// Decide on an attempt whose candidate never handed in, with the answers that are held
    Score(Score),
}

#[derive(Args)]
pub(super) struct Schedule {
    #[command(flatten)]
    places: Places,
    /// The roster: a TOML file with one [[place]] a candidate (candidate, name, last_name, attempt, first_attempt,
    /// extra_minutes, break_minutes)
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// The sitting's title
    #[arg(long)]
    title: String,
    /// From when it may be started (RFC 3339)
    #[arg(long, value_name = "TIME")]
    opens: DateTime<Utc>,
    /// Until when
    #[arg(long, value_name = "TIME")]
    closes: DateTime<Utc>,
    /// The open book that candidates may open in the exam; for open-book schemes only
    #[arg(long, value_name = "DIR")]
    open_book: Option<PathBuf>,
    /// The set of parallel forms (forms.json of «invigil form assemble») that candidates draw from; for schemes that draw by
    /// «invigil-draw-3» only
    #[arg(long, value_name = "FILE")]
    forms: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Reserve {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Roster {
    place: Vec<Place>,
}

#[derive(Args)]
pub(super) struct List {
    #[command(flatten)]
    places: Places,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Score {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
}

#[derive(Args)]
pub(super) struct Decide {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
    /// What was decided
    #[arg(long)]
    outcome: Verdict,
    /// Who decides; it must be somebody who neither trained nor examined the candidate (ISO/IEC 17024, 9.4)
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Verdict {
    Pass,
    Fail,
}

#[derive(Args)]
pub(super) struct Release {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
}

impl Sitting {
    pub(super) fn run(self) -> Result<(), Fault> {
        match self {
            Self::Schedule(schedule) => schedule.run(),
            Self::Reserve(reserve) => reserve.run(),
            Self::Seal(seal) => seal.run(),
            Self::ReleaseKey(key) => key.run(),
            Self::Grants(grants) => grants.run(),
            Self::Grant(grant) => grant.run(),
            Self::Challenge(challenge) => challenge.run(),
            Self::CheckIn(check_in) => check_in.run(),
            Self::Seb(seb) => seb.run(),
            Self::Collect(collect) => collect.run(),
            Self::Check(check) => check.run(),
            Self::List(list) => list.run(),
            Self::Publish(publish) => publish.run(),
            Self::Release(release) => release.run(),
            Self::Decide(decide) => decide.run(),
            Self::Score(score) => score.run(),
        }
    }
}

/// An engine over a data directory, for what needs no bank: a fault in a file that is being edited must not hold up an exam.
pub(super) fn engine(places: &Places) -> Result<Engine, Fault> {
    Ok(Engine::new(passphrase::open(&places.data)?, None, Arc::new(SystemClock))?)
}

/// An engine that draws from a bank.
fn drawing_engine(places: &Places) -> Result<Engine, Fault> {
    let data = passphrase::open(&places.data)?;
    let bank = bank_files::hashed(&places.bank, &data.bank_secret)?;
    Ok(Engine::new(data, bank, Arc::new(SystemClock))?)
}

/// A sitting and its roster.
async fn sitting_and_roster(engine: &Engine, id: &str) -> Result<(SittingRecord, Vec<AttemptRecord>), Fault> {
    let gone = || Fault::new(format!("there is no sitting {id}"));
    let sitting = engine.store.sitting(&engine.tenant, id).await?.ok_or_else(gone)?;
    Ok((sitting, engine.store.roster(&engine.tenant, id).await?))
}

/// Writes a file of a folder.
fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> Result<(), Fault> {
    let file = folder.join(name);
    std::fs::write(&file, content).map_err(|error| Fault::new(format!("{}: {error}", file.display())))
}

impl Schedule {
    fn run(self) -> Result<(), Fault> {
        let fault = |what: String| Fault::new(format!("{}: {what}", self.roster.display()));
        let text = std::fs::read_to_string(&self.roster).map_err(|error| fault(error.to_string()))?;
        let roster: Roster = toml::from_str(&text).map_err(|error| fault(toml_fault::in_a_line(&text, &error)))?;
        let engine = drawing_engine(&self.places)?;
        let book = self.open_book.as_deref().map(bank_files::sound_open_book).transpose()?;
        let open = engine.bank.as_ref().is_some_and(|bank| bank.scheme().exam.open_book.value);
        if book.is_some() && !open {
            let what = "the bank's scheme is closed book (exam.open_book): schedule without --open-book";
            return Err(Fault::new(what));
        }
        let forms = forms::given(self.forms.as_deref(), engine.bank.as_ref().map(HashedBank::scheme))?;
        let engine = engine.with_open_book(book.as_ref())?;
        let (title, opens, closes, places) = (&self.title, self.opens, self.closes, &roster.place);
        let scheduled = match &forms {
            None => runtime()?.block_on(engine.schedule(title, opens, closes, places)),
            Some(forms) => runtime()?.block_on(engine.schedule_from(title, opens, closes, places, forms)),
        };
        output::json(&scheduled?)
    }
}

impl Reserve {
    fn run(self) -> Result<(), Fault> {
        let engine = drawing_engine(&self.places)?;
        output::json(&runtime()?.block_on(engine.reserve(&self.sitting))?)
    }
}

impl List {
    fn run(self) -> Result<(), Fault> {
        let rows = runtime()?.block_on(engine(&self.places)?.overview()).map_err(Fault::of)?;
        if self.json {
            return output::json(&rows);
        }
        for sitting in rows {
            output::line(format!("{}  {} to {}  {}", sitting.id, sitting.opens_at, sitting.closes_at, sitting.title));
            for attempt in sitting.attempts {
                let score = attempt.raw_score.map(|raw| format!(", {raw} correct")).unwrap_or_default();
                let outcome = attempt.outcome.map(|outcome| format!(", {outcome:?}")).unwrap_or_default();
                let lines = attempt.journal_count;
                let (id, name, state) = (attempt.attempt, attempt.candidate, attempt.state);
                output::line(format!("  {id}  {name}: {state:?}, {lines} journal lines{score}{outcome}"));
            }
        }
        Ok(())
    }
}

impl Release {
    fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        runtime()?.block_on(engine.release_device(&self.attempt)).map_err(Fault::of)?;
        output::line("released: the candidate's code opens the attempt on the next device");
        Ok(())
    }
}

impl Decide {
    fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let passed = self.outcome == Verdict::Pass;
        let decided = engine.resolve(&self.attempt, passed, &self.by, &self.because);
        let decided = runtime()?.block_on(decided).map_err(Fault::of)?;
        output::json(&serde_json::from_str::<serde_json::Value>(&decided.record)?)
    }
}

impl Score {
    fn run(self) -> Result<(), Fault> {
        let decided = runtime()?.block_on(engine(&self.places)?.close(&self.attempt)).map_err(Fault::of)?;
        output::json(&serde_json::from_str::<serde_json::Value>(&decided.record)?)
    }
}
