//! What users of the crate rely on.

mod vectors;
