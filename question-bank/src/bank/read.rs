//! One file into an item, a scenario set or a scheme.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::de::DeTable;

use super::{
    fields::Fields,
    finding::Code,
    model::{Authoring, Item, Origin, Scenario, ScenarioPlace, Status},
    question::{self, QUESTION_FIELDS},
    source::Source,
    waivers,
};
use crate::{LintConfig, Scheme, scheme};
use item::Direction;

/// What the rules for one file need to know of the rest.
pub(crate) struct Context<'a> {
    pub(crate) today: NaiveDate,
    pub(crate) domains: Option<BTreeSet<&'a str>>,
    /// Options of a single-choice item.
    pub(crate) options: Option<u32>,
    /// Whether the scheme lets items give partial credit.
    pub(crate) partial_credit: bool,
}

/// All that was read, before the files are compared with one another.
#[derive(Default)]
pub(crate) struct Read {
    /// Ids in the order of the files, of faulty files too, so that one fault does not raise others.
    pub(crate) declared: Vec<(String, Origin)>,
    /// Who names whom as an enemy, and where.
    pub(crate) enemies: Vec<(String, String, Origin)>,
    /// Who is called a clone of whom, and where.
    pub(crate) clones: Vec<(String, String, Origin)>,
    pub(crate) items: Vec<Item>,
    pub(crate) scenarios: Vec<Scenario>,
}

/// What an item takes over from its file's head.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) revision: u32,
    pub(crate) status: Status,
    pub(crate) lang: String,
    pub(crate) dir: Direction,
    pub(crate) authoring: Authoring,
}

const HEAD_FIELDS: &[&str] =
    &["format", "version", "id", "revision", "status", "lang", "dir", "enemies", "clone_of", "authoring"];

pub(crate) fn scheme_file(source: &Source<'_>) -> Option<Scheme> {
    parse(source)?;
    match scheme::parse(source.text) {
        Ok(scheme) => {
            for fault in scheme.contradictions() {
                source.report(0, Code::SchemeInvalid, fault, "make the numbers of scheme.toml agree");
            }
            (!source.is_faulty()).then_some(scheme)
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            source.report(at, Code::SchemeInvalid, error.message(), "see docs/ITEM-FORMAT.md and the CAISP scheme");
            None
        }
    }
}

pub(crate) fn lint_file(source: &Source<'_>) -> Option<LintConfig> {
    parse(source)?;
    match toml::from_str::<LintConfig>(source.text) {
        Ok(config) => {
            for fault in config.contradictions() {
                source.report(0, Code::LintInvalid, fault, "see docs/LINT.md");
            }
            (!source.is_faulty()).then_some(config)
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            source.report(at, Code::LintInvalid, error.message(), "see docs/LINT.md");
            None
        }
    }
}

pub(crate) fn item_file(source: &Source<'_>, context: &Context<'_>, read: &mut Read) {
    let Some(root) = parse(source) else { return };
    let known = [HEAD_FIELDS, QUESTION_FIELDS].concat();
    let fields = Fields::new(source, &root, 0, "an item", &known);
    fields.check_header("invigil-item", 1);
    let id = declare(&fields, read);
    check_file_name(&fields, id.as_deref());
    let enemies = enemies(&fields, id.as_deref(), read);
    let clone_of = clone_of(&fields, id.as_deref(), read);
    let head = head(&fields);
    let question = question::read(&fields, context, head.as_ref());
    let (Some(id), Some(head), Some(question)) = (id, head, question) else { return };
    if !source.is_faulty() {
        let line = source.line(fields.offset_of("id"));
        let item = question.into_item(id, head, enemies, None, origin(source, line));
        read.items.push(Item { clone_of, ..item });
    }
}

