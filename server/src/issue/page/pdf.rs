//! The file around the page: metadata, attachment, conformance.

use chrono::{Datelike as _, Timelike as _};
use krilla::{
    Document, SerializeSettings,
    configure::{Accessibility, Archival, ConfigurationBuilder},
    embed::{AssociationKind, EmbeddedFile, MimeType},
    metadata::{DateTime, Metadata},
    page::PageSettings,
};

use super::{Canvas, CertificatePage, HEIGHT, WIDTH};

impl CertificatePage<'_> {
    /// The PDF's bytes: PDF/A-3a, and PDF/UA-1 besides. The same content makes the same bytes.
    ///
    /// # Errors
    /// What the PDF library refused.
    pub(in crate::issue) fn write(&self) -> Result<Vec<u8>, String> {
        let conformance = ConfigurationBuilder::new()
            .with_archival_validator(Archival::A3_A)
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|error| format!("{error:?}"))?;
        let settings = SerializeSettings { configuration: conformance, ..SerializeSettings::default() };
        let mut document = Document::new_with(settings);
        let at = self.date();
        document.set_metadata(
            Metadata::new()
                .title(self.title())
                .description(format!("Certificate {}, with the signed credential attached", self.number))
                .authors(vec![self.issuer.to_owned()])
                .creator("Invigil".into())
                .language("en".into())
                .creation_date(at),
        );
        let attached = document.embed_file(EmbeddedFile {
            path: carrier::pdf::ATTACHMENT.to_owned(),
            mime_type: MimeType::new("application/vc"),
            description: Some("The signed credential that this page shows (W3C Verifiable Credential)".to_owned()),
            association_kind: AssociationKind::Data,
            data: self.signed.to_vec().into(),
            modification_date: Some(at),
            compress: None,
            location: None,
        });
        attached.ok_or("the credential is attached already")?;
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or("the page has no size")?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let drawn = self.draw(&mut Canvas { surface: &mut surface, fonts: self.fonts });
        surface.finish();
        page.finish();
        let (tree, outline) = drawn?;
        document.set_tag_tree(tree);
        document.set_outline(outline);
        document.finish().map_err(|error| format!("{error:?}"))
    }

    /// The date of the certificate: the same page is the same file, whenever it is asked for.
    fn date(&self) -> DateTime {
        let at = self.valid_from;
        let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        DateTime::new(u16::try_from(at.year()).unwrap_or_default())
            .month(part(at.month()))
            .day(part(at.day()))
            .hour(part(at.hour()))
            .minute(part(at.minute()))
            .second(part(at.second()))
            .utc_offset_hour(0)
            .utc_offset_minute(0)
    }
}
