//! What is at fault in a file, and what was lost of one; each with its place.

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// A place in a file, counted from 1; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Why something was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", located(file, *place))]
pub struct Fault {
    /// The file, by its path in the package, or as the caller named it.
    pub file: String,
    /// Where in it; `None` if it is about the file as a whole.
    pub place: Option<Place>,
    /// What is wrong.
    pub what: What,
}

/// Something that an item said and that its imported form does not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", located(file, *place))]
pub struct Loss {
    /// The file.
    pub file: String,
    /// Where in it.
    pub place: Option<Place>,
    /// What was lost.
    pub what: Lost,
}

fn located(file: &str, place: Option<Place>) -> String {
    match place {
        Some(Place { line, column }) => format!("{file}:{line}:{column}: "),
        None => format!("{file}: "),
    }
}

/// `file`, `line`, `column`, `message`; line and column are null for a file as a whole.
fn serialise<S: Serializer>(to: S, file: &str, place: Option<Place>, message: &str) -> Result<S::Ok, S::Error> {
    let mut fields = to.serialize_struct("Fault", 4)?;
    fields.serialize_field("file", file)?;
    fields.serialize_field("line", &place.map(|place| place.line))?;
    fields.serialize_field("column", &place.map(|place| place.column))?;
    fields.serialize_field("message", message)?;
    fields.end()
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialise(to, &self.file, self.place, &self.what.to_string())
    }
}

