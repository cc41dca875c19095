//! `scheme.toml`: every fact has its basis, and the numbers agree.

use question_bank::{Basis, Code, Quota, Scheme, bank::Status, scheme};

use crate::fixture::{Files, scheme_text};

fn sound() -> Scheme {
    scheme::parse(&scheme_text(&[("D1", 6), ("D2", 4)], 2, 3)).unwrap()
}

#[test]
fn a_sound_scheme_contradicts_nothing_and_is_read_with_the_basis_of_its_facts() {
    let scheme = sound();
    assert_eq!(scheme.contradictions(), [""; 0]);
    assert_eq!((scheme.exam.items.value, scheme.exam.items.basis), (10, Basis::Assumed));
    assert_eq!(scheme.exam.items.source, "a test");
    assert!(scheme.allows(Status::Operational) && !scheme.allows(Status::Pilot));
    assert_eq!(scheme.domain("D2").unwrap().title.value, "Domain D2");
    assert!(scheme.domain("D3").is_none());
}

#[test]
fn the_blueprint_is_what_a_draw_needs_of_the_scheme() {
    let blueprint = sound().blueprint();
    let quota = |domain: &str, items| Quota { domain: domain.into(), items };
    assert_eq!(blueprint.domains, [quota("D1", 6), quota("D2", 4)]);
    assert_eq!((blueprint.scenario_sets, blueprint.items_per_set, blueprint.items()), (2, 3, 10));
    assert_eq!((blueprint.scheme.as_str(), blueprint.edition.as_str()), ("small", "1"));
}

#[test]
fn what_a_certificate_says_of_its_scheme_is_within_bounds() {
    fn fact<T>(value: T) -> Option<scheme::Fact<T>> {
        Some(scheme::Fact { value, basis: Basis::Assumed, source: "a test".into() })
    }
    let of = |change: &dyn Fn(&mut scheme::CertificateRule)| {
        let mut scheme = sound();
        change(&mut scheme.certificate);
        scheme.contradictions()
    };
    let aligned = |name: &str, url: &str| scheme::Alignment { name: name.into(), url: url.into() };
    assert_eq!(of(&|c| c.scope = fact("é".repeat(1_000))), [""; 0]);
    assert_eq!(of(&|c| c.alignment = fact(vec![aligned("ATLAS", "https://atlas.mitre.org/")])), [""; 0]);
    let length = |of: &str| [format!("certificate.{of} is empty or longer than 1000 characters")];
    assert_eq!(of(&|c| c.scope = fact("é".repeat(1_001))), length("scope"));
    assert_eq!(of(&|c| c.limitations = fact(" ".into())), length("limitations"));
    assert_eq!(
        of(&|c| c.alignment = fact(vec![aligned("", "https://x.example")])),
        ["certificate.alignment names nothing"]
    );
    for address in ["http://x.example", "https://", "https://x.example/a b", "javascript:alert(1)", "https://é.example"]
    {
        let said = [format!("{address:?} is no address: write https://, and no blanks or other than ASCII")];
        assert_eq!(of(&|c| c.agreement = fact(address.into())), said);
        assert_eq!(of(&|c| c.alignment = fact(vec![aligned("x", address)])), said);
    }
}

