//! The report shows what the forms are like.

use assembly::{FormSet, Target, report::Report, sample};

use crate::known;

/// Two forms of four items, put together by hand, so that no version of the solver changes this report.
fn by_hand() -> FormSet {
    let mut problem = sample::problem(8, 2, 1);
    problem.title = "Small & <plain>".into();
    for (at, item) in problem.items.iter_mut().enumerate() {
        item.domain = if at % 2 == 0 { "D1" } else { "D2" }.into();
        item.level = if at < 4 { "application" } else { "analysis" }.into();
        item.scenario = None;
        item.enemies.clear();
        item.difficulty = Some(500 + 20 * u32::try_from(at).unwrap());
        item.information = vec![100, 200, 150];
        (item.words, item.key) = (50, Some(1 + u32::try_from(at % 3).unwrap()));
    }
    let quota = |name: &str, least, most| assembly::Quota { name: name.into(), least, most };
    problem.stimuli.clear();
    problem.blueprint = assembly::Blueprint {
        items: 4,
        domains: vec![quota("D1", 2, 2), quota("D2", 2, 2)],
        levels: vec![quota("analysis", 1, 3)],
        target_score: Some(2_280),
        overlap: Some(1),
        ..assembly::Blueprint::default()
    };
    let form = |name: &str, items: [usize; 4]| assembly::AssembledForm {
        name: name.into(),
        items: items.map(|at| problem.items[at].id.clone()).into(),
    };
    FormSet {
        format: FormSet::FORMAT.into(),
        version: FormSet::VERSION,
        procedure: FormSet::PROCEDURE.into(),
        seed: "00".repeat(32),
        targets: vec![assembly::Target { ability: None, target: 2_280 }],
        bound: 0,
        forms: vec![form("F01", [0, 3, 5, 6]), form("F02", [1, 2, 4, 7])],
        problem,
    }
}

#[test]
fn a_report_is_these_numbers() {
    let set = by_hand();
    assert_eq!(set.check(), Ok(()));
    insta::assert_json_snapshot!(Report::of(&set));
}

#[test]
fn a_report_is_this_page() {
    insta::assert_snapshot!(Report::of(&by_hand()).html());
}

#[test]
fn broken_rules_stand_in_the_report() {
    let mut set = by_hand();
    set.forms[1] = assembly::AssembledForm { name: "F02".into(), items: set.forms[0].items.clone() };
    let report = Report::of(&set);
    assert_eq!(report.violations, ["F01 and F02: no two forms share more than 1 item, but there are 4"]);
    assert!(report.html().contains("Rules are broken in 1 places"));
    assert_eq!(report.overlap.most, 4);
}

#[test]
fn sets_of_one_blueprint_are_reported_together() {
    let mut others = known::made(4);
    others.forms.drain(..2);
    let (one, other) = (known::set(2), known::answered(known::problem(2), others));
    let report = Report::of(&FormSet::join(vec![one.clone(), other]).unwrap());
    assert_eq!(report.forms.len(), 4);
    assert_eq!(report.forms[3].name, "2.F02");
    let mut elsewhere = one.clone();
    elsewhere.problem.blueprint.overlap = Some(80);
    assert!(FormSet::join(vec![one, elsewhere]).is_err());
}

#[test]
fn sets_that_are_reported_together_keep_what_each_keeps() {
    let mut others = known::made(4);
    others.forms.drain(..2);
    let exposed = |forms: u32| {
        let mut problem = known::problem(2);
        problem.blueprint.max_forms = Some(forms);
        problem
    };
    // The second set was made when the first was in use.
    let (one, mut other) = (known::answered(exposed(2), known::made(2)), known::answered(exposed(2), others));
    for item in other.problem.items.iter_mut().filter(|item| one.forms.iter().any(|form| form.items.contains(&item.id)))
    {
        item.used = 1;
    }
    other.problem.items[0].enemies.push("item-00399".into());
    let joined = FormSet::join(vec![one.clone(), other.clone()]).unwrap();
    assert_eq!((joined.problem.blueprint.max_forms, joined.problem.forms), (Some(4), 4));
    assert!(
        joined.problem.items.iter().all(|item| item.used == 0),
        "earlier uses are counted with the forms themselves"
    );
    assert!(joined.problem.items[0].enemies.contains(&"item-00399".to_owned()));
    other.problem.items[0].difficulty = Some(1);
    assert!(FormSet::join(vec![one, other]).unwrap_err().to_string().contains("is not what it is in the first"));
}

#[test]
fn information_is_drawn_where_items_are_calibrated() {
    let (problem, mut made) = (sample::calibrated(400, 2, 1), known::made(2));
    let wanted = problem.blueprint.information.iter();
    made.targets.extend(wanted.map(|wanted| Target { ability: Some(wanted.ability), target: wanted.target }));
    let set = known::answered(problem, made);
    let report = Report::of(&set);
    let information = report.information.as_ref().unwrap();
    assert!(information.targets.iter().all(Option::is_some));
    let html = report.html();
    assert_eq!(html.matches("<polyline").count(), 2);
    assert_eq!(html.matches("class=\"aim\"").count(), 3);
}
