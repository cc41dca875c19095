//! What was written, read again.

use sitting::{Manifest, Sitting};

/// The sitting that these lines tell of; what is wrong with them, and where.
pub(crate) fn replay(manifest: Manifest, lines: &[String]) -> Result<Sitting, String> {
    let mut sitting = Sitting::new(manifest).map_err(|error| error.to_string())?;
    sitting.accept_all(lines.iter().map(String::as_str)).map_err(|fault| fault.to_string())?;
    Ok(sitting)
}
