//! Getting a package, checking it, and keeping it on this computer.

use leptos::{prelude::*, task::spawn_local};
use scoring::PracticeSet;
use signing::{
    json,
    signed::{Signed, SignedFault},
};
use sitting::{Kind, Manifest, Package, PackageFault};
use worker_protocol::{FaultCode, Verb};

use crate::{
    candidate::{App, book::PresenceNote, keys, rehearsal, words},
    catalogue::{text, text_with},
    platform::{
        base64, clock,
        fetch::{self, FetchError},
        storage,
    },
};

/// The manifest of a stored package: its first line, which was checked before it was kept.
pub(in crate::candidate) fn read_manifest(line: &str) -> Option<Manifest> {
    // By way of the tree, as packages are read: a second reader for manifests would be 20 kB.
    let value = json::parse(line.as_bytes()).ok()?;
    serde_json::from_value::<Signed<Manifest>>(value).ok().map(|signed| signed.document)
}

/// Keeps the package of a link.
pub(super) async fn by_link(app: App, attempt: &str) -> Result<(), String> {
    // What somebody put into an address must not lead to another one.
    if attempt.is_empty() || !attempt.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(text("package-link-damaged"));
    }
    match fetch::get_bytes(&format!("/api/v1/packages/{attempt}"), None).await {
        Ok(bytes) => take_in(app, bytes, Kind::Exam, false).await,
        Err(error) if error.is_away() => Err(text("package-link-no-server")),
        Err(FetchError::Refused(problem)) if problem.status == 404 => Err(text("package-link-none")),
        Err(error) => Err(words::refused(&error)),
    }
}

/// Keeps the package of an admitted candidate, unless it is the stored one. Whoever types a code means its exam.
pub(super) async fn of_admitted(app: App, attempt: &str, token: &str) -> Result<(), String> {
    if app.attempt().as_deref() == Some(attempt) {
        return Ok(());
    }
    match fetch::get_bytes("/api/v1/attempt/package", Some(token)).await {
        Ok(bytes) => take_in(app, bytes, Kind::Exam, true).await,
        Err(error) => Err(words::refused(&error)),
    }
}

/// A package that is not kept yet, because another exam's is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::candidate) struct Offered {
    pub(super) manifest: Manifest,
    pub(super) bytes: Vec<u8>,
}

/// Checks a package and keeps it; what is wrong with it, in words. An exam takes the place of a rehearsal, a rehearsal that of an
/// exam until it is over. For another exam than the one that is kept it is only offered, unless the candidate has `agreed`.
pub(in crate::candidate) async fn take_in(app: App, bytes: Vec<u8>, kind: Kind, agreed: bool) -> Result<(), String> {
    app.offered.set(None);
    let package = Package::read(&bytes).map_err(|fault| {
        // The file of a practice set looks like an exam's to whoever has both.
        if PracticeSet::is_likely(&bytes) { text("package-practice-set") } else { words::package(&fault) }
    })?;
    check(app, &package, kind).await?;
    let is_another = app.attempt().is_some_and(|kept| kept != package.manifest.document.attempt);
    if kind == Kind::Exam && is_another && !agreed {
        if app.session.with_untracked(Option::is_some) {
            return Err(text("error-other-attempt"));
        }
        app.offered.set(Some(Offered { manifest: package.manifest.document, bytes }));
        return Ok(());
    }
    match kind {
        Kind::Exam => rehearsal::give_way(app).await?,
        Kind::Practice => rehearsal::set_aside(app).await.map_err(|fault| words::worker(&fault))?,
    }
    let manifest = package.manifest.document;
    let worker = app.worker().ok_or_else(|| text("ready-storage-bad"))?;
    let (attempt, package) = (manifest.attempt.clone(), base64::encode(&bytes));
    let verb = Verb::Keep { attempt, package, agreed };
    worker.ask(verb).await.map_err(|fault| match fault.code {
        FaultCode::OtherAttempt => text("error-other-attempt"),
        _ => text_with("package-not-kept", [("detail", fault.detail.into())]),
    })?;
    // It may lie here for days. Some browsers ask the candidate, who may take a while.
    spawn_local(async {
        storage::persist().await;
    });
    app.facts.set(None);
    app.package.set(Some(manifest));
    Ok(())
}

/// Checks a package against the keys that are noted, and asks the server for newer ones where those do not do.
async fn check(app: App, package: &Package, kind: Kind) -> Result<(), String> {
    let checked = || package.check(&app.exam_keys.get_untracked(), kind);
    let known = !app.exam_keys.with_untracked(Vec::is_empty);
    match checked() {
        Err(PackageFault::Signed(SignedFault::UnknownKey)) => {
            if !keys::refresh(app).await && !known {
                return Err(text("package-no-keys"));
            }
            checked().map_err(|fault| words::package(&fault))
        }
        other => other.map_err(|fault| words::package(&fault)),
    }
}

/// Whose exam is on this computer, and when.
#[component]
pub(super) fn PackageCard(app: App, manifest: Manifest) -> impl IntoView {
    let locale = text("locale");
    let [from, until] = [manifest.window.opens_ms, manifest.window.closes_ms].map(|ms| clock::local(ms, &locale));
    let now = clock::stamp().wall_ms;
    // This computer's clock may be wrong: it is said, and nothing is refused for it.
    let day = if now < manifest.window.opens_ms {
        Some("package-not-yet")
    } else if now >= manifest.window.closes_ms {
        Some("package-over")
    } else {
        None
    };
    view! {
        <section class="package" aria-labelledby="package-title">
            <h2 id="package-title">{text("package-title")}</h2>
            <dl class="facts">
                <dt>{text("identity-exam")}</dt>
                <dd>{manifest.exam.title}</dd>
                <dt>{text("identity-body")}</dt>
                <dd>{manifest.exam.exam_body}</dd>
                <dt>{text("package-window")}</dt>
                <dd>{text_with("package-window-times", [("from", from.into()), ("until", until.into())])}</dd>
            </dl>
            <p class="ready-mark">{text("package-here")}</p>
            <PresenceNote app/>
            {day.map(|id| view! { <p class="note">{text(id)}</p> })}
        </section>
    }
}
