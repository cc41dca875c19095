//! The receipt: what a candidate takes home while the exam body has nothing yet.

use leptos::{prelude::*, task::spawn_local};
use sitting::Receipt;

use crate::{
    candidate::{Session, proctor},
    catalogue::{text, text_with},
    platform::files,
    widgets::{Alert, QrCode},
};

/// The receipt's code, and how the journal ends for whoever writes it down.
#[component]
pub(super) fn ReceiptCard(session: Session) -> impl IntoView {
    let receipt = RwSignal::new(None::<Receipt>);
    let message = RwSignal::new(None::<String>);
    spawn_local(async move {
        match session.header().await {
            Ok(header) => {
                receipt.try_set(Some(Receipt::of(header)));
            }
            Err(fault) => {
                message.try_set(Some(text_with("receipt-fault", [("detail", fault.detail.into())])));
            }
        }
    });
    view! {
        <Alert message=message.into()/>
        {move || receipt.get().map(|receipt| view! { <ReceiptView session receipt/> })}
    }
}

#[component]
fn ReceiptView(session: Session, receipt: Receipt) -> impl IntoView {
    let code = receipt.code().map(|code| code.to_string()).unwrap_or_default();
    let qr = receipt.qr_text().unwrap_or_default();
    let (count, head) = (receipt.header.document.count, receipt.header.document.head.clone());
    view! {
        <section class="part">
            <h2>{text("receipt-title")}</h2>
            <p>{text("receipt-what")}</p>
            <p class="typed-code">{code.clone()}</p>
            <QrCode app=session.app text=qr title=text("receipt-qr") description=code/>
            <div class="actions">
                <button type="button" on:click=move |_| save(&receipt)>{text("receipt-save")}</button>
            </div>
        </section>
        <details class="part">
            <summary>{text("end-anchor-title")}</summary>
            <p>{text("end-anchor")}</p>
            <proctor::HeadView session count head/>
        </details>
    }
}

/// Hands the receipt out as a file.
pub(super) fn save(receipt: &Receipt) {
    let name = format!("invigil-receipt-{}.json", receipt.header.document.attempt);
    files::download_json(&name, receipt);
}
