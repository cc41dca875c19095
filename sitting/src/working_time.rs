//! How much working time a sitting has, and how much of it is spent: extra time, breaks and pauses included.

use crate::{
    Stamp,
    time::{Elapsed, Stopwatch},
};

/// A pause that a proctor granted extends the working time by at most this much: the clocks that measure it are the device's.
pub const LONGEST_PAUSE_MS: u64 = 60 * 60_000;
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
    /// What only the wall clock saw of breaks and pauses that are over, since the stopwatch was started, as far as it counts.
    slept_ms: u64,
}

/// A break or a pause that is running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pause {
    /// What was measured, and what the wall clock showed, when its length was `before_ms`.
    measured_ms: u64,
    wall_ms: u64,
    before_ms: u64,
    /// Out of the approved breaks, rather than granted.
    is_break: bool,
}

/// What a break or a pause that is running amounts to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stood {
    /// How long it has lasted: what the wall clock saw counts, for this is bounded anyway.
    lasted_ms: u64,
    /// What only the wall clock saw of it, as far as the clock stands.
    slept_ms: u64,
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
            slept_ms: 0,
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
        let Some(watch) = &self.watch else { return };
        // A break that runs keeps the length it has, whatever was reckoned before it; what no clock here saw passed in it.
        let known_ms = watch.seen_ms(at).max(self.elapsed(at).likely_ms);
        let unseen_ms = elapsed_ms.saturating_sub(known_ms);
        let lasted_ms = self.standing(at).lasted_ms;
        self.running = self.running.map(|pause| Pause {
            measured_ms: elapsed_ms,
            wall_ms: at.wall_ms,
            before_ms: lasted_ms.saturating_add(unseen_ms),
            is_break: pause.is_break,
        });
        self.watch = Some(Stopwatch::start(at, elapsed_ms));
        self.slept_ms = 0;
    }

    pub(crate) fn extend(&mut self, minutes: u32, signed: bool) {
        if signed {
            self.minutes_signed = self.minutes_signed.saturating_add(minutes);
        } else {
            self.minutes_by_code = self.minutes_by_code.max(minutes);
        }
    }

    pub(crate) fn pause(&mut self, at: &Stamp, is_break: bool) {
        self.running = Some(Pause { measured_ms: self.measured_ms(at), wall_ms: at.wall_ms, before_ms: 0, is_break });
    }

    pub(crate) fn go_on(&mut self, at: &Stamp) {
        self.slept_ms = self.slept_ms.saturating_add(self.standing(at).slept_ms);
        (self.breaks_ms, self.pauses_ms) = self.stood(at);
        self.running = None;
    }

    fn measured_ms(&self, now: &Stamp) -> u64 {
        self.watch.as_ref().map(|watch| watch.measured_ms(now)).unwrap_or_default()
    }

    /// The most that a break or a pause adds, if it begins now or runs since.
    fn most_ms(&self, is_break: bool) -> u64 {
        if is_break { self.break_ms.saturating_sub(self.breaks_ms) } else { LONGEST_PAUSE_MS }
    }

    /// What is running.
    fn standing(&self, now: &Stamp) -> Stood {
        let Some(pause) = self.running else { return Stood::default() };
        let measured_ms = self.measured_ms(now).saturating_sub(pause.measured_ms);
        let wall_ms = now.wall_ms.saturating_sub(pause.wall_ms);
        let lasted = |ms: u64| pause.before_ms.saturating_add(ms);
        let counts = |ms: u64| lasted(ms).min(self.most_ms(pause.is_break));
        Stood {
            lasted_ms: lasted(measured_ms.max(wall_ms)),
            slept_ms: counts(measured_ms.max(wall_ms)) - counts(measured_ms),
        }
    }

    /// Time spent in breaks, and what pauses add, a running one included.
    fn stood(&self, now: &Stamp) -> (u64, u64) {
        let lasted_ms = self.standing(now).lasted_ms;
        match self.running {
            None => (self.breaks_ms, self.pauses_ms),
            Some(Pause { is_break: true, .. }) => (self.breaks_ms.saturating_add(lasted_ms), self.pauses_ms),
            Some(_) => (self.breaks_ms, self.pauses_ms.saturating_add(lasted_ms.min(LONGEST_PAUSE_MS))),
        }
    }

    /// How much longer the clock may stand: what is left of the approved breaks or of the granted pause that is running.
    pub fn may_stand_ms(&self, now: &Stamp) -> u64 {
        self.running.map_or(0, |pause| self.most_ms(pause.is_break).saturating_sub(self.standing(now).lasted_ms))
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
        let stood_ms = self.slept_ms.saturating_add(self.standing(now).slept_ms);
        self.watch.as_ref().map(|watch| watch.elapsed(now, stood_ms)).unwrap_or_default()
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

    /// So many minutes by the wall clock, of which the monotonic clock measured some: the computer slept.
    fn slept(measured: u64, minutes: u64) -> Stamp {
        Stamp { mono_ms: measured * MINUTE, ..at(minutes) }
    }

    #[test]
    fn a_pause_in_which_the_computer_sleeps_counts_as_the_wall_clock_saw_it() {
        for (minutes, expected) in [(59, 60), (61, 59), (65, 55)] {
            let mut time = begun();
            time.pause(&at(10), false);
            let back = slept(11, 11 + minutes - 1);
            time.see(&back);
            assert_eq!(time.left(&back).likely_ms / MINUTE, expected, "{minutes}, running");
            time.go_on(&back);
            assert_eq!(time.limit_ms(&back), (70 + minutes.min(60)) * MINUTE, "{minutes}");
            assert_eq!(time.left(&back).likely_ms / MINUTE, expected, "{minutes}");
        }
    }

    #[test]
    fn sleep_in_pauses_leaves_other_sleep_its_hour() {
        let mut time = begun();
        // Forty minutes asleep at work, and as many in each of two pauses.
        for (from, minutes) in [(10, 50), (60, 100)] {
            time.pause(&slept(if from == 10 { 10 } else { 20 }, from), false);
            let back = slept(if from == 10 { 10 } else { 20 }, minutes);
            time.see(&back);
            time.go_on(&back);
        }
        let now = slept(20, 140);
        assert_eq!(time.limit_ms(&now), 150 * MINUTE);
        assert_eq!(time.left(&now).likely_ms / MINUTE, 10);
    }

    #[test]
    fn an_approved_break_counts_asleep_as_far_as_it_was_approved() {
        let mut time = WorkingTime::new(60 * MINUTE);
        time.allow(0, 90 * MINUTE);
        time.begin(&at(0));
        time.pause(&at(10), true);
        assert_eq!(time.may_stand_ms(&slept(10, 85)), 15 * MINUTE);
        time.go_on(&slept(10, 85));
        assert_eq!(time.left(&slept(15, 90)).likely_ms, 45 * MINUTE);
        time.pause(&slept(15, 90), true);
        assert_eq!(time.may_stand_ms(&slept(15, 90)), 15 * MINUTE);
        assert_eq!(time.may_stand_ms(&slept(15, 190)), 0);
    }

    #[test]
    fn what_only_the_server_saw_of_a_pause_is_counted_to_it() {
        // The computer was off, and its clock stood.
        let back = slept(10, 10);
        let mut time = begun();
        time.pause(&at(10), false);
        time.told(&back, 55 * MINUTE);
        assert_eq!((time.limit_ms(&back), time.left(&back).likely_ms), (115 * MINUTE, 60 * MINUTE));
        time.go_on(&slept(15, 15));
        assert_eq!(time.left(&slept(15, 15)).likely_ms, 60 * MINUTE);
    }
}
