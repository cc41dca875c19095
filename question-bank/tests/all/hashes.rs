//! The two hashes of an item version: what changes them, what does not, and that neither gives a key away.

use std::collections::BTreeSet;

use hkdf::Hkdf;
use question_bank::{
    Bank, BankSecret, Draw, DrawItem, HashedBank, NoScheme, PROCEDURE, assemble_form,
    canonical::{digest, length_prefixed},
    form_digest,
};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::fixture::{Files, scheme_text};

const ITEM: &str = "items/it-1.toml";
const MULTIPLE: &str = "items/it-4.toml";
const SET: &str = "scenarios/s-1.toml";

/// The items whose view hash, and whose version hash, is another than in the sound bank.
fn changed(files: &Files) -> (Vec<String>, Vec<String>) {
    let (before, after) = (Files::sound().hashed(), files.hashed());
    let (mut views, mut versions) = (Vec::new(), Vec::new());
    for id in before.bank().items.keys() {
        let (before, after) = (before.hashes(id).unwrap(), after.hashes(id).unwrap());
        if before.view != after.view {
            views.push(id.clone());
        }
        if before.version != after.version {
            versions.push(id.clone());
        }
    }
    (views, versions)
}

/// The sound bank with the first item's key at b instead of a.
fn with_another_key() -> Files {
    Files::sound().replace(ITEM, "text = \"Answer a to it-1\"\nkey = true\n", "text = \"Answer a to it-1\"\n").replace(
        ITEM,
        "text = \"Answer b to it-1\"\n",
        "text = \"Answer b to it-1\"\nkey = true\n",
    )
}

#[test]
fn both_hashes_change_with_every_part_that_a_candidate_sees_and_for_no_other_item() {
    let all_of_the_set = ["s-1-1", "s-1-2", "s-1-3"].as_slice();
    for (path, from, to, items) in [
        (ITEM, "Which control", "Which *control*", ["it-1"].as_slice()),
        (ITEM, "one *odd* line", "one odd line", &["it-1"]),
        (ITEM, "Answer c to", "Answer C to", &["it-1"]),
        (ITEM, "revision = 1", "lang = \"en-GB\"\nrevision = 1", &["it-1"]),
        (ITEM, "revision = 1", "dir = \"rtl\"\nrevision = 1", &["it-1"]),
        (SET, "The case s-1", "Another case", all_of_the_set),
        (SET, "A claims assistant", "Our claims assistant", all_of_the_set),
        (SET, "revision = 1", "lang = \"de\"\nrevision = 1", all_of_the_set),
        (SET, "revision = 1", "dir = \"rtl\"\nrevision = 1", all_of_the_set),
        (SET, "The log of s-1-2", "The second log", &["s-1-2"]),
        (SET, "Answer b to s-1-3", "Answer B to s-1-3", &["s-1-3"]),
    ] {
        let (views, versions) = changed(&Files::sound().replace(path, from, to));
        assert_eq!(views, items, "{to}");
        assert_eq!(versions, items, "{to}");
    }
}

#[test]
fn the_view_hash_changes_with_the_order_of_options_and_with_how_many_to_choose() {
    let swapped = Files::sound()
        .replace(ITEM, "Answer b to it-1", "Answer x to it-1")
        .replace(ITEM, "Answer c to it-1", "Answer b to it-1")
        .replace(ITEM, "Answer x to it-1", "Answer c to it-1");
    assert_eq!(changed(&swapped).0, ["it-1"]);

    // The same words are on the screen; only what the candidate must do is another.
    let (two, three) = ("Select TWO.", "Select TWO. Or three?");
    let one_key_more =
        |files: Files| files.replace(MULTIPLE, "Answer a to it-4\"\n", "Answer a to it-4\"\nkey = true\n");
    let pick_two = Files::sound().replace(MULTIPLE, two, three).hashed();
    let pick_three = one_key_more(Files::sound().replace(MULTIPLE, two, three)).hashed();
    assert_ne!(pick_two.hashes("it-4").unwrap().view, pick_three.hashes("it-4").unwrap().view);
}

#[test]
fn the_version_hash_alone_changes_with_scoring_and_revision() {
    assert_eq!(changed(&with_another_key()), (vec![], vec!["it-1".to_owned()]));
    for (path, from, to, items) in [
        (ITEM, "domain = \"D1\"", "domain = \"D2\"", ["it-1"].as_slice()),
        (ITEM, "level = \"analysis\"", "level = \"evaluation\"", &["it-1"]),
        (ITEM, "revision = 1", "revision = 2", &["it-1"]),
        (SET, "revision = 1", "revision = 2", &["s-1-1", "s-1-2", "s-1-3"]),
    ] {
        let (views, versions) = changed(&Files::sound().replace(path, from, to));
        assert_eq!(views, [""; 0], "{to}");
        assert_eq!(versions, items, "{to}");
    }
}

