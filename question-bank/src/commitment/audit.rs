//! Re-deriving every draw of a sitting from what was published, as named steps.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Commitment, Reveal, RosterEntry,
    procedure::{Draw1, Draw2, Draw3, Procedure},
    roster_root,
};
use crate::{Blueprint, CandidateSecret, Draw, Pool, canonical::digest, draw2, draw3};

/// One step of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditStep {
    /// Its name: `format`, `procedure`, `roster`, `root`, `pool`, `blueprint`, `exclusions`, `feasible`; for each
    /// candidate `revealed`, `secret`, `draw`, and but for `invigil-draw-1` `rules`.
    pub step: &'static str,
    /// The candidate it is about, if it is about one.
    pub pseudonym: Option<String>,
    /// How it came out.
    pub outcome: Outcome,
    /// What was found, in a sentence.
    pub detail: String,
}

/// How a step came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds.
    Passed,
    /// It does not hold.
    Failed,
    /// What it needs was not there; that is no fault by itself.
    NotChecked,
}

/// Checks a commitment against the published pool list, blueprint and secrets, and derives every draw anew. `issued`
/// holds the draws that the exam body says it issued, by pseudonym; those that are given are compared.
///
/// Nothing failed if no step is [`Outcome::Failed`]; everything was checked if all are [`Outcome::Passed`].
pub fn audit(
    commitment: &Commitment,
    pool: &Pool,
    blueprint: &Blueprint,
    reveals: &[Reveal],
    issued: &BTreeMap<String, Draw>,
) -> Vec<AuditStep> {
    audit_by::<Draw1>(commitment, pool, blueprint, reveals, issued)
}

/// The same for draws by `invigil-draw-2`. A step `rules` checks each issued draw against the blueprint, apart from the
/// procedure.
pub fn audit2(
    commitment: &Commitment,
    pool: &draw2::Pool,
    blueprint: &draw2::Blueprint,
    reveals: &[Reveal],
    issued: &BTreeMap<String, draw2::Draw>,
) -> Vec<AuditStep> {
    audit_by::<Draw2>(commitment, pool, blueprint, reveals, issued)
}

/// The same for draws by `invigil-draw-3`. The step `rules` also tells whether an issued draw has the items of the form that
/// it names.
pub fn audit3(
    commitment: &Commitment,
    pool: &draw3::Pool,
    blueprint: &draw2::Blueprint,
    reveals: &[Reveal],
    issued: &BTreeMap<String, draw3::Draw>,
) -> Vec<AuditStep> {
    audit_by::<Draw3>(commitment, pool, blueprint, reveals, issued)
}

fn audit_by<P: Procedure>(
    commitment: &Commitment,
    pool: &P::Pool,
    blueprint: &P::Blueprint,
    reveals: &[Reveal],
    issued: &BTreeMap<String, P::Draw>,
) -> Vec<AuditStep> {
    let mut report = Report::default();
    let known = commitment.format == Commitment::FORMAT && commitment.version == P::COMMITMENT;
    report.check("format", known, "the document is a draw commitment of a known version");
    report.check("procedure", commitment.procedure == P::NAME, &format!("draws are made by {}", P::NAME));
    let pseudonyms: Vec<&str> = commitment.roster.iter().map(|entry| entry.pseudonym.as_str()).collect();
    report.check("roster", pseudonyms.is_sorted_by(|a, b| a < b), "every pseudonym stands once, in ascending order");
    report.check("root", roster_root(&commitment.roster) == commitment.root, "the root covers exactly this roster");
    report.check("pool", digest(pool) == commitment.pool_digest, "the pool list is the one committed to");
    let same_blueprint = digest(blueprint) == commitment.blueprint_digest;
    report.check("blueprint", same_blueprint, "the blueprint is the one committed to");
    let in_pool = P::items(pool);
    let exclusions_hold = commitment.exclusions.is_sorted_by(|a, b| a < b)
        && commitment.exclusions.iter().all(|item| in_pool.contains(item.as_str()));
    report.check("exclusions", exclusions_hold, "every excluded item stands once, in ascending order, and in the pool");

    let exclusions: BTreeSet<String> = commitment.exclusions.iter().cloned().collect();
    let drawer = P::drawer(pool, &exclusions, blueprint);
    match &drawer {
        Ok(_) => report.check("feasible", true, "the pool can meet the blueprint"),
        Err(error) => report.check("feasible", false, error),
    }
    let roster: BTreeMap<&str, &RosterEntry> =
        commitment.roster.iter().map(|entry| (entry.pseudonym.as_str(), entry)).collect();
    for reveal in reveals {
        report.reveal::<P>(reveal, roster.get(reveal.pseudonym.as_str()).copied(), drawer.as_ref().ok(), issued);
    }
    for pseudonym in pseudonyms {
        if reveals.iter().all(|reveal| reveal.pseudonym != pseudonym) {
            report.push("revealed", Some(pseudonym), Outcome::NotChecked, "the secret has not been revealed");
        }
    }
    for pseudonym in issued.keys().filter(|pseudonym| !roster.contains_key(pseudonym.as_str())) {
        report.push(
            "draw",
            Some(pseudonym),
            Outcome::Failed,
            "a draw was issued to a candidate who is not on the roster",
        );
    }
    report.0
}

