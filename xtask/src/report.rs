//! What the user is told: what is done, how long that usually takes, how long it took.

use std::time::{Duration, Instant};

use crate::shell::Outcome;

/// Does one step of the work. `usually` is measured on two cores.
pub(crate) fn step<T>(what: &str, usually: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n==> {what} (usually {usually})");
    let start = Instant::now();
    let result = work()?;
    println!("    done in {}", words(start.elapsed()));
    Ok(result)
}

/// A remark within a step.
pub(crate) fn note(text: &str) {
    println!("    {text}");
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..100 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_readable() {
        assert_eq!(words(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(words(Duration::from_secs(99)), "99 s");
        assert_eq!(words(Duration::from_secs(184)), "3 min 04 s");
    }
}
