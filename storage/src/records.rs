//! Plain records that go into a store and come out of it.

/// The body whose data this is. The demonstration has one: `demo`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TenantId(pub String);

/// A sitting to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSitting {
    /// Its id (UUIDv7).
    pub id: String,
    /// Its title.
    pub title: String,
    /// The scheme's rules as they were then, as JSON: what was promised to the candidates holds, whatever changes later.
    pub scheme: String,
    /// From when it may be started.
    pub opens_at_ms: i64,
    /// Until when.
    pub closes_at_ms: i64,
    /// The published draw commitment, as canonical JSON.
    pub commitment: String,
    /// The pool list drawn from, as canonical JSON.
    pub pool: String,
    /// The room's release code, as it is typed.
    pub release_code: String,
    /// The room's Ed25519 key: 32 secret bytes.
    pub room_seed: [u8; 32],
    /// The sitting whose reserve forms these are.
    pub reserve_of: Option<String>,
    /// What Safe Exam Browser has to show, as JSON (docs/SEB.md); nothing if any browser will do.
    pub safe_browser: Option<String>,
    /// When it was scheduled.
    pub created_at_ms: i64,
}

/// A sitting as recorded.
pub type SittingRecord = NewSitting;

/// One place on a roster to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAttempt {
    /// Pseudonym of the attempt (UUIDv7).
    pub id: String,
    /// The sitting's id.
    pub sitting: String,
    /// The exam body's own name for the person, the same at every attempt.
    pub candidate_ref: String,
    /// The candidate's name as it will stand on the certificate.
    pub candidate_name: String,
    /// The name that a certificate is looked up by.
    pub family_name: String,
    /// Which attempt of this candidate at this scheme it is, from 1.
    pub attempt_number: u32,
    /// Day of the candidate's first attempt, if this is a later one (milliseconds, any time of that day).
    pub first_attempt_at_ms: Option<i64>,
    /// SHA-256 of the admission code in canonical spelling.
    pub code_hash: [u8; 32],
    /// The secret the form was drawn with.
    pub draw_secret: [u8; 32],
    /// Approved extra time, in milliseconds.
    pub extra_ms: i64,
    /// Approved breaks that stop the clock, in all.
    pub break_ms: i64,
    /// What the codes of the proctor's sheet follow from.
    pub grant_seed: [u8; 32],
    /// The draw that the form was made from, as canonical JSON.
    pub draw: String,
    /// What the sitting allows, as canonical JSON.
    pub manifest: String,
    /// The package's file. Empty in what is read back: ask for it by itself.
    pub package: Vec<u8>,
    /// What the candidate sees, as canonical JSON.
    pub form: String,
    /// What scoring needs, as JSON. Never leaves the server.
    pub plan: String,
}

/// An attempt as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRecord {
    /// What was scheduled.
    pub scheduled: NewAttempt,
    /// When it was started, as far as the server knows: not for a sitting that began without a network.
    pub started_at_ms: Option<i64>,
    /// When the server first gave the release code to a device of it.
    pub given_at_ms: Option<i64>,
    /// The key of the device it is bound to; empty once it was released.
    pub device: Option<String>,
    /// The keys of the devices it was released from, in that order.
    pub released: Vec<String>,
    /// Lines of its journal held.
    pub journal_count: u64,
}

/// What a start brings besides the binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartWith {
    /// The clock starts, and the release code is given.
    Clock,
    /// The release code is given; the attempt began without the server, and no clock starts.
    Code,
    /// Nothing: this device opened the package with a code that was read out.
    Nothing,
}

/// What became of a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartOutcome {
    /// The attempt is bound to this device.
    Running,
    /// The attempt is bound to another device; nothing changed.
    OtherDevice,
}

/// A journal line as held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLine {
    /// Its number, from 1.
    pub seq: u64,
    /// Its text without a line end.
    pub line: String,
    /// When it was first received.
    pub received_at_ms: i64,
}

/// What became of lines sent in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Append {
    /// All of them are held.
    Held {
        /// How many lines are held in all.
        count: u64,
    },
    /// Lines before them are missing; nothing was written.
    Gap {
        /// The number that must come next.
        expected: u64,
    },
    /// Another line is held under this number; nothing was written.
    Fork {
        /// The number.
        seq: u64,
    },
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Passed.
    Pass,
    /// Not passed.
    Fail,
    /// A person has to decide.
    Referred,
}

impl Outcome {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Referred => "referred",
        }
    }

    /// The outcome of a word in the database.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Pass, Self::Fail, Self::Referred].into_iter().find(|outcome| outcome.as_str() == word)
    }
}