#[test]
fn neither_hash_changes_with_what_is_neither_seen_nor_scored() {
    for (path, from, to) in [
        (ITEM, "memory poisoning", "prompt injection"),
        (ITEM, "Why b is what it is.", "For another reason."),
        (ITEM, "LLM04", "LLM08"),
        (ITEM, "2027-12-31", "2027-12-30"),
        (ITEM, "authored_on = 2026-01-05", "authored_on = 2026-01-06"),
        (ITEM, "ai_assisted = true", "ai_assisted = false"),
        (ITEM, "status = \"operational\"", "status = \"retired\""),
        (ITEM, "revision = 1", "revision = 1\nenemies = [\"it-2\"]"),
        (SET, "reviewed = true", "reviewed = false"),
    ] {
        assert_eq!(changed(&Files::sound().replace(path, from, to)), (vec![], vec![]), "{to}");
    }
}

#[test]
fn an_item_under_another_id_is_another_version_of_the_same_view() {
    let renamed = Files::sound().rename(ITEM, "items/it-9.toml").replace("items/it-9.toml", "\"it-1\"", "\"it-9\"");
    let (sound, renamed) = (Files::sound().hashed(), renamed.hashed());
    let (before, after) = (sound.hashes("it-1").unwrap(), renamed.hashes("it-9").unwrap());
    assert_eq!(before.view, after.view);
    assert_ne!(before.version, after.version);
}

#[test]
fn the_view_hash_is_the_digest_that_the_item_format_describes() {
    let text = |text: &str| json!({ "type": "text", "text": text });
    let paragraph = |content: Vec<Value>| json!({ "type": "paragraph", "content": content });
    let option = |id: &str| json!({ "id": id, "text": [paragraph(vec![text(&format!("Answer {id} to it-1"))])] });
    let odd = json!({ "type": "emphasis", "content": [text("odd")] });
    let view = json!({
        "format": "invigil-item-view",
        "stimulus": null,
        "stem": [
            paragraph(vec![text("The log of it-1 shows one "), odd, text(" line.")]),
            paragraph(vec![text("Which control comes first?")]),
        ],
        "options": [option("a"), option("b"), option("c")],
        "kind": "single_choice",
        "select": 1,
        "lang": "en",
        "dir": "ltr",
    });
    assert_eq!(Files::sound().hashed().hashes("it-1").unwrap().view, digest(&view));
}

#[test]
fn the_version_hash_is_the_digest_that_the_item_format_describes() {
    let bank = Files::sound().hashed();
    let salt = |purpose: &str, id: &str| {
        let info = length_prefixed(&[purpose.as_bytes(), id.as_bytes(), b"1"]);
        let mut salt = [0; 16];
        Hkdf::<Sha256>::new(None, &[7; 32]).expand(&info, &mut salt).unwrap();
        hex::encode(salt)
    };
    let version = |id: &str, key: &[&str], domain: &str| {
        digest(&json!({
            "format": "invigil-item-version",
            "id": id,
            "revision": 1,
            "salt": salt("invigil-item-salt-1", id),
            "view_hash": bank.hashes(id).unwrap().view,
            "scoring": { "key": key, "domain": domain, "level": "analysis" },
        }))
    };
    assert_eq!(bank.hashes("it-4").unwrap().version, version("it-4", &["b", "d"], "D2"));
    let items = [version("s-1-1", &["a"], "D1"), version("s-1-2", &["b"], "D2"), version("s-1-3", &["c"], "D1")];
    let set = json!({
        "format": "invigil-set-version",
        "id": "s-1",
        "revision": 1,
        "salt": salt("invigil-set-salt-1", "s-1"),
        "items": items,
    });
    assert_eq!(bank.set_hash("s-1"), Some(digest(&set).as_str()));
}

#[test]
fn hashes_stay_what_they_are_from_release_to_release() {
    let bank = Files::sound().hashed();
    let hashes: Vec<_> = bank.bank().items.keys().map(|id| (id, bank.hashes(id).unwrap())).collect();
    insta::assert_json_snapshot!((hashes, bank.set_hash("s-1")));
}

