//! PNG and SVG.

use carrier::{CarrierError, Kind, find, png, svg};

use crate::CREDENTIAL;

/// A picture of four by two pixels.
pub(crate) const PNG: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x04\x00\x00\x00\x02\x08\x02\
    \x00\x00\x00\xf0\xca\xea\x34\x00\x00\x00\x10\x49\x44\x41\x54\x78\xda\x63\x90\xf7\x8b\x87\x23\x06\x64\x0e\
    \x00\x50\xfa\x06\x61\xa2\xd9\x50\x27\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";
pub(crate) const SVG: &str =
    r#"<?xml version="1.0"?><!-- a > b --><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>"#;

fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length, kind, data, &crc.sum().to_be_bytes()].concat()
}

/// The picture with these chunks before its end.
fn with(chunks: &[Vec<u8>]) -> Vec<u8> {
    let end = PNG.len() - 12;
    [&PNG[..end], &chunks.concat(), &PNG[end..]].concat()
}

#[test]
fn what_is_baked_into_a_png_comes_out_again_and_the_picture_stays() {
    let baked = png::bake(PNG, CREDENTIAL).unwrap();
    let found = find(&baked).unwrap();
    assert_eq!((found.kind, found.credential.as_slice()), (Kind::Png, CREDENTIAL));
    let other = png::bake(&baked, b"{\"@context\": 1}").unwrap();
    assert_eq!(find(&other).unwrap().credential, b"{\"@context\": 1}");
    let text = b"openbadgecredential\0\0\0\0\0";
    assert!(baked.windows(text.len()).any(|window| window == text), "not compressed, no language");
}

#[test]
fn a_png_with_none_two_or_hidden_certificates_is_refused() {
    let baked = |text: &[u8]| [b"openbadgecredential\0\0\0\0\0", text].concat();
    assert_eq!(find(PNG).unwrap_err(), CarrierError::None(Kind::Png));
    let two = with(&[chunk(b"iTXt", &baked(CREDENTIAL)), chunk(b"iTXt", &baked(CREDENTIAL))]);
    assert_eq!(find(&two).unwrap_err(), CarrierError::Several(Kind::Png, 2));
    let packed = with(&[chunk(b"iTXt", b"openbadgecredential\0\x01\0\0\0xxxx")]);
    assert_eq!(find(&packed).unwrap_err().code(), "carrier_unsupported");
    let other = with(&[chunk(b"tEXt", &[b"openbadgecredential\0", CREDENTIAL].concat())]);
    assert_eq!(find(&other).unwrap_err().code(), "carrier_unsupported");
    let long = with(&[chunk(b"iTXt", &baked(&vec![b' '; carrier::MAX_CREDENTIAL + 1]))]);
    assert_eq!(find(&long).unwrap_err(), CarrierError::Bomb(Kind::Png));
    let mut changed = with(&[chunk(b"iTXt", &baked(CREDENTIAL))]);
    let at = changed.windows(7).position(|window| window == b"context").unwrap();
    changed[at] = b'k';
    assert_eq!(find(&changed).unwrap_err().code(), "carrier_damaged");
    // What stands behind the end is no part of the picture.
    let behind = [PNG, &chunk(b"iTXt", &baked(CREDENTIAL))].concat();
    assert_eq!(find(&behind).unwrap_err(), CarrierError::None(Kind::Png));
}

#[test]
fn a_png_that_is_cut_off_anywhere_is_refused() {
    let baked = png::bake(PNG, CREDENTIAL).unwrap();
    for length in 8..baked.len() {
        assert_eq!(find(&baked[..length]).unwrap_err().code(), "carrier_truncated", "{length}");
    }
}

#[test]
fn what_is_baked_into_an_svg_comes_out_again() {
    let credential = std::str::from_utf8(CREDENTIAL).unwrap();
    let baked = svg::bake(SVG, credential).unwrap();
    let found = find(baked.as_bytes()).unwrap();
    assert_eq!((found.kind, found.credential.as_slice()), (Kind::Svg, CREDENTIAL));
    assert_eq!(svg::bake(&baked, credential).unwrap_err(), CarrierError::Several(Kind::Svg, 2));
    let attribute = r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0"><o:credential verify="a.b.c"/></svg>"#;
    assert_eq!(find(attribute.as_bytes()).unwrap().credential, b"a.b.c");
}

#[test]
fn an_svg_with_none_two_or_hidden_certificates_is_refused() {
    let svg = |content: &str| {
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="https://purl.imsglobal.org/ob/v3p0">{content}</svg>"#
        )
    };
    let code = |text: &str| find(text.as_bytes()).unwrap_err().code();
    let one = "<o:credential>{}</o:credential>";
    assert_eq!(find(SVG.as_bytes()).unwrap_err(), CarrierError::None(Kind::Svg));
    assert_eq!(find(svg(&one.repeat(2)).as_bytes()).unwrap_err(), CarrierError::Several(Kind::Svg, 2));
    assert_eq!(code(&svg(&format!("<!-- {one} -->"))), "carrier_empty");
    assert_eq!(code(&svg(&format!("<![CDATA[{one}]]>"))), "carrier_empty");
    assert_eq!(code(&svg(&format!("<g>{one}</g>"))), "carrier_damaged");
    assert_eq!(code(&svg("<o:credential><g/></o:credential>")), "carrier_damaged");
    assert_eq!(code(&svg("<o:credential>&unknown;</o:credential>")), "carrier_damaged");
    // Another namespace under the same prefix is another element.
    assert_eq!(code(&svg(one).replace("/ob/v3p0", "/ob/v9")), "carrier_empty");
    assert_eq!(code(&format!("<!DOCTYPE svg [<!ENTITY a \"b\">]>{}", svg(one))), "carrier_unsupported");
    assert_eq!(code("<html><body/></html>"), "carrier_damaged");
    assert_eq!(code("<svg xmlns=\"http://www.w3.org/2000/svg\"><g>"), "carrier_truncated");
    assert_eq!(code(&svg(&"<g>".repeat(300))), "carrier_damaged");
    assert_eq!(code(&svg("<o:credential verify=\"a\" verify=\"b\"/>")), "carrier_several");
    let names: String = (0..1_000).map(|name| format!(" xmlns:n{name}=\"n\"")).collect();
    assert!(find(svg(&format!("<g{names}/>")).as_bytes()).unwrap_err().to_string().contains("too many namespaces"));
    let long = format!("<o:credential>{}</o:credential>", "x".repeat(carrier::MAX_CREDENTIAL + 1));
    assert_eq!(find(svg(&long).as_bytes()).unwrap_err(), CarrierError::Bomb(Kind::Svg));
}

#[test]
fn a_photograph_is_called_one() {
    assert_eq!(find(b"\xff\xd8\xff\xe0").unwrap_err(), CarrierError::Jpeg);
    assert_eq!(find(&vec![0; carrier::MAX_BYTES + 1]).unwrap_err(), CarrierError::TooLong(carrier::MAX_BYTES + 1));
    assert_eq!(find(b"{}").unwrap().kind, Kind::Itself);
}
