//! The certificate as a page to print and to keep: PDF/A-3 (ISO 19005-3), conformance level A, with the signed credential
//! attached. Generous white, one accent, the name large, the facts in a quiet table, one QR code.

mod canvas;
mod pdf;

use chrono::{DateTime, Utc};
use krilla::{
    destination::XyzDestination,
    geom::Point,
    outline::{Outline, OutlineNode},
    tagging::{Tag, TagGroup, TagTree},
};
use std::num::NonZeroU16;

use super::{
    Mark,
    qr::Modules,
    text::{self, Fonts, Line},
};
use canvas::{Canvas, Rgb, Style, Voice, explained};

/// A4 across, in points.
const WIDTH: f32 = 842.0;
const HEIGHT: f32 = 595.0;
const MARGIN: f32 = 72.0;
const ROOM: f32 = WIDTH - 2.0 * MARGIN;
const CODE: f32 = 158.0;
/// The top of the code and of the table beside it.
const LOWER: f32 = 356.0;
const MARK_SIZE: (f32, f32) = (170.0, 50.0);

const INK: Rgb = [26, 28, 33];
const QUIET: Rgb = [90, 94, 104];
const WARNING: Rgb = [154, 52, 18];

/// What stands on the page.
pub(super) struct CertificatePage<'a> {
    pub(super) fonts: &'a Fonts,
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
    /// The signed credential, byte by byte.
    pub(super) signed: &'a [u8],
}

