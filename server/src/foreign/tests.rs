//! What goes out and what comes in, over items of every kind.

mod bombs;
mod comparing;
mod example_items;
mod foreign_text;
mod keys;
mod random_content;
mod round_trip;
mod scoring;
