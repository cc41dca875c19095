//! Tiles (C2SP tlog-tiles v0.1.0): where 256 hashes, or the entries under them, are found.

use std::fmt;

/// A full tile has so many hashes, a full bundle so many entries.
pub const WIDTH: u64 = 256;
/// The longest entry, in bytes: its length is written in 16 bits.
pub const MAX_ENTRY: usize = u16::MAX as usize;
/// A tile above this level would be of a tree that is larger than any.
pub(super) const MAX_LEVEL: u8 = 7;

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
