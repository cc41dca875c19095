//! The list of attachments (ISO 32000-1, sections 7.7.4 and 7.9.6; associated files: ISO 32000-2, section 14.13).

use std::collections::BTreeSet;

use super::{
    damaged,
    file::File,
    object::{Object, text},
};
use crate::CarrierError;

/// The most attachments.
const MAX_ATTACHMENTS: usize = 64;
/// The most nodes of the tree of names.
const MAX_NODES: usize = 256;

/// An attachment.
#[derive(Clone, Debug)]
pub(super) struct Attachment {
    /// Its name in the list of attachments; none for what is only associated with the document.
    pub(super) listed: Option<String>,
    /// Its own name.
    pub(super) named: String,
    /// The number of the stream that it is.
    pub(super) content: u32,
}

pub(super) fn attachments(file: &mut File<'_>) -> Result<Vec<Attachment>, CarrierError> {
    let root = file.trailer_entry(b"Root").unwrap_or(Object::Null);
    let Object::Dictionary(catalogue) = file.resolve(root)? else {
        return Err(damaged("it has no catalogue of its contents"));
    };
    let mut specifications = Vec::new();
    if let Object::Dictionary(names) = file.entry(&catalogue, b"Names")? {
        let tree = names.get(b"EmbeddedFiles".as_slice()).cloned().unwrap_or(Object::Null);
        walk(file, tree, &mut specifications)?;
    }
    if let Object::Array(associated) = file.entry(&catalogue, b"AF")? {
        specifications.extend(associated.into_iter().take(MAX_ATTACHMENTS).map(|object| (None, object)));
    }
    let mut attachments: Vec<Attachment> = Vec::new();
    for (listed, specification) in specifications {
        let Some(attachment) = attachment(file, listed, specification)? else { continue };
        // What is listed and associated is one.
        let known = attachments.iter().any(|known| known.content == attachment.content && attachment.listed.is_none());
        if !known {
            attachments.push(attachment);
        }
        if attachments.len() > MAX_ATTACHMENTS {
            return Err(damaged("it has too many attachments"));
        }
    }
    Ok(attachments)
}

/// Walks through a tree of names.
fn walk(
    file: &mut File<'_>,
    root: Object,
    specifications: &mut Vec<(Option<String>, Object)>,
) -> Result<(), CarrierError> {
    let mut nodes = vec![root];
    let mut seen = BTreeSet::new();
    let mut count = 0;
    while let Some(node) = nodes.pop() {
        count += 1;
        if count > MAX_NODES {
            return Err(damaged("its list of attachments has too many branches"));
        }
        if let Object::Reference(number) = node
            && !seen.insert(number)
        {
            return Err(damaged("its list of attachments goes round in a circle"));
        }
        let Object::Dictionary(node) = file.resolve(node)? else { continue };
        if let Object::Array(kids) = file.entry(&node, b"Kids")? {
            nodes.extend(kids.into_iter().take(MAX_NODES));
        }
        let Object::Array(names) = file.entry(&node, b"Names")? else { continue };
        for pair in names.chunks(2).take(MAX_ATTACHMENTS + 1) {
            let [name, specification] = pair else { return Err(damaged("its list of attachments is odd")) };
            let Object::Text(name) = file.resolve(name.clone())? else {
                return Err(damaged("an attachment has no name"));
            };
            specifications.push((Some(text(&name)), specification.clone()));
        }
        if specifications.len() > MAX_ATTACHMENTS {
            return Err(damaged("it has too many attachments"));
        }
    }
    Ok(())
}

/// Reads a file specification (section 7.11.3); `None` for one without content.
fn attachment(
    file: &mut File<'_>,
    listed: Option<String>,
    specification: Object,
) -> Result<Option<Attachment>, CarrierError> {
    let Object::Dictionary(specification) = file.resolve(specification)? else { return Ok(None) };
    let Object::Dictionary(content) = file.entry(&specification, b"EF")? else { return Ok(None) };
    let mut names = Vec::new();
    let mut streams = BTreeSet::new();
    for key in [b"UF".as_slice(), b"F"] {
        if let Object::Text(name) = file.entry(&specification, key)? {
            names.push(text(&name));
        }
        if let Some(Object::Reference(number)) = content.get(key) {
            streams.insert(*number);
        }
    }
    let named = names.first().cloned().unwrap_or_default();
    if let Some(other) = names.iter().find(|name| **name != named) {
        return Err(CarrierError::AttachmentName { listed: other.clone(), named });
    }
    match streams.len() {
        0 => Ok(None),
        1 => Ok(streams.first().map(|content| Attachment { listed, named, content: *content })),
        _ => Err(damaged("an attachment has two contents, and readers may show either")),
    }
}