#[derive(Default)]
struct Report(Vec<AuditStep>);

impl Report {
    fn push(&mut self, step: &'static str, pseudonym: Option<&str>, outcome: Outcome, detail: &str) {
        let pseudonym = pseudonym.map(str::to_owned);
        self.0.push(AuditStep { step, pseudonym, outcome, detail: detail.to_owned() });
    }

    fn check(&mut self, step: &'static str, holds: bool, detail: &str) {
        self.push(step, None, if holds { Outcome::Passed } else { Outcome::Failed }, detail);
    }

    fn reveal<P: Procedure>(
        &mut self,
        reveal: &Reveal,
        entry: Option<&RosterEntry>,
        drawer: Option<&P::Drawer>,
        issued: &BTreeMap<String, P::Draw>,
    ) {
        let who = Some(reveal.pseudonym.as_str());
        let known = reveal.format == Reveal::FORMAT && reveal.version == P::REVEAL;
        let Some(entry) = entry.filter(|_| known) else {
            return self.push("revealed", who, Outcome::Failed, "not a reveal of a candidate on the roster");
        };
        self.push("revealed", who, Outcome::Passed, "the secret has been revealed");
        let secret = match CandidateSecret::from_hex(&reveal.secret) {
            Ok(secret) if P::entry(reveal, &secret) == *entry => secret,
            Ok(_) => return self.push("secret", who, Outcome::Failed, "the secret is not the one committed to"),
            Err(error) => return self.push("secret", who, Outcome::Failed, &error.to_string()),
        };
        self.push("secret", who, Outcome::Passed, "the secret is the one committed to");
        let Some(drawer) = drawer else {
            return self.push("draw", who, Outcome::NotChecked, "the pool cannot meet the blueprint");
        };
        let issued = issued.get(&reveal.pseudonym);
        match (P::draw(drawer, &secret, reveal), issued) {
            (Ok(derived), Some(issued)) if derived == *issued => {
                let detail = format!("the issued draw is the one that follows: {}", P::digest(&derived));
                self.push("draw", who, Outcome::Passed, &detail);
            }
            (Ok(derived), Some(issued)) => {
                let detail =
                    format!("the draw that follows is {}, issued was {}", P::digest(&derived), P::digest(issued));
                self.push("draw", who, Outcome::Failed, &detail);
            }
            (Ok(derived), None) => {
                let detail = format!("the draw that follows is {}; none was given to compare", P::digest(&derived));
                self.push("draw", who, Outcome::NotChecked, &detail);
            }
            (Err(error), _) => self.push("draw", who, Outcome::Failed, &error),
        }
        match issued.and_then(|issued| P::violations(drawer, reveal, issued)) {
            None => {}
            Some(broken) if broken.is_empty() => {
                self.push("rules", who, Outcome::Passed, "the issued draw breaks no rule of the blueprint");
            }
            Some(broken) => self.push("rules", who, Outcome::Failed, &broken.join("; ")),
        }
    }
}
