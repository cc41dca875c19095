//! Files and questions that are refused, each with its reason and place.

use interchange::{Import, Outcome, bounds, gift, moodle};

use crate::{one, quiz};

/// Code, line and column of each fault of a file as a whole.
fn of_file(import: &Import) -> Vec<(&'static str, usize, usize)> {
    import.faults.iter().map(|fault| (fault.kind.code(), fault.at.line, fault.at.column)).collect()
}

/// The same of the questions, and the codes of all that were not refused.
fn of_questions(import: &Import) -> Vec<(&'static str, usize, usize)> {
    let faults = import.records.iter().flat_map(|record| match &record.outcome {
        Outcome::Refused { faults } => faults.clone(),
        _ => Vec::new(),
    });
    faults.map(|fault| (fault.kind.code(), fault.at.line, fault.at.column)).collect()
}

#[test]
fn files_that_are_none_are_refused_by_name() {
    for read in [gift::read, moodle::read] {
        assert_eq!(of_file(&read(b"\xff\xfeq\0")), [("encoding", 1, 1)]);
        assert_eq!(read(b"\xff\xfe\0\0").faults[0].kind.to_string(), "the file is encoded as UTF-32; save it as UTF-8");
        assert_eq!(of_file(&read(b"")).len(), 1);
    }
    assert_eq!(of_file(&gift::read(b"ok {T}\n\nna\xefve {T}")), [("not-utf8", 3, 3)]);
    assert_eq!(of_file(&gift::read(b"// only a comment\n\n")), [("no-questions", 1, 1)]);
    assert_eq!(of_file(&gift::read(&vec![b'a'; bounds::GIFT_BYTES + 1])), [("file-too-large", 1, 1)]);
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><quiz><!-- \xe9 --></quiz>";
    let faults = moodle::read(latin).faults;
    assert_eq!(faults[0].to_string(), "line 1, column 1: the file is encoded as ISO-8859-1; save it as UTF-8");
}

#[test]
fn xml_that_could_harm_is_refused() {
    let bomb = "<!DOCTYPE quiz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<quiz>&b;</quiz>";
    assert_eq!(of_file(&moodle::read(bomb.as_bytes())), [("document-type", 1, 1)]);
    let outside = "<!DOCTYPE quiz SYSTEM \"file:///etc/passwd\"><quiz/>";
    assert_eq!(of_file(&moodle::read(outside.as_bytes())), [("document-type", 1, 1)]);
    let entity = quiz("<question type=\"description\"><questiontext><text>&b;</text></questiontext></question>");
    assert_eq!(of_questions(&moodle::read(entity.as_bytes())), [("entity", 1, 56)]);
    let control = quiz("<question type=\"description\"><questiontext><text>&#1;</text></questiontext></question>");
    assert_eq!(of_questions(&moodle::read(control.as_bytes())), [("character", 1, 56)]);
    let deep = quiz(&format!("<question type=\"essay\">{}", "<a>".repeat(bounds::XML_DEPTH)));
    assert_eq!(of_file(&moodle::read(deep.as_bytes()))[0].0, "depth");
    let wide = quiz(&format!("<question type=\"essay\">{}", "<a/>".repeat(bounds::XML_ELEMENTS)));
    assert_eq!(of_file(&moodle::read(wide.as_bytes()))[0].0, "too-many");
    let attributes: String = (0..100).map(|number| format!(" a{number}=''")).collect();
    assert_eq!(of_file(&moodle::read(quiz(&format!("<question{attributes}/>")).as_bytes()))[0].0, "too-many");
    let many = quiz(&"<question type=\"x\"/>".repeat(bounds::QUESTIONS + 1));
    assert_eq!(of_file(&moodle::read(many.as_bytes()))[0].0, "too-many");
}

#[test]
fn xml_that_breaks_off_keeps_what_stood_before() {
    let good = "<question type=\"description\"><questiontext><text>Read this.</text></questiontext></question>";
    for (bad, code) in [
        ("<question><name>", "xml"),
        ("</question></quiz>", "xml"),
        ("<question a='1' a='2'/>", "xml"),
        ("<question", "xml"),
        ("<!DOCTYPE quiz>", "document-type"),
    ] {
        let import = moodle::read(format!("<quiz>{good}\n{bad}").as_bytes());
        assert_eq!(import.records.len(), 1, "{bad}");
        assert_eq!(of_file(&import).iter().map(|fault| (fault.0, fault.1)).collect::<Vec<_>>(), [(code, 2)], "{bad}");
    }
    assert_eq!(of_file(&moodle::read(b"<html><p>hello</p></html>")), [("element", 1, 1)]);
    assert_eq!(of_file(&moodle::read(b"<quiz></quiz>")), [("no-questions", 1, 1)]);
    assert_eq!(of_file(&moodle::read(b"<quiz>\n<other/></quiz>")), [("element", 2, 1)]);
}

