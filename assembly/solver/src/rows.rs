//! A blueprint as rows of a model: for one form, or for all of them added up.
//!
//! The rules of a form are linear, so that whatever F forms do, their sums obey the same rules with every bound times F.
//! The model of the sums says nothing of who gets what, and what it cannot do, no F forms can.

use std::collections::BTreeSet;

use assembly::Constraint;
use highs::Col;

use crate::{
    milp::Model,
    prepared::{Entry, Prepared},
};

/// What a model decides.
pub(crate) struct Columns {
    /// One a chosen entry: whether it stands on the form, or on how many forms. In the order of the entries.
    pub(crate) items: Vec<(usize, Col)>,
    /// One a scenario set: whether the form has it, or how many have. `None` for sets that are left out.
    pub(crate) sets: Vec<Option<Col>>,
    /// Of each entry, its column.
    at: Vec<Option<Col>>,
}

impl Columns {
    /// The column of an entry, if the model has it.
    pub(crate) fn of(&self, entry: usize) -> Option<Col> {
        self.at[entry]
    }
}

/// Whether a model is of one form, of whole items, or of the sums of so many forms, where items may be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    OneForm,
    Sums(usize),
}

impl Of {
    fn forms(self) -> f64 {
        match self {
            Self::OneForm => 1.0,
            Self::Sums(forms) => forms as f64,
        }
    }
}

/// Adds the columns for some entries and sets, each entry with its cost, and the rows of some rules. What ties two forms
/// together ([`Constraint::Overlap`], [`Constraint::SharedSets`]) has no row here.
pub(crate) fn add(
    model: &mut Model,
    prepared: &Prepared<'_>,
    of: Of,
    rules: &BTreeSet<&Constraint>,
    chosen: impl IntoIterator<Item = (usize, f64)>,
    sets: &[bool],
) -> Columns {
    let forms = of.forms();
    let limited = rules.iter().any(|rule| matches!(rule, Constraint::MaxUses { .. }));
    let shared_out = rules.iter().any(|rule| matches!(rule, Constraint::MaxForms { .. }));
    let mut columns = Columns { items: Vec::new(), sets: Vec::new(), at: vec![None; prepared.entries.len()] };
    for (at, cost) in chosen {
        let Entry { room, share, .. } = prepared.entries[at];
        let room = if limited { room } else { u32::MAX }.min(if shared_out { share } else { u32::MAX });
        let col = match of {
            Of::OneForm if room == 0 => continue,
            Of::OneForm => model.binary(cost),
            Of::Sums(_) => model.continuous(cost, forms.min(room.into())),
        };
        columns.items.push((at, col));
        columns.at[at] = Some(col);
    }
    let set = |(model, &used): (&mut Model, &bool)| {
        used.then(|| match of {
            Of::OneForm => model.binary(0.0),
            Of::Sums(_) => model.continuous(0.0, forms),
        })
    };
    columns.sets = sets.iter().map(|used| set((&mut *model, used))).collect();
    for rule in rules {
        add_rule(model, prepared, &columns, forms, rule);
    }
    columns
}

fn add_rule(model: &mut Model, prepared: &Prepared<'_>, columns: &Columns, forms: f64, rule: &Constraint) {
    let mut sum = |least: u32, most: u32, weight: &dyn Fn(&Entry) -> i64| {
        let weighted = columns.items.iter().map(|&(at, col)| (col, weight(&prepared.entries[at]) as f64));
        let terms: Vec<(Col, f64)> = weighted.filter(|(_, weight)| *weight != 0.0).collect();
        model.row(f64::from(least) * forms, f64::from(most) * forms, terms);
    };
    let blueprint = &prepared.problem.blueprint;
    match rule {
        Constraint::Items { items } => sum(*items, *items, &|_| 1),
        Constraint::Domain { domain, least, most } => {
            let index = blueprint.domains.iter().position(|quota| quota.name == *domain);
            sum(*least, *most, &|entry| i64::from(Some(entry.domain) == index));
        }
        Constraint::Level { level, least, most } => {
            let index = blueprint.levels.iter().position(|quota| quota.name == *level);
            sum(*least, *most, &|entry| i64::from(entry.level.is_some() && entry.level == index));
        }
        Constraint::Words { least, most } => {
            let items = columns.items.iter().map(|&(at, col)| (col, prepared.entries[at].words));
            let sets = columns.sets.iter().zip(&prepared.stimuli).filter_map(|(set, words)| Some(((*set)?, *words)));
            let terms = items.chain(sets).filter(|(_, words)| *words != 0).map(|(col, words)| (col, words as f64));
            model.row(f64::from(*least) * forms, f64::from(*most) * forms, terms.collect::<Vec<_>>());
        }
        Constraint::ExpectedScore { least, most } => sum(*least, *most, &|entry| entry.difficulty),
        Constraint::KeyPosition { position, least, most } => {
            sum(*least, *most, &|entry| i64::from(entry.key == Some(*position)));
        }
        Constraint::Scenarios { sets, items_each } => {
            for (members, set) in prepared.sets.iter().zip(&columns.sets) {
                let Some(set) = *set else { continue };
                let members: Vec<Col> = members.iter().filter_map(|&at| columns.of(at)).collect();
                for &member in &members {
                    model.row(f64::NEG_INFINITY, 0.0, [(member, 1.0), (set, -1.0)]);
                }
                let members = members.into_iter().map(|col| (col, 1.0));
                model.row(0.0, 0.0, members.chain([(set, -f64::from(*items_each))]));
            }
            let wanted = f64::from(*sets) * forms;
            model.row(wanted, wanted, columns.sets.iter().flatten().map(|&set| (set, 1.0)));
        }
        Constraint::Enemies => {
            for &(one, other) in &prepared.enemies {
                if let (Some(one), Some(other)) = (columns.of(one), columns.of(other)) {
                    model.row(f64::NEG_INFINITY, forms, [(one, 1.0), (other, 1.0)]);
                }
            }
        }
        Constraint::MaxUses { .. }
        | Constraint::MaxForms { .. }
        | Constraint::Overlap { .. }
        | Constraint::SharedSets { .. } => {}
    }
}
