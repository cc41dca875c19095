//! Moodle XML, in which Moodle hands question banks on.
//!
//! Sources: <https://docs.moodle.org/en/Moodle_XML_format> and, for gaps within text,
//! <https://docs.moodle.org/en/Embedded_Answers_(Cloze)_question_type>.

mod choice;
mod cloze;
mod entry;
mod item;
mod kinds;
mod order;
mod words;
mod xml;

use crate::{Fault, FaultKind, Import, Outcome, Position, Record, bounds, category, position::Positions, source};
use item::Item;
use xml::{Element, Xml};

/// Reads a Moodle XML file.
///
/// Never fails as a whole but for what [`Import::faults`] says; bounds are in [`bounds`].
pub fn read(bytes: &[u8]) -> Import {
    let mut import = Import::default();
    let refused = |fault| Import { records: Vec::new(), faults: vec![fault] };
    if let Some(name) = xml::foreign_encoding(bytes) {
        return refused(Fault { at: Position::START, kind: FaultKind::Encoding { name } });
    }
    let text = match source::utf8(bytes, bounds::XML_BYTES) {
        Ok(text) => text,
        Err(fault) => return refused(fault),
    };
    let positions = Positions::of(text);
    let mut xml = Xml::new(text);
    if let Err((offset, kind)) = questions(&mut xml, &positions, &mut import) {
        import.faults.push(Fault { at: positions.at(offset), kind });
    } else if import.records.is_empty() && import.faults.is_empty() {
        return Import::of(import.records);
    }
    import
}

fn questions(xml: &mut Xml<'_>, positions: &Positions<'_>, import: &mut Import) -> Result<(), (usize, FaultKind)> {
    xml.root("quiz")?;
    let mut path = Vec::new();
    for count in 0.. {
        let Some((element, faults)) = xml.element()? else { break };
        if count == bounds::QUESTIONS {
            return Err((element.offset, FaultKind::TooMany { what: "questions", limit: bounds::QUESTIONS }));
        }
        let at = positions.at(element.offset);
        if element.name != "question" {
            import
                .faults
                .push(Fault { at, kind: FaultKind::Element { found: element.name, expected: "`<question>`" } });
            continue;
        }
        let kind = element.attribute("type").unwrap_or_default().to_owned();
        if !faults.is_empty() {
            let faults = faults.into_iter().map(|(offset, kind)| Fault { at: positions.at(offset), kind }).collect();
            let name = crate::import::beginning(element.child("name").map_or("", Element::text));
            import.records.push(Record { at, kind, name, outcome: Outcome::Refused { faults } });
        } else if kind == "category" {
            path = category::path(element.child("category").map_or("", Element::text));
        } else {
            import.records.push(Item::new(&element, positions).record(&kind, &path));
        }
    }
    Ok(())
}
