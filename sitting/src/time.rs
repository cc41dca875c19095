//! Working time on a device whose wall clock may be wrong, moved or reset, and whose monotonic clock may stand while it sleeps.
//!
//! Neither clock proves anything: which lines count is judged on anchors (docs/TIME.md). What is reckoned here is what the
//! candidate sees, and what an auditor sees the candidate saw. Two figures bound it: time that a monotonic clock *measured*
//! has certainly passed; what the wall clock says beyond that has *likely* passed (the machine slept, or was switched off),
//! unless somebody moved the clock.

use crate::Stamp;

/// Time that no monotonic clock measured counts as passed up to this much; beyond it, the wall clock was moved.
pub const LONGEST_SLEEP_MS: u64 = 60 * 60_000;

/// Time spent, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Elapsed {
    /// Measured by a monotonic clock, or told by the server: has certainly passed.
    pub measured_ms: u64,
    /// With the time that only the wall clock saw, if that is plausible.
    pub likely_ms: u64,
}

impl Elapsed {
    /// What only the wall clock saw.
    pub fn unmeasured_ms(self) -> u64 {
        self.likely_ms - self.measured_ms
    }
}

/// Reckons the time since a moment from the stamps seen since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stopwatch {
    /// Time spent at `base`.
    spent_ms: u64,
    base: Stamp,
    /// Measured since `base` in runs of the page that are over.
    runs_ms: u64,
    /// First and last stamp of the present run.
    first: Stamp,
    last: Stamp,
}

impl Stopwatch {
    /// Starts at a moment at which so much time was spent.
    pub(crate) fn start(at: &Stamp, spent_ms: u64) -> Self {
        Self { spent_ms, base: at.clone(), runs_ms: 0, first: at.clone(), last: at.clone() }
    }

    /// Takes note of a further stamp.
    pub(crate) fn see(&mut self, at: &Stamp) {
        if at.boot != self.first.boot {
            self.runs_ms = self.runs_ms.saturating_add(self.last.mono_ms.saturating_sub(self.first.mono_ms));
            self.first = at.clone();
            self.last = at.clone();
        } else if at.mono_ms > self.last.mono_ms {
            self.last = at.clone();
        }
    }

    /// What monotonic clocks measured, or the server told, until now.
    pub(crate) fn measured_ms(&self, now: &Stamp) -> u64 {
        self.spent_ms.saturating_add(self.since_base_ms(now))
    }

    /// The time spent now. Of what only the wall clock saw, so much lies in breaks and pauses and has passed in any case.
    pub(crate) fn elapsed(&self, now: &Stamp, stood_ms: u64) -> Elapsed {
        let unmeasured = self.unmeasured_ms(now).saturating_sub(stood_ms);
        let slept = if unmeasured <= LONGEST_SLEEP_MS { unmeasured } else { 0 };
        let measured_ms = self.measured_ms(now);
        Elapsed { measured_ms, likely_ms: measured_ms.saturating_add(stood_ms).saturating_add(slept) }
    }

    /// The time spent now, if all passed that the wall clock saw.
    pub(crate) fn seen_ms(&self, now: &Stamp) -> u64 {
        self.measured_ms(now).saturating_add(self.unmeasured_ms(now))
    }

    fn unmeasured_ms(&self, now: &Stamp) -> u64 {
        now.wall_ms.saturating_sub(self.base.wall_ms).saturating_sub(self.since_base_ms(now))
    }

    fn since_base_ms(&self, now: &Stamp) -> u64 {
        let mut run = self.last.mono_ms.saturating_sub(self.first.mono_ms);
        if now.boot == self.first.boot {
            run = run.max(now.mono_ms.saturating_sub(self.first.mono_ms));
        }
        // A journal may claim any figure: none of them may overflow.
        self.runs_ms.saturating_add(run)
    }
}

