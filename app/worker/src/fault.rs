//! Faults in one line.

use worker_protocol::{Fault, FaultCode};

/// A fault with its detail.
pub(crate) fn fault(code: FaultCode, detail: impl Into<String>) -> Fault {
    Fault { code, detail: detail.into() }
}

/// A request that cannot be carried out as it stands.
pub(crate) fn bad(detail: impl Into<String>) -> Fault {
    fault(FaultCode::BadRequest, detail)
}

/// Keys that are gone.
pub(crate) fn keys(detail: impl Into<String>) -> Fault {
    fault(FaultCode::Keys, detail)
}

/// Keys that the browser refuses.
pub(crate) fn refused(detail: impl Into<String>) -> Fault {
    fault(FaultCode::KeysRefused, detail)
}

/// What SQLite says.
pub(crate) fn sqlite(error: rusqlite::Error) -> Fault {
    fault(FaultCode::Database, error.to_string())
}
