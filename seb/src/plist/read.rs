//! Reading XML property lists, which come from anywhere.

use quick_xml::{
    Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, Event},
};

use super::{Dict, MAX_BYTES, MAX_DEPTH, PlistError, PlistFault, Value, scalar::scalar};

/// How much of a faulty text an error repeats.
const SHOWN: usize = 40;

/// Reads the XML of a property list whose root is a dictionary.
///
/// Nothing outside the bytes is looked at: a document type may name Apple's definition, but declare nothing itself.
///
/// # Errors
/// [`PlistError`] with the line.
pub fn read(bytes: &[u8]) -> Result<Dict, PlistError> {
    if bytes.len() > MAX_BYTES {
        return Err(PlistError::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|error| PlistError::NotUtf8 { at: error.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut parser = Parser { reader };
    parser.document().map_err(|fault| {
        let position = usize::try_from(parser.reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        PlistError::At { line: 1 + text.as_bytes()[..position].iter().filter(|&&byte| byte == b'\n').count(), fault }
    })
}

struct Parser<'a> {
    reader: Reader<&'a [u8]>,
}

/// What a property list is made of, once comments and notations are gone.
enum Part {
    Open(String),
    Close,
    Text(String),
    End,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Dict, PlistFault> {
        self.open("plist", "<plist>")?;
        self.open("dict", "<dict>")?;
        let dict = self.dict(1)?;
        match self.element()? {
            Part::Close => {}
            Part::Open(found) => return Err(PlistFault::Element { found, expected: "</plist>" }),
            Part::Text(_) | Part::End => return Err(PlistFault::Unfinished),
        }
        match self.element()? {
            Part::End => Ok(dict),
            Part::Open(found) => Err(PlistFault::Element { found, expected: "the end" }),
            Part::Text(_) | Part::Close => Err(PlistFault::Xml("an element is closed that was not opened".to_owned())),
        }
    }

    fn open(&mut self, name: &str, expected: &'static str) -> Result<(), PlistFault> {
        match self.element()? {
            Part::Open(found) if found == name => Ok(()),
            Part::Open(found) => Err(PlistFault::Element { found, expected }),
            Part::Close => Err(PlistFault::Element { found: "/plist".to_owned(), expected }),
            Part::Text(_) | Part::End => Err(PlistFault::Unfinished),
        }
    }

    /// The entries up to the end of a dictionary whose beginning is read.
    fn dict(&mut self, depth: usize) -> Result<Dict, PlistFault> {
        let mut dict = Dict::new();
        loop {
            let key = match self.element()? {
                Part::Close => return Ok(dict),
                Part::Open(name) if name == "key" => self.text("key")?,
                Part::Open(found) => return Err(PlistFault::Element { found, expected: "<key>" }),
                Part::Text(_) | Part::End => return Err(PlistFault::Unfinished),
            };
            let value = match self.element()? {
                Part::Open(name) => self.value(name, depth)?,
                Part::Close => return Err(PlistFault::Element { found: "/dict".to_owned(), expected: "a value" }),
                Part::Text(_) | Part::End => return Err(PlistFault::Unfinished),
            };
            if dict.contains_key(&key) {
                return Err(PlistFault::Duplicate(beginning(&key)));
            }
            dict.insert(key, value);
        }
    }

    fn array(&mut self, depth: usize) -> Result<Vec<Value>, PlistFault> {
        let mut values = Vec::new();
        loop {
            match self.element()? {
                Part::Close => return Ok(values),
                Part::Open(name) => values.push(self.value(name, depth)?),
                Part::Text(_) | Part::End => return Err(PlistFault::Unfinished),
            }
        }
    }

    /// The value of an element that is opened and lies `depth` dictionaries and arrays deep.
    fn value(&mut self, element: String, depth: usize) -> Result<Value, PlistFault> {
        match element.as_str() {
            "dict" | "array" if depth >= MAX_DEPTH => Err(PlistFault::Depth),
            "dict" => self.dict(depth + 1).map(Value::Dict),
            "array" => self.array(depth + 1).map(Value::Array),
            "true" | "false" | "integer" | "real" | "string" | "data" | "date" => {
                let text = self.text(&element)?;
                scalar(&element, &text).ok_or_else(|| PlistFault::Content { element, text: beginning(&text) })
            }
            _ => Err(PlistFault::Element { found: beginning(&element), expected: "a value" }),
        }
    }

    /// The text up to the end of an element that is opened.
    fn text(&mut self, element: &str) -> Result<String, PlistFault> {
        let mut text = String::new();
        loop {
            match self.part()? {
                Part::Text(more) => text.push_str(&more),
                Part::Close => break,
                Part::Open(found) => {
                    let (element, text) = (element.to_owned(), format!("<{}>", beginning(&found)));
                    return Err(PlistFault::Content { element, text });
                }
                Part::End => return Err(PlistFault::Unfinished),
            }
        }
        match text.chars().find(|&character| !is_xml(character)) {
            Some(character) => Err(PlistFault::Character(u32::from(character))),
            None => Ok(text),
        }
    }

    /// The next part that is no blank text; never [`Part::Text`].
    fn element(&mut self) -> Result<Part, PlistFault> {
        loop {
            match self.part()? {
                Part::Text(text) if text.trim().is_empty() => {}
                Part::Text(text) => return Err(PlistFault::Text(beginning(text.trim()))),
                part => return Ok(part),
            }
        }
    }

    fn part(&mut self) -> Result<Part, PlistFault> {
        loop {
            return Ok(match self.reader.read_event().map_err(|error| PlistFault::Xml(error.to_string()))? {
                Event::Start(start) | Event::Empty(start) => Part::Open(start.name().into_inner().to_owned()),
                Event::End(_) => Part::Close,
                Event::Text(text) => Part::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Part::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => Part::Text(resolved(&name)?.to_string()),
                Event::Eof => Part::End,
                // An internal subset, the only place for declarations, stands in brackets.
                Event::DocType(text) if text.contains('[') => return Err(PlistFault::Declarations),
                Event::Decl(declaration) => {
                    let encoding =
                        declaration.encoding().transpose().map_err(|error| PlistFault::Xml(error.to_string()))?;
                    let ours = |name: &str| ["utf-8", "us-ascii"].contains(&name.to_ascii_lowercase().as_str());
                    match encoding.filter(|name| !ours(name)) {
                        Some(other) => return Err(PlistFault::Encoding(beginning(&other))),
                        None => continue,
                    }
                }
                Event::DocType(_) | Event::Comment(_) | Event::PI(_) => continue,
            });
        }
    }
}

/// The character that a reference stands for.
fn resolved(name: &BytesRef<'_>) -> Result<char, PlistFault> {
    let character = match name.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => resolve_xml_entity(name).and_then(|text| text.chars().next()),
        Err(_) => None,
    };
    character.ok_or_else(|| PlistFault::Entity(beginning(name)))
}

/// XML 1.0, production 2.
pub(crate) fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