/// A decision on an attempt (ISO/IEC 17024, 9.4): recorded once, with all it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// The attempt.
    pub attempt: String,
    /// How it ended.
    pub outcome: Outcome,
    /// `automatic`, or the id of the certification officer.
    pub decided_by: String,
    /// When.
    pub decided_at_ms: i64,
    /// Correct answers.
    pub raw_score: u32,
    /// Head of the journal that was scored.
    pub journal_head: String,
    /// The whole score and the reasons, as JSON (docs/DECISION.md).
    pub record: String,
}

/// What a pass issues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuance {
    /// The certificate number in canonical spelling.
    pub number: String,
    /// The folded family name that it is looked up by.
    pub lookup_name: String,
    /// The signed certificate, as JSON.
    pub certificate: String,
    /// The signed CPD record, as JSON.
    pub cpd_record: String,
    /// What the CPD award is unique on, within the tenant.
    pub cpd_award: String,
    /// When it was issued.
    pub issued_at_ms: i64,
}

/// What has become of an instance of a certificate. Expiry is no state: it is in the certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateState {
    /// It stands.
    Active,
    /// It does not stand now; a successor may be issued.
    Suspended,
    /// It does not stand any more.
    Revoked,
    /// A successor under the same number took its place.
    Superseded,
}

impl CertificateState {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
        }
    }

    /// The state of a word in the database.
    pub fn read(word: &str) -> Option<Self> {
        let all = [Self::Active, Self::Suspended, Self::Revoked, Self::Superseded];
        all.into_iter().find(|state| state.as_str() == word)
    }
}

/// An instance of a certificate as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRecord {
    /// The attempt that earned it.
    pub attempt: String,
    /// What was issued.
    pub issued: Issuance,
    /// Which of those under its number it is, from 1.
    pub instance: u32,
    /// What has become of it.
    pub state: CertificateState,
}

/// One entry of what became of the instances of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateRecord {
    /// The instance.
    pub instance: u32,
    /// Its state from then on.
    pub state: CertificateState,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub changed_at_ms: i64,
}

/// A change of the live instance of a certificate, and what it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateChange {
    /// The certificate's number.
    pub number: String,
    /// The instance that was live when it was judged.
    pub instance: u32,
    /// Its state then.
    pub from: CertificateState,
    /// Its state afterwards.
    pub to: CertificateState,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub changed_at_ms: i64,
    /// Numbers on status lists that are set with it.
    pub revocations: Vec<Revocation>,
    /// The instance that takes its place, and its state.
    pub successor: Option<(Issuance, CertificateState)>,
}

/// A badge without its holder's name, as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadgeRecord {
    /// The id of its document.
    pub id: String,
    /// The number of the certificate that it was made of.
    pub number: String,
    /// Its status list.
    pub list: u64,
    /// Its number on the list.
    pub entry: u64,
    /// The signed document, as JSON.
    pub document: String,
    /// When it was issued.
    pub issued_at_ms: i64,
}

/// A challenge that was given out, and the head of the journal that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorRecord {
    /// The challenge, as lower-case hexadecimal digits.
    pub challenge: String,
    /// `server` or `proctor`.
    pub authority: String,
    /// When it was given out.
    pub issued_at_ms: i64,
    /// What came back.
    pub taken: Option<AnchorTaken>,
}

/// The head of a journal as it was recorded outside the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnchorTaken {
    /// Number of the line whose hash it is.
    pub count: u64,
    /// The hash, or its first 128 bits if it was typed, as lower-case hexadecimal digits.
    pub head: String,
    /// When it was recorded.
    pub recorded_at_ms: i64,
    /// By whom.
    pub recorded_by: String,
}

/// A response file that was collected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseRecord {
    /// SHA-256 of its signed header.
    pub digest: String,
    /// `taken`, `known`, `older` or `fork`.
    pub outcome: String,
    /// Lines that it holds.
    pub count: u64,
    /// When it was received first.
    pub received_at_ms: i64,
    /// The whole file, where it differs from the journal held. Nothing in what is read back: ask for it by itself.
    pub file: Option<Vec<u8>>,
}

/// A credential that was revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The status list, counted from 1.
    pub list: u64,
    /// Its number there.
    pub entry: u64,
    /// The number of the certificate that it is, or came with.
    pub number: String,
    /// `certificate`, `cpd_record`, `badge` for one without a name, or `selective` for a form of which parts can be shown.
    pub document: String,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub decided_by: String,
    /// When.
    pub revoked_at_ms: i64,
}

/// A form of a certificate of which parts can be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selective {
    /// The number of the certificate.
    pub number: String,
    /// The status list, counted from 1.
    pub list: u64,
    /// Its number there.
    pub entry: u64,
    /// When it was issued.
    pub issued_at_ms: i64,
}
