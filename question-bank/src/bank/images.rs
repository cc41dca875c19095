//! The images of a bank: read once, put into the texts that show them.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use item::{Image, Media};

use super::{finding::Code, load::SourceFile, source::Source};

/// The longest image that is read, in bytes: a form carries its images with it.
pub const MAX_IMAGE_BYTES: usize = 128 * 1024;

/// The images of a bank by path, such as `images/plan.svg`.
#[derive(Debug, Default)]
pub(crate) struct Images(BTreeMap<String, (Media, Arc<str>)>);

impl Images {
    /// Whether a file is an image by its place.
    pub(crate) fn is_one(path: &str) -> bool {
        path.strip_prefix("images/").is_some_and(|name| !name.contains('/'))
    }

    /// Takes in an image; reports what is wrong with it.
    pub(crate) fn read(&mut self, file: &SourceFile, source: &Source<'_>) {
        let report = |message: String, help: &str| source.report(0, Code::Image, message, help);
        if file.content.len() > MAX_IMAGE_BYTES {
            let message = format!("the image has {} bytes", file.content.len());
            return report(message, "make it smaller: at most 131072 are read, and every form carries its images");
        }
        let ending = file.path.rsplit('.').next().unwrap_or_default();
        let (media, holds) = match ending {
            "png" => (Media::Png, file.content.starts_with(b"\x89PNG\r\n\x1a\n")),
            "jpg" | "jpeg" => (Media::Jpeg, file.content.starts_with(b"\xff\xd8\xff")),
            "svg" => (Media::Svg, is_plain_svg(&file.content)),
            _ => return report(format!("{:?} is no image", file.path), "images are .png, .jpg, .jpeg or .svg"),
        };
        if holds {
            self.0.insert(file.path.clone(), (media, BASE64_STANDARD.encode(&file.content).into()));
        } else {
            let help =
                "save it again in the format of its name; an SVG is UTF-8 without DOCTYPE, script or other files";
            report(format!("{:?} is not what its name says", file.path), help);
        }
    }

    /// The bytes in base64 by path.
    pub(crate) fn into_data(self) -> BTreeMap<String, Arc<str>> {
        self.0.into_iter().map(|(path, (_, data))| (path, data)).collect()
    }

    /// The image of a path. Its bytes are shared, however often a text shows it.
    pub(crate) fn find(&self, path: &str, alt: &str) -> Option<Image> {
        let (media, data) = self.0.get(path)?;
        Some(Image { media: *media, data: data.clone(), alt: alt.to_owned() })
    }
}

/// Browsers run and fetch nothing in an image. What would only work elsewhere has no place in it all the same.
fn is_plain_svg(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let text = text.to_ascii_lowercase();
    let foreign =
        ["<!doctype", "<!entity", "<script", "<foreignobject", "javascript:", "@import", "href=\"http", "url(http"];
    text.contains("<svg") && !foreign.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_with_anything_that_acts_is_none() {
        assert!(is_plain_svg(b"<svg xmlns=\"http://www.w3.org/2000/svg\"><rect/></svg>"));
        for text in ["<svg><SCRIPT/></svg>", "<!DOCTYPE svg><svg/>", "<svg><image href=\"https://x\"/></svg>", "plain"]
        {
            assert!(!is_plain_svg(text.as_bytes()), "{text}");
        }
        assert!(!is_plain_svg(b"<svg>\xff</svg>"));
    }
}
