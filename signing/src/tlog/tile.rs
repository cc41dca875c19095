//! Tiles (C2SP tlog-tiles v0.1.0): where 256 hashes, or the entries under them, are found, and trees put together from them.

use std::{collections::BTreeMap, fmt};

use super::merkle::{Hash, MAX_SIZE, Subtrees, leaf_hash, node_hash, root};

/// A full tile has so many hashes, a full bundle so many entries.
pub const WIDTH: u64 = 256;
/// The longest entry, in bytes: its length is written in 16 bits.
pub const MAX_ENTRY: usize = u16::MAX as usize;
/// A tile above this level would be of a tree that is larger than any.
const MAX_LEVEL: u8 = 7;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The entries themselves, as a bundle.
    Entries,
    /// Hashes, each over `256^level` entries.
    Hashes(u8),
}

/// A tile's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// What it holds.
    pub content: Content,
    /// Its number within the level.
    pub n: u64,
    /// How many hashes or entries: 1 to 256.
    pub width: u16,
}

impl Tile {
    /// The tile with this number as a tree of `size` leaves has it; `None` if it has none.
    pub fn of(content: Content, n: u64, size: u64) -> Option<Self> {
        let level = match content {
            Content::Entries => 0,
            Content::Hashes(level) => level,
        };
        let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or_default();
        let width = hashes.checked_sub(n.checked_mul(WIDTH)?)?.min(WIDTH);
        (width > 0).then_some(Self { content, n, width: width as u16 })
    }

    /// The path below the log's prefix, such as `tile/0/x001/x234/067.p/12`.
    pub fn path(&self) -> String {
        self.to_string()
    }

    /// Reads a path as [`Self::path`] writes it, and no other spelling.
    pub fn parse(path: &str) -> Option<Self> {
        let rest = path.strip_prefix("tile/").filter(|_| path.len() <= 64)?;
        let (level, rest) = rest.split_once('/')?;
        let content = match level {
            "entries" => Content::Entries,
            level => Content::Hashes(level.parse().ok().filter(|level| *level <= MAX_LEVEL)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|width| (1..256).contains(width))?),
            None => (rest, 256),
        };
        let mut n: u64 = 0;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            n = n.checked_mul(1_000)?.checked_add(digits.parse().ok().filter(|group: &u64| *group < 1_000)?)?;
        }
        let tile = Self { content, n, width };
        // One spelling: what is cached elsewhere goes by the address.
        (tile.path() == path).then_some(tile)
    }

    /// Every tile that a tree of `size` leaves has, level by level, its entries first.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        let contents = std::iter::once(Content::Entries).chain((0..=MAX_LEVEL).map(Content::Hashes));
        contents.flat_map(move |content| (0..).map_while(move |n| Self::of(content, n, size)))
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            Content::Entries => f.write_str("tile/entries/")?,
            Content::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let mut groups = vec![self.n % 1_000];
        let mut rest = self.n / 1_000;
        while rest > 0 {
            groups.push(rest % 1_000);
            rest /= 1_000;
        }
        for group in groups.iter().skip(1).rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if u64::from(self.width) < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

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
        root(self, self.size).unwrap_or_else(|_| super::merkle::empty_root())
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

/// The entries of a bundle; `None` if its bytes are none, or more than a bundle holds.
pub fn entries(bundle: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut rest, mut found) = (bundle, Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let (entry, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        if found.len() as u64 == WIDTH {
            return None;
        }
        found.push(entry);
        rest = after;
    }
    rest.is_empty().then_some(found)
}

/// The bytes of a bundle's first entries, so many of them: a bundle only grows.
pub fn first_entries(bundle: &[u8], width: u16) -> Option<&[u8]> {
    let found = entries(bundle)?;
    let first = found.get(..usize::from(width))?;
    bundle.get(..first.iter().map(|entry| 2 + entry.len()).sum())
}
