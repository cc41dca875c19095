//! A small bank that breaks no rule of item writing, for tests that break one.

use chrono::NaiveDate;
use question_bank::{Bank, Flaw, lint};

use crate::fixture::{Files, TODAY, scheme_text};

/// A single-choice item.
pub(crate) const ITEM: &str = "items/gate.toml";
/// A scenario set of two single-choice items.
pub(crate) const SET: &str = "scenarios/kiosk.toml";

const LINT: &str = "format = \"invigil-lint\"\nversion = 1\nacronyms = [\"API\"]\nbrands = [\"Acme Cloud\"]\n\
                    identifiers = [\"LLM##\"]\n";

pub(crate) fn sound() -> Files {
    Files::with_scheme(scheme_text(&[("D1", 2), ("D2", 2)], 1, 2))
        .add("lint.toml", LINT)
        .add(ITEM, GATE)
        .add(SET, format!("{KIOSK_HEAD}{KIOSK_ITEMS}"))
}

/// The flaws of a bank without faults of format, but for that it has no history.
pub(crate) fn flaws(files: &Files) -> Vec<Flaw> {
    flaws_on(files, TODAY)
}

pub(crate) fn flaws_on(files: &Files, today: NaiveDate) -> Vec<Flaw> {
    let (bank, findings) = Bank::load(&files.sources(), today);
    assert_eq!(findings, []);
    let mut flaws = lint(&bank, today);
    flaws.retain(|flaw| flaw.code.as_str() != "no-history");
    flaws
}

const GATE: &str = r#"format = "invigil-item"
version = 1
id = "gate"
revision = 1
status = "operational"
domain = "D1"
level = "analysis"
topic = "tool gates"
kind = "single_choice"
stem = """
A library's assistant may call tools only after a member of staff has confirmed the call. In a test it sends a reminder without a confirmation, because the member of staff had confirmed another reminder an hour before.

Which change closes this gap?
"""

[authoring]
authored_on = 2026-01-05
ai_assisted = false
reviewed = true

[[reference]]
source = "Handbook of the library"
edition = "2026"
locator = "Chapter 3, Confirmations"
verified_on = 2026-01-05
review_by = 2027-12-31

[[option]]
id = "a"
text = "Confirmations are kept in a log that two people read"
rationale = "A log shows the gap afterwards and closes nothing; it tempts since logs are asked for anyway."

[[option]]
id = "b"
text = "Confirmations hold for one call and its arguments"
key = true
rationale = "The old confirmation then says nothing about the new reminder, which waits for its own."

[[option]]
id = "c"
text = "Confirmations are asked for by a second assistant now"
rationale = "Who asks does not matter while an old confirmation counts; it tempts since two look safer."
"#;

const KIOSK_HEAD: &str = r#"format = "invigil-scenario"
version = 1
id = "kiosk"
revision = 1
status = "operational"
title = "A kiosk that answers"
stimulus = """
A museum puts a talking kiosk into its entrance hall. Visitors ask it about opening hours, tickets and paintings. The kiosk runs a small model in the basement and fetches texts from two sources: the catalogue, which three curators edit, and a guest book, into which anybody may write. Both lie in one store, and the kiosk does not say which of them an answer came from.

The model has two tools. One looks up tickets by their number and shows the buyer's first name. The other prints a map on paper. Each call is written to a file that the porter copies to a stick on Mondays.

In March a visitor wrote into the guest book that the east wing was closed for repairs. For two days the kiosk told this to everybody, and forty visitors went home. The curators deleted the entry by hand. In April the same happened with ticket prices. The museum now asks its two technicians what to do before summer, when six more kiosks arrive, and has money for one change.
"""

[authoring]
authored_on = 2026-01-05
ai_assisted = false
reviewed = true
"#;

const KIOSK_ITEMS: &str = r#"
[[item]]
id = "kiosk-1"
domain = "D2"
level = "application"
topic = "provenance"
kind = "single_choice"
stem = """
The technicians want visitors to learn whether an answer rests on the catalogue or the guest book.

What does the store have to keep with each text?
"""

  [[item.reference]]
  source = "Handbook of the museum"
  edition = "2026"
  locator = "Chapter 1, Sources"
  verified_on = 2026-01-05
  review_by = 2027-12-31

  [[item.option]]
  id = "a"
  text = "The place that the text was fetched from"
  key = true
  rationale = "With the place beside each text, the kiosk can name it in the answer."

  [[item.option]]
  id = "b"
  text = "The number of visitors who had read the text"
  rationale = "Readers tell how popular a text is and not where it stood; tempting since counts exist."

  [[item.option]]
  id = "c"
  text = "The hour at which the model shortened the text"
  rationale = "The hour helps to order events and names no source; tempting since logs have hours."

[[item]]
id = "kiosk-2"
domain = "D1"
level = "evaluation"
topic = "least privilege"
kind = "single_choice"
stem = """
A parent complains that a stranger typed ticket numbers at the kiosk until the name of a child appeared.

Which change to the first tool helps most at no loss to its purpose?
"""

  [[item.reference]]
  source = "Handbook of the museum"
  edition = "2026"
  locator = "Chapter 2, Tools"
  verified_on = 2026-01-05
  review_by = 2027-12-31

  [[item.option]]
  id = "a"
  text = "It prints its reply and clears the screen"
  rationale = "Paper can be read by the stranger as well; tempting since the screen stays clean."

  [[item.option]]
  id = "b"
  text = "It says whether the number is valid today"
  key = true
  rationale = "Visitors need to know that they get in, and no name is needed for that."

  [[item.option]]
  id = "c"
  text = "It writes each request to the weekly file"
  rationale = "The file is read days later and shows the name all the same; tempting since it exists."
"#;
