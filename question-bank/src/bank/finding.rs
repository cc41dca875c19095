//! What can be wrong with a bank, as data; the wording is in `message` and `help`.

use std::fmt;

use serde::{Serialize, Serializer};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The file is at fault and is not loaded.
    Error,
    /// A person should look at it; the item is loaded.
    Warning,
    /// Worth knowing; nothing need be done.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Path of the file within the bank.
    pub file: String,
    /// Line, counted from 1.
    pub line: u32,
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the kind of fault.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Finding {
    /// An error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the bank should not be used before this is put right. A review date that has passed is an error of the
    /// bank but no reason to stop a server: forms refuse the item by themselves.
    pub fn blocks_use(&self) -> bool {
        self.is_error() && self.code != Code::ReviewExpired
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, severity, code, message, help } = self;
        write!(f, "{file}:{line}: {severity}[{code}]: {message}; {help}")
    }
}

macro_rules! codes {
    ($($name:ident $severity:ident $text:literal $doc:literal)*) => {
        /// A stable name of a kind of fault, such as `missing-field`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// The stable name.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// How bad this kind of fault is.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    TooManyFiles Error "too-many-files" "More files than are read."
    FileTooLarge Error "file-too-large" "A file over the size that is read."
    UnexpectedFile Warning "unexpected-file" "A file where none belongs."
    NotUtf8 Error "not-utf8" "Bytes that are not UTF-8."
    LineEnds Error "line-ends" "Carriage returns."
    Syntax Error "syntax" "Not TOML."
    UnknownField Error "unknown-field" "A field the format does not have."
    MissingField Error "missing-field" "A field the format requires."
    WrongType Error "wrong-type" "A value of another type than the format's."
    UnknownValue Error "unknown-value" "A value outside the format's list."
    UnsupportedFormat Error "unsupported-format" "Another format or version."
    SchemeMissing Error "scheme-missing" "A bank without scheme.toml."
    SchemeInvalid Error "scheme-invalid" "A scheme whose numbers contradict one another."
    BadId Error "bad-id" "An id with characters outside a-z, 0-9 and the hyphen."
    IdNotFileName Error "id-not-file-name" "An id that is not the file's name."
    DuplicateId Error "duplicate-id" "An id used twice."
    LintInvalid Error "lint-invalid" "A lint.toml of another shape."
    SyllabusInvalid Warning "syllabus-invalid" "A syllabus.toml of another shape, or that does not fit the bank."
    UnknownDomain Error "unknown-domain" "A domain the scheme does not have."
    UnknownEnemy Error "unknown-enemy" "An enemy that is not in the bank."
    SelfEnemy Error "self-enemy" "An item named as its own enemy, or as that of its own set."
    UnknownEntry Error "unknown-entry" "A cross reference of an open book to no entry of it."
    BookTitle Error "book-title" "An open book without a title, or with two."
    BookLength Error "book-length" "An open book whose document is longer than is read."
    Language Error "language" "A language that is no BCP 47 tag."
    UnknownOrigin Error "unknown-origin" "A clone of what is not in the bank, or of itself."
    OptionCount Error "option-count" "Too few or too many options."
    OptionId Error "option-id" "Option ids that are not a, b, c, … in file order."
    DuplicateOption Error "duplicate-option" "Two options with the same text."
    KeyCount Error "key-count" "Too few or too many keys."
    MissingRationale Error "missing-rationale" "An option without a rationale."
    MissingReference Error "missing-reference" "An item without a reference."
    DateOrder Error "date-order" "A review date that is not after the verification."
    ReviewExpired Error "review-expired" "A review date that has passed."
    NotReviewed Warning "not-reviewed" "An operational item that nobody reviewed."
    RowCount Error "row-count" "Too few or too many rows, or a row without a column."
    GapCount Error "gap-count" "Too few or too many gaps."
    GapMismatch Error "gap-mismatch" "A gap that stands in the text and not beside it, or the other way round, or twice."
    AcceptedAnswer Error "accepted-answer" "A typed answer that could never be given, or never be right."
    Region Error "region" "A region that is none, or lies outside its image."
    Image Error "image" "An image that cannot be shown."
    TextLength Error "text-length" "A text that is longer, or may be longer, than can be recorded."
    MissingRubric Error "missing-rubric" "A text that nobody could score."
    PartialCredit Error "partial-credit" "Partial credit where the scheme, or the kind of item, gives none."
    Markup Error "markup" "Markup outside the closed part of CommonMark."
    EmptyText Error "empty-text" "A text without a word."
    SelectCount Error "select-count" "A multiple-response stem that does not say how many to select."
    TooFewItems Error "too-few-items" "A scenario set without items."
    HistoryFault Error "history-fault" "A history that is broken, or with a transition that is not allowed."
    HistoryMissing Error "history-missing" "An item beyond draft without a history, in a bank that has one."
    HistoryOrphan Warning "history-orphan" "A history of nothing."
    StatusNotHistory Error "status-not-history" "A status or revision other than the history's."
    TextChanged Error "text-changed" "A text other than the one that was reviewed."
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
