//! An item tests a profession, not who knows a vendor; and nobody is blamed by name.

use crate::lint::{Rule, flaw::Flaws, rules::Context, text::words, view::View};

pub(super) fn check(view: &View<'_>, context: &Context<'_>, flaws: &mut Flaws) {
    let mut text = view.stem.clone();
    for option in &view.options {
        text.push('\n');
        text.push_str(&option.text);
    }
    let text = words(&text);
    for brand in &context.config.brands {
        let name = words(brand);
        if !name.is_empty() && text.windows(name.len()).any(|window| window == name) {
            let message = format!("it names {brand:?}");
            flaws.item(view, Rule::Brand, message, "describe the product by what it does");
        }
    }
}
