//! A text is what its changes make of it.

use item::{Response, TextEdit};
use proptest::prelude::*;

fn replay(before: &str, edits: &[TextEdit]) -> String {
    edits.iter().fold(before.to_owned(), |text, edit| edit.apply(&text).unwrap().as_text().to_owned())
}

proptest! {
    #[test]
    fn the_changes_between_two_texts_lead_from_one_to_the_other(before in "[ab\n漢🦀]{0,40}", after in "[ab\n漢🦀]{0,40}") {
        let edits = TextEdit::between(&before, &after);
        prop_assert_eq!(edits.is_empty(), before == after);
        prop_assert_eq!(replay(&before, &edits), after);
    }

    #[test]
    fn a_long_text_comes_in_pieces_and_is_never_longer_on_the_way(
        before in "[ab]{0,900}", after in "[ab漢]{0,2500}",
    ) {
        let mut text = before.clone();
        for edit in TextEdit::between(&before, &after) {
            prop_assert!(edit.inserted.chars().count() <= TextEdit::MOST_INSERTED);
            text = edit.apply(&text).unwrap().as_text().to_owned();
            prop_assert!(text.chars().count() <= before.chars().count().max(after.chars().count()));
        }
        prop_assert_eq!(text, after);
    }

    #[test]
    fn no_change_makes_it_panic(text in ".{0,20}", at in any::<u32>(), removed in any::<u32>(), inserted in ".{0,5}") {
        let _ = TextEdit { at, removed, inserted }.apply(&text);
    }
}

#[test]
fn what_reaches_beyond_the_end_or_changes_nothing_is_refused() {
    let edit = |at, removed, inserted: &str| TextEdit { at, removed, inserted: inserted.into() }.apply("añb");
    assert_eq!(edit(1, 1, "nn"), Ok(Response::text("annb")));
    assert_eq!(edit(3, 0, "!"), Ok(Response::text("añb!")));
    assert_eq!(edit(0, 3, ""), Ok(Response::default()));
    for (at, removed, inserted) in [(4, 0, "x"), (2, 2, ""), (0, 4, ""), (1, 0, "")] {
        assert_eq!(edit(at, removed, inserted).unwrap_err().length, 3);
    }
}
