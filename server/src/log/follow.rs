//! Reading a log from where somebody left it: every new entry, up to the root that its checkpoint names.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use signing::tlog::{
    checkpoint::{CheckpointFault, LogPolicy, Vouched},
    leaf::{LEAF_FORMAT, Leaf},
    merkle::{Hash, empty_root},
    tile::{Content, Tile, WIDTH, entries, first_entries},
    tree::Edge,
};

use super::source::{Files, SourceError};

/// What is remembered of a log from one look to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Always `invigil-log-monitor`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The log's name.
    pub origin: String,
    /// How many entries were read.
    pub size: u64,
    /// The last checkpoint, as it was signed; empty before the first.
    pub checkpoint: String,
}

impl Seen {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-log-monitor";

    /// Nothing of this log yet.
    pub fn nothing(origin: &str) -> Self {
        Self { format: Self::FORMAT.into(), version: 1, origin: origin.to_owned(), size: 0, checkpoint: String::new() }
    }
}

/// What is new in a log.
#[derive(Debug)]
pub struct Followed {
    /// The checkpoint, and who cosigned it.
    pub vouched: Vouched,
    /// As it was signed.
    pub note: String,
    /// How many entries were read.
    pub read: u64,
    /// How many of each kind.
    pub kinds: BTreeMap<String, u64>,
}

/// Why a log is not what it should be.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// It cannot be read: not (yet) a reproach.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Fewer witnesses than were asked for.
    #[error("its checkpoint of {size} entries was cosigned by {count} of the witnesses, {wanted} have to")]
    Witnesses {
        /// How many entries.
        size: u64,
        /// By how many.
        count: usize,
        /// How many have to.
        wanted: usize,
    },
    /// Nobody known signed, or somebody did badly.
    #[error("THE CHECKPOINT DOES NOT COUNT: {0}")]
    Checkpoint(#[from] CheckpointFault),
    /// It has fewer entries than it had.
    #[error("THE LOG HAS SHRUNK: {was} entries were signed, now there are {now}")]
    Shrunk {
        /// Entries then.
        was: u64,
        /// Entries now.
        now: u64,
    },
    /// It says something else than it did.
    #[error("THE LOG HAS FORKED: its first {size} entries are not those that were signed before")]
    Forked {
        /// How many entries were known.
        size: u64,
    },
    /// What is served is not what was signed.
    #[error("THE LOG SERVES WHAT IT DID NOT SIGN: {0}")]
    Unsigned(String),
}

impl FollowError {
    /// Whether the log itself, or whoever serves it, is to be reproached.
    pub fn is_misbehaviour(&self) -> bool {
        !matches!(self, Self::Source(_) | Self::Witnesses { .. })
    }
}

/// Reads what is new since `seen` and checks that it continues that and leads to the signed root.
///
/// # Errors
/// [`FollowError`].
pub fn follow(files: &impl Files, policy: &LogPolicy, seen: &Seen) -> Result<Followed, FollowError> {
    let note = files.need("checkpoint")?;
    let vouched = policy.check(&note)?;
    let new = vouched.checkpoint.clone();
    let known = known_root(policy, seen)?;
    if new.size < seen.size {
        return Err(FollowError::Shrunk { was: seen.size, now: new.size });
    }
    if new.size == seen.size && new.root != known {
        return Err(FollowError::Forked { size: seen.size });
    }
    if !vouched.quorum {
        let (size, count, wanted) = (new.size, vouched.cosigned.len(), policy.quorum);
        return Err(FollowError::Witnesses { size, count, wanted });
    }
    let mut kinds = BTreeMap::new();
    let mut edge = edge(files, seen.size, new.size)?;
    if edge.root() != known {
        return Err(FollowError::Forked { size: seen.size });
    }
    for n in seen.size / WIDTH.. {
        let Some(tile) = Tile::of(Content::Entries, n, new.size) else { break };
        let bundle = get(files, tile)?;
        let all = entries(&bundle).filter(|all| all.len() == usize::from(tile.width));
        let all = all.ok_or_else(|| FollowError::Unsigned(format!("{tile} is no bundle of its width")))?;
        let fresh = all.iter().skip((edge.size() - n * WIDTH) as usize).map(|entry| entry.to_vec());
        let fresh: Vec<Vec<u8>> = fresh.collect();
        fresh.iter().for_each(|entry| *kinds.entry(kind(entry)).or_default() += 1);
        let changed = edge.append(&fresh).map_err(|error| FollowError::Unsigned(error.to_string()))?;
        for (tile, bytes) in changed {
            // Of the last bundle, the tiles as the checkpoint has them; of the others, those that are full by now.
            let final_form = edge.size() == new.size || u64::from(tile.width) == WIDTH;
            if final_form && tile.content != Content::Entries && get(files, tile)? != bytes {
                return Err(FollowError::Unsigned(format!("the hashes in {tile} are not those of the entries")));
            }
        }
    }
    if edge.root() != new.root {
        return Err(FollowError::Unsigned(format!("its {} entries do not lead to the signed root", new.size)));
    }
    let note = String::from_utf8_lossy(&note).into_owned();
    Ok(Followed { vouched, note, read: new.size - seen.size, kinds })
}

fn known_root(policy: &LogPolicy, seen: &Seen) -> Result<Hash, FollowError> {
    if seen.checkpoint.is_empty() {
        return Ok(empty_root());
    }
    Ok(policy.check(seen.checkpoint.as_bytes())?.checkpoint.root)
}

/// The last tiles of the log as it was, from those of now.
fn edge(files: &impl Files, size: u64, now: u64) -> Result<Edge, FollowError> {
    let mut tiles = Vec::new();
    for was in Edge::tiles(size) {
        // The narrow one may have been deleted since; the wide one begins with it.
        let wide = Tile::of(was.content, was.n, now).unwrap_or(was);
        let bytes = get(files, wide)?;
        let first = match was.content {
            Content::Entries => first_entries(&bytes, was.width),
            Content::Hashes(_) => bytes.get(..usize::from(was.width) * 32),
        };
        let first = first.ok_or(FollowError::Forked { size })?.to_vec();
        tiles.push((was, first));
    }
    Edge::new(size, tiles).map_err(|_| FollowError::Forked { size })
}

/// A tile or bundle; where a narrow one is gone, the beginning of the full one.
fn get(files: &impl Files, tile: Tile) -> Result<Vec<u8>, FollowError> {
    if let Some(bytes) = files.get(&tile.path())? {
        return Ok(bytes);
    }
    let full = files.need(&Tile { width: 256, ..tile }.path())?;
    let first = match tile.content {
        Content::Entries => first_entries(&full, tile.width),
        Content::Hashes(_) => full.get(..usize::from(tile.width) * 32),
    };
    first.map(<[u8]>::to_vec).ok_or_else(|| FollowError::Unsigned(format!("{tile} is too short")))
}

/// The kind that an entry of ours names.
fn kind(entry: &[u8]) -> String {
    let leaf = serde_json::from_slice::<Leaf>(entry).ok().filter(|leaf| leaf.format == LEAF_FORMAT);
    let known = leaf.filter(|leaf| leaf.version == 1 && leaf.kind.len() <= 40);
    known.map_or_else(|| "other".to_owned(), |leaf| leaf.kind)
}

/// A root as it is shown.
pub fn shown(root: &Hash) -> String {
    STANDARD.encode(root)
}
