//! XML, question by question, within bounds.

use quick_xml::{
    Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use crate::{FaultKind, bounds, import::beginning};

/// Attributes of one element.
const ATTRIBUTES: usize = 20;

/// A fault and the byte where it stands.
pub(super) type Placed = (usize, FaultKind);

/// An element with all that it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its text, that of its elements left out.
    text: String,
    pub(super) children: Vec<Element>,
    /// Where it begins, in bytes.
    pub(super) offset: usize,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The first element of a name that it holds.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Its text, which Moodle writes within `<text>` or directly.
    pub(super) fn text(&self) -> &str {
        self.child("text").map_or(self.text.as_str(), |text| text.text.as_str())
    }
}

/// The declared encoding of a file, if it is not UTF-8 and no byte order mark says more.
pub(super) fn foreign_encoding(bytes: &[u8]) -> Option<String> {
    // The declaration is in ASCII, whatever the encoding is.
    let beginning_of_file = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let declaration = String::from_utf8_lossy(&beginning_of_file[..beginning_of_file.len().min(200)]).into_owned();
    let (declaration, _) = declaration.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let name = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    let ours = ["utf-8", "utf8", "us-ascii"].iter().any(|ours| name.eq_ignore_ascii_case(ours));
    (!ours).then(|| beginning(name))
}

/// A reader of one file.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    length: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, length: text.len() }
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.length)
    }

    /// The next event and where it begins.
    fn event(&mut self) -> Result<(usize, Event<'a>), Placed> {
        let offset = self.offset();
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err((offset, FaultKind::DocumentType)),
            Ok(event) => Ok((offset, event)),
            Err(error) => {
                let at = usize::try_from(self.reader.error_position()).unwrap_or(offset).min(self.length);
                Err((at, FaultKind::Xml { what: beginning(&error.to_string()) }))
            }
        }
    }

    /// Opens the root.
    pub(super) fn root(&mut self, name: &'static str) -> Result<(), Placed> {
        loop {
            match self.event()? {
                (_, Event::Start(start)) if start.name().0 == name => return Ok(()),
                (offset, Event::Start(start)) => {
                    let found = beginning(start.name().0);
                    return Err((offset, FaultKind::Element { found, expected: "`<quiz>`" }));
                }
                (offset, Event::Text(text)) if !text.trim().is_empty() => {
                    return Err((offset, FaultKind::Xml { what: "text before the first element".to_owned() }));
                }
                (_, Event::Eof) => {
                    return Err((self.length, FaultKind::Xml { what: "there is no element".to_owned() }));
                }
                _ => {}
            }
        }
    }

    /// The next element that the root holds, and what is wrong within it. `None` at the root's end.
    pub(super) fn element(&mut self) -> Result<Option<(Element, Vec<Placed>)>, Placed> {
        loop {
            match self.event()? {
                (offset, Event::Start(start)) => return self.whole(offset, &start).map(Some),
                (_, Event::End(_)) => return Ok(None),
                (_, Event::Eof) => return Err((self.length, unfinished("quiz"))),
                _ => {}
            }
        }
    }

    fn whole(&mut self, offset: usize, start: &BytesStart<'_>) -> Result<(Element, Vec<Placed>), Placed> {
        let mut faults = Vec::new();
        let mut open = vec![opened(offset, start)?];
        let mut count = 1;
        loop {
            let (offset, event) = self.event()?;
            match event {
                Event::Start(start) => {
                    count += 1;
                    if open.len() == bounds::XML_DEPTH {
                        return Err((offset, FaultKind::Depth { limit: bounds::XML_DEPTH }));
                    }
                    if count > bounds::XML_ELEMENTS {
                        let what = "elements in one question";
                        return Err((offset, FaultKind::TooMany { what, limit: bounds::XML_ELEMENTS }));
                    }
                    open.push(opened(offset, &start)?);
                }
                Event::End(_) => {
                    let Some(closed) = open.pop() else { continue };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(closed),
                        None => return Ok((closed, faults)),
                    }
                }
                Event::Text(text) => take(&mut open, &text.xml10_content(), offset, &mut faults),
                Event::CData(text) => take(&mut open, &text.xml10_content(), offset, &mut faults),
                Event::GeneralRef(name) => match resolved(&name) {
                    Some(character) => {
                        take(&mut open, character.encode_utf8(&mut [0; 4]), offset, &mut faults);
                    }
                    None if faults.len() < bounds::FAULTS => {
                        faults.push((offset, FaultKind::Entity { name: beginning(&name) }));
                    }
                    None => {}
                },
                Event::Eof => {
                    let name = open.last().map_or("question", |element| element.name.as_str());
                    return Err((self.length, unfinished(name)));
                }
                _ => {}
            }
        }
    }
}

fn unfinished(name: &str) -> FaultKind {
    FaultKind::Xml { what: format!("the file ends within <{}>", beginning(name)) }
}

fn opened(offset: usize, start: &BytesStart<'_>) -> Result<Element, Placed> {
    let mut element = Element { name: start.name().0.to_owned(), offset, ..Element::default() };
    // That no name comes twice is looked at pair by pair, so that they have to be few.
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| (offset, FaultKind::Xml { what: beginning(&error.to_string()) }))?;
        if element.attributes.len() == ATTRIBUTES {
            return Err((offset, FaultKind::TooMany { what: "attributes of one element", limit: ATTRIBUTES }));
        }
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
        let value = value.map_err(|error| (offset, FaultKind::Xml { what: beginning(&error.to_string()) }))?;
        element.attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(element)
}

/// Adds text to the innermost element.
fn take(open: &mut [Element], text: &str, offset: usize, faults: &mut Vec<Placed>) {
    if let Some(character) = text.chars().find(|&character| !is_xml(character))
        && faults.len() < bounds::FAULTS
    {
        faults.push((offset, FaultKind::Character(u32::from(character))));
    }
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The character that a reference stands for.
fn resolved(name: &BytesRef<'_>) -> Option<char> {
    match name.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => resolve_xml_entity(name)?.chars().next(),
        Err(_) => None,
    }
}

/// XML 1.0, production 2.
fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
