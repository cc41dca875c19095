//! Single choice and multiple response.

use super::{
    super::{
        fields::Fields,
        finding::Code,
        model::{BankOption, Kind},
        read::Context,
        task::Task,
    },
    options,
};

/// A multiple-response item has five options (docs/ITEM-FORMAT.md).
const MULTIPLE_RESPONSE_OPTIONS: usize = 5;
/// Options of a single-choice item where the scheme does not say.
const SINGLE_CHOICE_OPTIONS: u32 = 3;

pub(super) fn read(fields: &Fields<'_>, kind: Kind, context: &Context<'_>) -> (Vec<BankOption>, Option<Task>) {
    let (tables, options) = options::read(fields, options::CHOICE);
    check_counts(fields, kind, tables.len(), &options, context);
    (options, Some(Task::Choice))
}

/// `got` options stand in the file; of more than 26 the rest is not read.
fn check_counts(fields: &Fields<'_>, kind: Kind, got: usize, options: &[BankOption], context: &Context<'_>) {
    let source = fields.source();
    let keys = options.iter().filter(|option| option.key).count();
    let (wanted, keys_are_right, wanted_keys) = if kind == Kind::SingleChoice {
        (context.options.unwrap_or(SINGLE_CHOICE_OPTIONS) as usize, keys == 1, "exactly one option")
    } else {
        (
            MULTIPLE_RESPONSE_OPTIONS,
            (2..MULTIPLE_RESPONSE_OPTIONS).contains(&keys),
            "at least two options, and not all of them,",
        )
    };
    if got != wanted {
        let (message, help) = (format!("the item has {got} options"), format!("give it {wanted}"));
        source.report(fields.offset(), Code::OptionCount, message, help);
    }
    if !keys_are_right {
        let message = format!("the item has {keys} keys");
        source.report(fields.offset(), Code::KeyCount, message, format!("mark {wanted_keys} with `key = true`"));
    }
}
