//! Bytes of every kind: nothing panics, and nothing grows faster than the file.

use interchange::{Import, gift, moodle};
use proptest::prelude::*;

use crate::gift_vectors::pairs;

/// What is given back is small beside the file: no more than some bytes for each of its own.
fn bounded(import: &Import, file: usize) {
    let written = serde_json::to_vec(import).unwrap().len();
    assert!(written <= 400 * (file + 10), "{written} bytes from {file}");
}

#[test]
fn a_long_file_of_any_sign_of_gift_is_read_within_bounds() {
    let signs = [
        "{",
        "}",
        "=",
        "~",
        "#",
        "::",
        "\\",
        "\n",
        "\r ",
        "\n//x",
        "//[id:",
        "//[tag:x]",
        "[html]",
        "=%5",
        "=a ",
        "->",
        "a {#1",
        "{=a ~b}",
        "$CATEGORY: a/\n",
        "a {=1 ~2}\n\n",
    ];
    for sign in signs {
        let many = sign.repeat((1 << 16) / sign.len());
        for file in [format!("x {{{many}}}"), many] {
            bounded(&gift::read(file.as_bytes()), file.len());
        }
    }
}

#[test]
fn a_long_text_of_any_sign_is_read_within_bounds() {
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "description",
            "html",
            &[
                "<b>",
                "<ul>",
                "<li>",
                "<table>",
                "<td>",
                "<p><b>",
                "</b>",
                "&amp;",
                "<!--",
                "<script>",
                "<a ",
                "$$",
                "\\(",
                "\u{fdd0}",
                "a<br>",
                "<img src='data:;base64,'>",
            ],
        ),
        (
            "description",
            "markdown",
            &["`", "*a ", "_", "**a*", "[", "![", "](", "> ", "- ", "1. ", "|", "<b>", "&", "\\", "a\n\n"],
        ),
        ("multianswer", "html", &["{", "{1:SA:", "{1:ZZ:", "{1:SA:=a}", "{1:MC:=a~b}", "~", "{1:", "{ "]),
        ("ddwtos", "moodle_auto_format", &["[[1]]", "[[", "[[2", "[[9]]", "\n"]),
    ];
    let words = "<dragbox><text>a</text></dragbox><dragbox><text>b</text><infinite/></dragbox>";
    for (kind, format, signs) in cases {
        for sign in signs {
            let many = sign.repeat((32 << 10) / sign.len());
            let text = format!("<questiontext format=\"{format}\"><text><![CDATA[{many}}}]]></text></questiontext>");
            let file = crate::quiz(&format!("<question type=\"{kind}\">{text}{words}</question>"));
            bounded(&moodle::read(file.as_bytes()), file.len());
        }
    }
}

#[test]
fn a_long_file_of_any_sign_of_xml_is_read_within_bounds() {
    for sign in ["<", "<a>", "<question>", "<question/>", "&", "&#1;", "<!--", "<![CDATA[", "a='1' ", "<?", "]]>"] {
        let many = sign.repeat((1 << 16) / sign.len());
        for file in
            [format!("<quiz>{many}"), format!("<quiz><question><name>{many}"), format!("<quiz><question {many}")]
        {
            bounded(&moodle::read(file.as_bytes()), file.len());
        }
    }
}

/// Cuts, doublings and foreign bytes at some places of a file.
fn mutated(mut bytes: Vec<u8>, changes: &[(usize, u8, u8)]) -> Vec<u8> {
    for (place, kind, byte) in changes {
        let at = place % (bytes.len() + 1);
        match kind % 4 {
            0 => bytes.insert(at, *byte),
            1 => bytes.truncate(at.max(1)),
            2 => {
                let end = (at + usize::from(*byte)).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + usize::from(*byte)).min(bytes.len());
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
        }
    }
    bytes
}

fn changes() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    let signs = prop::sample::select(b"{}=~#:\\\n%<>&[]'\"/\xff\0-a1 ".to_vec());
    prop::collection::vec((any::<usize>(), any::<u8>(), signs), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn arbitrary_bytes_are_read_as_something(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        bounded(&gift::read(&bytes), bytes.len());
        bounded(&moodle::read(&bytes), bytes.len());
    }

    #[test]
    fn arbitrary_signs_are_read_as_something(
        text in r"([{}=~#:%<>&\[\]!\*_`|/\\\n -]|[a-zA-Z0-9é\u{fdd0}\u{fdd1}]|\{1:(SA|MC|NM|MRS):|####|->|<(b|p|ul|li|td|table|pre|script)>|\]\]>){0,120}"
    ) {
        bounded(&gift::read(text.as_bytes()), text.len());
        for format in ["html", "markdown"] {
            let file = crate::quiz(&format!(
                "<question type=\"multianswer\"><questiontext format=\"{format}\"><text><![CDATA[{text}]]></text></questiontext></question>"
            ));
            bounded(&moodle::read(file.as_bytes()), file.len());
        }
    }

    #[test]
    fn a_changed_moodle_file_is_read_as_something(changes in changes()) {
        let file = mutated(include_bytes!("files/kinds.xml").to_vec(), &changes);
        bounded(&moodle::read(&file), file.len());
    }

    #[test]
    fn a_changed_gift_file_is_read_as_something(which in any::<prop::sample::Index>(), changes in changes()) {
        if let Some(pairs) = pairs() {
            let file = mutated(which.get(&pairs).1.clone().into_bytes(), &changes);
            bounded(&gift::read(&file), file.len());
        }
    }
}
