//! Reading a document into its tree.

use std::borrow::Cow;

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesRef, BytesStart, Event},
};

use super::{Attribute, Element, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ELEMENTS, MAX_NAMESPACES, Node, Space, Version, kebab};
use crate::{fault::What, report::Report};

/// The root of a document; what is at fault goes to the report.
///
/// `None` if there is no tree to go on with; faults that leave one (an unknown entity, say) are reported all the same.
pub(crate) fn read<'t>(text: &'t str, report: &mut Report<'t>) -> Option<Element<'t>> {
    forbidden_characters(text, report);
    Builder { text, open: Vec::new(), spaces: Vec::new(), elements: 0, root: None }.document(report)
}

/// Characters that XML 1.0 (production 2) does not allow, as they stand.
fn forbidden_characters(text: &str, report: &mut Report<'_>) {
    let bytes = text.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        let character = match byte {
            0..0x20 if !matches!(byte, b'\t' | b'\n' | b'\r') => u32::from(byte),
            0xef if bytes.get(at + 1) == Some(&0xbf) => match bytes.get(at + 2) {
                Some(0xbe) => 0xfffe,
                Some(0xbf) => 0xffff,
                _ => continue,
            },
            _ => continue,
        };
        report.fault(offset(at), What::Character(character));
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

struct Builder<'t> {
    text: &'t str,
    open: Vec<Element<'t>>,
    /// Prefixes in scope: how many elements were open when they were declared, the prefix, its vocabulary.
    spaces: Vec<(usize, &'t str, Space)>,
    elements: usize,
    root: Option<Element<'t>>,
}

impl<'t> Builder<'t> {
    fn document(mut self, report: &mut Report<'t>) -> Option<Element<'t>> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let at = offset(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = offset(usize::try_from(reader.error_position()).unwrap_or(usize::MAX));
                    report.fault(at, What::Xml(error.to_string()));
                    return None;
                }
            };
            let fault = match event {
                Event::Start(start) => self.start(&start, report),
                Event::Empty(start) => self.start(&start, report).or_else(|| self.end()),
                Event::End(_) => self.end(),
                Event::Text(text) => self.add_text(text.xml10_content()),
                Event::CData(text) => self.add_text(text.xml10_content()),
                Event::GeneralRef(name) => match resolved(&name) {
                    Some(character) => self.add_text(Cow::Owned(character.to_string())),
                    None => {
                        report.fault(at, What::Entity(name.to_string()));
                        None
                    }
                },
                Event::DocType(text) => doctype(&text),
                Event::Decl(_) | Event::Comment(_) | Event::PI(_) => None,
                Event::Eof => break,
            };
            if let Some(fault) = fault {
                report.fault(at, fault);
                return None;
            }
        }
        let end = offset(self.text.len());
        if let Some(element) = self.open.last() {
            report.fault(end, What::Unfinished(element.written.to_owned()));
            return None;
        }
        if self.root.is_none() {
            report.fault(end, What::Empty);
        }
        self.root
    }

    fn start(&mut self, start: &BytesStart<'_>, report: &mut Report<'t>) -> Option<What> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Some(What::TooMany { what: "elements", most: MAX_ELEMENTS });
        }
        if self.open.len() >= MAX_DEPTH {
            return Some(What::TooDeep { most: MAX_DEPTH });
        }
        if self.open.is_empty() && self.root.is_some() {
            return Some(What::TwoRoots);
        }
        let name = self.own(start.name().into_inner());
        let at = offset(self.offset_of(name)).saturating_sub(1);
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = match attribute {
                Ok(attribute) => attribute,
                Err(error) => {
                    report.fault(at, What::Xml(error.to_string()));
                    continue;
                }
            };
            if attributes.len() >= MAX_ATTRIBUTES {
                report.fault(at, What::TooMany { what: "attributes in one element", most: MAX_ATTRIBUTES });
                break;
            }
            let key = self.own(attribute.key.into_inner());
            let at = offset(self.offset_of(key));
            let value = if attribute.value.bytes().any(|byte| matches!(byte, b'&' | b'\t' | b'\n' | b'\r')) {
                match attribute.normalized_value(XmlVersion::Implicit1_0) {
                    Ok(value) => {
                        if let Some(character) = value.chars().find(|&character| !is_xml(character)) {
                            report.fault(at, What::Character(u32::from(character)));
                        }
                        Cow::Owned(value.into_owned())
                    }
                    Err(error) => {
                        report.fault(at, What::Xml(error.to_string()));
                        continue;
                    }
                }
            } else {
                Cow::Borrowed(self.own(&attribute.value))
            };
            attributes.push(Attribute { name: key, value, at });
        }
        if let Some(fault) = self.declare(&attributes) {
            return Some(fault);
        }
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let space = self
            .spaces
            .iter()
            .rev()
            .find(|(_, known, _)| *known == prefix)
            .map_or(if prefix.is_empty() { Space::None } else { Space::Other }, |&(_, _, space)| space);
        let name = if matches!(space, Space::Qti(_) | Space::None) { kebab(local) } else { Cow::Borrowed(local) };
        self.open.push(Element { name, written: local, space, attributes, children: Vec::new(), at });
        None
    }

    /// Takes in the namespaces that an element about to be opened declares.
    fn declare(&mut self, attributes: &[Attribute<'t>]) -> Option<What> {
        for attribute in attributes {
            let prefix = match attribute.name.strip_prefix("xmlns") {
                Some("") => "",
                Some(prefix) if prefix.starts_with(':') => &prefix[1..],
                _ => continue,
            };
            if self.spaces.len() >= MAX_NAMESPACES {
                return Some(What::TooMany { what: "namespaces in scope", most: MAX_NAMESPACES });
            }
            self.spaces.push((self.open.len(), prefix, space(&attribute.value)));
        }
        None
    }

    fn end(&mut self) -> Option<What> {
        // The reader has matched names; an end without a beginning is its fault, not ours.
        let element = self.open.pop()?;
        while self.spaces.pop_if(|(depth, ..)| *depth >= self.open.len()).is_some() {}
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
        None
    }

    fn add_text(&mut self, text: Cow<'_, str>) -> Option<What> {
        let text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(self.own(text)),
            Cow::Owned(text) => Cow::Owned(text),
        };
        let Some(parent) = self.open.last_mut() else {
            // Before the root a byte order mark may stand, if it was encoded twice.
            let text = text.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
            return (!text.is_empty()).then_some(What::TextOutside);
        };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.to_mut().push_str(&text),
            _ if text.is_empty() => {}
            _ => parent.children.push(Node::Text(text)),
        }
        None
    }

    /// Where in the document a part of it begins; the reader hands out parts of the text it was given.
    fn offset_of(&self, part: &str) -> usize {
        (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize)
    }

    /// A part of the document with the document's lifetime, which the reader's events do not pass on.
    fn own(&self, part: &str) -> &'t str {
        let at = self.offset_of(part);
        at.checked_add(part.len()).and_then(|end| self.text.get(at..end)).unwrap_or_default()
    }
}

