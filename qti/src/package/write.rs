//! Writing packages in QTI 3.0.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Write as _},
};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    MANIFEST, Package,
    path::{encode, is_clean, resolve},
    sources,
};
use crate::{
    model::{Part, Test},
    write as document,
    xml::Output,
};

const CONTENT_PACKAGING: &str = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1";

/// Why a package cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A path that is none, or is the manifest's.
    #[error("{0:?} is no path for a file of a package; paths are relative, without «..», drive or backslash")]
    Path(String),
    /// A path or a resource that is there twice.
    #[error("{0:?} is there twice; paths and names of resources are unique in a package")]
    Twice(String),
    /// The archive cannot be written.
    #[error("the archive cannot be written: {0}")]
    Zip(#[from] ZipError),
}

/// A package as the bytes of a ZIP archive.
///
/// The same package gives the same bytes: entries are in order of their paths, and all carry the first day of 1980.
///
/// # Errors
/// [`WriteError`] of paths and names.
pub fn write(package: &Package) -> Result<Vec<u8>, WriteError> {
    let mut entries = Entries::default();
    for item in &package.items {
        entries.add(&item.file, Some(&item.resource), document::item(&item.content).into_bytes())?;
    }
    for stimulus in &package.stimuli {
        entries.add(&stimulus.file, Some(&stimulus.resource), document::stimulus(&stimulus.content).into_bytes())?;
    }
    for test in &package.tests {
        entries.add(&test.file, Some(&test.resource), document::test(&test.content).into_bytes())?;
    }
    for (path, content) in &package.files {
        entries.add(path, None, content.clone())?;
    }
    let manifest = manifest(package, &entries.resources);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(MANIFEST, options)?;
    zip.write_all(manifest.as_bytes()).map_err(ZipError::from)?;
    for (path, content) in entries.files {
        zip.start_file(path, options)?;
        zip.write_all(&content).map_err(ZipError::from)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What goes into an archive, and the names of its resources.
#[derive(Default)]
struct Entries<'p> {
    files: BTreeMap<&'p str, Vec<u8>>,
    resources: BTreeSet<&'p str>,
}

impl<'p> Entries<'p> {
    fn add(&mut self, path: &'p str, resource: Option<&'p str>, content: Vec<u8>) -> Result<(), WriteError> {
        if !is_clean(path) || path == MANIFEST {
            return Err(WriteError::Path(path.to_owned()));
        }
        if let Some(resource) = resource.filter(|&resource| !self.resources.insert(resource)) {
            return Err(WriteError::Twice(resource.to_owned()));
        }
        match self.files.insert(path, content) {
            Some(_) => Err(WriteError::Twice(path.to_owned())),
            None => Ok(()),
        }
    }
}

/// The resources that depend on others, by way of the paths that they name.
struct Resources<'p> {
    by_path: BTreeMap<&'p str, String>,
}

fn manifest(package: &Package, taken: &BTreeSet<&str>) -> String {
    let mut resources = Resources { by_path: BTreeMap::new() };
    for item in &package.items {
        resources.by_path.insert(&item.file, item.resource.clone());
    }
    for stimulus in &package.stimuli {
        resources.by_path.insert(&stimulus.file, stimulus.resource.clone());
    }
    let mut number = 0;
    for path in package.files.keys() {
        let name = loop {
            number += 1;
            let name = format!("file-{number}");
            if !taken.contains(&*name) {
                break name;
            }
        };
        resources.by_path.insert(path, name);
    }
    let mut output = Output::new();
    let attributes = [("xmlns", Some(CONTENT_PACKAGING.into())), ("identifier", Some((&*package.identifier).into()))];
    output.element("manifest", &attributes, |output| {
        output.line();
        output.element("metadata", &[], |output| {
            output.leaf("schema", &[], "QTI Package");
            output.leaf("schemaversion", &[], "3.0.0");
        });
        output.line();
        output.empty("organizations", &[]);
        output.line();
        output.element("resources", &[], |output| {
            output.line();
            for test in &package.tests {
                let mut named = Vec::new();
                of_test(&test.content, &mut named);
                resources.write(output, &test.resource, "imsqti_test_xmlv3p0", &test.file, &named);
            }
            for item in &package.items {
                let named = sources::of_item(&item.content);
                resources.write(output, &item.resource, "imsqti_item_xmlv3p0", &item.file, &named);
            }
            for stimulus in &package.stimuli {
                let mut named = Vec::new();
                sources::of_content(&stimulus.content.body, &mut named);
                resources.write(output, &stimulus.resource, "imsqti_stimulus_xmlv3p0", &stimulus.file, &named);
            }
            for path in package.files.keys() {
                let name = resources.by_path.get(&**path).cloned().unwrap_or_default();
                resources.write(output, &name, "webcontent", path, &[]);
            }
        });
        output.line();
    });
    output.finish()
}

impl Resources<'_> {
    fn write(&self, output: &mut Output, name: &str, kind: &str, path: &str, named: &[&str]) {
        let href = encode(path);
        let attributes =
            [("identifier", Some(name.into())), ("type", Some(kind.into())), ("href", Some((&*href).into()))];
        let needed: BTreeSet<&String> = named
            .iter()
            .filter_map(|reference| self.by_path.get(&*resolve(path, reference)?))
            .filter(|needed| *needed != name)
            .collect();
        output.element("resource", &attributes, |output| {
            output.empty("file", &[("href", Some((&*href).into()))]);
            for needed in needed {
                output.empty("dependency", &[("identifierref", Some((&**needed).into()))]);
            }
        });
        output.line();
    }
}

fn of_test<'t>(test: &'t Test, into: &mut Vec<&'t str>) {
    fn of_parts<'t>(parts: &'t [Part], into: &mut Vec<&'t str>) {
        for part in parts {
            match part {
                Part::Item(reference) => into.push(&reference.href),
                Part::Section(section) => {
                    sources::of_content(&section.rubrics, into);
                    of_parts(&section.children, into);
                }
            }
        }
    }
    test.parts.iter().for_each(|part| of_parts(&part.children, into));
}
