//! Getting the practice set, and keeping it for when there is no network.

use leptos::task::spawn_local;
use scoring::{PracticeFault, PracticeSet};

use crate::{
    catalogue::text,
    platform::{
        cache,
        fetch::{self, FetchError},
    },
};

const ADDRESS: &str = "/api/v1/practice-set";
/// Apart from the app's own copies, which go with their build.
const CACHE: &str = "invigil-practice-set";

/// Whether a practice set is kept here.
pub(super) async fn is_kept() -> bool {
    cache::has(CACHE, ADDRESS).await
}

/// Whether the server offers one.
pub(super) async fn is_offered() -> bool {
    fetch::is_there(ADDRESS).await
}

/// The practice set: the one that is kept here at once, and for the next opening what the server has now; in words what
/// hinders.
pub(super) async fn load() -> Result<PracticeSet, String> {
    let kept = cache::kept(CACHE, ADDRESS).await;
    if let Some(set) = kept.as_ref().and_then(|kept| PracticeSet::read(kept).ok()) {
        spawn_local(async move {
            if let Ok(bytes) = fetch::get_bytes(ADDRESS, None).await
                && kept.as_ref() != Some(&bytes)
                && PracticeSet::read(&bytes).is_ok()
            {
                cache::keep(CACHE, ADDRESS, &bytes).await;
            }
        });
        return Ok(set);
    }
    let bytes = fetch::get_bytes(ADDRESS, None).await.map_err(|error| match error {
        FetchError::Refused(problem) if problem.status == 404 => text("practice-none"),
        FetchError::Refused(problem) if problem.status < 500 => problem.detail,
        _ => text("practice-no-server"),
    })?;
    let set = PracticeSet::read(&bytes).map_err(|fault| match fault {
        PracticeFault::Version { .. } => text("practice-newer"),
        _ => text("practice-unreadable"),
    })?;
    cache::keep(CACHE, ADDRESS, &bytes).await;
    Ok(set)
}
