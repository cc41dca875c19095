//! Every rule of item writing: texts that break it and nothing else, and texts close by that do not.

use question_bank::{Bank, LintReport, lint, lint::Rule};

use crate::{
    fixture::{Files, TODAY},
    sound_bank::{ITEM, SET, flaws, flaws_on, sound},
};

/// Examples of one rule.
struct Examples {
    broken: Vec<Files>,
    kept: Vec<Files>,
}

/// In the item: `from` replaced by each of the texts.
fn item(from: &str, broken: &[&str], kept: &[&str]) -> Examples {
    of(ITEM, from, broken, kept)
}

fn of(file: &str, from: &str, broken: &[&str], kept: &[&str]) -> Examples {
    let each = |texts: &[&str]| texts.iter().map(|to| sound().replace(file, from, to)).collect();
    Examples { broken: each(broken), kept: each(kept) }
}

const QUESTION: &str = "Which change closes this gap?";
const STORY: &str = "A library's assistant may call tools";
const A: &str = "Confirmations are kept in a log that two people read";
const KEY: &str = "Confirmations hold for one call and its arguments";
const C: &str = "Confirmations are asked for by a second assistant now";

/// The item with other options a, b (the key) and c.
fn options(a: &str, key: &str, c: &str) -> Files {
    sound().replace(ITEM, A, a).replace(ITEM, KEY, key).replace(ITEM, C, c)
}

fn with_lint(line: &str) -> Files {
    sound().replace("lint.toml", "version = 1\n", &format!("version = 1\n{line}\n"))
}

/// A bank of copies of the item with texts of their own; `options` gives a, the key and c of each.
fn many(count: usize, key_at: impl Fn(usize) -> usize, options: impl Fn(usize) -> [String; 3]) -> Files {
    let head = |n: usize| format!("id = \"n-{n}\"\nenemies = [{}]", enemies(n, count));
    (0..count).fold(with_lint("near_duplicate_percent = 100"), |files, n| {
        let mut text = sound().text(ITEM).replace("id = \"gate\"", &head(n)).replace("key = true\n", "");
        for (at, (from, to)) in [A, KEY, C].into_iter().zip(options(n)).enumerate() {
            let key = if at == key_at(n) { "\"\nkey = true" } else { "\"" };
            text = text.replace(&format!("{from}\""), &format!("{to}{key}"));
        }
        files.add(&format!("items/n-{n}.toml"), text)
    })
}

/// Every other one, so that copies of one item are no near-duplicates.
fn enemies(n: usize, count: usize) -> String {
    let others = (0..count).filter(|&other| other != n).map(|other| format!("\"n-{other}\""));
    others.collect::<Vec<_>>().join(", ")
}

fn even(n: usize) -> [String; 3] {
    [0, 1, 2].map(|at| format!("Option number {at} of the item number {:02}", 10 + n))
}

/// The option at `at` is longer than the others.
fn long_at(n: usize, at: usize) -> [String; 3] {
    let mut options = even(n);
    options[at].push_str(" X");
    options
}

