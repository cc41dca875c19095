//! A sitting's forms by the procedure that the bank's scheme names: from the pool of a day to form, plan and commitment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use item::Form;

use crate::{
    AssembleError, Blueprint, CandidateSecret, Commitment, Draw, DrawError, Drawer, FormPlan, HashedBank, Pool, Reveal,
    Scheme, assemble_form,
    canonical::canonical_json,
    draw2::{self, Conflict, Earlier, Exhausted, FitError, PoolEntry, PrepareError, Prepared, Use},
    draw3,
    options::{self, OptionsError},
    pool3::{FormsError, LeftOut, NamedForm},
    scheme::Procedure,
};

/// A pool, a blueprint and the bank behind them, ready to draw a sitting's forms.
pub struct Drawing<'a> {
    bank: &'a HashedBank,
    by: By,
    left_out: Vec<LeftOut>,
}

enum By {
    Draw1 { pool: Pool, blueprint: Blueprint, drawer: Box<Drawer> },
    Draw2 { pool: draw2::Pool, blueprint: draw2::Blueprint, prepared: Box<Prepared> },
    Draw3 { pool: draw3::Pool, drawer: Box<draw3::Drawer> },
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
    /// The scheme draws from a pool of forms, and none were given.
    #[error(
        "the scheme draws by invigil-draw-3, which chooses one of a set of assembled forms: give that set, or name another \
         procedure (forms.procedure)"
    )]
    FormsMissing,
    /// The scheme has forms made for each candidate, and a set of forms was given.
    #[error(
        "the scheme draws by {0}, which makes each candidate's form itself: give no set of forms, or let the scheme draw \
         by invigil-draw-3 (forms.procedure)"
    )]
    FormsUnwanted(&'static str),
    /// The forms that were given are no pool.
    #[error(transparent)]
    Forms(#[from] FormsError),
    /// The pool of forms cannot be drawn from.
    #[error(transparent)]
    Drawer(#[from] draw3::DrawerError),
    /// No form of the pool is left.
    #[error(transparent)]
    NoForm(#[from] draw3::NoForm),
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
    /// [`DrawingError`] if the pool cannot meet the blueprint, or the scheme draws from a set of forms
    /// ([`Self::drawing_from`]).
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
            Procedure::Draw3 => return Err(DrawingError::FormsMissing),
        };
        Ok(Drawing { bank: self, by, left_out: Vec::new() })
    }

    /// Forms from a set of parallel ones, for a scheme that draws by `invigil-draw-3`. Those with an item that may not stand
    /// on a form of the day (UTC), or is revised, are left out.
    ///
    /// # Errors
    /// [`DrawingError`] if none is left, they are not what the scheme asks for, or it draws by another procedure.
    pub fn drawing_from(&self, day: NaiveDate, forms: &[NamedForm]) -> Result<Drawing<'_>, DrawingError> {
        if self.scheme().procedure() != Procedure::Draw3 {
            return Err(DrawingError::FormsUnwanted(self.scheme().procedure().name()));
        }
        let (pool, left_out) = self.pool3(day, forms)?;
        let drawer = Box::new(draw3::Drawer::new(&pool, &BTreeSet::new(), &self.scheme().blueprint2())?);
        Ok(Drawing { bank: self, by: By::Draw3 { pool, drawer }, left_out })
    }

    /// Forms from the recorded pool of another sitting, as [`Self::drawing_from`] takes them.
    ///
    /// # Errors
    /// As there.
    pub fn drawing_again(&self, day: NaiveDate, recorded: &draw3::Pool) -> Result<Drawing<'_>, DrawingError> {
        let (forms, unknown) = self.forms_of(recorded);
        let mut drawing = self.drawing_from(day, &forms).map_err(|error| match error {
            DrawingError::Forms(FormsError::NoneLeft { left_out, .. }) => {
                let left_out = unknown.iter().cloned().chain(left_out).collect();
                FormsError::NoneLeft { forms: recorded.forms.len(), left_out }.into()
            }
            error => error,
        })?;
        drawing.left_out.splice(0..0, unknown);
        Ok(drawing)
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
    /// The forms of a set that are not drawn from, and what for: nothing where the scheme draws from no set.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What a candidate who met these items (ids in the bank) may not meet again, as far as the scheme limits that; the items
    /// always where a set of forms is drawn from, so that no form returns. An item or set that has since been revised counts
    /// as met.
    pub fn earlier<'i>(&self, met: impl IntoIterator<Item = &'i str>) -> Earlier {
        let (limited, forms) = match &self.by {
            By::Draw1 { .. } => (false, false),
            By::Draw2 { blueprint, .. } => (blueprint.shared_items.is_some(), false),
            By::Draw3 { drawer, .. } => (drawer.blueprint().shared_items.is_some(), true),
        };
        if !limited && !forms {
            return Earlier::none();
        }
        let (mut items, mut sets) = (BTreeSet::new(), BTreeSet::new());
        for item in met.into_iter().filter_map(|id| self.bank.bank().items.get(id)) {
            items.extend(self.bank.hashes(&item.id).map(|hashes| hashes.version.clone()));
            let set = item.scenario.as_ref().filter(|_| limited);
            sets.extend(set.and_then(|place| self.bank.set_hash(&place.id)).map(str::to_owned));
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
                let (form, plan) = self.put_together(&pool.entries, &draw.digest(), &draw.items, pseudonym)?;
                Ok(Drawn { draw: text(&draw), form, plan })
            }
            By::Draw3 { pool, drawer } => {
                let draw = drawer.draw(secret, pseudonym, earlier)?;
                let (form, plan) = self.put_together(&pool.entries, &draw.digest(), &draw.items, pseudonym)?;
                Ok(Drawn { draw: text(&draw), form, plan })
            }
        }
    }

    /// The form of a draw whose order of options follows from the bank's secret.
    fn put_together(
        &self,
        entries: &[PoolEntry],
        digest: &str,
        items: &[String],
        pseudonym: &str,
    ) -> Result<(Form, FormPlan), DrawingError> {
        let ordered = Draw {
            format: Draw::FORMAT.into(),
            version: Draw::VERSION,
            procedure: self.bank.scheme().procedure().name().into(),
            items: options::order(self.bank, digest, items, pseudonym)?,
        };
        let (form, mut plan) = assemble_form(self.bank, &ordered)?;
        let pilots: BTreeSet<&str> =
            entries.iter().filter(|entry| entry.usage == Use::Pilot).map(|entry| entry.item.as_str()).collect();
        plan.items.iter_mut().for_each(|item| item.scored = !pilots.contains(item.version_hash.as_str()));
        Ok((form, plan))
    }

    /// The commitment to the secrets of a sitting's candidates, and what each met before, by pseudonym.
    pub fn commitment(&self, sitting: &str, secrets: &BTreeMap<String, (CandidateSecret, Earlier)>) -> Commitment {
        match &self.by {
            By::Draw1 { pool, blueprint, .. } => {
                let secrets = secrets.iter().map(|(name, (secret, _))| (name.clone(), secret.clone())).collect();
                Commitment::new(sitting, pool, blueprint, &BTreeSet::new(), &secrets)
            }
            By::Draw2 { pool, blueprint, .. } => Commitment::new2(sitting, pool, blueprint, &BTreeSet::new(), secrets),
            By::Draw3 { pool, drawer } => {
                Commitment::new3(sitting, pool, drawer.blueprint(), &BTreeSet::new(), secrets)
            }
        }
    }

    /// The pool list, as canonical JSON.
    pub fn pool(&self) -> String {
        match &self.by {
            By::Draw1 { pool, .. } => text(pool),
            By::Draw2 { pool, .. } => text(pool),
            By::Draw3 { pool, .. } => text(pool),
        }
    }
}

fn text(document: &impl serde::Serialize) -> String {
    String::from_utf8_lossy(&canonical_json(document)).into_owned()
}

/// A recorded draw by any procedure.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum IssuedDraw {
    /// By `invigil-draw-3`.
    Draw3(draw3::Draw),
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
            Self::Draw2(draw2::Draw { earlier, .. }) | Self::Draw3(draw3::Draw { earlier, .. }) => {
                Reveal::new2(pseudonym, secret, earlier.clone())
            }
        }
    }
}

impl Scheme {
    /// The blueprint by the scheme's procedure, as canonical JSON.
    pub fn blueprint_text(&self) -> String {
        match self.procedure() {
            Procedure::Draw1 => text(&self.blueprint()),
            Procedure::Draw2 | Procedure::Draw3 => text(&self.blueprint2()),
        }
    }
}
