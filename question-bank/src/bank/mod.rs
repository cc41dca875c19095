//! The bank as reviewable text files (docs/ITEM-FORMAT.md), and everything that can be wrong with them.

mod across;
mod angoff;
mod fields;
mod finding;
mod gaps;
mod images;
mod kinds;
mod load;
mod markup;
mod model;
mod open_book;
mod question;
mod read;
mod source;
mod syllabus;
mod task;
mod waivers;
mod wording;

pub(crate) use fields::Named;
pub use finding::{Code, Finding, Severity};
pub use images::MAX_IMAGE_BYTES;
pub use load::{MAX_FILE_BYTES, MAX_FILES, SourceFile};
pub use markup::rich_text;
pub use model::{
    Authoring, Bank, BankOption, Credit, Item, Kind, Level, Origin, Reference, Scenario, ScenarioPlace, Status,
};
pub use open_book::read as read_open_book;
pub use scoring::Criterion;
pub use syllabus::{Subject, SubjectKind};
pub use task::{Cloze, ClozeEntry, ClozeGap, ExtendedText, GapMatch, Hotspot, Match, Row, Task};
