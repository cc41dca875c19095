//! Rich text as views: the tree is closed, so nothing in it can become markup.

use item::{Block, Image, Inline, RichText};
use leptos::prelude::*;

/// What stands in the gap of this name.
type InGap<'a> = &'a dyn Fn(&str) -> AnyView;

/// A text's blocks. A gap is a blank to be read: the fields stand elsewhere.
pub fn rich_text_view(text: &RichText) -> Vec<AnyView> {
    rich_text_with_gaps(text, &|_| "___".into_any())
}

/// A text's blocks, with what stands in its gaps.
pub fn rich_text_with_gaps(text: &RichText, in_gap: InGap<'_>) -> Vec<AnyView> {
    text.0.iter().map(|one| block(one, in_gap)).collect()
}

fn block(block: &Block, in_gap: InGap<'_>) -> AnyView {
    let inlines = |content: &[Inline]| inlines_view(content, in_gap);
    match block {
        Block::Paragraph { content } => view! { <p>{inlines(content)}</p> }.into_any(),
        // An exhibit can be wider than the page: it scrolls, and the keyboard must reach it for that.
        Block::Code { text } => view! { <pre tabindex="0"><code>{text.clone()}</code></pre> }.into_any(),
        Block::List { ordered, items } => {
            let items: Vec<_> = items.iter().map(|item| view! { <li>{inlines(item)}</li> }).collect();
            if *ordered { view! { <ol>{items}</ol> }.into_any() } else { view! { <ul>{items}</ul> }.into_any() }
        }
        Block::Table { head, rows } => {
            let head: Vec<_> = head.iter().map(|cell| view! { <th scope="col">{inlines(cell)}</th> }).collect();
            let row = |cells: &Vec<Vec<Inline>>| {
                let cells: Vec<_> = cells.iter().map(|cell| view! { <td>{inlines(cell)}</td> }).collect();
                view! { <tr>{cells}</tr> }
            };
            let rows: Vec<_> = rows.iter().map(row).collect();
            view! {
                <div class="table" tabindex="0" role="group">
                    <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
                </div>
            }
            .into_any()
        }
        Block::Image(image) => image_view(image),
    }
}

fn image_view(image: &Image) -> AnyView {
    view! { <img class="exhibit" src=image.address() alt=image.alt.clone()/> }.into_any()
}

fn inlines_view(content: &[Inline], in_gap: InGap<'_>) -> Vec<AnyView> {
    content.iter().map(|one| inline(one, in_gap)).collect()
}

fn inline(inline: &Inline, in_gap: InGap<'_>) -> AnyView {
    match inline {
        Inline::Text { text } => text.clone().into_any(),
        Inline::Code { text } => view! { <code>{text.clone()}</code> }.into_any(),
        Inline::Emphasis { content } => view! { <em>{inlines_view(content, in_gap)}</em> }.into_any(),
        Inline::Strong { content } => view! { <strong>{inlines_view(content, in_gap)}</strong> }.into_any(),
        Inline::Gap { id } => in_gap(id),
    }
}
