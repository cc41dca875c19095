//! Places on an image.

use serde::{Deserialize, Serialize};

/// A shape on an image, in units of the image from its upper left corner, whatever the direction of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Left edge.
        x: u32,
        /// Upper edge.
        y: u32,
        /// Width.
        width: u32,
        /// Height.
        height: u32,
    },
    /// A circle.
    Circle {
        /// Its centre, from the left.
        x: u32,
        /// Its centre, from above.
        y: u32,
        /// Its radius.
        r: u32,
    },
    /// A polygon.
    Poly {
        /// Its corners as `[x, y]`, three or more.
        points: Vec<[u32; 2]>,
    },
}

impl Shape {
    /// The smallest rectangle around it: left, upper, right and lower edge.
    pub fn bounds(&self) -> [u32; 4] {
        match self {
            Self::Rect { x, y, width, height } => [*x, *y, x.saturating_add(*width), y.saturating_add(*height)],
            Self::Circle { x, y, r } => {
                [x.saturating_sub(*r), y.saturating_sub(*r), x.saturating_add(*r), y.saturating_add(*r)]
            }
            Self::Poly { points } => points
                .iter()
                .fold([u32::MAX, u32::MAX, 0, 0], |[l, u, r, d], [x, y]| [l.min(*x), u.min(*y), r.max(*x), d.max(*y)]),
        }
    }

    /// Whether it lies within an image of this size; a circle must not stick out on the left or above either.
    pub fn lies_within(&self, width: u32, height: u32) -> bool {
        let [left, upper, right, lower] = self.bounds();
        let sticks_out = matches!(self, Self::Circle { x, y, r } if x < r || y < r);
        !sticks_out && left < right && upper < lower && right <= width && lower <= height
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sticks_out_or_has_no_area_does_not_lie_within() {
        let rect = |x, y, width, height| Shape::Rect { x, y, width, height };
        assert!(rect(0, 0, 10, 5).lies_within(10, 5));
        assert!(!rect(1, 0, 10, 5).lies_within(10, 5));
        assert!(!rect(1, 1, 0, 2).lies_within(10, 5));
        assert!(!rect(u32::MAX, 0, u32::MAX, 1).lies_within(10, 5));
        assert!(Shape::Circle { x: 2, y: 2, r: 2 }.lies_within(4, 4));
        assert!(!Shape::Circle { x: 1, y: 2, r: 2 }.lies_within(4, 4));
        let poly = |points: &[[u32; 2]]| Shape::Poly { points: points.to_vec() };
        assert!(poly(&[[0, 0], [4, 0], [2, 4]]).lies_within(4, 4));
        assert!(!poly(&[[0, 0], [5, 0], [2, 4]]).lies_within(4, 4));
        assert!(!poly(&[]).lies_within(4, 4));
    }
}
