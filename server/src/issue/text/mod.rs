//! Text in any script, as glyphs.

mod fonts;
mod runs;

pub(super) use fonts::Typeface;
pub use fonts::{FontError, Fonts};
pub(super) use runs::Missing;

use krilla::text::{Font, GlyphId, KrillaGlyph};
pub(super) use rustybuzz::ttf_parser::OutlineBuilder;
use rustybuzz::{Direction, UnicodeBuffer, ttf_parser};
use unicode_script::UnicodeScript as _;

/// A line of text as glyphs; all measures are parts of the size of the font.
#[derive(Default)]
pub(super) struct Line<'a> {
    pieces: Vec<Piece<'a>>,
    pub(super) width: f32,
}

/// A part of a line in one font.
pub(super) struct Piece<'a> {
    typeface: &'a Typeface,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    pub(super) width: f32,
}

impl Piece<'_> {
    pub(super) fn font(&self) -> Font {
        self.typeface.font()
    }
}

impl<'a> Line<'a> {
    /// Lays a text out in the first of these fonts that have its letters.
    ///
    /// # Errors
    /// [`Missing`]: no font has a letter, or a font has no glyph for it where it stands.
    pub(super) fn new(text: &str, typefaces: &[&'a Typeface]) -> Result<Self, Missing> {
        let mut pieces = Vec::new();
        for run in runs::runs(text, typefaces)? {
            let part = text.get(run.text.clone()).unwrap_or_default();
            pieces.push(Piece::new(run.typeface, part, run.right_to_left, run.script)?);
        }
        let width = pieces.iter().map(|piece| piece.width).sum();
        Ok(Self { pieces, width })
    }

    pub(super) fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    /// The outline of the whole line, `size` large, from its left end on its base line.
    pub(super) fn outline(&self, size: f32, (mut x, y): (f32, f32), builder: &mut dyn OutlineBuilder) {
        for piece in &self.pieces {
            let Some(face) = piece.typeface.face() else { continue };
            let scale = size / face.units_per_em() as f32;
            for glyph in &piece.glyphs {
                let at = (x + glyph.x_offset * size, y - glyph.y_offset * size);
                let mut placed = Placed { builder, scale, at };
                let id = u16::try_from(glyph.glyph_id.to_u32()).unwrap_or_default();
                face.outline_glyph(ttf_parser::GlyphId(id), &mut placed);
                x += glyph.x_advance * size;
            }
        }
    }
}

/// The text in lines no wider than `room` (in parts of the size), broken between words where there are any.
///
/// # Errors
/// As for [`Line::new`].
pub(super) fn lines<'a>(text: &str, typefaces: &[&'a Typeface], room: f32) -> Result<Vec<Line<'a>>, Missing> {
    let mut lines: Vec<(String, Line<'a>)> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|(line, _)| format!("{line} {word}"));
        let longer = longer.map(|text| Line::new(&text, typefaces).map(|line| (text, line))).transpose()?;
        match (lines.last_mut(), longer) {
            (Some(last), Some(longer)) if longer.1.width <= room => *last = longer,
            _ => lines.push((word.to_owned(), Line::new(word, typefaces)?)),
        }
    }
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

impl<'a> Piece<'a> {
    fn new(
        typeface: &'a Typeface,
        text: &str,
        right_to_left: bool,
        script: unicode_script::Script,
    ) -> Result<Self, Missing> {
        let missing = || Missing { script: format!("the {} script", script.full_name().replace('_', " ")) };
        let face = typeface.face().ok_or_else(missing)?;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        if let Ok(tag) = script.short_name().parse()
            && !text.chars().all(|c| c.script() == unicode_script::Script::Common)
        {
            buffer.set_script(tag);
        }
        buffer.set_direction(if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(&face, &[], buffer);
        let em = face.units_per_em() as f32;
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            // A font may lack what a letter becomes where it stands: never an empty box.
            if info.glyph_id == 0 {
                return Err(missing());
            }
            let start = info.cluster as usize;
            let end = starts.iter().copied().find(|other| *other > start).unwrap_or(text.len());
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                position.x_advance as f32 / em,
                position.x_offset as f32 / em,
                position.y_offset as f32 / em,
                position.y_advance as f32 / em,
                start..end,
                None,
            ));
        }
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Ok(Self { typeface, text: text.to_owned(), glyphs, width })
    }
}

/// Outlines of a glyph where it stands: fonts count upwards, pages downwards.
struct Placed<'a> {
    builder: &'a mut dyn OutlineBuilder,
    scale: f32,
    at: (f32, f32),
}

impl Placed<'_> {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.at.0 + x * self.scale, self.at.1 - y * self.scale)
    }
}

impl OutlineBuilder for Placed<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        self.builder.curve_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Result<Vec<(String, usize)>, Missing> {
        let fonts = Fonts::bundled().unwrap();
        let line = Line::new(text, &fonts.names())?;
        Ok(line.pieces.iter().map(|piece| (piece.text.clone(), piece.glyphs.len())).collect())
    }

    #[test]
    fn right_to_left_parts_stand_where_they_are_read() {
        let texts = |text: &str| line(text).unwrap().into_iter().map(|(text, _)| text).collect::<Vec<_>>();
        assert_eq!(texts("Иван Smith"), ["Иван ", "Smith"]);
        // In a line that begins from the right, the first word is the last that is drawn.
        assert_eq!(texts("דוד Smith"), ["Smith", "דוד "]);
        assert_eq!(texts("Smith דוד"), ["Smith ", "דוד"]);
    }

    #[test]
    fn glyphs_are_those_that_letters_become_where_they_stand() {
        let glyphs = |text: &str| line(text).unwrap().iter().map(|(_, glyphs)| glyphs).sum::<usize>();
        assert_eq!(glyphs("ffi"), 1, "a ligature");
        assert_eq!(glyphs("e\u{301}"), glyphs("é"), "composed or not");
        let fonts = Fonts::bundled().unwrap();
        let ids = |text: &str| -> Vec<u32> {
            let line = Line::new(text, &fonts.names()).unwrap();
            line.pieces.iter().flat_map(|piece| piece.glyphs.iter().map(|glyph| glyph.glyph_id.to_u32())).collect()
        };
        // The letter at the beginning of a word is not the letter alone, and is drawn last.
        assert_ne!(ids("عع").last(), ids("ع").last());
        let clusters = line("श्रीमती").unwrap();
        assert!(clusters[0].1 < "श्रीमती".chars().count(), "conjuncts");
    }

    #[test]
    fn a_script_without_a_font_is_named_and_never_an_empty_box() {
        for (text, script) in
            [("王小明", "the Han script"), ("Sam 田中", "the Han script"), ("ひらがな", "the Hiragana script")]
        {
            assert_eq!(line(text).unwrap_err(), Missing { script: script.to_owned() }, "{text}");
        }
        assert_eq!(line("☃").unwrap_err(), Missing { script: "the character \\u{2603}".to_owned() });
        assert_eq!(line("").unwrap(), []);
        assert!(line("a\u{200d}b\u{202e}c").is_ok(), "what is never seen needs no glyph");
    }

    #[test]
    fn words_go_to_lines_that_fit() {
        let fonts = Fonts::bundled().unwrap();
        let count = |room: f32| lines("one two three four", &fonts.names(), room).unwrap().len();
        assert_eq!((count(100.0), count(0.1)), (1, 4));
        assert!(lines("one two three four", &fonts.names(), 5.0).unwrap().iter().all(|line| line.width <= 5.0));
    }
}
