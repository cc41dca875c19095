//! Times as XML Schema writes them.

use chrono::{DateTime, Duration, Utc};

/// Reads a `dateTimeStamp` (XML Schema 1.1 part 2, section 3.4.28) of the years 0000 to 9999: a date, a `T`, a time, perhaps
/// fractions of a second, and always `Z` or an offset.
pub fn date_time_stamp(text: &str) -> Option<DateTime<Utc>> {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let at = |place: usize, expected: u8| bytes.get(place) == Some(&expected);
    let written = digits(0, 4)
        && at(4, b'-')
        && digits(5, 7)
        && at(7, b'-')
        && digits(8, 10)
        && at(10, b'T')
        && digits(11, 13)
        && at(13, b':')
        && digits(14, 16)
        && at(16, b':')
        && digits(17, 19)
        && bytes.get(17).is_some_and(|tens| *tens < b'6');
    if !written || !ends_in_zone(text.get(19..)?) {
        return None;
    }
    // The end of a day may be called 24:00:00.
    if let Some(rest) = text.get(11..).and_then(|time| time.strip_prefix("24:00:00")) {
        let fraction = rest.strip_prefix('.').map_or("", |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let zone = if rest.starts_with('.') { fraction } else { rest };
        let only_zeros = rest.strip_suffix(zone)?.bytes().all(|b| matches!(b, b'.' | b'0'));
        let midnight = DateTime::parse_from_rfc3339(&format!("{}T00:00:00{zone}", text.get(..10)?)).ok()?;
        return only_zeros.then(|| midnight.to_utc().checked_add_signed(Duration::days(1))).flatten();
    }
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// What may follow the seconds: a fraction, then `Z` or an offset of at most fourteen hours.
fn ends_in_zone(text: &str) -> bool {
    let zone = match text.strip_prefix('.') {
        None => text,
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
    };
    let Some(offset) = zone.strip_prefix(['+', '-']) else { return zone == "Z" };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let parts = (offset.len() == 5).then(|| offset.split_once(':')).flatten();
    parts
        .and_then(|(hours, minutes)| Some((number(hours)?, number(minutes)?)))
        .is_some_and(|(hours, minutes)| minutes < 60 && (hours < 14 || (hours, minutes) == (14, 0)))
}

#[cfg(test)]
mod tests {
    use super::date_time_stamp;

    #[test]
    fn only_a_time_with_a_zone_is_a_stamp() {
        for (text, seconds) in [
            ("2023-02-26T01:02:58Z", 1_677_373_378),
            ("2023-02-26T01:02:58.447Z", 1_677_373_378),
            ("2023-02-25T17:02:58-08:00", 1_677_373_378),
            ("2023-02-26T15:02:58+14:00", 1_677_373_378),
            ("2023-02-25T24:00:00Z", 1_677_369_600),
            ("2023-02-25T24:00:00.00Z", 1_677_369_600),
            ("2023-02-26T00:00:00-00:00", 1_677_369_600),
        ] {
            assert_eq!(date_time_stamp(text).map(|time| time.timestamp()), Some(seconds), "{text}");
        }
        for text in [
            "",
            "invalidDate",
            "2023-02-26",
            "2023-02-26T01:02:58",
            "2023-02-26T01:02Z",
            "2023-02-26 01:02:58Z",
            "2023-02-26t01:02:58z",
            "2023-02-26T01:02:60Z",
            "2023-02-30T01:02:58Z",
            "2023-02-26T25:02:58Z",
            "2023-02-26T24:00:01Z",
            "2023-02-26T24:00:00.1Z",
            "2023-02-26T01:02:58.Z",
            "2023-02-26T01:02:58+14:01",
            "2023-02-26T01:02:58+1:00",
            "2023-02-26T01:02:58Z ",
            "02023-02-26T01:02:58Z",
            "٢٠٢٣-02-26T01:02:58Z",
        ] {
            assert_eq!(date_time_stamp(text), None, "{text}");
        }
    }
}
