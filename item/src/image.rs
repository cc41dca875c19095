//! Images, kept within the form: a sitting has no network to fetch them from.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An image with its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// What the bytes are.
    pub media: Media,
    /// The bytes in base64 (RFC 4648, section 4). Shared by all texts of a bank that show the image.
    pub data: Arc<str>,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// Kinds of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Media {
    /// Portable Network Graphics.
    #[serde(rename = "image/png")]
    Png,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// Scalable Vector Graphics, shown as an image: browsers run and load nothing in it.
    #[serde(rename = "image/svg+xml")]
    Svg,
}

impl Media {
    /// The media type.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }
}

impl Image {
    /// The image as a `data:` address (RFC 2397).
    pub fn address(&self) -> String {
        format!("data:{};base64,{}", self.media.as_str(), self.data)
    }
}
