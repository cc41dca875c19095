//! PDF.

use std::io::Write as _;

use carrier::{CarrierError, Kind, find};
use flate2::{Compression, write::ZlibEncoder};

use crate::CREDENTIAL;

/// A PDF written by hand.
pub(crate) struct Pdf {
    objects: Vec<Vec<u8>>,
}

impl Pdf {
    pub(crate) fn new(objects: &[&[u8]]) -> Self {
        Self { objects: objects.iter().map(|object| object.to_vec()).collect() }
    }

    /// One attachment, object 3, listed by the first name, and called by the second.
    fn attached(listed: &str, named: &str, stream: Vec<u8>) -> Self {
        Self::new(&[
            format!("<</Type/Catalog/Names<</EmbeddedFiles<</Names[({listed}) 2 0 R]>>>>/AF[2 0 R]>>").as_bytes(),
            format!("<</F({named})/UF({named})/EF<</F 3 0 R/UF 3 0 R>>>>").as_bytes(),
            &stream,
        ])
    }

    /// With a table of contents as of old, the trailer's end given.
    pub(crate) fn bytes(&self, trailer: &str) -> Vec<u8> {
        let (mut bytes, offsets) = self.body();
        let start = bytes.len();
        writeln!(bytes, "xref\n0 {}\n0000000000 65535 f ", offsets.len() + 1).unwrap();
        for offset in &offsets {
            writeln!(bytes, "{offset:010} 00000 n ").unwrap();
        }
        let size = offsets.len() + 1;
        writeln!(bytes, "trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF").unwrap();
        bytes
    }

    fn body(&self) -> (Vec<u8>, Vec<usize>) {
        let mut bytes = b"%PDF-1.7\n%\x80\x80\n".to_vec();
        let mut offsets = Vec::new();
        for (index, object) in self.objects.iter().enumerate() {
            offsets.push(bytes.len());
            writeln!(bytes, "{} 0 obj", index + 1).unwrap();
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        (bytes, offsets)
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn stream(entries: &str, bytes: &[u8]) -> Vec<u8> {
    [format!("<<{entries}/Length {}>>\nstream\n", bytes.len()).as_bytes(), bytes, b"\nendstream"].concat()
}

fn flate(bytes: &[u8]) -> Vec<u8> {
    stream("/Filter/FlateDecode", &packed(bytes))
}

fn fault(bytes: &[u8]) -> CarrierError {
    find(bytes).unwrap_err()
}

#[test]
fn an_attachment_is_found_as_a_reader_finds_it() {
    for content in [stream("", CREDENTIAL), flate(CREDENTIAL)] {
        let pdf = Pdf::attached("certificate.json", "certificate.json", content);
        let found = find(&pdf.bytes("")).unwrap();
        assert_eq!((found.kind, found.credential.as_slice()), (Kind::Pdf, CREDENTIAL));
        let about = found.pdf.unwrap();
        assert_eq!((about.attachment.as_str(), about.title, about.changed), ("certificate.json", None, false));
    }
}

#[test]
fn other_attachments_and_titles_do_no_harm() {
    let pdf = Pdf::new(&[
        b"<</Names 2 0 R>>",
        b"<</EmbeddedFiles<</Kids[3 0 R 4 0 R]>>>>",
        b"<</Names[(a.txt) 5 0 R]>>",
        b"<</Names[<FEFF0062> 6 0 R]>>",
        b"<</F(a.txt)/EF<</F 7 0 R>>>>",
        b"<</F(b)/EF<</F 8 0 R>>>>",
        &stream("/Filter/LZWDecode", b"whatever"),
        &stream("", CREDENTIAL),
        b"<</Title<FEFF00C9>>>",
    ]);
    let about = find(&pdf.bytes("/Info 9 0 R")).unwrap().pdf.unwrap();
    assert_eq!((about.attachment.as_str(), about.title.as_deref()), ("b", Some("É")));
}

/// What other programs write when they save a PDF: object streams, and a packed table of contents.
#[test]
fn packed_tables_of_contents_and_object_streams_are_read() {
    let catalogue = "<</Names<</EmbeddedFiles<</Names[(c) 2 0 R]>>>>>>";
    let specification = "<</F(c)/EF<</F 3 0 R>>>>";
    let head = format!("1 0 2 {} ", catalogue.len());
    let within = format!("{head}{catalogue}{specification}");
    let objects =
        stream(&format!("/Type/ObjStm/N 2/First {}/Filter/FlateDecode", head.len()), &packed(within.as_bytes()));
    let pdf = Pdf::new(&[b"null", b"null", &stream("", CREDENTIAL), &objects]);
    let (mut bytes, offsets) = pdf.body();
    let start = bytes.len();
    let mut rows = Vec::new();
    let entries = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (1, offsets[2], 0), (1, offsets[3], 0), (1, start, 0)];
    let mut above = [0u8; 4];
    for (kind, first, second) in entries {
        let row = [kind, u8::try_from(first / 256).unwrap(), u8::try_from(first % 256).unwrap(), second];
        // The predictor «up».
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above)));
        above = row;
    }
    let entries = "/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>";
    writeln!(bytes, "5 0 obj").unwrap();
    bytes.extend(stream(entries, &packed(&rows)));
    write!(bytes, "\nendobj\nstartxref\n{start}\n%%EOF").unwrap();
    assert_eq!(find(&bytes).unwrap().credential, CREDENTIAL);
}

