//! How much working time a sitting has, and how much of it is spent: extra time, breaks and pauses included.

use crate::{
    Stamp,
    time::{Elapsed, Stopwatch},
};

/// A pause that a proctor granted extends the working time by at most this much: the clocks that measure it are the device's.
const LONGEST_PAUSE_MS: u64 = 60 * 60_000;
const MINUTE_MS: u64 = 60_000;

/// The working time of one sitting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    duration_ms: u64,
    extra_ms: u64,
    break_ms: u64,
    minutes_by_code: u32,
    minutes_signed: u32,
    watch: Option<Stopwatch>,
    running: Option<Pause>,
    /// Spent in approved breaks that are over; not more than `break_ms` of it counts.
    breaks_ms: u64,
    /// What granted pauses that are over added.
    pauses_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pause {
    since_ms: u64,
    /// What it had lasted at `since_ms`.
    before_ms: u64,
    /// Out of the approved breaks, rather than granted.
    is_break: bool,
}

impl Pause {
    fn lasted_ms(self, elapsed_ms: u64) -> u64 {
        self.before_ms.saturating_add(elapsed_ms.saturating_sub(self.since_ms))
    }
}

/// The time left, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// As far as the clocks can be believed.
    pub likely_ms: u64,
    /// If what only the wall clock saw did not pass. At 0 the time is up beyond doubt.
    pub measured_ms: u64,
}

impl WorkingTime {
    pub(crate) fn new(duration_ms: u64) -> Self {
        Self {
            duration_ms,
            extra_ms: 0,
            break_ms: 0,
            minutes_by_code: 0,
            minutes_signed: 0,
            watch: None,
            running: None,
            breaks_ms: 0,
            pauses_ms: 0,
        }
    }

    pub(crate) fn allow(&mut self, extra_ms: u64, break_ms: u64) {
        self.extra_ms = extra_ms;
        self.break_ms = break_ms;
    }

    pub(crate) fn begin(&mut self, at: &Stamp) {
        self.watch = Some(Stopwatch::start(at, 0));
    }

    pub(crate) fn see(&mut self, at: &Stamp) {
        if let Some(watch) = &mut self.watch {
            watch.see(at);
        }
    }

    /// The server said how much was spent.
    pub(crate) fn told(&mut self, at: &Stamp, elapsed_ms: u64) {
        if self.watch.is_some() {
            // A break that runs keeps the length it has, whatever was reckoned before it.
            let now_ms = self.elapsed(at).likely_ms;
            self.running = self.running.map(|pause| Pause {
                since_ms: elapsed_ms,
                before_ms: pause.lasted_ms(now_ms),
                is_break: pause.is_break,
            });
            self.watch = Some(Stopwatch::start(at, elapsed_ms));
        }
    }

    pub(crate) fn extend(&mut self, minutes: u32, signed: bool) {
        if signed {
            self.minutes_signed = self.minutes_signed.saturating_add(minutes);
        } else {
            self.minutes_by_code = self.minutes_by_code.max(minutes);
        }
    }

    pub(crate) fn pause(&mut self, at: &Stamp, is_break: bool) {
        self.running = Some(Pause { since_ms: self.elapsed(at).likely_ms, before_ms: 0, is_break });
    }

    pub(crate) fn go_on(&mut self, at: &Stamp) {
        (self.breaks_ms, self.pauses_ms) = self.stood(at);
        self.running = None;
    }

    /// Time spent in breaks, and what pauses add, a running one included.
    fn stood(&self, now: &Stamp) -> (u64, u64) {
        match self.running {
            None => (self.breaks_ms, self.pauses_ms),
            Some(pause) => {
                let lasted = pause.lasted_ms(self.elapsed(now).likely_ms);
                if pause.is_break {
                    (self.breaks_ms.saturating_add(lasted), self.pauses_ms)
                } else {
                    (self.breaks_ms, self.pauses_ms.saturating_add(lasted.min(LONGEST_PAUSE_MS)))
                }
            }
        }
    }

