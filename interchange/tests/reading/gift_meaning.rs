//! What GIFT's notation means in the neutral model.

use interchange::{
    Interaction, NumberRange, Outcome, Question,
    gift::{CommentLines, parse, read, to_json},
};

fn questions(file: &str) -> Vec<Question> {
    let records = read(file.as_bytes()).records;
    records.iter().map(|record| record.outcome.question().unwrap_or_else(|| panic!("{record:?}")).clone()).collect()
}

fn one(file: &str) -> Question {
    let mut questions = questions(file);
    assert_eq!(questions.len(), 1);
    questions.remove(0)
}

#[test]
fn id_tags_title_and_category_belong_to_their_question() {
    let file = "$CATEGORY: $course$/top/Models//Data/Cards\n\n// [id:m-1] [tag:cards] [tag: data ]\n::A card:: Is it public? {T}\n\nNext? {F}";
    let questions = questions(file);
    assert_eq!(questions[0].category, ["Models/Data", "Cards"]);
    assert_eq!((questions[0].id.as_deref(), questions[0].name.as_deref()), (Some("m-1"), Some("A card")));
    assert_eq!(questions[0].tags, ["cards", "data"]);
    assert_eq!(questions[1].category, questions[0].category);
    assert_eq!((questions[1].id.as_deref(), questions[1].tags.len()), (None, 0));
}

#[test]
fn feedback_to_true_and_false_goes_first_to_who_is_wrong() {
    for (notation, key, when_true, when_false) in
        [("Q {T#wrong#right}", true, "right", "wrong"), ("Q {F#wrong#right}", false, "wrong", "right")]
    {
        let Interaction::TrueFalse(truth) = one(notation).interaction else { panic!("{notation}") };
        assert_eq!(truth.key, key);
        assert_eq!((truth.feedback_true.plain(), truth.feedback_false.plain()), (when_true.into(), when_false.into()));
    }
}

#[test]
fn several_are_chosen_where_none_is_right_by_itself() {
    let choice = |notation| match one(notation).interaction {
        Interaction::Choice(choice) => choice,
        other => panic!("{other:?}"),
    };
    let single = choice("Q {=a ~%25%b ~c}");
    assert!(single.single);
    assert_eq!(single.options.iter().map(|option| option.fraction.as_str()).collect::<Vec<_>>(), ["100", "25", "0"]);
    assert!(!choice("Q {~%50%a ~%50%b ~%-100%c}").single);
}

#[test]
fn numbers_are_exact_and_ranges_are_kept() {
    let Interaction::Numeric(numeric) = one("Q {#=3.10:0.05 =%50%1..2.5 ~#no}").interaction else { panic!("a number") };
    let ranges: Vec<_> = numeric.accepted.iter().map(|answer| (&answer.range, answer.fraction.as_str())).collect();
    assert!(
        matches!(ranges[0], (NumberRange::Near { value, tolerance }, "100") if value.as_str() == "3.1" && tolerance.as_str() == "0.05")
    );
    assert!(
        matches!(ranges[1], (NumberRange::Between { low, high }, "50") if low.as_str() == "1" && high.as_str() == "2.5")
    );
    assert!(matches!(ranges[2], (NumberRange::Any, "0")));
    assert_eq!(numeric.accepted[2].feedback.plain(), "no");
}

#[test]
fn a_pair_without_a_premise_is_a_distractor() {
    let Interaction::Match(pairs) = one("Q {=a -> 1 =b -> 2 = -> 3}").interaction else { panic!("pairs") };
    assert_eq!((pairs.pairs.len(), pairs.distractors), (2, vec!["3".to_owned()]));
}

#[test]
fn signs_without_a_meaning_are_text() {
    let question = one("Is 2+2=4: yes, ~always, #1? {=1\\:1 ~3:2 #see a#b}");
    assert_eq!(question.stem.plain(), "Is 2+2=4: yes, ~always, #1?");
    let Interaction::Choice(choice) = question.interaction else { panic!("a choice") };
    assert_eq!(choice.options[1].content.plain(), "3:2");
    assert_eq!(choice.options[1].feedback.plain(), "see a#b");
    let Interaction::TextEntry(entry) = one("Which city? {Tallinn}").interaction else { panic!("a text") };
    assert_eq!(entry.accepted[0].pattern.literal(), Some("Tallinn"));
    let Interaction::Choice(choice) = one("Which format? {=%d ~%s of it}").interaction else { panic!("a choice") };
    assert_eq!(choice.options[0].content.plain(), "%d");
}

#[test]
fn comment_lines_within_a_question_are_comments_as_moodle_has_it() {
    let file = "Who\n// [tag:x] not this\nsigned? {\n// nor this {\n=he\n~she\n}\n// after\n// and after";
    let question = one(file);
    assert_eq!(question.stem.plain(), "Who signed?");
    assert_eq!(question.tags, ["x"]);
    let as_text = parse("Who\n// not this\nsigned? {T}", CommentLines::Text).unwrap();
    assert_eq!(to_json(&as_text)[0]["stem"]["text"], "Who // not this signed?");
}

#[test]
fn formats_reach_the_tree_and_losses_have_places() {
    let file = "::t::[html]<p>Which <b>one</b>?</p>{\n=[plain]<b>\n~[markdown]*x* [l](http\\://example.org)}";
    let import = read(file.as_bytes());
    let Outcome::ImportedWithLoss { question, losses } = &import.records[0].outcome else { panic!("{import:?}") };
    assert_eq!(losses.len(), 1);
    assert_eq!((losses[0].at.line, losses[0].at.column, losses[0].kind.code()), (3, 12, "link"));
    let Interaction::Choice(choice) = &question.interaction else { panic!("a choice") };
    assert_eq!((choice.options[0].content.plain(), choice.options[1].content.plain()), ("<b>".into(), "x l".into()));
}

#[test]
fn line_ends_of_every_system_separate_questions() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["One {T}", " \t", "Two", "lines {F}", "", "", "Three"].join(end);
        let questions = questions(&file);
        assert_eq!(questions.len(), 3, "{end:?}");
        assert_eq!(questions[1].stem.plain(), "Two lines");
    }
    assert_eq!(questions("\u{feff}One {T}")[0].stem.plain(), "One");
}
