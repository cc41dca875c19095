//! What the server does, apart from how it is asked: scheduling, sitting, deciding, issuing.

mod admission;
mod affected;
mod collect;
mod decide;
mod grants;
mod held;
mod in_time;
mod instances;
mod journal;
mod lookup;
mod met;
mod open_book;
mod practice;
mod rehearsal;
mod reissue;
mod resolve;
mod result;
mod safe_browser;
mod schedule;
mod seal;
mod selective;
mod source;
mod standing;
mod status;

use std::{sync::Arc, thread::available_parallelism};

use chrono::{DateTime, Utc};
use question_bank::{HashedBank, Scheme};
use storage::{AttemptRecord, SittingRecord, Store, TenantId};
use tokio::sync::Semaphore;

use crate::{
    clock::Clock,
    data::{Books, Config, DataDir, ExamKeys, PasswordHash},
    failure::Failure,
    issue::Issuer,
    log::Log,
    token::TokenSecret,
};

pub use affected::{AffectedAttempt, AffectedItem};
pub use grants::{CheckedIn, Sheet};
pub use held::Shared;
pub use in_time::{GRACE_MS, HeadFit};
pub use instances::ChangeError;
pub use practice::{Published, Unpublished};
pub use reissue::Reissued;
pub use safe_browser::{BrowserProof, SafeBrowser};
pub use schedule::{Place, ScheduleError, Scheduled};
pub use selective::Selected;
pub use source::FormLeftOut;
pub use status::SignedList;

/// Everything a request needs.
pub struct Engine {
    /// Whose data it is.
    pub tenant: TenantId,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Items with keys, and the scheme; nothing where only sittings that are drawn already are dealt with.
    pub bank: Option<HashedBank>,
    /// Public items that rehearsals are drawn from.
    practice: Option<HashedBank>,
    /// The document of the practice set.
    practice_set: Option<Published>,
    /// The book that packages of open-book exams name.
    open_book: Option<sitting::BookFacts>,
    /// The documents of all books that packages name.
    books: Books,
    /// The configuration.
    pub config: Config,
    /// Signs certificates.
    pub issuer: Issuer,
    /// Signs the log of what is issued.
    pub log: Log,
    /// Signs what a sitting needs, and opens what comes back.
    pub exam_keys: ExamKeys,
    /// Signs tokens.
    pub tokens: TokenSecret,
    /// The administrator's password.
    pub admin: PasswordHash,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Response files that may be opened at the same time: as many as there are cores.
    openings: Arc<Semaphore>,
    /// What status lists are kept ready.
    statuses: status::Statuses,
}

impl Engine {
    /// An engine over an opened data directory.
    ///
    /// # Errors
    /// What is wrong with the directory or with the issuer's configuration.
    pub fn new(
        data: DataDir,
        bank: impl Into<Option<HashedBank>>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, crate::data::DataError> {
        let store = Arc::new(data.store()?);
        let books = data.books();
        let history_file = data.history_file();
        let misconfigured = |reason| crate::data::DataError::File { file: data.path.join("invigil.toml"), reason };
        let log = Log::new(&data.config.issuer.did_host, data.log_key, &data.config.log).map_err(misconfigured)?;
        let issuer = Issuer::new(data.issuer_key, &data.config)
            .map_err(misconfigured)?
            .with_status_key(data.status_key)
            .with_history(data.history)
            .map_err(|reason| crate::data::DataError::File { file: history_file, reason })?
            .with_mark(data.mark)
            .with_fonts(data.fonts)
            .with_exam_key(data.exam_keys.signing.public());
        Ok(Self {
            tenant: TenantId("demo".into()),
            store,
            bank: bank.into(),
            practice: None,
            practice_set: None,
            open_book: None,
            books,
            config: data.config,
            issuer,
            log,
            exam_keys: data.exam_keys,
            tokens: data.token_secret,
            admin: data.admin,
            clock,
            openings: Arc::new(Semaphore::new(available_parallelism().map_or(1, usize::from))),
            statuses: status::Statuses::default(),
        })
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn now_ms(&self) -> i64 {
        self.now().timestamp_millis()
    }

    async fn attempt(&self, id: &str) -> Result<AttemptRecord, Failure> {
        let gone = || Failure::new(api::ProblemCode::Unauthorised, "this attempt is not held here");
        self.store.attempt(&self.tenant, id).await?.ok_or_else(gone)
    }
}

/// The rules of a recorded sitting.
pub(crate) fn scheme(sitting: &SittingRecord) -> Result<Scheme, Failure> {
    serde_json::from_str(&sitting.scheme)
        .map_err(|error| Failure::fault(format!("scheme of sitting {} cannot be read: {error}", sitting.id)))
}

/// The manifest of a recorded attempt.
fn manifest(attempt: &AttemptRecord) -> Result<sitting::Manifest, Failure> {
    serde_json::from_str(&attempt.scheduled.manifest).map_err(|error| bad_row(attempt, "manifest", &error))
}

fn bad_row(attempt: &AttemptRecord, column: &str, error: &serde_json::Error) -> Failure {
    Failure::fault(format!("{column} of attempt {} cannot be read: {error}", attempt.scheduled.id))
}