/// A document type may give a name and nothing else: neither declarations nor the address of some.
fn doctype(text: &str) -> Option<What> {
    if text.contains('[') {
        return Some(What::Declarations);
    }
    let outside = |word: &str| word == "SYSTEM" || word == "PUBLIC";
    text.split_whitespace().any(outside).then_some(What::OutsideType)
}

/// The vocabulary of a namespace.
fn space(uri: &str) -> Space {
    if let Some(at) = uri.find("imsqti") {
        let name = &uri[at..];
        return Space::Qti(match () {
            () if name.starts_with("imsqtiasi_v3") || name.contains("v3p0") => Version::V3_0,
            () if name.contains("v2p2") => Version::V2_2,
            () if name.contains("v2p0") => Version::V2_0,
            () => Version::V2_1,
        });
    }
    match uri {
        "http://www.w3.org/1998/Math/MathML" | "http://www.w3.org/2010/Math/MathML" => Space::MathMl,
        "http://www.w3.org/2001/XInclude" | "http://www.w3.org/2003/XInclude" => Space::XInclude,
        "" => Space::None,
        _ => Space::Other,
    }
}

/// The character that a reference stands for: one of the five that XML defines, or a number.
fn resolved(name: &BytesRef<'_>) -> Option<char> {
    match name.resolve_char_ref() {
        Ok(Some(character)) => Some(character).filter(|&character| is_xml(character)),
        Ok(None) => resolve_xml_entity(name)?.chars().next(),
        Err(_) => None,
    }
}

/// XML 1.0, production 2.
pub(super) fn is_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
