//! The issuer's mark: a picture in the corner of its certificates.

use krilla::{Data, Document, geom::Size, image::Image, page::PageSettings};

/// A picture that was found to be one.
#[derive(Clone)]
pub struct Mark(Data);

/// The most bytes of a mark: it is in every certificate.
const MAX_BYTES: usize = 256 * 1024;
/// The most pixels across and down.
const MAX_PIXELS: u32 = 2_048;

impl Mark {
    /// A mark of these bytes of a PNG file.
    ///
    /// # Errors
    /// What is wrong with the file, in a sentence.
    pub fn new(png: Vec<u8>) -> Result<Self, String> {
        if png.len() > MAX_BYTES {
            return Err(format!("a mark has at most {MAX_BYTES} bytes, this file has {}", png.len()));
        }
        let mark = Self(png.into());
        let unreadable = |error| format!("cannot be read as PNG: {error}");
        let (width, height) = mark.image().map_err(unreadable)?.size();
        if !(1..=MAX_PIXELS).contains(&width) || !(1..=MAX_PIXELS).contains(&height) {
            return Err(format!(
                "a mark has at most {MAX_PIXELS} pixels across and down, this has {width} by {height}"
            ));
        }
        // The pixels are only read when a document is written: better now than at the first certificate.
        mark.try_out().map_err(unreadable)?;
        Ok(mark)
    }

    /// The picture.
    pub(super) fn image(&self) -> Result<Image, String> {
        Image::from_png(self.0.clone(), true)
    }

    fn try_out(&self) -> Result<(), String> {
        let mut document = Document::new();
        let mut page = document.start_page_with(PageSettings::from_wh(100.0, 100.0).ok_or("the page has no size")?);
        let mut surface = page.surface();
        surface.draw_image(self.image()?, Size::from_wh(100.0, 100.0).ok_or("the picture has no size")?);
        surface.finish();
        page.finish();
        document.finish().map(drop).map_err(|error| format!("{error:?}"))
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, prelude::BASE64_STANDARD};

    use super::*;

    /// A picture of four by two pixels.
    fn png() -> Vec<u8> {
        let text =
            "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR42mOQ94uHIwZkDgBQ+gZhotlQJwAAAABJRU5ErkJggg==";
        BASE64_STANDARD.decode(text).unwrap()
    }

    #[test]
    fn a_mark_is_a_picture_and_everything_else_is_refused_with_a_reason() {
        assert_eq!(Mark::new(png()).unwrap().image().unwrap().size(), (4, 2));
        let fault = |bytes: Vec<u8>| Mark::new(bytes).map(drop).unwrap_err();
        assert!(fault(Vec::new()).contains("PNG"));
        assert!(fault(b"<svg/>".to_vec()).contains("PNG"));
        assert!(fault(png()[..40].to_vec()).contains("PNG"));
        let mut damaged = png();
        damaged[45] ^= 0xff;
        assert!(fault(damaged).contains("PNG"));
        assert!(fault(vec![0; MAX_BYTES + 1]).contains("at most 262144 bytes"));
        // Width and height stand at bytes 16 to 23; such a picture would need 16 exabytes.
        let mut huge = png();
        huge[16..24].fill(0x7f);
        assert!(Mark::new(huge).is_err());
    }
}
