//! A PDF's objects by their numbers.

use std::collections::BTreeMap;

use super::{
    damaged,
    lexer::Lexer,
    object::{Dictionary, Object},
    unsupported,
    xref::{Place, Xref},
};
use crate::{
    CarrierError, Kind,
    inflate::{Inflate, zlib},
};

/// The most that all object streams together may unpack to, in bytes.
const MAX_UNPACKED: usize = 16 * 1024 * 1024;
/// The most objects that are looked up.
const MAX_LOOKUPS: usize = 2_048;
/// The most objects in an object stream.
const MAX_WITHIN: usize = 65_536;
/// The longest chain of objects that are nothing but the number of another.
const MAX_CHAIN: usize = 8;

/// An object at a place: its number, its value, and its bytes if it is a stream.
pub(super) type Indirect<'a> = (u32, Object, Option<&'a [u8]>);

/// An object stream, unpacked.
struct Packed {
    data: Vec<u8>,
    /// The number of each object, and where it begins.
    objects: Vec<(usize, usize)>,
}

pub(super) struct File<'a> {
    bytes: &'a [u8],
    xref: Xref,
    unpacked: BTreeMap<u32, Packed>,
    left: usize,
    lookups: usize,
}

impl<'a> File<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, CarrierError> {
        let xref = Xref::read(bytes)?;
        if xref.trailer.contains_key(b"Encrypt".as_slice()) {
            return Err(CarrierError::Encrypted);
        }
        Ok(Self { bytes, xref, unpacked: BTreeMap::new(), left: MAX_UNPACKED, lookups: 0 })
    }

    pub(super) fn trailer_entry(&self, name: &[u8]) -> Option<Object> {
        self.xref.trailer.get(name).cloned()
    }

    pub(super) fn changed(&self) -> bool {
        self.xref.earlier > 0
    }

    /// The value itself, wherever it stands.
    pub(super) fn resolve(&mut self, mut object: Object) -> Result<Object, CarrierError> {
        for _ in 0..MAX_CHAIN {
            let Object::Reference(number) = object else { return Ok(object) };
            object = self.object(number)?.0;
        }
        Err(damaged("its objects refer to one another in a circle"))
    }

    /// The value of an entry, which is nothing where there is none.
    pub(super) fn entry(&mut self, dictionary: &Dictionary, name: &[u8]) -> Result<Object, CarrierError> {
        self.resolve(dictionary.get(name).cloned().unwrap_or(Object::Null))
    }

    fn object(&mut self, number: u32) -> Result<(Object, Option<&'a [u8]>), CarrierError> {
        self.lookups += 1;
        if self.lookups > MAX_LOOKUPS {
            return Err(damaged("its objects refer to one another too often"));
        }
        match self.xref.places.get(&number).copied() {
            // An object that is not there is nothing (section 7.3.10).
            None | Some(Place::Free) => Ok((Object::Null, None)),
            Some(Place::Offset(at)) => {
                let places = &self.xref.places;
                let length = |number: u32| match places.get(&number)? {
                    Place::Offset(at) => indirect(self.bytes, *at, |_| None).ok()?.1.size(),
                    _ => None,
                };
                let (own, object, raw) = indirect(self.bytes, at, length)?;
                if own == number { Ok((object, raw)) } else { Err(damaged("an object is not where it should be")) }
            }
            Some(Place::Within(stream, index)) => Ok((self.within(stream, index, number)?, None)),
        }
    }

    /// An object in an object stream (section 7.5.7).
    fn within(&mut self, stream: u32, index: usize, number: u32) -> Result<Object, CarrierError> {
        let bad = || damaged("one of its object streams cannot be read");
        if !self.unpacked.contains_key(&stream) {
            if !matches!(self.xref.places.get(&stream), Some(Place::Offset(_))) {
                return Err(bad());
            }
            let (Object::Dictionary(dictionary), Some(raw)) = self.object(stream)? else { return Err(bad()) };
            let first = dictionary.get(b"First".as_slice()).and_then(Object::size).ok_or_else(bad)?;
            let data = decoded(&dictionary, raw, self.left)?;
            self.left -= data.len();
            let count = dictionary.get(b"N".as_slice()).and_then(Object::size).filter(|count| *count <= MAX_WITHIN);
            let mut head = Lexer::new(&data, 0);
            let mut pair = || Some((head.number()?, first.checked_add(head.number()?)?));
            let objects: Option<Vec<(usize, usize)>> = (0..count.ok_or_else(bad)?).map(|_| pair()).collect();
            let objects = objects.ok_or_else(bad)?;
            self.unpacked.insert(stream, Packed { data, objects });
        }
        let Packed { data, objects } = self.unpacked.get(&stream).ok_or_else(bad)?;
        let (own, at) = *objects.get(index).ok_or_else(bad)?;
        if u32::try_from(own) != Ok(number) {
            return Err(bad());
        }
        Lexer::new(data, at).object().ok_or_else(bad)
    }

    /// What a stream holds, unpacked to at most so many bytes.
    pub(super) fn stream(&mut self, number: u32, most: usize) -> Result<Vec<u8>, CarrierError> {
        let (Object::Dictionary(dictionary), Some(raw)) = self.object(number)? else {
            return Err(damaged("its attachment is not there"));
        };
        decoded(&dictionary, raw, most)
    }
}

