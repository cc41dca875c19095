//! A device without a screen: it opens a package, answers at random, and hands in, with the state machine of the pages. For
//! samples, and for loads that no room full of browsers could make.

use item::{Accepts, GapAccepts, ItemId, Response};
use signing::{
    code::Code80,
    keys::SigningKey,
    sealing::{self, Identity, Recipient},
    signed::Signed,
};
use sitting::{
    Device, Event, KeyHome, MAX_FILE_BYTES, Package, Payload, Place, Receipt, ReleaseVia, ResponseFile, ResponseHeader,
    Sitting, Stamp, SubmitReason, opening_proof, sealed_lines,
};

use crate::random::{self, NoRandomness};

/// Why it could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// A code is mistyped.
    #[error(transparent)]
    Code(#[from] signing::code::CodeError),
    /// The package does not open.
    #[error(transparent)]
    Seal(#[from] sealing::SealFault),
    /// The package is not what it should be.
    #[error(transparent)]
    Package(#[from] sitting::PackageFault),
    /// The sitting does not allow an event.
    #[error(transparent)]
    Line(#[from] sitting::LineFault),
    /// The same.
    #[error(transparent)]
    Journal(#[from] sitting::JournalFault),
    /// A document could not be written.
    #[error(transparent)]
    Canonical(#[from] signing::jcs::CanonicalError),
    /// No randomness.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// Nothing was written yet.
    #[error("nothing was written yet")]
    Empty,
}

/// The device.
pub struct ScriptedDevice {
    key: SigningKey,
    sitting: Sitting,
    wall_ms: u64,
    mono_ms: u64,
}

impl ScriptedDevice {
    /// Opens a package at a moment, as after a reading out of the release code.
    pub fn open(package: &Package, release: &str, admission: &str, wall_ms: u64) -> Result<Self, ScriptError> {
        let manifest = package.manifest.document.clone();
        let identity = Identity::of_package(&Code80::parse(release)?, &Code80::parse(admission)?, &manifest.attempt);
        let opened = sealing::open(&package.sealed, &identity, MAX_FILE_BYTES)?;
        let payload = Payload::read(&opened, &manifest)?;
        let key = SigningKey::from_seed(random::bytes()?);
        let device = Device { key: key.public().to_string(), home: KeyHome::Software };
        let proof = opening_proof(&manifest.attempt, &device.key, &payload.opening)?;
        let (form, extra_ms, break_ms) = (manifest.form_digest.clone(), payload.extra_ms, payload.break_ms);
        let mut this = Self { key, sitting: Sitting::new(manifest)?, wall_ms, mono_ms: 0 };
        this.write(&Event::Released {
            device,
            via: ReleaseVia::Code,
            extra_ms,
            break_ms,
            proof,
            app: "samples".into(),
        })?;
        this.vouch()?;
        this.write(&Event::Opened { form })?;
        Ok(this)
    }

    /// What it has written.
    pub fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// Writes an event some seconds after the one before.
    pub fn write(&mut self, event: &Event) -> Result<(), ScriptError> {
        let pause = 1_000 + u64::from(random::bytes::<1>()?[0]) * 200;
        self.wall_ms += pause;
        self.mono_ms += pause;
        let at = Stamp { boot: "5a4d91e0c3b72f68".into(), mono_ms: self.mono_ms, wall_ms: self.wall_ms };
        let line = self.sitting.prepare(event, &at, random::bytes()?)?;
        Ok(self.sitting.accept(&line)?)
    }

    /// Vouches for the journal so far.
    pub fn vouch(&mut self) -> Result<(), ScriptError> {
        let signature = hex::encode(self.key.sign(&self.sitting.checkpoint()?));
        self.write(&Event::Checkpointed { signature })
    }

    /// Goes through all items, answers each at random, and hands in.
    pub fn sit(&mut self) -> Result<(), ScriptError> {
        let rules = self.sitting.manifest().items.clone();
        for (number, rule) in rules.iter().enumerate() {
            self.go_to(&rule.id)?;
            let offset = usize::from(random::bytes::<1>()?[0]);
            for event in answers(&rule.id, &rule.accepts, offset) {
                self.write(&event)?;
            }
            if number % 20 == 19 {
                self.vouch()?;
            }
        }
        self.write(&Event::Navigated { to: Place::Review })?;
        self.write(&Event::Submitted { reason: SubmitReason::Candidate })
    }

    fn go_to(&mut self, item: &ItemId) -> Result<(), ScriptError> {
        self.write(&Event::Navigated { to: Place::Item(item.clone()) })
    }

    /// The response file and the receipt.
    pub fn hand_over(&self) -> Result<(ResponseFile, Receipt), ScriptError> {
        let header = ResponseHeader::of(&self.sitting).ok_or(ScriptError::Empty)?;
        let header = Signed::sign(header, &self.key)?;
        let manifest = self.sitting.manifest();
        let recipients = [&manifest.keys.recipient, &manifest.grants.moves[0].recipient];
        let recipients: Result<Vec<Recipient>, _> = recipients.into_iter().map(|text| Recipient::parse(text)).collect();
        let sealed = sealing::seal(&sealed_lines(self.sitting.lines()), &recipients?)?;
        Ok((ResponseFile { header: header.clone(), sealed }, Receipt::of(header)))
    }
}

/// The events that answer an item in a way that it accepts; another `offset` may give another answer.
fn answers(item: &ItemId, accepts: &Accepts, offset: usize) -> Vec<Event> {
    let turned = |labels: &[String], from: usize| -> Vec<String> {
        (0..labels.len()).map(|n| labels[(from + n) % labels.len()].clone()).collect()
    };
    let response = match accepts {
        Accepts::Choices { labels, max } => Response::new(turned(labels, offset).into_iter().take(*max)),
        Accepts::Order { labels } => Response::Order(turned(labels, offset)),
        Accepts::Pairs { rows, columns, .. } => Response::pairs(
            (offset..).zip(rows).filter_map(|(n, row)| Some([row.clone(), turned(columns, n).into_iter().next()?])),
        ),
        // One label after another fits, whether or not one may be used again.
        Accepts::Gaps { gaps, .. } => Response::gaps((offset..).zip(gaps).filter_map(|(n, (gap, accepts))| {
            let value = match accepts {
                GapAccepts::Labels { labels } => turned(labels, n).into_iter().next()?,
                GapAccepts::Text { .. } => (n % 10).to_string(),
            };
            Some((gap.clone(), value))
        })),
        Accepts::Text { max_chars } => {
            let text: String = format!("Answer {offset} in writing.").chars().take(*max_chars as usize).collect();
            return Event::typed(item, "", &text);
        }
    };
    vec![Event::Answered { item: item.clone(), response }]
}
