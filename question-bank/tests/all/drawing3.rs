//! From a bank and a set of assembled forms to candidates' forms by `invigil-draw-3`.

use std::collections::BTreeSet;

use question_bank::{
    DrawingError, Drawn, FormsError, HashedBank, IssuedDraw, NamedForm, Reason, Why,
    draw2::{Earlier, check_form},
    draw3::{Draw, Pool, PoolFault},
};

use crate::{
    draw::secret,
    fixture::{Files, TODAY, scheme_text},
};

fn fact(value: &str) -> String {
    format!("{{ value = {value}, basis = \"assumed\", source = \"agreed in Ulm\" }}")
}

/// Twelve items of two domains and two scenario sets of two; a form has six items, two of them a set.
fn files(constraints: &[(&str, &str)]) -> Files {
    let procedure = format!("[forms]\nprocedure = {}\n", fact("\"invigil-draw-3\""));
    let mut scheme = scheme_text(&[("D1", 3), ("D2", 3)], 1, 2).replace("[forms]\n", &procedure);
    let lines: String = constraints.iter().map(|(name, value)| format!("{name} = {}\n", fact(value))).collect();
    if !lines.is_empty() {
        scheme = scheme.replace("[certificate]", &format!("[constraints]\n{lines}\n[certificate]"));
    }
    let mut files = Files::with_scheme(scheme);
    for number in 1..=12 {
        files = files.item(&format!("it-{number}"), ["D2", "D1"][number % 2], ["a", "b", "c"][number % 3]);
    }
    files.set("s-1", &[("D1", "a"), ("D2", "b")]).set("s-2", &[("D1", "b"), ("D2", "c")])
}

fn form(name: &str, items: &[u32], set: &str) -> NamedForm {
    let alone = items.iter().map(|number| (format!("it-{number}"), 1));
    let of_set = (1..=2).map(|number| (format!("{set}-{number}"), 1));
    NamedForm { name: name.into(), items: alone.chain(of_set).collect() }
}

/// A and B share the first set, C has the second one and two items of A.
fn forms() -> Vec<NamedForm> {
    vec![form("A", &[1, 3, 2, 4], "s-1"), form("B", &[5, 7, 6, 8], "s-1"), form("C", &[1, 9, 2, 10], "s-2")]
}

fn draw(bank: &HashedBank, pseudonym: &str, earlier: &Earlier) -> (Draw, Drawn) {
    let drawn = bank.drawing_from(TODAY, &forms()).unwrap().draw(&secret(1), pseudonym, earlier).unwrap();
    let IssuedDraw::Draw3(draw) = serde_json::from_str(&drawn.draw).unwrap() else { panic!("{}", drawn.draw) };
    (draw, drawn)
}

fn ids(drawn: &Drawn) -> BTreeSet<String> {
    drawn.plan.items.iter().map(|item| item.bank_id.clone()).collect()
}

#[test]
fn candidates_get_the_forms_of_the_set_and_the_pool_tells_nothing_of_the_bank() {
    let bank = files(&[]).hashed();
    let mut names = BTreeSet::new();
    for number in 0..30 {
        let (draw, drawn) = draw(&bank, &number.to_string(), &Earlier::none());
        let form = forms().into_iter().find(|form| form.name == draw.form).unwrap();
        assert_eq!(ids(&drawn), form.items.into_iter().map(|(id, _)| id).collect());
        assert!(drawn.form.items.len() == 6 && drawn.plan.items.iter().all(|item| item.scored));
        names.insert(draw.form);
    }
    assert_eq!(names, ["A", "B", "C"].map(str::to_owned).into());
    let (pool, left_out) = bank.pool3(TODAY, &forms()).unwrap();
    assert!(left_out.is_empty() && pool.overlap == 2 && pool.sets.len() == 2, "{pool:?}");
    assert_eq!(pool.entries.len(), 14, "items 11 and 12 are on no form");
    assert_eq!(pool.check(&bank.scheme().blueprint2()), Ok(()));
    let text = bank.drawing_from(TODAY, &forms()).unwrap().pool();
    assert_eq!(serde_json::from_str::<Pool>(&text).unwrap(), pool);
    assert!(!text.contains("it-") && !text.contains("s-1") && !text.contains("key"), "{text}");
}

