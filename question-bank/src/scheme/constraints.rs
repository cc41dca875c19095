//! What forms have in common besides domains and scenario sets, and the procedure that sees to it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Fact, Scheme};
use crate::{
    bank::Status,
    draw::Quota,
    draw2::{self, Conflict, LevelRange, Range},
    draw3,
};

/// How forms are drawn (docs/DRAW.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Procedure {
    /// Sets first, then domain by domain.
    #[serde(rename = "invigil-draw-1")]
    Draw1,
    /// Every form that the blueprint allows is equally likely.
    #[serde(rename = "invigil-draw-2")]
    Draw2,
    /// One of a published pool of parallel forms, each equally likely.
    #[serde(rename = "invigil-draw-3")]
    Draw3,
}

impl Procedure {
    /// Its name, as in `scheme.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draw1 => crate::PROCEDURE,
            Self::Draw2 => draw2::PROCEDURE,
            Self::Draw3 => draw3::PROCEDURE,
        }
    }
}

/// What forms have in common besides domains and scenario sets. All of it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraints {
    /// Scored items of cognitive levels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Fact<Vec<LevelRange>>>,
    /// Words of a form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Fact<Range>>,
    /// Sum of the scored items' difficulties, in thousandths of a point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<Fact<Range>>,
    /// Items are written at most so many days before the day of the pool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_age_days: Option<Fact<u32>>,
    /// Items are written on this day or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authored_from: Option<Fact<NaiveDate>>,
    /// The greatest share of forms that a scored item may stand on, in thousandths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_exposure: Option<Fact<u32>>,
    /// Pilot items on a form, besides the scored ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pilots: Option<Fact<u32>>,
    /// The most items that a form shares with the candidate's earlier attempts; their scenario sets never return.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_items: Option<Fact<u32>>,
    /// How many more or fewer keys than an even share may stand at one place, among a form's single-choice items with the
    /// same number of options.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_positions: Option<Fact<u32>>,
}

impl Constraints {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Scheme {
    /// How forms are drawn.
    pub fn procedure(&self) -> Procedure {
        self.forms.procedure.as_ref().map_or(Procedure::Draw1, |fact| fact.value)
    }

    /// Whether scenario sets stand on forms whole.
    pub fn whole_sets(&self) -> bool {
        self.scenarios.whole.as_ref().is_some_and(|fact| fact.value)
    }

    /// Pilot items on a form.
    pub fn pilots(&self) -> u32 {
        value(self.constraints.pilots.as_ref()).unwrap_or_default()
    }

    /// What a draw by `invigil-draw-2` or `-3` needs to know of the scheme.
    pub fn blueprint2(&self) -> draw2::Blueprint {
        let constraints = &self.constraints;
        draw2::Blueprint {
            format: draw2::Blueprint::FORMAT.into(),
            version: draw2::Blueprint::VERSION,
            scheme: self.id.clone(),
            edition: self.edition.clone(),
            domains: self.domains.iter().map(|d| Quota { domain: d.id.clone(), items: d.items.value }).collect(),
            levels: constraints.levels.as_ref().map(|fact| fact.value.clone()).unwrap_or_default(),
            scenario_sets: self.scenarios.sets.value,
            items_per_set: (!self.whole_sets()).then_some(self.scenarios.items_each.value),
            words: value(constraints.words.as_ref()),
            difficulty: value(constraints.difficulty.as_ref()),
            pilots: self.pilots(),
            shared_items: value(constraints.shared_items.as_ref()),
            max_exposure: value(constraints.max_exposure.as_ref()),
        }
    }

    /// The first day on which an item of a form on this day may have been written; `None` if any will do.
    pub fn authored_from(&self, day: NaiveDate) -> Option<NaiveDate> {
        let age = value(self.constraints.max_age_days.as_ref());
        let by_age = age.and_then(|days| day.checked_sub_days(Days::new(days.into())));
        by_age.into_iter().chain(value(self.constraints.authored_from.as_ref())).max()
    }

    /// What the scheme's author wrote beside the constraint that a conflict is about, and where it stands in `scheme.toml`.
    pub fn source_of(&self, conflict: &Conflict) -> Option<String> {
        let c = &self.constraints;
        let (field, source) = match conflict {
            Conflict::Sets { .. } => ("scenarios.sets", &self.scenarios.sets.source),
            Conflict::Domain { domain, .. } => {
                let domain = self.domain(domain)?;
                return Some(format!("domain {}, «{}»: «{}»", domain.id, domain.title.value, domain.items.source));
            }
            Conflict::Level { .. } | Conflict::Levels { .. } => ("constraints.levels", &c.levels.as_ref()?.source),
            Conflict::Words { .. } => ("constraints.words", &c.words.as_ref()?.source),
            Conflict::Difficulty { .. } => ("constraints.difficulty", &c.difficulty.as_ref()?.source),
            Conflict::Pilots { .. } => ("constraints.pilots", &c.pilots.as_ref()?.source),
            Conflict::SharedItems { .. } => ("constraints.shared_items", &c.shared_items.as_ref()?.source),
            Conflict::Exposure { .. } => ("constraints.max_exposure", &c.max_exposure.as_ref()?.source),
            Conflict::Together { .. } => return None,
        };
        Some(format!("{field}: «{source}»"))
    }

    pub(super) fn check_constraints(&self, require: &mut impl FnMut(bool, String)) {
        let plain = self.constraints.is_empty() && self.scenarios.whole.is_none();
        let second = self.procedure() != Procedure::Draw1;
        require(
            plain || second,
            "constraints and whole sets need forms.procedure = \"invigil-draw-2\" or \"invigil-draw-3\"".into(),
        );
        let pilots = self.pilots();
        let both = pilots > 0 && self.allows(Status::Pilot);
        require(
            !both,
            "items with status pilot are either scored (forms.statuses) or embedded (constraints.pilots)".into(),
        );
        // Without constraints there is nothing in it that was not checked by itself.
        if second
            && !plain
            && let Err(fault) = self.blueprint2().check(&self.id)
        {
            require(false, fault);
        }
    }
}

fn value<T: Copy>(fact: Option<&Fact<T>>) -> Option<T> {
    fact.map(|fact| fact.value)
}
