//! Why a question or a file is refused.

/// What is wrong, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultKind {
    // Of the file as a whole.
    /// More bytes than are read.
    #[error("the file has {bytes} bytes, of which {limit} are read; split it")]
    FileTooLarge {
        /// How many it has.
        bytes: usize,
        /// How many may be.
        limit: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("these bytes are not UTF-8; save the file as UTF-8")]
    NotUtf8,
    /// An encoding other than UTF-8.
    #[error("the file is encoded as {name}; save it as UTF-8")]
    Encoding {
        /// Its name.
        name: String,
    },
    /// XML that is not well-formed.
    #[error("the XML is not well-formed: {what}; export the file again")]
    Xml {
        /// What the reader says.
        what: String,
    },
    /// A document type, which could declare entities.
    #[error("the file has a document type, which Moodle does not write and which is not read; remove the DOCTYPE")]
    DocumentType,
    /// An entity that XML does not have by itself.
    #[error("the entity `&{name};` is not one of XML's own; write the character itself")]
    Entity {
        /// Its name.
        name: String,
    },
    /// A character that XML cannot have.
    #[error("the character U+{0:04X} cannot stand in XML; remove it")]
    Character(u32),
    /// Elements nested too deeply.
    #[error("elements lie more than {limit} deep; export the file again")]
    Depth {
        /// How deep they may lie.
        limit: usize,
    },
    /// An element that has no place there.
    #[error("`<{found}>` stands where {expected} belongs; is this a Moodle XML file?")]
    Element {
        /// Its name.
        found: String,
        /// What belongs there.
        expected: &'static str,
    },
    /// A file without a question.
    #[error("the file holds no question; look whether it is the right one")]
    NoQuestions,
    /// More of something than is read.
    #[error("more than {limit} {what}; split or shorten it")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many may be.
        limit: usize,
    },

    // Of a question's notation in GIFT.
    /// A title that does not end.
    #[error("the title does not end; write `::` after it")]
    TitleOpen,
    /// Answers that do not end before the next blank line.
    #[error("the answers do not end; write `}}` after them, and no blank line among them")]
    AnswersOpen,
    /// An end of answers without a beginning.
    #[error("`}}` without a `{{` before; write `\\}}` if it is text")]
    AnswersNotOpen,
    /// A second set of answers.
    #[error("a second `{{`; one question has one set of answers; write `\\{{` if it is text")]
    SecondAnswers,
    /// A question without text.
    #[error("nothing is asked; write the question's text")]
    NoText,
    /// An answer of which nothing is written.
    #[error("an answer is empty; write it, or remove its sign")]
    EmptyAnswer,
    /// Text before the first sign of an answer.
    #[error("`{found}` stands before the first answer; write `=` or `~` before each answer")]
    Unmarked {
        /// The text.
        found: String,
    },
    /// A pair without its sign.
    #[error("`{found}` has no answer; write `->` and the answer after it")]
    NoArrow {
        /// The premise.
        found: String,
    },
    /// Feedback where there can be none.
    #[error("feedback that has no place here; remove it, or write `\\#` if it is text")]
    FeedbackHere,
    /// A weight that is no percentage.
    #[error("`{found}` is not a percentage from -100 to 100; correct the weight")]
    Percentage {
        /// What stands there.
        found: String,
    },
    /// An answer of a numerical question that is no number.
    #[error("`{found}` is not a number, a number with a tolerance (`3:0.5`) or a range (`1..5`)")]
    Number {
        /// What stands there.
        found: String,
    },

    // Of a question's content.
    /// A kind of question that is not read.
    #[error("questions of kind `{kind}` are not read: {reason}")]
    Unsupported {
        /// What the format calls it.
        kind: String,
        /// Why not.
        reason: &'static str,
    },
    /// An element that is not there.
    #[error("`<{name}>` is missing; export the question again")]
    Missing {
        /// Its name.
        name: &'static str,
    },
    /// A value that cannot be.
    #[error("`{found}` is no value for `{name}`, which is {expected}")]
    Value {
        /// What has the value.
        name: &'static str,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// Too few options to choose from.
    #[error("there is nothing to choose from; write at least two options")]
    TooFewOptions,
    /// Nothing is right.
    #[error("no answer is right; mark one, or give it a weight above zero")]
    NoKey,
    /// A range that ends before it begins.
    #[error("the range from {low} to {high} is empty; write the lower number first")]
    EmptyRange {
        /// Its beginning.
        low: String,
        /// Its end.
        high: String,
    },
    /// A gap that is nowhere.
    #[error("the text has no gap; write at least one")]
    NoGaps,
    /// A gap whose notation is not understood.
    #[error(
        "the gap `{found}` is not understood, or does not end; write `{{1:SHORTANSWER:=answer}}` or another kind that Moodle has"
    )]
    GapNotation {
        /// Its beginning.
        found: String,
    },
    /// A gap where no text is shown.
    #[error("gap {number} stands within markup, code or what was left out; put it into the text")]
    GapHidden {
        /// Its number.
        number: u32,
    },
    /// A gap that stands twice for a tile that there is once.
    #[error("gap [[{number}]] stands twice, but its answer can be used once; make it unlimited, or write it twice")]
    GapTwice {
        /// Its number in the file.
        number: u32,
    },
    /// A gap without an answer of its own.
    #[error("gap [[{number}]] has no answer of that number; write the answer, or remove the gap")]
    GapUnknown {
        /// Its number.
        number: u32,
    },
}

impl FaultKind {
    /// A short name that stays the same.
    pub fn code(&self) -> &'static str {
        match self {
            Self::FileTooLarge { .. } => "file-too-large",
            Self::NotUtf8 => "not-utf8",
            Self::Encoding { .. } => "encoding",
            Self::Xml { .. } => "xml",
            Self::DocumentType => "document-type",
            Self::Entity { .. } => "entity",
            Self::Character(_) => "character",
            Self::Depth { .. } => "depth",
            Self::Element { .. } => "element",
            Self::NoQuestions => "no-questions",
            Self::TooMany { .. } => "too-many",
            Self::TitleOpen => "title-open",
            Self::AnswersOpen => "answers-open",
            Self::AnswersNotOpen => "answers-not-open",
            Self::SecondAnswers => "second-answers",
            Self::NoText => "no-text",
            Self::EmptyAnswer => "empty-answer",
            Self::Unmarked { .. } => "unmarked",
            Self::NoArrow { .. } => "no-arrow",
            Self::FeedbackHere => "feedback-here",
            Self::Percentage { .. } => "percentage",
            Self::Number { .. } => "number",
            Self::Unsupported { .. } => "unsupported",
            Self::Missing { .. } => "missing",
            Self::Value { .. } => "value",
            Self::TooFewOptions => "too-few-options",
            Self::NoKey => "no-key",
            Self::EmptyRange { .. } => "empty-range",
            Self::NoGaps => "no-gaps",
            Self::GapNotation { .. } => "gap-notation",
            Self::GapHidden { .. } => "gap-hidden",
            Self::GapTwice { .. } => "gap-twice",
            Self::GapUnknown { .. } => "gap-unknown",
        }
    }
}
