//! Real numbers as .NET's general format writes them.

/// How many digits count.
const DIGITS: i32 = 15;

/// The number in the format "G15" of .NET Framework with the invariant culture: at most 15 significant digits, without
/// trailing zeros; with an exponent of at least two digits if it is below −4 or above 14; minus zero as `0`.
pub(crate) fn g15(number: f64) -> String {
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{number:.14e}");
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let Ok(exponent) = exponent.parse::<i32>() else { return scientific };
    let sign = if mantissa.starts_with('-') { "-" } else { "" };
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if (-4..DIGITS).contains(&exponent) {
        return format!("{sign}{}", fixed(digits, exponent));
    }
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    let exponent_sign = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{first}{point}{rest}E{exponent_sign}{:02}", exponent.unsigned_abs())
}

/// The digits of d.ddd × 10^exponent without an exponent.
fn fixed(digits: &str, exponent: i32) -> String {
    match usize::try_from(exponent) {
        Err(_) => format!("0.{}{digits}", "0".repeat(exponent.unsigned_abs() as usize - 1)),
        Ok(exponent) if digits.len() <= exponent + 1 => format!("{digits:0<width$}", width = exponent + 1),
        Ok(exponent) => format!("{}.{}", &digits[..=exponent], &digits[exponent + 1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reals_are_those_of_seb_for_windows() {
        for (number, text) in [
            (1.234_567_890_123_456_7, "1.23456789012346"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (1.0, "1"),
            (-0.0, "0"),
            (0.00001, "1E-05"),
            (0.0001, "0.0001"),
            (0.25, "0.25"),
            (-1.5, "-1.5"),
            (120.0, "120"),
            (1e14, "100000000000000"),
            (1e15, "1E+15"),
            (123_456_789_012_345_680.0, "1.23456789012346E+17"),
            (1.5e-300, "1.5E-300"),
            (999_999_999_999_999.9, "1E+15"),
        ] {
            assert_eq!(g15(number), text);
        }
    }
}
