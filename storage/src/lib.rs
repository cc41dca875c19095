//! The server's use-case verbs as one narrow asynchronous trait.
//!
//! Each database implements [`Store`] in a crate of its own; the same story test runs against every one. Times are
//! milliseconds since 1970-01-01T00:00:00Z, ids are text made by the caller, every verb names its tenant.

mod error;
mod log;
mod records;

use async_trait::async_trait;

pub use error::StoreError;
pub use log::{LogCheckpoint, LogLeaf, LogStore, LogTile};
pub use records::{
    AnchorRecord, AnchorTaken, Append, AttemptRecord, BadgeRecord, CertificateChange, CertificateRecord,
    CertificateState, DecisionRecord, Issuance, NewAttempt, NewSitting, Outcome, ResponseRecord, Revocation, Selective,
    SittingRecord, StartOutcome, StartWith, StateRecord, StoredLine, TenantId,
};

/// What the server asks of its database. Every verb that writes is one transaction, durable when it returns.
#[async_trait]
pub trait Store: LogStore + Send + Sync {
    /// Records a sitting with its whole roster. Sent again with the same id, it changes nothing.
    ///
    /// # Errors
    /// [`StoreError::CodeTaken`] if one of the code hashes is in use.
    async fn create_sitting(
        &self,
        tenant: &TenantId,
        sitting: &NewSitting,
        roster: &[NewAttempt],
    ) -> Result<(), StoreError>;

    /// All sittings, latest opening first.
    async fn sittings(&self, tenant: &TenantId) -> Result<Vec<SittingRecord>, StoreError>;

    /// One sitting.
    async fn sitting(&self, tenant: &TenantId, id: &str) -> Result<Option<SittingRecord>, StoreError>;

    /// Sets or lifts what Safe Exam Browser has to show at a sitting. Whether there is such a sitting.
    async fn require_browser(
        &self,
        tenant: &TenantId,
        sitting: &str,
        safe_browser: Option<&str>,
    ) -> Result<bool, StoreError>;

    /// The attempts of a sitting in the order of its roster.
    async fn roster(&self, tenant: &TenantId, sitting: &str) -> Result<Vec<AttemptRecord>, StoreError>;

    /// Every attempt of a candidate at any scheme, by the exam body's own name for the person, in the order of their ids.
    async fn attempts_of(&self, tenant: &TenantId, candidate_ref: &str) -> Result<Vec<AttemptRecord>, StoreError>;

    /// The attempt that an admission code opens, by the code's hash.
    async fn attempt_by_code(
        &self,
        tenant: &TenantId,
        code_hash: &[u8; 32],
    ) -> Result<Option<AttemptRecord>, StoreError>;

    /// One attempt.
    async fn attempt(&self, tenant: &TenantId, id: &str) -> Result<Option<AttemptRecord>, StoreError>;

    /// Binds the attempt to the device with this key, and records what else that brings. For the same device again, the clock
    /// stays as it is, and only a code that was not given before is recorded.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`].
    async fn start(
        &self,
        tenant: &TenantId,
        attempt: &str,
        device: &str,
        with: StartWith,
        now_ms: i64,
    ) -> Result<StartOutcome, StoreError>;

    /// Unbinds an attempt from its device: the next one that starts it is bound, and its clock runs on. Whether there was a
    /// bound attempt of this id.
    async fn release_device(&self, tenant: &TenantId, attempt: &str) -> Result<bool, StoreError>;

