//! The draws for wasm32, so that a test can compare them with the native ones. Never shipped.

use question_bank::vectors::{DrawVectors, DrawVectors2, DrawVectors3};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// Takes a file of docs/vectors/draw and gives it back with every result computed afresh.
///
/// # Errors
/// What is wrong with the file, as text.
#[wasm_bindgen]
pub fn draw(json: &str) -> Result<String, String> {
    recomputed(json).map_err(|error| error.to_string())
}

fn recomputed(json: &str) -> Result<String, Box<dyn std::error::Error>> {
    let vectors: Value = serde_json::from_str(json)?;
    Ok(if vectors["version"] == DrawVectors2::VERSION {
        serde_json::to_string(&serde_json::from_value::<DrawVectors2>(vectors)?.recompute()?)?
    } else if vectors["version"] == DrawVectors3::VERSION {
        serde_json::to_string(&serde_json::from_value::<DrawVectors3>(vectors)?.recompute()?)?
    } else {
        serde_json::to_string(&serde_json::from_value::<DrawVectors>(vectors)?.recompute()?)?
    })
}
