//! A small exam with real keys and real seals, and a device that sits it.

use std::sync::LazyLock;

use item::{Block, Choice, Direction, Form, FormItem, Inline, Interaction, ItemId, Response, RichText};
use signing::{
    code::Code80,
    keys::SigningKey,
    sealing::{self, Identity},
    signed::Signed,
};
use sitting::{
    Acknowledgement, Allows, Device, Event, ExamFacts, Grant, GrantSecrets, JournalFault, KeyHome, Keys, Kind, Line,
    LineFault, Manifest, Package, Payload, Refusal, ReleaseVia, ResponseFile, ResponseHeader, SealedPart, SignedGrant,
    Sitting, Stamp, SubmitReason, Window, opening_proof, sealed_lines,
};

pub(crate) const MINE: &str = "01989a3c-5f00-7000-8000-000000000001";
pub(crate) const OTHERS: &str = "01989a3c-5f00-7000-8000-000000000002";
pub(crate) const MINUTE: u64 = 60_000;
pub(crate) const NOON: u64 = 1_795_000_000_000;
/// The most extra minutes that typed codes give here.
pub(crate) const MOST_MINUTES: u32 = 30;
/// Of the secret from which all typed grants follow.
pub(crate) const GRANT_SEED: &str = "0707070707070707070707070707070707070707070707070707070707070707";

/// The exam body's key is 1, the room's 2, the candidate's devices' 3 and 4; 9 is a stranger's.
pub(crate) fn key(number: u8) -> SigningKey {
    SigningKey::from_seed([number; 32])
}

pub(crate) fn device(number: u8) -> Device {
    Device { key: key(number).public().to_string(), home: KeyHome::Webcrypto }
}

pub(crate) fn release_code() -> Code80 {
    Code80::from_bytes([0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa])
}

pub(crate) fn admission_code() -> Code80 {
    Code80::from_bytes([0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9])
}

pub(crate) fn package_identity(attempt: &str) -> Identity {
    Identity::of_package(&release_code(), &admission_code(), attempt)
}

/// Opens response files for the exam body.
pub(crate) fn body_identity() -> Identity {
    Identity::from_bytes(&[5; 32])
}

pub(crate) fn secrets(attempt: &str) -> GrantSecrets<'_> {
    GrantSecrets { seed: GRANT_SEED, attempt }
}

pub(crate) fn form() -> Form {
    let text = |text: String| RichText(vec![Block::Paragraph { content: vec![Inline::Text { text }] }]);
    let choices = || ["a", "b", "c"].map(|id| Choice { id: id.into(), content: text(format!("Option {id}")) }).to_vec();
    let item = |position| FormItem {
        id: ItemId::at_position(position),
        lang: "en".into(),
        dir: Direction::Ltr,
        stimulus: None,
        stem: text(format!("Question {position}?")),
        interaction: if position == 4 {
            Interaction::MultipleResponse { choices: choices(), select: 2 }
        } else {
            Interaction::SingleChoice { choices: choices() }
        },
    };
    Form::new(vec![], (1..=4).map(item).collect())
}

pub(crate) fn payload(attempt: &str) -> Payload {
    Payload {
        format: Payload::FORMAT.into(),
        version: Payload::VERSION,
        attempt: attempt.into(),
        opening: secrets(attempt).opening(),
        candidate: "Zoë Example".into(),
        extra_ms: 10 * MINUTE,
        break_ms: 15 * MINUTE,
        form: form(),
    }
}

pub(crate) fn seal(payload: &Payload) -> Vec<u8> {
    let recipient = package_identity(&payload.attempt).recipient();
    sealing::seal(&payload.write().unwrap(), &[recipient]).unwrap()
}