#[test]
fn every_fault_of_a_gift_file_is_told_at_once() {
    let file = "One {=a\n\n\
                ::Two {T}\n\n\
                Three }\n\n\
                Four {a ~b}\n\n\
                Five {~%500%a\n=b\n=}\n\n\
                Six {#3..x}\n\n\
                Seven {=a -> b\n=c}\n\n\
                Eight {T}{F}\n\n\
                Nine {~a ~b}\n\n\
                Ten {T#a#b#c}\n\n\
                {}\n\n\
                Good {T}\n";
    let import = gift::read(file.as_bytes());
    assert_eq!(of_file(&import), []);
    assert_eq!(
        of_questions(&import),
        [
            ("answers-open", 1, 5),
            ("title-open", 3, 1),
            ("answers-not-open", 5, 7),
            ("unmarked", 7, 7),
            ("percentage", 9, 9),
            ("empty-answer", 11, 1),
            ("number", 13, 7),
            ("no-arrow", 16, 1),
            ("second-answers", 18, 10),
            ("no-key", 20, 1),
            ("feedback-here", 22, 12),
            ("no-text", 24, 1),
        ]
    );
    assert_eq!(import.records.len(), 12);
    assert!(matches!(import.records[11].outcome, Outcome::Imported { .. }));
}

#[test]
fn every_fault_of_a_moodle_question_is_told_at_once() {
    let file = quiz(
        "\n<question type=\"multichoice\"><name><text>n</text></name>\n<questiontext format=\"wiki\"><text>Which?</text></questiontext>\n\
         <defaultgrade>many</defaultgrade>\n<single>perhaps</single>\n<answer fraction=\"200\"><text>a</text></answer>\n\
         <answer fraction=\"0\"><text></text></answer>\n</question>",
    );
    let import = moodle::read(file.as_bytes());
    assert_eq!(
        of_questions(&import).iter().map(|fault| (fault.0, fault.1)).collect::<Vec<_>>(),
        [("no-key", 2), ("value", 3), ("value", 4), ("value", 5), ("value", 6), ("empty-answer", 7)]
    );
}

#[test]
fn kinds_that_are_not_read_say_why() {
    for (kind, word) in [
        ("calculated", "drawn anew"),
        ("calculatedsimple", "drawn anew"),
        ("calculatedmulti", "drawn anew"),
        ("random", "other questions"),
        ("randomsamatch", "other questions"),
        ("ddmarker", "hotspot"),
        ("ddimageortext", "hotspot"),
        ("missingtype", "Moodle itself"),
        ("stack", "docs/INTERCHANGE.md"),
    ] {
        let Outcome::Refused { faults } = one(&format!("<question type=\"{kind}\"/>")) else {
            panic!("{kind} is not read")
        };
        let told = faults[0].to_string();
        assert!(faults.len() == 1 && told.contains(&format!("`{kind}`")) && told.contains(word), "{told}");
    }
    let files = "<question type=\"essay\"><responseformat>noinline</responseformat></question>";
    let Outcome::Refused { faults } = one(files) else { panic!("there is nothing to write") };
    assert!(faults.iter().any(|fault| fault.kind.code() == "unsupported"), "{faults:?}");
}

#[test]
fn gaps_that_cannot_be_filled_are_refused() {
    let codes = |kind: &str, text: &str, more: &str| {
        let question = format!(
            "<question type=\"{kind}\"><questiontext format=\"html\"><text><![CDATA[{text}]]></text></questiontext>{more}</question>"
        );
        match one(&question) {
            Outcome::Refused { faults } => faults.iter().map(|fault| fault.kind.code()).collect(),
            _ => vec![],
        }
    };
    assert_eq!(codes("multianswer", "no gap", ""), ["no-gaps"]);
    assert_eq!(codes("multianswer", "{1:SA:=a} {1:XYZ:=a}", ""), ["gap-notation"]);
    assert_eq!(codes("multianswer", "{1:SA:=a} {1:SA:=b", ""), ["gap-notation"]);
    assert_eq!(codes("multianswer", "{1:SA:a}", ""), ["no-key"]);
    assert_eq!(codes("multianswer", "{1:MC:=a}", ""), ["too-few-options"]);
    assert_eq!(codes("multianswer", "{1:NM:=much}", ""), ["number"]);
    assert_eq!(codes("multianswer", "{1:SA:=a~%x%b}", ""), ["percentage"]);
    assert_eq!(codes("multianswer", "<script>{1:SA:=a}</script>{1:SA:=a}", ""), ["gap-hidden"]);
    assert_eq!(codes("multianswer", "<img alt=\"{1:SA:=a}\">{1:SA:=a}", ""), ["gap-hidden"]);
    let tiles = "<dragbox><text>a</text></dragbox><dragbox><text>b</text></dragbox>";
    assert_eq!(codes("ddwtos", "[[1]] [[3]]", tiles), ["gap-unknown"]);
    assert_eq!(codes("ddwtos", "[[1]] [[1]]", tiles), ["gap-twice"]);
    assert_eq!(codes("ddwtos", "[[1]] [[2]]", tiles), [] as [&str; 0]);
    assert_eq!(codes("gapselect", "[[1]]", "<selectoption><text>a</text></selectoption>"), ["too-few-options"]);
}
