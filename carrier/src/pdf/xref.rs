//! Where a PDF's objects stand (ISO 32000-1, sections 7.5.4, 7.5.5 and 7.5.8).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    damaged, file,
    lexer::Lexer,
    object::{Dictionary, Object},
};
use crate::{CarrierError, Kind};

/// The most objects, those that were replaced among them.
const MAX_OBJECTS: usize = 200_000;
/// The most sections: each change of a file adds one.
const MAX_SECTIONS: usize = 64;

/// Where an object stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Free,
    /// So many bytes from the start.
    Offset(usize),
    /// In an object stream, at a place in its order.
    Within(u32, usize),
}

/// Every object's place, and the trailer of the latest section.
#[derive(Default)]
pub(super) struct Xref {
    pub(super) places: BTreeMap<u32, Place>,
    pub(super) trailer: Dictionary,
    /// How often the file was added to.
    pub(super) earlier: usize,
    /// How many entries were read.
    entries: usize,
}

impl Xref {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, CarrierError> {
        let truncated =
            || CarrierError::Truncated(Kind::Pdf, "its table of contents, which stands at the end, is missing");
        let tail = bytes.len().saturating_sub(2_048);
        let word = b"startxref";
        let at = bytes.get(tail..).unwrap_or_default().windows(word.len()).rposition(|window| window == word);
        let mut lexer = Lexer::new(bytes, tail + at.ok_or_else(truncated)? + word.len());
        let mut next = Some(lexer.number().ok_or_else(truncated)?);
        let mut xref = Self::default();
        let mut seen = BTreeSet::new();
        while let Some(at) = next {
            if !seen.insert(at) || seen.len() > MAX_SECTIONS {
                return Err(damaged("its table of contents goes round in a circle"));
            }
            let trailer = if Lexer::new(bytes, at).take(b"xref").is_some() {
                xref.table(bytes, at)?
            } else {
                xref.stream(bytes, at)?
            };
            // Files for old readers name a stream beside their table.
            if let Some(hybrid) = trailer.get(b"XRefStm".as_slice()).and_then(Object::size) {
                if !seen.insert(hybrid) {
                    return Err(damaged("its table of contents goes round in a circle"));
                }
                xref.stream(bytes, hybrid)?;
            }
            next = trailer.get(b"Prev".as_slice()).and_then(Object::size);
            xref.earlier += usize::from(next.is_some());
            if xref.trailer.is_empty() {
                xref.trailer = trailer;
            }
        }
        Ok(xref)
    }

    /// Later sections are read first: what is there stays.
    fn add(&mut self, number: usize, place: Place) -> Result<(), CarrierError> {
        let number = u32::try_from(number).map_err(|_| damaged("it has a number that is too large"))?;
        self.places.entry(number).or_insert(place);
        // A few bytes can claim any number of entries, also of the same objects.
        self.entries += 1;
        if self.entries > MAX_OBJECTS { Err(damaged("it has too many objects")) } else { Ok(()) }
    }

    fn table(&mut self, bytes: &[u8], at: usize) -> Result<Dictionary, CarrierError> {
        let bad = || damaged("its table of contents cannot be read");
        let mut lexer = Lexer::new(bytes, at);
        lexer.take(b"xref").ok_or_else(bad)?;
        while lexer.take(b"trailer").is_none() {
            let first = lexer.number().ok_or_else(bad)?;
            let count = lexer.number().ok_or_else(bad)?;
            for number in first..first.checked_add(count.min(MAX_OBJECTS + 1)).ok_or_else(bad)? {
                let offset = lexer.number().ok_or_else(bad)?;
                lexer.number().ok_or_else(bad)?;
                let used = lexer.take(b"n").is_some();
                if !used {
                    lexer.take(b"f").ok_or_else(bad)?;
                }
                self.add(number, if used { Place::Offset(offset) } else { Place::Free })?;
            }
        }
        match lexer.object() {
            Some(Object::Dictionary(trailer)) => Ok(trailer),
            _ => Err(bad()),
        }
    }

    fn stream(&mut self, bytes: &[u8], at: usize) -> Result<Dictionary, CarrierError> {
        let bad = || damaged("its table of contents cannot be read");
        let (_, object, raw) = file::indirect(bytes, at, |_| None)?;
        let (Object::Dictionary(dictionary), Some(raw)) = (object, raw) else { return Err(bad()) };
        if !dictionary.get(b"Type".as_slice()).is_some_and(|kind| kind.is_name(b"XRef")) {
            return Err(bad());
        }
        // An entry has at most 24 bytes.
        let data = file::decoded(&dictionary, raw, MAX_OBJECTS * 24)?;
        let sizes = |name: &[u8]| match dictionary.get(name) {
            Some(Object::Array(numbers)) => numbers.iter().map(Object::size).collect::<Option<Vec<usize>>>(),
            _ => None,
        };
        let widths = sizes(b"W").filter(|widths| widths.len() == 3 && widths.iter().all(|width| *width <= 8));
        let [kind_width, first_width, second_width] = widths.as_deref().ok_or_else(bad)? else { return Err(bad()) };
        let size = dictionary.get(b"Size".as_slice()).and_then(Object::size).ok_or_else(bad)?;
        let sections = sizes(b"Index").unwrap_or_else(|| vec![0, size]);
        let mut rest = data.as_slice();
        for section in sections.chunks(2) {
            let [first, count] = section else { return Err(bad()) };
            for number in *first..first.checked_add((*count).min(MAX_OBJECTS + 1)).ok_or_else(bad)? {
                let mut field = |width: usize| {
                    let (own, tail) = rest.split_at_checked(width).ok_or_else(bad)?;
                    rest = tail;
                    Ok(own.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte)))
                };
                let kind = if *kind_width == 0 { 1 } else { field(*kind_width)? };
                let (first, second) = (field(*first_width)?, field(*second_width)?);
                let size = |number: u64| usize::try_from(number).map_err(|_| bad());
                let place = match kind {
                    0 => Place::Free,
                    1 => Place::Offset(size(first)?),
                    2 => Place::Within(u32::try_from(first).map_err(|_| bad())?, size(second)?),
                    _ => continue,
                };
                self.add(number, place)?;
            }
        }
        Ok(dictionary)
    }
}
