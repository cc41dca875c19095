//! Known answers of `invigil-draw-3`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{VectorError, WORDS};
use crate::{
    CandidateSecret,
    draw::KeyStream,
    draw2::{Blueprint, Earlier},
    draw3::{Draw, Drawer, Pool},
};

/// One file of known answers: a pool, a blueprint, and draws from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawVectors3 {
    /// Always `invigil-draw-vectors`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// What this file is there to show.
    pub note: String,
    /// Digest of the pool list.
    pub pool_digest: String,
    /// Digest of the blueprint.
    pub blueprint_digest: String,
    /// The draws.
    pub cases: Vec<DrawCase3>,
    /// The blueprint.
    pub blueprint: Blueprint,
    /// The pool list.
    pub pool: Pool,
}

/// One draw with its intermediate results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawCase3 {
    /// The candidate's pseudonym.
    pub pseudonym: String,
    /// The candidate's secret, 64 hex characters.
    pub secret: String,
    /// What the candidate met before.
    pub earlier: Earlier,
    /// The ChaCha20 key, 64 hex characters.
    pub key: String,
    /// The first words of the key stream.
    pub words: Vec<u32>,
    /// The draw.
    pub draw: Draw,
}

impl DrawVectors3 {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw-vectors";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 3;

    /// Known answers for a pool, a blueprint and inputs of pseudonym, secret and what was met before.
    ///
    /// # Errors
    /// [`VectorError`] if one of them cannot be drawn.
    pub fn compute<'a>(
        note: &str,
        pool: Pool,
        blueprint: Blueprint,
        inputs: impl IntoIterator<Item = (&'a str, &'a str, &'a Earlier)>,
    ) -> Result<Self, VectorError> {
        let drawer = Drawer::new(&pool, &BTreeSet::new(), &blueprint)?;
        let case = |(pseudonym, secret_hex, earlier): (&str, &str, &Earlier)| {
            let secret = CandidateSecret::from_hex(secret_hex)?;
            let key = drawer.key(&secret, pseudonym, earlier);
            let mut stream = KeyStream::new(key);
            Ok::<_, VectorError>(DrawCase3 {
                pseudonym: pseudonym.to_owned(),
                secret: secret_hex.to_owned(),
                earlier: earlier.clone(),
                key: hex::encode(key),
                words: (0..WORDS).map(|_| stream.word()).collect(),
                draw: drawer.draw(&secret, pseudonym, earlier)?,
            })
        };
        let cases = inputs.into_iter().map(case).collect::<Result<_, _>>()?;
        Ok(Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            note: note.to_owned(),
            pool_digest: pool.digest(),
            blueprint_digest: blueprint.digest(),
            cases,
            blueprint,
            pool,
        })
    }

    /// The same inputs with every result computed afresh: equal to `self` if the known answers hold.
    ///
    /// # Errors
    /// As [`Self::compute`].
    pub fn recompute(&self) -> Result<Self, VectorError> {
        let inputs = self.cases.iter().map(|case| (case.pseudonym.as_str(), case.secret.as_str(), &case.earlier));
        Self::compute(&self.note, self.pool.clone(), self.blueprint.clone(), inputs)
    }
}
