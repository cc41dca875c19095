//! From a bank to forms by `invigil-draw-2`: pool, constraints of the scheme, order of options, pilot items, retakes.

use std::collections::{BTreeMap, BTreeSet};

use item::Response;
use question_bank::{
    BankSecret, DrawingError, Drawn, HashedBank, IssuedDraw, Reason,
    draw2::{Earlier, Pool, Use, check_form},
    score,
};

use crate::{
    draw::secret,
    fixture::{Files, TODAY, scheme_text},
};

fn fact(value: &str) -> String {
    format!("{{ value = {value}, basis = \"assumed\", source = \"agreed in Ulm\" }}")
}

/// Thirty items of two domains and two scenario sets of three; a form has twelve items, two of them from one set.
fn files(constraints: &[(&str, &str)]) -> Files {
    let procedure = format!("[forms]\nprocedure = {}\n", fact("\"invigil-draw-2\""));
    let mut scheme = scheme_text(&[("D1", 6), ("D2", 6)], 1, 2).replace("[forms]\n", &procedure);
    let lines: String = constraints.iter().map(|(name, value)| format!("{name} = {}\n", fact(value))).collect();
    if !lines.is_empty() {
        scheme = scheme.replace("[certificate]", &format!("[constraints]\n{lines}\n[certificate]"));
    }
    let mut files = Files::with_scheme(scheme);
    for number in 1..=30 {
        let (domain, key) = (["D1", "D2"][number % 2], ["a", "b", "c"][number % 3]);
        files = files.item(&format!("it-{number}"), domain, if number == 30 { "bd" } else { key });
    }
    let members = [("D1", "a"), ("D2", "b"), ("D1", "c")];
    files.set("s-1", &members).set("s-2", &members)
}

fn draw(bank: &HashedBank, number: u8, earlier: &Earlier) -> Drawn {
    bank.drawing(TODAY).unwrap().draw(&secret(number), "candidate", earlier).unwrap()
}

fn issued(drawn: &Drawn) -> Vec<String> {
    let IssuedDraw::Draw2(draw) = serde_json::from_str(&drawn.draw).unwrap() else { panic!("{}", drawn.draw) };
    draw.items
}

#[test]
fn a_form_follows_from_the_draw_and_meets_the_blueprint() {
    let bank = files(&[("words", "{ min = 100, max = 800 }")]).hashed();
    let (pool, _) = bank.pool2(TODAY);
    let drawn = draw(&bank, 1, &Earlier::none());
    assert_eq!(check_form(&pool, &bank.scheme().blueprint2(), &Earlier::none(), &issued(&drawn)), []);
    let plan: Vec<&String> = drawn.plan.items.iter().map(|item| &item.version_hash).collect();
    assert_eq!(plan, issued(&drawn).iter().collect::<Vec<_>>());
    assert!(drawn.form.items.len() == 12 && drawn.plan.items.iter().all(|item| item.scored));
    assert!(!drawn.draw.contains("options"), "no order of options is published: {}", drawn.draw);
    assert_eq!(draw(&bank, 1, &Earlier::none()).form, drawn.form, "the same again");
}

#[test]
fn the_pool_counts_words_and_holds_what_judges_estimated() {
    let estimates = "[estimates]\nit-1 = [60, 70, 66]\nit-2 = [50]\nit-77 = [1]\n";
    let bank = files(&[]).add("angoff/judges.toml", estimates).add("angoff/more.toml", "[estimates]\nit-2 = [61]\n");
    let bank = bank.hashed();
    let (pool, ineligible) = bank.pool2(TODAY);
    assert_eq!(ineligible, []);
    let entry = |id: &str| pool.entries.iter().find(|e| e.item == bank.hashes(id).unwrap().version).unwrap();
    // «The log of it-1 shows one odd line. Which control comes first?», and three times «Answer a to it-1».
    assert_eq!((entry("it-1").words, entry("it-1").difficulty), (12 + 12, Some(653)));
    assert_eq!((entry("it-2").difficulty, entry("it-3").difficulty), (Some(555), None));
    assert_eq!(entry("s-1-1").set.as_ref().unwrap().position, 1);
    assert!(pool.sets.len() == 2 && pool.sets.iter().all(|set| set.words == 180));
    assert!(pool.entries.iter().all(|entry| entry.weight == 1 && entry.usage == Use::Scored));
}

