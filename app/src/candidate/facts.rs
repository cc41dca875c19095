//! Who sits what, from wherever it is known first: the server, or the opened package.

use api::AttemptStatus;
use sitting::{Kind, Manifest, Payload};

/// What identity and rules show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) candidate: String,
    pub(crate) title: String,
    pub(crate) exam_body: String,
    pub(crate) items: u64,
    /// Working time, extra time included.
    pub(crate) duration_ms: u64,
    pub(crate) extra_ms: u64,
    /// Approved breaks; 0 also where that is not known before the package is opened.
    pub(crate) break_ms: u64,
    /// What it takes to pass; a rehearsal is not scored.
    pub(crate) cut_score: Option<u32>,
    /// The points that there are, where they are not one a question.
    pub(crate) points: Option<u32>,
    pub(crate) open_book: bool,
    pub(crate) demonstration: bool,
}

impl Facts {
    /// As the server tells them.
    pub(crate) fn of_status(status: &AttemptStatus) -> Self {
        let exam = &status.exam;
        Self {
            candidate: status.candidate.name.clone(),
            title: exam.title.clone(),
            exam_body: exam.exam_body.clone(),
            items: exam.items.into(),
            duration_ms: exam.duration_ms,
            extra_ms: exam.extra_ms,
            break_ms: 0,
            cut_score: Some(exam.cut_score),
            points: exam.points,
            open_book: exam.open_book,
            demonstration: exam.demonstration,
        }
    }

    /// As the package tells them.
    pub(crate) fn of_package(manifest: &Manifest, payload: &Payload) -> Self {
        let exam = &manifest.exam;
        Self {
            candidate: payload.candidate.clone(),
            title: exam.title.clone(),
            exam_body: exam.exam_body.clone(),
            items: manifest.items.len() as u64,
            duration_ms: manifest.duration_ms.saturating_add(payload.extra_ms),
            extra_ms: payload.extra_ms,
            break_ms: payload.break_ms,
            cut_score: (manifest.kind == Kind::Exam).then_some(exam.cut_score),
            points: exam.points,
            open_book: exam.open_book,
            demonstration: exam.demonstration,
        }
    }
}
