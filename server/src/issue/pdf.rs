//! The certificate as a page to print: generous white, one accent, the name large, the facts in a quiet table, a QR code.

use chrono::{DateTime, Utc};
use fast_qr::{ECL, QRBuilder};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect, Size, Transform},
    metadata::Metadata,
    page::PageSettings,
    paint::Fill,
    surface::Surface,
    text::{Font, TextDirection},
};

use super::Mark;

const SANS: &[u8] = include_bytes!("../../assets/fonts/NotoSans-Regular.ttf");
const SERIF: &[u8] = include_bytes!("../../assets/fonts/NotoSerif-Bold.ttf");

/// A4 across, in points.
const WIDTH: f32 = 842.0;
const HEIGHT: f32 = 595.0;
const MARGIN: f32 = 64.0;
const QR_SIZE: f32 = 118.0;
const MARK_SIZE: (f32, f32) = (180.0, 56.0);

type Rgb = [u8; 3];
const INK: Rgb = [26, 28, 33];
const QUIET: Rgb = [90, 94, 104];
const WARNING: Rgb = [154, 52, 18];

/// What stands on the page.
pub(super) struct CertificatePage<'a> {
    pub(super) issuer: &'a str,
    pub(super) accent: Rgb,
    pub(super) mark: Option<&'a Mark>,
    pub(super) holder: &'a str,
    pub(super) credential: &'a str,
    pub(super) number: &'a str,
    pub(super) valid_from: DateTime<Utc>,
    pub(super) valid_until: Option<DateTime<Utc>>,
    pub(super) cpd: &'a str,
    /// Address of the verification page, without a fragment.
    pub(super) verify_at: &'a str,
    pub(super) demonstration: bool,
}

/// A font with the measures that the layout needs.
struct Face {
    font: Font,
    face: ttf_parser::Face<'static>,
}

impl Face {
    fn new(data: &'static [u8]) -> Result<Self, String> {
        let face = ttf_parser::Face::parse(data, 0).map_err(|error| error.to_string())?;
        let font = Font::new(data.into(), 0).ok_or("a bundled font cannot be read")?;
        Ok(Self { font, face })
    }

    /// Width of a line in points, without kerning.
    fn width(&self, text: &str, size: f32) -> f32 {
        let units: u32 = text.chars().map(|c| self.advance(c)).sum();
        units as f32 * size / f32::from(self.face.units_per_em())
    }

    fn advance(&self, c: char) -> u32 {
        let glyph = self.face.glyph_index(c).unwrap_or_default();
        self.face.glyph_hor_advance(glyph).unwrap_or_default().into()
    }

    /// The text in lines no wider than `room`, broken between words where there are any.
    fn lines(&self, text: &str, size: f32, room: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if self.width(&format!("{line} {word}"), size) <= room => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }
}

struct Canvas<'a, 'b> {
    surface: &'a mut Surface<'b>,
}

impl Canvas<'_, '_> {
    fn ink(&mut self, [red, green, blue]: Rgb) {
        let color = rgb::Color::new(red, green, blue);
        self.surface.set_fill(Some(Fill { paint: color.into(), ..Fill::default() }));
    }

    fn text(&mut self, face: &Face, size: f32, color: Rgb, (x, y): (f32, f32), text: &str) {
        self.ink(color);
        let start = Point::from_xy(x, y);
        self.surface.draw_text(start, face.font.clone(), size, text, false, TextDirection::Auto);
    }

    fn rectangle(&mut self, color: Rgb, x: f32, y: f32, width: f32, height: f32) {
        self.ink(color);
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            path.push_rect(rect);
        }
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
    }

    /// Draws a picture into the right upper corner of a box, as large as it can be without being stretched.
    fn picture(&mut self, mark: &Mark, right: f32, top: f32, (width, height): (f32, f32)) -> Result<(), String> {
        let image = mark.image()?;
        let (across, down) = (image.size().0 as f32, image.size().1 as f32);
        let scale = (width / across).min(height / down);
        let size = Size::from_wh(across * scale, down * scale).ok_or("the mark has no size")?;
        self.surface.push_transform(&Transform::from_translate(right - size.width(), top));
        self.surface.draw_image(image, size);
        self.surface.pop();
        Ok(())
    }

    /// Draws a QR code as one path, so that viewers leave no seams between its modules.
    fn qr(&mut self, text: &str, x: f32, y: f32, size: f32) -> Result<(), String> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| format!("{error:?}"))?;
        let module = size / code.size as f32;
        let mut path = PathBuilder::new();
        for row in 0..code.size {
            for column in 0..code.size {
                if code[row][column].value() {
                    let (left, top) = (x + column as f32 * module, y + row as f32 * module);
                    if let Some(rect) = Rect::from_xywh(left, top, module, module) {
                        path.push_rect(rect);
                    }
                }
            }
        }
        self.ink(INK);
        if let Some(path) = path.finish() {
            self.surface.draw_path(&path);
        }
        Ok(())
    }
}

