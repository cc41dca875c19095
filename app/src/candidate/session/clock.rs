//! What a session knows of time. Compute from stamps, never from ticks: background tabs get those late.

use sitting::{Event, Left, drift_ms};

use super::Session;
use crate::platform::clock;

/// The device's clocks may drift apart by so much before it is noted.
const TOLERANCE_MS: u64 = 5_000;

impl Session {
    /// The working time left.
    pub(crate) fn left(self) -> Left {
        self.with(|sitting| sitting.left(&clock::stamp())).unwrap_or(Left { likely_ms: 0, measured_ms: 0 })
    }

    /// Time since the start that only the wall clock saw.
    pub(crate) fn unmeasured_ms(self) -> u64 {
        self.with(|sitting| sitting.time().elapsed(&clock::stamp()).unmeasured_ms()).unwrap_or_default()
    }

    /// How much longer the clock would stand: what is left of the approved breaks or of the granted pause.
    pub(crate) fn stands_ms(self) -> u64 {
        self.with(|sitting| sitting.time().may_stand_ms(&clock::stamp())).unwrap_or_default()
    }

    /// Notes when wall clock and monotonic clock have drifted apart.
    pub(crate) fn compare_clocks(self) {
        let Some(inner) = self.inner() else { return };
        let now = clock::stamp();
        let drift = drift_ms(&inner.compared.borrow(), &now).unwrap_or_default();
        if drift.unsigned_abs() > TOLERANCE_MS {
            inner.compared.replace(now);
            self.note(Event::ClockJumped { by_ms: drift });
        }
    }
}
