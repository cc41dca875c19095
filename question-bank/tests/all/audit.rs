//! Commitment and audit: an honest sitting passes every step, and each way to cheat fails at its own.

use std::collections::{BTreeMap, BTreeSet};

use question_bank::{
    AuditStep, Blueprint, CandidateSecret, Commitment, Draw, Drawer, Outcome, Pool, Reveal, RosterEntry, audit,
    canonical::canonical_json, commitment::merkle,
};

use crate::{draw::secret, pools};

const CANDIDATES: [&str; 5] = ["anna", "boris", "chen", "dilek", "émile"];

/// A sitting after its last window: all that was published.
pub(crate) struct Sitting {
    pub(crate) commitment: Commitment,
    pub(crate) pool: Pool,
    pub(crate) blueprint: Blueprint,
    pub(crate) reveals: Vec<Reveal>,
    pub(crate) issued: BTreeMap<String, Draw>,
}

impl Sitting {
    pub(crate) fn honest() -> Self {
        let (pool, blueprint) = pools::with_sets();
        let pool = pool.build();
        let exclusions = BTreeSet::from([pools::name(3)]);
        let secrets: BTreeMap<String, CandidateSecret> =
            (1..).zip(CANDIDATES).map(|(number, name)| (name.to_owned(), secret(number))).collect();
        let commitment = Commitment::new("sitting-1", &pool, &blueprint, &exclusions, &secrets);
        let drawer = Drawer::new(&pool.without(&exclusions), &blueprint).unwrap();
        let issued = secrets.iter().map(|(name, secret)| (name.clone(), drawer.draw(secret, name).unwrap())).collect();
        let reveals = secrets.iter().map(|(name, secret)| Reveal::new(name, secret)).collect();
        Self { commitment, pool, blueprint, reveals, issued }
    }

    fn audit(&self) -> Vec<AuditStep> {
        audit(&self.commitment, &self.pool, &self.blueprint, &self.reveals, &self.issued)
    }

    /// The steps that came out so, with the candidate they are about.
    fn steps(&self, outcome: Outcome) -> Vec<(&'static str, Option<String>)> {
        self.audit()
            .into_iter()
            .filter(|step| step.outcome == outcome)
            .map(|step| (step.step, step.pseudonym))
            .collect()
    }

    /// As [`Self::steps`], of those that failed, as text: `pool`, `draw anna`.
    fn failed(&self) -> Vec<String> {
        let text = |(step, who): (&str, Option<String>)| who.map_or(step.to_owned(), |who| format!("{step} {who}"));
        self.steps(Outcome::Failed).into_iter().map(text).collect()
    }

    /// Makes the root cover the roster as it now is: the forger of a whole commitment does as much.
    fn cover_tracks(&mut self) {
        let leaves: Vec<_> = self.commitment.roster.iter().map(|entry| merkle::leaf(&canonical_json(entry))).collect();
        self.commitment.root = hex::encode(merkle::root(&leaves));
    }
}

/// What fails if an honest sitting is changed so.
fn failed(cheat: impl FnOnce(&mut Sitting)) -> Vec<String> {
    let mut sitting = Sitting::honest();
    cheat(&mut sitting);
    sitting.failed()
}

fn every_draw() -> impl Iterator<Item = String> {
    CANDIDATES.iter().map(|name| format!("draw {name}"))
}

#[test]
fn an_honest_sitting_passes_every_step() {
    let sitting = Sitting::honest();
    let steps: Vec<_> = sitting.audit().into_iter().map(|step| (step.step, step.outcome)).collect();
    let common = ["format", "procedure", "roster", "root", "pool", "blueprint", "exclusions", "feasible"];
    let each = ["revealed", "secret", "draw"];
    let expected = common.into_iter().chain(each.into_iter().cycle().take(3 * CANDIDATES.len()));
    assert_eq!(steps, expected.map(|step| (step, Outcome::Passed)).collect::<Vec<_>>());
}

#[test]
fn secrets_not_yet_revealed_and_draws_not_given_are_not_checked_and_no_fault() {
    let mut sitting = Sitting::honest();
    sitting.reveals.retain(|reveal| reveal.pseudonym != "chen");
    sitting.issued.remove("boris");
    assert_eq!(sitting.failed(), [""; 0]);
    assert_eq!(
        sitting.steps(Outcome::NotChecked),
        [("draw", Some("boris".to_owned())), ("revealed", Some("chen".to_owned()))]
    );
}

