//! What is shown: a small tree, without styles.

use serde::Serialize;

use super::Interaction;

/// A piece of content.
///
/// Text is as it is read: runs of white space are one space but in [`Group::Preformatted`], and there is none at the
/// edges of blocks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// Text; not empty, and never two in a row.
    Text(String),
    /// A group of content.
    Group {
        /// Which.
        group: Group,
        /// What is in it.
        children: Vec<Content>,
    },
    /// A link.
    Link {
        /// Where to.
        href: String,
        /// What is shown.
        children: Vec<Content>,
    },
    /// A line break.
    Break,
    /// A line across.
    Separator,
    /// An image.
    Image(Figure),
    /// Sound, film or another file.
    Media(Media),
    /// A formula as text.
    Formula(String),
    /// The value of a variable.
    PrintedVariable {
        /// The variable.
        identifier: String,
        /// As `printf` writes it, if not plainly.
        format: Option<String>,
    },
    /// What is shown or hidden by an outcome.
    Feedback(Feedback),
    /// What is shown or hidden by a template variable; its `outcome` is that variable.
    Template(Feedback),
    /// Something for some of those who see the item.
    Rubric(Rubric),
    /// What the candidate answers to.
    Interaction(Box<Interaction>),
    /// A gap to be filled, in a gap match interaction.
    Gap {
        /// Its name.
        identifier: String,
        /// Whether it has to be filled.
        required: bool,
    },
    /// Text to be chosen, in a hottext interaction.
    Hottext {
        /// Its name.
        identifier: String,
        /// What is shown.
        children: Vec<Content>,
    },
}

macro_rules! groups {
    ($($(#[$of:meta])* $variant:ident = $element:literal $level:ident,)*) => {
        /// A group of content, by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Group {
            $($(#[$of])* $variant,)*
        }

        impl Group {
            pub(crate) const ALL: &'static [(&'static str, Self)] = &[$(($element, Self::$variant),)*];

            /// Its element in QTI and HTML.
            pub fn element(self) -> &'static str {
                match self { $(Self::$variant => $element,)* }
            }

            /// What white space means in it.
            pub(crate) fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)* }
            }
        }
    };
}

/// What white space means in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Nothing: it holds blocks only.
    Structure,
    /// Something between words, nothing at the edges.
    Block,
    /// Something everywhere.
    Inline,
    /// All of it.
    Verbatim,
}

groups! {
    /// A paragraph.
    Paragraph = "p" Block,
    /// Blocks kept together.
    Division = "div" Block,
    /// A first heading.
    Heading1 = "h1" Block,
    /// A second heading.
    Heading2 = "h2" Block,
    /// A third heading.
    Heading3 = "h3" Block,
    /// A fourth heading.
    Heading4 = "h4" Block,
    /// A fifth heading.
    Heading5 = "h5" Block,
    /// A sixth heading.
    Heading6 = "h6" Block,
    /// Text whose white space counts; code, mostly.
    Preformatted = "pre" Verbatim,
    /// A quotation that is a block.
    BlockQuotation = "blockquote" Block,
    /// A list without numbers.
    UnorderedList = "ul" Structure,
    /// A list with numbers.
    OrderedList = "ol" Structure,
    /// An entry of a list.
    ListItem = "li" Block,
    /// A list of terms.
    DefinitionList = "dl" Structure,
    /// A term.
    Term = "dt" Block,
    /// What it means.
    Definition = "dd" Block,
    /// A table.
    Table = "table" Structure,
    /// Its caption.
    Caption = "caption" Block,
    /// Its head.
    TableHead = "thead" Structure,
    /// Its body.
    TableBody = "tbody" Structure,
    /// Its foot.
    TableFoot = "tfoot" Structure,
    /// A row.
    Row = "tr" Structure,
    /// A cell that heads others.
    HeaderCell = "th" Block,
    /// A cell.
    Cell = "td" Block,
    /// A figure with its caption.
    FigureGroup = "figure" Block,
    /// The caption of a figure.
    FigureCaption = "figcaption" Block,
    /// Stressed.
    Emphasis = "em" Inline,
    /// Important.
    Strong = "strong" Inline,
    /// Slanted.
    Italic = "i" Inline,
    /// Bold.
    Bold = "b" Inline,
    /// Underlined.
    Underline = "u" Inline,
    /// Small print.
    Small = "small" Inline,
    /// Code.
    Code = "code" Inline,
    /// What a computer prints.
    Sample = "samp" Inline,
    /// What is typed.
    Keyboard = "kbd" Inline,
    /// A variable.
    Variable = "var" Inline,
    /// A title of a work.
    Citation = "cite" Inline,
    /// A term where it is defined.
    Defining = "dfn" Inline,
    /// An abbreviation.
    Abbreviation = "abbr" Inline,
    /// A quotation within a line.
    Quotation = "q" Inline,
    /// Below the line.
    Subscript = "sub" Inline,
    /// Above the line.
    Superscript = "sup" Inline,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its file.
    pub source: String,
    /// What it shows, in words; empty if it shows nothing that matters.
    pub alternative: String,
    /// Its width in pixels, if said.
    pub width: Option<u32>,
    /// Its height in pixels, if said.
    pub height: Option<u32>,
}

/// Another file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Media {
    /// The file.
    pub source: String,
    /// Its media type, if said.
    pub kind: Option<String>,
    /// Its width in pixels, if said.
    pub width: Option<u32>,
    /// Its height in pixels, if said.
    pub height: Option<u32>,
    /// What stands for it where it cannot be played.
    pub fallback: Vec<Content>,
}

/// Content that a variable shows or hides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feedback {
    /// Whether it stands within a line.
    pub inline: bool,
    /// The variable.
    pub outcome: String,
    /// The value that it is about.
    pub identifier: String,
    /// Whether that value shows it; otherwise it hides it.
    pub show: bool,
    /// What is shown.
    pub children: Vec<Content>,
}

/// A rubric block.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rubric {
    /// For whom: `author`, `candidate`, `proctor`, `scorer`, `testConstructor`, `tutor`.
    pub view: Vec<String>,
    /// What for: `instructions`, `scoring`, `sharedstimulus`, …
    pub purpose: Option<String>,
    /// What it says.
    pub children: Vec<Content>,
}