#[test]
fn the_order_of_options_is_the_candidates_own() {
    let bank = files(&[]).hashed();
    let choices = |item: &item::FormItem| -> Vec<String> {
        item.interaction.choices().iter().map(|choice| choice.content.plain()).collect()
    };
    let of_form_a: BTreeSet<Vec<Vec<String>>> = (0..40)
        .map(|number| draw(&bank, &number.to_string(), &Earlier::none()))
        .filter(|(draw, _)| draw.form == "A")
        .map(|(_, drawn)| {
            let mut orders: Vec<_> = drawn.form.items.iter().map(choices).collect();
            orders.sort();
            orders
        })
        .collect();
    assert!(of_form_a.len() > 5, "{of_form_a:?}");
}

#[test]
fn forms_with_an_item_that_may_not_stand_on_one_are_left_out_and_it_is_said_why() {
    let left_out = |files: Files| {
        let (pool, left_out) = files.hashed().pool3(TODAY, &forms()).unwrap();
        let names: Vec<String> = pool.forms.into_iter().map(|form| form.name).collect();
        (names.concat(), left_out.into_iter().map(|left| (left.form, left.item, left.why)).collect::<Vec<_>>())
    };
    let change = |from: &str, to: &str| files(&[]).replace("items/it-5.toml", from, to);
    let only = |files: Files| {
        let (names, mut left_out) = left_out(files);
        assert_eq!((names.as_str(), left_out.len()), ("AC", 1), "{left_out:?}");
        let (form, item, why) = left_out.remove(0);
        assert_eq!((form.as_str(), item.as_str()), ("B", "it-5"));
        why
    };
    assert_eq!(only(change("revision = 1", "revision = 2")), Why::Revised { then: 1, now: 2 });
    let ineligible = |files: Files| match only(files) {
        Why::Ineligible { reasons } => reasons,
        other => panic!("{other:?}"),
    };
    let suspended = ineligible(change("\"operational\"", "\"suspended\""));
    assert!(matches!(suspended[..], [Reason::Status { .. }]), "{suspended:?}");
    let expired = ineligible(change("2027-12-31", "2026-11-23"));
    assert!(matches!(expired[..], [Reason::ReviewExpired { .. }]), "{expired:?}");
    assert_eq!(only(files(&[]).remove("items/it-5.toml")), Why::Gone);
    // A clone of what is compromised is as good as known.
    let cloned = change("revision = 1", "revision = 1\nclone_of = \"it-11\"");
    let cloned = cloned.replace("items/it-11.toml", "\"operational\"", "\"compromised\"");
    let tainted = ineligible(cloned);
    assert!(matches!(tainted[..], [Reason::Compromised { .. }]), "{tainted:?}");
    // An item on two forms takes both along.
    let (names, of) = left_out(files(&[]).replace("items/it-1.toml", "\"operational\"", "\"suspended\""));
    assert_eq!((names.as_str(), of.len()), ("B", 2));
}

#[test]
fn where_no_form_is_left_it_is_said_item_by_item() {
    let gone = files(&[]).replace("items/it-1.toml", "revision = 1", "revision = 3").remove("items/it-6.toml").hashed();
    let refused = gone.pool3(TODAY, &forms()).unwrap_err();
    assert!(matches!(&refused, FormsError::NoneLeft { forms: 3, left_out } if left_out.len() == 3), "{refused:?}");
    let said = refused.to_string();
    assert!(said.contains("form A: it-1 is at revision 3, and the form has revision 1"), "{said}");
    assert!(said.contains("form B: it-6 is not in the bank"), "{said}");
}

#[test]
fn forms_that_the_scheme_does_not_allow_any_more_are_refused() {
    let rule = |files: Files| match files.hashed().pool3(TODAY, &forms()) {
        Err(FormsError::Rule { form, broken }) => (form, broken.to_string()),
        other => panic!("{other:?}"),
    };
    let (form, broken) = rule(files(&[("words", "{ min = 1, max = 100 }")]));
    assert!(form == "A" && broken.contains("words"), "{broken}");
    let enemies = files(&[]).replace("items/it-5.toml", "topic =", "enemies = [\"it-7\"]\ntopic =");
    let (form, broken) = rule(enemies);
    assert!(
        form == "B" && broken.contains("it-5 and it-7 are enemies") || broken.contains("it-7 and it-5"),
        "{broken}"
    );
    // Two of three items were the whole set when the forms were made.
    let whole = format!("whole = {}\n\n[forms]", fact("true"));
    let longer = files(&[]).replace("scheme.toml", "[forms]", &whole).remove("scenarios/s-1.toml");
    let (form, broken) = rule(longer.set("s-1", &[("D1", "a"), ("D2", "b"), ("D1", "c")]));
    assert!(form == "A" && broken.contains("has 2 items on the form"), "{broken}");
    // Item 1 is on two of three forms, and on two of two where B is left out.
    let capped = |most| files(&[("max_exposure", most)]);
    assert!(capped("667").hashed().pool3(TODAY, &forms()).is_ok());
    let fault = capped("667").remove("items/it-5.toml").hashed().pool3(TODAY, &forms()).unwrap_err();
    let FormsError::Pool { forms: 2, fault: PoolFault::Exposure { item, uses: 2, .. } } = &fault else {
        panic!("{fault:?}")
    };
    assert!(["it-1", "it-2"].contains(&item.as_str()), "the bank's own name: {fault}");
}

