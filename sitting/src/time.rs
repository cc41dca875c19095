//! Reckoning the server's time on a device whose wall clock may be wrong, moved or reset.

use serde::{Deserialize, Serialize};

use crate::Stamp;

/// The server's time at one moment of the device's clocks. Only differences of the device's clocks are ever used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockAnchor {
    /// The server's time, milliseconds since 1970-01-01T00:00:00Z.
    pub server_ms: u64,
    /// The device's clocks at that moment.
    pub at: Stamp,
}

/// Wall clock and monotonic clock disagree about how much time passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockJump {
    /// Wall minus monotonic time since the anchor, in milliseconds.
    pub by_ms: i64,
}

impl ClockAnchor {
    /// The server's time now. Within one run of the page the monotonic clock counts; across runs only the wall clock is
    /// left, and one that ran backwards counts as standing still.
    pub fn server_time(&self, now: &Stamp) -> u64 {
        let passed = if now.boot == self.at.boot {
            now.mono_ms.saturating_sub(self.at.mono_ms)
        } else {
            now.wall_ms.saturating_sub(self.at.wall_ms)
        };
        self.server_ms.saturating_add(passed)
    }

    /// Whether the two clocks of the device drifted apart by more than `tolerance_ms` since the anchor: the wall clock was
    /// set, or the machine slept.
    pub fn jump(&self, now: &Stamp, tolerance_ms: u64) -> Option<ClockJump> {
        if now.boot != self.at.boot {
            return None;
        }
        let difference = |later: u64, earlier: u64| later as i64 - earlier as i64;
        let by_ms = difference(now.wall_ms, self.at.wall_ms) - difference(now.mono_ms, self.at.mono_ms);
        (by_ms.unsigned_abs() > tolerance_ms).then_some(ClockJump { by_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(boot: &str, mono_ms: u64, wall_ms: u64) -> Stamp {
        Stamp { boot: boot.into(), mono_ms, wall_ms }
    }

    fn anchor() -> ClockAnchor {
        ClockAnchor { server_ms: 1_000_000, at: stamp("a", 500, 77_000) }
    }

    #[test]
    fn setting_the_wall_clock_neither_wins_nor_costs_time_while_the_page_runs() {
        assert_eq!(anchor().server_time(&stamp("a", 10_500, 0)), 1_010_000);
        assert_eq!(anchor().server_time(&stamp("a", 10_500, 9_999_999)), 1_010_000);
    }

    #[test]
    fn after_a_reload_the_time_away_counts() {
        assert_eq!(anchor().server_time(&stamp("b", 3, 137_000)), 1_060_000);
        assert_eq!(anchor().server_time(&stamp("b", 3, 1)), 1_000_000);
    }

    #[test]
    fn a_jump_is_told_with_its_sign() {
        assert_eq!(anchor().jump(&stamp("a", 1_500, 78_100), 2_000), None);
        assert_eq!(anchor().jump(&stamp("a", 1_500, 178_000), 2_000), Some(ClockJump { by_ms: 100_000 }));
        assert_eq!(anchor().jump(&stamp("a", 1_500, 8_000), 2_000), Some(ClockJump { by_ms: -70_000 }));
    }
}