#[test]
fn estimates_that_are_none_are_faults_with_their_line() {
    for (text, line) in [
        ("[estimates]\nit-1 = [60]\nit-2 = [101]\n", 3),
        ("[estimates]\nit-1 = []\n", 2),
        ("[estimates]\nit-1 = \"60\"\n", 2),
        ("[other]\n", 1),
    ] {
        let (_, findings) = files(&[]).add("angoff/judges.toml", text).load();
        let found: Vec<_> = findings.iter().filter(|f| f.file == "angoff/judges.toml").map(|f| f.line).collect();
        assert_eq!(found, [line], "{text}: {findings:?}");
        assert!(findings.iter().any(question_bank::Finding::blocks_use));
    }
}

#[test]
fn items_that_the_scheme_does_not_want_are_left_out_with_the_reason() {
    let old = files(&[("max_age_days", "400"), ("difficulty", "{ min = 1, max = 9000 }")])
        .replace("items/it-1.toml", "authored_on = 2026-01-05", "authored_on = 2025-01-05")
        .add("angoff/a.toml", "[estimates]\nit-1 = [60]\nit-2 = [60]\n");
    let (pool, ineligible) = old.hashed().pool2(TODAY);
    assert_eq!(pool.entries.len(), 1);
    let reasons = |id: &str| &ineligible.iter().find(|item| item.id == id).unwrap().reasons[..];
    assert!(matches!(reasons("it-1"), [Reason::Age { .. }]), "{:?}", reasons("it-1"));
    assert_eq!(reasons("it-3"), [Reason::NotRated]);
    let from = files(&[("authored_from", "\"2026-01-06\"")]).hashed();
    assert_eq!(from.pool2(TODAY).0.entries, []);
}

/// How many keys of a form's single-choice items stand at each place.
fn key_places(drawn: &Drawn) -> [i32; 3] {
    let places = drawn.plan.items.iter().filter(|item| item.key.choices().len() == 1);
    places.fold([0; 3], |mut counts, item| {
        counts[["a", "b", "c"].iter().position(|&label| item.key.contains(label)).unwrap()] += 1;
        counts
    })
}

#[test]
fn keys_are_spread_as_evenly_as_the_scheme_asks_and_no_more_evenly_than_by_chance_otherwise() {
    let spread = |bank: &HashedBank| -> Vec<i32> {
        let drawing = bank.drawing(TODAY).unwrap();
        (0..60)
            .map(|number| {
                let drawn = drawing.draw(&secret(1), &number.to_string(), &Earlier::none()).unwrap();
                let counts = key_places(&drawn);
                counts.iter().map(|count| 3 * count - counts.iter().sum::<i32>()).map(i32::abs).max().unwrap()
            })
            .collect()
    };
    assert!(spread(&files(&[("key_positions", "0")]).hashed()).iter().all(|&thrice| thrice < 3));
    assert!(spread(&files(&[("key_positions", "1")]).hashed()).iter().all(|&thrice| thrice < 6));
    assert!(spread(&files(&[]).hashed()).iter().any(|&thrice| thrice >= 9));
}

