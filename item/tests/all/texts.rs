//! Rich text without its structure, its gaps, and the versions of forms.

use item::{Block, Choice, Direction, Form, FormItem, Image, Inline, Interaction, ItemId, Media, RichText, Shape};

fn text(text: &str) -> Inline {
    Inline::Text { text: text.into() }
}

fn gap(id: &str) -> Inline {
    Inline::Gap { id: id.into() }
}

fn sample() -> RichText {
    RichText(vec![
        Block::Paragraph { content: vec![text("Read "), Inline::Strong { content: vec![text("this"), gap("x")] }] },
        Block::List { ordered: false, items: vec![vec![Inline::Code { text: "a()".into() }, gap("y")]] },
        Block::Table {
            head: vec![vec![text("A")], vec![text("B")]],
            rows: vec![vec![vec![gap("z")], vec![text("1")]]],
        },
        Block::Image(Image { media: Media::Png, data: "AAAA".into(), alt: "A plan".into() }),
    ])
}

#[test]
fn plain_text_keeps_words_and_drops_structure() {
    assert_eq!(sample().plain(), "Read this___\na()___\nA B\n___ 1\nA plan");
}

#[test]
fn gaps_are_found_and_renamed_in_reading_order_wherever_they_stand() {
    assert_eq!(sample().gaps(), ["x", "y", "z"]);
    let renamed = sample().with_gaps_renamed(&|id| format!("g-{id}"));
    assert_eq!(renamed.gaps(), ["g-x", "g-y", "g-z"]);
}

#[test]
fn the_new_blocks_are_spelt_like_the_old_ones() {
    let spelt = serde_json::to_value(sample()).unwrap();
    assert_eq!(spelt[3], serde_json::json!({"type": "image", "media": "image/png", "data": "AAAA", "alt": "A plan"}));
    assert_eq!(spelt[0]["content"][1]["content"][1], serde_json::json!({"type": "gap", "id": "x"}));
    assert_eq!(serde_json::from_value::<RichText>(spelt).unwrap(), sample());
}

#[test]
fn a_form_has_the_lowest_version_that_holds_it() {
    let form = |stem: RichText, interaction| {
        let (id, lang, dir) = (ItemId::at_position(1), "en".to_owned(), Direction::Ltr);
        Form::new(vec![], vec![FormItem { id, lang, dir, stimulus: None, stem, interaction }]).version
    };
    let plain = RichText(vec![Block::Paragraph { content: vec![text("Which?")] }]);
    let choices = vec![Choice { id: "a".into(), content: plain.clone() }];
    assert_eq!(form(plain.clone(), Interaction::SingleChoice { choices: choices.clone() }), 1);
    assert_eq!(form(sample(), Interaction::SingleChoice { choices: choices.clone() }), 2);
    assert_eq!(
        form(
            plain.clone(),
            Interaction::SingleChoice { choices: vec![Choice { content: sample(), ..choices[0].clone() }] }
        ),
        2
    );
    assert_eq!(form(plain, Interaction::Order { choices }), 2);
}

#[test]
fn shapes_are_spelt_with_their_type() {
    let shape = Shape::Poly { points: vec![[0, 0], [4, 0], [2, 4]] };
    assert_eq!(
        serde_json::to_value(&shape).unwrap(),
        serde_json::json!({"type": "poly", "points": [[0, 0], [4, 0], [2, 4]]})
    );
}
