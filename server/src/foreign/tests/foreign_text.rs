//! Texts come in as they are, or it is said what is not kept of them.

use interchange::{Block, Content, Inline};
use item::{Block as Rich, Inline as RichInline, RichText};
use question_bank::bank::rich_text;

use super::{
    super::{
        Files, Notes,
        check::finish,
        markdown::Writer,
        text::{self, Text},
    },
    example_items::every_kind,
    random_content::Chance,
};

fn written(content: &Content) -> (Text, Result<Vec<String>, Vec<String>>) {
    let mut notes = Notes::default();
    let text = Writer { notes: &mut notes, image: &|_| Err("no image".into()) }.text(content);
    (text, notes.into_losses())
}

fn plain(text: &str) -> Inline {
    Inline::Text { text: text.into() }
}

fn em(content: Vec<Inline>) -> Inline {
    Inline::Emphasis { content }
}

fn strong(content: Vec<Inline>) -> Inline {
    Inline::Strong { content }
}

fn paragraph(content: Vec<Inline>) -> Content {
    Content(vec![Block::Paragraph { content }])
}

/// What a text is once it is written and read, and what was said of it.
fn line(content: Vec<Inline>) -> (String, Vec<String>) {
    let (text, losses) = written(&paragraph(content));
    assert_eq!(text::of_rich(&rich_text(&text.source).unwrap()), text.words, "{}", text.source);
    (text.source, losses.unwrap())
}

#[test]
fn emphasis_that_commonmark_would_not_see_is_moved_or_told() {
    let lost = |content| {
        let (source, losses) = line(content);
        (source, losses.len())
    };
    let code = |text: &str| Inline::Code { text: text.into() };
    assert_eq!(lost(vec![strong(vec![plain("Note:")]), plain("text")]), ("**Note**:text".into(), 1));
    assert_eq!(
        lost(vec![plain("これは"), strong(vec![plain("「重要」")]), plain("です")]),
        ("これは「**重要**」です".into(), 1)
    );
    assert_eq!(lost(vec![plain("中"), em(vec![plain("文")]), plain("中")]), ("中*文*中".into(), 0));
    assert_eq!(lost(vec![em(vec![plain("a")]), em(vec![plain("b")])]), ("*ab*".into(), 0));
    assert_eq!(lost(vec![plain("a"), em(vec![plain("\u{a0}b")])]), ("a\u{a0}*b*".into(), 0));
    assert_eq!(lost(vec![strong(vec![em(vec![plain("a")])])]), ("***a***".into(), 0));
    assert_eq!(lost(vec![code("a"), code("b")]), ("`ab`".into(), 0));
    assert_eq!(lost(vec![code("`"), plain(" x")]), ("`` ` `` x".into(), 0));
    assert_eq!(lost(vec![plain("a"), Inline::Break, plain("b")]), ("a\n\nb".into(), 1));
}

#[test]
fn lists_in_a_row_stay_apart_and_bars_stay_in_their_cells() {
    let list = |ordered, text: &str| Block::List { ordered, items: vec![paragraph(vec![plain(text)])] };
    let blocks = vec![list(true, "a"), list(true, "b"), list(true, "c"), list(false, "d"), list(false, "e")];
    let (text, losses) = written(&Content(blocks));
    assert_eq!(text.source, "1. a\n\n1) b\n\n1. c\n\n- d\n\n* e");
    assert_eq!((rich_text(&text.source).unwrap().0.len(), losses), (5, Ok(Vec::new())));

    let code = paragraph(vec![Inline::Code { text: "a | b".into() }]);
    let cells = [code, paragraph(vec![plain("c | d")])].map(|content| interchange::Cell { header: true, content });
    let (text, losses) = written(&Content(vec![Block::Table { caption: Vec::new(), rows: vec![cells.into()] }]));
    let Some(RichText(blocks)) = rich_text(&text.source) else { panic!("{}", text.source) };
    let [Rich::Table { head, .. }] = blocks.as_slice() else { panic!("{blocks:?}") };
    assert_eq!(head[0], [RichInline::Code { text: "a | b".into() }]);
    assert_eq!(head[1], [RichInline::Text { text: "c | d".into() }]);
    assert_eq!(losses, Ok(Vec::new()));
}

