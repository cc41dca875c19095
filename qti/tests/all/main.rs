//! What users of the crate rely on.

mod classes;
mod expressions;
mod packages;
mod round_trip;
mod rubbish;
mod tests_of_items;
mod vectors;
