//! Baked SVG pictures (Open Badges 3.0, section 5.3.2): the first child of the picture is `openbadges:credential`, with the
//! credential in a CDATA section, or as a compact JWT in the attribute `verify`.

use quick_xml::{
    XmlVersion,
    escape::resolve_xml_entity,
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
    reader::NsReader,
};

use crate::{CarrierError, Kind, MAX_CREDENTIAL};

/// The namespace of the element.
pub const NAMESPACE: &str = "https://purl.imsglobal.org/ob/v3p0";
const SVG: &str = "http://www.w3.org/2000/svg";
const MAX_DEPTH: usize = 256;
/// The most declarations of namespaces: for each element they may all have to be looked through.
const MAX_NAMESPACES: usize = 256;

/// Takes the credential out of a picture.
///
/// # Errors
/// As for [`crate::find`].
pub fn credential(bytes: &[u8]) -> Result<Vec<u8>, CarrierError> {
    let text = std::str::from_utf8(bytes).map_err(|_| damaged("it is not text in UTF-8"))?;
    if text.matches("xmlns").nth(MAX_NAMESPACES).is_some() {
        return Err(damaged("it declares too many namespaces"));
    }
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    let mut found: Vec<String> = Vec::new();
    let mut depth = 0usize;
    // The depth within which the text of a credential stands.
    let mut inside = None;
    loop {
        let (namespace, event) = match reader.read_resolved_event() {
            Ok(read) => read,
            Err(error) => return Err(damaged(&format!("it is no XML: {error}"))),
        };
        let ours = matches!(&namespace, ResolveResult::Bound(Namespace(name)) if *name == NAMESPACE);
        let is_svg = matches!(&namespace, ResolveResult::Bound(Namespace(name)) if *name == SVG);
        match event {
            Event::Start(element) | Event::Empty(element) if depth == 0 => {
                if !is_svg || element.local_name().as_ref() != "svg" {
                    return Err(damaged("it is no SVG picture"));
                }
                depth += 1;
            }
            Event::Start(element) => {
                if inside.is_some() {
                    return Err(damaged("there are elements within its certificate"));
                }
                if is_credential(ours, &element) {
                    placed(depth)?;
                    found.push(verify_attribute(&element)?);
                    inside = Some(depth);
                }
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(damaged("it is nested too deeply"));
                }
            }
            Event::Empty(_) if inside.is_some() => return Err(damaged("there are elements within its certificate")),
            Event::Empty(element) if is_credential(ours, &element) => {
                placed(depth)?;
                found.push(verify_attribute(&element)?);
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if inside == Some(depth) {
                    inside = None;
                }
            }
            Event::CData(part) if inside.is_some() => add(&mut found, &part.xml10_content())?,
            Event::Text(part) if inside.is_some() => add(&mut found, &part.xml10_content())?,
            Event::GeneralRef(name) if inside.is_some() => add(&mut found, &resolved(&name)?)?,
            // An internal subset, the only place where words could be given another text, stands in brackets.
            Event::DocType(text) if text.contains('[') => {
                return Err(CarrierError::Unsupported(Kind::Svg, "it declares entities".to_owned()));
            }
            Event::Eof if depth > 0 && !closed(text) => {
                return Err(CarrierError::Truncated(Kind::Svg, "its last part is missing"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    match found.len() {
        0 => Err(CarrierError::None(Kind::Svg)),
        1 => Ok(found.remove(0).trim().as_bytes().to_vec()),
        several => Err(CarrierError::Several(Kind::Svg, several)),
    }
}

/// Whether the text ends with the end of its picture: a picture without content is one element.
fn closed(text: &str) -> bool {
    text.trim_end().ends_with("/>")
}

fn is_credential(ours: bool, element: &BytesStart<'_>) -> bool {
    ours && element.local_name().as_ref() == "credential"
}

/// Deeper in the picture a credential is not what the picture as a whole is about.
fn placed(depth: usize) -> Result<(), CarrierError> {
    if depth == 1 { Ok(()) } else { Err(damaged("its certificate stands inside another element")) }
}

fn verify_attribute(element: &BytesStart<'_>) -> Result<String, CarrierError> {
    // Attributes that stand twice are looked for here: to compare each with each takes too long where there are many.
    let mut named = Vec::new();
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged(&error.to_string()))?;
        if attribute.key.as_ref() == "verify" {
            named.push(attribute);
        }
    }
    if named.len() > 1 {
        return Err(CarrierError::Several(Kind::Svg, named.len()));
    }
    let Some(attribute) = named.first() else { return Ok(String::new()) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| damaged(&error.to_string()))?;
    if value.len() > MAX_CREDENTIAL { Err(CarrierError::Bomb(Kind::Svg)) } else { Ok(value.into_owned()) }
}

fn add(found: &mut [String], part: &str) -> Result<(), CarrierError> {
    let Some(text) = found.last_mut() else { return Ok(()) };
    if text.len() + part.len() > MAX_CREDENTIAL {
        return Err(CarrierError::Bomb(Kind::Svg));
    }
    text.push_str(part);
    Ok(())
}

fn resolved(name: &quick_xml::events::BytesRef<'_>) -> Result<String, CarrierError> {
    let character = name.resolve_char_ref().map_err(|error| damaged(&error.to_string()))?;
    let entity = || resolve_xml_entity(name).map(str::to_owned);
    let resolved = character.map(String::from).or_else(entity);
    resolved.ok_or_else(|| damaged("it has an entity that XML does not know"))
}

/// Puts a credential into a picture that carries none, as its first child.
///
/// # Errors
/// [`CarrierError`] for a text that is no SVG picture, or one that carries a credential already.
pub fn bake(picture: &str, credential: &str) -> Result<String, CarrierError> {
    match self::credential(picture.as_bytes()) {
        Err(CarrierError::None(_)) => {}
        Ok(_) => return Err(CarrierError::Several(Kind::Svg, 2)),
        Err(error) => return Err(error),
    }
    let mut reader = NsReader::from_str(picture);
    loop {
        match reader.read_event().map_err(|error| damaged(&error.to_string()))? {
            Event::Start(_) => break,
            Event::Empty(_) | Event::Eof => return Err(damaged("it has no content")),
            _ => {}
        }
    }
    let at = usize::try_from(reader.buffer_position()).map_err(|_| CarrierError::TooLong(picture.len()))?;
    let (head, rest) = picture.split_at_checked(at).ok_or_else(|| damaged("it has no content"))?;
    // The end of a CDATA section is the one thing that cannot stand in it.
    let credential = credential.replace("]]>", "]]]]><![CDATA[>");
    Ok(format!(
        "{head}<openbadges:credential xmlns:openbadges=\"{NAMESPACE}\"><![CDATA[{credential}]]></openbadges:credential>{rest}"
    ))
}

fn damaged(what: &str) -> CarrierError {
    CarrierError::Damaged(Kind::Svg, what.to_owned())
}
