//! Names for item versions that give nothing away: `view_hash`, and the salted `version_hash` (docs/ITEM-FORMAT.md).

use std::collections::BTreeMap;

use item::{Direction, Interaction, Response, RichText};
use serde::Serialize;

use crate::{
    BankSecret, Rule, Scheme,
    assemble::present::present_sorted,
    bank::{Bank, Credit, Item, Kind, Level, Scenario, Task},
    canonical::digest,
};

/// The two hashes of an item version, each 64 lower-case hex characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemHashes {
    /// SHA-256 over what a candidate sees. It may leave the bank.
    pub view: String,
    /// SHA-256 over view and scoring with a secret salt. It names the version in pool lists and draws.
    pub version: String,
}

/// A bank whose item versions have their hashes, ready for pool lists and forms.
#[derive(Clone, Debug)]
pub struct HashedBank {
    bank: Bank,
    scheme: Scheme,
    hashes: BTreeMap<String, ItemHashes>,
    by_version: BTreeMap<String, String>,
    sets: BTreeMap<String, String>,
    options_secret: BankSecret,
}

/// A bank without a usable `scheme.toml` cannot be put to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bank has no usable scheme.toml")]
pub struct NoScheme;

impl HashedBank {
    /// Computes the hashes of every item and scenario set.
    ///
    /// # Errors
    /// [`NoScheme`] if the bank was loaded without one.
    pub fn new(bank: Bank, secret: &BankSecret) -> Result<Self, NoScheme> {
        let scheme = bank.scheme.clone().ok_or(NoScheme)?;
        let mut hashes = BTreeMap::new();
        let mut by_version = BTreeMap::new();
        for item in bank.items.values() {
            let stimulus = item.scenario.as_ref().and_then(|place| bank.scenarios.get(&place.id));
            let hash = item_hashes(item, stimulus, secret);
            by_version.insert(hash.version.clone(), item.id.clone());
            hashes.insert(item.id.clone(), hash);
        }
        let set_hash = |set: &Scenario| {
            let items = set.items.iter().filter_map(|id| hashes.get(id)).map(|hash| hash.version.as_str()).collect();
            let salt = salt("invigil-set-salt-1", &set.id, set.revision, secret);
            digest(&SetVersion { format: "invigil-set-version", id: &set.id, revision: set.revision, salt, items })
        };
        let sets = bank.scenarios.values().map(|set| (set.id.clone(), set_hash(set))).collect();
        // Of its own, so that who learns how options are ordered learns no item's salt.
        let options_secret = BankSecret::new(secret.derive(&[b"invigil-options-1"]));
        Ok(Self { bank, scheme, hashes, by_version, sets, options_secret })
    }

    /// The bank.
    pub fn bank(&self) -> &Bank {
        &self.bank
    }

    /// The bank's scheme.
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// The hashes of an item, by its id.
    pub fn hashes(&self, id: &str) -> Option<&ItemHashes> {
        self.hashes.get(id)
    }

    /// The item whose version has this hash.
    pub fn by_version(&self, version_hash: &str) -> Option<&Item> {
        self.bank.items.get(self.by_version.get(version_hash)?)
    }

    /// What the order of options on forms follows from. It never leaves the bank.
    pub(crate) fn options_secret(&self) -> &BankSecret {
        &self.options_secret
    }

    /// The hash of a scenario set, by its id.
    pub fn set_hash(&self, id: &str) -> Option<&str> {
        self.sets.get(id).map(String::as_str)
    }
}

#[derive(Serialize)]
struct View<'a> {
    format: &'static str,
    stimulus: Option<StimulusView<'a>>,
    stem: &'a RichText,
    options: Vec<OptionView<'a>>,
    kind: Kind,
    /// How many options to choose, which a candidate is told.
    select: usize,
    lang: &'a str,
    dir: Direction,
    /// Of other kinds than choice, which have neither options nor a number to select.
    #[serde(skip_serializing_if = "Option::is_none")]
    interaction: Option<Interaction>,
}

#[derive(Serialize)]
struct StimulusView<'a> {
    title: &'a str,
    content: &'a RichText,
}

#[derive(Serialize)]
struct OptionView<'a> {
    id: &'a str,
    text: &'a RichText,
}

#[derive(Serialize)]
struct Version<'a> {
    format: &'static str,
    id: &'a str,
    revision: u32,
    salt: String,
    view_hash: &'a str,
    scoring: Scoring<'a>,
}

#[derive(Serialize)]
struct Scoring<'a> {
    key: Response,
    domain: &'a str,
    level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<Rule>,
}

#[derive(Serialize)]
struct SetVersion<'a> {
    format: &'static str,
    id: &'a str,
    revision: u32,
    salt: String,
    items: Vec<&'a str>,
}

/// SHA-256 over all that is asked and scored of an item or scenario set, without a salt: the history beside the items is
/// checked with it, by whoever can read them anyway. It must not leave the bank.
pub(crate) fn content_hash(bank: &Bank, id: &str) -> Option<String> {
    let of_item = |item: &Item| {
        let stimulus = item.scenario.as_ref().and_then(|place| bank.scenarios.get(&place.id));
        hashes_with(item, stimulus, "invigil-item-content", String::new()).version
    };
    let Some(set) = bank.scenarios.get(id) else { return bank.items.get(id).map(of_item) };
    let items: Vec<String> = set.items.iter().filter_map(|id| bank.items.get(id)).map(of_item).collect();
    let items = items.iter().map(String::as_str).collect();
    let (format, salt) = ("invigil-set-content", String::new());
    Some(digest(&SetVersion { format, id: &set.id, revision: set.revision, salt, items }))
}

fn item_hashes(item: &Item, set: Option<&Scenario>, secret: &BankSecret) -> ItemHashes {
    hashes_with(item, set, "invigil-item-version", salt("invigil-item-salt-1", &item.id, item.revision, secret))
}

fn hashes_with(item: &Item, set: Option<&Scenario>, format: &'static str, salt: String) -> ItemHashes {
    let (options, interaction, key, rule) = match (&item.task, present_sorted(item)) {
        (Task::Choice, _) | (_, None) => {
            let keys = item.options.iter().filter(|option| option.key);
            let key = Response::new(keys.map(|option| option.id.as_str()));
            let rule = (item.credit == Credit::Partial).then_some(Rule::Parts);
            (item.options.as_slice(), None, key, rule)
        }
        (_, Some(shown)) => (&[][..], Some(shown.interaction), shown.key, shown.rule),
    };
    let view = digest(&View {
        format: "invigil-item-view",
        stimulus: set.map(|set| StimulusView { title: &set.title, content: &set.stimulus }),
        stem: &item.stem,
        options: options.iter().map(|option| OptionView { id: &option.id, text: &option.text }).collect(),
        kind: item.kind,
        select: key.choices().len(),
        lang: &item.lang,
        dir: item.dir,
        interaction,
    });
    let version = digest(&Version {
        format,
        id: &item.id,
        revision: item.revision,
        salt,
        view_hash: &view,
        scoring: Scoring { key, domain: &item.domain, level: item.level, rule },
    });
    ItemHashes { view, version }
}

/// 128 bits in hex: without them, the few possible keys of an item could be tried against its hash.
fn salt(purpose: &str, id: &str, revision: u32, secret: &BankSecret) -> String {
    hex::encode(secret.derive::<16>(&[purpose.as_bytes(), id.as_bytes(), revision.to_string().as_bytes()]))
}
