//! The hashes by which a request, or a page, shows with which settings SEB runs.
//!
//! SEB, Developer Documentation, «Config Key», «Checking the Config Key which SEB clients send with HTTP requests». The
//! JavaScript API gives the same hashes, over the address at which the document was loaded.

use sha2::{Digest as _, Sha256};
use subtle::{Choice, ConstantTimeEq as _};

use crate::Key;

/// The header with the hash of the Config Key.
pub const CONFIG_KEY_HEADER: &str = "X-SafeExamBrowser-ConfigKeyHash";
/// The header with the hash of the Browser Exam Key.
pub const BROWSER_EXAM_KEY_HEADER: &str = "X-SafeExamBrowser-RequestHash";

/// Why a hash does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Not 64 hexadecimal digits.
    #[error("what Safe Exam Browser should have sent is no hash of 64 hexadecimal digits")]
    Malformed,
    /// Of other settings, another program or another address.
    #[error(
        "Safe Exam Browser runs with other settings, in another version, or at another address than the exam expects"
    )]
    Mismatch,
}

/// An absolute address without its fragment, which never reaches a server and takes no part in hashes.
pub fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

/// SHA-256 over the address, without its fragment, and the key's 64 digits; as 64 digits in lower case.
///
/// The address is absolute, with its query, and spelt as browsers do: lower-case scheme and host, no port that is the
/// scheme's own, a path of at least `/`.
pub fn request_hash(url: &str, key: &Key) -> String {
    hex::encode(hash(url, key))
}

/// Checks what a header, or the JavaScript API, gave: it must be the hash of one of the addresses with one of the keys.
///
/// For the Config Key, `keys` is the one of the exam's settings; for the Browser Exam Key it is the list of those allowed.
/// The addresses are the server's own, never one that the client named: otherwise a hash of some other page would do. Time
/// does not tell which of them, or how much of a hash, was right.
///
/// # Errors
/// [`HashError`]. Without addresses or keys nothing matches.
pub fn verify<'a>(urls: impl IntoIterator<Item = &'a str>, keys: &[Key], received: &str) -> Result<(), HashError> {
    let received: Key = received.parse().map_err(|_| HashError::Malformed)?;
    let mut found = Choice::from(0);
    for url in urls {
        for key in keys {
            found |= hash(url, key).ct_eq(received.as_bytes());
        }
    }
    if bool::from(found) { Ok(()) } else { Err(HashError::Mismatch) }
}

fn hash(url: &str, key: &Key) -> [u8; 32] {
    Sha256::new().chain_update(without_fragment(url)).chain_update(key.to_string()).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://example.com/moodle/mod/quiz/attempt.php?attemptid=123&page=4";

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn hashes_are_those_of_the_known_answers() {
        let exam_key = key("787c3f3d7211ff09ad5ba6a62f67b6a2092eb3080b5b5d29d578f3a3d901cbae");
        assert_eq!(exam_key, Key::from_bytes(Sha256::digest("browserexamkey").into()));
        assert_eq!(request_hash(URL, &exam_key), "96fc9b4226354376f5199e1f095e6a694ef10935c06bd24eebff61200a602ce4");
        let config_key = key("4fa9af8ec8759eb7c680752ef4ee5eaf1a860628608fccae2715d519849f9292");
        assert_eq!(request_hash(URL, &config_key), "46f1fe43259348ea72de014a1442ec62507116466527b5f74696dcc80c46332e");
    }

    #[test]
    fn the_fragment_takes_no_part_and_the_query_does() {
        let key = Key::from_bytes([7; 32]);
        assert_eq!(without_fragment("https://a.example/b?c#d#e"), "https://a.example/b?c");
        assert_eq!(request_hash(&format!("{URL}#top"), &key), request_hash(URL, &key));
        assert_ne!(request_hash(&format!("{URL}&x"), &key), request_hash(URL, &key));
    }

    #[test]
    fn one_of_the_addresses_with_one_of_the_keys_is_enough_and_nothing_else_is() {
        let keys = [Key::from_bytes([1; 32]), Key::from_bytes([2; 32])];
        let urls = ["https://exam.example/", URL];
        for url in urls {
            for key in &keys {
                let hash = request_hash(url, key);
                assert_eq!(verify(urls, &keys, &hash), Ok(()));
                assert_eq!(verify(urls, &keys, &hash.to_uppercase()), Ok(()));
            }
        }
        let good = request_hash(URL, &keys[0]);
        assert_eq!(verify(urls, &keys[1..], &good), Err(HashError::Mismatch));
        assert_eq!(verify(["https://exam.example/"], &keys, &good), Err(HashError::Mismatch));
        assert_eq!(verify(urls, &[], &good), Err(HashError::Mismatch));
        assert_eq!(verify([], &keys, &good), Err(HashError::Mismatch));
        // The bare key is not a hash over an address.
        assert_eq!(verify(urls, &keys, &keys[0].to_string()), Err(HashError::Mismatch));
        for rubbish in ["", "null", &good[1..], "\u{fffd}"] {
            assert_eq!(verify(urls, &keys, rubbish), Err(HashError::Malformed), "{rubbish}");
        }
    }
}
