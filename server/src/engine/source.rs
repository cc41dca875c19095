//! Where a sitting's forms come from.

use chrono::NaiveDate;
use question_bank::{Drawing, HashedBank, LeftOut, NamedForm, draw3, scheme::Procedure};
use storage::SittingRecord;

use super::schedule::ScheduleError;

/// A form of the set that nobody draws.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct FormLeftOut {
    /// The form.
    pub form: String,
    /// The item, by its id in the bank.
    pub item: String,
    /// Why it may not stand on a form, in words.
    pub why: String,
}

impl From<&LeftOut> for FormLeftOut {
    fn from(left_out: &LeftOut) -> Self {
        let LeftOut { form, item, why } = left_out;
        Self { form: form.clone(), item: item.clone(), why: format!("it {why}") }
    }
}

/// Where a sitting's forms come from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The bank, by the procedure that the scheme names.
    Bank,
    /// A set of parallel forms.
    Forms(&'a [NamedForm]),
    /// As those of another sitting, whose reserve they are.
    ReserveOf(&'a SittingRecord),
}

impl<'a> Source<'a> {
    /// The sitting that it is the reserve of.
    pub(super) fn first(self) -> Option<&'a SittingRecord> {
        match self {
            Self::ReserveOf(first) => Some(first),
            Self::Bank | Self::Forms(_) => None,
        }
    }

    /// What to draw from. An item must still be good on the `day`, the last on which somebody can meet it.
    pub(super) fn drawing(self, bank: &HashedBank, day: NaiveDate) -> Result<Drawing<'_>, ScheduleError> {
        match self {
            Self::Forms(forms) => Ok(bank.drawing_from(day, forms)?),
            Self::ReserveOf(first) if bank.scheme().procedure() == Procedure::Draw3 => {
                let recorded: draw3::Pool = serde_json::from_str(&first.pool).map_err(|_| {
                    ScheduleError::Recorded(format!(
                        "the forms of sitting {} were not drawn from a set of forms, as the scheme now asks: schedule a \
                         sitting with --forms instead",
                        first.id
                    ))
                })?;
                Ok(bank.drawing_again(day, &recorded)?)
            }
            Self::Bank | Self::ReserveOf(_) => Ok(bank.drawing(day)?),
        }
    }
}
