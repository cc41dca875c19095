//! Reading the fields of one TOML table: every fault is reported, none stops the reading.

use std::ops::Range;

use chrono::NaiveDate;
use item::RichText;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{finding::Code, markup, source::Source};

/// An enumeration with fixed names in files.
pub(crate) trait Named: Copy + 'static {
    /// Every name and what it stands for.
    const ALL: &'static [(&'static str, Self)];

    /// The names, for messages.
    fn names() -> String {
        Self::ALL.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }
}

pub(crate) struct Fields<'a> {
    source: &'a Source<'a>,
    table: &'a DeTable<'a>,
    at: usize,
    what: &'static str,
}

impl<'a> Fields<'a> {
    /// The fields of a table that should have the known ones only. `what` names the table in messages.
    pub(crate) fn new(
        source: &'a Source<'a>,
        table: &'a DeTable<'a>,
        at: usize,
        what: &'static str,
        known: &[&str],
    ) -> Self {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                source.report(
                    key.span().start,
                    Code::UnknownField,
                    format!("{what} has no field `{name}`"),
                    format!("remove it or use one of: {}", known.join(", ")),
                );
            }
        }
        Self { source, table, at, what }
    }

    pub(crate) fn source(&self) -> &'a Source<'a> {
        self.source
    }

    /// Offset of the table, for faults that belong to no field.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Offset of a field's value, or of the table if the field is missing.
    pub(crate) fn offset_of(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    fn missing(&self, key: &str) {
        self.source.report(
            self.at,
            Code::MissingField,
            format!("{} lacks the field `{key}`", self.what),
            format!("add `{key} = …` (docs/ITEM-FORMAT.md)"),
        );
    }

    fn wrong_type(&self, key: &str, at: usize, wanted: &str) {
        self.source.report(at, Code::WrongType, format!("`{key}` is of the wrong type"), format!("write {wanted}"));
    }

    /// A field of one type: `None` if it is missing, or of another type, which is reported.
    fn typed<T>(
        &self,
        key: &str,
        wanted: &str,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<(T, Range<usize>)> {
        let value = self.get(key)?;
        let found = read(value.get_ref()).map(|found| (found, value.span()));
        if found.is_none() {
            self.wrong_type(key, value.span().start, wanted);
        }
        found
    }

    fn required<T>(&self, key: &str, found: Option<T>) -> Option<T> {
        if found.is_none() && self.get(key).is_none() {
            self.missing(key);
        }
        found
    }

    /// A text that may be missing but not blank.
    pub(crate) fn optional_text(&self, key: &str) -> Option<(&'a str, Range<usize>)> {
        let (text, span) = self.typed(key, "a text in quotation marks", |v| v.as_str())?;
        if text.trim().is_empty() {
            self.source.report(
                span.start,
                Code::EmptyText,
                format!("`{key}` is empty"),
                "write it, or remove the field",
            );
            return None;
        }
        Some((text, span))
    }

    /// A text that must be there.
    pub(crate) fn text(&self, key: &str) -> Option<(&'a str, Range<usize>)> {
        self.required(key, self.optional_text(key))
    }

    /// A text that must be there, owned.
    pub(crate) fn string(&self, key: &str) -> Option<String> {
        self.text(key).map(|(text, _)| text.to_owned())
    }

    /// An integer from 1 to 2^31 − 1.
    pub(crate) fn positive(&self, key: &str) -> Option<u32> {
        let number =
            self.typed(key, "a whole number of 1 or more", |value| whole_number(value).filter(|&number| number > 0));
        self.required(key, number).map(|(number, _)| number)
    }

    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        self.required(key, self.optional_boolean(key))
    }

    pub(crate) fn optional_boolean(&self, key: &str) -> Option<bool> {
        self.typed(key, "true or false", DeValue::as_bool).map(|(value, _)| value)
    }

    pub(crate) fn date(&self, key: &str) -> Option<NaiveDate> {
        let date = self.typed(key, "a date such as 2026-11-23, without quotation marks", |value| {
            let stamp = value.as_datetime()?;
            let date = stamp.date.filter(|_| stamp.time.is_none())?;
            NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        });
        self.required(key, date).map(|(date, _)| date)
    }

    /// One name out of a fixed list.
    pub(crate) fn named<T: Named>(&self, key: &str) -> Option<T> {
        let (text, span) = self.text(key)?;
        let found = T::ALL.iter().find(|(name, _)| *name == text).map(|(_, value)| *value);
        if found.is_none() {
            self.source.report(
                span.start,
                Code::UnknownValue,
                format!("`{key}` cannot be {text:?}"),
                format!("use one of: {}", T::names()),
            );
        }
        found
    }

    /// As [`Self::named`], for a field that may be missing.
    pub(crate) fn named_or<T: Named>(&self, key: &str, default: T) -> Option<T> {
        if self.get(key).is_some() { self.named(key) } else { Some(default) }
    }

    /// A list of texts; empty if the field is missing.
    pub(crate) fn texts(&self, key: &str) -> Vec<(&'a str, usize)> {
        let Some((list, _)) = self.typed(key, "a list of texts in brackets", |v| v.as_array()) else {
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in list.iter() {
            match entry.get_ref().as_str() {
                Some(text) => texts.push((text, entry.span().start)),
                None => self.wrong_type(key, entry.span().start, "texts in quotation marks only"),
            }
        }
        texts
    }

    /// A table that must be there.
    pub(crate) fn table(&self, key: &str, what: &'static str, known: &[&str]) -> Option<Fields<'a>> {
        let table = self.typed(key, &format!("a table `[{key}]`"), |v| v.as_table());
        let (table, span) = self.required(key, table)?;
        Some(Fields::new(self.source, table, span.start, what, known))
    }

    /// A list of tables; empty if the field is missing.
    pub(crate) fn tables(&self, key: &str, what: &'static str, known: &[&str]) -> Vec<Fields<'a>> {
        let wanted = format!("tables headed `[[{key}]]`");
        let Some((list, _)) = self.typed(key, &wanted, |v| v.as_array()) else { return Vec::new() };
        let mut tables = Vec::new();
        for entry in list.iter() {
            match entry.get_ref().as_table() {
                Some(table) => tables.push(Fields::new(self.source, table, entry.span().start, what, known)),
                None => self.wrong_type(key, entry.span().start, &wanted),
            }
        }
        tables
    }

    /// Whole numbers from 0 to 2^31 − 1; `None` if the field is missing or holds anything else, which is reported.
    pub(crate) fn numbers(&self, key: &str) -> Option<Vec<u32>> {
        let (list, _) = self.typed(key, "a list of whole numbers in brackets", |value| {
            let entries = value.as_array()?.iter();
            entries.map(|entry| whole_number(entry.get_ref())).collect::<Option<Vec<u32>>>()
        })?;
        Some(list)
    }

    /// Whether the field is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Reports fields that belong to other kinds of this table.
    pub(crate) fn refuse(&self, keys: &[&str], because: &str) {
        for key in keys {
            if let Some(value) = self.get(key) {
                let (message, help) = (format!("{because} has no field `{key}`"), "remove it");
                self.source.report(value.span().start, Code::UnknownField, message, help);
            }
        }
    }

    /// A text in the closed part of CommonMark; every piece of other markup is reported with its line.
    pub(crate) fn markup(&self, key: &str) -> Option<RichText> {
        let (text, span) = self.text(key)?;
        let (rich, faults) = markup::parse(text, self.source.images);
        let clean = faults.is_empty();
        let line_of = self.source.lines_within(&span, text);
        for fault in faults {
            let line = line_of(fault.offset);
            let (what, help) = (
                fault.what,
                "use paragraphs, *emphasis*, **strong**, `code`, fenced code, flat lists, tables and images only",
            );
            self.source.report_line(line, Code::Markup, format!("`{key}` has {what}"), help);
        }
        if clean && rich.plain().trim().is_empty() {
            self.source.report(span.start, Code::EmptyText, format!("`{key}` has no words"), "write it");
            return None;
        }
        Some(rich)
    }

    /// Whether `format` and `version` are the ones this code reads.
    pub(crate) fn check_header(&self, format: &str, version: u32) {
        if let Some((text, span)) = self.text("format")
            && text != format
        {
            let message = format!("the format is {text:?}");
            self.source.report(span.start, Code::UnsupportedFormat, message, format!("files here are {format:?}"));
        }
        if let Some(number) = self.positive("version")
            && number != version
        {
            let (message, help) = (format!("version {number} is unknown"), format!("write version {version}"));
            self.source.report(self.offset_of("version"), Code::UnsupportedFormat, message, help);
        }
    }
}

/// A whole number from 0 to 2^31 − 1.
fn whole_number(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    let number = u32::from_str_radix(integer.as_str(), integer.radix()).ok()?;
    (number < 1 << 31).then_some(number)
}
