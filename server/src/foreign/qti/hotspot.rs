//! Regions of an image that are chosen.

use ::qti::model::{Area, Graphic, Limits, Shape, Value};

use super::{
    super::{
        Draft,
        draft::{DraftOption, letter},
        text::Text,
    },
    Maker,
    choices::has,
};

impl Maker<'_> {
    pub(super) fn hotspot(&mut self, image: &Graphic, areas: &[Area], limits: Limits, value: &Value) -> Draft {
        let (Some(width), Some(height)) = (image.figure.width, image.figure.height) else {
            self.notes.fault("its image does not say how wide and high it is");
            return Draft::default();
        };
        self.number_kept(limits, value);
        let path = match self.pictures.path(&image.figure.source) {
            Ok(path) => Some(path),
            Err(why) => {
                self.notes.fault(why);
                None
            }
        };
        let mut option = Vec::new();
        for (at, area) in areas.iter().enumerate() {
            let text = area.label.clone().unwrap_or_default();
            if text.trim().is_empty() {
                self.notes.fault("a region has no label, which those who do not see the image need");
            }
            let key = has(value, &area.identifier).then_some(true);
            let option_here = DraftOption { id: letter(at), text: Text::line(&text), key, ..DraftOption::default() };
            option.push(match region(option_here, &area.shape) {
                Some(option) => option,
                None => {
                    self.notes.fault("a region is no rectangle, circle or polygon in whole units");
                    DraftOption::default()
                }
            });
        }
        let alt = Some(image.figure.alternative.clone());
        Draft { image: path, alt, width: Some(width), height: Some(height), option, ..Draft::new("hotspot") }
    }
}

fn whole(number: f64) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range and whole, as is looked at")]
    (number.fract() == 0.0 && (0.0..=100_000.0).contains(&number)).then_some(number as u32)
}

fn region(option: DraftOption, shape: &Shape) -> Option<DraftOption> {
    Some(match shape {
        Shape::Rect(left, top, right, bottom) => {
            let [left, top, right, bottom] = [whole(*left)?, whole(*top)?, whole(*right)?, whole(*bottom)?];
            DraftOption { rect: Some([left, top, right.checked_sub(left)?, bottom.checked_sub(top)?]), ..option }
        }
        Shape::Circle(x, y, radius) => {
            DraftOption { circle: Some([whole(*x)?, whole(*y)?, whole(*radius)?]), ..option }
        }
        Shape::Poly(corners) => {
            let numbers = corners.iter().flat_map(|(x, y)| [*x, *y]).map(whole).collect::<Option<Vec<u32>>>()?;
            DraftOption { poly: Some(numbers), ..option }
        }
        Shape::Default | Shape::Ellipse(..) => return None,
    })
}