/// How far the wall clock ran ahead of the monotonic one between two stamps of one run of the page, in milliseconds; `None`
/// between two runs.
pub fn drift_ms(earlier: &Stamp, later: &Stamp) -> Option<i64> {
    let difference = |later: u64, earlier: u64| {
        let size = i64::try_from(later.abs_diff(earlier)).unwrap_or(i64::MAX);
        if later < earlier { -size } else { size }
    };
    (earlier.boot == later.boot)
        .then(|| difference(later.wall_ms, earlier.wall_ms).saturating_sub(difference(later.mono_ms, earlier.mono_ms)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000;
    const DAY: u64 = 24 * 60 * MINUTE;
    const NOON: u64 = 1_795_000_000_000;

    fn stamp(boot: &str, mono_ms: u64, wall_ms: u64) -> Stamp {
        Stamp { boot: boot.into(), mono_ms, wall_ms }
    }

    fn started() -> Stopwatch {
        Stopwatch::start(&stamp("a", 500, NOON), 0)
    }

    fn elapsed(measured_ms: u64, likely_ms: u64) -> Elapsed {
        Elapsed { measured_ms, likely_ms }
    }

    #[test]
    fn a_clock_moved_by_a_day_and_back_neither_wins_nor_costs_time() {
        let watch = started();
        for wall in [NOON + MINUTE, NOON + DAY, NOON - DAY, NOON + MINUTE] {
            assert_eq!(watch.elapsed(&stamp("a", 500 + MINUTE, wall), 0), elapsed(MINUTE, MINUTE), "{wall}");
        }
    }

    #[test]
    fn ten_minutes_of_sleep_count_and_can_be_told_from_measured_time() {
        let slept = started().elapsed(&stamp("a", 500 + MINUTE, NOON + 11 * MINUTE), 0);
        assert_eq!(slept, elapsed(MINUTE, 11 * MINUTE));
        assert_eq!(slept.unmeasured_ms(), 10 * MINUTE);
    }

    #[test]
    fn a_reload_costs_the_time_it_took_and_a_clock_moved_meanwhile_costs_nothing() {
        let mut watch = started();
        watch.see(&stamp("a", 500 + 5 * MINUTE, NOON + 5 * MINUTE));
        watch.see(&stamp("b", 3, NOON + 7 * MINUTE));
        assert_eq!(watch.elapsed(&stamp("b", 3 + MINUTE, NOON + 8 * MINUTE), 0), elapsed(6 * MINUTE, 8 * MINUTE));
        let mut watch = started();
        watch.see(&stamp("a", 500 + 5 * MINUTE, NOON + 5 * MINUTE));
        watch.see(&stamp("b", 3, NOON - DAY));
        assert_eq!(watch.elapsed(&stamp("b", 3 + MINUTE, NOON - DAY), 0), elapsed(6 * MINUTE, 6 * MINUTE));
    }

    #[test]
    fn what_the_server_tells_replaces_what_was_reckoned() {
        let watch = Stopwatch::start(&stamp("b", 100, NOON), 30 * MINUTE);
        assert_eq!(watch.elapsed(&stamp("b", 100 + MINUTE, NOON + MINUTE), 0), elapsed(31 * MINUTE, 31 * MINUTE));
    }

    #[test]
    fn a_drift_is_told_with_its_sign() {
        let before = stamp("a", 500, 77_000);
        assert_eq!(drift_ms(&before, &stamp("a", 1_500, 178_000)), Some(100_000));
        assert_eq!(drift_ms(&before, &stamp("a", 1_500, 8_000)), Some(-70_000));
        assert_eq!(drift_ms(&before, &stamp("b", 1_500, 8_000)), None);
    }

    #[test]
    fn no_claim_overflows() {
        let most = stamp("a", u64::MAX, 0);
        assert_eq!(drift_ms(&most, &stamp("a", 0, u64::MAX)), Some(i64::MAX));
        let mut watch = Stopwatch::start(&stamp("a", 0, 0), u64::MAX);
        for boot in ["a", "b", "c"] {
            watch.see(&stamp(boot, 0, 0));
            watch.see(&stamp(boot, u64::MAX, u64::MAX));
        }
        assert_eq!(watch.elapsed(&most, 0), elapsed(u64::MAX, u64::MAX));
    }
}
