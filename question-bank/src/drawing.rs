//! A sitting's forms by the procedure that the bank's scheme names: from the pool of a day to form, plan and commitment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use item::Form;

use crate::{
    AssembleError, Blueprint, CandidateSecret, Commitment, Draw, DrawError, Drawer, FormPlan, HashedBank, Pool, Reveal,
    Scheme, assemble_form,
    canonical::canonical_json,
    draw2::{self, Conflict, Earlier, Exhausted, FitError, PrepareError, Prepared, Use},
    options::{self, OptionsError},
    scheme::Procedure,
};

/// A pool, a blueprint and the bank behind them, ready to draw a sitting's forms.
pub struct Drawing<'a> {
    bank: &'a HashedBank,
    by: By,
}

enum By {
    Draw1 { pool: Pool, blueprint: Blueprint, drawer: Box<Drawer> },
    Draw2 { pool: draw2::Pool, blueprint: draw2::Blueprint, prepared: Box<Prepared> },
}

/// One candidate's form.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The draw, as canonical JSON: what is published after the sitting.
    pub draw: String,
    /// What the candidate sees.
    pub form: Form,
    /// How it is scored.
    pub plan: FormPlan,
}

/// Why forms cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawingError {
    /// By `invigil-draw-1`.
    #[error(transparent)]
    Draw1(#[from] DrawError),
    /// By `invigil-draw-2`.
    #[error(transparent)]
    Prepare(PrepareError),
    /// The pool cannot meet the blueprint; each conflict with what the scheme says about the constraint.
    #[error("the pool cannot meet the blueprint: {}", .0.join("; "))]
    Infeasible(Vec<String>),
    /// No form was found.
    #[error("{exhausted}: {conflict}")]
    Exhausted {
        /// After how many attempts.
        exhausted: Exhausted,
        /// What stands in the way.
        conflict: Conflict,
    },
    /// A form could not be put together.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// Its options could not be put in order.
    #[error(transparent)]
    Options(#[from] OptionsError),
}

impl HashedBank {
    /// Forms from the pool of a day (UTC), by the procedure that the scheme names. Where the scheme caps exposure, this fits
    /// the weights that keep it, which takes seconds.
    ///
    /// # Errors
    /// [`DrawingError`] if the pool cannot meet the blueprint.
    pub fn drawing(&self, day: NaiveDate) -> Result<Drawing<'_>, DrawingError> {
        let by = match self.scheme().procedure() {
            Procedure::Draw1 => {
                let (pool, _) = self.pool(day);
                let blueprint = self.scheme().blueprint();
                let drawer = Box::new(Drawer::new(&pool, &blueprint)?);
                By::Draw1 { pool, blueprint, drawer }
            }
            Procedure::Draw2 => {
                let blueprint = self.scheme().blueprint2();
                let pool = draw2::fit(&self.pool2(day).0, &blueprint).map_err(|error| match error {
                    FitError::Prepare(error) => self.explained(error),
                    FitError::Exhausted(exhausted) => {
                        let conflict = Conflict::explain(&self.pool2(day).0, &blueprint, &Earlier::none());
                        DrawingError::Exhausted { exhausted, conflict }
                    }
                })?;
                let prepared = Prepared::new(&pool, &blueprint, &Earlier::none());
                let prepared = Box::new(prepared.map_err(|error| self.explained(error))?);
                By::Draw2 { pool, blueprint, prepared }
            }
        };
        Ok(Drawing { bank: self, by })
    }

    /// A refusal with what the scheme's author wrote beside the constraints that conflict.
    fn explained(&self, error: PrepareError) -> DrawingError {
        match error {
            PrepareError::Infeasible(conflicts) => {
                let explain = |conflict: Conflict| match self.scheme().source_of(&conflict) {
                    Some(source) => format!("{conflict} ({source})"),
                    None => conflict.to_string(),
                };
                DrawingError::Infeasible(conflicts.into_iter().map(explain).collect())
            }
            error => DrawingError::Prepare(error),
        }
    }
}

