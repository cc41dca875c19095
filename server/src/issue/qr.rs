//! QR codes (ISO/IEC 18004).

use qrcodegen::{DataTooLong, QrCode, QrCodeEcc, QrSegment, Version};

/// The modules of a code: rows of dark and light.
pub(super) struct Modules {
    code: QrCode,
}

/// Up to this version a code is made with error correction of 15 %, beyond it with 7 %.
const COMFORTABLE: u8 = 27;
/// Beyond this version a code is too fine for a printed page.
const LARGEST: u8 = 32;

impl Modules {
    /// A code that holds a whole credential: an address, and characters of the alphanumeric set. `None` if it would be too fine.
    pub(super) fn of_credential((address, encoded): &(String, String)) -> Option<Self> {
        let segments = [QrSegment::make_bytes(address.as_bytes()), QrSegment::make_alphanumeric(encoded)];
        let with =
            |ecc, most| QrCode::encode_segments_advanced(&segments, ecc, Version::MIN, Version::new(most), None, true);
        let code = with(QrCodeEcc::Medium, COMFORTABLE).or_else(|_| with(QrCodeEcc::Low, LARGEST));
        code.ok().map(|code| Self { code })
    }

    /// A code that holds a short text.
    ///
    /// # Errors
    /// A text that is too long.
    pub(super) fn of_text(text: &str) -> Result<Self, DataTooLong> {
        Ok(Self { code: QrCode::encode_text(text, QrCodeEcc::Medium)? })
    }

    /// How many modules there are across and down.
    pub(super) fn size(&self) -> usize {
        usize::try_from(self.code.size()).unwrap_or_default()
    }

    /// The dark modules of each row in stretches: row, first, how many.
    pub(super) fn dark(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let size = self.code.size();
        (0..size).flat_map(move |row| {
            let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
            for column in (0..size).filter(|column| self.code.get_module(*column, row)) {
                let (row, column) =
                    (usize::try_from(row).unwrap_or_default(), usize::try_from(column).unwrap_or_default());
                match stretches.last_mut() {
                    Some((_, first, count)) if *first + *count == column => *count += 1,
                    _ => stretches.push((row, column, 1)),
                }
            }
            stretches
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_fine_as_it_has_to_be_and_no_finer_than_can_be_printed() {
        let version = |characters: usize| {
            let code = Modules::of_credential(&("https://x.example/verify#c=".into(), "A".repeat(characters)));
            code.map(|code| (code.size() - 17) / 4)
        };
        assert_eq!(version(1_500), Some(27));
        // Beyond version 27 less is spent on correcting errors.
        assert_eq!(version(1_700), Some(25));
        assert_eq!(version(2_790), Some(32));
        assert_eq!(version(3_000), None);
    }
}
