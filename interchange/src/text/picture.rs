//! Pictures that came with a text.

use std::{borrow::Cow, collections::BTreeMap};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{Findings, Source};
use crate::{Asset, FaultKind, LossKind, bounds, import::beginning};

/// How Moodle's texts name a file that came with them.
const PLUGIN_FILE: &str = "@@PLUGINFILE@@/";

/// Files that pictures of one text show, by name, and what they are among the question's assets.
///
/// Each is decoded once, however often it is shown.
pub(super) type Shown<'a> = BTreeMap<&'a str, Option<String>>;

/// Takes a picture in by its address and gives its name among the question's assets. One that cannot be taken in is a
/// loss.
pub(super) fn show<'a>(
    address: &str,
    source: &Source<'a>,
    shown: &mut Shown<'a>,
    findings: &mut Findings,
) -> Option<String> {
    let lost = |reason| LossKind::Image { name: beginning(address), reason };
    if let Some(name) = address.strip_prefix(PLUGIN_FILE) {
        let name = percent_decoded(name);
        let Some(file) = source.files.iter().find(|file| file.name == name) else {
            findings.lose(source.at, lost("the file did not come with the question"));
            return None;
        };
        if let Some(asset) = shown.get(file.name) {
            return asset.clone();
        }
        let asset = take(file.name, file.data, source, findings, lost);
        shown.insert(file.name, asset.clone());
        return asset;
    }
    match address.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) {
        Some((_, data)) => take("picture", data, source, findings, lost),
        None => {
            findings.lose(source.at, lost("files from elsewhere are not fetched"));
            None
        }
    }
}

fn take(
    name: &str,
    data: &str,
    source: &Source<'_>,
    findings: &mut Findings,
    lost: impl FnOnce(&'static str) -> LossKind,
) -> Option<String> {
    let typed = decoded(data).and_then(|bytes| match media_type(&bytes) {
        Some(media_type) => Ok(Asset { name: name.to_owned(), media_type, bytes }),
        None => Err("it is not a PNG, JPEG, GIF or WebP file"),
    });
    match typed {
        Ok(asset) => keep(asset, source, findings),
        Err(reason) => {
            findings.lose(source.at, lost(reason));
            None
        }
    }
}

/// Puts a picture among the assets, under another name if another picture has its own.
fn keep(mut asset: Asset, source: &Source<'_>, findings: &mut Findings) -> Option<String> {
    let name = asset.name.clone();
    // There are few assets, so that the second loop is short.
    for number in 2.. {
        match findings.assets.iter().find(|other| other.name == asset.name) {
            Some(other) if other.bytes == asset.bytes => return Some(asset.name),
            Some(_) => asset.name = format!("{number}-{name}"),
            None => break,
        }
    }
    if findings.assets.len() == bounds::ASSETS {
        findings.fault(source.at, FaultKind::TooMany { what: "pictures in one question", limit: bounds::ASSETS });
        return None;
    }
    let name = asset.name.clone();
    findings.assets.push(asset);
    Some(name)
}

fn decoded(data: &str) -> Result<Vec<u8>, &'static str> {
    // Four characters of base 64 are three bytes.
    if data.len() / 4 > bounds::ASSET_BYTES / 3 {
        return Err("it is larger than 4 MiB");
    }
    let data: String = data.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    STANDARD.decode(data).map_err(|_| "it is not in base 64")
}

/// The type of a picture by its first bytes.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

/// An address with its percent signs decoded, as far as it is UTF-8 then.
fn percent_decoded(address: &str) -> Cow<'_, str> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, others @ ..] = rest {
        let code = match others {
            [high, low, ..] if *first == b'%' => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &others[2..] } else { others };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(address), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}