/// The compiler sees to it that no rule is forgotten.
fn examples(rule: Rule) -> Examples {
    match rule {
        Rule::StemNotQuestion => item(
            QUESTION,
            &["The gap has to be closed.", "Choose the best answer."],
            &["This gap is closed by:", "The change that closes this gap is …", "من يغلق هذه الثغرة؟"],
        ),
        Rule::StemNegative => item(
            QUESTION,
            &[
                "Which change does not close this gap?",
                "Which change is least likely to help?",
                "They all help, except:",
            ],
            &[
                "Which change does **not** close this gap?",
                "Which change is LEAST likely to help?",
                "Which change ensures that it does not send reminders?",
                "In a hall which does not close, which change helps?",
            ],
        ),
        Rule::LongSentence => {
            let long = format!("A day came {} and then {STORY}", "after a day and ".repeat(10));
            let short = format!("A day came {}. Then {STORY}", "after a day and ".repeat(6));
            item(STORY, &[&long], &[&short])
        }
        Rule::AllOrNone => item(
            A,
            &["All of the above", "Neither of the above changes", "None of these", "All of them"],
            &[
                "Confirmations from all of the people above the desk",
                "None of these people may confirm a call to a tool",
            ],
        ),
        Rule::OptionNamesOption => item(
            A,
            &["Both B and C", "Confirmations are asked for as in option c"],
            &[
                "Confirmations are taken by both shelf B and desk 3",
                "The answer a reader gives is taken as confirmation",
            ],
        ),
        Rule::OptionOverlap => Examples {
            broken: vec![options("Confirmations hold for one call", KEY, C)],
            kept: vec![options("Confirmations hold for an hour and no longer than it", KEY, C)],
        },
        Rule::OptionPunctuation => Examples {
            broken: vec![
                options(&format!("{A}."), KEY, C),
                options(A, "confirmations hold for one call and its arguments", C),
            ],
            kept: vec![
                options(&format!("{A}."), &format!("{KEY}."), &format!("{C}.")),
                options("`confirm()` is written to a log that two people read", KEY, C),
            ],
        },
        Rule::OptionGrammar => Examples {
            broken: vec![
                options("To keep confirmations in a log that two people read", KEY, C),
                options(
                    "Keeping confirmations in a log",
                    "Binding confirmations to one call",
                    "A second assistant, which asks",
                ),
            ],
            kept: vec![
                options(
                    "To keep confirmations in a log",
                    "To bind confirmations to a call",
                    "To let another assistant ask",
                ),
                options(
                    "Keeping confirmations in a log",
                    "Binding confirmations to one call",
                    "Letting another assistant ask",
                ),
            ],
        },
        Rule::LongKey => Examples {
            broken: vec![options("Confirmations are kept in a log", KEY, "Confirmations are asked for")],
            kept: vec![options("Confirmations are kept in one long log with others", KEY, C)],
        },
        Rule::KeyLongest => Examples {
            broken: vec![options(
                A,
                "Confirmations hold for one call and for its arguments",
                "Confirmations are asked for by another assistant",
            )],
            kept: vec![options(A, "Confirmations hold for one call and its own arguments", C)],
        },
        Rule::KeyLength => {
            let key_longest_in = |count: usize, longest: usize| {
                many(count, |n| n % 3, |n| long_at(n, if n < longest { n % 3 } else { (n + 1) % 3 }))
            };
            // With the two sound items that have one longest option, which is no key: 32 in all, 10.7 ± 6.2 by chance.
            Examples {
                broken: vec![key_longest_in(30, 18), key_longest_in(30, 3)],
                kept: vec![key_longest_in(30, 10), key_longest_in(30, 15), key_longest_in(12, 12)],
            }
        }
        Rule::KeyPosition => Examples {
            broken: vec![many(30, |n| usize::from(n % 5 == 0), even)],
            kept: vec![many(30, |n| n % 3, even), many(20, |_| 1, even)],
        },
        Rule::AbsoluteDistractor => Examples {
            broken: vec![
                options("Confirmations are always kept in a log that two read", KEY, C),
                options(
                    "All confirmations are kept in a log that two read",
                    KEY,
                    "Every confirmation is asked for by another assistant",
                ),
            ],
            kept: vec![
                options(
                    "Confirmations are always kept in a log that two read",
                    "Confirmations never hold for more than one call",
                    C,
                ),
                options("All confirmations are kept in a log that two read", KEY, C),
            ],
        },
        Rule::HedgedKey => Examples {
            broken: vec![options(A, "Confirmations usually hold for one call only", C)],
            kept: vec![options("Confirmations may be kept in a log", "Confirmations may hold for a call", C)],
        },
        Rule::CueWords => Examples {
            broken: vec![sound().replace(
                ITEM,
                QUESTION,
                "Which change makes each call stand alone with its arguments?",
            )],
            kept: vec![sound().replace(ITEM, QUESTION, "Which change makes each call stand alone, apart from a log?")],
        },
        Rule::ArticleCue => {
            let ask = |a, key, c| options(a, key, c).replace(ITEM, QUESTION, "What is missing here? Select: it is an");
            let none = || options("log of confirmations", "expiry of confirmations", "question by an assistant");
            Examples {
                broken: vec![ask("log of confirmations", "expiry of confirmations", "assistant that asks twice")],
                kept: vec![
                    ask("archive of confirmations", "expiry of confirmations", "assistant that asks twice"),
                    none().replace(ITEM, QUESTION, "What is missing here? Select the one thing:"),
                ],
            }
        }
        Rule::Acronym => item(
            STORY,
            &["A library's RAG assistant may call tools", "A library's assistant (built on RAG) may call tools"],
            &[
                "A library's retrieval-augmented generation (RAG) assistant may call tools",
                "A library's RAG (retrieval-augmented generation) assistant may call tools",
                "A library's assistant may call the API of tools ONLY at night, not as `RAG`, and part III says, for it may call tools",
            ],
        ),
        Rule::Identifier => item(
            A,
            &["Confirmations are kept in a log as LLM06 asks for it"],
            &["Confirmations are kept in a log as LLM6x asks for it"],
        ),
        Rule::Brand => {
            item(STORY, &["An assistant on acme cloud may call tools"], &["An acme of a cloud may call tools"])
        }
        Rule::ThinRationale => of(
            ITEM,
            "The old confirmation then says nothing about the new reminder, which waits for its own.",
            &[
                "This is right.",
                "Who asks does not matter while an old confirmation counts; it tempts since two look safer.",
            ],
            &["Each reminder waits for its own."],
        ),
        Rule::VagueLocator => item(
            "Chapter 3, Confirmations",
            &["passim", "N/A", "Handbook of the library", "—"],
            &["Handbook of the library, 3", "General provisions"],
        ),
        Rule::ReviewSoon => item("review_by = 2027-12-31", &["review_by = 2026-12-20"], &["review_by = 2026-12-24"]),
        Rule::StimulusLength => of(
            SET,
            "A museum puts",
            &[&format!("{}A museum puts", "A hall. ".repeat(60))],
            &["Some day, a museum puts"],
        ),
        Rule::RefersToItem => Examples {
            broken: vec![
                sound().replace(SET, "A parent complains", "As in the previous question, a parent complains"),
                sound().replace(ITEM, STORY, "Use your answer to question 2. A library's assistant may call tools"),
            ],
            kept: vec![sound().replace(SET, "A parent complains", "In answer to a question, a parent complains")],
        },
        Rule::GivesAway => Examples {
            broken: vec![
                sound()
                    .replace(
                        SET,
                        "A parent complains",
                        "Since June it is clear where each text was fetched from, the very place. A parent complains",
                    )
                    .replace(SET, "The place that the text was fetched from", "The shelf, drawer and folder it was on")
                    .replace(
                        SET,
                        "Since June it is clear where each text was fetched from, the very place.",
                        "Since June the store keeps shelf, drawer and folder.",
                    ),
            ],
            kept: vec![
                sound()
                    .replace(SET, "A parent complains", "Since June the store keeps the folder. A parent complains")
                    .replace(SET, "The place that the text was fetched from", "The shelf, drawer and folder it was on"),
            ],
        },
        Rule::ScenarioNotNeeded => {
            let text = sound().text(SET).to_owned();
            let second = text.find("\n[[item]]\nid = \"kiosk-2\"").unwrap();
            let asks = |story: &str| {
                let item = text[second..]
                    .replace("A parent complains that a stranger typed ticket numbers at the kiosk until the name of a child appeared.", story)
                    .replace("Which change to the first tool helps most at no loss to its purpose?", "What comes out of 6 by 7?")
                    .replace("It prints its reply and clears the screen", "Forty-one of them, neither more nor fewer")
                    .replace("It says whether the number is valid today", "Forty-two of them, neither more nor fewer")
                    .replace("It writes each request to the weekly file", "Forty-four of them, neither more nor fewer");
                sound().add(SET, text[..second].to_owned() + &item)
            };
            Examples {
                broken: vec![asks("Somebody multiplies.")],
                kept: vec![asks("The porter copies the file onto a stick, and a curator multiplies.")],
            }
        }
        Rule::NearDuplicate => {
            let copy = |id: &str| {
                sound()
                    .text(ITEM)
                    .replace("id = \"gate\"", id)
                    .replace("A library's assistant", "An archive's assistant")
            };
            let other = copy("id = \"door\"").replace("may call tools only after a member of staff has confirmed the call. In a test it sends a reminder without a confirmation, because the member of staff had confirmed another reminder an hour before.", "reads out letters. Two readers hear the wrong letter on one day.")
                .replace(QUESTION, "What was mixed up?").replace(A, "Letters of one name and two birthdays").replace(KEY, "Letters of one day and two readers").replace(C, "Letters of one reader and two days");
            Examples {
                broken: vec![sound().add("items/door.toml", copy("id = \"door\""))],
                kept: vec![
                    sound().add("items/door.toml", copy("id = \"door\"\nenemies = [\"gate\"]")),
                    sound().add("items/door.toml", copy("id = \"door\"\nclone_of = \"gate\"")),
                    sound().add("items/door.toml", other),
                ],
            }
        }
        Rule::NoHistory => Examples { broken: vec![], kept: vec![] },
        Rule::WaiverUnused => Examples {
            broken: vec![
                with_waiver(sound(), ITEM, "long-key"),
                with_waiver(sound(), ITEM, "waiver-unused"),
                sound()
                    .replace("lint.toml", "version = 1\n", &format!("version = 1\n{}", ""))
                    .add("lint.toml", format!("{}{}", sound().text("lint.toml"), waiver("key-position"))),
            ],
            kept: vec![with_waiver(options(A, KEY, "All of these"), ITEM, "all-or-none")],
        },
    }
}

