//! `invigil sitting grants`, `grant`, `challenge` and `check-in`: the proctor's tools.

use chrono::{DateTime, Utc};
use clap::Args;
use signing::code::Code128;
use sitting::Allows;
use storage::{AnchorTaken, Outcome};

use super::{Fault, Places, engine, output, runtime, sitting_and_roster};
use crate::{
    clock::from_ms,
    engine::{CheckedIn, HeadFit, Sheet},
};

/// The exit code of a check-in that was recorded and contradicts the journal held.
const CONTRADICTED: u8 = 3;

#[derive(Args)]
pub(in crate::cli) struct Grants {
    #[command(flatten)]
    places: Places,
    /// The sitting
    #[arg(long)]
    sitting: String,
    /// One attempt of it only
    #[arg(long)]
    attempt: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(in crate::cli) struct Grant {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
    #[command(flatten)]
    allows: What,
    /// Why
    #[arg(long)]
    reason: String,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
struct What {
    /// So many more minutes
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// Stop the clock until the candidate goes on
    #[arg(long)]
    pause: bool,
    /// End the sitting now
    #[arg(long)]
    end: bool,
}

#[derive(Args)]
pub(in crate::cli) struct Challenge {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
}

#[derive(Args)]
pub(in crate::cli) struct CheckIn {
    #[command(flatten)]
    places: Places,
    /// The attempt
    #[arg(long)]
    attempt: String,
    /// The challenge that was given out
    #[arg(long, value_name = "CODE")]
    challenge: String,
    /// The head that the page showed
    #[arg(long, value_name = "CODE")]
    head: String,
    /// The number of lines that the page showed
    #[arg(long, value_name = "N")]
    lines: u64,
    /// When it was written down (RFC 3339); now if left out
    #[arg(long, value_name = "TIME")]
    at: Option<DateTime<Utc>>,
    /// Who wrote it down
    #[arg(long, value_name = "NAME")]
    by: String,
}

impl Grants {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        let runtime = runtime()?;
        let (_, roster) = runtime.block_on(sitting_and_roster(&engine, &self.sitting))?;
        let wanted = |id: &str| self.attempt.as_deref().is_none_or(|attempt| attempt == id);
        let mut sheets = Vec::new();
        for attempt in roster.iter().map(|attempt| attempt.scheduled.id.as_str()).filter(|id| wanted(id)) {
            sheets.push(runtime.block_on(engine.sheet(attempt)).map_err(Fault::of)?);
        }
        if sheets.is_empty() {
            return Err(Fault::new("no attempt of this sitting was named"));
        }
        if self.json {
            return output::json(&sheets);
        }
        sheets.iter().for_each(print);
        Ok(())
    }
}

fn print(sheet: &Sheet) {
    output::line(format!("{}   {}", sheet.candidate, sheet.attempt));
    for (minutes, code) in &sheet.extra_time {
        output::line(format!("  {minutes:>3} extra minutes in all   {code}"));
    }
    let lists = [("pause", &sheet.pauses), ("move to another device", &sheet.moves), ("challenge", &sheet.challenges)];
    for (what, codes) in lists {
        for (number, code) in (1..).zip(codes) {
            output::line(format!("  {what} {number}   {code}"));
        }
    }
    output::line(format!("  end   {}\n", sheet.end));
}

impl Grant {
    pub(super) fn run(self) -> Result<(), Fault> {
        let allows = match (self.allows.minutes, self.allows.pause) {
            (Some(minutes), _) => Allows::ExtraTime { minutes },
            (None, true) => Allows::Pause { number: 0 },
            (None, false) => Allows::End,
        };
        let engine = engine(&self.places)?;
        output::json(&runtime()?.block_on(engine.grant(&self.attempt, allows, &self.reason)).map_err(Fault::of)?)
    }
}

impl Challenge {
    pub(super) fn run(self) -> Result<(), Fault> {
        let engine = engine(&self.places)?;
        output::line(runtime()?.block_on(engine.challenge(&self.attempt)).map_err(Fault::of)?.to_string());
        Ok(())
    }
}

impl CheckIn {
    pub(super) fn run(self) -> Result<(), Fault> {
        let code = |name: &str, text: &str| {
            Code128::parse(text).map_err(|error| Fault::new(format!("{name} {text:?}: {error}")))
        };
        let (challenge, head) = (code("--challenge", &self.challenge)?, code("--head", &self.head)?);
        let engine = engine(&self.places)?;
        let at_ms = self.at.unwrap_or_else(|| engine.clock.now()).timestamp_millis();
        let recorded = engine.check_in(&self.attempt, &challenge, &head, self.lines, at_ms, &self.by);
        report(&runtime()?.block_on(recorded).map_err(Fault::of)?)
    }
}

/// Says what was recorded, whether it fits the journal, and what stands as the decision.
fn report(entered: &CheckedIn) -> Result<(), Fault> {
    let AnchorTaken { count, recorded_at_ms, recorded_by, .. } = &entered.recorded;
    let when = if entered.is_new { "recorded" } else { "was recorded before, and stays" };
    let at = from_ms(*recorded_at_ms).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    output::line(format!("{when}: the head of line {count}, at {at}, by {recorded_by}"));
    let decision = match entered.outcome {
        None => "the attempt is not decided yet",
        Some(Outcome::Referred) => "the attempt is referred: a person decides (invigil sitting decide)",
        Some(Outcome::Pass) => "the attempt is decided: pass",
        Some(Outcome::Fail) => "the attempt is decided: fail",
    };
    let held = entered.held;
    match entered.fit {
        HeadFit::Fits => output::line("it fits the journal held"),
        HeadFit::NotHeldYet => {
            output::line(format!("the journal held ends at line {held}: whether it fits shows when the rest comes"));
        }
        HeadFit::Contradicts => {
            let decided = matches!(entered.outcome, Some(Outcome::Pass | Outcome::Fail));
            let stands = ". That was decided before this entry and stands, and this version has no command that changes \
                          it: tell whoever answers for decisions";
            let text = format!(
                "recorded, but it CONTRADICTS the journal held, which has {held} lines: it was cut off, or is another \
                 branch; {decision}{}",
                if decided { stands } else { "" }
            );
            return Err(Fault { text, code: CONTRADICTED });
        }
    }
    output::line(decision);
    Ok(())
}
