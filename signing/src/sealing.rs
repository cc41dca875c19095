//! Sealing in the age format (age-encryption.org/v1): what is sealed here, the stock `age` tool opens with the identity, and
//! the other way round.
//!
//! Not pure: the age library draws its file keys and ephemeral shares from the system's generator.

use std::{
    fmt,
    io::{Read as _, Write as _},
};

use age::{DecryptError, Decryptor, Encryptor, secrecy::ExposeSecret as _, x25519};
use bech32::{Bech32, Hrp};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::code::Code80;

/// The longest header of an age file that is read, in bytes and in lines: a recipient takes about 100 bytes in two lines.
const MAX_HEADER: (usize, usize) = (8 * 1024, 64);
/// What the last line of such a header begins with (age-encryption.org/v1, section «Header»).
const HEADER_END: &[u8] = b"--- ";

/// What opens a sealed file: an X25519 identity of age.
#[derive(Clone)]
pub struct Identity(x25519::Identity);

/// Whom a file is sealed for: the public half of an [`Identity`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient(x25519::Recipient);

/// Why a sealed file stays closed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// The file is sealed for somebody else: a wrong code.
    #[error("it does not open with this key")]
    WrongKey,
    /// Not an age file, or one that was cut off or changed.
    #[error("it is damaged or incomplete ({0})")]
    Damaged(String),
    /// What is in it is too long.
    #[error("its content is longer than {0} bytes")]
    TooLong(usize),
    /// A text that is no identity or recipient.
    #[error("it is no {0} of age")]
    Unreadable(&'static str),
}

impl Identity {
    /// The identity of 32 secret bytes (the X25519 scalar before clamping, RFC 7748, section 5).
    ///
    /// # Panics
    /// Never: 32 bytes always have a Bech32 form.
    pub fn from_bytes(secret: &[u8; 32]) -> Self {
        let text =
            bech32::encode::<Bech32>(Hrp::parse_unchecked("age-secret-key-"), secret).expect("32 bytes are short");
        Self(text.parse().expect("an identity of age is 32 bytes in Bech32"))
    }

    /// What opens a candidate's package: both codes, bound to the attempt. HKDF-SHA256 (RFC 5869) over the ten bytes of the
    /// release code and the ten of the admission code, the attempt's pseudonym as salt, `invigil-package-1` as info.
    pub fn of_package(release: &Code80, admission: &Code80, attempt: &str) -> Self {
        let codes = [release.as_bytes().as_slice(), admission.as_bytes()].concat();
        Self::derived(&codes, attempt, "invigil-package-1")
    }

    /// What opens a response file on the device that a candidate moves to: the move code, bound to the attempt, with
    /// `invigil-transfer-1` as info.
    pub fn of_transfer(code: &Code80, attempt: &str) -> Self {
        Self::derived(code.as_bytes(), attempt, "invigil-transfer-1")
    }

    fn derived(secret: &[u8], salt: &str, info: &str) -> Self {
        let mut bytes = [0; 32];
        Hkdf::<Sha256>::new(Some(salt.as_bytes()), secret)
            .expand(info.as_bytes(), &mut bytes)
            .expect("32 bytes are fewer than HKDF gives");
        Self::from_bytes(&bytes)
    }

    /// Reads the text form `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`SealFault::Unreadable`].
    pub fn parse(text: &str) -> Result<Self, SealFault> {
        text.trim().parse().map(Self).map_err(|_| SealFault::Unreadable("identity"))
    }

    /// The text form, for the stock tool. A secret: it goes to a file or a person, never to a log.
    pub fn to_secret_text(&self) -> String {
        self.0.to_string().expose_secret().to_owned()
    }

    /// Whom to seal for.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({}, secret)", self.recipient())
    }
}

impl Recipient {
    /// Reads the text form `age1…`.
    ///
    /// # Errors
    /// [`SealFault::Unreadable`].
    pub fn parse(text: &str) -> Result<Self, SealFault> {
        text.trim().parse().map(Self).map_err(|_| SealFault::Unreadable("recipient"))
    }
}