#[test]
fn another_bank_secret_changes_every_version_hash_and_no_view_hash() {
    let (one, other) = (Files::sound().hashed(), Files::sound().hashed_with(&BankSecret::new([8; 32])));
    for id in one.bank().items.keys() {
        assert_eq!(one.hashes(id).unwrap().view, other.hashes(id).unwrap().view);
        assert_ne!(one.hashes(id).unwrap().version, other.hashes(id).unwrap().version);
    }
    assert_ne!(one.set_hash("s-1"), other.set_hash("s-1"));
}

#[test]
fn a_version_is_found_by_its_hash_and_by_no_other() {
    let bank = Files::sound().hashed();
    let hashes = bank.hashes("s-1-2").unwrap();
    assert_eq!(bank.by_version(&hashes.version).unwrap().id, "s-1-2");
    assert!(bank.by_version(&hashes.view).is_none());
    assert!(bank.hashes("it-99").is_none() && bank.set_hash("it-1").is_none());
}

#[test]
fn without_a_scheme_there_are_no_hashes() {
    let (bank, _) = Files::sound().remove("scheme.toml").load();
    assert_eq!(HashedBank::new(bank, &BankSecret::new([7; 32])).err(), Some(NoScheme));
    assert!(HashedBank::new(Bank::default(), &BankSecret::new([7; 32])).is_err());
}

/// A draw of some items with their options in file order.
fn plain_draw(bank: &HashedBank, ids: &[&str]) -> Draw {
    let item = |id: &&str| DrawItem {
        item: bank.hashes(id).unwrap().version.clone(),
        options: (0..).take(bank.bank().items[*id].options.len()).collect(),
    };
    let items = ids.iter().map(item).collect();
    Draw { format: Draw::FORMAT.into(), version: Draw::VERSION, procedure: PROCEDURE.into(), items }
}

#[test]
fn the_form_of_a_bank_with_other_keys_is_the_same_to_the_byte() {
    let ids = ["s-1-1", "s-1-2", "it-1", "it-4"];
    let (one, other) = (Files::sound().hashed(), with_another_key().hashed());
    let (form, plan) = assemble_form(&one, &plain_draw(&one, &ids)).unwrap();
    let (same_form, other_plan) = assemble_form(&other, &plain_draw(&other, &ids)).unwrap();
    assert_eq!(form_digest(&form), form_digest(&same_form));
    assert_ne!(plan, other_plan);
}

#[test]
fn neither_form_nor_pool_nor_draw_has_a_field_or_text_that_names_a_key() {
    // A bank whose rationales, topics and references can be told from everything else.
    let bank = Files::with_scheme(scheme_text(&[("D1", 2), ("D2", 2)], 1, 2))
        .item("it-1", "D1", "a")
        .item("it-2", "D2", "bd")
        .set("s-1", &[("D1", "a"), ("D2", "b")])
        .hashed();
    let draw = plain_draw(&bank, &["it-1", "it-2", "s-1-1", "s-1-2"]);
    let (form, _) = assemble_form(&bank, &draw).unwrap();
    let (pool, _) = bank.pool(crate::fixture::TODAY);

    let form = serde_json::to_value(form).unwrap();
    let allowed = [
        "choices",
        "content",
        "dir",
        "format",
        "id",
        "interaction",
        "items",
        "lang",
        "select",
        "stem",
        "stimuli",
        "stimulus",
        "text",
        "title",
        "type",
        "version",
    ];
    assert_eq!(field_names(&form), BTreeSet::from(allowed));
    let allowed = [
        "domain", "enemies", "entries", "format", "id", "item", "level", "options", "position", "scheme", "set",
        "version",
    ];
    let pool = serde_json::to_value(pool).unwrap();
    assert_eq!(field_names(&pool), BTreeSet::from(allowed));
    let draw = serde_json::to_value(draw).unwrap();
    assert_eq!(field_names(&draw), BTreeSet::from(["format", "item", "items", "options", "procedure", "version"]));

    for (name, document) in [("form", form), ("pool", pool), ("draw", draw)] {
        let json = document.to_string();
        for secret in ["rationale", "is what it is", "memory poisoning", "OWASP", "\"it-1\"", "\"s-1-1\"", "revision"] {
            assert!(!json.contains(secret), "the {name} has {secret:?}");
        }
    }
}

fn field_names(document: &Value) -> BTreeSet<&str> {
    match document {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| field_names(value).into_iter().chain([name.as_str()])).collect()
        }
        Value::Array(entries) => entries.iter().flat_map(field_names).collect(),
        _ => BTreeSet::new(),
    }
}
