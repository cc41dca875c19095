//! What was written is read the same.

mod any_item;
pub(crate) mod every_kind;

use proptest::prelude::*;
use qti::{model::Item, read, write};

use crate::vectors::folders;

fn again(item: &Item) -> Item {
    let written = write::item(item);
    let import = read::read_item("written.xml", written.as_bytes());
    assert_eq!(import.faults(), [], "{written}");
    import.content().unwrap().clone()
}

#[test]
fn every_vector_is_the_same_after_writing_and_scores_the_same() {
    for folder in folders() {
        let import = read::read_item("item.xml", &std::fs::read(folder.join("item.xml")).unwrap());
        let item = import.content().unwrap();
        let written = again(item);
        assert_eq!(written, *item, "{}", folder.display());
        assert_eq!(write::item(&written), write::item(item));
        let cases = qti::cases::read(&std::fs::read(folder.join("cases.json")).unwrap()).unwrap();
        assert_eq!(qti::cases::answer(&written, &cases), qti::cases::answer(item, &cases));
    }
}

#[test]
fn an_item_with_every_kind_of_interaction_is_the_same_after_writing() {
    let import = read::read_item("every.xml", every_kind::ITEM.as_bytes());
    assert_eq!(import.faults(), []);
    assert_eq!(import.losses(), []);
    let item = import.content().unwrap();
    assert_eq!(again(item), *item);
}

#[test]
fn a_test_is_the_same_after_writing() {
    let import = read::read_test("test.xml", every_kind::TEST.as_bytes());
    assert_eq!(import.faults(), []);
    let test = import.content().unwrap();
    let written = write::test(test);
    assert_eq!(read::read_test("written.xml", written.as_bytes()).content(), Some(test), "{written}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_item_is_the_same_after_writing(item in any_item::item()) {
        prop_assert_eq!(again(&item), item);
    }

    #[test]
    fn normalising_twice_changes_nothing(mut content in any_item::content()) {
        read::normalise(&mut content);
        let once = content.clone();
        read::normalise(&mut content);
        prop_assert_eq!(content, once);
    }
}
