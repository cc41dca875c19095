//! The samples' log: every credential with its proof, the checkpoint, the tiles, signed by a log and by a witness of their own.

use chrono::{DateTime, Utc};
use serde_json::Value;
use signing::{
    jcs,
    keys::SigningKey,
    tlog::{
        checkpoint::Checkpoint,
        cosignature::cosign,
        leaf::{Form, Record, entry},
        merkle::inclusion,
        note::{KeyType, Verifier},
        proof::TlogProof,
        tile::Content,
        tree::{Edge, Tiles},
    },
    verify::TrustedLog,
};

use crate::{cli::Fault, random};

/// A log of these credentials.
pub(super) struct LogFiles {
    /// What a verifier has to know of it.
    pub(super) trusted: TrustedLog,
    /// The signed checkpoint.
    pub(super) checkpoint: String,
    /// A proof for each credential.
    pub(super) proofs: Vec<TlogProof>,
    /// The bundle of the entries, and the tile of their hashes.
    pub(super) entries: Vec<u8>,
    pub(super) hashes: Vec<u8>,
}

impl LogFiles {
    /// Logs these credentials of an issuer, fewer than a bundle holds.
    pub(super) fn make(issuer: &str, host: &str, credentials: &[&str], now: DateTime<Utc>) -> Result<Self, Fault> {
        let (key, witness_key) = (SigningKey::from_seed(random::bytes()?), SigningKey::from_seed(random::bytes()?));
        let origin = format!("{host}/log");
        let log = Verifier::new(&origin, KeyType::Note, key.public())?;
        let witness = Verifier::new("witness.invigil.example", KeyType::Cosignature, witness_key.public())?;
        let mut records = Vec::new();
        for credential in credentials {
            let document: Value = serde_json::from_str(credential)?;
            let id = document["id"].as_str().unwrap_or_default().to_owned();
            let forms = vec![Form { form: "json".into(), sha256: jcs::digest_hex(&document)? }];
            records.push(Record::Issuance { id, forms, issued_at: now }.write(random::bytes()?)?);
        }
        let kind = signing::tlog::leaf::LeafKind::Issuance;
        let logged = records.iter().map(|record| entry(kind, record.as_bytes())).collect::<Result<Vec<_>, _>>()?;
        let mut edge = Edge::default();
        let (mut entries, mut hashes, mut tiles) = (Vec::new(), Vec::new(), Tiles::new(logged.len() as u64));
        for (tile, bytes) in edge.append(&logged)? {
            match tile.content {
                Content::Entries => entries = bytes,
                Content::Hashes(_) => {
                    hashes.clone_from(&bytes);
                    tiles.add(tile, bytes)?;
                }
            }
        }
        let size = edge.size();
        let checkpoint = Checkpoint { origin: origin.clone(), size, root: edge.root() };
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        let cosignature = cosign(&checkpoint.text(), seconds, &witness, &witness_key);
        let note = checkpoint.sign(&log, &key) + &cosignature;
        let proofs = (0..).zip(&records).map(|(index, record)| {
            let hashes = inclusion(&tiles, index, size).map_err(|_| Fault::new("the samples make no tree"))?;
            Ok(TlogProof { extra: Some(record.clone().into_bytes()), index, hashes, checkpoint: note.clone() })
        });
        Ok(Self {
            trusted: TrustedLog {
                issuer: issuer.to_owned(),
                origin,
                key: log.to_string(),
                witnesses: vec![witness.to_string()],
                quorum: 1,
            },
            proofs: proofs.collect::<Result<_, Fault>>()?,
            checkpoint: note,
            entries,
            hashes,
        })
    }
}