fn waiver(rule: &str) -> String {
    format!(
        "\n[[waiver]]\nrule = \"{rule}\"\nreason = \"A test of the lint.\"\nby = \"lead-writer\"\non = 2026-11-20\n"
    )
}

fn with_waiver(files: Files, file: &str, rule: &str) -> Files {
    let text = files.text(file).to_owned() + &waiver(rule);
    files.add(file, text)
}

/// Lengths change along with whatever else an example changes; they are of interest in their own examples.
fn codes(files: &Files, of_interest: Rule) -> Vec<&'static str> {
    let mut found: Vec<&str> = flaws(files)
        .iter()
        .filter(|flaw| {
            flaw.waived.is_none()
                && (flaw.code == of_interest || ![Rule::KeyLongest, Rule::LongKey].contains(&flaw.code))
        })
        .map(|flaw| flaw.code.as_str())
        .collect();
    found.dedup();
    found
}

#[test]
fn the_sound_bank_breaks_no_rule() {
    assert_eq!(flaws(&sound()), []);
}

#[test]
fn every_rule_finds_what_breaks_it_and_nothing_else_does() {
    for &rule in Rule::ALL.iter().filter(|&&rule| rule != Rule::NoHistory) {
        let Examples { broken, .. } = examples(rule);
        assert!(!broken.is_empty(), "{rule}");
        for (number, files) in broken.iter().enumerate() {
            assert_eq!(codes(files, rule), [rule.as_str()], "{rule}, example {number}");
        }
    }
}