#[test]
fn a_changed_secret_fails_at_secret() {
    assert_eq!(failed(|s| s.reveals[1] = Reveal::new("boris", &secret(77))), ["secret boris"]);
    assert_eq!(failed(|s| s.reveals[1].secret = "not hex".into()), ["secret boris"]);
    let swapped = |s: &mut Sitting| {
        s.reveals[0].pseudonym = "boris".into();
        s.reveals[1].pseudonym = "anna".into();
    };
    assert_eq!(failed(swapped), ["secret boris", "secret anna"], "a secret is bound to its candidate");
}

#[test]
fn a_swapped_draw_fails_at_draw() {
    let swap = |s: &mut Sitting| {
        let (anna, boris) = (s.issued["anna"].clone(), s.issued["boris"].clone());
        s.issued.extend([("anna".to_owned(), boris), ("boris".to_owned(), anna)]);
    };
    assert_eq!(failed(swap), ["draw anna", "draw boris"]);
    assert_eq!(failed(|s| s.issued.get_mut("chen").unwrap().items.swap(0, 6)), ["draw chen"]);
    assert_eq!(failed(|s| s.issued.get_mut("chen").unwrap().items[2].options.reverse()), ["draw chen"]);
    assert_eq!(failed(|s| s.issued.get_mut("chen").unwrap().procedure = "invigil-draw-0".into()), ["draw chen"]);
}

#[test]
fn a_changed_pool_fails_at_pool_and_at_every_draw() {
    let expected: Vec<_> = ["pool".to_owned()].into_iter().chain(every_draw()).collect();
    assert_eq!(failed(|s| s.pool.entries[4].options = 4), expected);
    assert_eq!(failed(|s| s.pool = s.pool.without(&BTreeSet::from([pools::name(0)]))), expected);
}

#[test]
fn a_changed_blueprint_fails_at_blueprint_and_at_every_draw() {
    let expected: Vec<_> = ["blueprint".to_owned()].into_iter().chain(every_draw()).collect();
    assert_eq!(failed(|s| s.blueprint.domains.reverse()), expected);
    assert_eq!(failed(|s| s.blueprint.edition = "2".into()), expected);
}

#[test]
fn an_extra_candidate_fails_wherever_they_are_slipped_in() {
    let zoe = RosterEntry::new("zoe", &secret(9));
    assert_eq!(failed(|s| s.commitment.roster.insert(4, zoe.clone())), ["root"]);
    assert_eq!(failed(|s| s.reveals.push(Reveal::new("zoe", &secret(9)))), ["revealed zoe"]);
    assert_eq!(failed(|s| drop(s.issued.insert("zoe".into(), s.issued["anna"].clone()))), ["draw zoe"]);
    let forged = |s: &mut Sitting| {
        s.commitment.roster.insert(4, zoe.clone());
        s.cover_tracks();
    };
    assert_eq!(failed(forged), [""; 0], "only that the root was public before the sitting gives a forger away");
    let twice = |s: &mut Sitting| {
        s.commitment.roster.insert(1, RosterEntry::new("anna", &secret(9)));
        s.cover_tracks();
    };
    assert_eq!(failed(twice)[0], "roster", "a second secret for one candidate would be a choice between two draws");
}

#[test]
fn a_candidate_taken_off_the_roster_fails_at_root_and_at_what_was_theirs() {
    let removed = |s: &mut Sitting| s.commitment.roster.retain(|entry| entry.pseudonym != "dilek");
    assert_eq!(failed(removed), ["root", "revealed dilek", "draw dilek"]);
    let replaced = |s: &mut Sitting| s.commitment.roster[3] = RosterEntry::new("dilek", &secret(77));
    assert_eq!(failed(replaced), ["root", "secret dilek"]);
}

#[test]
fn a_roster_out_of_order_fails_at_roster_even_under_its_own_root() {
    let disorder = |s: &mut Sitting| {
        s.commitment.roster.swap(0, 1);
        s.cover_tracks();
    };
    assert_eq!(failed(disorder), ["roster"]);
}

