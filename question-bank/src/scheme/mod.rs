//! A certification scheme: blueprint and rules, each fact with its basis and source.

mod check;
mod constraints;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::{
    bank::Status,
    draw::{Blueprint, Quota},
};
pub use constraints::{Constraints, Procedure};

/// Blueprint and rules of one edition of a scheme, as `scheme.toml` states them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Always `invigil-scheme`.
    pub format: String,
    /// Version of this document's format.
    pub version: u32,
    /// Short name, such as `caisp`.
    pub id: String,
    /// Edition of these rules; a changed fact is a new edition.
    pub edition: String,
    /// What its items are for; exams, where it is not said.
    #[serde(default, rename = "use", skip_serializing_if = "Use::is_exam")]
    pub purpose: Use,
    /// Full name of the certification.
    pub title: Fact<String>,
    /// The body whose scheme it is.
    pub issuer: Fact<String>,
    /// The examination.
    pub exam: Exam,
    /// Scenario sets of a form.
    pub scenarios: ScenarioRule,
    /// Which items a form may use.
    pub forms: FormRule,
    /// What forms have in common besides domains and scenario sets; for `invigil-draw-2` and `-3`.
    #[serde(default, skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
    /// The certificate.
    pub certificate: CertificateRule,
    /// Continuing professional development.
    pub cpd: CpdRule,
    /// Competency domains in the order of the blueprint.
    #[serde(rename = "domain")]
    pub domains: Vec<Domain>,
    /// How long to wait after a failed attempt, from the first attempt on; the last rung holds for all later ones.
    #[serde(rename = "retake")]
    pub retakes: Vec<Retake>,
    /// Reporting bands of a domain's result, highest first.
    #[serde(rename = "band")]
    pub bands: Vec<Band>,
}

/// What the items of a bank are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Exams: no key leaves the server.
    #[default]
    Exam,
    /// A practice set: items and keys are public, and no exam is drawn from them.
    Practice,
}

impl Use {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields on by reference")]
    fn is_exam(&self) -> bool {
        *self == Self::Exam
    }
}

/// A fact of a scheme and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact<T> {
    /// The fact.
    pub value: T,
    /// Whether the body has published it.
    pub basis: Basis,
    /// Where it was read, or what it was concluded from.
    pub source: String,
}

/// Whether a fact is the scheme owner's or ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The body has published it.
    Published,
    /// The body has not published it for this scheme; it is our assumption.
    Assumed,
}

/// The examination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exam {
    /// Scored items of a form.
    pub items: Fact<u32>,
    /// Working time in minutes.
    pub duration_minutes: Fact<u32>,
    /// The cut score.
    pub pass: Fact<PassMark>,
    /// Options of a single-choice item.
    pub options: Fact<u32>,
    /// Whether items may give points for a response that is partly right; without it, none does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial_credit: Option<Fact<bool>>,
    /// Course material may be used.
    pub open_book: Fact<bool>,
    /// Extra minutes for candidates who sit in a language that is not their own.
    pub language_extra_minutes: Fact<u32>,
    /// Minutes after the start until which a candidate may still be let in.
    pub late_cutoff_minutes: Fact<u32>,
}

/// A cut score: at least `correct` out of `of` items, in the same proportion for forms of another length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassMark {
    /// Items that must be correct …
    pub correct: u32,
    /// … out of so many.
    pub of: u32,
}

impl PassMark {
    /// The smallest raw score that passes a form of `max` items. Never rounded down: 70 % of 81 is 57.
    pub fn cut(self, max: u32) -> u32 {
        let exact = u64::from(self.correct) * u64::from(max);
        u32::try_from(exact.div_ceil(u64::from(self.of.max(1)))).unwrap_or(u32::MAX)
    }

    /// Whether a raw score passes a form of `max` items.
    pub fn is_met(self, raw: u32, max: u32) -> bool {
        raw >= self.cut(max)
    }
}

/// Scenario sets of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRule {
    /// Sets on a form.
    pub sets: Fact<u32>,
    /// Items of each of them.
    pub items_each: Fact<u32>,
    /// Sets stand on forms whole, and `items_each` is not used; for `invigil-draw-2` and `-3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<Fact<bool>>,
}

/// Which items a form may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormRule {
    /// Statuses in which an item may stand on a form.
    pub statuses: Fact<Vec<Status>>,
    /// How forms are drawn; `invigil-draw-1` where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Fact<Procedure>>,
}

