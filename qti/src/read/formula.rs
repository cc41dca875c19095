//! MathML as text.

use crate::xml::{Element, Node};

/// A formula as text, and whether that says all of it.
///
/// An author's own text (`alttext`, or TeX in an annotation) goes before one made from the elements.
pub(super) fn formula(element: &Element<'_>) -> (String, bool) {
    if let Some(text) = element.value("alttext").filter(|text| !text.trim().is_empty()) {
        return (text.to_owned(), false);
    }
    if let Some(text) = annotation(element) {
        return (text, false);
    }
    let tokens: Vec<_> = element.elements().collect();
    let plain = tokens.len() <= 1 && tokens.iter().all(|token| token.elements().next().is_none());
    (row(element), plain)
}

fn annotation(element: &Element<'_>) -> Option<String> {
    let semantics = element.child("semantics")?;
    let is_tex = |child: &&Element<'_>| {
        child.name == "annotation"
            && child.value("encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"))
    };
    semantics.elements().find(is_tex).map(|child| child.text().trim().to_owned()).filter(|text| !text.is_empty())
}

/// The children one after the other.
fn row(element: &Element<'_>) -> String {
    let parts = element.children.iter().map(|node| match node {
        Node::Element(element) => part(element),
        Node::Text(text) => text.trim_matches([' ', '\t', '\n', '\r']).to_owned(),
    });
    parts.collect()
}

fn part(element: &Element<'_>) -> String {
    let children: Vec<_> = element.elements().collect();
    match (&*element.name, &*children) {
        ("mfrac", [above, below]) => format!("{}/{}", grouped(above), grouped(below)),
        ("msup", [base, above]) => format!("{}^{}", grouped(base), grouped(above)),
        ("msub", [base, below]) => format!("{}_{}", grouped(base), grouped(below)),
        ("msubsup", [base, below, above]) => format!("{}_{}^{}", grouped(base), grouped(below), grouped(above)),
        ("munder", [base, below]) => format!("{}_{}", part(base), grouped(below)),
        ("mover", [base, above]) => format!("{}^{}", part(base), grouped(above)),
        ("munderover", [base, below, above]) => format!("{}_{}^{}", part(base), grouped(below), grouped(above)),
        ("msqrt", _) => format!("√({})", row(element)),
        ("mroot", [radicand, index]) => format!("root({}, {})", part(index), part(radicand)),
        ("mfenced", parts) => {
            let open = element.value("open").unwrap_or("(");
            let close = element.value("close").unwrap_or(")");
            let separator = element.value("separators").unwrap_or(",").trim();
            let separator = separator.chars().next().map(String::from).unwrap_or_default();
            format!("{open}{}{close}", parts.iter().map(|element| part(element)).collect::<Vec<_>>().join(&separator))
        }
        ("mtable", rows) => format!("[{}]", rows.iter().map(|element| part(element)).collect::<Vec<_>>().join("; ")),
        ("mtr" | "mlabeledtr", cells) => cells.iter().map(|element| part(element)).collect::<Vec<_>>().join(", "),
        ("mspace", _) => " ".to_owned(),
        ("mphantom" | "none" | "mprescripts" | "annotation" | "annotation-xml", _) => String::new(),
        _ => row(element),
    }
}

/// In brackets if it is more than one sign or number.
fn grouped(element: &Element<'_>) -> String {
    let text = part(element);
    let one = text.chars().count() <= 1 || text.chars().all(|character| character.is_ascii_digit() || character == '.');
    if one { text } else { format!("({text})") }
}
