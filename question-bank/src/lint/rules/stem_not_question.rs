//! The stem ends with a question, or breaks off where the options go on.

use crate::lint::{Rule, flaw::Flaws, rules::Context, view::View};

/// How a stem that is to be completed ends.
const OPEN_ENDS: &[&str] = &[":", "：", "…", "...", "__"];

pub(super) fn check(view: &View<'_>, _: &Context<'_>, flaws: &mut Flaws) {
    // Of what is put in order, matched or filled in, the stem says what to do rather than ask.
    if !view.item.kind.is_choice() {
        return;
    }
    let end = view.question.trim_end();
    if end.contains(['?', '？', '؟']) || OPEN_ENDS.iter().any(|open| end.ends_with(open)) {
        return;
    }
    let help = "end the stem with the question, so that it can be answered with the options covered";
    flaws.item(view, Rule::StemNotQuestion, "the last paragraph of the stem asks nothing", help);
}