impl Serialize for Loss {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialise(to, &self.file, self.place, &self.what.to_string())
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// More bytes than are read.
    #[error("{bytes} bytes are more than the {most} that are read; split the file")]
    TooLarge {
        /// How many it has.
        bytes: u64,
        /// How many it may have.
        most: u64,
    },
    /// An encoding that is not read.
    #[error("the encoding {0} is not read; save the file as UTF-8")]
    Encoding(String),
    /// Not the UTF-8 that it ought to be.
    #[error("byte {at} is not UTF-8; save the file as UTF-8")]
    NotUtf8 {
        /// Counted from 0.
        at: usize,
    },
    /// Not the UTF-16 that its mark says.
    #[error("the byte order mark says UTF-16, which the rest is not; save the file as UTF-8")]
    NotUtf16,
    /// Not well formed.
    #[error("no well-formed XML: {0}")]
    Xml(String),
    /// A character that XML does not allow.
    #[error("the character U+{0:04X} is not allowed in XML; take it out")]
    Character(u32),
    /// An entity that XML itself does not define.
    #[error("the entity &{0}; is unknown; write the character itself")]
    Entity(String),
    /// A document type with declarations of its own.
    #[error("the document type declares entities or elements, which are not read; take the declarations out")]
    Declarations,
    /// A document type that lies elsewhere.
    #[error("the document type names a definition elsewhere, which is not fetched; take the DOCTYPE line out")]
    OutsideType,
    /// The file ends inside an element.
    #[error("the file ends inside <{0}>; it is cut short")]
    Unfinished(String),
    /// No element at all.
    #[error("there is no element in the file")]
    Empty,
    /// A second root.
    #[error("a second root element begins here; a document has one")]
    TwoRoots,
    /// Text before or after the root.
    #[error("text stands outside the root element")]
    TextOutside,
    /// Too many of something.
    #[error("more than {most} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// Too deep.
    #[error("elements lie more than {most} deep")]
    TooDeep {
        /// How deep they may lie.
        most: usize,
    },
    /// Not the kind of document.
    #[error("<{found}> is no {expected}")]
    Root {
        /// The root element.
        found: String,
        /// What it ought to be.
        expected: &'static str,
    },
    /// QTI 1.x.
    #[error("QTI 1.x is not read; export the items as QTI 2.1 or later")]
    FirstVersion,
    /// An element that stands where it may not.
    #[error("<{found}> has no place in <{inside}>")]
    Element {
        /// The element.
        found: String,
        /// Where it stands.
        inside: String,
    },
    /// An attribute that is missing.
    #[error("<{element}> has no attribute {attribute}")]
    Attribute {
        /// The element.
        element: String,
        /// The attribute in QTI 3.0's spelling.
        attribute: &'static str,
    },
    /// An element that is missing.
    #[error("<{element}> lacks {child}")]
    Lacks {
        /// The element.
        element: String,
        /// What it lacks.
        child: &'static str,
    },
    /// A value that is none.
    #[error("{value:?} is no {expected}")]
    Value {
        /// The text, or its beginning.
        value: String,
        /// What it ought to be.
        expected: &'static str,
    },
    /// The wrong number of expressions in an operator.
    #[error("<{operator}> takes {expected}, and has {found}")]
    Operands {
        /// The operator.
        operator: String,
        /// How many it has.
        found: usize,
        /// How many it takes.
        expected: String,
    },
    /// An expression that is not known.
    #[error("the expression <{0}> is not known, so that the item could not be scored as its author meant")]
    Expression(String),
    /// A rule that is not known.
    #[error("the rule <{0}> is not known, so that the item could not be scored as its author meant")]
    Rule(String),
    /// A custom operator.
    #[error("the custom operator {0:?} is defined by its author's system alone; use QTI's own operators")]
    CustomOperator(String),
    /// A custom interaction, which would bring foreign code.
    #[error("<{0}> runs code of its author in the exam, which is refused; use one of QTI's own interactions")]
    CustomInteraction(String),
    /// A part that lies in another file.
    #[error("<{0}> takes in another document, which is not read; put its content in its place")]
    Include(String),
    /// A response processing template that is not known.
    #[error("the response processing template {0:?} is not known; write its rules into the item")]
    Template(String),
    /// A pattern that cannot be matched.
    #[error("{pattern:?} is no pattern that can be matched: {reason}")]
    Pattern {
        /// The pattern, or its beginning.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The same identifier twice.
    #[error("the identifier {0:?} is given twice")]
    Twice(String),
    /// An interaction without a declared response.
    #[error("the interaction answers to {0:?}, which no response declaration declares")]
    NoResponse(String),
    /// No ZIP archive.
    #[error("no ZIP archive that can be read: {0}")]
    Zip(String),
    /// An entry that is encrypted.
    #[error("the entry is encrypted; packages are read in clear only")]
    Encrypted,
    /// A path that leads out of the package.
    #[error(
        "the path {0:?} leads out of the package, or is none; paths are relative, without «..», drive or backslash"
    )]
    Path(String),
    /// An entry that is no file.
    #[error("the entry is a symbolic link or a special file; packages hold files only")]
    NotAFile,
    /// Packed tighter than content is.
    #[error("the entry unpacks to more than {most} times its size, as a ZIP bomb does")]
    Ratio {
        /// How many times it may be.
        most: u64,
    },
    /// Entries with the same path.
    #[error("two entries of the archive have the same path; which of them counts, systems do not agree on")]
    DuplicateEntry,
    /// Entries that lie over each other.
    #[error("entries share the same bytes of the archive, as a ZIP bomb's do")]
    Overlap,
    /// No manifest.
    #[error("there is no imsmanifest.xml at the top of the package")]
    NoManifest,
    /// A file that a manifest or test names and that is not there.
    #[error("the file {0:?} is not in the package")]
    Missing(String),
    /// A resource that is not declared.
    #[error("the resource {0:?} is not in the manifest")]
    NoResource(String),
    /// Resources that depend on each other in a circle.
    #[error("the resource {0:?} depends on itself, by way of others")]
    Cycle(String),
    /// More faults than are told.
    #[error("there are more faults than the {0} that are told")]
    More(usize),
}

/// What was lost, or taken otherwise than it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// Classes, styles and other marks of presentation, in so many places.
    #[error("classes, styles and other marks of presentation are not kept ({0} places, this is the first)")]
    Presentation(usize),
    /// An attribute.
    #[error("the attribute {attribute} of <{element}> is not kept")]
    Attribute {
        /// Its element.
        element: String,
        /// The attribute as it is written.
        attribute: String,
    },
    /// An element of which only the content is kept.
    #[error("<{0}> is not kept, only its content is")]
    Element(String),
    /// An element that is left out with all in it.
    #[error("<{0}> is left out")]
    Dropped(String),
    /// A file that would have to be fetched.
    #[error("the file {0:?} lies elsewhere and is not fetched")]
    Remote(String),
    /// A formula of which only the text is kept.
    #[error("the formula is kept as the text {0:?}")]
    Formula(String),
    /// A variable that is not declared.
    #[error("{0:?} is not declared; it counts as NULL until it is set")]
    Undeclared(String),
    /// A name beyond the standard.
    #[error("<{0}> is no part of QTI here; it is taken as other systems take it")]
    NotStandard(String),
    /// More than are told.
    #[error("there are more losses than the {0} that are told")]
    More(usize),
}