#[test]
fn changed_exclusions_fail_at_the_draws_and_impossible_ones_at_exclusions() {
    let draws: Vec<_> = every_draw().collect();
    assert_eq!(failed(|s| s.commitment.exclusions.clear()), draws);
    assert_eq!(failed(|s| s.commitment.exclusions = vec![pools::name(2)]), draws);
    let unknown = |s: &mut Sitting| s.commitment.exclusions.push("f".repeat(64));
    assert_eq!(failed(unknown), ["exclusions"], "nothing is left out that was not there");
    let twice = |s: &mut Sitting| s.commitment.exclusions.push(s.commitment.exclusions[0].clone());
    assert_eq!(failed(twice), ["exclusions"]);
}

#[test]
fn another_procedure_or_version_is_not_taken_for_the_one_that_is_known() {
    assert_eq!(failed(|s| s.commitment.procedure = "invigil-draw-2".into()), ["procedure"]);
    assert_eq!(failed(|s| s.commitment.version = 2), ["format"]);
    assert_eq!(failed(|s| s.commitment.format = "x".into()), ["format"]);
    assert_eq!(failed(|s| s.reveals[0].version = 2), ["revealed anna"]);
}

#[test]
fn a_pool_that_cannot_meet_the_blueprint_fails_at_feasible_and_leaves_the_draws_unchecked() {
    let mut sitting = Sitting::honest();
    sitting.pool.entries.truncate(3);
    assert_eq!(sitting.failed(), ["pool", "exclusions", "feasible"]);
    let unchecked = sitting.steps(Outcome::NotChecked);
    assert!(unchecked.len() == CANDIDATES.len() && unchecked.iter().all(|(step, _)| *step == "draw"));
}

#[test]
fn every_candidate_can_show_their_line_to_be_under_the_root() {
    let commitment = Sitting::honest().commitment;
    for name in CANDIDATES {
        let (index, path) = commitment.inclusion_path(name).unwrap();
        assert_eq!(commitment.roster[index].pseudonym, name);
        let path: Vec<merkle::Hash> = path.iter().map(|hash| hex::decode(hash).unwrap().try_into().unwrap()).collect();
        let root = |entry: &RosterEntry| {
            let leaf = merkle::leaf(&canonical_json(entry));
            merkle::root_from_path(leaf, index, commitment.roster.len(), &path).map(hex::encode)
        };
        assert_eq!(root(&commitment.roster[index]), Some(commitment.root.clone()));
        assert_ne!(root(&RosterEntry::new(name, &secret(77))), Some(commitment.root.clone()));
    }
    assert_eq!(commitment.inclusion_path("zoe"), None);
}

#[test]
fn a_commitment_gives_no_secret_away_and_is_read_back_as_written() {
    let Sitting { commitment, reveals, .. } = Sitting::honest();
    let json = serde_json::to_string(&commitment).unwrap();
    assert!(reveals.iter().all(|reveal| !json.contains(&reveal.secret)));
    assert_eq!(serde_json::from_str::<Commitment>(&json).unwrap(), commitment);
    assert!(serde_json::from_str::<Commitment>(&json.replacen('{', "{\"extra\":1,", 1)).is_err());
    let other = BTreeMap::from([("anna".to_owned(), secret(2)), ("boris".to_owned(), secret(2))]);
    let (pool, blueprint) = pools::with_sets();
    let other = Commitment::new("s", &pool.build(), &blueprint, &BTreeSet::new(), &other);
    let [anna, boris] = &other.roster[..] else { panic!("{other:?}") };
    assert_ne!(anna.secret_commitment, boris.secret_commitment, "equal secrets do not look equal");
}

#[test]
fn a_sitting_without_candidates_commits_to_nothing_and_holds() {
    let (pool, blueprint) = pools::with_sets();
    let pool = pool.build();
    let commitment = Commitment::new("s", &pool, &blueprint, &BTreeSet::new(), &BTreeMap::new());
    let steps = audit(&commitment, &pool, &blueprint, &[], &BTreeMap::new());
    assert!(steps.iter().all(|step| step.outcome == Outcome::Passed), "{steps:?}");
}
