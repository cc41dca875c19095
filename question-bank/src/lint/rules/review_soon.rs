//! Forms refuse an item on the day after its review date; whoever reviews wants to know before.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

pub(super) fn check(view: &View<'_>, context: &Context<'_>, flaws: &mut Flaws) {
    let Some(review_by) = view.item.review_by() else { return };
    let days = review_by.signed_duration_since(context.today).num_days();
    // One that has passed is an error of its own.
    if (0..i64::from(context.config.review_notice_days)).contains(&days) {
        let message = format!("a reference is to be reviewed by {review_by}, in {days} days");
        flaws.item(view, Rule::ReviewSoon, message, "compare the item with its source and move both dates");
    }
}