#[test]
fn a_text_that_would_read_otherwise_is_refused_wherever_it_stands() {
    let said = |source: &str, words: &str| Text { source: source.to_owned(), words: words.to_owned() };
    for (change, where_it_is) in [(0, "question"), (1, "text of option b")] {
        let mut draft = every_kind().into_iter().find(|draft| draft.kind == "single_choice").unwrap();
        draft.stem = said("Is it *so*?", "Is it so?");
        for (option, words) in draft.option.iter_mut().zip(["a", "b", "c"]) {
            option.text.words = words.to_owned();
        }
        assert!(finish(&draft, Files::new(), Notes::default()).is_ok());
        // One sign more than is read.
        let text = if change == 0 { &mut draft.stem } else { &mut draft.option[1].text };
        text.words.push('!');
        let faults = finish(&draft, Files::new(), Notes::default()).unwrap_err();
        assert_eq!(faults, [format!("the {where_it_is} would read otherwise in an item file")]);
    }
}

#[test]
fn any_text_is_read_with_its_words_and_without_a_loss_with_its_structure() {
    let mut kept = 0;
    for seed in 0..3_000 {
        let content = Chance::new(seed).content();
        let (text, losses) = written(&content);
        let read = rich_text(&text.source).unwrap_or_else(|| panic!("{seed}: {}", text.source));
        assert_eq!(text::of_rich(&read), text.words, "{seed}: {}", text.source);
        if losses == Ok(Vec::new()) {
            assert_eq!(outline(&read), outline_of(&content), "{seed}: {}", text.source);
            kept += 1;
        }
    }
    assert!(kept > 500, "{kept}");
}

/// Blocks by their kinds with how many entries or cells they have, and the marked words of each.
fn outline(text: &RichText) -> Vec<String> {
    let blocks = text.0.iter().map(|block| match block {
        Rich::Paragraph { content } => format!("paragraph {}", marks(content)),
        Rich::Code { text } => format!("code {text}"),
        Rich::List { ordered, items } => {
            format!("list {ordered} {:?}", items.iter().map(|entry| marks(entry)).collect::<Vec<_>>())
        }
        Rich::Table { head, rows } => {
            let cells = std::iter::once(head).chain(rows).flatten();
            format!("table {} {:?}", head.len(), cells.map(|cell| marks(cell)).collect::<Vec<_>>())
        }
        Rich::Image(_) => "image".into(),
    });
    blocks.collect()
}

fn outline_of(content: &Content) -> Vec<String> {
    let of_line = |content: &Content| match content.0.as_slice() {
        [Block::Paragraph { content }] => foreign_marks(content),
        other => panic!("{other:?}"),
    };
    let blocks = content.0.iter().filter_map(|block| match block {
        Block::Paragraph { content } if text::of_content(&paragraph(content.clone())).is_empty() => None,
        Block::Paragraph { content } => Some(format!("paragraph {}", foreign_marks(content))),
        Block::Code { text } => Some(format!("code {text}")),
        Block::List { ordered, items } => {
            Some(format!("list {ordered} {:?}", items.iter().map(of_line).collect::<Vec<_>>()))
        }
        Block::Table { rows, .. } => {
            let cells = rows.iter().flatten().map(|cell| of_line(&cell.content));
            Some(format!("table {} {:?}", rows[0].len(), cells.collect::<Vec<_>>()))
        }
    });
    blocks.collect()
}

/// Each visible sign with how it is marked: `e` emphasised, `s` strong, `c` code.
fn marks(content: &[RichInline]) -> String {
    let mut signs = String::new();
    add(content, [false; 2], &mut signs);
    signs
}

fn add(content: &[RichInline], marked: [bool; 2], into: &mut String) {
    for inline in content {
        match inline {
            RichInline::Text { text } => sign(text, marked, false, into),
            RichInline::Code { text } => sign(text, marked, true, into),
            RichInline::Emphasis { content } => add(content, [true, marked[1]], into),
            RichInline::Strong { content } => add(content, [marked[0], true], into),
            RichInline::Gap { .. } => {}
        }
    }
}

fn foreign_marks(content: &[Inline]) -> String {
    let mut signs = String::new();
    add_foreign(content, [false; 2], &mut signs);
    signs
}

fn add_foreign(content: &[Inline], marked: [bool; 2], into: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } => sign(text, marked, false, into),
            Inline::Code { text } => sign(text, marked, true, into),
            Inline::Emphasis { content } => add_foreign(content, [true, marked[1]], into),
            Inline::Strong { content } => add_foreign(content, [marked[0], true], into),
            other => panic!("{other:?}"),
        }
    }
}

fn sign(text: &str, [em, strong]: [bool; 2], code: bool, into: &mut String) {
    for sign in text.chars().filter(|sign| !sign.is_whitespace()) {
        let marks = [(em, 'e'), (strong, 's'), (code, 'c')];
        into.push(sign);
        into.extend(marks.iter().filter(|(is, _)| *is).map(|(_, mark)| mark));
    }
}
