//! The draw procedure `invigil-draw-3` (docs/DRAW3.md): one of a published pool of parallel forms, each equally likely.
//!
//! A procedure is never edited, only succeeded: the vectors in docs/vectors/draw hold it fast.

mod draw;
mod pool;

use serde::{Deserialize, Serialize};

use crate::draw2::Earlier;
pub use draw::{Drawer, DrawerError, NoForm};
pub use pool::{MAX_FORMS, Pool, PoolFault, PoolForm};

/// Name of the procedure.
pub const PROCEDURE: &str = "invigil-draw-3";

/// One candidate's draw: which form, and its items in which order. No text, no key, and no order of options: that follows
/// from the bank's secret (docs/DRAW2.md, «Order of options»).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Always `invigil-draw`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// The procedure that made it.
    pub procedure: String,
    /// What the candidate met before.
    pub earlier: Earlier,
    /// The name of the form in the pool list.
    pub form: String,
    /// `version_hash` of each item, in the order of the form, pilot items included.
    pub items: Vec<String>,
}

impl Draw {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 3;

    /// The form hash: SHA-256 of the draw's RFC 8785 form.
    pub fn digest(&self) -> String {
        crate::canonical::digest(self)
    }
}
