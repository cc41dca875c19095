//! The transparency log's formats: known answers of other implementations, and what is not let through.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use sha2::Sha256;
use signing::{
    keys::SigningKey,
    tlog::{
        checkpoint::{Checkpoint, CheckpointFault, LogPolicy},
        cosignature::cosign,
        merkle::{Hash, consistency, empty_root, inclusion, leaf_hash, root, verify_consistency, verify_inclusion},
        note::{KeyType, Note, NoteFault, Verifier},
        proof::{ProofFault, TlogProof},
        tile::{Content, Tile, entries, first_entries},
        tree::{Edge, EdgeFault, Tiles},
        witness::{AddCheckpoint, Refusal, Seen},
    },
};

/// The entries and roots that the first implementation of RFC 6962 is tested with.
const ENTRIES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// A tree whose tiles are all at hand.
struct Tree {
    edge: Edge,
    bytes: std::collections::BTreeMap<Tile, Vec<u8>>,
}

impl Tree {
    /// Entries are added in pieces, as a server adds them: what a tile is does not depend on that.
    fn of(leaves: &[Vec<u8>], piece: usize) -> Self {
        let mut tree = Self { edge: Edge::default(), bytes: Default::default() };
        for piece in leaves.chunks(piece) {
            let kept = Edge::tiles(tree.edge.size()).into_iter().map(|tile| (tile, tree.bytes[&tile].clone()));
            tree.edge = Edge::new(tree.edge.size(), kept).unwrap();
            tree.bytes.extend(tree.edge.append(piece).unwrap());
        }
        tree
    }

    fn tiles(&self, size: u64) -> Tiles {
        let mut tiles = Tiles::new(size);
        for tile in Tile::all(size).filter(|tile| tile.content != Content::Entries) {
            // A narrower tile is the beginning of a wider one.
            let wide = self.bytes.range(tile..).find(|(wide, _)| (wide.content, wide.n) == (tile.content, tile.n));
            let bytes = wide.unwrap().1[..usize::from(tile.width) * 32].to_vec();
            tiles.add(tile, bytes).unwrap();
        }
        tiles
    }
}

fn leaves(count: u32) -> Vec<Vec<u8>> {
    (0..count).map(|n| format!("entry {n}").into_bytes()).collect()
}

