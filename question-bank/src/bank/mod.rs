//! The bank as reviewable text files (docs/ITEM-FORMAT.md), and everything that can be wrong with them.

mod across;
mod angoff;
mod fields;
mod finding;
mod load;
mod markup;
mod model;
mod question;
mod read;
mod source;
mod waivers;
mod wording;

pub(crate) use fields::Named;
pub use finding::{Code, Finding, Severity};
pub use load::{MAX_FILE_BYTES, MAX_FILES, SourceFile};
pub use model::{Authoring, Bank, BankOption, Item, Kind, Level, Origin, Reference, Scenario, ScenarioPlace, Status};
