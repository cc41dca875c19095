//! The retake ladder.

use chrono::NaiveDate;
use question_bank::{
    Scheme, earliest_retake,
    scheme::{Anchor, Wait},
};

use crate::fixture;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// 15 days, 3 months and 6 months from the first attempt, 12 months from the last.
fn ladder() -> Scheme {
    fixture::scheme(&[("D1", 10)], 0, 0)
}

/// A ladder of one rung.
fn one_rung(wait: Wait, anchor: Anchor) -> Scheme {
    let mut scheme = ladder();
    scheme.retakes.truncate(1);
    scheme.retakes[0].wait.value = wait;
    scheme.retakes[0].anchor.value = anchor;
    scheme
}

#[test]
fn each_failed_attempt_has_its_rung_and_its_anchor() {
    let scheme = ladder();
    for (failed, last, earliest) in [
        (1, "2026-11-24", "2026-12-09"),
        (2, "2026-12-10", "2027-02-24"),
        (3, "2027-02-25", "2027-05-24"),
        (4, "2027-06-01", "2028-06-01"),
    ] {
        assert_eq!(
            earliest_retake(&scheme, failed, day("2026-11-24"), day(last)),
            Some(day(earliest)),
            "after {failed}"
        );
    }
}

#[test]
fn after_the_end_of_the_ladder_its_last_rung_holds() {
    let last = day("2030-03-10");
    for failed in [4, 5, 17, u32::MAX] {
        assert_eq!(
            earliest_retake(&ladder(), failed, day("2026-11-24"), last),
            Some(day("2031-03-10")),
            "after {failed}"
        );
    }
}

#[test]
fn both_anchors_are_read_from_the_scheme() {
    let (first, last) = (day("2026-01-10"), day("2026-02-20"));
    let wait = Wait::Months(2);
    assert_eq!(earliest_retake(&one_rung(wait, Anchor::FirstAttempt), 3, first, last), Some(day("2026-03-10")));
    assert_eq!(earliest_retake(&one_rung(wait, Anchor::LastAttempt), 3, first, last), Some(day("2026-04-20")));
}

#[test]
fn a_wait_from_the_first_attempt_that_is_over_already_still_leaves_one_day() {
    let (first, last) = (day("2026-01-10"), day("2026-11-24"));
    for anchored in [one_rung(Wait::Days(15), Anchor::FirstAttempt), one_rung(Wait::Days(0), Anchor::LastAttempt)] {
        assert_eq!(earliest_retake(&anchored, 1, first, last), Some(day("2026-11-25")));
    }
}

#[test]
fn months_end_on_the_last_day_of_a_shorter_month() {
    for (months, from, until) in [
        (1, "2027-01-31", "2027-02-28"),
        (1, "2028-01-31", "2028-02-29"),
        (3, "2026-11-30", "2027-02-28"),
        (6, "2026-08-31", "2027-02-28"),
        (12, "2028-02-29", "2029-02-28"),
        (48, "2028-02-29", "2032-02-29"),
        (1, "2027-02-28", "2027-03-28"),
        (1, "2026-12-31", "2027-01-31"),
        (2, "2026-12-31", "2027-02-28"),
        (0, "2026-12-31", "2026-12-31"),
    ] {
        assert_eq!(Wait::Months(months).after(day(from)), Some(day(until)), "{months} months from {from}");
    }
    assert_eq!(Wait::Days(15).after(day("2028-02-20")), Some(day("2028-03-06")), "leap years count");
    assert_eq!(Wait::Days(15).after(day("2026-12-20")), Some(day("2027-01-04")));
}

#[test]
fn there_is_no_retake_before_an_attempt_without_a_ladder_or_after_the_calendar() {
    let today = day("2026-11-24");
    assert_eq!(earliest_retake(&ladder(), 0, today, today), None);
    let mut without = ladder();
    without.retakes.clear();
    assert_eq!(earliest_retake(&without, 1, today, today), None);
    assert_eq!(earliest_retake(&ladder(), 1, NaiveDate::MAX, NaiveDate::MAX), None);
    assert_eq!(earliest_retake(&one_rung(Wait::Months(u32::MAX), Anchor::LastAttempt), 1, today, today), None);
}
