//! Formatted texts, reduced to a tree, and what is lost on the way.

use interchange::{Content, FaultKind, LossKind, Outcome, bounds};
use serde_json::{Value, json};

use crate::one;

/// What becomes of a text of the question in a format.
fn outcome(format: &str, text: &str) -> Outcome {
    let text = text.replace("]]>", "]]]]><![CDATA[>");
    one(&format!(
        r#"<question type="description"><questiontext format="{format}"><text><![CDATA[{text}]]></text></questiontext></question>"#
    ))
}

fn read(format: &str, text: &str) -> (Content, Vec<String>) {
    match outcome(format, text) {
        Outcome::Imported { question } => (question.stem, Vec::new()),
        Outcome::ImportedWithLoss { question, losses } => {
            (question.stem, losses.iter().map(|loss| loss.kind.to_string()).collect())
        }
        Outcome::Refused { faults } => panic!("{faults:?}"),
    }
}

/// The tree of a text of which nothing is lost.
fn tree(format: &str, text: &str) -> Value {
    let (content, losses) = read(format, text);
    assert_eq!(losses, [] as [&str; 0], "{text}");
    serde_json::to_value(content).unwrap()
}

fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

fn paragraph(content: Value) -> Value {
    json!({ "type": "paragraph", "content": content })
}

#[test]
fn misnested_marks_are_kept_where_they_apply() {
    assert_eq!(
        tree("html", "a <b>b <i>c</b> d</i> e<sub>1</sub><sup>2</sup> <code>x  y</code>"),
        json!([paragraph(json!([
            text("a "),
            { "type": "strong", "content": [text("b "), { "type": "emphasis", "content": [text("c")] }] },
            { "type": "emphasis", "content": [text(" d")] },
            text(" e"),
            { "type": "subscript", "content": [text("1")] },
            { "type": "superscript", "content": [text("2")] },
            text(" "),
            { "type": "code", "text": "x y" },
        ]))])
    );
}

#[test]
fn lists_tables_and_code_are_kept() {
    assert_eq!(
        tree("html", "<ul><li>one<ol><li>inner</ol><li><p>two</p></ul><pre>\nGET /\n  200</pre>"),
        json!([
            { "type": "list", "ordered": false, "items": [
                [paragraph(json!([text("one")])),
                 { "type": "list", "ordered": true, "items": [[paragraph(json!([text("inner")]))]] }],
                [paragraph(json!([text("two")]))],
            ] },
            { "type": "code", "text": "GET /\n  200" },
        ])
    );
    assert_eq!(
        tree("html", "<table><caption>Log</caption><tr><th>At</th><td>What</table>after"),
        json!([
            { "type": "table", "caption": [text("Log")], "rows": [[
                { "header": true, "content": [paragraph(json!([text("At")]))] },
                { "header": false, "content": [paragraph(json!([text("What")]))] },
            ]] },
            paragraph(json!([text("after")])),
        ])
    );
}

#[test]
fn markdown_and_html_within_it_give_the_same_tree() {
    assert_eq!(
        tree("markdown", "A *b* <b>c</b>\nd `e`\n\n1. f\n2. g\n\n| h |\n|---|\n| i |\n"),
        json!([
            paragraph(json!([
                text("A "),
                { "type": "emphasis", "content": [text("b")] },
                text(" "),
                { "type": "strong", "content": [text("c")] },
                text(" d "),
                { "type": "code", "text": "e" },
            ])),
            { "type": "list", "ordered": true, "items": [[paragraph(json!([text("f")]))], [paragraph(json!([text("g")]))]] },
            { "type": "table", "caption": [], "rows": [
                [{ "header": true, "content": [paragraph(json!([text("h")]))] }],
                [{ "header": false, "content": [paragraph(json!([text("i")]))] }],
            ] },
        ])
    );
}

#[test]
fn line_ends_count_in_moodles_own_format_and_in_plain_text_only() {
    let lines = json!([paragraph(json!([text("a"), { "type": "break" }, text("b")])), paragraph(json!([text("c")]))]);
    assert_eq!(tree("moodle_auto_format", "a\nb\n\nc"), lines);
    assert_eq!(tree("plain_text", "a\nb\n\nc"), lines);
    assert_eq!(tree("html", "a\nb\n\nc"), json!([paragraph(json!([text("a b c")]))]));
    assert_eq!(tree("plain_text", "1 < 2 <b>"), json!([paragraph(json!([text("1 < 2 <b>")]))]));
}

