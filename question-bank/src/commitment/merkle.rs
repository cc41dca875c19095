//! The Merkle tree hash of RFC 6962, section 2.1, and its audit paths (2.1.1).

use sha2::{Digest as _, Sha256};

/// A node or leaf hash.
pub type Hash = [u8; 32];

/// The hash of a leaf: SHA-256 over a zero byte and the leaf.
pub fn leaf(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root over leaf hashes; SHA-256 of nothing for an empty list.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(left_size(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The audit path of a leaf, from the bottom up; `None` if there is no such leaf.
pub fn path(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    match leaves {
        _ if index >= leaves.len() => None,
        [_] => Some(Vec::new()),
        _ => {
            let split = left_size(leaves.len());
            let (left, right) = leaves.split_at(split);
            let (mut path, sibling) = if index < split {
                (path(left, index)?, root(right))
            } else {
                (path(right, index - split)?, root(left))
            };
            path.push(sibling);
            Some(path)
        }
    }
}

/// The root that a leaf at `index` of `count` and its audit path lead to; `None` if the path has a wrong length.
pub fn root_from_path(leaf: Hash, index: usize, count: usize, path: &[Hash]) -> Option<Hash> {
    match (count, path.split_last()) {
        _ if index >= count => None,
        (1, None) => Some(leaf),
        (2.., Some((sibling, rest))) => {
            let split = left_size(count);
            Some(if index < split {
                node(&root_from_path(leaf, index, split, rest)?, sibling)
            } else {
                node(sibling, &root_from_path(leaf, index - split, count - split, rest)?)
            })
        }
        _ => None,
    }
}

/// The largest power of two below `n` (n ≥ 2).
fn left_size(n: usize) -> usize {
    n.next_power_of_two() / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaves and roots of certificate-transparency-go's Merkle tests.
    #[test]
    fn roots_are_those_of_certificate_transparency() {
        let inputs =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let leaves: Vec<Hash> = inputs.iter().map(|input| leaf(&hex::decode(input).unwrap())).collect();
        for (count, expected) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
            (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
            (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
            (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
        ] {
            assert_eq!(hex::encode(root(&leaves[..count])), expected, "{count} leaves");
        }
    }

    #[test]
    fn every_leaf_has_a_path_to_the_root_and_only_its_own() {
        let leaves: Vec<Hash> = (0..21_u8).map(|n| leaf(&[n])).collect();
        for count in 1..=leaves.len() {
            let leaves = &leaves[..count];
            for index in 0..count {
                let path = path(leaves, index).unwrap();
                assert_eq!(root_from_path(leaves[index], index, count, &path), Some(root(leaves)));
                assert_ne!(root_from_path(leaf(b"x"), index, count, &path), Some(root(leaves)));
                assert_eq!(root_from_path(leaves[index], index, count, &[path, vec![[0; 32]]].concat()), None);
            }
        }
        assert_eq!(path(&leaves, 21), None);
    }
}