#[test]
fn every_contradiction_is_a_sentence_of_its_own() {
    let of = |change: &dyn Fn(&mut Scheme)| {
        let mut scheme = sound();
        change(&mut scheme);
        scheme.contradictions()
    };
    assert_eq!(of(&|s| s.format = "x".into()), ["the format is \"x\", not \"invigil-scheme\""]);
    assert_eq!(of(&|s| s.version = 2), ["version 2 is unknown, write 1"]);
    for id in ["", "CAISP", "ca-isp", "seventeenletters1", "ca isp"] {
        assert_eq!(of(&|s| s.id = id.into()), [format!("the id is {id:?}: use 1 to 16 of a-z and 0-9")]);
    }
    for edition in ["", "2026:1", "x y"] {
        let said = format!("the edition is {edition:?}: use 1 to 40 of a-z, 0-9, hyphen and dot");
        assert_eq!(of(&|s| s.edition = edition.into()), [said]);
    }
    assert_eq!(of(&|s| s.domains[0].items.value = 7), ["the domains add up to 11 items, the form has 10"]);
    assert_eq!(of(&|s| s.scenarios.sets.value = 4), ["the scenario sets alone have 12 items, the form 10"]);
    assert_eq!(of(&|s| s.scenarios.sets.value = 0), ["0 sets of 3 items: either both are 0 or neither"]);
    assert_eq!(of(&|s| s.scenarios.items_each.value = 0), ["2 sets of 0 items: either both are 0 or neither"]);
    assert_eq!(of(&|s| s.exam.pass.value.correct = 0), ["0 of 10 is no pass mark"]);
    assert_eq!(of(&|s| s.exam.pass.value.correct = 11), ["11 of 10 is no pass mark"]);
    assert_eq!(of(&|s| s.exam.pass.value.of = 80), ["the pass mark is out of 80, the form has 10"]);
    for options in [1, 27] {
        assert_eq!(of(&|s| s.exam.options.value = options), ["an item has 2 to 26 options"]);
    }
    for minutes in [0, 1_441] {
        assert_eq!(of(&|s| s.exam.duration_minutes.value = minutes), ["an exam lasts 1 to 1440 minutes"]);
    }
    for years in [0, 101, u32::MAX] {
        assert_eq!(of(&|s| s.certificate.validity_years.value = years), ["a certificate is valid for 1 to 100 years"]);
    }
    let by_course = |s: &mut Scheme| s.cpd.trigger.value = scheme::CpdTrigger::CourseCompletion;
    assert_eq!(of(&by_course), ["credits for attending a course cannot be awarded by an exam: use exam_pass"]);
    assert_eq!(of(&|s| s.forms.statuses.value.clear()), ["no status of an item is allowed on forms"]);
    assert_eq!(of(&|s| s.domains[1].id = "D1".into()), ["two domains have the same id"]);
    assert_eq!(of(&|s| s.retakes.clear()), ["the retake ladder follows attempts [], not 1, 2, 3, …"]);
    assert_eq!(of(&|s| s.retakes.swap(0, 1)), ["the retake ladder follows attempts [2, 1, 3, 4], not 1, 2, 3, …"]);
    let long = |s: &mut Scheme| s.retakes[1].wait.value = scheme::Wait::Months(4_000);
    assert_eq!(of(&long), ["a wait of 4000 after attempt 2 is too long"]);
    let bands = |from: &str| format!("bands begin at {from} percent: list them highest first, the last from 0");
    assert_eq!(of(&|s| s.bands.clear()), [bands("[]")]);
    assert_eq!(of(&|s| s.bands[2].from_percent.value = 5), [bands("[85, 70, 5]")]);
    assert_eq!(of(&|s| s.bands[0].from_percent.value = 101), [bands("[101, 70, 0]")]);
    assert_eq!(of(&|s| s.bands[1].from_percent.value = 85), [bands("[85, 85, 0]")]);
    let huge = of(&|s| (s.scenarios.sets.value, s.scenarios.items_each.value) = (u32::MAX, u32::MAX));
    assert_eq!(huge, ["the scenario sets alone have 18446744065119617025 items, the form 10"], "no overflow");
}

#[test]
fn a_form_of_no_items_is_no_form() {
    let mut scheme = sound();
    scheme.domains.iter_mut().for_each(|domain| domain.items.value = 0);
    scheme.exam.items.value = 0;
    assert!(scheme.contradictions().contains(&"a form has 1 to 1000 items, not 0".to_owned()));
}

#[test]
fn every_contradiction_of_a_file_is_a_finding() {
    let (bank, findings) = Files::sound()
        .replace("scheme.toml", "duration_minutes = { value = 180", "duration_minutes = { value = 0")
        .replace("scheme.toml", "items_each = { value = 2", "items_each = { value = 0")
        .load();
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::SchemeInvalid; 2]);
    assert!(bank.scheme.is_none());
}

#[test]
fn a_fact_without_basis_or_source_and_a_field_too_many_are_refused_at_their_line() {
    for (from, to) in [
        ("basis = \"assumed\", source = \"a test\" }\n\n[exam]", "source = \"a test\" }\n\n[exam]"),
        ("basis = \"assumed\", source = \"a test\" }\n\n[exam]", "basis = \"assumed\" }\n\n[exam]"),
        (
            "basis = \"assumed\", source = \"a test\" }\n\n[exam]",
            "basis = \"guessed\", source = \"a test\" }\n\n[exam]",
        ),
        ("source = \"a test\" }\n\n[exam]", "source = \"a test\", note = 1 }\n\n[exam]"),
    ] {
        let files = Files::sound().replace("scheme.toml", from, to);
        let (_, findings) = files.load();
        let places: Vec<_> = findings.iter().map(|f| (f.code, f.line)).collect();
        assert_eq!(places, [(Code::SchemeInvalid, files.line("scheme.toml", "issuer"))], "{to}");
    }
}

#[test]
fn a_scheme_is_for_exams_unless_it_says_that_it_is_for_practice() {
    let text = scheme_text(&[("D1", 6), ("D2", 4)], 2, 3);
    let with = |line: &str| scheme::parse(&text.replacen("edition =", &format!("{line}\nedition ="), 1));
    assert!(!scheme::parse(&text).unwrap().is_practice());
    assert!(!with("use = \"exam\"").unwrap().is_practice());
    let practice = with("use = \"practice\"").unwrap();
    assert!(practice.is_practice());
    // What is recorded with a sitting says it, too, and says nothing more where it is not said.
    let recorded = serde_json::to_string(&practice).unwrap();
    assert!(serde_json::from_str::<Scheme>(&recorded).unwrap().is_practice());
    assert!(!serde_json::to_string(&sound()).unwrap().contains("\"use\""));
    assert!(with("use = \"both\"").is_err());
}
