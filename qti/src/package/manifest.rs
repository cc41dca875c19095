//! Manifests.

use std::collections::{BTreeMap, btree_map::Entry};

use super::path::resolve;
use crate::{
    fault::{Lost, What},
    read::with_root,
    report::{Import, Report},
    xml::Element,
};

/// What a manifest says of a package.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) identifier: String,
    pub(super) resources: Vec<Resource>,
}

/// A resource.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) identifier: String,
    pub(super) role: Role,
    /// The path of its file; empty if it has none.
    pub(super) file: String,
}

/// What a resource is, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Item,
    Stimulus,
    Test,
    Other,
}

/// Reads a manifest; the files that it names have to be there.
///
/// With faults, too, there is a manifest as far as it could be read: what it leads to has faults to be told as well.
pub(super) fn manifest(file: &str, bytes: &[u8], there: &dyn Fn(&str) -> bool) -> (Manifest, Import<()>) {
    let mut manifest = Manifest::default();
    let import = with_root(file, bytes, |report, root| {
        if root.written != "manifest" {
            report.fault(root.at, What::Root { found: root.written.to_owned(), expected: "manifest of a package" });
            return None;
        }
        manifest = read(report, root, there);
        Some(())
    });
    (manifest, import)
}

fn read(report: &mut Report<'_>, root: &Element<'_>, there: &dyn Fn(&str) -> bool) -> Manifest {
    let mut manifest =
        Manifest { identifier: root.value("identifier").unwrap_or_default().to_owned(), ..Manifest::default() };
    let mut dependencies = BTreeMap::new();
    let base = root.value("xml:base").unwrap_or_default();
    for child in root.elements() {
        match child.written {
            "resources" => {
                let base = joined(base, child);
                for found in child.elements().filter(|found| found.written == "resource") {
                    resource(report, found, &base, there, &mut manifest.resources, &mut dependencies);
                }
            }
            "metadata" => {
                let schema = |element: &Element<'_>| matches!(element.written, "schema" | "schemaversion");
                if let Some(more) = child.elements().find(|element| !schema(element)) {
                    report.loss(more.at, Lost::Dropped("metadata".to_owned()));
                }
            }
            // Whoever wants one puts the manifest of it into a package of its own.
            "manifest" => {
                report.fault(child.at, What::Element { found: "manifest".to_owned(), inside: "manifest".to_owned() })
            }
            "organizations" if child.elements().next().is_none() => {}
            other => report.loss(child.at, Lost::Dropped(other.to_owned())),
        }
    }
    circles(report, &dependencies);
    manifest
}

/// Which resources each depends on, with the place that says so.
type Dependencies = BTreeMap<String, Vec<(u32, String)>>;

fn resource(
    report: &mut Report<'_>,
    element: &Element<'_>,
    base: &str,
    there: &dyn Fn(&str) -> bool,
    resources: &mut Vec<Resource>,
    dependencies: &mut Dependencies,
) {
    let base = joined(base, element);
    let identifier = report.identifier(element, "identifier");
    let kind = report.required(element, "type");
    let role = role(kind);
    if kind.starts_with("imsqti") && role == Role::Other {
        report.fault(element.at, What::FirstVersion);
    }
    let mut file = String::new();
    if let Some(href) = element.attribute("href") {
        file = path(report, href.at, &base, &href.value, there);
    } else if role != Role::Other {
        report.required(element, "href");
    }
    let mut depends = Vec::new();
    for child in element.elements() {
        match child.written {
            "file" => {
                let href = report.required(child, "href");
                if !href.is_empty() {
                    path(report, child.at, &base, href, there);
                }
            }
            "dependency" => depends.push((child.at, report.required(child, "identifierref").to_owned())),
            "metadata" => {
                if child.elements().next().is_some() {
                    report.loss(child.at, Lost::Dropped("metadata".to_owned()));
                }
            }
            other => report.loss(child.at, Lost::Dropped(other.to_owned())),
        }
    }
    match dependencies.entry(identifier.clone()) {
        Entry::Vacant(entry) => drop(entry.insert(depends)),
        Entry::Occupied(_) => report.fault(element.at, What::Twice(identifier.clone())),
    }
    resources.push(Resource { identifier, role, file });
}

/// `xml:base` put after one that holds already.
fn joined(base: &str, element: &Element<'_>) -> String {
    format!("{base}{}", element.value("xml:base").unwrap_or_default())
}

fn path(report: &mut Report<'_>, at: u32, base: &str, href: &str, there: &dyn Fn(&str) -> bool) -> String {
    match resolve("", &format!("{base}{href}")) {
        Some(path) => {
            if !there(&path) {
                report.fault(at, What::Missing(path.clone()));
            }
            path
        }
        None => {
            report.fault(at, What::Path(href.chars().take(100).collect()));
            String::new()
        }
    }
}

/// `imsqti_item_xmlv3p0`, `imsqti_apipitem_xmlv2p1`, `imsqti_test_xmlv2p2`, …
fn role(kind: &str) -> Role {
    let Some(kind) = kind.strip_prefix("imsqti_") else { return Role::Other };
    match kind.split("_xml").next() {
        Some("item" | "apipitem") => Role::Item,
        Some("stimulus") => Role::Stimulus,
        Some("test" | "apiptest") => Role::Test,
        _ => Role::Other,
    }
}

/// Tells of dependencies on what is not there, and of circles.
fn circles(report: &mut Report<'_>, dependencies: &Dependencies) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Open,
        Done,
    }
    let mut states: BTreeMap<&str, State> = BTreeMap::new();
    for start in dependencies.keys() {
        // Without recursion: a chain may be as long as the manifest.
        let mut path: Vec<(&str, std::slice::Iter<'_, (u32, String)>)> = Vec::new();
        if let Some(of_start) = dependencies.get(start).filter(|_| !states.contains_key(&**start)) {
            states.insert(start, State::Open);
            path.push((start, of_start.iter()));
        }
        while let Some((name, rest)) = path.last_mut() {
            let Some((at, next)) = rest.next() else {
                states.insert(name, State::Done);
                path.pop();
                continue;
            };
            match (dependencies.get(next), states.get(&**next)) {
                (None, _) => report.fault(*at, What::NoResource(next.clone())),
                (Some(_), Some(State::Open)) => report.fault(*at, What::Cycle(next.clone())),
                (Some(_), Some(State::Done)) => {}
                (Some(of_next), None) => {
                    states.insert(next, State::Open);
                    path.push((next, of_next.iter()));
                }
            }
        }
    }
}
