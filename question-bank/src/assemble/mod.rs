//! From a draw to what the candidate sees and, apart from it, what scoring needs.

pub(crate) mod practice;
pub(crate) mod present;

use std::collections::BTreeSet;

use item::{Form, FormItem, ItemId, Response, Stimulus};
use serde::{Deserialize, Serialize};

use crate::{
    Draw, HashedBank, Rule,
    bank::{Bank, Item},
    canonical::digest,
};
use present::{Presented, present_drawn};

/// How a form is scored. It holds the key: it never leaves the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormPlan {
    /// Always `invigil-form-plan`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The scheme, such as `caisp`.
    pub scheme: String,
    /// Edition of the scheme.
    pub edition: String,
    /// One entry an item, in the order of the form.
    pub items: Vec<PlanItem>,
}

impl FormPlan {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-form-plan";
    /// The `version` of a plan without rules.
    pub const VERSION: u32 = 1;
    /// The `version` of a plan that has rules.
    pub const VERSION_WITH_RULES: u32 = 2;

    /// The points that the form gives: one an item, where no rule says otherwise; none for a pilot item.
    pub fn points(&self) -> u32 {
        let of = |item: &PlanItem| Rule::worth(item.rule.as_ref(), &Response::default(), &item.key).of;
        self.items.iter().filter(|item| item.scored).map(of).fold(0, u32::saturating_add)
    }
}

/// What an item of a form is in the bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanItem {
    /// Its name on the form.
    pub id: ItemId,
    /// Its id in the bank.
    pub bank_id: String,
    /// Its revision.
    pub revision: u32,
    /// The exact version.
    pub version_hash: String,
    /// Its domain.
    pub domain: String,
    /// A response that is wholly right, in the labels of the form; empty where people score.
    pub key: Response,
    /// Whether it counts; a pilot item does not.
    #[serde(default = "yes", skip_serializing_if = "is_scored")]
    pub scored: bool,
    /// How responses are compared with the key; without a rule, only the key is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
}

/// What holds for plans that do not say.
pub(crate) fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields on by reference")]
pub(crate) fn is_scored(scored: &bool) -> bool {
    *scored
}

/// Why a draw does not fit a bank.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssembleError {
    /// The bank has no such item version: it changed after the draw, or another secret salts its hashes.
    #[error("the bank has no item version {0}; it changed after the draw, or its secret is another")]
    UnknownItem(String),
    /// The item stands twice.
    #[error("the draw has item version {0} twice")]
    Twice(String),
    /// The order of options is not an order of this item's options.
    #[error("the draw orders the options of item version {0} in a way that does not fit")]
    OptionOrder(String),
}

/// The form that a candidate sees, and the plan by which it is scored. Items are named by position, options relabelled
/// in the order shown.
///
/// # Errors
/// [`AssembleError`] if the draw was not made from this bank.
pub fn assemble_form(bank: &HashedBank, draw: &Draw) -> Result<(Form, FormPlan), AssembleError> {
    let (mut stimuli, mut items) = (Stimuli::default(), Vec::<FormItem>::new());
    let mut plan = FormPlan {
        format: FormPlan::FORMAT.into(),
        version: FormPlan::VERSION,
        scheme: bank.scheme().id.clone(),
        edition: bank.scheme().edition.clone(),
        items: Vec::new(),
    };
    let mut seen = BTreeSet::new();
    for (position, drawn) in (1..).zip(&draw.items) {
        let item = bank.by_version(&drawn.item).ok_or_else(|| AssembleError::UnknownItem(drawn.item.clone()))?;
        if !seen.insert(&drawn.item) {
            return Err(AssembleError::Twice(drawn.item.clone()));
        }
        let presented = present_drawn(item, &drawn.options, bank.scheme().gives_partial_credit());
        let Presented { interaction, key, rule } = presented.ok_or(AssembleError::OptionOrder(drawn.item.clone()))?;
        let stimulus = stimuli.of(bank.bank(), item);
        let id = ItemId::at_position(position);
        let (lang, dir, stem) = (item.lang.clone(), item.dir, item.stem.clone());
        items.push(FormItem { id: id.clone(), lang, dir, stimulus, stem, interaction });
        plan.items.push(PlanItem {
            id,
            bank_id: item.id.clone(),
            revision: item.revision,
            version_hash: drawn.item.clone(),
            domain: item.domain.clone(),
            key,
            scored: true,
            rule,
        });
    }
    if plan.items.iter().any(|item| item.rule.is_some()) {
        plan.version = FormPlan::VERSION_WITH_RULES;
    }
    Ok((Form::new(stimuli.shown, items), plan))
}

/// The texts that items of a form share, numbered in the order in which their first items stand.
#[derive(Default)]
struct Stimuli<'a> {
    /// Ids of scenario sets in the bank, each at the place of its text.
    sets: Vec<&'a str>,
    shown: Vec<Stimulus>,
}

impl<'a> Stimuli<'a> {
    /// The name of an item's text on the form; none for an item that stands alone.
    fn of(&mut self, bank: &'a Bank, item: &Item) -> Option<String> {
        let set = bank.scenarios.get(&item.scenario.as_ref()?.id)?;
        let shown = self.sets.iter().position(|&id| id == set.id).unwrap_or_else(|| {
            self.sets.push(&set.id);
            self.shown.push(Stimulus {
                id: format!("s{}", self.sets.len()),
                title: set.title.clone(),
                lang: set.lang.clone(),
                dir: set.dir,
                content: set.stimulus.clone(),
            });
            self.shown.len() - 1
        });
        Some(self.shown[shown].id.clone())
    }
}

/// SHA-256 of a form's RFC 8785 form, in lower-case hex: what a manifest and a journal's first line name.
pub fn form_digest(form: &Form) -> String {
    digest(form)
}
