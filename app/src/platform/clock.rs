//! The device's clocks.

use std::cell::OnceCell;

use sitting::Stamp;

thread_local! {
    static BOOT: OnceCell<String> = const { OnceCell::new() };
}

/// The clocks now. `boot` names this run of the page, within which the monotonic clock counts.
pub fn stamp() -> Stamp {
    let mono = super::window().performance().map_or(0.0, |clock| clock.now());
    Stamp { boot: boot(), mono_ms: mono as u64, wall_ms: js_sys::Date::now() as u64 }
}

fn boot() -> String {
    BOOT.with(|boot| boot.get_or_init(super::random::hex::<8>).clone())
}

/// Waits so many milliseconds; browsers stretch this in background tabs.
pub async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}