    /// The journal lines held, in order.
    async fn journal(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<StoredLine>, StoreError>;

    /// Adds lines whose first has number `from` (counted from 1). Lines already held are compared, not written again.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`].
    async fn append(
        &self,
        tenant: &TenantId,
        attempt: &str,
        from: u64,
        lines: &[String],
        now_ms: i64,
    ) -> Result<Append, StoreError>;

    /// The package's file of an attempt.
    async fn package(&self, tenant: &TenantId, attempt: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Records a challenge that is given out; the same one again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`].
    async fn add_challenge(&self, tenant: &TenantId, attempt: &str, anchor: &AnchorRecord) -> Result<(), StoreError>;

    /// Records what came back for a challenge; what was recorded first stays. Whether it was recorded now.
    async fn take_anchor(
        &self,
        tenant: &TenantId,
        attempt: &str,
        challenge: &str,
        taken: &AnchorTaken,
    ) -> Result<bool, StoreError>;

    /// The challenges of an attempt in the order they were given out.
    async fn anchors(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<AnchorRecord>, StoreError>;

    /// Records a signed grant under its id; the same one again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`].
    async fn add_grant(
        &self,
        tenant: &TenantId,
        attempt: &str,
        id: &str,
        document: &str,
        now_ms: i64,
    ) -> Result<(), StoreError>;

    /// The signed grants of an attempt in the order they were given.
    async fn grants(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<String>, StoreError>;

    /// Records that a response file was collected; the same one again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`].
    async fn keep_response(
        &self,
        tenant: &TenantId,
        attempt: &str,
        response: &ResponseRecord,
    ) -> Result<(), StoreError>;

    /// The response files of an attempt that were collected.
    async fn responses(&self, tenant: &TenantId, attempt: &str) -> Result<Vec<ResponseRecord>, StoreError>;

    /// A response file that was kept whole, by the digest of its header.
    async fn response_file(
        &self,
        tenant: &TenantId,
        attempt: &str,
        digest: &str,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// Records a decision and, on a pass, what it issues, in one transaction. If there is one already, that one stays and is
    /// returned, unless it is the referral that this decision is made `instead_of`: another one may rest on more.
    ///
    /// # Errors
    /// [`StoreError::NoSuchAttempt`]; [`StoreError::AwardTaken`] if the CPD award was made before, then nothing is recorded.
    async fn decide(
        &self,
        tenant: &TenantId,
        decision: &DecisionRecord,
        instead_of: Option<&DecisionRecord>,
        issuance: Option<&Issuance>,
    ) -> Result<DecisionRecord, StoreError>;

    /// The decision on an attempt, once recorded.
    async fn decision(&self, tenant: &TenantId, attempt: &str) -> Result<Option<DecisionRecord>, StoreError>;

    /// The live instance of a certificate, by its number in canonical spelling.
    async fn certificate(&self, tenant: &TenantId, number: &str) -> Result<Option<CertificateRecord>, StoreError>;

    /// The live instance of the certificate of an attempt.
    async fn certificate_of(&self, tenant: &TenantId, attempt: &str) -> Result<Option<CertificateRecord>, StoreError>;

    /// Every instance of a certificate, in the order they were issued.
    async fn instances(&self, tenant: &TenantId, number: &str) -> Result<Vec<CertificateRecord>, StoreError>;

    /// What became of the instances of a certificate: by instance, then in the order it happened.
    async fn states(&self, tenant: &TenantId, number: &str) -> Result<Vec<StateRecord>, StoreError>;

    /// The live instances of the certificates whose numbers come after this one in the order of their text; at most so many.
    async fn certificates_after(
        &self,
        tenant: &TenantId,
        number: &str,
        most: u32,
    ) -> Result<Vec<CertificateRecord>, StoreError>;

    /// Makes changes in one transaction, each if the live instance is still as it was judged. Which of them were made.
    async fn change_certificates(
        &self,
        tenant: &TenantId,
        changes: &[CertificateChange],
    ) -> Result<Vec<bool>, StoreError>;

    /// Gives out numbers on a status list; gives those of them that were free.
    async fn reserve_status(
        &self,
        tenant: &TenantId,
        list: u64,
        entries: &[u64],
        now_ms: i64,
    ) -> Result<Vec<u64>, StoreError>;

    /// The status lists in their order, with how many numbers of each were given out.
    async fn status_lists(&self, tenant: &TenantId) -> Result<Vec<(u64, u64)>, StoreError>;

    /// Records a revocation; what was revoked before stays as it was recorded then. Whether it was recorded now. With a
    /// certificate, the badges that were made of it until then are revoked.
    async fn revoke(&self, tenant: &TenantId, revocation: &Revocation) -> Result<bool, StoreError>;

    /// What was revoked on a status list, by number.
    async fn revocations(&self, tenant: &TenantId, list: u64) -> Result<Vec<Revocation>, StoreError>;

    /// What was revoked of a certificate and its CPD record, in the order of time.
    async fn revocations_of(&self, tenant: &TenantId, number: &str) -> Result<Vec<Revocation>, StoreError>;

    /// Records a badge that its holder asked for; the same one again changes nothing. Of a certificate that is not active, none
    /// is recorded: [`StoreError::RowsAffected`].
    async fn keep_badge(&self, tenant: &TenantId, badge: &BadgeRecord) -> Result<(), StoreError>;

    /// The badges of a certificate in the order of time.
    async fn badges_of(&self, tenant: &TenantId, number: &str) -> Result<Vec<BadgeRecord>, StoreError>;

    /// Makes a certificate's page public under a token, unless it is already; gives the token that holds.
    async fn share(&self, tenant: &TenantId, number: &str, token: &str, now_ms: i64) -> Result<String, StoreError>;

    /// Takes a certificate's page back. Whether there was one.
    async fn unshare(&self, tenant: &TenantId, number: &str) -> Result<bool, StoreError>;

    /// The token of a certificate's page, if it is public.
    async fn share_of(&self, tenant: &TenantId, number: &str) -> Result<Option<String>, StoreError>;

    /// The number of the certificate whose page is public under a token.
    async fn shared(&self, tenant: &TenantId, token: &str) -> Result<Option<String>, StoreError>;

    /// Records a form of a certificate of which parts can be shown, with the number on a status list that it has to itself. It
    /// is among the [`Self::revocations`] of that list from the moment that its certificate is revoked.
    async fn record_selective(&self, tenant: &TenantId, selective: &Selective) -> Result<(), StoreError>;

    /// How many such forms of a certificate were recorded.
    async fn selectives_of(&self, tenant: &TenantId, number: &str) -> Result<u64, StoreError>;
}
