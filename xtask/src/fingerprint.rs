//! Whether something has to be made again: a number over the bytes it is made from. Not for security.

use std::{
    fs,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io,
    path::{Path, PathBuf},
};

use crate::shell::{Failure, Outcome};

/// A fingerprint of these files and of all files in these folders, their names included.
pub(crate) fn of(places: &[PathBuf]) -> Outcome<String> {
    let mut hasher = DefaultHasher::new();
    for place in places {
        add(place, &mut hasher).map_err(|error| Failure::file(place, &error))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(place: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    place.hash(hasher);
    if place.is_dir() {
        let mut entries: Vec<PathBuf> =
            fs::read_dir(place)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| add(entry, hasher));
    }
    fs::read(place)?.hash(hasher);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_and_a_renamed_file_are_seen() {
        let folder = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        fs::create_dir_all(folder.join("inner")).unwrap();
        let file = folder.join("inner/a");
        let print = || of(std::slice::from_ref(&folder)).unwrap();
        fs::write(&file, "1").unwrap();
        let first = print();
        assert_eq!(print(), first);
        fs::write(&file, "2").unwrap();
        assert_ne!(print(), first);
        fs::write(&file, "1").unwrap();
        fs::rename(&file, folder.join("inner/b")).unwrap();
        assert_ne!(print(), first);
        fs::remove_dir_all(&folder).unwrap();
    }
}
