//! The draw for wasm32, so that a test can compare it with the native one. Never shipped.

use question_bank::vectors::DrawVectors;
use wasm_bindgen::prelude::*;

/// Takes a file of docs/vectors/draw and gives it back with every result computed afresh.
///
/// # Errors
/// What is wrong with the file, as text.
#[wasm_bindgen]
pub fn draw(json: &str) -> Result<String, String> {
    let vectors: DrawVectors = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let computed = vectors.recompute().map_err(|error| error.to_string())?;
    serde_json::to_string(&computed).map_err(|error| error.to_string())
}
