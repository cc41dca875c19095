//! Shapes of areas on an image (QTI 3.0 ASI, `shape` and `coords`).

use serde::Serialize;

use crate::number;

/// The most numbers in the coordinates of one shape.
const MAX_NUMBERS: usize = 10_000;

/// A shape; coordinates in pixels of the image, y downwards. Its edge belongs to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// The whole image.
    Default,
    /// Left, top, right, bottom.
    Rect(f64, f64, f64, f64),
    /// Centre x, centre y, radius.
    Circle(f64, f64, f64),
    /// Centre x, centre y, horizontal and vertical radius.
    Ellipse(f64, f64, f64, f64),
    /// The corners.
    Poly(Vec<(f64, f64)>),
}

impl Shape {
    /// A shape of its name and coordinates; `None` if they are no such shape.
    pub fn parse(shape: &str, coords: &str) -> Option<Self> {
        if shape == "default" {
            return Some(Self::Default);
        }
        let parts = coords.split([',', ' ', '\t', '\n']).filter(|part| !part.is_empty());
        let numbers: Vec<f64> = parts
            .take(MAX_NUMBERS + 1)
            .map(|part| number::float(part).filter(|n| n.is_finite()))
            .collect::<Option<_>>()?;
        match (shape, &*numbers) {
            ("rect", &[left, top, right, bottom]) => Some(Self::Rect(left, top, right, bottom)),
            ("circle", &[x, y, radius]) => Some(Self::Circle(x, y, radius)),
            ("ellipse", &[x, y, horizontal, vertical]) => Some(Self::Ellipse(x, y, horizontal, vertical)),
            ("poly", corners)
                if corners.len() >= 6 && corners.len().is_multiple_of(2) && corners.len() <= MAX_NUMBERS =>
            {
                let mut corners: Vec<_> = corners.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
                // HTML closes a polygon by itself; some authors do it once more.
                if corners.len() > 3 && corners.first() == corners.last() {
                    corners.pop();
                }
                Some(Self::Poly(corners))
            }
            _ => None,
        }
    }

    /// Its name and its coordinates, which [`Shape::parse`] reads back.
    pub fn text(&self) -> (&'static str, String) {
        let join = |numbers: &[f64]| numbers.iter().map(|&n| number::float_text(n)).collect::<Vec<_>>().join(",");
        match self {
            Self::Default => ("default", String::new()),
            Self::Rect(left, top, right, bottom) => ("rect", join(&[*left, *top, *right, *bottom])),
            Self::Circle(x, y, radius) => ("circle", join(&[*x, *y, *radius])),
            Self::Ellipse(x, y, horizontal, vertical) => ("ellipse", join(&[*x, *y, *horizontal, *vertical])),
            Self::Poly(corners) => ("poly", join(&corners.iter().flat_map(|&(x, y)| [x, y]).collect::<Vec<_>>())),
        }
    }

    /// Whether a point lies in it or on its edge.
    pub fn contains(&self, x: f64, y: f64) -> bool {
        match self {
            Self::Default => true,
            Self::Rect(left, top, right, bottom) => {
                (left.min(*right)..=left.max(*right)).contains(&x) && (top.min(*bottom)..=top.max(*bottom)).contains(&y)
            }
            Self::Circle(cx, cy, radius) => (x - cx).powi(2) + (y - cy).powi(2) <= radius.powi(2),
            Self::Ellipse(cx, cy, horizontal, vertical) => {
                *horizontal > 0.0
                    && *vertical > 0.0
                    && ((x - cx) / horizontal).powi(2) + ((y - cy) / vertical).powi(2) <= 1.0
            }
            Self::Poly(corners) => in_polygon(corners, x, y),
        }
    }
}

/// Even-odd rule, edges included.
fn in_polygon(corners: &[(f64, f64)], x: f64, y: f64) -> bool {
    let mut inside = false;
    let Some(&(mut ax, mut ay)) = corners.last() else { return false };
    for &(bx, by) in corners {
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        let between = (ax.min(bx)..=ax.max(bx)).contains(&x) && (ay.min(by)..=ay.max(by)).contains(&y);
        if cross == 0.0 && between {
            return true;
        }
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            inside = !inside;
        }
        (ax, ay) = (bx, by);
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_belong_to_a_shape() {
        let shape = |name, coords| Shape::parse(name, coords).unwrap();
        assert!(shape("rect", "0,0,10,10").contains(10.0, 0.0));
        assert!(shape("circle", "75,75,10").contains(75.0, 85.0));
        assert!(!shape("circle", "75,75,10").contains(83.0, 83.0));
        assert!(shape("ellipse", "0,0,10,5").contains(10.0, 0.0));
        assert!(!shape("ellipse", "0,0,10,5").contains(0.0, 6.0));
        let triangle = shape("poly", "0 0, 10 0, 0 10");
        assert!(triangle.contains(5.0, 5.0) && triangle.contains(0.0, 0.0) && triangle.contains(1.0, 1.0));
        assert!(!triangle.contains(6.0, 5.0));
    }

    #[test]
    fn what_is_no_shape_is_none() {
        for (name, coords) in
            [("rect", "1,2,3"), ("circle", "1,2,x"), ("poly", "1,2,3,4"), ("star", "1"), ("circle", "10%,1,1")]
        {
            assert_eq!(Shape::parse(name, coords), None, "{name} {coords}");
        }
    }
}