impl CertificatePage<'_> {
    /// The PDF's bytes.
    ///
    /// # Errors
    /// What the PDF library refused.
    pub(super) fn write(&self) -> Result<Vec<u8>, String> {
        let (sans, serif) = (Face::new(SANS)?, Face::new(SERIF)?);
        let mut document = Document::new();
        document.set_metadata(
            Metadata::new()
                .title(format!("{} – {}", self.credential, self.holder))
                .authors(vec![self.issuer.to_owned()])
                .language("en".into()),
        );
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("the page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        self.draw(&mut Canvas { surface: &mut surface }, &sans, &serif)?;
        surface.finish();
        page.finish();
        document.finish().map_err(|error| format!("{error:?}"))
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>, sans: &Face, serif: &Face) -> Result<(), String> {
        let accent = self.accent;
        let room = WIDTH - 2.0 * MARGIN;
        canvas.rectangle(accent, 0.0, 0.0, 10.0, HEIGHT);
        canvas.text(sans, 13.0, accent, (MARGIN, 78.0), self.issuer);
        if let Some(mark) = self.mark {
            canvas.picture(mark, WIDTH - MARGIN, 48.0, MARK_SIZE)?;
        }
        canvas.text(sans, 13.0, QUIET, (MARGIN, 150.0), "This certifies that");

        let size =
            [38.0, 32.0, 27.0, 23.0].into_iter().find(|&size| serif.width(self.holder, size) <= room).unwrap_or(20.0);
        let mut y = 198.0;
        for line in serif.lines(self.holder, size, room) {
            canvas.text(serif, size, INK, (MARGIN, y), &line);
            y += size * 1.15;
        }
        y += 4.0;
        canvas.text(sans, 13.0, QUIET, (MARGIN, y), "has passed the examination and holds the certification");
        y += 34.0;
        for line in serif.lines(self.credential, 20.0, room) {
            canvas.text(serif, 20.0, INK, (MARGIN, y), &line);
            y += 25.0;
        }
        self.facts(canvas, sans);

        let left = WIDTH - MARGIN - QR_SIZE;
        let top = HEIGHT - 88.0 - QR_SIZE;
        canvas.qr(&format!("{}#number={}", self.verify_at, self.number), left, top, QR_SIZE)?;
        let caption = format!("verify at {}", self.verify_at);
        let x = WIDTH - MARGIN - sans.width(&caption, 10.0);
        canvas.text(sans, 10.0, QUIET, (x, top + QR_SIZE + 16.0), &caption);
        if self.demonstration {
            let text = "Demonstration: this certificate was issued to try the software out. It certifies nothing.";
            canvas.text(sans, 11.0, WARNING, (MARGIN, HEIGHT - 36.0), text);
        }
        Ok(())
    }

    fn facts(&self, canvas: &mut Canvas<'_, '_>, sans: &Face) {
        let day = |at: DateTime<Utc>| at.format("%-d %B %Y").to_string();
        let facts = [
            ("Certificate number", self.number.to_owned()),
            ("Valid from", day(self.valid_from)),
            ("Valid until", self.valid_until.map(day).unwrap_or_default()),
            ("Continuing development", self.cpd.to_owned()),
        ];
        let mut y = HEIGHT - 88.0 - QR_SIZE + 14.0;
        for (label, value) in facts {
            canvas.text(sans, 11.0, QUIET, (MARGIN, y), label);
            canvas.text(sans, 11.0, INK, (MARGIN + 150.0, y), &value);
            y += 26.0;
        }
    }
}
