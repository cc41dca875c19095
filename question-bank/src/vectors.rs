//! Known answers of the draw, in the form of docs/vectors/draw: inputs beside every intermediate result.

mod later;

use serde::{Deserialize, Serialize};

use crate::{
    CandidateSecret, SecretError,
    draw::{Blueprint, Draw, DrawError, Drawer, KeyStream},
    draw2::{Exhausted, PrepareError},
    draw3::{DrawerError, NoForm},
    pool::Pool,
};
pub use later::{DrawVectors2, DrawVectors3, Drawn, LaterCase, LaterVectors};

/// How many words of each key stream a file of vectors shows.
const WORDS: usize = 8;

/// One file of known answers: a pool, a blueprint, and draws from them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawVectors {
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
    pub cases: Vec<DrawCase>,
    /// The blueprint.
    pub blueprint: Blueprint,
    /// The pool list.
    pub pool: Pool,
}

/// One draw with its intermediate results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawCase {
    /// The candidate's pseudonym.
    pub pseudonym: String,
    /// The candidate's secret, 64 hex characters.
    pub secret: String,
    /// The ChaCha20 key, 64 hex characters.
    pub key: String,
    /// The first words of the key stream.
    pub words: Vec<u32>,
    /// The draw.
    pub draw: Draw,
}

/// Why vectors cannot be computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VectorError {
    /// A secret that is not one.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Nothing could be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// Nothing can be drawn by `invigil-draw-2`.
    #[error(transparent)]
    Prepare(#[from] PrepareError),
    /// Nothing was drawn by `invigil-draw-2`.
    #[error(transparent)]
    Exhausted(#[from] Exhausted),
    /// Nothing can be drawn by `invigil-draw-3`.
    #[error(transparent)]
    Drawer(#[from] DrawerError),
    /// Nothing was drawn by `invigil-draw-3`.
    #[error(transparent)]
    NoForm(#[from] NoForm),
}

impl DrawVectors {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-draw-vectors";
    /// The `version` this code reads and writes.
    pub const VERSION: u32 = 1;

    /// Known answers for a pool, a blueprint and pairs of pseudonym and secret.
    ///
    /// # Errors
    /// [`VectorError`] if one of them cannot be drawn.
    pub fn compute<'a>(
        note: &str,
        pool: Pool,
        blueprint: Blueprint,
        inputs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, VectorError> {
        let drawer = Drawer::new(&pool, &blueprint)?;
        let case = |(pseudonym, secret_hex): (&str, &str)| {
            let secret = CandidateSecret::from_hex(secret_hex)?;
            let key = drawer.key(&secret, pseudonym);
            let mut stream = KeyStream::new(key);
            Ok::<_, VectorError>(DrawCase {
                pseudonym: pseudonym.to_owned(),
                secret: secret_hex.to_owned(),
                key: hex::encode(key),
                words: (0..WORDS).map(|_| stream.word()).collect(),
                draw: drawer.draw(&secret, pseudonym)?,
            })
        };
        let cases = inputs.into_iter().map(case).collect::<Result<_, _>>()?;
        Ok(Self {
            format: Self::FORMAT.into(),
            version: Self::VERSION,
            note: note.to_owned(),
            pool_digest: drawer.pool_digest().to_owned(),
            blueprint_digest: drawer.blueprint_digest().to_owned(),
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
        let inputs = self.cases.iter().map(|case| (case.pseudonym.as_str(), case.secret.as_str()));
        Self::compute(&self.note, self.pool.clone(), self.blueprint.clone(), inputs)
    }
}