/// The certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRule {
    /// Years from the effective date to the date of expiry.
    pub validity_years: Fact<u32>,
    /// When this edition of the scheme was issued (ISO/IEC 17024, 9.4.8 d).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme_issued_on: Option<Fact<NaiveDate>>,
    /// What the certification covers, in a sentence or two (ISO/IEC 17024, 9.4.8 e).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<Fact<String>>,
    /// What it is not, and on what it depends (ISO/IEC 17024, 9.4.8 e).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limitations: Option<Fact<String>>,
    /// Address of the agreement under which it may be used (ISO/IEC 17024, 9.7).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Fact<String>>,
    /// Standards and frameworks that the scheme is built on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Fact<Vec<Alignment>>>,
}

/// A standard or framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alignment {
    /// Its name and edition.
    pub name: String,
    /// Its address, `https://…`.
    pub url: String,
}

/// Continuing professional development.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CpdRule {
    /// Credits awarded.
    pub credits: Fact<u32>,
    /// Their unit, such as `PECB CPD`.
    pub unit: Fact<String>,
    /// What they are awarded for.
    pub trigger: Fact<CpdTrigger>,
}

/// What CPD credits are awarded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CpdTrigger {
    /// Passing the examination.
    ExamPass,
    /// Attending the course to its end.
    CourseCompletion,
}

/// A competency domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Short name, such as `D1`.
    pub id: String,
    /// Full name.
    pub title: Fact<String>,
    /// Items of it on a form.
    pub items: Fact<u32>,
}

/// One rung of the retake ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retake {
    /// The failed attempt it follows, counted from 1.
    pub after_attempt: u32,
    /// How long to wait.
    pub wait: Fact<Wait>,
    /// From when.
    pub anchor: Fact<Anchor>,
}

/// A length of time on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wait {
    /// Days.
    Days(u32),
    /// Calendar months; the 31st becomes the last day of a shorter month.
    Months(u32),
}

impl Wait {
    /// The day on which the wait that begins on `from` is over; `None` past the end of the calendar.
    pub fn after(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => from.checked_add_days(Days::new(days.into())),
            Self::Months(months) => from.checked_add_months(Months::new(months)),
        }
    }
}

/// From which attempt a wait is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The first attempt.
    FirstAttempt,
    /// The attempt just failed.
    LastAttempt,
}

/// A reporting band: candidates learn bands, not scores, of their domains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Short name, such as `on_target`.
    pub id: String,
    /// Wording for the candidate.
    pub title: Fact<String>,
    /// It begins at this share of correct items, in percent.
    pub from_percent: Fact<u32>,
}

impl Scheme {
    /// The `format` of this document.
    pub const FORMAT: &'static str = "invigil-scheme";
    /// The `version` this code reads.
    pub const VERSION: u32 = 1;

    /// What a draw by `invigil-draw-1` needs to know of the scheme.
    pub fn blueprint(&self) -> Blueprint {
        Blueprint {
            format: Blueprint::FORMAT.into(),
            version: Blueprint::VERSION,
            scheme: self.id.clone(),
            edition: self.edition.clone(),
            domains: self.domains.iter().map(|d| Quota { domain: d.id.clone(), items: d.items.value }).collect(),
            scenario_sets: self.scenarios.sets.value,
            items_per_set: self.scenarios.items_each.value,
        }
    }

    /// Whether its items and their keys are public.
    pub fn is_practice(&self) -> bool {
        self.purpose == Use::Practice
    }

    /// Whether items may give points for a response that is partly right.
    pub fn gives_partial_credit(&self) -> bool {
        self.exam.partial_credit.as_ref().is_some_and(|fact| fact.value)
    }

    /// The band of a result; `None` only if the scheme has no band from 0 %.
    pub fn band(&self, correct: u32, of: u32) -> Option<&Band> {
        self.bands.iter().find(|band| u64::from(correct) * 100 >= u64::from(band.from_percent.value) * u64::from(of))
    }

    /// A domain by its short name.
    pub fn domain(&self, id: &str) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id == id)
    }

    /// Statuses in which an item may stand on a form.
    pub fn allows(&self, status: Status) -> bool {
        self.forms.statuses.value.contains(&status)
    }
}

/// Reads `scheme.toml`. [`Scheme::contradictions`] says whether its numbers agree.
///
/// # Errors
/// The first thing that does not have the shape of a scheme, with its place.
pub fn parse(text: &str) -> Result<Scheme, toml::de::Error> {
    toml::from_str(text)
}