#[test]
fn a_pdf_with_none_two_or_exchanged_certificates_is_refused() {
    assert_eq!(fault(&Pdf::new(&[b"<</Type/Catalog>>"]).bytes("")), CarrierError::None(Kind::Pdf));
    let text = Pdf::attached("a.txt", "a.txt", stream("", b"no certificate"));
    assert_eq!(fault(&text.bytes("")), CarrierError::None(Kind::Pdf));
    let two = Pdf::new(&[
        b"<</Names<</EmbeddedFiles<</Names[(certificate.json) 2 0 R(other.json) 3 0 R]>>>>>>",
        b"<</F(certificate.json)/EF<</F 4 0 R>>>>",
        b"<</F(other.json)/EF<</F 5 0 R>>>>",
        &stream("", CREDENTIAL),
        &flate(CREDENTIAL),
    ]);
    assert_eq!(fault(&two.bytes("")), CarrierError::Several(Kind::Pdf, 2));
    let exchanged = Pdf::attached("certificate.json", "other.json", stream("", CREDENTIAL));
    let named = CarrierError::AttachmentName { listed: "certificate.json".into(), named: "other.json".into() };
    assert_eq!(fault(&exchanged.bytes("")), named);
    let twofold = Pdf::new(&[
        b"<</Names<</EmbeddedFiles<</Names[(c) 2 0 R]>>>>>>",
        b"<</F(c)/EF<</F 3 0 R/UF 4 0 R>>>>",
        &stream("", CREDENTIAL),
        &stream("", CREDENTIAL),
    ]);
    assert!(fault(&twofold.bytes("")).to_string().contains("two contents"));
}

#[test]
fn bombs_ciphers_and_circles_are_called_so() {
    let bomb = Pdf::attached("certificate.json", "certificate.json", flate(&vec![b' '; 64 * 1024 * 1024]));
    assert_eq!(fault(&bomb.bytes("")), CarrierError::Bomb(Kind::Pdf));
    let good = Pdf::attached("certificate.json", "certificate.json", stream("", CREDENTIAL));
    assert_eq!(fault(&good.bytes("/Encrypt<</Filter/Standard>>")), CarrierError::Encrypted);
    let filter = Pdf::attached("certificate.json", "certificate.json", stream("/Filter/LZWDecode", CREDENTIAL));
    assert_eq!(fault(&filter.bytes("")).code(), "carrier_unsupported");
    let circle = Pdf::new(&[b"<</Names<</EmbeddedFiles 2 0 R>>>>", b"<</Kids[2 0 R]>>"]);
    assert!(fault(&circle.bytes("")).to_string().contains("circle"));
    assert!(fault(&Pdf::new(&[b"1 0 R"]).bytes("")).to_string().contains("circle"));
    let text = String::from_utf8_lossy(&good.bytes("")).into_owned();
    let start = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().to_owned();
    assert!(fault(&good.bytes(&format!("/Prev {start}"))).to_string().contains("circle"));
}

/// A few bytes can ask for work without end.
#[test]
fn what_would_keep_a_reader_busy_is_refused() {
    let pairs = "0 100000 ".repeat(100);
    let entries = format!("/Type/XRef/Size 1/W[0 0 0]/Index[{pairs}]/Root 1 0 R");
    let mut bytes = b"%PDF-1.7\n1 0 obj\n".to_vec();
    bytes.extend(stream(&entries, b""));
    bytes.extend_from_slice(b"\nendobj\nstartxref\n9\n%%EOF");
    assert!(fault(&bytes).to_string().contains("too many objects"));
    let long = format!("<</A({})>>", "x".repeat(300 * 1024));
    assert_eq!(fault(&Pdf::new(&[long.as_bytes()]).bytes("")).code(), "carrier_damaged");
    let names = "(x) 2 0 R".repeat(100);
    let many = format!("<</Names<</EmbeddedFiles<</Names[{names}]>>>>>>");
    let pdf = Pdf::new(&[many.as_bytes(), b"<</F(x)/EF<</F 3 0 R>>>>", &stream("", b"")]);
    assert!(fault(&pdf.bytes("")).to_string().contains("too many attachments"));
}

#[test]
fn a_pdf_that_is_cut_off_or_shifted_is_refused_and_one_that_was_added_to_is_known() {
    let whole = Pdf::attached("certificate.json", "certificate.json", stream("", CREDENTIAL)).bytes("");
    assert_eq!(fault(&whole[..whole.len() / 2]).code(), "carrier_truncated");
    assert_eq!(fault(&[b"%PDF-1.7 ", whole.as_slice()].concat()).code(), "carrier_damaged");
    let text = String::from_utf8_lossy(&whole).into_owned();
    let start = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap();
    let at = whole.len();
    let more = format!("xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev {start}>>\nstartxref\n{at}\n%%EOF\n");
    let found = find(&[whole.as_slice(), more.as_bytes()].concat()).unwrap();
    assert!(found.pdf.unwrap().changed);
}
