//! Trees put together from tiles: those that proofs are made of, and the right edge that a log grows at.

use std::collections::BTreeMap;

use super::{
    merkle::{Hash, MAX_SIZE, Subtrees, empty_root, leaf_hash, node_hash, root},
    tile::{Content, MAX_ENTRY, MAX_LEVEL, Tile, WIDTH, entries},
};

/// Tiles of a tree of one size, from which roots and proofs are made once those that are needed are there.
#[derive(Clone, Debug)]
pub struct Tiles {
    size: u64,
    held: BTreeMap<(u8, u64), Vec<u8>>,
}

/// Bytes that are no tile of this place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{tile} has {bytes} bytes, not {} hashes", tile.width)]
pub struct NoTile {
    /// The place.
    pub tile: Tile,
    /// How many bytes there were.
    pub bytes: usize,
}

impl Tiles {
    /// No tiles yet of a tree of this size.
    pub fn new(size: u64) -> Self {
        Self { size, held: BTreeMap::new() }
    }

    /// Adds a tile of hashes as it was asked for.
    ///
    /// # Errors
    /// [`NoTile`] if the length does not fit.
    pub fn add(&mut self, tile: Tile, bytes: Vec<u8>) -> Result<(), NoTile> {
        let Content::Hashes(level) = tile.content else { return Err(NoTile { tile, bytes: bytes.len() }) };
        if bytes.len() != usize::from(tile.width) * 32 {
            return Err(NoTile { tile, bytes: bytes.len() });
        }
        self.held.insert((level, tile.n), bytes);
        Ok(())
    }
}

impl Subtrees for Tiles {
    /// The tile to ask for; `None` for hashes that the tree does not have.
    type Missing = Option<Tile>;

    fn subtree(&self, level: u32, index: u64) -> Result<Hash, Self::Missing> {
        let (tile_level, height) = ((level / 8) as u8, level % 8);
        let first = index << height;
        let (n, start) = (first / WIDTH, (first % WIDTH) as usize);
        let wanted = || Tile::of(Content::Hashes(tile_level), n, self.size);
        let bytes = self.held.get(&(tile_level, n)).ok_or_else(wanted)?;
        let end = start + (1 << height);
        within(bytes.get(start * 32..end * 32).ok_or(None)?).ok_or(None)
    }
}

/// The hash over a row of as many hashes as a power of two.
fn within(hashes: &[u8]) -> Option<Hash> {
    let mut row: Vec<Hash> = hashes.chunks_exact(32).filter_map(|hash| hash.try_into().ok()).collect();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row.pop()
}

/// The right edge of a tree: its last tiles, to which leaves are added.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    size: u64,
    entries: Vec<u8>,
    levels: Vec<Vec<u8>>,
}

/// Why nothing was added to a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EdgeFault {
    /// The tiles are not those of the size.
    #[error("the last tiles do not belong to a log of {0} entries")]
    Tiles(u64),
    /// An entry that no bundle can hold.
    #[error("the entry has {0} bytes; at most {MAX_ENTRY} can be logged")]
    Entry(usize),
    /// No tree is larger.
    #[error("the log is full")]
    Full,
}

impl Edge {
    /// The tiles that the edge of a tree of this size consists of.
    pub fn tiles(size: u64) -> Vec<Tile> {
        let last = |content, shift: u32| {
            let hashes = size.checked_shr(shift).unwrap_or_default();
            // Only what is not full yet: a full tile is never touched again.
            (!hashes.is_multiple_of(WIDTH)).then(|| Tile::of(content, hashes / WIDTH, size)).flatten()
        };
        let hashes = (0..=MAX_LEVEL).filter_map(|level| last(Content::Hashes(level), 8 * u32::from(level)));
        last(Content::Entries, 0).into_iter().chain(hashes).collect()
    }

    /// The edge of a tree of `size` leaves, of the tiles that [`Self::tiles`] names.
    ///
    /// # Errors
    /// [`EdgeFault::Tiles`].
    pub fn new(size: u64, tiles: impl IntoIterator<Item = (Tile, Vec<u8>)>) -> Result<Self, EdgeFault> {
        let fault = EdgeFault::Tiles(size);
        let mut edge = Self { size, entries: Vec::new(), levels: vec![Vec::new(); usize::from(MAX_LEVEL) + 1] };
        let wanted = Self::tiles(size);
        let mut found = 0;
        for (tile, bytes) in tiles {
            if wanted.get(found) != Some(&tile) {
                return Err(fault);
            }
            found += 1;
            match tile.content {
                Content::Entries => {
                    if entries(&bytes).is_none_or(|held| held.len() != usize::from(tile.width)) {
                        return Err(fault);
                    }
                    edge.entries = bytes;
                }
                Content::Hashes(_) if bytes.len() != usize::from(tile.width) * 32 => return Err(fault),
                Content::Hashes(level) => edge.levels[usize::from(level)] = bytes,
            }
        }
        if found == wanted.len() { Ok(edge) } else { Err(fault) }
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        // The hashes of the edge are all that the root is made of.
        root(self, self.size).unwrap_or_else(|_| empty_root())
    }

    /// Adds entries. Gives the tiles that changed, as they are now, from the lowest level up.
    ///
    /// # Errors
    /// [`EdgeFault`]; then nothing was added.
    pub fn append(&mut self, new: &[Vec<u8>]) -> Result<Vec<(Tile, Vec<u8>)>, EdgeFault> {
        if let Some(entry) = new.iter().find(|entry| entry.len() > MAX_ENTRY) {
            return Err(EdgeFault::Entry(entry.len()));
        }
        if self.size.checked_add(new.len() as u64).is_none_or(|size| size > MAX_SIZE) {
            return Err(EdgeFault::Full);
        }
        self.levels.resize(usize::from(MAX_LEVEL) + 1, Vec::new());
        let mut changed = BTreeMap::new();
        for entry in new {
            self.entries.extend_from_slice(&(entry.len() as u16).to_be_bytes());
            self.entries.extend_from_slice(entry);
            let n = self.size / WIDTH;
            self.size += 1;
            let mut hash = leaf_hash(entry);
            for level in 0..=MAX_LEVEL {
                let row = &mut self.levels[usize::from(level)];
                row.extend_from_slice(&hash);
                if row.len() < WIDTH as usize * 32 {
                    break;
                }
                let full = std::mem::take(row);
                hash = within(&full).unwrap_or(hash);
                let n = (self.size >> (8 * u32::from(level) + 8)) - 1;
                changed.insert((Content::Hashes(level), n), full);
            }
            if self.size.is_multiple_of(WIDTH) {
                changed.insert((Content::Entries, n), std::mem::take(&mut self.entries));
            }
        }
        for tile in Self::tiles(self.size) {
            let bytes = match tile.content {
                Content::Entries => &self.entries,
                Content::Hashes(level) => &self.levels[usize::from(level)],
            };
            changed.insert((tile.content, tile.n), bytes.clone());
        }
        let size = self.size;
        let place = |((content, n), bytes)| Tile::of(content, n, size).map(|tile| (tile, bytes));
        Ok(changed.into_iter().filter_map(place).collect())
    }
}

impl Subtrees for Edge {
    type Missing = ();

    fn subtree(&self, level: u32, index: u64) -> Result<Hash, ()> {
        let row = self.levels.get((level / 8) as usize).ok_or(())?;
        let start = ((index << (level % 8)) % WIDTH) as usize;
        within(row.get(start * 32..(start + (1 << (level % 8))) * 32).ok_or(())?).ok_or(())
    }
}
