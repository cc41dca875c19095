//! Reading packages.

use std::io::{Read, Seek};

use super::{
    MANIFEST, Opened, Packaged,
    archive::unpack,
    manifest::{self, Role},
    path::resolve,
};
use crate::{
    fault::{Fault, What},
    read::{read_item_in, read_stimulus_in, read_test_in},
};

/// Reads a package: every file within the bounds, every item with what became of it.
///
/// `name` is what faults of the archive are told under. Nothing outside the archive is looked at; no file is written.
///
/// # Errors
/// All that is wrong with the archive; or with its manifest and all that this leads to. An item that is refused is no
/// error of the package: it is told with the others.
pub fn read<R: Read + Seek>(name: &str, source: R) -> Result<Opened, Vec<Fault>> {
    let mut files = unpack(name, source)?;
    let Some(bytes) = files.remove(MANIFEST) else {
        return Err(vec![Fault { file: name.to_owned(), place: None, what: What::NoManifest }]);
    };
    let (manifest, import) = manifest::manifest(MANIFEST, &bytes, &|path| path == MANIFEST || files.contains_key(path));
    let mut opened = Opened { identifier: manifest.identifier, losses: import.losses().to_vec(), ..Opened::default() };
    let mut read = Vec::new();
    for resource in manifest.resources {
        let (resource, file, role) = (resource.identifier, resource.file, resource.role);
        let Some(bytes) = files.get(&file).filter(|_| role != Role::Other) else { continue };
        let there = |href: &str| resolve(&file, href).is_some_and(|path| files.contains_key(&path));
        let path = file.clone();
        match role {
            Role::Item => {
                let content = read_item_in(&file, bytes, &there);
                opened.items.push(Packaged { resource, file: path, content });
            }
            Role::Stimulus => {
                let content = read_stimulus_in(&file, bytes, &there);
                opened.stimuli.push(Packaged { resource, file: path, content });
            }
            Role::Test => {
                let content = read_test_in(&file, bytes, &there);
                opened.tests.push(Packaged { resource, file: path, content });
            }
            Role::Other => {}
        }
        read.push(file);
    }
    let mut faults = import.faults().to_vec();
    if !faults.is_empty() {
        faults.extend(opened.items.iter().flat_map(|item| item.content.faults().iter().cloned()));
        faults.extend(opened.stimuli.iter().flat_map(|stimulus| stimulus.content.faults().iter().cloned()));
        faults.extend(opened.tests.iter().flat_map(|test| test.content.faults().iter().cloned()));
        return Err(faults);
    }
    for file in read {
        files.remove(&file);
    }
    opened.files = files;
    Ok(opened)
}
