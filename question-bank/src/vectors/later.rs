//! Known answers of `invigil-draw-2` and `invigil-draw-3`, whose files differ in the pool and the draw alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{VectorError, WORDS};
use crate::{
    CandidateSecret,
    draw::KeyStream,
    draw2::{self, Blueprint, Earlier},
    draw3,
};

/// Known answers of `invigil-draw-2`.
pub type DrawVectors2 = LaterVectors<draw2::Pool, draw2::Draw>;
/// Known answers of `invigil-draw-3`.
pub type DrawVectors3 = LaterVectors<draw3::Pool, draw3::Draw>;

/// One file of known answers: a pool, a blueprint, and draws from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterVectors<P, D> {
    /// Always `invigil-draw-vectors`.
    pub format: String,
    /// Version of this document's format: the procedure's number.
    pub version: u32,
    /// What this file is there to show.
    pub note: String,
    /// Digest of the pool list.
    pub pool_digest: String,
    /// Digest of the blueprint.
    pub blueprint_digest: String,
    /// The draws.
    pub cases: Vec<LaterCase<D>>,
    /// The blueprint.
    pub blueprint: Blueprint,
    /// The pool list.
    pub pool: P,
}

/// One draw with its intermediate results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LaterCase<D> {
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
    pub draw: D,
}

/// A pool list that a procedure draws from.
pub trait Drawn<D>: Clone {
    /// Of the format of its vectors.
    const VERSION: u32;

    /// Digest of the list.
    fn digest(&self) -> String;

    /// The ChaCha20 key of a candidate's draw, and the draw.
    ///
    /// # Errors
    /// [`VectorError`] if nothing can be drawn.
    fn draw(
        &self,
        blueprint: &Blueprint,
        secret: &CandidateSecret,
        pseudonym: &str,
        earlier: &Earlier,
    ) -> Result<([u8; 32], D), VectorError>;
}

impl Drawn<draw2::Draw> for draw2::Pool {
    const VERSION: u32 = 2;

    fn digest(&self) -> String {
        self.digest()
    }

    fn draw(
        &self,
        blueprint: &Blueprint,
        secret: &CandidateSecret,
        pseudonym: &str,
        earlier: &Earlier,
    ) -> Result<([u8; 32], draw2::Draw), VectorError> {
        let prepared = draw2::Prepared::new(self, blueprint, earlier)?;
        Ok((prepared.key(secret, pseudonym), prepared.draw(secret, pseudonym)?))
    }
}

impl Drawn<draw3::Draw> for draw3::Pool {
    const VERSION: u32 = 3;

    fn digest(&self) -> String {
        self.digest()
    }

    fn draw(
        &self,
        blueprint: &Blueprint,
        secret: &CandidateSecret,
        pseudonym: &str,
        earlier: &Earlier,
    ) -> Result<([u8; 32], draw3::Draw), VectorError> {
        let drawer = draw3::Drawer::new(self, &BTreeSet::new(), blueprint)?;
        Ok((drawer.key(secret, pseudonym, earlier), drawer.draw(secret, pseudonym, earlier)?))
    }
}

impl<P: Drawn<D>, D> LaterVectors<P, D> {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw-vectors";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = P::VERSION;

    /// Known answers for a pool, a blueprint and inputs of pseudonym, secret and what was met before.
    ///
    /// # Errors
    /// [`VectorError`] if one of them cannot be drawn.
    pub fn compute<'a>(
        note: &str,
        pool: P,
        blueprint: Blueprint,
        inputs: impl IntoIterator<Item = (&'a str, &'a str, &'a Earlier)>,
    ) -> Result<Self, VectorError> {
        let case = |(pseudonym, secret_hex, earlier): (&str, &str, &Earlier)| {
            let secret = CandidateSecret::from_hex(secret_hex)?;
            let (key, draw) = pool.draw(&blueprint, &secret, pseudonym, earlier)?;
            let mut stream = KeyStream::new(key);
            Ok::<_, VectorError>(LaterCase {
                pseudonym: pseudonym.to_owned(),
                secret: secret_hex.to_owned(),
                earlier: earlier.clone(),
                key: hex::encode(key),
                words: (0..WORDS).map(|_| stream.word()).collect(),
                draw,
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
