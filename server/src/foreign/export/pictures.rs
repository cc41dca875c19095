//! The images of a bank, found again from the texts that show them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use item::{Block, Image, RichText};
use qti::model::Figure;
use question_bank::{
    Bank,
    bank::{Item, Scenario, Task},
};

/// The images of a bank: their paths by where their bytes lie in memory, which all texts of the bank share.
pub(crate) struct Pictures(BTreeMap<usize, String>);

impl Pictures {
    /// Of a bank, whose texts are asked for.
    pub(crate) fn of(bank: &Bank) -> Self {
        Self(bank.images.iter().map(|(path, data)| (address(data), path.clone())).collect())
    }

    fn path(&self, image: &Image) -> Option<&str> {
        self.0.get(&address(&image.data)).map(String::as_str)
    }

    /// An image as an item or stimulus shows it; these lie one folder deep.
    pub(super) fn figure(&self, image: &Image) -> Figure {
        let source = self.path(image).map(|path| format!("../{path}")).unwrap_or_default();
        Figure { source, alternative: image.alt.clone(), width: None, height: None }
    }

    /// The paths of the images that an item shows.
    pub(crate) fn shown_by(&self, item: &Item) -> BTreeSet<&str> {
        let mut texts: Vec<&RichText> = vec![&item.stem];
        texts.extend(item.options.iter().map(|option| &option.text));
        let mut shown = BTreeSet::new();
        match &item.task {
            Task::Hotspot(task) => shown.extend(self.path(&task.image)),
            Task::GapMatch(task) => texts.push(&task.text),
            Task::Cloze(task) => texts.push(&task.text),
            Task::Match(task) => texts.extend(task.rows.iter().map(|row| &row.text)),
            Task::Choice | Task::Order | Task::ExtendedText(_) => {}
        }
        texts.into_iter().for_each(|text| self.add(text, &mut shown));
        shown
    }

    /// The paths of the images that the stimulus of a set shows.
    pub(crate) fn shown_by_set(&self, set: &Scenario) -> BTreeSet<&str> {
        let mut shown = BTreeSet::new();
        self.add(&set.stimulus, &mut shown);
        shown
    }

    fn add<'p>(&'p self, text: &RichText, shown: &mut BTreeSet<&'p str>) {
        for block in &text.0 {
            if let Block::Image(image) = block {
                shown.extend(self.path(image));
            }
        }
    }
}

fn address(data: &Arc<str>) -> usize {
    Arc::as_ptr(data).cast::<u8>().addr()
}