#[test]
fn the_order_of_options_follows_from_the_banks_secret_and_not_from_what_is_published() {
    let files = files(&[]);
    let order = |bank: &HashedBank, pseudonym: &str| -> Vec<Vec<String>> {
        let drawn = bank.drawing(TODAY).unwrap().draw(&secret(1), pseudonym, &Earlier::none()).unwrap();
        let choices = |item: &item::FormItem| item.interaction.choices().iter().map(|c| c.content.plain()).collect();
        let mut items: Vec<Vec<String>> = drawn.form.items.iter().map(choices).collect();
        items.sort();
        items
    };
    let (one, other) = (files.hashed(), files.hashed_with(&BankSecret::new([8; 32])));
    assert_eq!(order(&one, "p"), order(&one, "p"));
    assert_ne!(order(&one, "p"), order(&one, "q"));
    assert_ne!(order(&one, "p"), order(&other, "p"));
    // Every place of the key comes up: nothing is left in authored order.
    let drawing = one.drawing(TODAY).unwrap();
    let mut counts = [0; 3];
    for number in 0..100 {
        let drawn = drawing.draw(&secret(2), &number.to_string(), &Earlier::none()).unwrap();
        key_places(&drawn).iter().zip(&mut counts).for_each(|(n, sum)| *sum += n);
    }
    let all: i32 = counts.iter().sum();
    assert!(counts.iter().all(|count| (count - all / 3).abs() < 80), "{counts:?}");
}

#[test]
fn pilot_items_stand_on_forms_and_do_not_count() {
    let pilot = |files: Files, id: &str| {
        files.replace(&format!("items/{id}.toml"), "status = \"operational\"", "status = \"pilot\"")
    };
    let bank = pilot(pilot(pilot(files(&[("pilots", "2")]), "it-1"), "it-2"), "it-4").hashed();
    let (pool, _) = bank.pool2(TODAY);
    assert_eq!(pool.entries.iter().filter(|entry| entry.usage == Use::Pilot).count(), 3);
    let (mut ids, mut places) = (BTreeSet::new(), BTreeSet::new());
    for number in 0..30 {
        let drawn = draw(&bank, number, &Earlier::none());
        assert_eq!(drawn.form.items.len(), 14);
        let pilots: Vec<_> = drawn.plan.items.iter().enumerate().filter(|(_, item)| !item.scored).collect();
        assert_eq!(pilots.len(), 2);
        places.extend(pilots.iter().map(|(place, _)| *place));
        ids.extend(pilots.iter().map(|(_, item)| item.bank_id.clone()));
    }
    assert_eq!(ids, BTreeSet::from(["it-1", "it-2", "it-4"].map(str::to_owned)));
    assert!(places.len() > 8, "{places:?}");

    // All scored items right and no pilot item: everything right.
    let drawn = draw(&bank, 1, &Earlier::none());
    let right = drawn.plan.items.iter().filter(|item| item.scored).map(|item| (item.id.clone(), item.key.clone()));
    let wrong = drawn.plan.items.iter().filter(|item| !item.scored);
    let given: BTreeMap<_, _> = right.chain(wrong.map(|item| (item.id.clone(), Response::new(["x"])))).collect();
    let result = score(&drawn.plan, &given, bank.scheme()).unwrap();
    assert_eq!((result.raw, result.max, result.cut, result.passed), (12, 12, 9, true));
    assert_eq!(result.domains.iter().map(|domain| domain.of).sum::<u32>(), 12);
    assert_eq!(result.items.iter().filter(|item| !item.scored && !item.correct).count(), 2);
    let text = serde_json::to_string(&drawn.plan).unwrap();
    assert_eq!(text.matches("\"scored\":false").count(), 2);
    assert!(!text.contains("\"scored\":true"), "plans without pilot items stay as they were");
}

#[test]
fn who_sits_again_meets_little_again_and_no_scenario_even_if_it_was_revised() {
    let files = files(&[("shared_items", "4")]);
    let bank = files.hashed();
    let first = draw(&bank, 1, &Earlier::none());
    let met: Vec<String> = first.plan.items.iter().map(|item| item.bank_id.clone()).collect();
    let set =
        met.iter().find_map(|id| id.strip_suffix("-1").or(id.strip_suffix("-2")).filter(|set| set.starts_with("s-")));
    let set = set.unwrap().to_owned();
    let revised = files.replace(&format!("scenarios/{set}.toml"), "revision = 1", "revision = 2").hashed();
    let drawing = revised.drawing(TODAY).unwrap();
    let earlier = drawing.earlier(met.iter().map(String::as_str));
    assert_eq!((earlier.items.len(), earlier.sets.len()), (12, 1));
    for number in 0..40 {
        let second = drawing.draw(&secret(number), "again", &earlier).unwrap();
        let ids: Vec<&String> = second.plan.items.iter().map(|item| &item.bank_id).collect();
        assert!(ids.iter().filter(|id| met.contains(id)).count() <= 4, "{ids:?}");
        assert!(ids.iter().all(|id| !id.starts_with(&set)), "{ids:?} again of {set}");
        assert!(second.draw.contains(&earlier.sets[0]));
    }
    let unlimited = self::files(&[]).hashed();
    assert!(unlimited.drawing(TODAY).unwrap().earlier(met.iter().map(String::as_str)).is_empty());
}

