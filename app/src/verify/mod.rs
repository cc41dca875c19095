//! The verifier's page: a file, or what a QR code brings, is checked here, in the browser; a name and number are looked up at
//! the issuer.

mod evidence;
mod lookup;
mod report;

use carrier::{verify, verify_logged};
use leptos::{prelude::*, task::spawn_local};
use signing::{
    tlog::proof::TlogProof,
    verify::{Report, TrustBundle},
};
use sitting::{Evidence, EvidenceReport, MAX_FILE_BYTES, check_evidence};
use web_sys::File;

use crate::{
    catalogue::{text, text_with},
    platform::{clock, fetch, files, page},
    widgets::{Alert, FileDrop},
};

/// What came of looking at files.
#[derive(Clone)]
enum Found {
    /// A certificate or CPD record.
    Credential(Report),
    /// Documents of a sitting.
    Evidence(EvidenceReport),
}

fn shown((files, found): (String, Found)) -> impl IntoView {
    let report = match found {
        Found::Credential(report) => report::view(report).into_any(),
        Found::Evidence(report) => evidence::view(report).into_any(),
    };
    view! {
        <p class="checked-files">{text_with("verify-files", [("files", files.into())])}</p>
        {report}
    }
}

/// Checks one credential, or the documents of a sitting against each other; in words what hinders.
async fn look_at(chosen: &[File], trust: &TrustBundle) -> Result<Found, String> {
    // One byte more than is read tells the verifier that the file is too long.
    let limit = u32::try_from(MAX_FILE_BYTES).unwrap_or(u32::MAX).saturating_add(1);
    let mut contents = Vec::new();
    for file in chosen {
        let unreadable = || text_with("verify-unreadable", [("file", file.name().into())]);
        contents.push(files::read(file, limit).await.ok_or_else(unreadable)?);
    }
    if contents.iter().any(|bytes| Evidence::is_likely(bytes)) {
        let named = |(bytes, file): (&Vec<u8>, &File)| {
            Evidence::read(bytes).map_err(|reason| format!("{}: {reason}", file.name()))
        };
        let documents: Result<Vec<Evidence>, String> = contents.iter().zip(chosen).map(named).collect();
        return Ok(Found::Evidence(check_evidence(&documents?, &trust.exam_keys())));
    }
    // A certificate and the proof that it is logged.
    let (proofs, credentials): (Vec<_>, Vec<_>) = contents.iter().partition(|bytes| TlogProof::is_likely(bytes));
    match (credentials.as_slice(), proofs.as_slice()) {
        ([bytes], []) => Ok(Found::Credential(verify(bytes, trust, now()))),
        ([bytes], [proof]) => Ok(Found::Credential(verify_logged(bytes, Some(proof), trust, now()))),
        _ => Err(text("verify-one-at-a-time")),
    }
}

/// The whole page.
#[component]
pub fn Verify() -> impl IntoView {
    let trust = RwSignal::new(None::<TrustBundle>);
    let found = RwSignal::new(None::<(String, Found)>);
    let message = RwSignal::new(None::<String>);
    // A QR code brings a whole certificate in the fragment, which no browser sends anywhere. It does not stay in the address bar.
    let scanned = Some(format!("#{}", page::fragment())).filter(|fragment| fragment.starts_with(carrier::qr::MARK));
    if scanned.is_some() {
        page::forget_parameters();
    }
    spawn_local(async move {
        match fetch::get("/api/v1/trust", None).await {
            Ok(bundle) => {
                if let Some(scanned) = scanned {
                    let report = verify(scanned.as_bytes(), &bundle, now());
                    found.set(Some((text("verify-qr-code"), Found::Credential(report))));
                }
                trust.set(Some(bundle));
            }
            Err(_) => message.set(Some(text("verify-no-trust"))),
        }
    });
    // All files of one choice are looked at together.
    let waiting = StoredValue::new_local(Vec::<File>::new());
    let choices = StoredValue::new(0_u32);
    let take = move |file: File| {
        waiting.update_value(|files| files.push(file));
        if waiting.with_value(Vec::len) > 1 {
            return;
        }
        spawn_local(async move {
            clock::sleep(0).await;
            let files = waiting.try_update_value(std::mem::take).unwrap_or_default();
            found.set(None);
            message.set(None);
            choices.update_value(|choices| *choices += 1);
            let choice = choices.get_value();
            let Some(bundle) = trust.get_untracked() else {
                return message.set(Some(text("verify-no-trust")));
            };
            let looked = look_at(&files, &bundle).await;
            // Others may have been chosen meanwhile, and been quicker to read.
            if choices.get_value() != choice {
                return;
            }
            let names: Vec<String> = files.iter().map(File::name).collect();
            match looked {
                Ok(result) => found.set(Some((names.join(", "), result))),
                Err(words) => message.set(Some(words)),
            }
        });
    };
    view! {
        <main class="page">
            <h1>{text("verify-title")}</h1>
            <p>{text("verify-intro")}</p>
            <section class="card" aria-labelledby="by-file">
                <h2 id="by-file">{text("verify-file-title")}</h2>
                <FileDrop id="file" label=text("verify-file-label") hint=text("verify-file-hint")
                    accept="" multiple=true on_file=take/>
                <Alert message=message.into()/>
                <div aria-live="polite">{move || found.get().map(shown)}</div>
            </section>
            <lookup::LookUp/>
            <p class="aside">{move || trust.get().map(report::trust_note)}</p>
        </main>
    }
}

fn now() -> chrono::DateTime<chrono::Utc> {
    let ms = i64::try_from(clock::stamp().wall_ms).unwrap_or_default();
    chrono::DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
