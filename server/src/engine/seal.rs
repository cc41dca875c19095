//! From a form to a candidate's package (docs/PACKAGE.md).

use item::Form;
use question_bank::Scheme;
use signing::{
    code::Code80,
    jcs::CanonicalError,
    keys::SigningKey,
    sealing::{self, Identity, SealFault},
    signed::Signed,
};
use sitting::{
    BookFacts, ExamFacts, GrantSecrets, Keys, Kind, Manifest, Package, PackageFault, Payload, SealedPart, Window,
};

use super::Engine;

/// The most extra minutes that typed codes can give.
pub(super) const EXTRA_MINUTES: u32 = 180;
/// How often a typed code can stop the clock.
pub(super) const PAUSES: u32 = 6;
/// How often a sitting can be moved to another device by a typed code.
pub(super) const MOVES: u32 = 3;

/// Why a package cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// A document could not be written.
    #[error("{0}")]
    Canonical(#[from] CanonicalError),
    /// The questions could not be sealed.
    #[error("{0}")]
    Seal(#[from] SealFault),
    /// The keys of the items are public.
    #[error(
        "no exam is drawn from the bank of {scheme}: its scheme.toml says use = \"practice\", so everybody can read its keys; \
         use an exam's bank (--bank)"
    )]
    Practice {
        /// The scheme.
        scheme: String,
    },
    /// The keys of the items are secret.
    #[error(
        "no rehearsal is drawn from the bank of {scheme}: its scheme.toml does not say use = \"practice\", so its items are an \
         exam's, and everybody gets a rehearsal; use a bank of public items (--practice)"
    )]
    Secret {
        /// The scheme.
        scheme: String,
    },
    /// Nobody could open the package.
    #[error("the form that was drawn for {candidate} ({items} questions) is too big for a package: {fault}")]
    TooBig {
        /// Whose form it is.
        candidate: String,
        /// How many questions it has.
        items: usize,
        /// What a device would say.
        fault: PackageFault,
    },
}

/// What a package is made of, besides the form.
pub(super) struct ToSeal<'a> {
    pub(super) kind: Kind,
    pub(super) attempt: &'a str,
    pub(super) sitting: &'a str,
    pub(super) scheme: &'a Scheme,
    pub(super) open_book: Option<&'a BookFacts>,
    /// The points that the form gives.
    pub(super) points: u32,
    pub(super) window: Window,
    pub(super) candidate: &'a str,
    pub(super) extra_ms: u64,
    pub(super) break_ms: u64,
    pub(super) release: &'a Code80,
    pub(super) admission: &'a Code80,
    /// 64 hexadecimal digits.
    pub(super) grant_seed: &'a str,
    pub(super) room: &'a SigningKey,
}

impl Engine {
    /// Seals a form, and signs what the sitting allows.
    ///
    /// # Errors
    /// [`SealError`].
    pub(super) fn seal(&self, form: Form, to_seal: &ToSeal<'_>) -> Result<Package, SealError> {
        let t = to_seal;
        match (t.kind, t.scheme.is_practice()) {
            (Kind::Exam, true) => return Err(SealError::Practice { scheme: t.scheme.id.clone() }),
            (Kind::Practice, false) => return Err(SealError::Secret { scheme: t.scheme.id.clone() }),
            (Kind::Exam, false) | (Kind::Practice, true) => {}
        }
        let payload = Payload {
            format: Payload::FORMAT.into(),
            version: Payload::VERSION,
            attempt: t.attempt.into(),
            opening: GrantSecrets { seed: t.grant_seed, attempt: t.attempt }.opening(),
            candidate: t.candidate.into(),
            extra_ms: t.extra_ms,
            break_ms: t.break_ms,
            form,
        };
        let recipient = Identity::of_package(t.release, t.admission, t.attempt).recipient();
        let written = payload.write()?;
        let sealed = sealing::seal(&written, &[recipient])?;
        let secrets = GrantSecrets { seed: t.grant_seed, attempt: t.attempt };
        let transfer = |number: u32| Identity::of_transfer(&secrets.moving(number), t.attempt).recipient().to_string();
        let items = Manifest::rules(&payload.form);
        let exam = ExamFacts {
            title: t.scheme.title.value.clone(),
            exam_body: self.config.issuer.name.clone(),
            cut_score: t.scheme.exam.pass.value.cut(t.points),
            points: Some(t.points).filter(|&points| points as usize != items.len()),
            open_book: t.scheme.exam.open_book.value,
            demonstration: self.config.demonstration,
        };
        let manifest = Manifest {
            format: Manifest::FORMAT.into(),
            version: Manifest::version_for(&exam, &items, t.open_book),
            kind: t.kind,
            attempt: t.attempt.into(),
            sitting: t.sitting.into(),
            scheme: t.scheme.id.clone(),
            edition: t.scheme.edition.clone(),
            exam,
            window: t.window,
            app: Manifest::APP,
            form_digest: signing::jcs::digest_hex(&payload.form)?,
            payload: SealedPart::of(&sealed),
            open_book: t.open_book.cloned(),
            duration_ms: u64::from(t.scheme.exam.duration_minutes.value) * 60_000,
            grants: secrets.heads(EXTRA_MINUTES, PAUSES, (1..=MOVES).map(transfer).collect()),
            keys: Keys {
                exam: self.exam_keys.signing.public().to_string(),
                room: t.room.public().to_string(),
                recipient: self.exam_keys.identity.recipient().to_string(),
            },
            items,
        };
        let package = Package { manifest: Signed::sign(manifest, &self.exam_keys.signing)?, sealed };
        // By the bounds of whoever reads it: better nobody is scheduled than somebody cannot start.
        let read = Payload::read(&written, &package.manifest.document).map(drop);
        match read.and(Package::read(&package.write()?).map(drop)) {
            Ok(()) => Ok(package),
            Err(fault) => {
                let (candidate, items) = (payload.candidate, payload.form.items.len());
                Err(SealError::TooBig { candidate, items, fault })
            }
        }
    }
}
