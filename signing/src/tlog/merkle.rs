//! Merkle trees of RFC 6962, section 2.1, over SHA-256: roots, inclusion and consistency proofs, made and checked.

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash of a leaf, a node or a whole tree.
pub type Hash = [u8; 32];

/// No tree here is larger: a size fits a signed 64-bit integer, and a proof has at most 63 hashes.
pub const MAX_SIZE: u64 = i64::MAX as u64;
/// The most hashes that a proof has.
pub const MAX_PROOF: usize = 63;

/// The root of the tree without leaves.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The hash of a leaf with this entry: SHA-256 of a byte 0 and the entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of a node over its two children: SHA-256 of a byte 1 and both.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Hashes of whole subtrees of a tree.
pub trait Subtrees {
    /// Why a hash is not there.
    type Missing;

    /// The hash over the leaves `index << level` up to, and without, `(index + 1) << level`, all of which the tree has.
    ///
    /// # Errors
    /// The hash is not there.
    fn subtree(&self, level: u32, index: u64) -> Result<Hash, Self::Missing>;
}

/// The largest power of two below `n`, which is at least 2.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// The hash over the leaves from `low` up to, and without, `high`; `low` is where a subtree of that many leaves begins.
fn range<S: Subtrees>(tree: &S, low: u64, high: u64) -> Result<Hash, S::Missing> {
    let n = high - low;
    if n.is_power_of_two() {
        return tree.subtree(n.trailing_zeros(), low / n);
    }
    let middle = low + split(n);
    Ok(node_hash(&range(tree, low, middle)?, &range(tree, middle, high)?))
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// A hash is not there.
pub fn root<S: Subtrees>(tree: &S, size: u64) -> Result<Hash, S::Missing> {
    if size == 0 { Ok(empty_root()) } else { range(tree, 0, size) }
}

/// The inclusion proof of a leaf in the tree of the first `size` leaves (RFC 6962, section 2.1.1), from the leaf's sibling up.
/// Empty where `index` is not below `size`.
///
/// # Errors
/// A hash is not there.
pub fn inclusion<S: Subtrees>(tree: &S, index: u64, size: u64) -> Result<Vec<Hash>, S::Missing> {
    let (mut low, mut high, mut proof) = (0, size, Vec::new());
    while index < size && high - low > 1 {
        let middle = low + split(high - low);
        if index < middle {
            proof.push(range(tree, middle, high)?);
            high = middle;
        } else {
            proof.push(range(tree, low, middle)?);
            low = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The consistency proof between the trees of the first `old` and the first `new` leaves (RFC 6962, section 2.1.2). Empty where
/// `old` is 0 or not below `new`.
///
/// # Errors
/// A hash is not there.
pub fn consistency<S: Subtrees>(tree: &S, old: u64, new: u64) -> Result<Vec<Hash>, S::Missing> {
    if old == 0 || old >= new {
        return Ok(Vec::new());
    }
    let (mut low, mut high, mut proof) = (0, new, Vec::new());
    while old != high {
        let middle = low + split(high - low);
        if old <= middle {
            proof.push(range(tree, middle, high)?);
            high = middle;
        } else {
            proof.push(range(tree, low, middle)?);
            low = middle;
        }
    }
    if low > 0 {
        proof.push(range(tree, low, high)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Whether the proof leads from the leaf with this hash to the root (RFC 9162, section 2.1.3.2).
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], expected: &Hash) -> bool {
    if index >= size || size > MAX_SIZE || proof.len() > MAX_PROOF {
        return false;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(sibling, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *expected
}

/// Whether the proof shows that the tree of `new` leaves begins with that of `old` leaves (RFC 9162, section 2.1.4.2). Every
/// tree begins with the empty one, for which the proof is empty.
pub fn verify_consistency(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> bool {
    if old > new || new > MAX_SIZE || proof.len() > MAX_PROOF {
        return false;
    }
    if old == 0 {
        return proof.is_empty() && *old_root == empty_root() && (new > 0 || old_root == new_root);
    }
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    // An old tree that is one whole subtree is where the proof starts, and is left out of it.
    let mut hashes = old.is_power_of_two().then_some(old_root).into_iter().chain(proof);
    let Some(first) = hashes.next() else { return false };
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut of_old, mut of_new) = (*first, *first);
    for hash in hashes {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            of_old = node_hash(hash, &of_old);
            of_new = node_hash(hash, &of_new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            of_new = node_hash(&of_new, hash);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}