/// The manifest of a package with this sealed part.
pub(crate) fn manifest_of(attempt: &str, sealed: &[u8]) -> Manifest {
    let moves =
        [1, 2].map(|number| Identity::of_transfer(&secrets(attempt).moving(number), attempt).recipient().to_string());
    Manifest {
        format: Manifest::FORMAT.into(),
        version: 2,
        kind: Kind::Exam,
        attempt: attempt.into(),
        sitting: "01989a3c-0000-7000-8000-000000000000".into(),
        scheme: "example".into(),
        edition: "1".into(),
        exam: ExamFacts {
            title: "Example Examination".into(),
            exam_body: "Example Certification Body".into(),
            cut_score: 3,
            points: None,
            open_book: false,
            demonstration: true,
        },
        window: Window { opens_ms: NOON - 60 * MINUTE, closes_ms: NOON + 60 * MINUTE },
        app: Manifest::APP,
        form_digest: signing::jcs::digest_hex(&form()).unwrap(),
        payload: SealedPart::of(sealed),
        open_book: None,
        duration_ms: 60 * MINUTE,
        grants: secrets(attempt).heads(MOST_MINUTES, 2, moves.to_vec()),
        keys: Keys {
            exam: key(1).public().to_string(),
            room: key(2).public().to_string(),
            recipient: body_identity().recipient().to_string(),
        },
        items: Manifest::rules(&form()),
    }
}

/// A package as the exam body makes it.
pub(crate) fn sealed_package(attempt: &str, change: impl Fn(&mut Manifest)) -> Package {
    let sealed = seal(&payload(attempt));
    let mut manifest = manifest_of(attempt, &sealed);
    change(&mut manifest);
    Package { manifest: Signed::sign(manifest, &key(1)).unwrap(), sealed }
}

static PACKAGES: LazyLock<[Package; 2]> = LazyLock::new(|| [MINE, OTHERS].map(|name| sealed_package(name, |_| {})));

pub(crate) fn package(attempt: &str) -> Package {
    PACKAGES[usize::from(attempt != MINE)].clone()
}

pub(crate) fn manifest(attempt: &str) -> Manifest {
    package(attempt).manifest.document
}

pub(crate) fn at(boot: &str, mono_ms: u64, wall_ms: u64) -> Stamp {
    Stamp { boot: boot.into(), mono_ms, wall_ms }
}

/// A signed grant by key `by`.
pub(crate) fn grant(id: &str, attempt: &str, allows: Allows, by: u8) -> Grant {
    let document = SignedGrant {
        format: SignedGrant::FORMAT.into(),
        version: SignedGrant::VERSION,
        id: id.into(),
        attempt: attempt.into(),
        allows,
        reason: "fire alarm".into(),
        issued_ms: NOON,
    };
    Grant::of_signed(Signed::sign(document, &key(by)).unwrap())
}

/// Line 1 of a device on which the package of this attempt was opened, with a code that was read out.
pub(crate) fn released(attempt: &str, by: u8) -> Event {
    let (device, Payload { opening, extra_ms, break_ms, .. }) = (device(by), payload(attempt));
    let proof = opening_proof(attempt, &device.key, &opening).unwrap();
    Event::Released { device, via: ReleaseVia::Code, extra_ms, break_ms, proof, app: "test".into() }
}

pub(crate) fn answered(item: &str, choices: &[&str]) -> Event {
    Event::Answered { item: item.into(), response: Response::new(choices.iter().copied()) }
}

pub(crate) fn submitted() -> Event {
    Event::Submitted { reason: SubmitReason::Candidate }
}

/// Reads a journal as everybody else does: from its first line on.
pub(crate) fn replay(manifest: Manifest, lines: &[String]) -> Result<Sitting, JournalFault> {
    let mut sitting = Sitting::new(manifest).unwrap();
    sitting.accept_all(lines.iter().map(String::as_str)).map(|()| sitting)
}

/// A device that sits an attempt, with a clock that goes when it is told to.
pub(crate) struct Desk {
    pub(crate) sitting: Sitting,
    pub(crate) key: u8,
    pub(crate) now: Stamp,
}

