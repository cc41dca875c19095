//! Fonts: those that the program brings, and those of a folder.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use krilla::{Data, text::Font};

/// The most fonts of a folder.
const MAX_FILES: usize = 64;
/// The longest font, in bytes: those with all Chinese characters have some 20 MiB.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

macro_rules! bundled {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../../assets/fonts/", $name)).as_slice())),*]
    };
}

/// For names: the first that has all letters of a word is taken.
static NAMES: [(&str, &[u8]); 19] = bundled![
    "NotoSerif-Bold.ttf",
    "NotoNaskhArabic-Bold.ttf",
    "NotoSerifHebrew-Bold.ttf",
    "NotoSerifArmenian-Bold.ttf",
    "NotoSerifGeorgian-Bold.ttf",
    "NotoSerifThai-Bold.ttf",
    "NotoSerifLao-Bold.ttf",
    "NotoSerifDevanagari-Bold.ttf",
    "NotoSerifBengali-Bold.ttf",
    "NotoSerifGurmukhi-Bold.ttf",
    "NotoSerifGujarati-Bold.ttf",
    "NotoSerifTamil-Bold.ttf",
    "NotoSerifTelugu-Bold.ttf",
    "NotoSerifKannada-Bold.ttf",
    "NotoSerifMalayalam-Bold.ttf",
    "NotoSerifSinhala-Bold.ttf",
    "NotoSerifKhmer-Bold.ttf",
    "NotoSerifMyanmar-Bold.ttf",
    "NotoSerifEthiopic-Bold.ttf",
];

/// For what stands around them.
static WORDS: [(&str, &[u8]); 1] = bundled!["NotoSans-Regular.ttf"];

#[derive(Clone)]
enum Bytes {
    Bundled(&'static [u8]),
    Own(Arc<Vec<u8>>),
}

/// A font.
#[derive(Clone)]
pub(in crate::issue) struct Typeface {
    bytes: Bytes,
    font: Font,
}

impl Typeface {
    fn new(bytes: Bytes) -> Result<Self, String> {
        let data: Data = match &bytes {
            Bytes::Bundled(bytes) => (*bytes).into(),
            Bytes::Own(bytes) => bytes.clone().into(),
        };
        let font = Font::new(data, 0).ok_or("it is no font that can be read")?;
        let typeface = Self { bytes, font };
        typeface.face().map(drop).ok_or("it is no font that can be read")?;
        Ok(typeface)
    }

    /// What shaping and outlining read.
    pub(super) fn face(&self) -> Option<rustybuzz::Face<'_>> {
        let bytes = match &self.bytes {
            Bytes::Bundled(bytes) => bytes,
            Bytes::Own(bytes) => bytes.as_slice(),
        };
        rustybuzz::Face::from_slice(bytes, 0)
    }

    /// What the PDF embeds.
    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }
}

/// All fonts at hand.
#[derive(Clone)]
pub struct Fonts {
    names: Vec<Typeface>,
    words: Vec<Typeface>,
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} fonts", self.names.len() + self.words.len())
    }
}

/// A folder of fonts that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", file.display())]
pub struct FontError {
    file: PathBuf,
    reason: String,
}

impl Fonts {
    /// The fonts that the program brings, read once.
    ///
    /// # Errors
    /// A font that cannot be read, which the tests would have found.
    pub fn bundled() -> Result<Self, FontError> {
        static READ: OnceLock<Fonts> = OnceLock::new();
        if let Some(fonts) = READ.get() {
            return Ok(fonts.clone());
        }
        let read = |(name, bytes): &(&str, &'static [u8])| {
            let fault = |reason| FontError { file: (*name).into(), reason };
            Typeface::new(Bytes::Bundled(bytes)).map_err(fault)
        };
        let fonts = Self {
            names: NAMES.iter().map(read).collect::<Result<_, _>>()?,
            words: WORDS.iter().map(read).collect::<Result<_, _>>()?,
        };
        Ok(READ.get_or_init(|| fonts).clone())
    }

    /// The same, and those of a folder (`.ttf`, `.otf`; of a `.ttc` the first), in the order of their names, for letters that
    /// the bundled ones do not have.
    ///
    /// # Errors
    /// A folder that cannot be read, or a font in it.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, FontError> {
        let fault = |file: &Path, reason: String| FontError { file: file.to_owned(), reason };
        let files = fs::read_dir(folder).map_err(|error| fault(folder, error.to_string()))?;
        let mut files: Vec<PathBuf> = files.flatten().map(|entry| entry.path()).filter(|path| is_font(path)).collect();
        files.sort();
        if files.len() > MAX_FILES {
            return Err(fault(folder, format!("it has {} fonts, at most {MAX_FILES} are used", files.len())));
        }
        for file in files {
            let length = fs::metadata(&file).map_err(|error| fault(&file, error.to_string()))?.len();
            if length > MAX_BYTES {
                return Err(fault(&file, format!("a font has at most {MAX_BYTES} bytes, this has {length}")));
            }
            let bytes = fs::read(&file).map_err(|error| fault(&file, error.to_string()))?;
            let typeface = Typeface::new(Bytes::Own(Arc::new(bytes))).map_err(|reason| fault(&file, reason))?;
            self.names.push(typeface);
        }
        Ok(self)
    }

    /// Those for names, in the order in which they are asked.
    pub(in crate::issue) fn names(&self) -> Vec<&Typeface> {
        self.names.iter().chain(&self.words).collect()
    }

    /// Those for what stands around.
    pub(in crate::issue) fn words(&self) -> Vec<&Typeface> {
        self.words.iter().chain(&self.names).collect()
    }
}

fn is_font(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| ["ttf", "otf", "ttc"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}
