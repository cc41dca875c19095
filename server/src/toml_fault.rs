//! Faults of TOML files in one line.

/// What is wrong and where: the line's number and what stands there.
pub(crate) fn in_a_line(text: &str, error: &toml::de::Error) -> String {
    let what = error.message().lines().collect::<Vec<_>>().join(", ");
    let Some(before) = error.span().and_then(|span| text.get(..span.start)) else { return what };
    let number = before.matches('\n').count();
    let line: String = text.lines().nth(number).unwrap_or_default().trim().chars().take(80).collect();
    let number = number + 1;
    if line.is_empty() { format!("line {number}: {what}") } else { format!("line {number}, «{line}»: {what}") }
}