#[test]
fn every_rule_lets_pass_what_only_resembles_a_flaw() {
    for &rule in Rule::ALL {
        for (number, files) in examples(rule).kept.iter().enumerate() {
            let found = flaws(files);
            let of_rule: Vec<_> = found.iter().filter(|f| f.code == rule && f.waived.is_none()).collect();
            assert!(of_rule.is_empty(), "{rule}, example {number}: {of_rule:#?}");
        }
    }
}

#[test]
fn rules_for_english_leave_other_languages_alone() {
    let foreign = options("All of the above", "Confirmations usually hold", "Confirmations never hold for long")
        .replace(ITEM, "kind =", "lang = \"de-CH\"\nkind =");
    assert_eq!(codes(&foreign, Rule::AllOrNone), [""; 0]);
    let english = foreign.replace(ITEM, "de-CH", "en-GB");
    assert_eq!(codes(&english, Rule::AllOrNone), ["all-or-none", "absolute-distractor", "hedged-key"]);
}

#[test]
fn a_waiver_keeps_the_flaw_on_record_with_its_reason() {
    let files = with_waiver(options(A, KEY, "All of these"), ITEM, "all-or-none");
    let found = flaws(&files);
    let flaw = found.iter().find(|flaw| flaw.code == Rule::AllOrNone).unwrap();
    assert!(!flaw.is_open_error());
    assert_eq!(flaw.waived.as_ref().unwrap().reason, "A test of the lint.");
    assert!(flaw.to_string().contains("waived error[all-or-none]"), "{flaw}");
    let (bank, faults) = Bank::load(&files.sources(), TODAY);
    let totals = LintReport::new(&bank, faults, TODAY).totals;
    assert_eq!((totals.errors, totals.waived), (0, 1));
}

