//! When a candidate who failed may sit again.

use chrono::{Days, NaiveDate};

use crate::{Scheme, scheme::Anchor};

/// The first day on which a candidate may sit again after failing attempt number `failed_attempt` (from 1), by the
/// scheme's retake ladder; after the ladder's end its last rung holds. `first` and `last` are the days (UTC) of the first
/// and of the failed attempt. Never before the day after the failed attempt, even where the wait counts from the first.
///
/// `None` for attempt 0, a scheme without a ladder, or a date past the end of the calendar.
pub fn earliest_retake(scheme: &Scheme, failed_attempt: u32, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
    let rung = scheme.retakes.iter().rfind(|rung| rung.after_attempt <= failed_attempt)?;
    let anchor = match rung.anchor.value {
        Anchor::FirstAttempt => first,
        Anchor::LastAttempt => last,
    };
    Some(rung.wait.value.after(anchor)?.max(last.checked_add_days(Days::new(1))?))
}
