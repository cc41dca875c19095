//! No bytes make a reader panic, and what is carried comes out as it went in.

use carrier::{find, png, qr, svg};
use proptest::prelude::*;

use crate::{
    CREDENTIAL,
    pdf::Pdf,
    pictures::{PNG, SVG},
};

fn pdf() -> Vec<u8> {
    let stream =
        format!("<</Length {}>>\nstream\n{}\nendstream", CREDENTIAL.len(), String::from_utf8_lossy(CREDENTIAL));
    Pdf::new(&[
        b"<</Names<</EmbeddedFiles<</Names[(c) 2 0 R]>>>>>>",
        b"<</F(c)/EF<</F 3 0 R>>>>",
        stream.as_bytes(),
        b"<</Title(A title)>>",
    ])
    .bytes("/Info 4 0 R")
}

proptest! {
    #[test]
    fn any_credential_comes_out_of_every_carrier(words in "\\PC{0,200}", digits in any::<u64>()) {
        let credential = serde_json::json!({"@context": words, "digits": digits.to_string()}).to_string();
        let baked = png::bake(PNG, credential.as_bytes()).unwrap();
        prop_assert_eq!(find(&baked).unwrap().credential, credential.as_bytes());
        let baked = svg::bake(SVG, &credential).unwrap();
        prop_assert_eq!(find(baked.as_bytes()).unwrap().credential, credential.as_bytes());
        let (address, encoded) = qr::parts("https://x.example/verify", credential.as_bytes()).unwrap();
        prop_assert_eq!(find(format!("{address}{encoded}").as_bytes()).unwrap().credential, credential.as_bytes());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0usize..5) {
        let start: &[u8] = [b"".as_slice(), b"%PDF-1.7\n", &png::SIGNATURE, b"<svg>", b"https://x/#c="][start];
        let _ = find(&[start, &bytes].concat());
    }

    #[test]
    fn no_change_of_a_good_file_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        for mut file in [pdf(), png::bake(PNG, CREDENTIAL).unwrap(), svg::bake(SVG, "{}").unwrap().into_bytes()] {
            let index = at.index(file.len());
            file[index] = byte;
            let _ = find(&file);
            file.truncate(cut.index(file.len()));
            let _ = find(&file);
        }
    }
}
