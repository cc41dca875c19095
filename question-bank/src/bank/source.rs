//! One file while it is read: byte offsets to lines, and the findings so far.

use std::{cell::RefCell, ops::Range};

use super::{
    finding::{Code, Finding},
    images::Images,
};

pub(crate) struct Source<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) images: &'a Images,
    line_starts: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(path: &'a str, text: &'a str, images: &'a Images) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path, text, images, line_starts, findings: RefCell::default() }
    }

    /// The line a byte offset lies on, counted from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        u32::try_from(line.max(1)).unwrap_or(u32::MAX)
    }

    /// The lines of offsets within a string's decoded value. Exact for block strings without escapes, which is how
    /// texts are written; never past the end of the value.
    pub(crate) fn lines_within(&self, value: &Range<usize>, decoded: &str) -> impl Fn(usize) -> u32 {
        let raw = self.text.get(value.clone()).unwrap_or_default();
        let trimmed_line_end = raw.starts_with("\"\"\"\n") || raw.starts_with("'''\n");
        let first = self.line(value.start).saturating_add(u32::from(trimmed_line_end));
        let last = self.line(value.end.saturating_sub(1));
        let newlines: Vec<usize> = decoded.match_indices('\n').map(|(at, _)| at).collect();
        move |offset| {
            let newlines = newlines.partition_point(|&at| at < offset);
            first.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX)).min(last)
        }
    }

    pub(crate) fn report(&self, offset: usize, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.report_line(self.line(offset), code, message, help);
    }

    pub(crate) fn report_line(&self, line: u32, code: Code, message: impl Into<String>, help: impl Into<String>) {
        self.findings.borrow_mut().push(Finding {
            file: self.path.to_owned(),
            line,
            severity: code.severity(),
            code,
            message: message.into(),
            help: help.into(),
        });
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }

    /// Whether something was found that keeps the file from being loaded.
    pub(crate) fn is_faulty(&self) -> bool {
        self.findings.borrow().iter().any(Finding::blocks_use)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_from_one_also_inside_block_strings() {
        let text = "a = 1\nb = \"\"\"\nfirst\nsecond\n\"\"\"\n";
        let images = Images::default();
        let source = Source::new("x.toml", text, &images);
        assert_eq!([source.line(0), source.line(6), source.line(text.len())], [1, 2, 6]);
        let value = 10..text.len() - 1;
        let line = source.lines_within(&value, "first\nsecond\n");
        assert_eq!([line(0), line(8)], [3, 4]);
        assert_eq!(source.lines_within(&value, &"\n".repeat(99))(99), 5);
    }
}
