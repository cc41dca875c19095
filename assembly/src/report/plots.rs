//! The plots of a report.

use super::{
    Report,
    svg::{Axis, Svg, mark},
};

const WIDTH: u32 = 680;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 664.0;

fn points(thousandths: u64) -> f64 {
    thousandths as f64 / 1_000.0
}

/// Each form's expected score, and the target.
pub(super) fn scores(report: &Report) -> Option<String> {
    let score = report.score?;
    let values = || report.forms.iter().filter_map(|form| Some((form, points(form.expected_score?))));
    let target = score.target.map(|target| points(target.into()));
    let (top, bottom) = (12.0, 188.0);
    let axis = Axis::over(values().map(|(_, value)| value).chain(target), bottom, top);
    let mut svg = Svg::new(WIDTH, 224);
    frame(&mut svg, axis);
    if let Some(target) = target {
        svg.line("target", (LEFT, axis.at(target)), (RIGHT, axis.at(target)));
        svg.text("end", (RIGHT, axis.at(target) - 6.0), "target");
    }
    let places = Axis { lowest: -1.0, highest: report.forms.len() as f64, from: LEFT, to: RIGHT };
    let every = report.forms.len().div_ceil(16).max(1);
    for (at, (form, value)) in values().enumerate() {
        let x = places.at(at as f64);
        svg.dot("form", (x, axis.at(value)), &format!("{}: {}", form.name, mark(value)));
        if at % every == 0 {
            svg.text("middle", (x, bottom + 22.0), &form.name);
        }
    }
    let (lowest, highest) = (mark(points(score.lowest)), mark(points(score.highest)));
    Some(svg.finish(&format!("Expected score of each form: from {lowest} to {highest} points")))
}

/// Each form's information over ability, and the targets.
pub(super) fn information(report: &Report) -> Option<String> {
    let information = report.information.as_ref()?;
    let (top, bottom) = (12.0, 248.0);
    let abilities: Vec<f64> = information.abilities.iter().map(|ability| f64::from(*ability) / 1_000.0).collect();
    let across = Axis::over(abilities.iter().copied(), LEFT, RIGHT);
    let targets =
        || abilities.iter().zip(&information.targets).filter_map(|(a, t)| Some((*a, points(u64::from((*t)?)))));
    let all = report.forms.iter().flat_map(|form| form.information.iter().map(|value| points(*value)));
    let up = Axis::over(all.chain(targets().map(|(_, target)| target)).chain([0.0]), bottom, top);
    let mut svg = Svg::new(WIDTH, 284);
    frame(&mut svg, up);
    for value in across.marks() {
        svg.text("middle", (across.at(value), bottom + 22.0), &mark(value));
    }
    for form in &report.forms {
        let line: Vec<(f64, f64)> =
            abilities.iter().zip(&form.information).map(|(a, v)| (across.at(*a), up.at(points(*v)))).collect();
        svg.polyline("curve", &line);
    }
    for (ability, target) in targets() {
        let what = format!("target at {}: {}", mark(ability), mark(target));
        svg.dot("aim", (across.at(ability), up.at(target)), &what);
    }
    Some(svg.finish("Information of each form over ability, one line a form, and a ring for each target"))
}

/// How many items each two forms share, as shades.
pub(super) fn overlap(report: &Report) -> String {
    let forms = report.forms.len().max(1);
    let side = (600.0 / forms as f64).clamp(8.0, 32.0);
    let height = (side * forms as f64 + 40.0).ceil() as u32;
    let width = (side * forms as f64 + LEFT + 16.0).ceil().max(f64::from(WIDTH)) as u32;
    let mut svg = Svg::new(width, height);
    let every = (16.0 / side).ceil() as usize;
    for (row, (form, shares)) in report.forms.iter().zip(&report.overlap.matrix).enumerate() {
        let y = 24.0 + side * row as f64;
        if row % every == 0 {
            svg.text("end", (LEFT - 8.0, y + side / 2.0 + 4.0), &form.name);
        }
        for (column, shared) in shares.iter().enumerate().filter(|(column, _)| *column != row) {
            let class = format!("shade-{}", (shared * 5).checked_div(report.overlap.most).unwrap_or(0));
            let what = format!("{} and {}: {shared}", form.name, report.forms[column].name);
            svg.rect(&class, (LEFT + side * column as f64, y), (side - 1.0, side - 1.0), &what);
        }
    }
    let most = report.overlap.most;
    svg.text("start", (LEFT, 14.0), &format!("from 0 (light) to {most} items (dark)"));
    svg.finish(&format!("Items that each two forms share: at most {most}"))
}

/// How many items are on how many forms.
pub(super) fn exposure(report: &Report) -> String {
    let histogram = &report.exposure.histogram;
    let (top, bottom) = (24.0, 168.0);
    let most = histogram.iter().copied().max().unwrap_or(0).max(1);
    let mut svg = Svg::new(WIDTH, 204);
    let step = ((RIGHT - LEFT) / histogram.len().max(1) as f64).min(64.0);
    let every = (24.0 / step).ceil() as usize;
    for (uses, items) in histogram.iter().enumerate() {
        let height = (bottom - top) * f64::from(*items) / f64::from(most);
        let x = LEFT + step * uses as f64;
        svg.rect("bar", (x, bottom - height), (step - 2.0, height), &format!("on {uses} forms: {items} items"));
        if uses % every == 0 {
            svg.text("middle", (x + step / 2.0, bottom + 18.0), &uses.to_string());
            svg.text("middle", (x + step / 2.0, bottom - height - 6.0), &items.to_string());
        }
    }
    svg.line("frame", (LEFT, bottom), (RIGHT, bottom));
    svg.text("end", (RIGHT, bottom + 34.0), "on so many forms");
    svg.finish("How many items are on no form, on one, on two, and so on")
}

/// The marks of an upright axis, each with a line across.
fn frame(svg: &mut Svg, axis: Axis) {
    for value in axis.marks() {
        svg.line("frame", (LEFT, axis.at(value)), (RIGHT, axis.at(value)));
        svg.text("end", (LEFT - 8.0, axis.at(value) + 4.0), &mark(value));
    }
}