/// Reads an object at a place; `length` looks a stream's length up that stands elsewhere.
pub(super) fn indirect<'a>(
    bytes: &'a [u8],
    at: usize,
    length: impl Fn(u32) -> Option<usize>,
) -> Result<Indirect<'a>, CarrierError> {
    let bad = || damaged("an object is not where it should be");
    if at >= bytes.len() {
        return Err(CarrierError::Truncated(Kind::Pdf, "a part that it refers to is missing"));
    }
    let mut lexer = Lexer::new(bytes, at);
    let number = lexer.number().and_then(|number| u32::try_from(number).ok()).ok_or_else(bad)?;
    lexer.number().and_then(|_| lexer.take(b"obj")).ok_or_else(bad)?;
    let object = lexer.object().ok_or_else(bad)?;
    let Object::Dictionary(dictionary) = &object else { return Ok((number, object, None)) };
    if lexer.take(b"stream").is_none() {
        return Ok((number, object, None));
    }
    // One end of line, CR LF or LF, then the bytes (section 7.3.8.1).
    let start = match bytes.get(lexer.at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => lexer.at + 2,
        [b'\n', ..] => lexer.at + 1,
        _ => return Err(bad()),
    };
    let length = match dictionary.get(b"Length".as_slice()) {
        Some(Object::Reference(number)) => length(*number),
        Some(object) => object.size(),
        None => None,
    };
    let end = start.checked_add(length.ok_or_else(bad)?).ok_or_else(bad)?;
    let raw = bytes.get(start..end).ok_or(CarrierError::Truncated(Kind::Pdf, "a part that it refers to is missing"))?;
    Lexer::new(bytes, end).take(b"endstream").ok_or_else(|| damaged("a stream does not end where it should"))?;
    Ok((number, object, Some(raw)))
}

/// A stream's bytes, unpacked to at most so many.
pub(super) fn decoded(dictionary: &Dictionary, raw: &[u8], most: usize) -> Result<Vec<u8>, CarrierError> {
    let alone = |object: Option<&Object>| match object {
        Some(Object::Array(list)) if list.len() < 2 => list.first().cloned(),
        other => other.cloned(),
    };
    let filter = alone(dictionary.get(b"Filter".as_slice()));
    let parameters = alone(dictionary.get(b"DecodeParms".as_slice()));
    if dictionary.contains_key(b"F".as_slice()) {
        return Err(unsupported("a part of it stands in another file"));
    }
    let data = match filter {
        None | Some(Object::Null) if raw.len() > most => return Err(CarrierError::Bomb(Kind::Pdf)),
        None | Some(Object::Null) => return Ok(raw.to_vec()),
        Some(name) if name.is_name(b"FlateDecode") => zlib(raw, most).map_err(|error| match error {
            Inflate::TooLong => CarrierError::Bomb(Kind::Pdf),
            Inflate::Truncated => CarrierError::Truncated(Kind::Pdf, "a packed part ends too early"),
            Inflate::Damaged => damaged("a packed part cannot be unpacked"),
        })?,
        Some(_) => return Err(unsupported("a filter other than FlateDecode")),
    };
    let Some(Object::Dictionary(parameters)) = parameters else { return Ok(data) };
    let number = |name: &[u8], otherwise: usize| parameters.get(name).map_or(Some(otherwise), Object::size);
    match number(b"Predictor", 1) {
        Some(1) => Ok(data),
        Some(10..=15) if number(b"Colors", 1) == Some(1) && number(b"BitsPerComponent", 8) == Some(8) => {
            let columns = number(b"Columns", 1).filter(|columns| (1..=1_024).contains(columns));
            unpredicted(&data, columns.ok_or_else(|| unsupported("a predictor with other columns"))?)
        }
        _ => Err(unsupported("a predictor that tables of contents do not use")),
    }
}

/// Undoes the predictors of PNG (its section 9) for rows of so many bytes of one component.
fn unpredicted(data: &[u8], columns: usize) -> Result<Vec<u8>, CarrierError> {
    let mut above = vec![0u8; columns];
    let mut out = Vec::with_capacity(data.len());
    for row in data.chunks(columns + 1) {
        let [kind, row @ ..] = row else { continue };
        let mut left = 0u8;
        let mut corner = 0u8;
        for (byte, up) in row.iter().zip(above.iter_mut()) {
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => *up,
                3 => left.midpoint(*up),
                4 => paeth(left, *up, corner),
                _ => return Err(damaged("a packed part cannot be unpacked")),
            };
            corner = *up;
            left = byte.wrapping_add(guess);
            *up = left;
            out.push(left);
        }
    }
    Ok(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |byte: u8| (estimate - i16::from(byte)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
