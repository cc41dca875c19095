//! The one place where the server asks for the time.

use chrono::{DateTime, Utc};

/// A source of the time of day.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A time of the store as a time of the API; times outside the calendar become its ends.
pub fn from_ms(ms: i64) -> DateTime<Utc> {
    let end = if ms < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    DateTime::from_timestamp_millis(ms).unwrap_or(end)
}
