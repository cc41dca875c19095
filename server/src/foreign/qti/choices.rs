//! Options that are chosen, put in order, or assigned to rows.

use ::qti::model::{Choice, Limits, Scalar, Value};

use super::{
    super::{
        Draft,
        draft::{DraftOption, Row, letter},
    },
    Maker, most,
};

impl Maker<'_> {
    pub(super) fn choice(&mut self, choices: &[Choice], limits: Limits, single: bool, value: &Value) -> Draft {
        if !single {
            self.number_kept(limits, value);
        }
        let option = self.options(choices, |choice| has(value, &choice.identifier).then_some(true));
        Draft { option, ..Draft::new(if single { "single_choice" } else { "multiple_response" }) }
    }

    /// Says so if another number than that of the keys could be chosen at most.
    pub(super) fn number_kept(&mut self, limits: Limits, value: &Value) {
        if most(limits).is_some_and(|most| most != value.members().len()) {
            self.notes.lose("how many options could be chosen at most");
        }
        if limits.min > 0 {
            self.notes.lose("how many options had to be chosen at least");
        }
    }

    pub(super) fn order(&mut self, choices: &[Choice], limits: Limits, value: &Value) -> Draft {
        if most(limits).is_some_and(|most| most != choices.len()) {
            self.notes.fault("only some of the options are put in order; a native item takes all");
        }
        let ordered: Vec<Choice> = value
            .members()
            .iter()
            .filter_map(|name| choices.iter().find(|choice| choice.identifier == name.text()).cloned())
            .collect();
        if ordered.len() != choices.len() {
            self.notes.fault("its key leaves options out; a native item takes all");
        }
        Draft { option: self.options(&ordered, |_| None), ..Draft::new("order") }
    }

    pub(super) fn options(&mut self, choices: &[Choice], key: impl Fn(&Choice) -> Option<bool>) -> Vec<DraftOption> {
        let mut options = Vec::new();
        for (at, choice) in choices.iter().enumerate() {
            if choice.fixed {
                self.notes.lose("the order of the options: forms shuffle them");
            }
            let text = self.text_of(&choice.content);
            options.push(DraftOption { id: letter(at), text, key: key(choice), ..DraftOption::default() });
        }
        options
    }

    /// `pairs` is how many there may be, where there is a most.
    pub(super) fn matching(
        &mut self,
        rows: &[Choice],
        columns: &[Choice],
        value: &Value,
        partial: bool,
        pairs: Option<usize>,
    ) -> Draft {
        let place = |name: &str| columns.iter().position(|column| column.identifier == name);
        let mut row = Vec::new();
        for choice in rows {
            let of_row = value.members().iter().filter_map(|pair| match pair {
                Scalar::DirectedPair(of, column) if *of == choice.identifier => place(column),
                _ => None,
            });
            let mut key: Vec<usize> = of_row.collect();
            key.sort_unstable();
            let text = self.text_of(&choice.content);
            row.push(Row { text, key: key.into_iter().map(letter).collect(), rationale: None });
        }
        let longest = row.iter().map(|row| row.key.len()).max().unwrap_or(1);
        let per_row = self.per_row(rows, columns.len(), longest, partial);
        // Who may give too many pairs loses points for them here, and not there.
        let is_alike = per_row <= 1 || pairs == Some(value.members().len());
        if partial && !is_alike {
            self.notes.partial(self.choices, "each pair gives its points, and a row has several");
        }
        if pairs.is_some_and(|most| most != value.members().len()) {
            self.notes.lose("how many pairs there could be at most");
        }
        if columns.iter().any(|column| column.limits.is_some_and(|limits| limits.max != 0)) {
            self.notes.lose("how often a column could be used at most");
        }
        let option = self.options(columns, |_| None);
        let credit = (partial && is_alike).then_some("partial");
        Draft { row, option, per_row: (per_row > 1).then_some(per_row), credit, ..Draft::new("match") }
    }

    /// How many columns a row takes: what all rows say, if the key and the columns allow it.
    fn per_row(&mut self, rows: &[Choice], columns: usize, longest: usize, partial: bool) -> usize {
        if partial && longest <= 1 {
            if rows.iter().any(|choice| choice.limits.is_none_or(|limits| limits.max != 1)) {
                self.notes.lose("that a row could be given several columns");
            }
            return 1;
        }
        let said = |choice: &Choice| choice.limits.map_or(columns, |limits| most(limits).unwrap_or(columns));
        let first = rows.first().map_or(longest, said);
        let most = rows.iter().map(said).max().unwrap_or(longest).clamp(longest, columns.max(longest));
        if rows.iter().any(|choice| said(choice) != first) || most != first {
            self.notes.lose("how many columns each row could be given");
        }
        most
    }
}

/// Whether a name is in a value.
pub(super) fn has(value: &Value, name: &str) -> bool {
    value.members().iter().any(|scalar| matches!(scalar, Scalar::Identifier(other) if other == name))
}