impl Desk {
    /// The package is there, and closed.
    pub(crate) fn new(attempt: &str) -> Self {
        Self::under(manifest(attempt))
    }

    pub(crate) fn under(manifest: Manifest) -> Self {
        Self { sitting: Sitting::new(manifest).unwrap(), key: 3, now: at("a", 500, NOON) }
    }

    /// Opened with a code that was read out.
    pub(crate) fn released(attempt: &str) -> Self {
        Self::new(attempt).and(released(attempt, 3))
    }

    /// The candidate has begun.
    pub(crate) fn opened(attempt: &str) -> Self {
        let desk = Self::released(attempt);
        let form = desk.sitting.manifest().form_digest.clone();
        desk.and(Event::Opened { form })
    }

    /// A whole sitting: everything answered, vouched for, handed in.
    pub(crate) fn handed_in(attempt: &str) -> Self {
        Self::opened(attempt)
            .and(answered("q01", &["a"]))
            .and(answered("q02", &["b"]))
            .checkpoint()
            .and(answered("q03", &["c"]))
            .and(answered("q04", &["a", "c"]))
            .checkpoint()
            .and(submitted())
    }

    pub(crate) fn write(&mut self, event: &Event) -> Result<(), LineFault> {
        let nonce = [self.sitting.count() as u8; 16];
        let line = self.sitting.prepare(event, &self.now, nonce)?;
        self.sitting.accept(&line).unwrap();
        self.now.mono_ms += 1_000;
        self.now.wall_ms += 1_000;
        Ok(())
    }

    /// Writes what must be allowed.
    pub(crate) fn and(mut self, event: Event) -> Self {
        self.write(&event).unwrap();
        self
    }

    /// Why an event is refused; nothing changes.
    pub(crate) fn refusal(&mut self, event: Event) -> Refusal {
        let before = self.sitting.head().to_owned();
        match self.write(&event) {
            Err(LineFault::Refused(refusal)) => {
                assert_eq!(self.sitting.head(), before);
                refusal
            }
            other => panic!("{event:?}: {other:?}"),
        }
    }

    pub(crate) fn wait(mut self, ms: u64) -> Self {
        self.now.mono_ms += ms;
        self.now.wall_ms += ms;
        self
    }

    /// The device vouches.
    pub(crate) fn checkpoint(self) -> Self {
        let event = self.vouching();
        self.and(event)
    }

    pub(crate) fn vouching(&self) -> Event {
        let message = self.sitting.checkpoint().unwrap();
        Event::Checkpointed { signature: hex::encode(key(self.key).sign(&message)) }
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.sitting.lines().to_vec()
    }

    pub(crate) fn header(&self) -> Signed<ResponseHeader> {
        Signed::sign(ResponseHeader::of(&self.sitting).unwrap(), &key(self.key)).unwrap()
    }

    /// The response file, for the exam body and for a move.
    pub(crate) fn response_file(&self) -> Vec<u8> {
        let manifest = self.sitting.manifest();
        let moved = Identity::of_transfer(&secrets(&manifest.attempt).moving(1), &manifest.attempt);
        let recipients = [body_identity().recipient(), moved.recipient()];
        let sealed = sealing::seal(&sealed_lines(self.sitting.lines()), &recipients).unwrap();
        ResponseFile { header: self.header(), sealed }.write().unwrap()
    }

    pub(crate) fn acknowledgement(&self) -> Signed<Acknowledgement> {
        Signed::sign(Acknowledgement::of(&self.sitting, NOON + 60 * MINUTE), &key(1)).unwrap()
    }

    pub(crate) fn minutes_left(&self) -> u64 {
        self.sitting.left(&self.now).likely_ms.div_ceil(MINUTE)
    }
}

/// The SHA-256 that the line after this one names.
pub(crate) fn hash(line: &str) -> String {
    Line::digest(line)
}
