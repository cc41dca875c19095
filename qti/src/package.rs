//! QTI packages: ZIP archives with an `imsmanifest.xml` (IMS Content Packaging, as QTI 2.x and 3.0 profile it).

mod archive;
mod manifest;
mod path;
mod read;
mod sources;
mod write;

use std::collections::BTreeMap;

use serde::Serialize;

pub use path::resolve;
pub use read::read;
pub use write::{WriteError, write};

use crate::{
    fault::Loss,
    model::{Item, Stimulus, Test},
    report::Import,
};

/// The most bytes that a package has, packed.
pub const MAX_PACKED: u64 = 256 * 1024 * 1024;

/// The most bytes that all its files have together, unpacked.
pub const MAX_UNPACKED: u64 = 512 * 1024 * 1024;

/// The most bytes that one of its files has, unpacked.
pub const MAX_FILE: u64 = 64 * 1024 * 1024;

/// The most entries that a package has.
pub const MAX_ENTRIES: usize = 20_000;

/// How many times its packed size a file may unpack to.
pub const MAX_RATIO: u64 = 200;

/// Below this size, a file may unpack to any number of times its packed size.
pub const RATIO_FROM: u64 = 64 * 1024;

/// The name of the manifest.
pub const MANIFEST: &str = "imsmanifest.xml";

/// A file of a package with what it holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Packaged<T> {
    /// The name of its resource in the manifest.
    pub resource: String,
    /// Its path.
    pub file: String,
    /// What it holds.
    pub content: T,
}

/// A package to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// Its name.
    pub identifier: String,
    /// Its items.
    pub items: Vec<Packaged<Item>>,
    /// Its stimuli.
    pub stimuli: Vec<Packaged<Stimulus>>,
    /// Its tests.
    pub tests: Vec<Packaged<Test>>,
    /// All other files by their paths: images, sound, film.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A package that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Opened {
    /// Its name.
    pub identifier: String,
    /// Its items in the order of the manifest, each with what became of it.
    pub items: Vec<Packaged<Import<Item>>>,
    /// Its stimuli.
    pub stimuli: Vec<Packaged<Import<Stimulus>>>,
    /// Its tests.
    pub tests: Vec<Packaged<Import<Test>>>,
    /// All other files by their paths.
    #[serde(skip)]
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the manifest said and nobody keeps: metadata, organisations.
    pub losses: Vec<Loss>,
}

impl Opened {
    /// What can be written again: all that was imported.
    pub fn into_package(self) -> Package {
        Package {
            identifier: self.identifier,
            items: self.items.into_iter().filter_map(imported).collect(),
            stimuli: self.stimuli.into_iter().filter_map(imported).collect(),
            tests: self.tests.into_iter().filter_map(imported).collect(),
            files: self.files,
        }
    }
}

fn imported<T>(packaged: Packaged<Import<T>>) -> Option<Packaged<T>> {
    let Packaged { resource, file, content } = packaged;
    match content {
        Import::Imported { content } | Import::ImportedWithLoss { content, .. } => {
            Some(Packaged { resource, file, content })
        }
        Import::Refused { .. } => None,
    }
}