#[test]
fn a_refusal_says_what_is_short_in_the_words_of_the_schemes_author() {
    let refused = |constraint: (&str, &str)| match files(&[constraint]).hashed().drawing(TODAY) {
        Err(error @ DrawingError::Infeasible(_)) => error.to_string(),
        other => panic!("{:?}", other.map(drop)),
    };
    let levels = refused(("levels", "[{ level = \"evaluation\", min = 1, max = 3 }]"));
    assert!(levels.contains("level evaluation: 1 to 3 items wanted, forms can hold 0 to 0"), "{levels}");
    assert!(levels.ends_with("(constraints.levels: «agreed in Ulm»)"), "{levels}");
    let exposure = refused(("max_exposure", "300"));
    assert!(exposure.contains("a form takes 6 of 19, and at least 20 items would be needed"), "{exposure}");
    let pilots = refused(("pilots", "1"));
    assert!(pilots.contains("pilot items: 1 needed, 0 available"), "{pilots}");
}

#[test]
fn weights_keep_exposure_under_the_cap_where_equal_chances_do_not() {
    // Of six items of D1 only one can stand on a form, so that the other nine come up more often.
    let clique = ["it-4", "it-6", "it-8", "it-10", "it-12", "it-14"];
    let bank = clique.into_iter().fold(files(&[("max_exposure", "420")]), |files, id| {
        let enemies: Vec<String> = clique.iter().filter(|&&other| other != id).map(|id| format!("\"{id}\"")).collect();
        let text = format!("enemies = [{}]\ntopic =", enemies.join(", "));
        files.replace(&format!("items/{id}.toml"), "topic =", &text)
    });
    let bank = bank.hashed();
    let pool: Pool = serde_json::from_str(&bank.drawing(TODAY).unwrap().pool()).unwrap();
    assert!(pool.entries.iter().any(|entry| entry.weight > 1), "equal chances would not do");
    let prepared = question_bank::draw2::Prepared::new(&pool, &bank.scheme().blueprint2(), &Earlier::none()).unwrap();
    let exposures = question_bank::draw2::exposures(&prepared, [9; 32], 4_000).unwrap();
    let most = exposures.iter().map(|exposure| exposure.forms).max().unwrap();
    // Four standard deviations of what is counted.
    assert!(most < 1_680 + 4 * 32, "{most} of 4000");
}

#[test]
fn constraints_that_contradict_one_another_make_the_scheme_invalid() {
    let faults = |files: Files| -> Vec<String> {
        files.load().1.into_iter().filter(|finding| finding.file == "scheme.toml").map(|f| f.message).collect()
    };
    assert_eq!(faults(files(&[("shared_items", "3")])), [""; 0]);
    let first = files(&[("shared_items", "3")]).replace("scheme.toml", "invigil-draw-2", "invigil-draw-1");
    assert_eq!(
        faults(first),
        ["constraints and whole sets need forms.procedure = \"invigil-draw-2\" or \"invigil-draw-3\""]
    );
    let range = faults(files(&[("words", "{ min = 9, max = 8 }")]));
    assert_eq!(range, ["a range ends before it begins"]);
    let both = files(&[("pilots", "1")]).replace("scheme.toml", "[\"operational\"]", "[\"operational\", \"pilot\"]");
    assert!(faults(both)[0].starts_with("items with status pilot are either scored"));
}
