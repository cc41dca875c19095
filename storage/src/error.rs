//! What can go wrong with a store.

/// Why a verb failed. Lookups that find nothing are no errors.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data cannot be opened, or is damaged.
    #[error("cannot open {place}: {reason}")]
    Open {
        /// The file or address.
        place: String,
        /// What is wrong with it.
        reason: String,
    },
    /// No attempt has this id.
    #[error("there is no attempt {0}")]
    NoSuchAttempt(String),
    /// An admission code is in use already.
    #[error("an admission code of this roster is in use already")]
    CodeTaken,
    /// The holder has the CPD award already.
    #[error("the award {0} was made before")]
    AwardTaken(String),
    /// A statement wrote another number of rows than it must.
    #[error("{table}: {actual} rows written, {expected} expected")]
    RowsAffected {
        /// The table.
        table: &'static str,
        /// How many had to be written.
        expected: usize,
        /// How many were.
        actual: usize,
    },
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(Box<dyn std::error::Error + Send + Sync>),
}
