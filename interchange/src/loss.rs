//! What of a question is lost.

/// Something that the neutral model does not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum LossKind {
    /// An element left out with all that it holds.
    #[error("`<{name}>` was left out with all that it holds")]
    Element {
        /// Its name.
        name: String,
    },
    /// An element of which only the content was kept.
    #[error("`<{name}>`: what it holds was kept as plain text")]
    Markup {
        /// Its name.
        name: String,
    },
    /// An attribute that could mean something.
    #[error("the attribute `{name}` was left out")]
    Attribute {
        /// Its name.
        name: String,
    },
    /// A link, of which the text was kept.
    #[error("a link to `{target}` was left out, its text kept")]
    Link {
        /// The beginning of its address.
        target: String,
    },
    /// A picture.
    #[error("the picture `{name}` was left out: {reason}")]
    Image {
        /// The beginning of its address.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// A file that came with the question.
    #[error("the file `{name}` was left out: {reason}")]
    File {
        /// Its name.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// Lists or tables within one another.
    #[error("lists or tables lie more than {limit} deep; the inner ones were kept as plain text")]
    Nesting {
        /// How deep they may lie.
        limit: usize,
    },
    /// Formatting where only plain text can be.
    #[error("the formatting of {what} was left out")]
    Formatting {
        /// Where.
        what: &'static str,
    },
    /// Something that the question has and the neutral model has not.
    #[error("{what} was left out")]
    Part {
        /// What.
        what: &'static str,
    },
}

impl LossKind {
    /// A short name that stays the same.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Element { .. } => "element",
            Self::Markup { .. } => "markup",
            Self::Attribute { .. } => "attribute",
            Self::Link { .. } => "link",
            Self::Image { .. } => "image",
            Self::File { .. } => "file",
            Self::Nesting { .. } => "nesting",
            Self::Formatting { .. } => "formatting",
            Self::Part { .. } => "part",
        }
    }
}
