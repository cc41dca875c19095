//! Regions of an image. The list of regions below it is what keyboard and screen reader use; whoever points may point at
//! the image.

use item::{Image, Region, Shape};
use leptos::prelude::*;

use super::{
    answering::{Answering, Asked},
    choice,
};
use crate::catalogue::{text, text_with};

pub(super) fn view(
    answering: Answering,
    asked: Asked,
    image: &Image,
    size: [u32; 2],
    regions: Vec<Region>,
    select: usize,
) -> AnyView {
    let several = (select > 1).then_some(select);
    let (lang, dir) = (asked.lang.clone(), asked.dir);
    let shapes = regions.iter().map(|region| region_view(answering, region, size, several)).collect_view();
    let rows = regions.into_iter().map(|Region { id, text, .. }| {
        let control = choice::control(answering, id.clone(), several);
        let text = view! { <div class="choice-text" lang=lang.clone() dir=dir>{text}</div> };
        choice::row(control, &id, text.into_any())
    });
    let rows = rows.collect_view();
    let [width, height] = size;
    let controls = view! {
        <svg class="hotspot" role="img" aria-label=image.alt.clone() lang=lang.clone() viewBox=format!("0 0 {width} {height}")>
            <image href=image.address() width=width.to_string() height=height.to_string()></image>
            {shapes}
        </svg>
        {rows}
    };
    let hint = match several {
        None => text("exam-place-one"),
        Some(n) => text_with("exam-place-many", [("n", n.into())]),
    };
    asked.group("hotspots", hint, controls)
}

/// A region as it lies on the image, with the letter that it has in the list.
fn region_view(answering: Answering, region: &Region, [width, height]: [u32; 2], several: Option<usize>) -> AnyView {
    let of = region.id.clone();
    let chosen = Memo::new(move |_| answering.committed().contains(&of));
    let label = region.id.clone();
    let point = move |_| {
        let on = several.is_none() || !answering.latest().contains(&label);
        choice::choose(answering, &label, on, several);
    };
    // Letters are to be read wherever the image is shown, whatever its units are.
    let unit = f64::from(width.max(height)) / 100.0;
    let radius = 3.2 * unit;
    // On the edge of the region, so that what is in it can be seen, and within the image.
    let (x, y) = edge_of(&region.shape);
    let within = |at: u32, size: u32| f64::from(at).min(f64::from(size) - radius).max(radius);
    let (x, y) = (within(x, width), within(y, height));
    view! {
        <g class="region" class:chosen=chosen on:click=point>
            {shape_view(&region.shape)}
            <circle class="region-mark" cx=x.to_string() cy=y.to_string() r=format!("{radius:.1}")></circle>
            <text
                class="region-letter"
                x=x.to_string()
                y=y.to_string()
                font-size=format!("{:.1}", 4.0 * unit)
                text-anchor="middle"
                dominant-baseline="central"
            >
                {region.id.to_ascii_uppercase()}
            </text>
        </g>
    }
    .into_any()
}

/// A point on the edge, above or at the upper left.
fn edge_of(shape: &Shape) -> (u32, u32) {
    let [left, upper, right, _] = shape.bounds();
    match shape {
        Shape::Rect { .. } => (left, upper),
        Shape::Circle { .. } => (left.midpoint(right), upper),
        Shape::Poly { points } => points.first().map_or((left, upper), |&[x, y]| (x, y)),
    }
}

fn shape_view(shape: &Shape) -> AnyView {
    match shape {
        Shape::Rect { x, y, width, height } => view! {
            <rect x=x.to_string() y=y.to_string() width=width.to_string() height=height.to_string()></rect>
        }
        .into_any(),
        Shape::Circle { x, y, r } => view! {
            <circle cx=x.to_string() cy=y.to_string() r=r.to_string()></circle>
        }
        .into_any(),
        Shape::Poly { points } => {
            let points: Vec<String> = points.iter().map(|[x, y]| format!("{x},{y}")).collect();
            view! { <polygon points=points.join(" ")></polygon> }.into_any()
        }
    }
}
