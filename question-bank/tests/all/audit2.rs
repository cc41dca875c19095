//! Commitment and audit by `invigil-draw-2`: an honest sitting passes every step, and each way to cheat fails at its own.

use std::collections::{BTreeMap, BTreeSet};

use question_bank::{
    AuditStep, CandidateSecret, Commitment, Outcome, Reveal, audit2,
    draw2::{Blueprint, Draw, Earlier, Pool, Prepared},
};

use crate::{draw::secret, pools::name, pools2};

const CANDIDATES: [&str; 3] = ["anna", "boris", "chen"];

/// A sitting after its last window: all that was published. Chen sits for a second time.
pub(crate) struct Sitting {
    pub(crate) commitment: Commitment,
    pub(crate) pool: Pool,
    pub(crate) blueprint: Blueprint,
    pub(crate) reveals: Vec<Reveal>,
    pub(crate) issued: BTreeMap<String, Draw>,
}

impl Sitting {
    pub(crate) fn honest() -> Self {
        let (pool, mut blueprint) = pools2::toy();
        let pool = pool.build();
        blueprint.shared_items = Some(3);
        let exclusions = BTreeSet::from([name(4)]);
        let used = pool.without(&exclusions);
        let first = Prepared::new(&used, &blueprint, &Earlier::none()).unwrap().draw(&secret(9), "chen-1").unwrap();
        let mut items = first.items;
        items.sort();
        let set = pool.entries.iter().filter(|entry| items.contains(&entry.item)).find_map(|e| e.set.as_ref());
        let met = Earlier { items, sets: vec![set.unwrap().id.clone()] };
        let secrets: BTreeMap<String, (CandidateSecret, Earlier)> = (1..)
            .zip(CANDIDATES)
            .map(|(number, name)| {
                let earlier = if name == "chen" { met.clone() } else { Earlier::none() };
                (name.to_owned(), (secret(number), earlier))
            })
            .collect();
        let commitment = Commitment::new2("sitting-2", &pool, &blueprint, &exclusions, &secrets);
        let draw = |(name, (secret, earlier)): (&String, &(CandidateSecret, Earlier))| {
            let prepared = Prepared::new(&used, &blueprint, earlier).unwrap();
            (name.clone(), prepared.draw(secret, name).unwrap())
        };
        let issued = secrets.iter().map(draw).collect();
        let reveals = secrets.iter().map(|(name, (secret, met))| Reveal::new2(name, secret, met.clone())).collect();
        Self { commitment, pool, blueprint, reveals, issued }
    }

    fn audit(&self) -> Vec<AuditStep> {
        audit2(&self.commitment, &self.pool, &self.blueprint, &self.reveals, &self.issued)
    }
}

/// What fails if an honest sitting is changed so, as text: `pool`, `draw anna`.
fn failed(cheat: impl FnOnce(&mut Sitting)) -> Vec<String> {
    let mut sitting = Sitting::honest();
    cheat(&mut sitting);
    let failed = sitting.audit().into_iter().filter(|step| step.outcome == Outcome::Failed);
    failed.map(|step| step.pseudonym.map_or(step.step.to_owned(), |who| format!("{} {who}", step.step))).collect()
}

#[test]
fn an_honest_sitting_passes_every_step() {
    let steps: Vec<_> = Sitting::honest().audit().into_iter().map(|step| (step.step, step.outcome)).collect();
    let common = ["format", "procedure", "roster", "root", "pool", "blueprint", "exclusions", "feasible"];
    let each = ["revealed", "secret", "draw", "rules"];
    let expected = common.into_iter().chain(each.into_iter().cycle().take(4 * CANDIDATES.len()));
    assert_eq!(steps, expected.map(|step| (step, Outcome::Passed)).collect::<Vec<_>>());
}

#[test]
fn what_a_candidate_met_before_is_committed_to_with_the_secret() {
    let forgotten = |s: &mut Sitting| s.reveals[2].earlier = Some(Earlier::none());
    assert_eq!(failed(forgotten), ["secret chen"]);
    let invented = |s: &mut Sitting| s.reveals[0].earlier = s.reveals[2].earlier.clone();
    assert_eq!(failed(invented), ["secret anna"]);
    assert_eq!(failed(|s| s.reveals[1].earlier = None), [""; 0], "nothing met, and nothing said of it, are the same");
}

#[test]
fn a_draw_that_does_not_follow_fails_at_draw_and_one_that_breaks_the_blueprint_at_rules_as_well() {
    let reordered = |s: &mut Sitting| {
        let alone = |item: &String| s.pool.entries.iter().any(|e| e.item == *item && e.set.is_none());
        let items = &mut s.issued.get_mut("anna").unwrap().items;
        let places: Vec<usize> = (0..items.len()).filter(|&at| alone(&items[at])).collect();
        items.swap(places[0], places[1]);
    };
    assert_eq!(failed(reordered), ["draw anna"], "a sound form, but not this candidate's");
    let swapped = |s: &mut Sitting| {
        let (anna, boris) = (s.issued["anna"].clone(), s.issued["boris"].clone());
        s.issued.extend([("anna".to_owned(), boris), ("boris".to_owned(), anna)]);
    };
    assert_eq!(failed(swapped), ["draw anna", "draw boris"]);
    assert_eq!(failed(|s| drop(s.issued.get_mut("anna").unwrap().items.pop())), ["draw anna", "rules anna"]);
}

#[test]
fn a_changed_pool_or_blueprint_fails_at_its_step_and_at_the_draws() {
    let draws = |first: &str| [&[first.to_owned()][..], &CANDIDATES.map(|name| format!("draw {name}"))].concat();
    assert_eq!(failed(|s| s.pool.entries[0].weight = 2), draws("pool"));
    assert_eq!(failed(|s| s.blueprint.edition = "2".into()), draws("blueprint"));
}

#[test]
fn documents_of_the_other_procedure_are_not_taken() {
    assert_eq!(failed(|s| s.commitment.version = 1), ["format"]);
    assert_eq!(failed(|s| s.commitment.procedure = question_bank::PROCEDURE.into()), ["procedure"]);
    assert_eq!(failed(|s| s.reveals[0].version = 1), ["revealed anna"]);
}
