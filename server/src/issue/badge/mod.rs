//! The badge: a picture of the certification, without the holder's name, to carry a credential in.

mod drawing;

use tiny_skia::{Path, PathBuilder};

use super::text::{self, Fonts, Line, Typeface};
use drawing::{Drawing, Rgb};

/// Across and down, in the picture's own units.
const SIZE: f32 = 512.0;
/// Across and down, in pixels.
const PIXELS: u32 = 640;
const MIDDLE: f32 = SIZE / 2.0;
/// The widest a line may be where the badge is widest.
const ROOM: f32 = 344.0;

const PAPER: Rgb = [255, 255, 255];
const INK: Rgb = [26, 28, 33];

/// What a badge shows.
pub(super) struct Badge<'a> {
    pub(super) fonts: &'a Fonts,
    pub(super) accent: Rgb,
    pub(super) issuer: &'a str,
    /// The scheme's short name, such as `CAISP`.
    pub(super) short: &'a str,
    /// The certification's full name.
    pub(super) credential: &'a str,
    /// The last line: until when it is valid, or that it is a demonstration.
    pub(super) foot: &'a str,
}

impl Badge<'_> {
    /// The picture as SVG.
    pub(super) fn svg(&self) -> String {
        self.drawing().svg(&self.title())
    }

    /// The picture as PNG.
    ///
    /// # Errors
    /// What the encoder refused.
    pub(super) fn png(&self) -> Result<Vec<u8>, String> {
        self.drawing().png(PIXELS)
    }

    fn title(&self) -> String {
        format!("{}, {}. {}", self.credential, self.issuer, self.foot)
    }

    fn drawing(&self) -> Drawing {
        // Letters on the accent have to be read whatever the accent is.
        let letters = if is_light(self.accent) { INK } else { PAPER };
        let mut drawing = Drawing::new(SIZE);
        drawing.fill(hexagon(250.0, 28.0), self.accent);
        drawing.fill(hexagon(236.0, 24.0), letters);
        drawing.fill(hexagon(232.0, 23.0), self.accent);
        let (names, words) = (self.fonts.names(), self.fonts.words());
        let small = |text: &str, size, room: f32, most| set(text, &words, size, room, most);
        let (size, lines) = small(self.issuer, 21.0, 250.0, 2);
        let mut y = 122.0 - 24.0 * (lines.len().saturating_sub(1) as f32) / 2.0;
        for line in &lines {
            drawing.text(line, size, (MIDDLE, y), letters);
            y += size * 1.2;
        }
        drawing.fill(bar(150.0), letters);
        let (size, lines) = set(self.short, &names, 94.0, ROOM, 1);
        for line in &lines {
            drawing.text(line, size, (MIDDLE, 246.0), letters);
        }
        // What is in large letters already need not stand behind the name.
        let credential = self.credential.trim_end_matches(&format!("({})", self.short)).trim_end();
        let (size, lines) = small(credential, 27.0, ROOM, 3);
        let mut y = 304.0;
        for line in &lines {
            drawing.text(line, size, (MIDDLE, y), letters);
            y += size * 1.24;
        }
        let (size, lines) = small(self.foot, 18.0, 240.0, 1);
        for line in &lines {
            drawing.text(line, size, (MIDDLE, 402.0), letters);
        }
        drawing
    }
}

/// The text in at most so many lines, smaller if it has to be; nothing where letters are missing.
fn set<'a>(text: &str, faces: &[&'a Typeface], size: f32, room: f32, most: usize) -> (f32, Vec<Line<'a>>) {
    let mut smaller = size;
    loop {
        let Ok(lines) = text::lines(text, faces, room / smaller) else { return (size, Vec::new()) };
        let fits = lines.len() <= most && lines.iter().all(|line| line.width * smaller <= room);
        if fits || smaller < size / 3.0 {
            return (smaller, lines.into_iter().take(most).collect());
        }
        smaller *= 0.94;
    }
}

/// WCAG's relative luminance, roughly: whether dark letters are read better.
fn is_light([red, green, blue]: Rgb) -> bool {
    let part = |value: u8| (f32::from(value) / 255.0).powf(2.2);
    0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) > 0.3
}

/// A hexagon on its point, with round corners.
fn hexagon(radius: f32, round: f32) -> Option<Path> {
    let corner = |index: usize| {
        let angle = (index as f32 * 60.0 - 90.0).to_radians();
        (MIDDLE + radius * angle.cos(), MIDDLE + radius * angle.sin())
    };
    let toward = |(x, y): (f32, f32), (to_x, to_y): (f32, f32)| {
        let part = round / radius;
        (x + (to_x - x) * part, y + (to_y - y) * part)
    };
    let mut path = PathBuilder::new();
    for index in 0..6 {
        let (before, at, after) = (corner((index + 5) % 6), corner(index), corner((index + 1) % 6));
        let (start, end) = (toward(at, before), toward(at, after));
        if index == 0 {
            path.move_to(start.0, start.1);
        } else {
            path.line_to(start.0, start.1);
        }
        path.quad_to(at.0, at.1, end.0, end.1);
    }
    path.close();
    path.finish()
}

/// A short line across.
fn bar(y: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.move_to(MIDDLE - 26.0, y);
    path.line_to(MIDDLE + 26.0, y);
    path.line_to(MIDDLE + 26.0, y + 2.0);
    path.line_to(MIDDLE - 26.0, y + 2.0);
    path.close();
    path.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_is_one_picture_in_two_forms_and_its_title_is_only_text() {
        let fonts = Fonts::bundled().unwrap();
        let badge = |accent, issuer| Badge {
            fonts: &fonts,
            accent,
            issuer,
            short: "CAISP",
            credential: "Certified AI Security Professional (CAISP)",
            foot: "Valid until 18 November 2029",
        };
        let svg = badge([31, 78, 95], "A & <B>").svg();
        assert!(
            svg.contains("<title>Certified AI Security Professional (CAISP), A &amp; &lt;B&gt;. Valid until"),
            "{svg}"
        );
        assert!(!svg.contains("<text"), "letters are paths");
        assert_eq!(carrier::find(svg.as_bytes()).unwrap_err(), carrier::CarrierError::None(carrier::Kind::Svg));
        let pixels = |accent| {
            let file = badge(accent, "Body").png().unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            pixels
        };
        let has = |pixels: &[u8], color: [u8; 4]| pixels.chunks(4).any(|pixel| pixel == color);
        let (dark, light) = (pixels([31, 78, 95]), pixels([242, 193, 78]));
        assert!(has(&dark, [31, 78, 95, 255]) && has(&dark, [255, 255, 255, 255]) && has(&dark, [0, 0, 0, 0]));
        assert!(has(&light, [26, 28, 33, 255]) && !has(&light, [255, 255, 255, 255]), "dark letters on a light accent");
    }
}
