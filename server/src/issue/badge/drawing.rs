//! Filled paths, as an SVG and as a PNG picture.

use std::fmt::Write as _;

use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, PathSegment, Pixmap, Transform};

use super::super::text::{Line, OutlineBuilder};

pub(super) type Rgb = [u8; 3];

/// A picture of filled paths in a square.
pub(super) struct Drawing {
    size: f32,
    shapes: Vec<(Path, Rgb)>,
}

impl Drawing {
    pub(super) fn new(size: f32) -> Self {
        Self { size, shapes: Vec::new() }
    }

    /// Fills a path.
    pub(super) fn fill(&mut self, path: Option<Path>, color: Rgb) {
        self.shapes.extend(path.map(|path| (path, color)));
    }

    /// A line of text, its middle at `x`, on its base line `y`.
    pub(super) fn text(&mut self, line: &Line<'_>, size: f32, (x, y): (f32, f32), color: Rgb) {
        let mut outline = Outline(PathBuilder::new());
        line.outline(size, (x - line.width * size / 2.0, y), &mut outline);
        self.fill(outline.0.finish(), color);
    }

    /// The picture as SVG with a title for those who cannot see it.
    pub(super) fn svg(&self, title: &str) -> String {
        let size = self.size;
        let title = escaped(title);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" width=\"{size}\" height=\"{size}\" \
             role=\"img\"><title>{title}</title>"
        );
        for (path, [red, green, blue]) in &self.shapes {
            // A text takes what is written to it.
            let _ = write!(svg, "<path fill=\"#{red:02x}{green:02x}{blue:02x}\" d=\"{}\"/>", data(path));
        }
        svg.push_str("</svg>\n");
        svg
    }

    /// The picture as PNG, so many pixels across and down, around it nothing.
    ///
    /// # Errors
    /// A picture without pixels, or what the encoder refused.
    pub(super) fn png(&self, pixels: u32) -> Result<Vec<u8>, String> {
        let mut pixmap = Pixmap::new(pixels, pixels).ok_or("the picture has no size")?;
        let scale = pixels as f32 / self.size;
        for (path, [red, green, blue]) in &self.shapes {
            let mut paint = Paint::default();
            paint.set_color(Color::from_rgba8(*red, *green, *blue, 255));
            paint.anti_alias = true;
            pixmap.fill_path(path, &paint, FillRule::Winding, Transform::from_scale(scale, scale), None);
        }
        let plain: Vec<u8> = pixmap
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let color = pixel.demultiply();
                [color.red(), color.green(), color.blue(), color.alpha()]
            })
            .collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, pixels, pixels);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let fault = |error: png::EncodingError| error.to_string();
        encoder.write_header().map_err(fault)?.write_image_data(&plain).map_err(fault)?;
        Ok(file)
    }
}

fn escaped(text: &str) -> String {
    let plain = text.chars().filter(|character| !character.is_control());
    plain.fold(String::new(), |mut escaped, character| {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
        escaped
    })
}

/// A path's `d`, in hundredths.
fn data(path: &Path) -> String {
    let mut data = String::new();
    for segment in path.segments() {
        let (letter, points) = match segment {
            PathSegment::MoveTo(to) => ("M", vec![to]),
            PathSegment::LineTo(to) => ("L", vec![to]),
            PathSegment::QuadTo(by, to) => ("Q", vec![by, to]),
            PathSegment::CubicTo(from, by, to) => ("C", vec![from, by, to]),
            PathSegment::Close => ("Z", Vec::new()),
        };
        data.push_str(letter);
        for (index, point) in points.iter().enumerate() {
            let blank = if index == 0 { "" } else { " " };
            let _ = write!(data, "{blank}{} {}", rounded(point.x), rounded(point.y));
        }
    }
    data
}

fn rounded(number: f32) -> f64 {
    (f64::from(number) * 100.0).round() / 100.0
}

struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