#[test]
fn a_waiver_without_a_reason_or_of_an_unknown_rule_is_a_fault() {
    for (from, to, code) in [
        ("reason = \"A test of the lint.\"\n", "", "missing-field"),
        ("reason = \"A test of the lint.\"", "reason = \" \"", "empty-text"),
        ("rule = \"all-or-none\"", "rule = \"all-or-nun\"", "unknown-value"),
    ] {
        let files = with_waiver(options(A, KEY, "All of these"), ITEM, "all-or-none").replace(ITEM, from, to);
        let codes: Vec<&str> = files.load().1.iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.contains(&code), "{codes:?}");
    }
}

#[test]
fn a_bank_without_a_history_is_told_so() {
    let (bank, _) = sound().load();
    assert!(lint(&bank, TODAY).iter().any(|flaw| flaw.code == Rule::NoHistory));
}

#[test]
fn a_review_date_is_announced_from_the_first_day_of_notice_on() {
    let soon = |month, day| {
        let today = chrono::NaiveDate::from_ymd_opt(2027, month, day).unwrap();
        flaws_on(&sound(), today).iter().any(|flaw| flaw.code == Rule::ReviewSoon)
    };
    assert!(!soon(12, 1) && soon(12, 2) && soon(12, 31));
}

#[test]
fn the_report_counts_what_was_found() {
    let files = many(30, |n| usize::from(n % 5 == 0), even);
    let (bank, faults) = files.load();
    let report = LintReport::new(&bank, faults, TODAY);
    // The sound item and two of the set have their keys at b, a, b.
    assert_eq!(report.key_positions[0].counts, [25, 8, 0]);
    assert_eq!((report.key_lengths[0].items, report.key_lengths[0].longest), (33, 0));
    assert!(report.key_lengths[0].one_longest <= 3, "the copies have options of one length");
    let position = report.rules.iter().find(|row| row.code == "key-position").unwrap();
    assert_eq!((position.open, position.waived), (2, 0));
    let [d1, d2] = &report.domains[..] else { panic!("two domains") };
    assert_eq!((d1.items, d2.items), (32, 1));
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["format"], "invigil-lint-report");
    assert_eq!(json["flaws"].as_array().unwrap().len(), report.flaws.len());
}

#[test]
fn the_table_in_docs_is_that_of_the_code() {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/LINT.md")).unwrap();
    let rows: Vec<String> =
        Rule::ALL.iter().map(|rule| format!("| `{rule}` | {} | {} |", rule.severity(), rule.source())).collect();
    let missing: Vec<_> = rows.iter().filter(|row| !docs.lines().any(|line| line.starts_with(*row))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
    let section = docs.split("\n## ").find(|section| section.starts_with("Rules\n")).unwrap();
    assert_eq!(section.matches("\n| `").count(), rows.len(), "the table has other rows too");
}
