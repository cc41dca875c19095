//! What was found out about browser and computer.

use api::{BrowserFacts, CommitTimes, Readiness, RehearsalFacts, ServerFacts, StorageFacts};
use chrono::DateTime;
use leptos::prelude::*;
use sitting::Receipt;

use super::{Found, mark::came_back};
use crate::{
    candidate::Session,
    platform::{browser, clock, fetch, offline, signs, storage},
};

/// Everything, at the end of a rehearsal. Waits some seconds at most for a server or a service worker that does not answer.
pub(super) async fn readiness(session: Session) -> Option<Readiness> {
    let found = session.app.rehearsal.found.get_value();
    let key_home = session.inner()?.device.home;
    let server = fetch::clock_offset_ms().await;
    let (quota_bytes, usage_bytes) = storage::estimate().await;
    Some(Readiness {
        at: DateTime::from_timestamp_millis(i64::try_from(clock::stamp().wall_ms).ok()?)?,
        app: offline::build().unwrap_or_default(),
        browser: BrowserFacts {
            user_agent: browser::user_agent(),
            language: browser::language(),
            time_zone: browser::time_zone(),
        },
        storage: StorageFacts {
            persisted: storage::persist().await,
            quota_bytes,
            usage_bytes,
            commit: times(found.commits_us.clone()),
            key_home,
        },
        offline_ready: offline::ready_offline().await,
        server: ServerFacts { reachable: server.is_ok(), clock_offset_ms: server.ok().flatten() },
        screens_extended: signs::screens(),
        fullscreen_possible: browser::fullscreen_possible(),
        rehearsal: rehearsal(session, &found).await,
    })
}

async fn rehearsal(session: Session, found: &Found) -> RehearsalFacts {
    let receipt = session.header().await.ok().map(Receipt::of);
    let submitted = session.answers.with_untracked(|answers| answers.submission().is_some());
    RehearsalFacts {
        lines: session.written.get_untracked(),
        answered: answered(session),
        response_file_bytes: found.response_file_bytes,
        receipt_code: receipt.filter(|_| submitted).and_then(|receipt| Some(receipt.code().ok()?.to_string())),
        reload_survived: if found.lost { Some(false) } else { came_back(session).then_some(true) },
    }
}

fn answered(session: Session) -> u32 {
    let given =
        session.answers.with_untracked(|answers| answers.responses().values().filter(|r| !r.is_empty()).count());
    u32::try_from(given).unwrap_or(u32::MAX)
}

fn times(mut commits_us: Vec<u64>) -> Option<CommitTimes> {
    commits_us.sort_unstable();
    let worst_us = *commits_us.last()?;
    Some(CommitTimes { median_us: commits_us[commits_us.len() / 2], worst_us })
}
