//! Similarity of texts: word triples («shingles», Broder 1997) and their Jaccard index, in integers.
//!
//! All pairs above a bound are found by prefix filtering (Bayardo, Ma & Srikant 2007): of two sets with Jaccard index
//! t or more, the rarest ⌊(1−t)·n⌋ + 1 members of each have one in common. Rare triples stand in few texts, so few pairs
//! are compared. The result is exact and the same on every machine.

use std::collections::BTreeSet;

/// Words of a shingle.
const WORDS: usize = 3;

/// Two documents by their place, `a` before `b`, and how similar they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The first document.
    pub a: usize,
    /// The second.
    pub b: usize,
    /// Jaccard index of their shingles in percent, rounded down.
    pub percent: u32,
}

/// Pairs that were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In the order of the documents.
    pub pairs: Vec<Pair>,
    /// There are more than were asked for.
    pub more: bool,
}

/// The shingles of a text, ascending, each once. A text of fewer words than a shingle is one.
pub fn of(words: &[String]) -> Vec<u64> {
    let size = WORDS.min(words.len()).max(1);
    let shingles: BTreeSet<u64> = words.windows(size).map(hash).collect();
    shingles.into_iter().collect()
}

/// FNV-1a over the words, each with an end.
fn hash(words: &[String]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0xff]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Every pair of documents whose Jaccard index is `percent` or more, up to `most` pairs. Documents without a shingle are
/// like no other.
pub fn pairs(documents: &[Vec<u64>], percent: u32, most: usize) -> Found {
    let percent = u64::from(percent.clamp(1, 100));
    let ranked = rank(documents);
    let ranks = ranked.iter().flatten().max().map_or(0, |&rank| rank as usize + 1);
    let mut index: Vec<Vec<usize>> = vec![Vec::new(); ranks];
    let mut found = Found::default();
    for (b, document) in ranked.iter().enumerate() {
        let n = document.len() as u64;
        let prefix = (n - (n * percent).div_ceil(100) + u64::from(n > 0)) as usize;
        let candidates: BTreeSet<usize> =
            document[..prefix].iter().flat_map(|&rank| index[rank as usize].iter().copied()).collect();
        for a in candidates {
            let common = common(&ranked[a], document);
            let union = ranked[a].len() as u64 + n - common;
            if 100 * common >= percent * union {
                if found.pairs.len() == most {
                    found.more = true;
                    return sorted(found);
                }
                let percent = u32::try_from(100 * common / union).unwrap_or(100);
                found.pairs.push(Pair { a, b, percent });
            }
        }
        for &rank in &document[..prefix] {
            index[rank as usize].push(b);
        }
    }
    sorted(found)
}

fn sorted(mut found: Found) -> Found {
    found.pairs.sort_unstable();
    found
}

/// Documents as ascending ranks of their shingles, the rarest first.
fn rank(documents: &[Vec<u64>]) -> Vec<Vec<u32>> {
    let mut all: Vec<u64> = documents.iter().flatten().copied().collect();
    all.sort_unstable();
    let mut by_rarity: Vec<(usize, u64)> = all.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
    by_rarity.sort_unstable();
    let mut rank_of: Vec<(u64, u32)> = by_rarity.iter().zip(0..).map(|(&(_, shingle), rank)| (shingle, rank)).collect();
    rank_of.sort_unstable();
    let rank =
        |shingle: &u64| rank_of.binary_search_by_key(shingle, |&(shingle, _)| shingle).ok().map(|at| rank_of[at].1);
    let ranked = |document: &Vec<u64>| {
        let mut ranks: Vec<u32> = document.iter().filter_map(rank).collect();
        ranks.sort_unstable();
        ranks
    };
    documents.iter().map(ranked).collect()
}

/// How many members two ascending lists have in common.
fn common(a: &[u32], b: &[u32]) -> u64 {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        count += u64::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}