impl CertificatePage<'_> {
    /// The title of the document. A verifier compares its last word with the number of the attachment.
    fn title(&self) -> String {
        format!("{} – {} – {}", self.credential, self.holder, self.number)
    }

    fn draw(&self, canvas: &mut Canvas<'_, '_>) -> Result<(TagTree, Outline), String> {
        let mut tree = TagTree::new().with_lang(Some("en".into()));
        let style = |voice, size, color| Style { voice, size, color };
        let quiet = style(Voice::Word, 13.0, QUIET);
        canvas.frame(self.accent, 22.0, (WIDTH, HEIGHT), 0.8);
        canvas.rectangle(self.accent, 22.0, 22.0, 9.0, HEIGHT - 44.0);

        let issuer = canvas.text(self.issuer, style(Voice::Word, 13.0, self.accent), (MARGIN, 78.0));
        tree.push(paragraph(issuer));
        if let Some(mark) = self.mark {
            let id = canvas.picture(mark, WIDTH - MARGIN + 18.0, 50.0, MARK_SIZE)?;
            let mut figure = TagGroup::new(Tag::Figure(Some(format!("The mark of {}", self.issuer))));
            figure.push(id);
            tree.push(figure);
        }
        tree.push(paragraph(canvas.text("This certifies that", quiet, (MARGIN, 142.0))));
        let mut y = self.name(canvas, &mut tree, 190.0);
        let held = "has passed the examination and holds the certification";
        tree.push(paragraph(canvas.text(held, quiet, (MARGIN, y))));
        y += 36.0;
        let mut title = TagGroup::new(heading(2, self.credential));
        let bold = style(Voice::Name, 22.0, self.accent);
        let faces = canvas.faces(Voice::Name);
        let lines = text::lines(self.credential, &faces, ROOM / bold.size);
        for line in lines.unwrap_or_else(|_| vec![canvas.laid(self.credential, Voice::Name)]) {
            title.push(canvas.line(&line, bold, (MARGIN, y), "en"));
            y += 27.0;
        }
        tree.push(title);
        self.facts(canvas, &mut tree);
        self.code(canvas, &mut tree)?;
        if self.demonstration {
            let text = "Demonstration: this certificate was issued to try the software out. It certifies nothing.";
            let warning = style(Voice::Word, 11.0, WARNING);
            tree.push(paragraph(canvas.text(text, warning, (MARGIN, HEIGHT - 42.0))));
        }
        let mut outline = Outline::new();
        outline.push_child(OutlineNode::new(self.title(), XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
        Ok((tree, outline))
    }

    /// The name, as large as it fits; or why it cannot be shown. Gives the base line of what follows.
    fn name(&self, canvas: &mut Canvas<'_, '_>, tree: &mut TagTree, mut y: f32) -> f32 {
        let faces = canvas.faces(Voice::Name);
        let mut group = TagGroup::new(heading(1, self.holder));
        let fits = |lines: &[Line<'_>], size: f32| lines.iter().all(|line| line.width * size <= ROOM);
        let size = [40.0, 34.0, 29.0, 25.0]
            .into_iter()
            .find(|&size| Line::new(self.holder, &faces).is_ok_and(|line| fits(&[line], size)));
        let size = size.unwrap_or(21.0);
        let mut base = y;
        match text::lines(self.holder, &faces, ROOM / size) {
            Ok(lines) => {
                for line in lines.iter().take(3) {
                    // One word may be wider than the page.
                    let size = size.min(ROOM / line.width.max(f32::EPSILON));
                    let style = Style { voice: Voice::Name, size, color: INK };
                    group.push(canvas.line(line, style, (MARGIN, y), "und"));
                    base = y;
                    y += size * 1.25;
                }
            }
            Err(missing) => {
                let notes = [
                    format!("(the name cannot be shown on this page: {})", explained(&missing)),
                    "It stands in the attached file certificate.json, letter by letter.".to_owned(),
                ];
                for note in notes {
                    let style = Style { voice: Voice::Word, size: 15.0, color: WARNING };
                    group.push(canvas.text(&note, style, (MARGIN, y)));
                    base = y;
                    y += 22.0;
                }
            }
        }
        tree.push(group);
        canvas.rectangle(self.accent, MARGIN, base + 23.0, 46.0, 1.4);
        base + 57.0
    }

    fn facts(&self, canvas: &mut Canvas<'_, '_>, tree: &mut TagTree) {
        let day = |at: DateTime<Utc>| at.format("%-d %B %Y").to_string();
        let facts = [
            ("Certificate number", self.number.to_owned()),
            ("Valid from", day(self.valid_from)),
            ("Valid until", self.valid_until.map(day).unwrap_or_default()),
            ("Continuing development", self.cpd.to_owned()),
        ];
        let mut table = TagGroup::new(Tag::Table);
        let mut y = LOWER + 14.0;
        for (label, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
            let quiet = Style { voice: Voice::Word, size: 11.0, color: QUIET };
            let mut head = TagGroup::new(Tag::TH(krilla::tagging::TableHeaderScope::Row));
            head.push(canvas.text(label, quiet, (MARGIN, y)));
            let mut cell = TagGroup::new(Tag::TD);
            cell.push(canvas.text(&value, Style { color: INK, ..quiet }, (MARGIN + 152.0, y)));
            let mut row = TagGroup::new(Tag::TR);
            row.push(head);
            row.push(cell);
            table.push(row);
            y += 25.0;
        }
        tree.push(table);
        let small = Style { voice: Voice::Word, size: 9.5, color: QUIET };
        let mut y = LOWER + CODE - 19.0;
        for line in [
            "The code holds the whole signed certificate; so does this file, as its attachment certificate.json."
                .to_owned(),
            format!("Verify either of them, or last name and number, at {}", self.verify_at),
        ] {
            tree.push(paragraph(canvas.text(&line, small, (MARGIN, y))));
            y += 14.0;
        }
    }

    fn code(&self, canvas: &mut Canvas<'_, '_>, tree: &mut TagTree) -> Result<(), String> {
        let parts = carrier::qr::parts(self.verify_at, self.signed).map_err(|error| error.to_string())?;
        let whole = Modules::of_credential(&parts);
        let looked_up = format!("{}#number={}", self.verify_at, self.number);
        let alternative = match &whole {
            Some(_) => "QR code: opens the verification page with this certificate, signed, in the address".to_owned(),
            None => format!("QR code: {looked_up}"),
        };
        let code = whole.map_or_else(|| Modules::of_text(&looked_up).map_err(|error| error.to_string()), Ok)?;
        let mut figure = TagGroup::new(Tag::Figure(Some(alternative)));
        figure.push(canvas.code(&code, WIDTH - MARGIN - CODE, LOWER, CODE));
        tree.push(figure);
        Ok(())
    }
}

fn paragraph(content: krilla::tagging::Identifier) -> TagGroup {
    let mut group = TagGroup::new(Tag::P);
    group.push(content);
    group
}

fn heading(level: u16, title: &str) -> Tag<krilla::tagging::kind::Hn> {
    Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(title.to_owned()))
}
