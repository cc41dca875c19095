//! Regions of an image to be chosen.

use item::{Image, Shape};

use super::{
    super::{
        fields::Fields,
        finding::Code,
        model::BankOption,
        task::{Hotspot, Task},
    },
    check_count,
    options::{self, line},
};

/// The largest image, in its own units.
const MOST_UNITS: u32 = 4_096;
/// Corners of a polygon.
const MOST_CORNERS: usize = 32;

pub(super) fn read(fields: &Fields<'_>) -> (Vec<BankOption>, Option<Task>) {
    let shape = options::Shape { fields: &["key", "rationale", "rect", "circle", "poly"], lines: true };
    let (tables, options) = options::read(fields, shape);
    check_count(fields, Code::OptionCount, "options", tables.len(), 2..=12);
    let keys = options.iter().filter(|option| option.key).count();
    if keys == 0 || keys >= tables.len() {
        let help = "mark at least one option, and not all of them, with `key = true`";
        fields.source().report(fields.offset(), Code::KeyCount, format!("the item has {keys} keys"), help);
    }
    let (image, width, height) = (image(fields), units(fields, "width"), units(fields, "height"));
    let shapes: Vec<Option<Shape>> = tables.iter().map(|table| region(table, width.zip(height))).collect();
    let task = || {
        let (image, width, height) = (image?, width?, height?);
        Some(Hotspot { image, width, height, shapes: shapes.into_iter().collect::<Option<_>>()? })
    };
    (options, task().map(Task::Hotspot))
}

fn image(fields: &Fields<'_>) -> Option<Image> {
    let (path, alt) = (fields.string("image"), line(fields, "alt"));
    let path = path?;
    let image = fields.source().images.find(&path, alt.as_deref().unwrap_or_default());
    if image.is_none() {
        let message = format!("the bank has no image {path:?}");
        let help = "put it into images/ and name it with that folder, such as \"images/plan.svg\"";
        fields.source().report(fields.offset_of("image"), Code::Image, message, help);
    }
    alt.and(image)
}

fn units(fields: &Fields<'_>, key: &str) -> Option<u32> {
    let units = fields.positive(key)?;
    if units > MOST_UNITS {
        let (message, help) = (format!("`{key}` is {units}"), format!("state at most {MOST_UNITS}"));
        fields.source().report(fields.offset_of(key), Code::Region, message, help);
    }
    Some(units)
}

/// The one shape of an option, within the image where its size is known.
fn region(table: &Fields<'_>, size: Option<(u32, u32)>) -> Option<Shape> {
    let report = |message: &str, help: &str| {
        table.source().report(table.offset(), Code::Region, message, help);
        None
    };
    let mut stated = ["rect", "circle", "poly"].into_iter().filter(|key| table.has(key));
    let (Some(key), None) = (stated.next(), stated.next()) else {
        return report("the option has not one region", "give it one of `rect`, `circle`, `poly`");
    };
    let numbers = table.numbers(key)?;
    let shape = match (key, numbers.as_slice()) {
        ("rect", &[x, y, width, height]) => Shape::Rect { x, y, width, height },
        ("circle", &[x, y, r]) => Shape::Circle { x, y, r },
        ("poly", corners) if corners.len() % 2 == 0 && (3..=MOST_CORNERS).contains(&(corners.len() / 2)) => {
            Shape::Poly { points: corners.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect() }
        }
        _ => {
            let help = "write rect = [x, y, width, height], circle = [x, y, r], or poly = [x1, y1, x2, y2, x3, y3, …]";
            return report("the region has a wrong number of numbers", help);
        }
    };
    if size.is_some_and(|(width, height)| !shape.lies_within(width, height)) {
        return report("the region has no area, or lies outside the image", "compare it with `width` and `height`");
    }
    Some(shape)
}
