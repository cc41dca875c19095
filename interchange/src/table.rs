//! Lists of items as CSV, for people and their spreadsheets; not to be read back.

use std::io::{self, Write};

/// An item as a row. Texts are plain; lists come into one cell, an entry a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemRow {
    /// Id in the bank.
    pub id: String,
    /// Its version.
    pub version: u64,
    /// Where it stands in its life, such as `operational`.
    pub status: String,
    /// Domain of the scheme.
    pub domain: String,
    /// Cognitive level.
    pub level: String,
    /// Topic, in the author's words.
    pub topic: String,
    /// How it is answered, such as `single_choice`.
    pub kind: String,
    /// Language, as BCP 47 has it.
    pub language: String,
    /// Id of its scenario set, if it stands in one.
    pub set: String,
    /// What is asked.
    pub stem: String,
    /// Options, each with its letter.
    pub options: Vec<String>,
    /// Letters or texts that are right.
    pub key: Vec<String>,
    /// Why each option is right or wrong.
    pub rationale: Vec<String>,
    /// Sources with edition and locator.
    pub references: Vec<String>,
    /// The earliest day by which a reference is to be read again, as `2027-11-23`.
    pub review_by: String,
}

/// Whether the file begins with a byte order mark, without which Excel takes UTF-8 for the computer's old encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// For Excel.
    Written,
    /// For everything else.
    Omitted,
}

const HEADINGS: [&str; 15] = [
    "id",
    "version",
    "status",
    "domain",
    "level",
    "topic",
    "kind",
    "language",
    "set",
    "stem",
    "options",
    "key",
    "rationale",
    "references",
    "review_by",
];

/// Writes items as CSV (RFC 4180), a row an item after one of headings, every field in quotes.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, «CSV Injection»).
///
/// # Errors
/// Those of `out`.
pub fn write<'a>(
    rows: impl IntoIterator<Item = &'a ItemRow>,
    mark: ByteOrderMark,
    mut out: impl Write,
) -> io::Result<()> {
    if mark == ByteOrderMark::Written {
        out.write_all("\u{feff}".as_bytes())?;
    }
    // In quotes, a semicolon separates no cells where spreadsheets take it for the separator.
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(HEADINGS)?;
    for row in rows {
        writer.write_record(row.cells().map(defused))?;
    }
    writer.flush()
}

impl ItemRow {
    fn cells(&self) -> [String; HEADINGS.len()] {
        [
            self.id.clone(),
            self.version.to_string(),
            self.status.clone(),
            self.domain.clone(),
            self.level.clone(),
            self.topic.clone(),
            self.kind.clone(),
            self.language.clone(),
            self.set.clone(),
            self.stem.clone(),
            self.options.join("\n"),
            self.key.join("\n"),
            self.rationale.join("\n"),
            self.references.join("\n"),
            self.review_by.clone(),
        ]
    }
}

/// The cell as text: what begins like a formula begins with an apostrophe instead, which spreadsheets do not show.
fn defused(cell: String) -> String {
    let formula = |character| matches!(character, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠');
    let dangerous = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(formula);
    if dangerous { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(row: &ItemRow, mark: ByteOrderMark) -> String {
        let mut out = Vec::new();
        write([row], mark, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_row_holds_quotes_commas_and_lines_and_reads_back_cell_by_cell() {
        let row = ItemRow {
            id: "caisp-d2-001".into(),
            version: 3,
            stem: "Which control, \"least\" of all, fails?\n\nChoose.".into(),
            options: vec!["a. one; two".into(), "b. three, four".into()],
            key: vec!["b".into()],
            ..ItemRow::default()
        };
        let text = written(&row, ByteOrderMark::Omitted);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), HEADINGS);
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 1);
        let cells: Vec<_> = records[0].iter().collect();
        assert_eq!((cells[0], cells[1], cells[9]), (row.id.as_str(), "3", row.stem.as_str()));
        assert_eq!((cells[10], cells[11]), ("a. one; two\nb. three, four", "b"));
        assert!(text.ends_with("\"\r\n"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        for stem in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " \n =cmd|' /C calc'!A0", "＝1", "|x"] {
            let row = ItemRow { stem: stem.into(), ..ItemRow::default() };
            let text = written(&row, ByteOrderMark::Omitted);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(record[9], format!("'{stem}"), "{stem:?}");
        }
        assert_eq!(defused("a = b".into()), "a = b");
    }

    #[test]
    fn excel_gets_its_byte_order_mark() {
        let row = ItemRow::default();
        assert!(written(&row, ByteOrderMark::Written).starts_with("\u{feff}\"id\","));
        assert!(written(&row, ByteOrderMark::Omitted).starts_with("\"id\","));
    }
}
