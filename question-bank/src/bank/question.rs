//! The part that stand-alone items and items of a scenario set have in common: question, options, key, references.

use item::RichText;

use super::{
    fields::Fields,
    finding::Code,
    kinds,
    model::{BankOption, Credit, Item, Kind, Level, Origin, Reference, ScenarioPlace},
    read::{Context, Head},
    task::Task,
    waivers, wording,
};
use crate::lint::Waiver;

/// The fields of a question, of whatever kind.
pub(crate) const QUESTION_FIELDS: &[&str] = &[
    "domain",
    "level",
    "topic",
    "kind",
    "credit",
    "stem",
    "reference",
    "option",
    "text",
    "gap",
    "reuse",
    "row",
    "per_row",
    "image",
    "alt",
    "width",
    "height",
    "max_chars",
    "criterion",
    "model_answer",
    "waiver",
];

pub(crate) struct Question {
    domain: String,
    level: Level,
    topic: String,
    kind: Kind,
    stem: RichText,
    references: Vec<Reference>,
    options: Vec<BankOption>,
    waivers: Vec<Waiver>,
    task: Task,
    credit: Credit,
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
        let Self { domain, level, topic, kind, stem, references, options, waivers, task, credit } = self;
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
            task,
            credit,
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
    let credit = fields.named_or("credit", Credit::AllOrNothing);
    let (options, task) = kinds::read(fields, kind, context);
    if let (Some(kind), Some(credit)) = (kind, credit) {
        check_credit(fields, kind, credit, context);
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
        task: task?,
        credit: credit?,
    })
}

fn check_credit(fields: &Fields<'_>, kind: Kind, credit: Credit, context: &Context<'_>) {
    let help = match kind {
        _ if credit == Credit::AllOrNothing => return,
        Kind::SingleChoice => "one option is right or wrong: remove `credit`",
        Kind::ExtendedText => "the rubric says what a part is worth: remove `credit`",
        _ if !context.partial_credit => "allow it by `exam.partial_credit` in scheme.toml, or remove `credit`",
        _ => return,
    };
    fields.source().report(fields.offset_of("credit"), Code::PartialCredit, "the item gives partial credit", help);
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
