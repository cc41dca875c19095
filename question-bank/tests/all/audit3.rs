//! Commitment and audit by `invigil-draw-3`: an honest sitting passes every step, and each way to cheat fails at its own.

use std::collections::{BTreeMap, BTreeSet};

use question_bank::{
    AuditStep, CandidateSecret, Commitment, Outcome, Reveal, audit3,
    draw2::{Blueprint, Earlier},
    draw3::{Draw, Drawer, Pool},
};

use crate::{draw::secret, pools3};

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
        let (pool, mut blueprint) = pools3::toy();
        blueprint.shared_items = Some(5);
        // The item of the first form that is on the fewest others.
        let uses = |item: &&String| pool.forms.iter().filter(|form| form.items.contains(*item)).count();
        let exclusions = BTreeSet::from([pool.forms[0].items.iter().min_by_key(uses).unwrap().clone()]);
        let drawer = Drawer::new(&pool, &exclusions, &blueprint).unwrap();
        assert!((2..pool.forms.len()).contains(&drawer.pool().forms.len()));
        let earlier = |name: &str| match name {
            "chen" => Earlier { sets: Vec::new(), ..pools3::met(drawer.pool(), 0) },
            _ => Earlier::none(),
        };
        let secrets: BTreeMap<String, (CandidateSecret, Earlier)> =
            (1..).zip(CANDIDATES).map(|(number, name)| (name.to_owned(), (secret(number), earlier(name)))).collect();
        let commitment = Commitment::new3("sitting-3", &pool, &blueprint, &exclusions, &secrets);
        let draw = |(name, (secret, earlier)): (&String, &(CandidateSecret, Earlier))| {
            (name.clone(), drawer.draw(secret, name, earlier).unwrap())
        };
        let issued = secrets.iter().map(draw).collect();
        let reveals = secrets.iter().map(|(name, (secret, met))| Reveal::new2(name, secret, met.clone())).collect();
        Self { commitment, pool, blueprint, reveals, issued }
    }

    fn audit(&self) -> Vec<AuditStep> {
        audit3(&self.commitment, &self.pool, &self.blueprint, &self.reveals, &self.issued)
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
fn another_secret_and_other_earlier_attempts_are_not_the_ones_committed_to() {
    assert_eq!(failed(|s| s.reveals[0].secret = "00".repeat(32)), ["secret anna"]);
    assert_eq!(failed(|s| s.reveals[2].earlier = Some(Earlier::none())), ["secret chen"]);
    assert_eq!(failed(|s| s.reveals[0].earlier = s.reveals[2].earlier.clone()), ["secret anna"]);
}

#[test]
fn a_draw_that_does_not_follow_fails_at_draw_and_one_that_is_not_its_form_at_rules_as_well() {
    let anna = |s: &mut Sitting, change: &dyn Fn(&mut Draw)| change(s.issued.get_mut("anna").unwrap());
    // Another order of two stand-alone items: the same form, but not this candidate's order.
    let reordered = |s: &mut Sitting| {
        let alone = |item: &String| s.pool.entries.iter().any(|e| e.item == *item && e.set.is_none());
        let items = &mut s.issued.get_mut("anna").unwrap().items;
        let places: Vec<usize> = (0..items.len()).filter(|&at| alone(&items[at])).collect();
        items.swap(places[0], places[1]);
    };
    assert_eq!(failed(reordered), ["draw anna"]);
    // Another sound form of the pool.
    let other = |s: &mut Sitting| {
        let drawer = Drawer::new(&s.pool, &s.commitment.exclusions.iter().cloned().collect(), &s.blueprint).unwrap();
        let anna = s.issued["anna"].clone();
        let draws = (0..50_u32).map(|n| drawer.draw(&secret(9), &n.to_string(), &Earlier::none()).unwrap());
        let other = draws.into_iter().find(|draw| draw.form != anna.form).unwrap();
        s.issued.insert("anna".into(), other);
    };
    assert_eq!(failed(other), ["draw anna"]);
    // The name of another form, the name of none, the name of one that was dropped, an item that is another form's.
    let renamed = |s: &mut Sitting| {
        let name = s.issued["anna"].form.clone();
        let excluded = &s.commitment.exclusions[0];
        let other = s.pool.forms.iter().find(|f| f.name != name && !f.items.contains(excluded)).unwrap().name.clone();
        s.issued.get_mut("anna").unwrap().form = other;
    };
    assert_eq!(failed(renamed), ["draw anna", "rules anna"]);
    assert_eq!(failed(|s| anna(s, &|draw| draw.form = "F99".into())), ["draw anna", "rules anna"]);
    let dropped = |s: &mut Sitting| s.issued.get_mut("anna").unwrap().form = s.pool.forms[0].name.clone();
    assert_eq!(failed(dropped), ["draw anna", "rules anna"]);
    assert_eq!(failed(|s| anna(s, &|draw| drop(draw.items.pop()))), ["draw anna", "rules anna"]);
    // A stand-alone item for another.
    let exchanged = |s: &mut Sitting| {
        let drawn = s.issued["anna"].items.clone();
        let entries = || s.pool.entries.iter().filter(|entry| entry.set.is_none());
        let at = drawn.iter().position(|item| entries().any(|entry| entry.item == *item)).unwrap();
        let other = entries().find(|entry| !drawn.contains(&entry.item)).unwrap().item.clone();
        s.issued.get_mut("anna").unwrap().items[at] = other;
    };
    assert_eq!(failed(exchanged), ["draw anna", "rules anna"]);
}

#[test]
fn a_changed_pool_or_blueprint_fails_at_its_step_and_at_what_rests_on_it() {
    let draws = |first: &str| [&[first.to_owned()][..], &CANDIDATES.map(|name| format!("draw {name}"))].concat();
    assert_eq!(failed(|s| s.blueprint.edition = "2".into()), draws("blueprint"));
    // Nobody drew the form under another name, but it is another list.
    assert_eq!(failed(|s| s.pool.forms[0].name = "F00".into()), ["pool"], "a form that was dropped is not drawn from");
    assert_eq!(failed(|s| drop(s.pool.forms.pop()))[..2], ["pool", "draw anna"], "a form fewer to choose from");
    let exchanged = |s: &mut Sitting| {
        let items = s.pool.forms[1].items.clone();
        s.pool.forms[2].items = items;
    };
    assert_eq!(failed(exchanged), ["pool", "feasible"]);
    assert_eq!(failed(|s| s.pool.overlap += 1), ["pool", "feasible"]);
}

#[test]
fn documents_of_the_other_procedures_are_not_taken() {
    assert_eq!(failed(|s| s.commitment.version = 1), ["format"]);
    assert_eq!(failed(|s| s.commitment.procedure = question_bank::draw2::PROCEDURE.into()), ["procedure"]);
    assert_eq!(failed(|s| s.reveals[0].version = 1), ["revealed anna"]);
    assert_eq!(failed(|s| s.commitment.exclusions = vec!["ff".repeat(32)])[0], "exclusions");
}
