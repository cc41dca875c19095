//! The images that a QTI item shows.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use qti::package::resolve;
use question_bank::bank::MAX_IMAGE_BYTES;

use super::{super::Files, Surroundings};

/// The most images that an item shows: a form carries them all.
const MOST: usize = 50;

/// The images that an item shows.
pub(super) struct Pictures<'p> {
    around: &'p Surroundings<'p>,
    id: &'p str,
    taken: RefCell<Taken>,
}

#[derive(Default)]
struct Taken {
    /// By their path in the package: that in the bank, or why there is none.
    paths: BTreeMap<String, Result<String, String>>,
    images: Files,
    number: usize,
}

impl<'p> Pictures<'p> {
    pub(super) fn new(around: &'p Surroundings<'p>, id: &'p str) -> Self {
        Self { around, id, taken: RefCell::default() }
    }

    /// The path in the bank of an image, by the reference that the item has to it.
    ///
    /// # Errors
    /// A sentence with why it is not shown.
    pub(super) fn path(&self, source: &str) -> Result<String, String> {
        let Some(path) = resolve(self.around.file, source) else { return Err(missing(source)) };
        let taken = &mut *self.taken.borrow_mut();
        if let Some(known) = taken.paths.get(&path) {
            return known.clone();
        }
        let found = self.take(&path, taken);
        if taken.paths.len() <= MOST {
            taken.paths.insert(path, found.clone());
        }
        found
    }

    fn take(&self, path: &str, taken: &mut Taken) -> Result<String, String> {
        let Some(bytes) = self.around.files.get(path) else { return Err(missing(path)) };
        let ending = match bytes {
            png if png.starts_with(b"\x89PNG\r\n\x1a\n") => "png",
            jpeg if jpeg.starts_with(b"\xff\xd8\xff") => "jpg",
            svg if path.to_ascii_lowercase().ends_with(".svg") && svg.contains(&b'<') => "svg",
            _ => return Err(missing(path)),
        };
        if bytes.len() > MAX_IMAGE_BYTES {
            let bytes = bytes.len();
            return Err(format!(
                "the image «{path}» has {bytes} bytes; items show images of at most {MAX_IMAGE_BYTES}: make it smaller"
            ));
        }
        if taken.images.len() == MOST {
            return Err(format!("it shows more than {MOST} images; make several items of it"));
        }
        let name = loop {
            taken.number += 1;
            let name = format!("images/{}-{}.{ending}", self.id, taken.number);
            if !self.around.taken.contains(&name) {
                break name;
            }
        };
        taken.images.insert(name.clone(), Arc::clone(bytes));
        Ok(name)
    }

    /// All that were asked for, by their paths in the bank.
    pub(super) fn into_images(self) -> Files {
        self.taken.into_inner().images
    }
}

fn missing(source: &str) -> String {
    format!("the image «{source}» is missing, or of no kind that the native format shows (PNG, JPEG, SVG)")
}
