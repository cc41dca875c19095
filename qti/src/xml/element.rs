//! What a document is made of.

use std::borrow::Cow;

use serde::Serialize;

use super::same_name;

/// The version of QTI that a document says it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Version {
    /// 2.0.
    #[serde(rename = "2.0")]
    V2_0,
    /// 2.1.
    #[serde(rename = "2.1")]
    V2_1,
    /// 2.2.
    #[serde(rename = "2.2")]
    V2_2,
    /// 3.0.
    #[serde(rename = "3.0")]
    V3_0,
}

/// The vocabulary that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// No namespace at all: taken for QTI by its name.
    None,
    /// QTI, its HTML included.
    Qti(Version),
    /// MathML.
    MathMl,
    /// XInclude, which would fetch other documents.
    XInclude,
    /// Something else.
    Other,
}

/// An element; what it borrows is the document's text.
#[derive(Debug)]
pub(crate) struct Element<'t> {
    /// In QTI 3.0's spelling, without prefix and without `qti-`.
    pub(crate) name: Cow<'t, str>,
    /// As it is written.
    pub(crate) written: &'t str,
    pub(crate) space: Space,
    pub(crate) attributes: Vec<Attribute<'t>>,
    pub(crate) children: Vec<Node<'t>>,
    /// The byte of its `<`.
    pub(crate) at: u32,
}

/// An attribute; its name as it is written.
#[derive(Debug)]
pub(crate) struct Attribute<'t> {
    pub(crate) name: &'t str,
    pub(crate) value: Cow<'t, str>,
    pub(crate) at: u32,
}

/// A child of an element.
#[derive(Debug)]
pub(crate) enum Node<'t> {
    Element(Element<'t>),
    Text(Cow<'t, str>),
}

impl<'t> Element<'t> {
    /// The attribute of a name in QTI 3.0's spelling.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute<'t>> {
        self.attributes.iter().find(|attribute| same_name(attribute.name, name))
    }

    /// The value of an attribute.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name).map(|attribute| &*attribute.value)
    }

    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element<'t>> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element<'t>> {
        self.elements().find(|element| element.name == name)
    }

    /// All text in it, in the order of the document.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        if let [Node::Text(text)] = &*self.children {
            return Cow::Borrowed(text);
        }
        let mut text = String::new();
        self.gather(&mut text);
        Cow::Owned(text)
    }

    fn gather(&self, into: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => into.push_str(text),
                Node::Element(element) => element.gather(into),
            }
        }
    }
}