impl Drawing<'_> {
    /// What a candidate who met these items (ids in the bank) may not meet again, as far as the scheme limits that: nothing
    /// where it does not. An item or set that has since been revised counts as met.
    pub fn earlier<'i>(&self, met: impl IntoIterator<Item = &'i str>) -> Earlier {
        let By::Draw2 { blueprint, .. } = &self.by else { return Earlier::none() };
        if blueprint.shared_items.is_none() {
            return Earlier::none();
        }
        let (mut items, mut sets) = (BTreeSet::new(), BTreeSet::new());
        for item in met.into_iter().filter_map(|id| self.bank.bank().items.get(id)) {
            items.extend(self.bank.hashes(&item.id).map(|hashes| hashes.version.clone()));
            sets.extend(item.scenario.as_ref().and_then(|place| self.bank.set_hash(&place.id)).map(str::to_owned));
        }
        Earlier { items: items.into_iter().collect(), sets: sets.into_iter().collect() }
    }

    /// One candidate's form. `earlier` is as [`Self::earlier`] gives it.
    ///
    /// # Errors
    /// [`DrawingError`].
    pub fn draw(&self, secret: &CandidateSecret, pseudonym: &str, earlier: &Earlier) -> Result<Drawn, DrawingError> {
        match &self.by {
            By::Draw1 { drawer, .. } => {
                let draw = drawer.draw(secret, pseudonym)?;
                let (form, plan) = assemble_form(self.bank, &draw)?;
                Ok(Drawn { draw: text(&draw), form, plan })
            }
            By::Draw2 { pool, blueprint, prepared } => {
                let own;
                let prepared = if earlier.is_empty() {
                    prepared
                } else {
                    let prepared = Prepared::new(pool, blueprint, earlier);
                    own = Box::new(prepared.map_err(|error| self.bank.explained(error))?);
                    &own
                };
                let draw = prepared.draw(secret, pseudonym).map_err(|exhausted| DrawingError::Exhausted {
                    exhausted,
                    conflict: Conflict::explain(pool, blueprint, earlier),
                })?;
                let ordered = Draw {
                    format: Draw::FORMAT.into(),
                    version: Draw::VERSION,
                    procedure: draw2::PROCEDURE.into(),
                    items: options::order(self.bank, &draw, pseudonym)?,
                };
                let (form, mut plan) = assemble_form(self.bank, &ordered)?;
                let pilots: BTreeSet<&str> = pool
                    .entries
                    .iter()
                    .filter(|entry| entry.usage == Use::Pilot)
                    .map(|entry| entry.item.as_str())
                    .collect();
                plan.items.iter_mut().for_each(|item| item.scored = !pilots.contains(item.version_hash.as_str()));
                Ok(Drawn { draw: text(&draw), form, plan })
            }
        }
    }

    /// The commitment to the secrets of a sitting's candidates, and what each met before, by pseudonym.
    pub fn commitment(&self, sitting: &str, secrets: &BTreeMap<String, (CandidateSecret, Earlier)>) -> Commitment {
        match &self.by {
            By::Draw1 { pool, blueprint, .. } => {
                let secrets = secrets.iter().map(|(name, (secret, _))| (name.clone(), secret.clone())).collect();
                Commitment::new(sitting, pool, blueprint, &BTreeSet::new(), &secrets)
            }
            By::Draw2 { pool, blueprint, .. } => Commitment::new2(sitting, pool, blueprint, &BTreeSet::new(), secrets),
        }
    }

    /// The pool list, as canonical JSON.
    pub fn pool(&self) -> String {
        match &self.by {
            By::Draw1 { pool, .. } => text(pool),
            By::Draw2 { pool, .. } => text(pool),
        }
    }
}

fn text(document: &impl serde::Serialize) -> String {
    String::from_utf8_lossy(&canonical_json(document)).into_owned()
}

/// A recorded draw by either procedure.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum IssuedDraw {
    /// By `invigil-draw-2`.
    Draw2(draw2::Draw),
    /// By `invigil-draw-1`.
    Draw1(Draw),
}

impl IssuedDraw {
    /// What is published of a candidate together with this draw.
    pub fn reveal(&self, pseudonym: &str, secret: &CandidateSecret) -> Reveal {
        match self {
            Self::Draw1(_) => Reveal::new(pseudonym, secret),
            Self::Draw2(draw) => Reveal::new2(pseudonym, secret, draw.earlier.clone()),
        }
    }
}

impl Scheme {
    /// The blueprint by the scheme's procedure, as canonical JSON.
    pub fn blueprint_text(&self) -> String {
        match self.procedure() {
            Procedure::Draw1 => text(&self.blueprint()),
            Procedure::Draw2 => text(&self.blueprint2()),
        }
    }
}
