//! Known answers of the standards, and what nobody may get away with.

mod forgeries;
mod vectors;
