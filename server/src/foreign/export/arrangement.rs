//! In which order choices are written, so that it says nothing about the key. Not every system shuffles.

use question_bank::bank::{Item, Task};

use super::super::draft::letter;

/// Keys of fewer parts stand in their own order so often that the order says nothing.
const FEWEST: usize = 3;

/// The choices of an item in the order in which they are written.
pub(super) struct Arrangement {
    /// Positions in the item's file.
    order: Vec<usize>,
}

impl Arrangement {
    /// Of an item's options. Where their order in the file may be the key's, they stand in alphabetical order.
    pub(super) fn of_options(item: &Item) -> Self {
        let key: Vec<usize> = match &item.task {
            Task::Order => (0..item.options.len()).collect(),
            Task::Match(task) => task.rows.iter().filter_map(|row| row.key.first().copied()).collect(),
            Task::GapMatch(task) => task.gaps.iter().map(|(_, at)| *at).collect(),
            _ => return Self { order: (0..item.options.len()).collect() },
        };
        let texts: Vec<String> = item.options.iter().map(|option| option.text.plain()).collect();
        Self::alphabetical(&texts, &key)
    }

    /// In alphabetical order; moved on if the parts of the key, as they are asked for, would stand in their own order then.
    pub(super) fn alphabetical(texts: &[String], key: &[usize]) -> Self {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by(|&one, &other| texts[one].cmp(&texts[other]));
        let mut arrangement = Self { order };
        for _ in 0..texts.len() {
            if !arrangement.tells(key) {
                break;
            }
            arrangement.order.rotate_left(1);
        }
        arrangement
    }

    fn tells(&self, key: &[usize]) -> bool {
        let places: Vec<usize> = key.iter().filter_map(|at| self.place(*at)).collect();
        places.len() >= FEWEST && places.windows(2).all(|pair| pair[0] < pair[1])
    }

    fn place(&self, at: usize) -> Option<usize> {
        self.order.iter().position(|other| *other == at)
    }

    /// The name of a choice by its position in the file: `a`, `b`, … in the order in which they are written.
    pub(super) fn name(&self, at: usize) -> String {
        self.place(at).map(letter).unwrap_or_default()
    }

    /// Choices in this order.
    pub(super) fn arranged<'c, T>(&'c self, choices: &'c [T]) -> impl Iterator<Item = (usize, &'c T)> {
        self.order.iter().filter_map(|&at| Some((at, choices.get(at)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::Arrangement;

    fn written(texts: &[&str], key: &[usize]) -> Vec<usize> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        Arrangement::alphabetical(&texts, key).order
    }

    #[test]
    fn the_order_is_alphabetical_and_never_that_of_the_key() {
        assert_eq!(written(&["c", "a", "b"], &[0, 1, 2]), [1, 2, 0]);
        assert_eq!(written(&["a", "b", "c"], &[0, 1, 2]), [1, 2, 0]);
        // The first is no part of the key: moved on by one, the key would still tell.
        assert_eq!(written(&["a", "b", "c", "d"], &[1, 2, 3]), [2, 3, 0, 1]);
        assert_eq!(written(&["a", "b"], &[0, 1]), [0, 1], "turning each pair of two would tell as much");
        assert_eq!(written(&["x", "x", "x"], &[2, 2, 2]), [0, 1, 2]);
    }
}