#[test]
fn the_roots_of_the_first_implementation_hold() {
    let leaves: Vec<_> = ENTRIES.iter().map(|entry| hex::decode(entry).unwrap()).collect();
    for (size, expected) in (1..).zip(ROOTS) {
        assert_eq!(hex::encode(Tree::of(&leaves[..size], 3).edge.root()), expected, "{size}");
    }
    assert_eq!(hex::encode(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    bytes.chunks(32).map(|hash| hash.try_into().unwrap()).collect()
}

#[test]
fn roots_and_proofs_are_those_of_another_implementation() {
    let leaves = leaves(700);
    let tree = Tree::of(&leaves, 97);
    let mut theirs = ct_merkle::mem_backed_tree::MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut roots = vec![empty_root()];
    for (size, leaf) in (1u64..).zip(&leaves) {
        theirs.push(leaf.clone());
        let expected: Hash = theirs.root().as_bytes().as_slice().try_into().unwrap();
        roots.push(expected);
        let interesting = [1, 2, 3, 5, 8, 127, 128, 129, 255, 256, 257, 511, 512, 513, 699, 700];
        if !interesting.contains(&size) {
            continue;
        }
        let tiles = tree.tiles(size);
        assert_eq!(root(&tiles, size).unwrap(), expected, "{size}");
        for index in (0..size).step_by(1 + size as usize / 40) {
            let proof = inclusion(&tiles, index, size).unwrap();
            assert_eq!(proof, hashes(theirs.prove_inclusion(index as usize).as_bytes()), "{index} of {size}");
            let leaf = leaf_hash(&leaves[index as usize]);
            assert!(verify_inclusion(&leaf, index, size, &proof, &expected));
            assert!(!verify_inclusion(&leaf, index + 1, size, &proof, &expected), "{index} of {size}");
            assert!(!verify_inclusion(&leaf_hash(b"other"), index, size, &proof, &expected));
        }
        for old in (1..size).step_by(1 + size as usize / 40) {
            let proof = consistency(&tiles, old, size).unwrap();
            assert_eq!(proof, hashes(theirs.prove_consistency((size - old) as usize).as_bytes()), "{old} to {size}");
            let old_root = roots[old as usize];
            assert!(verify_consistency(old, &old_root, size, &expected, &proof), "{old} to {size}");
            assert!(!verify_consistency(old, &expected, size, &expected, &proof));
            assert!(!verify_consistency(old, &old_root, size, &old_root, &proof));
            assert!(!verify_consistency(old, &old_root, size, &expected, &[]));
        }
    }
    assert!(verify_consistency(0, &empty_root(), 5, &roots[5], &[]));
    assert!(!verify_consistency(5, &roots[5], 4, &roots[4], &[]));
    assert!(verify_consistency(5, &roots[5], 5, &roots[5], &[]));
    assert!(!verify_consistency(5, &roots[5], 5, &roots[4], &[]));
}

#[test]
fn tiles_lie_where_the_specification_puts_them() {
    let tile = |content, n, width| Tile { content, n, width };
    for (place, path) in [
        (tile(Content::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067"),
        (tile(Content::Hashes(2), 0, 1), "tile/2/000.p/1"),
        (tile(Content::Entries, 273, 112), "tile/entries/273.p/112"),
        (tile(Content::Entries, 1_000, 256), "tile/entries/x001/000"),
    ] {
        assert_eq!(place.path(), path);
        assert_eq!(Tile::parse(path), Some(place));
    }
    // «a tree of size 70,000 will be represented by …» (tlog-tiles, «Partial Tiles»)
    let hashes: Vec<_> = Tile::all(70_000).filter(|tile| tile.content != Content::Entries).collect();
    let level = |wanted| hashes.iter().filter(move |tile| tile.content == Content::Hashes(wanted));
    assert_eq!(level(0).filter(|tile| tile.width == 256).count(), 273);
    assert_eq!(level(0).next_back().unwrap().width, 112);
    assert_eq!(level(1).map(|tile| tile.width).collect::<Vec<_>>(), [256, 17]);
    assert_eq!(level(2).map(|tile| tile.width).collect::<Vec<_>>(), [1]);
    assert_eq!(level(3).count(), 0);
    let of_256: Vec<_> = Tile::all(256).map(|tile| tile.path()).collect();
    assert_eq!(of_256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
    for wrong in [
        "tile/0/1",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/00/001",
        "tile/8/001",
        "tile/data/001",
        "tile/0/",
        "tile/0/001/",
        "tile/0/+01",
        "tile/0/x001",
        "0/001",
        "tile/0/001/x002",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/../001",
    ] {
        assert_eq!(Tile::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_log_of_many_tiles_is_the_same_however_it_grew() {
    let leaves = leaves(70_000);
    let (one, other) = (Tree::of(&leaves, 70_000), Tree::of(&leaves, 4_096));
    assert_eq!(one.edge.root(), other.edge.root());
    for (tile, bytes) in &one.bytes {
        assert_eq!(other.bytes.get(tile), Some(bytes), "{tile}");
    }
    let tiles = one.tiles(70_000);
    assert_eq!(root(&tiles, 70_000).unwrap(), one.edge.root());
    let proof = inclusion(&tiles, 65_536, 70_000).unwrap();
    assert!(verify_inclusion(&leaf_hash(b"entry 65536"), 65_536, 70_000, &proof, &one.edge.root()));
    // What is not there is asked for by name.
    assert_eq!(root(&Tiles::new(300), 300), Err(Some(Tile { content: Content::Hashes(1), n: 0, width: 1 })));
}

#[test]
fn bundles_hold_what_was_put_in_and_nothing_else_is_one() {
    let tree = Tree::of(&leaves(300), 300);
    let last = Tile::parse("tile/entries/001.p/44").unwrap();
    let bundle = &tree.bytes[&last];
    assert_eq!(entries(bundle).unwrap().len(), 44);
    assert_eq!(entries(bundle).unwrap()[43], b"entry 299");
    assert_eq!(entries(first_entries(bundle, 2).unwrap()).unwrap(), [b"entry 256", b"entry 257"]);
    assert_eq!(first_entries(bundle, 45), None);
    assert_eq!(entries(&bundle[..bundle.len() - 1]), None);
    assert_eq!(entries(&[0]), None);
    assert_eq!(entries(&[0; 514]), None, "257 entries");
    let mut edge = Edge::default();
    assert_eq!(edge.append(&[vec![0; 65_536]]), Err(EdgeFault::Entry(65_536)));
    assert_eq!(edge.size(), 0);
    let edge_of = |bytes: Vec<u8>| Edge::new(1, Edge::tiles(1).into_iter().map(move |tile| (tile, bytes.clone())));
    assert_eq!(edge_of(vec![0; 31]).unwrap_err(), EdgeFault::Tiles(1));
    assert_eq!(Edge::new(1, []).unwrap_err(), EdgeFault::Tiles(1));
}

/// The example of golang.org/x/mod/sumdb/note.
#[test]
fn the_best_known_signed_note_verifies() {
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let line =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let verifier = Verifier::parse(key).unwrap();
    assert_eq!(verifier.to_string(), key);
    let note = Note::parse(format!("{text}\n{line}").as_bytes()).unwrap();
    assert_eq!(note.text(), text);
    assert_eq!(note.verify(std::slice::from_ref(&verifier)).unwrap()[0].time, None);
    let changed = Note::parse(format!("{}\n{line}", text.replace("your", "my")).as_bytes()).unwrap();
    assert_eq!(changed.verify(&[verifier]), Err(NoteFault::BadSignature("PeterNeumann".into())));
}

const ORIGIN: &str = "log.example/certificates";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed([seed; 32])
}

fn log() -> Verifier {
    Verifier::new(ORIGIN, KeyType::Note, key(1).public()).unwrap()
}

fn witness(seed: u8) -> Verifier {
    Verifier::new(&format!("witness{seed}.example"), KeyType::Cosignature, key(seed).public()).unwrap()
}

fn policy(quorum: usize) -> LogPolicy {
    let witnesses = [witness(2).to_string(), witness(3).to_string()];
    LogPolicy::parse(ORIGIN, &log().to_string(), &witnesses, quorum).unwrap()
}

fn checkpoint(tree: &Tree, size: u64) -> Checkpoint {
    Checkpoint { origin: ORIGIN.into(), size, root: root(&tree.tiles(size), size).unwrap() }
}

fn cosigned(checkpoint: &Checkpoint, by: &[u8]) -> String {
    let mut note = checkpoint.sign(&log(), &key(1));
    by.iter().for_each(|seed| note += &cosign(&checkpoint.text(), 1_800_000_000, &witness(*seed), &key(*seed)));
    note
}

fn fault(note: &str) -> CheckpointFault {
    policy(0).check(note.as_bytes()).unwrap_err()
}

#[test]
fn a_checkpoint_counts_with_the_logs_signature_and_tells_who_else_signed() {
    let tree = Tree::of(&leaves(300), 300);
    let point = checkpoint(&tree, 300);
    let note = cosigned(&point, &[2, 4]);
    let vouched = policy(1).check(note.as_bytes()).unwrap();
    assert_eq!(vouched.checkpoint, point);
    assert_eq!(vouched.cosigned, [("witness2.example".to_owned(), 1_800_000_000)], "witness 4 is not known");
    assert!(vouched.quorum);
    assert!(!policy(2).check(note.as_bytes()).unwrap().quorum);
    // The same witness twice is one witness.
    let twice = cosigned(&point, &[2, 2]);
    assert!(!policy(2).check(twice.as_bytes()).unwrap().quorum);

    assert!(matches!(fault(&note.replace("\n300\n", "\n301\n")), CheckpointFault::Note(NoteFault::BadSignature(_))));
    let elsewhere = Checkpoint { origin: "other.example/log".into(), ..point.clone() };
    assert_eq!(fault(&cosigned(&elsewhere, &[])), CheckpointFault::Origin("other.example/log".into()));
    // Of a witness alone.
    let only = format!("{}\n{}", point.text(), cosign(&point.text(), 5, &witness(2), &key(2)));
    assert_eq!(fault(&only), CheckpointFault::NotTheLog(ORIGIN.into()));
    // A witness's line with another time.
    let line = cosign(&point.text(), 5, &witness(2), &key(2));
    let (start, encoded) = line.trim_end().rsplit_once(' ').unwrap();
    let mut bytes = STANDARD.decode(encoded).unwrap();
    bytes[11] = 6;
    let line = format!("{start} {}\n", STANDARD.encode(bytes));
    assert!(matches!(fault(&(cosigned(&point, &[]) + &line)), CheckpointFault::Note(_)));
    // Another's signature under the log's name and id.
    let forged = point.sign(&log(), &key(9));
    assert_eq!(fault(&forged), CheckpointFault::Note(NoteFault::BadSignature(ORIGIN.into())));
    let stranger = Verifier::new(ORIGIN, KeyType::Note, key(9).public()).unwrap();
    assert_eq!(fault(&point.sign(&stranger, &key(9))), CheckpointFault::Note(NoteFault::Unsigned));
}

#[test]
fn notes_that_are_none_are_refused_by_what_they_lack() {
    let good = cosigned(&checkpoint(&Tree::of(&leaves(3), 3), 3), &[2]);
    let of = |bytes: &[u8]| Note::parse(bytes).unwrap_err();
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("no end", good[..good.len() - 1].into()),
        ("no signature", good[..good.find("— ").unwrap()].into()),
        ("another mark", good.replace("— ", "- ").into()),
        ("a carriage return", good.replace('\n', "\r\n").into()),
        ("no base64", good.replacen("AAAA", "A*AA", 1).replace("= ", "*").replace("=\n", "*\n").into()),
        ("not UTF-8", [good.as_bytes(), b"\xff\n"].concat()),
        ("many signatures", (good.clone() + &"— a.example AAAAAAAA\n".repeat(64)).into()),
    ] {
        assert!(matches!(of(&bytes), NoteFault::Form(_)), "{what}");
    }
    assert_eq!(of(&vec![b'a'; 300_000]), NoteFault::TooLong(300_000));
    // Sixteen signatures of strangers are no reason to refuse.
    let many = good.clone() + &"— a.example AAAAAAAA\n".repeat(16);
    assert!(policy(1).check(many.as_bytes()).unwrap().quorum);
    for text in ["\n1\nAA==\n", "a\n01\nAA==\n", "a\n1\nAA==\n", "a\n-1\n", "a\n9223372036854775808\nAA==\n", ""] {
        assert!(Checkpoint::parse(text).is_err(), "{text:?}");
    }
    let (log, witness) = (log().to_string(), witness(2).to_string());
    assert!(LogPolicy::parse(ORIGIN, &witness, &[], 0).is_err(), "a witness's key is no log's");
    assert!(LogPolicy::parse(ORIGIN, &log, std::slice::from_ref(&log), 0).is_err());
    for wrong in ["", "a", "a+00000000+AQ==", &log.replace("log.", "lag."), &log[..log.len() - 4]] {
        assert!(Verifier::parse(wrong).is_err(), "{wrong}");
    }
    assert!(Verifier::new("a b", KeyType::Note, key(1).public()).is_err());
    assert!(Verifier::new("a+b", KeyType::Note, key(1).public()).is_err());
    assert!(Verifier::new("", KeyType::Note, key(1).public()).is_err());
}

fn proof(tree: &Tree, index: u64, size: u64) -> TlogProof {
    TlogProof {
        extra: Some(b"what the application needs".to_vec()),
        index,
        hashes: inclusion(&tree.tiles(size), index, size).unwrap(),
        checkpoint: cosigned(&checkpoint(tree, size), &[2, 3]),
    }
}

#[test]
fn a_proof_is_read_as_it_was_written_and_proves_its_entry_alone() {
    let tree = Tree::of(&leaves(300), 300);
    for (index, size) in [(0, 1), (0, 300), (255, 300), (256, 300), (299, 300), (7, 8)] {
        let proof = proof(&tree, index, size);
        let text = proof.to_string();
        assert_eq!(TlogProof::parse(text.as_bytes()).unwrap(), proof);
        let entry = format!("entry {index}");
        let included = proof.verify(entry.as_bytes(), &policy(2)).unwrap();
        assert_eq!((included.index, included.size, included.quorum), (index, size, true));
        assert_eq!(proof.verify(b"another", &policy(2)), Err(ProofFault::NotIncluded { index }));
        let moved = TlogProof { index: index + 1, ..proof.clone() };
        assert!(moved.verify(entry.as_bytes(), &policy(2)).is_err());
    }
    let text = proof(&tree, 5, 300).to_string();
    for (what, changed) in [
        ("version", text.replacen("@v1", "@v2", 1)),
        ("no index", text.replacen("index 5\n", "", 1)),
        ("zeros", text.replacen("index 5", "index 05", 1)),
        ("extra", text.replacen("extra ", "extra *", 1)),
        ("a short hash", text.replacen("index 5\n", "index 5\nAAAA\n", 1)),
        (
            "many hashes",
            text.replacen("index 5\n", &format!("index 5\n{}", format!("{}=\n", "A".repeat(43)).repeat(64)), 1),
        ),
        ("no checkpoint", text.split("\n\n").next().unwrap().to_owned()),
    ] {
        assert!(matches!(TlogProof::parse(changed.as_bytes()), Err(ProofFault::Form(_))), "{what}");
    }
    assert!(TlogProof::parse(&vec![b'a'; 1 << 20]).is_err());
}

#[test]
fn a_witness_cosigns_what_only_grew() {
    let tree = Tree::of(&leaves(300), 300);
    let request = |old: u64, new: u64| AddCheckpoint {
        old,
        proof: consistency(&tree.tiles(new), old, new).unwrap(),
        checkpoint: cosigned(&checkpoint(&tree, new), &[]),
    };
    let seen = |size: u64| Seen { size, root: checkpoint(&tree, size).root };
    let known = policy(0);
    let first = request(0, 100);
    assert_eq!(AddCheckpoint::parse(first.write().as_bytes()).unwrap(), first);
    assert_eq!(first.judge(&known, &Seen::default()).unwrap().checkpoint.size, 100);
    let next = request(100, 300);
    assert_eq!(AddCheckpoint::parse(next.write().as_bytes()).unwrap(), next);
    assert!(next.judge(&known, &seen(100)).is_ok());
    assert!(request(300, 300).judge(&known, &seen(300)).is_ok(), "the same again");
    assert_eq!(next.judge(&known, &Seen::default()), Err(Refusal::Size(0)));
    assert_eq!(first.judge(&known, &seen(300)), Err(Refusal::Size(300)));
    assert!(matches!(
        AddCheckpoint { old: 301, ..next.clone() }.judge(&known, &seen(301 - 1)),
        Err(Refusal::Request(_))
    ));
    let bare = AddCheckpoint { proof: Vec::new(), ..next.clone() };
    assert_eq!(bare.judge(&known, &seen(100)), Err(Refusal::Proof));
    // A log that tells others something else.
    let mut forked = leaves(300);
    forked[50] = b"put in later".to_vec();
    let fork = Tree::of(&forked, 300);
    let signed = |size| cosigned(&checkpoint(&fork, size), &[]);
    let same = AddCheckpoint { old: 300, proof: Vec::new(), checkpoint: signed(300) };
    assert_eq!(same.judge(&known, &seen(300)), Err(Refusal::Fork(300)));
    let proof = consistency(&fork.tiles(300), 100, 300).unwrap();
    let later = AddCheckpoint { old: 100, proof, checkpoint: signed(300) };
    assert_eq!(later.judge(&known, &seen(100)), Err(Refusal::Proof));
    let other = LogPolicy { origin: "other.example/log".into(), ..known.clone() };
    assert_eq!(next.judge(&other, &seen(100)), Err(Refusal::UnknownLog));
    let stranger = LogPolicy { log: Verifier::new(ORIGIN, KeyType::Note, key(8).public()).unwrap(), ..known };
    assert!(matches!(next.judge(&stranger, &seen(100)), Err(Refusal::Signature(_))));
    for wrong in ["", "old 1", "old x\n\n", "old 01\n\n", "new 1\n\n", "old 1\nAAAA\n\n"] {
        assert!(matches!(AddCheckpoint::parse(wrong.as_bytes()), Err(Refusal::Request(_))), "{wrong:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_leaf_of_every_tree_is_proven_and_a_changed_proof_proves_nothing(
        size in 1u64..600, at in any::<prop::sample::Index>(), bit in 0usize..256, hash in any::<prop::sample::Index>(),
    ) {
        let tree = Tree::of(&leaves(size as u32), 77);
        let index = at.index(size as usize) as u64;
        let tiles = tree.tiles(size);
        let (expected, leaf) = (tree.edge.root(), leaf_hash(format!("entry {index}").as_bytes()));
        let mut proof = inclusion(&tiles, index, size).unwrap();
        prop_assert!(verify_inclusion(&leaf, index, size, &proof, &expected));
        let mut longer = proof.clone();
        longer.push(leaf);
        prop_assert!(!verify_inclusion(&leaf, index, size, &longer, &expected));
        if !proof.is_empty() {
            prop_assert!(!verify_inclusion(&leaf, index, size, &proof[..proof.len() - 1], &expected));
            let place = hash.index(proof.len());
            proof[place][bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!verify_inclusion(&leaf, index, size, &proof, &expected));
        }
        let old = 1 + at.index(size as usize) as u64;
        let old_root = root(&tree.tiles(old), old).unwrap();
        let mut proof = consistency(&tiles, old, size).unwrap();
        prop_assert!(verify_consistency(old, &old_root, size, &expected, &proof));
        if !proof.is_empty() {
            let place = hash.index(proof.len());
            proof[place][bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!verify_consistency(old, &old_root, size, &expected, &proof));
        }
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), text in "[ -~\n—]{0,200}") {
        for bytes in [bytes.as_slice(), text.as_bytes()] {
            let _ = (Note::parse(bytes), TlogProof::parse(bytes), AddCheckpoint::parse(bytes), entries(bytes));
            let _ = signing::tlog::leaf::Recorded::parse(bytes);
        }
        let _ = (Checkpoint::parse(&text), Verifier::parse(&text), Tile::parse(&text));
    }

    #[test]
    fn a_changed_byte_of_a_proof_is_noticed(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let tree = Tree::of(&leaves(300), 300);
        let mut bytes = TlogProof { extra: None, ..proof(&tree, 5, 300) }.to_string().into_bytes();
        let place = at.index(bytes.len());
        prop_assume!(bytes[place] != to);
        bytes[place] = to;
        if let Ok(read) = TlogProof::parse(&bytes) {
            // A signature whose name or id was changed is a stranger's, and the quorum is missed.
            let told = read.verify(b"entry 5", &policy(2));
            prop_assert!(told.is_err() || told.is_ok_and(|included| !included.quorum));
        }
    }
}
