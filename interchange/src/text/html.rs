//! HTML, reduced to what the tree has.
//!
//! The tokens are those of the HTML standard (13.2.5), by `html5gum`; what they build is our own: a tree builder by the
//! standard repairs misnested formatting in time that grows with the square of the text.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{
    builder::{Builder, Kind},
    line::Mark,
};
use crate::{LossKind, import::beginning};

/// Reads HTML, which may come in fragments that open or close elements only.
#[derive(Default)]
pub(super) struct Html {
    /// The element that is being left out, and how often it is open.
    skipped: Option<(String, usize)>,
}

impl Html {
    /// Whether text at this place is left out.
    pub(super) fn skips(&self) -> bool {
        self.skipped.is_some()
    }

    pub(super) fn read(&mut self, text: &str, builder: &mut Builder<'_, '_>) {
        let mut emitter = DefaultEmitter::default();
        // Scripts and styles end where the standard ends them.
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Token::StartTag(tag) => self.start(&tag, builder),
                Token::EndTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name);
                    match &mut self.skipped {
                        None => end(&name, builder),
                        Some((skipped, 1)) if *skipped == name => self.skipped = None,
                        Some((skipped, depth)) => *depth -= usize::from(*skipped == name),
                    }
                }
                Token::String(text) if !self.skips() => builder.text(&String::from_utf8_lossy(&text)),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &StartTag<()>, builder: &mut Builder<'_, '_>) {
        let name = String::from_utf8_lossy(&tag.name);
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(*skipped == name && !tag.self_closing);
            return;
        }
        let attribute = |name: &str| Some(String::from_utf8_lossy(tag.attributes.get(name.as_bytes())?).into_owned());
        for name in tag.attributes.keys() {
            lost_attribute(&String::from_utf8_lossy(name), &attribute, builder);
        }
        if start(&name, &attribute, builder) == Holds::Nothing && !tag.self_closing {
            self.skipped = Some((name.into_owned(), 1));
        }
    }
}

/// What is kept of an element's content.
#[derive(PartialEq, Eq)]
enum Holds {
    Something,
    Nothing,
}

fn mark(name: &str) -> Option<Mark> {
    Some(match name {
        "strong" | "b" => Mark::Strong,
        "em" | "i" | "cite" | "dfn" | "var" => Mark::Emphasis,
        "sub" => Mark::Subscript,
        "sup" => Mark::Superscript,
        "code" | "kbd" | "samp" | "tt" => Mark::Code,
        _ => return None,
    })
}

fn start(name: &str, attribute: &dyn Fn(&str) -> Option<String>, builder: &mut Builder<'_, '_>) -> Holds {
    if let Some(mark) = mark(name) {
        builder.open_mark(mark);
        return Holds::Something;
    }
    match name {
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "figure"
        | "figcaption" | "address" | "html" | "body" => builder.end_line(),
        "span" | "font" | "wbr" | "bdi" | "label" | "nobr" | "time" | "data" | "tbody" | "thead" | "tfoot"
        | "colgroup" | "col" | "o:p" => {}
        "br" => builder.line_break(),
        "a" => {
            if let Some(address) = attribute("href") {
                builder.lose(LossKind::Link { target: beginning(&address) });
            }
        }
        "img" => {
            let alt = attribute("alt").unwrap_or_default();
            builder.picture(attribute("src").unwrap_or_default().trim(), &alt);
        }
        "ul" | "ol" => builder.open(Kind::List { ordered: name == "ol", items: Vec::new() }),
        "li" => builder.open_item(),
        "table" => builder.open(Kind::table()),
        "caption" => builder.open_caption(),
        "tr" => builder.open_row(),
        "td" | "th" => builder.open_cell(name == "th"),
        "pre" | "listing" => builder.open(Kind::Code { text: String::new() }),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            builder.end_line();
            builder.open_mark(Mark::Strong);
            builder.lose(LossKind::Markup { name: name.to_owned() });
        }
        "blockquote" | "dl" | "dt" | "dd" | "details" | "summary" | "center" | "fieldset" | "legend" | "form"
        | "hr" => {
            builder.end_line();
            builder.lose(LossKind::Markup { name: name.to_owned() });
        }
        // These hold nothing, or what they hold is no text.
        "input" | "link" | "meta" | "base" | "embed" | "frame" | "source" | "track" | "param" | "area" | "keygen" => {
            builder.lose(LossKind::Element { name: name.to_owned() });
        }
        "script" | "style" | "iframe" | "frameset" | "object" | "applet" | "video" | "audio" | "canvas" | "svg"
        | "math" | "button" | "select" | "textarea" | "noscript" | "noembed" | "noframes" | "template" | "map"
        | "head" | "title" | "portal" | "xmp" | "plaintext" => {
            builder.lose(LossKind::Element { name: name.to_owned() });
            return Holds::Nothing;
        }
        other => builder.lose(LossKind::Markup { name: beginning(other) }),
    }
    Holds::Something
}

fn end(name: &str, builder: &mut Builder<'_, '_>) {
    if let Some(mark) = mark(name) {
        return builder.close_mark(mark);
    }
    match name {
        "ul" | "ol" => builder.close(|kind| matches!(kind, Kind::List { .. })),
        "li" => builder.close(|kind| matches!(kind, Kind::Item)),
        "table" => builder.close(|kind| matches!(kind, Kind::Table { .. })),
        "caption" => builder.close(|kind| matches!(kind, Kind::Caption)),
        "tr" => builder.close(|kind| matches!(kind, Kind::Row { .. })),
        "td" | "th" => builder.close(|kind| matches!(kind, Kind::Cell { .. })),
        "pre" | "listing" => builder.close(|kind| matches!(kind, Kind::Code { .. })),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            builder.end_line();
            builder.close_mark(Mark::Strong);
        }
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "figure"
        | "figcaption" | "address" | "html" | "body" | "blockquote" | "dl" | "dt" | "dd" | "details" | "summary"
        | "center" | "fieldset" | "legend" | "form" => builder.end_line(),
        "br" => builder.line_break(),
        _ => {}
    }
}

/// Notes attributes that could mean something: colours, spans, languages, scripts.
fn lost_attribute(name: &str, attribute: &dyn Fn(&str) -> Option<String>, builder: &mut Builder<'_, '_>) {
    let value = || attribute(name).unwrap_or_default();
    let meant = match name {
        "style" | "color" | "bgcolor" | "background" => !value().trim().is_empty(),
        "colspan" | "rowspan" => value().trim() != "1",
        "dir" => !value().trim().eq_ignore_ascii_case("ltr"),
        "lang" | "start" | "reversed" | "usemap" | "srcset" | "longdesc" => true,
        _ => name.starts_with("on"),
    };
    if meant {
        builder.lose(LossKind::Attribute { name: beginning(name) });
    }
}
