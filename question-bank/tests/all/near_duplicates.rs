//! Near-duplicates: all that there are, and no others.

use proptest::prelude::*;
use question_bank::lint::shingles::{self, Found, Pair};

/// Every pair compared with every other.
fn by_brute_force(documents: &[Vec<u64>], percent: u64) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (b, other) in documents.iter().enumerate() {
        for (a, one) in documents[..b].iter().enumerate() {
            let common = one.iter().filter(|shingle| other.contains(shingle)).count() as u64;
            let union = one.len() as u64 + other.len() as u64 - common;
            if union > 0 && common > 0 && 100 * common >= percent * union {
                pairs.push(Pair { a, b, percent: u32::try_from(100 * common / union).unwrap() });
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Documents over few words, so that some are alike.
fn documents() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let text = prop::collection::vec(prop::sample::select(vec!["key", "log", "gate", "tool"]), 0..12);
    prop::collection::vec(text, 0..14).prop_map(|texts| {
        let words = |text: Vec<&str>| text.into_iter().map(str::to_owned).collect::<Vec<_>>();
        texts.into_iter().map(|text| shingles::of(&words(text))).collect()
    })
}

proptest! {
    #[test]
    fn what_is_found_is_what_comparing_all_with_all_finds(documents in documents(), percent in 1u32..=100) {
        let found = shingles::pairs(&documents, percent, usize::MAX);
        prop_assert_eq!(found.pairs, by_brute_force(&documents, u64::from(percent)));
        prop_assert!(!found.more);
    }

    #[test]
    fn the_order_of_the_documents_changes_nothing_but_their_places(documents in documents()) {
        let last = documents.len().saturating_sub(1);
        let turned: Vec<_> = documents.iter().rev().cloned().collect();
        let mut back: Vec<Pair> = shingles::pairs(&turned, 40, usize::MAX)
            .pairs
            .into_iter()
            .map(|pair| Pair { a: last - pair.b, b: last - pair.a, ..pair })
            .collect();
        back.sort_unstable();
        prop_assert_eq!(back, shingles::pairs(&documents, 40, usize::MAX).pairs);
    }
}

#[test]
fn a_text_is_wholly_like_itself_and_not_at_all_like_another() {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (one, other) =
        (shingles::of(&words("the gate stays open all night")), shingles::of(&words("a tool reads a log")));
    let found = shingles::pairs(&[one.clone(), other, one], 1, 10);
    assert_eq!(found, Found { pairs: vec![Pair { a: 0, b: 2, percent: 100 }], more: false });
}

#[test]
fn one_word_changed_in_forty_is_found_and_the_share_is_exact() {
    let words: Vec<String> = (0..40).map(|n| format!("word{n}")).collect();
    let mut changed = words.clone();
    changed[20] = "another".into();
    // 38 triples each, of which three have the word: 35 in common, 41 in all.
    let documents = [shingles::of(&words), shingles::of(&changed)];
    assert_eq!(shingles::pairs(&documents, 85, 10).pairs, [Pair { a: 0, b: 1, percent: 85 }]);
    assert_eq!(shingles::pairs(&documents, 86, 10).pairs, []);
}

#[test]
fn a_bank_of_copies_ends_with_the_pairs_that_were_asked_for() {
    let words: Vec<String> = (0..30).map(|n| format!("word{n}")).collect();
    let found = shingles::pairs(&vec![shingles::of(&words); 5_000], 40, 100);
    assert_eq!((found.pairs.len(), found.more), (100, true));
}
