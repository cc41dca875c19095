//! The kinds of questions, and which of them are read.

use super::{choice, cloze, entry, item::Item, order, words};
use crate::{Content, FaultKind, Interaction, import::beginning};

/// Reads what a question asks and what is right. `None` if its kind is not read.
pub(super) fn read(item: &mut Item<'_>, kind: &str) -> Option<(Content, Interaction)> {
    let refused = match kind {
        "multianswer" => return Some(cloze::read(item)),
        "gapselect" => return Some(words::select(item)),
        "ddwtos" => return Some(words::drag(item)),
        "multichoice" | "truefalse" | "shortanswer" | "numerical" | "matching" | "ordering" | "essay"
        | "description" => {
            let stem = item.content("questiontext");
            let interaction = match kind {
                "multichoice" => choice::multiple(item),
                "truefalse" => choice::true_or_false(item),
                "shortanswer" => entry::short(item),
                "numerical" => entry::numerical(item),
                "matching" => order::matching(item),
                "ordering" => order::ordering(item),
                "essay" => entry::essay(item)?,
                _ => Interaction::Information,
            };
            return Some((stem, interaction));
        }
        "calculated" | "calculatedsimple" | "calculatedmulti" => {
            "their numbers are drawn anew for each candidate; write one question with fixed numbers"
        }
        "random" | "randomsamatch" => "they stand for other questions; import these themselves",
        "ddmarker" => "markers go to any point of a picture, and every area is right; write a hotspot with wrong areas",
        "ddimageortext" => "they put pictures or words on a picture; write a hotspot or a gap match",
        "missingtype" => "Moodle itself did not know their kind",
        "" => {
            item.fault(item.element, FaultKind::Missing { name: "question type" });
            return None;
        }
        _ => "only kinds of Moodle itself are, as docs/INTERCHANGE.md lists them",
    };
    item.fault(item.element, FaultKind::Unsupported { kind: beginning(kind), reason: refused });
    None
}

/// Elements that a kind reads besides those that all have. An empty list is that of a kind that is not read.
pub(super) fn elements(kind: &str) -> &'static [&'static str] {
    match kind {
        "multichoice" => &["answer", "single", "shuffleanswers"],
        "truefalse" => &["answer"],
        "shortanswer" => &["answer", "usecase"],
        "numerical" => &["answer", "units", "unitgradingtype", "unitpenalty", "instructions"],
        "matching" => &["subquestion", "shuffleanswers"],
        "ordering" => &["answer", "selecttype", "selectcount", "gradingtype", "numberingstyle"],
        "essay" => &[
            "responserequired",
            "responsefieldlines",
            "minwordlimit",
            "maxwordlimit",
            "attachments",
            "attachmentsrequired",
            "maxbytes",
            "filetypeslist",
            "graderinfo",
            "responsetemplate",
        ],
        "gapselect" => &["selectoption", "shuffleanswers"],
        "ddwtos" => &["dragbox", "shuffleanswers"],
        _ => &[],
    }
}
