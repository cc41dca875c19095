//! Rich text as views: the tree is closed, so nothing in it can become markup.

use item::{Block, Inline, RichText};
use leptos::prelude::*;

/// A text's blocks.
pub fn rich_text_view(text: &RichText) -> Vec<AnyView> {
    text.0.iter().map(block).collect()
}

fn block(block: &Block) -> AnyView {
    match block {
        Block::Paragraph { content } => view! { <p>{inlines_view(content)}</p> }.into_any(),
        // An exhibit can be wider than the page: it scrolls, and the keyboard must reach it for that.
        Block::Code { text } => view! { <pre tabindex="0"><code>{text.clone()}</code></pre> }.into_any(),
        Block::List { ordered, items } => {
            let items: Vec<_> = items.iter().map(|item| view! { <li>{inlines_view(item)}</li> }).collect();
            if *ordered { view! { <ol>{items}</ol> }.into_any() } else { view! { <ul>{items}</ul> }.into_any() }
        }
    }
}

/// The inlines of one block.
pub fn inlines_view(content: &[Inline]) -> Vec<AnyView> {
    content.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> AnyView {
    match inline {
        Inline::Text { text } => text.clone().into_any(),
        Inline::Code { text } => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Emphasis { content } => view! { <em>{inlines_view(content)}</em> }.into_any(),
        Inline::Strong { content } => view! { <strong>{inlines_view(content)}</strong> }.into_any(),
    }
}