    /// Whether the candidate started.
    pub fn has_begun(&self) -> bool {
        self.watch.is_some()
    }

    /// Whether the clock stands.
    pub fn is_paused(&self) -> bool {
        self.running.is_some()
    }

    /// Whether approved break time is left.
    pub fn has_breaks(&self) -> bool {
        self.breaks_ms < self.break_ms
    }

    /// Extra time and breaks as the sealed part says them, in milliseconds.
    pub fn approved_ms(&self) -> (u64, u64) {
        (self.extra_ms, self.break_ms)
    }

    /// Extra minutes that typed codes gave.
    pub fn minutes_by_code(&self) -> u32 {
        self.minutes_by_code
    }

    /// The time since the start, breaks included.
    pub fn elapsed(&self, now: &Stamp) -> Elapsed {
        self.watch.as_ref().map(|watch| watch.elapsed(now)).unwrap_or_default()
    }

    /// From the start to the end: duration, what was approved and granted, and the breaks and pauses taken until now. At most
    /// the approved time of breaks counts.
    pub fn limit_ms(&self, now: &Stamp) -> u64 {
        let (breaks_ms, pauses_ms) = self.stood(now);
        let granted = u64::from(self.minutes_by_code) + u64::from(self.minutes_signed);
        [self.extra_ms, granted * MINUTE_MS, breaks_ms.min(self.break_ms), pauses_ms]
            .into_iter()
            .fold(self.duration_ms, u64::saturating_add)
    }

    /// What was added to the manifest's duration until a line written then: approved, granted, and breaks and pauses taken.
    pub fn added_ms(&self, at: &Stamp) -> u64 {
        self.limit_ms(at) - self.duration_ms
    }

    /// The time left.
    pub fn left(&self, now: &Stamp) -> Left {
        let (limit, elapsed) = (self.limit_ms(now), self.elapsed(now));
        Left {
            likely_ms: limit.saturating_sub(elapsed.likely_ms),
            measured_ms: limit.saturating_sub(elapsed.measured_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = MINUTE_MS;

    fn at(minutes: u64) -> Stamp {
        Stamp { boot: "a".into(), mono_ms: minutes * MINUTE, wall_ms: 1_795_000_000_000 + minutes * MINUTE }
    }

    fn begun() -> WorkingTime {
        let mut time = WorkingTime::new(60 * MINUTE);
        time.allow(10 * MINUTE, 15 * MINUTE);
        time.begin(&at(0));
        time
    }

    fn left(time: &WorkingTime, minutes: u64) -> u64 {
        time.left(&at(minutes)).likely_ms / MINUTE
    }

    #[test]
    fn approved_and_granted_time_is_added() {
        let mut time = begun();
        assert_eq!(left(&time, 20), 50);
        time.extend(5, false);
        time.extend(15, false);
        assert_eq!(left(&time, 20), 65);
        time.extend(7, true);
        time.extend(3, true);
        assert_eq!(left(&time, 20), 75);
        assert_eq!(left(&time, 200), 0);
    }

    #[test]
    fn a_break_stops_the_clock_as_long_as_breaks_were_approved() {
        let mut time = begun();
        time.pause(&at(10), true);
        assert_eq!((left(&time, 10), left(&time, 20), left(&time, 25), left(&time, 30)), (60, 60, 60, 55));
        time.go_on(&at(20));
        assert!(time.has_breaks() && !time.is_paused());
        assert_eq!(left(&time, 30), 50);
        time.pause(&at(30), true);
        time.go_on(&at(40));
        assert!(!time.has_breaks());
        assert_eq!(left(&time, 40), 45);
    }

    #[test]
    fn a_granted_pause_stops_the_clock_for_an_hour_at_most() {
        let mut time = begun();
        time.pause(&at(10), false);
        assert_eq!((left(&time, 40), left(&time, 70), left(&time, 80)), (60, 60, 50));
        time.go_on(&at(40));
        assert_eq!(left(&time, 40), 60);
    }
}