impl fmt::Display for Recipient {
    /// The text form.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Seals bytes for everyone on the list, each of whom can open them alone.
///
/// # Errors
/// [`SealFault::Unreadable`] if the list is empty.
pub fn seal(content: &[u8], recipients: &[Recipient]) -> Result<Vec<u8>, SealFault> {
    let recipients = recipients.iter().map(|recipient| &recipient.0 as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(recipients).map_err(|_| SealFault::Unreadable("list of recipients"))?;
    let damaged = |error: std::io::Error| SealFault::Damaged(error.to_string());
    let mut sealed = Vec::with_capacity(content.len() + 512);
    let mut writer = encryptor.wrap_output(&mut sealed).map_err(damaged)?;
    writer.write_all(content).map_err(damaged)?;
    writer.finish().map_err(damaged)?;
    Ok(sealed)
}

/// Opens a sealed file whose content has at most `limit` bytes.
///
/// # Errors
/// [`SealFault`].
pub fn open(sealed: &[u8], identity: &Identity, limit: usize) -> Result<Vec<u8>, SealFault> {
    let fault = |error: DecryptError| match error {
        DecryptError::NoMatchingKeys => SealFault::WrongKey,
        other => SealFault::Damaged(other.to_string()),
    };
    // The library parses the header from its beginning after each line of it, so that a stranger's may not be long.
    let (bytes, lines) = MAX_HEADER;
    let header = &sealed[..sealed.len().min(bytes)];
    if !header.split(|&byte| byte == b'\n').take(lines).any(|line| line.starts_with(HEADER_END)) {
        return Err(SealFault::Damaged(format!("its header has no end within {bytes} bytes and {lines} lines")));
    }
    let decryptor = Decryptor::new_buffered(sealed).map_err(fault)?;
    let reader = decryptor.decrypt(std::iter::once(&identity.0 as &dyn age::Identity)).map_err(fault)?;
    let mut content = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(&mut content).map_err(|error| SealFault::Damaged(error.to_string()))?;
    if content.len() > limit { Err(SealFault::TooLong(limit)) } else { Ok(content) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(byte: u8) -> Code80 {
        Code80::from_bytes([byte; 10])
    }

    #[test]
    fn a_package_opens_with_both_codes_of_its_attempt_and_with_nothing_else() {
        let identity = Identity::of_package(&code(1), &code(2), "a1");
        let sealed = seal(b"questions", &[identity.recipient()]).unwrap();
        assert_eq!(open(&sealed, &identity, 9).unwrap(), b"questions");
        assert_eq!(open(&sealed, &identity, 8), Err(SealFault::TooLong(8)));
        for wrong in [
            Identity::of_package(&code(2), &code(1), "a1"),
            Identity::of_package(&code(1), &code(2), "a2"),
            Identity::of_package(&code(1), &code(3), "a1"),
            Identity::of_transfer(&code(1), "a1"),
        ] {
            assert_eq!(open(&sealed, &wrong, 99), Err(SealFault::WrongKey));
        }
    }

    #[test]
    fn each_recipient_opens_alone() {
        let (body, mover) = (Identity::from_bytes(&[7; 32]), Identity::of_transfer(&code(1), "a1"));
        let sealed = seal(b"answers", &[body.recipient(), mover.recipient()]).unwrap();
        assert_eq!(open(&sealed, &body, 99).unwrap(), b"answers");
        assert_eq!(open(&sealed, &mover, 99).unwrap(), b"answers");
        assert!(seal(b"", &[]).is_err());
    }

    #[test]
    fn a_damaged_or_cut_off_file_is_told_from_a_wrong_code() {
        let identity = Identity::from_bytes(&[7; 32]);
        let sealed = seal(&[5; 70_000], &[identity.recipient()]).unwrap();
        let damaged = |bytes: &[u8]| matches!(open(bytes, &identity, 100_000), Err(SealFault::Damaged(_)));
        assert!(damaged(b""));
        assert!(damaged(b"age-encryption.org/v1\n"));
        assert!(damaged(&sealed[..sealed.len() - 1]));
        assert!(damaged(&sealed[..200]));
        for at in [200, 66_000, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(damaged(&changed), "byte {at}");
        }
    }

    #[test]
    fn a_header_that_never_ends_is_refused_before_it_is_parsed() {
        let identity = Identity::from_bytes(&[7; 32]);
        let endless = [b"age-encryption.org/v1\n".as_slice(), &b"-> a\n\n".repeat(1024 * 1024 / 6)].concat();
        let late = [&endless[..8_000], b"--- ", &[b'A'; 43], b"\n"].concat();
        let wide = [b"age-encryption.org/v1\n-> ".as_slice(), &[b'a'; 1024 * 1024]].concat();
        for header in [endless, late, wide] {
            let fault = open(&header, &identity, 99).unwrap_err().to_string();
            assert_eq!(fault, "it is damaged or incomplete (its header has no end within 8192 bytes and 64 lines)");
        }
        // Many more than a response file is ever sealed for.
        let many: Vec<_> = (1..=24).map(|byte| Identity::from_bytes(&[byte; 32]).recipient()).collect();
        assert_eq!(open(&seal(b"answers", &many).unwrap(), &identity, 99).unwrap(), b"answers");
    }

    #[test]
    fn identities_and_recipients_have_the_text_forms_of_age() {
        let identity = Identity::from_bytes(&[7; 32]);
        let text = identity.to_secret_text();
        assert!(text.starts_with("AGE-SECRET-KEY-1"), "{text}");
        assert_eq!(Identity::parse(&text).unwrap().recipient(), identity.recipient());
        let recipient = identity.recipient().to_string();
        assert!(recipient.starts_with("age1"));
        assert_eq!(Recipient::parse(&recipient), Ok(identity.recipient()));
        assert!(Identity::parse("AGE-SECRET-KEY-1QQ").is_err() && Recipient::parse("age1qq").is_err());
        assert!(!format!("{identity:?}").contains(&text));
    }
}
