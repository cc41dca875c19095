//! The part that stand-alone items and items of a scenario set have in common: question, options, key, references.

use item::RichText;

use super::{
    fields::Fields,
    finding::Code,
    model::{BankOption, Item, Kind, Level, Origin, Reference, ScenarioPlace},
    read::{Context, Head},
    waivers, wording,
};
use crate::lint::Waiver;

pub(crate) const QUESTION_FIELDS: &[&str] =
    &["domain", "level", "topic", "kind", "stem", "reference", "option", "waiver"];

/// A multiple-response item has five options (docs/ITEM-FORMAT.md).
const MULTIPLE_RESPONSE_OPTIONS: usize = 5;
/// Options of a single-choice item where the scheme does not say.
const SINGLE_CHOICE_OPTIONS: u32 = 3;

pub(crate) struct Question {
    domain: String,
    level: Level,
    topic: String,
    kind: Kind,
    stem: RichText,
    references: Vec<Reference>,
    options: Vec<BankOption>,
    waivers: Vec<Waiver>,
}

impl Question {
    pub(crate) fn into_item(
        self,
        id: String,
        head: Head,
        enemies: Vec<String>,
        scenario: Option<ScenarioPlace>,
        origin: Origin,
    ) -> Item {
        let Self { domain, level, topic, kind, stem, references, options, waivers } = self;
        let Head { revision, status, lang, dir, authoring } = head;
        Item {
            id,
            revision,
            status,
            domain,
            level,
            topic,
            lang,
            dir,
            enemies,
            clone_of: None,
            waivers,
            kind,
            stem,
            options,
            references,
            authoring,
            scenario,
            origin,
        }
    }
}

/// Reads the question; reports everything that is wrong with it. `None` if a part is missing.
pub(crate) fn read(fields: &Fields<'_>, context: &Context<'_>, head: Option<&Head>) -> Option<Question> {
    let domain = domain(fields, context);
    let level = fields.named("level");
    let topic = fields.string("topic");
    let kind = fields.named("kind");
    let stem = fields.markup("stem");
    let references = references(fields, context);
    let tables = fields.tables("option", "`[[option]]`", &["id", "text", "key", "rationale"]);
    let options = options(&tables);
    if let Some(kind) = kind {
        check_counts(fields, kind, tables.len(), &options, context);
    }
    if let (Some(kind), Some(stem)) = (kind, &stem) {
        let keys = options.iter().filter(|option| option.key).count();
        let english = head.is_none_or(|head| head.lang.starts_with("en"));
        wording::check_stem(fields, stem, kind, english.then_some(keys));
    }
    wording::check_options(fields, &options);
    let waivers = waivers::read(fields);
    Some(Question {
        domain: domain?,
        level: level?,
        topic: topic?,
        kind: kind?,
        stem: stem?,
        references,
        options,
        waivers,
    })
}

fn domain(fields: &Fields<'_>, context: &Context<'_>) -> Option<String> {
    let (domain, span) = fields.text("domain")?;
    if let Some(domains) = &context.domains
        && !domains.contains(domain)
    {
        let known: Vec<_> = domains.iter().copied().collect();
        let (message, help) =
            (format!("the scheme has no domain {domain:?}"), format!("use one of: {}", known.join(", ")));
        fields.source().report(span.start, Code::UnknownDomain, message, help);
    }
    Some(domain.to_owned())
}

fn references(fields: &Fields<'_>, context: &Context<'_>) -> Vec<Reference> {
    let known = ["source", "edition", "locator", "verified_on", "review_by"];
    let tables = fields.tables("reference", "`[[reference]]`", &known);
    if tables.is_empty() {
        let help = "add `[[reference]]` with source, edition, locator, verified_on and review_by";
        fields.source().report(fields.offset(), Code::MissingReference, "the item has no reference", help);
    }
    tables.iter().filter_map(|table| reference(table, context)).collect()
}

fn reference(fields: &Fields<'_>, context: &Context<'_>) -> Option<Reference> {
    let (source, edition, locator) = (fields.string("source"), fields.string("edition"), fields.string("locator"));
    let (verified_on, review_by) = (fields.date("verified_on"), fields.date("review_by"));
    let (verified_on, review_by) = (verified_on?, review_by?);
    let at = fields.offset_of("review_by");
    if review_by <= verified_on {
        let message = format!("review_by {review_by} is not after verified_on {verified_on}");
        fields.source().report(at, Code::DateOrder, message, "set the day on which the source must be read again");
    } else if review_by < context.today {
        let message = format!("the reference was to be reviewed by {review_by}");
        let help = "compare the item with its source and move both dates; forms refuse it until then";
        fields.source().report(at, Code::ReviewExpired, message, help);
    }
    Some(Reference { source: source?, edition: edition?, locator: locator?, verified_on, review_by })
}

fn options(tables: &[Fields<'_>]) -> Vec<BankOption> {
    let mut options = Vec::new();
    for (letter, table) in ('a'..='z').zip(tables) {
        let source = table.source();
        let id = table.text("id");
        if let Some((id, span)) = &id
            && *id != letter.to_string()
        {
            let help = "name options a, b, c, … in file order";
            source.report(span.start, Code::OptionId, format!("option {id:?} stands where {letter:?} belongs"), help);
        }
        // A missing rationale has a code of its own: it is the fault that reviewers look for.
        let rationale = table.optional_text("rationale").map(|(text, _)| text.trim().to_owned());
        if rationale.is_none() {
            let message = format!("option {letter} has no rationale");
            let help = "say why it is right, or why it is wrong and what makes it tempting";
            source.report(table.offset(), Code::MissingRationale, message, help);
        }
        let (text, key) = (table.markup("text"), table.optional_boolean("key").unwrap_or(false));
        options.push(BankOption {
            id: letter.to_string(),
            text: text.unwrap_or_default(),
            key,
            rationale: rationale.unwrap_or_default(),
        });
    }
    options
}

/// `got` options stand in the file; of more than 26 the rest is not read.
fn check_counts(fields: &Fields<'_>, kind: Kind, got: usize, options: &[BankOption], context: &Context<'_>) {
    let source = fields.source();
    let keys = options.iter().filter(|option| option.key).count();
    let (wanted, keys_are_right, wanted_keys) = match kind {
        Kind::SingleChoice => {
            (context.options.unwrap_or(SINGLE_CHOICE_OPTIONS) as usize, keys == 1, "exactly one option")
        }
        Kind::MultipleResponse => (
            MULTIPLE_RESPONSE_OPTIONS,
            (2..MULTIPLE_RESPONSE_OPTIONS).contains(&keys),
            "at least two options, and not all of them,",
        ),
    };
    if got != wanted {
        let (message, help) = (format!("the item has {got} options"), format!("give it {wanted}"));
        source.report(fields.offset(), Code::OptionCount, message, help);
    }
    if !keys_are_right {
        let message = format!("the item has {keys} keys");
        source.report(fields.offset(), Code::KeyCount, message, format!("mark {wanted_keys} with `key = true`"));
    }
}
