//! Where the rules of a problem come from, in their author's words: for whoever has to give one of them up.

use assembly::{Constraint, Range};
use question_bank::scheme::Scheme;

use super::{
    problem::{Asked, PILOT, level_name},
    rules::Rules,
};

/// Where rules may come from.
pub(super) struct Origins<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) rules: &'a Rules,
    pub(super) asked: Asked,
}

impl Origins<'_> {
    /// Where a rule stands, and what its author wrote beside it; `None` for what stands nowhere.
    pub(super) fn of(&self, rule: &Constraint) -> Option<String> {
        let (scheme, constraints, rules) = (self.scheme, &self.scheme.constraints, self.rules);
        // What the rules narrow, they and the scheme say together.
        let both = |own: bool, field: &str, source: Option<&String>| {
            let own = own.then(|| rules.file.clone());
            let scheme = source.map(|source| format!("{field}: «{source}»"));
            let stated: Vec<String> = own.into_iter().chain(scheme).collect();
            (!stated.is_empty()).then(|| stated.join("; "))
        };
        match rule {
            Constraint::Items { .. } => Some("the domains of the scheme added up, and its pilot items".into()),
            Constraint::Domain { domain, .. } if domain == PILOT => {
                let source = &constraints.pilots.as_ref()?.source;
                Some(format!("constraints.pilots: «{source}»"))
            }
            Constraint::Domain { domain, .. } => {
                let domain = scheme.domains.iter().find(|known| known.id == *domain)?;
                Some(format!("domain {} «{}»: «{}»", domain.id, domain.title.value, domain.items.source))
            }
            Constraint::Level { level, .. } => {
                let stated = constraints.levels.as_ref();
                let stated = stated.filter(|fact| fact.value.iter().any(|range| level_name(range.level) == level));
                both(rules.levels.contains_key(level), "constraints.levels", stated.map(|fact| &fact.source))
            }
            Constraint::Scenarios { .. } => {
                let whole = scheme.scenarios.whole.as_ref().filter(|fact| fact.value).map(|fact| &fact.source);
                let size = whole.unwrap_or(&scheme.scenarios.items_each.source);
                Some(format!("scenarios: «{}», «{size}»", scheme.scenarios.sets.source))
            }
            Constraint::Enemies => Some("the bank: enemies, clones and scenarios that items name".into()),
            Constraint::Words { .. } => {
                let source = constraints.words.as_ref().map(|fact| &fact.source);
                both(rules.words.is_some(), "constraints.words", source)
            }
            Constraint::ExpectedScore { .. } => {
                let source = constraints.difficulty.as_ref().map(|fact| &fact.source);
                both(rules.expected_score.is_some(), "constraints.difficulty", source)
            }
            Constraint::KeyPosition { .. } => rules.key_positions.map(|Range { .. }| rules.file.clone()),
            Constraint::MaxUses { .. } => rules.max_uses.map(|_| rules.file.clone()),
            Constraint::MaxForms { .. } => {
                let fact = constraints.max_exposure.as_ref()?;
                Some(format!("constraints.max_exposure, {} thousandths of the forms: «{}»", fact.value, fact.source))
            }
            Constraint::Overlap { .. } => self.asked.overlap.map(|_| "--overlap".into()),
            Constraint::SharedSets { sets } if self.asked.shared_sets == Some(*sets) => Some("--shared-sets".into()),
            Constraint::SharedSets { .. } => rules.shared_sets.map(|_| rules.file.clone()),
        }
    }
}
