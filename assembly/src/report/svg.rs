//! Drawings in SVG: shapes with classes, so that the page's colours apply; each drawing says in words what it shows.

use std::fmt::Write as _;

use super::html::escape;

/// A drawing under construction. Lengths are in its own units, of which the page shows it about as many pixels wide.
pub(super) struct Svg {
    width: u32,
    height: u32,
    body: String,
}

impl Svg {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self { width, height, body: String::new() }
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ =
            write!(self.body, "<line class=\"{class}\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>");
    }

    pub(super) fn rect(&mut self, class: &str, at: (f64, f64), size: (f64, f64), title: &str) {
        let ((x, y), (width, height)) = (at, size);
        let _ = write!(
            self.body,
            "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"><title>{}</title></rect>",
            escape(title)
        );
    }

    pub(super) fn dot(&mut self, class: &str, at: (f64, f64), title: &str) {
        let (x, y) = at;
        let _ = write!(
            self.body,
            "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"><title>{}</title></circle>",
            escape(title)
        );
    }

    pub(super) fn polyline(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = write!(self.body, "<polyline class=\"{class}\" points=\"{}\"/>", points.join(" "));
    }

    /// `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, anchor: &str, at: (f64, f64), text: &str) {
        let (x, y) = at;
        let _ = write!(self.body, "<text class=\"{anchor}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(text));
    }

    /// The drawing, with what it shows.
    pub(super) fn finish(self, shows: &str) -> String {
        let Self { width, height, body } = self;
        format!(
            "<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{}\">{body}</svg>",
            escape(shows)
        )
    }
}

/// An axis from a lowest to a highest value, over a stretch of the drawing.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) lowest: f64,
    pub(super) highest: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Axis {
    /// An axis over some values, with a little room at both ends.
    pub(super) fn over(values: impl IntoIterator<Item = f64>, from: f64, to: f64) -> Self {
        let (lowest, highest) =
            values.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let (lowest, highest) = if lowest.is_finite() { (lowest, highest) } else { (0.0, 1.0) };
        let room = ((highest - lowest) * 0.1).max(0.5);
        Self { lowest: lowest - room, highest: highest + room, from, to }
    }

    /// Where a value lies.
    pub(super) fn at(self, value: f64) -> f64 {
        self.from + (value - self.lowest) / (self.highest - self.lowest) * (self.to - self.from)
    }

    /// Round values to mark, about five of them.
    pub(super) fn marks(self) -> Vec<f64> {
        let rough = (self.highest - self.lowest) / 5.0;
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * power).into_iter().find(|step| *step >= rough).unwrap_or(rough);
        let first = (self.lowest / step).ceil() as i64;
        let last = (self.highest / step).floor() as i64;
        (first..=last).map(|n| n as f64 * step).collect()
    }
}

/// A mark of an axis in words.
pub(super) fn mark(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_marks_round_values_within_itself() {
        let axis = Axis::over([52.1, 54.9], 0.0, 100.0);
        assert_eq!(axis.marks(), [52.0, 53.0, 54.0, 55.0]);
        assert!((0.0..=100.0).contains(&axis.at(52.1)));
        let single = Axis::over([7.0], 0.0, 100.0);
        assert_eq!(single.at(7.0), 50.0);
        assert!(!Axis::over([], 0.0, 1.0).marks().is_empty());
    }

    #[test]
    fn what_comes_from_a_bank_is_escaped() {
        let mut svg = Svg::new(10, 10);
        svg.dot("form", (1.0, 1.0), "<script>&\"'");
        assert!(svg.finish("a < b").contains("&lt;script&gt;&amp;&quot;&#39;"));
    }
}
