//! QR codes (ISO/IEC 18004).

use fast_qr::{ECL, QRBuilder};
use worker_protocol::{Answer, Fault};

use crate::fault::bad;

/// Draws a text, error correction M.
///
/// # Errors
/// [`worker_protocol::FaultCode::BadRequest`] if it is too long.
pub(crate) fn draw(text: &str) -> Result<Answer, Fault> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| bad(error.to_string()))?;
    let row = |row: usize| code[row].iter().map(|module| if module.value() { '1' } else { '0' }).collect();
    Ok(Answer::Drawn { rows: (0..code.size).map(row).collect() })
}