#[test]
fn formulas_are_kept_as_tex() {
    assert_eq!(
        tree("html", r"Let \(x^2\) be $$ \sum_i i $$ for $5."),
        json!([paragraph(json!([
            text("Let "),
            { "type": "maths", "tex": "x^2", "display": false },
            text(" be "),
            { "type": "maths", "tex": r"\sum_i i", "display": true },
            text(" for $5."),
        ]))])
    );
}

#[test]
fn what_could_act_is_left_out_and_listed() {
    let (content, losses) = read(
        "html",
        "a<script>if (1 < 2) alert('<b>')</script><style>p{}</style><iframe src=x>y</iframe><object>o<object>p</object>q</object>\
         <svg><text>s</text></svg><p onclick=\"x()\">b</p><input value=v>c",
    );
    assert_eq!(content.plain(), "a\nb\nc");
    let expected = ["iframe", "input", "object", "script", "style", "svg"]
        .map(|name| format!("`<{name}>` was left out with all that it holds"));
    assert_eq!(losses.len(), 7);
    assert!(expected.iter().all(|loss| losses.contains(loss)), "{losses:?}");
    assert!(losses.contains(&"the attribute `onclick` was left out".to_owned()));
}

#[test]
fn what_only_looks_is_kept_as_text_and_listed() {
    let (content, losses) = read(
        "html",
        "<h3>Head</h3><p style=\"color:red\">red <a href=\"https://example.org/x\">link</a></p><blockquote>said</blockquote>\
         <table><tr><td colspan=2>wide</td></tr></table><p dir=ltr class=x id=y>plain</p>",
    );
    assert_eq!(content.plain(), "Head\nred link\nsaid\nwide\nplain");
    assert_eq!(
        losses,
        [
            "`<blockquote>`: what it holds was kept as plain text",
            "`<h3>`: what it holds was kept as plain text",
            "the attribute `colspan` was left out",
            "the attribute `style` was left out",
            "a link to `https://example.org/x` was left out, its text kept",
        ]
    );
}

#[test]
fn pictures_come_along_or_are_named_with_the_reason() {
    let question = r#"<question type="description"><questiontext format="html"><text><![CDATA[
        <img src="@@PLUGINFILE@@/a.png"><img src="@@PLUGINFILE@@/a.png"><img src="@@PLUGINFILE@@/b.png"><img src="@@PLUGINFILE@@/c.svg">
        <img src="https://example.org/d.png"><img src="data:image/gif;base64,R0lGODlhAQ==" alt="dot">]]></text>
        <file name="a.png" path="/" encoding="base64">iVBORw0K
Ggo=</file>
        <file name="c.svg" path="/" encoding="base64">PHN2Zz48L3N2Zz4=</file>
        <file name="unused.png" path="/" encoding="base64">iVBORw0KGgo=</file>
        </questiontext></question>"#;
    let Outcome::ImportedWithLoss { question, losses } = one(question) else { panic!("it has losses") };
    let assets: Vec<_> = question.assets.iter().map(|asset| (asset.name.as_str(), asset.media_type)).collect();
    assert_eq!(assets, [("a.png", "image/png"), ("picture", "image/gif")]);
    assert_eq!(question.stem.plain().trim(), "dot");
    let told: Vec<_> = losses.iter().map(|loss| (loss.kind.code(), loss.at.line)).collect();
    assert_eq!(told, [("image", 1), ("image", 1), ("image", 1), ("file", 7)], "{losses:?}");
}

#[test]
fn depth_and_number_of_parts_are_bounded() {
    let (content, losses) = read("html", &format!("{}deep", "<ul><li>".repeat(5_000)));
    assert_eq!(losses, [LossKind::Nesting { limit: bounds::TEXT_DEPTH }.to_string()]);
    assert_eq!(content.plain(), "deep");
    let (content, _) = read("markdown", &format!("{} deep", ">".repeat(20_000)));
    assert_eq!(content.plain(), "deep");
    for text in ["<b>x</b>y".repeat(11_000), "<table>".to_owned() + &"<tr><td>x".repeat(10_000)] {
        let Outcome::Refused { faults } = outcome("html", &text) else { panic!("it has too many parts") };
        assert!(matches!(faults[0].kind, FaultKind::TooMany { limit: bounds::TEXT_NODES, .. }), "{faults:?}");
    }
    let Outcome::Refused { faults } = outcome("html", &"x".repeat(bounds::TEXT_BYTES + 1)) else {
        panic!("it is too long")
    };
    assert!(matches!(faults[0].kind, FaultKind::TooMany { limit: bounds::TEXT_BYTES, .. }), "{faults:?}");
}
