//! The device's clocks.

use std::cell::OnceCell;

use chrono::NaiveDate;
use js_sys::{Date, Object, Reflect};
use sitting::Stamp;

thread_local! {
    static BOOT: OnceCell<String> = const { OnceCell::new() };
}

/// The clocks now. `boot` names this run of the page, within which the monotonic clock counts.
pub fn stamp() -> Stamp {
    let mono = super::window().performance().map_or(0.0, |clock| clock.now());
    Stamp { boot: boot(), mono_ms: mono as u64, wall_ms: Date::now() as u64 }
}

/// Microseconds of a clock that only counts on, to measure how long something takes.
pub fn micros() -> u64 {
    super::window().performance().map_or(0.0, |clock| clock.now() * 1_000.0) as u64
}

fn boot() -> String {
    BOOT.with(|boot| boot.get_or_init(super::random::hex::<8>).clone())
}

/// Waits so many milliseconds; browsers stretch this in background tabs.
pub async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// A moment in words, by this computer's time zone, which is named. `locale` is a BCP 47 language tag.
pub fn local(ms: u64, locale: &str) -> String {
    let options = options(&[
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "long"),
        ("year", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ]);
    Date::new(&(ms as f64).into()).to_locale_string(locale, &options).into()
}

/// A day in words, whatever the time zone. `locale` is a BCP 47 language tag.
pub fn day(day: NaiveDate, locale: &str) -> String {
    let options = options(&[("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")]);
    // A day by itself begins in UTC (ECMA-262, Date Time String Format).
    Date::new(&day.to_string().into()).to_locale_date_string(locale, &options).into()
}

/// The options of the browser's date formats (ECMA-402).
fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        let _ = Reflect::set(&options, &(*name).into(), &(*value).into());
    }
    options
}
