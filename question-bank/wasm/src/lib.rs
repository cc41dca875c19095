//! The draw for wasm32.