pub(crate) fn scenario_file(source: &Source<'_>, context: &Context<'_>, read: &mut Read) {
    let Some(root) = parse(source) else { return };
    let known = [HEAD_FIELDS, &["title", "stimulus", "item", "waiver"]].concat();
    let fields = Fields::new(source, &root, 0, "a scenario set", &known);
    fields.check_header("invigil-scenario", 1);
    let id = declare(&fields, read);
    check_file_name(&fields, id.as_deref());
    let enemies = enemies(&fields, id.as_deref(), read);
    let clone_of = clone_of(&fields, id.as_deref(), read);
    let waivers = waivers::read(&fields);
    let head = head(&fields);
    let title = fields.string("title");
    let stimulus = fields.markup("stimulus");

    let known = [&["id"], QUESTION_FIELDS].concat();
    let tables = fields.tables("item", "an item of a scenario set", &known);
    if tables.is_empty() {
        source.report(0, Code::TooFewItems, "the scenario set has no items", "add them as `[[item]]`");
    }
    let mut members = Vec::new();
    for table in &tables {
        let member = declare(table, read);
        let question = question::read(table, context, head.as_ref());
        if let (Some(member), Some(question)) = (member, question) {
            members.push((member, question, source.line(table.offset_of("id"))));
        }
    }
    let (Some(id), Some(head), Some(title), Some(stimulus)) = (id, head, title, stimulus) else { return };
    if source.is_faulty() {
        return;
    }
    read.scenarios.push(Scenario {
        id: id.clone(),
        revision: head.revision,
        status: head.status,
        title,
        lang: head.lang.clone(),
        dir: head.dir,
        enemies,
        clone_of,
        waivers,
        stimulus,
        items: members.iter().map(|(member, ..)| member.clone()).collect(),
        origin: origin(source, source.line(fields.offset_of("id"))),
    });
    for (position, (member, question, line)) in (1..).zip(members) {
        let place = ScenarioPlace { id: id.clone(), position };
        read.items.push(question.into_item(member, head.clone(), Vec::new(), Some(place), origin(source, line)));
    }
}

/// The TOML tree, or every syntax error with its line.
pub(super) fn parse<'a>(source: &Source<'a>) -> Option<DeTable<'a>> {
    let (root, errors) = DeTable::parse_recoverable(source.text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        source.report(at, Code::Syntax, error.message().trim(), "correct the TOML (https://toml.io)");
    }
    // A recovered tree lacks what the parser skipped; faults found in it would be guesses.
    errors.is_empty().then(|| root.into_inner())
}

fn origin(source: &Source<'_>, line: u32) -> Origin {
    Origin { file: source.path.to_owned(), line }
}

/// The id, checked and put on the list of ids.
fn declare(fields: &Fields<'_>, read: &mut Read) -> Option<String> {
    let (id, span) = fields.text("id")?;
    let source = fields.source();
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if id.len() > 64 || !id.bytes().all(allowed) {
        let help = "use up to 64 of a-z, 0-9 and the hyphen";
        source.report(span.start, Code::BadId, format!("{id:?} is no id"), help);
    }
    read.declared.push((id.to_owned(), origin(source, source.line(span.start))));
    Some(id.to_owned())
}

fn check_file_name(fields: &Fields<'_>, id: Option<&str>) {
    let Some(id) = id else { return };
    let name = fields.source().path.rsplit('/').next().unwrap_or_default();
    if name.strip_suffix(".toml") != Some(id) {
        let (message, help) = (format!("the id is {id:?}, the file {name:?}"), format!("rename the file to {id}.toml"));
        fields.source().report(fields.offset_of("id"), Code::IdNotFileName, message, help);
    }
}

fn enemies(fields: &Fields<'_>, id: Option<&str>, read: &mut Read) -> Vec<String> {
    let source = fields.source();
    let mut enemies = Vec::new();
    for (enemy, at) in fields.texts("enemies") {
        if let Some(id) = id {
            read.enemies.push((id.to_owned(), enemy.to_owned(), origin(source, source.line(at))));
        }
        enemies.push(enemy.to_owned());
    }
    enemies
}

fn clone_of(fields: &Fields<'_>, id: Option<&str>, read: &mut Read) -> Option<String> {
    let (origin_id, span) = fields.optional_text("clone_of")?;
    if let Some(id) = id {
        let at = origin(fields.source(), fields.source().line(span.start));
        read.clones.push((id.to_owned(), origin_id.to_owned(), at));
    }
    Some(origin_id.to_owned())
}

fn head(fields: &Fields<'_>) -> Option<Head> {
    let revision = fields.positive("revision");
    let status = fields.named("status");
    let lang = fields.optional_text("lang").map_or("en", |(lang, _)| lang).to_owned();
    let dir = fields.named_or("dir", Direction::Ltr);
    let authoring = fields
        .table("authoring", "`[authoring]`", &["authored_on", "ai_assisted", "reviewed"])
        .and_then(|table| authoring(&table, status));
    Some(Head { revision: revision?, status: status?, lang, dir: dir?, authoring: authoring? })
}

fn authoring(fields: &Fields<'_>, status: Option<Status>) -> Option<Authoring> {
    let (authored_on, ai_assisted, reviewed) =
        (fields.date("authored_on"), fields.boolean("ai_assisted"), fields.boolean("reviewed"));
    if reviewed == Some(false) && status == Some(Status::Operational) {
        let help = "have a second person review it, or set its status back; forms refuse it until then";
        let at = fields.offset_of("reviewed");
        fields.source().report(at, Code::NotReviewed, "it is operational but not reviewed", help);
    }
    Some(Authoring { authored_on: authored_on?, ai_assisted: ai_assisted?, reviewed: reviewed? })
}
