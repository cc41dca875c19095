//! What is drawn on a page, each part with the place that it has for a reader who cannot see it.

use krilla::{
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    paint::{Fill, Stroke},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag},
};

use super::super::{
    Mark,
    qr::Modules,
    text::{Fonts, Line, Missing, Typeface},
};

pub(super) type Rgb = [u8; 3];

/// Which fonts come first.
#[derive(Clone, Copy)]
pub(super) enum Voice {
    /// Those for names.
    Name,
    /// Those for words around.
    Word,
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) voice: Voice,
    pub(super) size: f32,
    pub(super) color: Rgb,
}

pub(super) struct Canvas<'a, 'b> {
    pub(super) surface: &'a mut Surface<'b>,
    pub(super) fonts: &'a Fonts,
}

impl<'a> Canvas<'a, '_> {
    pub(super) fn faces(&self, voice: Voice) -> Vec<&'a Typeface> {
        match voice {
            Voice::Name => self.fonts.names(),
            Voice::Word => self.fonts.words(),
        }
    }

    fn ink(&mut self, [red, green, blue]: Rgb) {
        let color = rgb::Color::new(red, green, blue);
        self.surface.set_fill(Some(Fill { paint: color.into(), ..Fill::default() }));
        self.surface.set_stroke(None);
    }

    /// Draws a laid out line from its left end on its base line.
    pub(super) fn line(&mut self, line: &Line<'_>, style: Style, (mut x, y): (f32, f32), language: &str) -> Identifier {
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty().with_lang(Some(language))));
        self.ink(style.color);
        for piece in line.pieces() {
            let start = Point::from_xy(x, y);
            self.surface.draw_glyphs(start, &piece.glyphs, piece.font(), &piece.text, style.size, false);
            x += piece.width * style.size;
        }
        self.surface.end_tagged();
        id
    }

    /// A text in one line. Where letters are missing it says so in their place.
    pub(super) fn text(&mut self, text: &str, style: Style, at: (f32, f32)) -> Identifier {
        let line = self.laid(text, style.voice);
        self.line(&line, style, at, "en")
    }

    /// The text laid out, or in its place what is missing.
    pub(super) fn laid(&self, text: &str, voice: Voice) -> Line<'a> {
        let faces = self.faces(voice);
        Line::new(text, &faces).unwrap_or_else(|missing| {
            // These letters are in every bundled font.
            Line::new(&format!("[{}]", explained(&missing)), &faces).unwrap_or_default()
        })
    }

    /// A rectangle that only adorns.
    pub(super) fn rectangle(&mut self, color: Rgb, x: f32, y: f32, width: f32, height: f32) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.ink(color);
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        self.surface.end_tagged();
    }

    /// The outline of a rectangle that only adorns.
    pub(super) fn frame(&mut self, [red, green, blue]: Rgb, inset: f32, (width, height): (f32, f32), thick: f32) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        let color = rgb::Color::new(red, green, blue);
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint: color.into(), width: thick, ..Stroke::default() }));
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(inset, inset, width - 2.0 * inset, height - 2.0 * inset) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        self.surface.set_stroke(None);
        self.surface.end_tagged();
    }

    /// Draws a picture into the right upper corner of a box, as large as it can be without being stretched.
    pub(super) fn picture(
        &mut self,
        mark: &Mark,
        right: f32,
        top: f32,
        (width, height): (f32, f32),
    ) -> Result<Identifier, String> {
        let image = mark.image()?;
        let (across, down) = (image.size().0 as f32, image.size().1 as f32);
        let scale = (width / across).min(height / down);
        let size = Size::from_wh(across * scale, down * scale).ok_or("the mark has no size")?;
        let id = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&Transform::from_translate(right - size.width(), top));
        self.surface.draw_image(image, size);
        self.surface.pop();
        self.surface.end_tagged();
        Ok(id)
    }

    /// Draws a QR code as one path, so that viewers leave no seams between its modules.
    pub(super) fn code(&mut self, code: &Modules, x: f32, y: f32, size: f32) -> Identifier {
        let id = self.surface.start_tagged(ContentTag::Other);
        let module = size / code.size() as f32;
        let mut path = PathBuilder::new();
        for (row, first, count) in code.dark() {
            let (left, top) = (x + first as f32 * module, y + row as f32 * module);
            if let Some(rect) = Rect::from_xywh(left, top, count as f32 * module, module) {
                path.push_rect(rect);
            }
        }
        // Scanners like black best.
        self.ink([0, 0, 0]);
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        self.surface.end_tagged();
        id
    }
}

/// What is missing, in words.
pub(super) fn explained(missing: &Missing) -> String {
    format!("no font here has all letters of {}", missing.script)
}
