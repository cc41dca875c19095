//! A QR code, drawn by the worker.

use std::fmt::Write as _;

use leptos::{prelude::*, task::spawn_local};
use worker_protocol::{Answer, Verb};

use crate::candidate::App;

/// Light modules around the code (ISO/IEC 18004, section 5.3.8).
const QUIET: usize = 4;

/// A text as a QR code. Nothing is shown where it cannot be drawn: the same stands beside it in letters.
#[component]
pub(crate) fn QrCode(
    app: App,
    /// What it says.
    #[prop(into)]
    text: String,
    /// What it is.
    #[prop(into)]
    title: String,
    /// What it says, for whoever does not see it.
    #[prop(into)]
    description: String,
) -> impl IntoView {
    let rows = RwSignal::new(Vec::<String>::new());
    spawn_local(async move {
        let Some(worker) = app.worker() else { return };
        if let Ok(Answer::Drawn { rows: drawn }) = worker.ask(Verb::Qr { text }).await {
            rows.try_set(drawn);
        }
    });
    move || {
        let drawn = rows.get();
        let (title, description) = (title.clone(), description.clone());
        (!drawn.is_empty()).then(|| {
            let side = drawn.len() + 2 * QUIET;
            view! {
                <svg class="qr" role="img" viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
                    <title>{title}</title>
                    <desc>{description}</desc>
                    <rect width="100%" height="100%" fill="#fff"></rect>
                    <path d=path(&drawn) fill="#000"></path>
                </svg>
            }
        })
    }
}

/// The dark modules, row by row.
fn path(rows: &[String]) -> String {
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.bytes().enumerate().filter(|&(_, module)| module == b'1') {
            let _ = write!(path, "M{} {}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    path
}
