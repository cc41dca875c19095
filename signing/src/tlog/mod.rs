//! The transparency log (docs/LOG.md): a Merkle tree of RFC 6962 in the formats of C2SP. No I/O: tiles go in and come out.

pub mod checkpoint;
pub mod cosignature;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod tile;
pub mod tree;
pub mod witness;