#[test]
fn a_set_of_forms_goes_with_its_procedure_and_no_other() {
    let third = files(&[]).hashed();
    assert!(matches!(third.drawing(TODAY), Err(DrawingError::FormsMissing)));
    let second = files(&[]).replace("scheme.toml", "invigil-draw-3", "invigil-draw-2").hashed();
    let refused = second.drawing_from(TODAY, &forms()).map(drop).unwrap_err();
    assert!(matches!(refused, DrawingError::FormsUnwanted("invigil-draw-2")), "{refused:?}");
    // Constraints go with it as with the second procedure.
    assert_eq!(files(&[("shared_items", "3")]).load().1, []);
}

#[test]
fn what_was_met_counts_always_and_its_sets_where_the_scheme_limits_what_is_shared() {
    let (free, strict) = (files(&[]).hashed(), files(&[("shared_items", "2")]).hashed());
    let met = ["it-1", "it-3", "it-2", "it-4", "s-1-1", "s-1-2"];
    let earlier = |bank: &HashedBank| bank.drawing_from(TODAY, &forms()).unwrap().earlier(met);
    assert_eq!((earlier(&free).items.len(), earlier(&free).sets.len()), (6, 0));
    assert_eq!((earlier(&strict).items.len(), earlier(&strict).sets.len()), (6, 1));
    let names = |bank: &HashedBank| -> BTreeSet<String> {
        let earlier = earlier(bank);
        (0..20).map(|number| draw(bank, &number.to_string(), &earlier).0.form).collect()
    };
    assert_eq!(names(&free), ["B", "C"].map(str::to_owned).into());
    assert_eq!(names(&strict), ["C".to_owned()].into());
}

#[test]
fn pilot_items_stand_on_forms_and_do_not_count() {
    let pilot = |id: &str, files: Files| files.replace(&format!("items/{id}.toml"), "\"operational\"", "\"pilot\"");
    let bank = pilot("it-11", pilot("it-12", files(&[("pilots", "1")]))).hashed();
    let mut forms = forms();
    for (form, pilot) in forms.iter_mut().zip([11, 12, 11]) {
        form.items.push((format!("it-{pilot}"), 1));
    }
    let drawn = bank.drawing_from(TODAY, &forms).unwrap().draw(&secret(1), "p", &Earlier::none()).unwrap();
    let pilots: Vec<&String> = drawn.plan.items.iter().filter(|item| !item.scored).map(|item| &item.bank_id).collect();
    assert!(drawn.plan.items.len() == 7 && matches!(pilots[..], [id] if id == "it-11" || id == "it-12"), "{pilots:?}");
}

#[test]
fn a_recorded_pool_is_drawn_from_again_without_what_the_bank_does_not_have_any_more() {
    let before = files(&[]).hashed();
    let (recorded, _) = before.pool3(TODAY, &forms()).unwrap();
    let again = |files: Files| {
        files.hashed().drawing_again(TODAY, &recorded).map(|drawing| {
            let pool: Pool = serde_json::from_str(&drawing.pool()).unwrap();
            (pool, drawing.left_out().to_vec())
        })
    };
    assert_eq!(again(files(&[])).unwrap(), (recorded.clone(), Vec::new()));
    let revised = files(&[]).replace("items/it-9.toml", "revision = 1", "revision = 2");
    let (pool, left_out) = again(revised).unwrap();
    assert_eq!(pool.forms.iter().map(|form| form.name.as_str()).collect::<String>(), "AB");
    assert!(left_out.len() == 1 && left_out[0].form == "C" && left_out[0].why == Why::UnknownVersion, "{left_out:?}");
    let gone = files(&[]).replace("items/it-9.toml", "revision = 1", "revision = 2").remove("scenarios/s-1.toml");
    let refused = again(gone).unwrap_err();
    assert!(
        matches!(&refused, DrawingError::Forms(FormsError::NoneLeft { forms: 3, left_out }) if left_out.len() == 5)
    );
    assert!(check_form(&recorded.as_second(), &before.scheme().blueprint2(), &Earlier::none(), &[]).len() > 1);
}
