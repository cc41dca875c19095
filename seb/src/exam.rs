//! The settings with which SEB opens an exam of Invigil.

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use url::{Host, Url};

use crate::{Dict, Value};

/// The longest address and title.
const MAX_TEXT: usize = 2_000;
/// What errors call the address that SEB begins with.
const START: &str = "start address";

/// What differs from exam to exam. All else of [`ExamConfig::settings`] is the same for every one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamConfig {
    /// Where SEB begins, `https:` (or, on one's own machine, `http:`); the only host that it lets pages come from.
    pub start_url: String,
    /// Opening this address ends SEB, without a password.
    pub quit_url: Option<String>,
    /// What the title bar adds to a page's title.
    pub exam_title: Option<String>,
    /// Whether a candidate may quit in the middle, given the password if there is one.
    pub allow_quit: bool,
    /// What [`quit_password_hash`] makes of the password for quitting. Without it quitting needs none, and SEB for macOS
    /// and iOS does not take the exam for a secured one.
    pub quit_password_hash: Option<[u8; 32]>,
}

/// Why there are no such settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExamConfigError {
    /// An address that SEB could not open.
    #[error("the {which} {url:?} is no address of a web page: {reason}")]
    Url {
        /// `start address` or `quit address`.
        which: &'static str,
        /// What was given.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// SEB would quit as soon as it started.
    #[error("start address and quit address are the same: SEB would quit at once")]
    QuitsAtOnce,
    /// Too much text for a title bar.
    #[error("the exam's title has more than {MAX_TEXT} bytes")]
    Title,
}

/// SHA-256 of a password for quitting, as `hashedQuitPassword` has it: of the UTF-8 text in Unicode's composed form.
pub fn quit_password_hash(password: &str) -> [u8; 32] {
    Sha256::digest(password.nfc().collect::<String>()).into()
}

impl ExamConfig {
    /// The settings of the exam. `docs/SEB.md` lists them with what clients do without them.
    ///
    /// Addresses are spelt as browsers do: hashes are over that spelling.
    ///
    /// # Errors
    /// [`ExamConfigError`].
    pub fn settings(&self) -> Result<Dict, ExamConfigError> {
        let start = address(START, &self.start_url)?;
        let mut settings = fixed();
        let mut set = |key: &str, value: Value| settings.insert(key.to_owned(), value);
        if let Some(quit_url) = &self.quit_url {
            let quit = address("quit address", quit_url)?;
            if quit.as_str().trim_matches('/') == start.as_str().trim_matches('/') {
                return Err(ExamConfigError::QuitsAtOnce);
            }
            // Ends SEB from the page's last link.
            set("quitURL", quit.as_str().into());
        }
        if let Some(title) = &self.exam_title {
            if title.len() > MAX_TEXT {
                return Err(ExamConfigError::Title);
            }
            // Says in the title bar which exam this is.
            set("browserWindowTitleSuffix", title.as_str().into());
        }
        if let Some(hash) = self.quit_password_hash {
            // Who quits in the middle needs the invigilator.
            set("hashedQuitPassword", hex::encode(hash).as_str().into());
        }
        set("allowQuit", self.allow_quit.into());
        set("startURL", start.as_str().into());
        set("URLFilterRules", Value::Array(vec![rule(&start)?]));
        Ok(settings)
    }
}

/// The settings that every exam has. What is not named keeps the client's default, which for new settings is the safe
/// value: no virtual machine, one display, a clipboard of its own, a desktop of its own.
fn fixed() -> Dict {
    [
        // The file starts an exam; it does not configure the client for good.
        ("sebConfigPurpose", 0_i64.into()),
        // SEB for Windows sends its hashes with requests only if this is set.
        ("sendBrowserExamKey", true.into()),
        // The modern web view for every page: on macOS and iOS the JavaScript API, the one source of hashes there, needs it.
        ("browserWindowWebView", 3_i64.into()),
        // These three: whoever quits or crashes finds the answers that are not yet on the server when SEB starts again.
        ("removeBrowserProfile", false.into()),
        ("examSessionClearCookiesOnEnd", false.into()),
        ("examSessionClearCookiesOnStart", false.into()),
        // A response file can be saved when the network is gone: by this name on macOS and iOS …
        ("allowDownUploads", true.into()),
        // … and by this one in newer versions for Windows.
        ("allowDownloads", true.into()),
        // No page leads away from the exam's host.
        ("URLFilterEnable", true.into()),
        // Filtering what pages load would bring the classic web view back, without the JavaScript API.
        ("URLFilterEnableContentFilter", false.into()),
        // No other settings take the place of these while the exam runs,
        ("examSessionReconfigureAllow", false.into()),
        // not by a download either,
        ("downloadAndOpenSebConfig", false.into()),
        // nor by hand in the client's own window.
        ("allowPreferencesWindow", false.into()),
    ]
    .map(|(key, value): (&str, Value)| (key.to_owned(), value))
    .into()
}

/// Lets pages come from the start address's host and port. Every rule must have these four names: SEB for macOS takes the
/// names that count from the first.
fn rule(start: &Url) -> Result<Value, ExamConfigError> {
    let refused =
        |reason: &str| ExamConfigError::Url { which: START, url: start.to_string(), reason: reason.to_owned() };
    let host = match start.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(_)) => return Err(refused("SEB's filter has no way to write an IPv6 address; use a name")),
        None => return Err(refused("it names no host")),
    };
    // The point in front keeps other hosts of the same domain out.
    let expression = match start.port() {
        Some(port) => format!(".{host}:{port}"),
        None => format!(".{host}"),
    };
    let rule = [
        ("action", Value::Integer(1)),
        ("active", true.into()),
        ("expression", expression.as_str().into()),
        ("regex", false.into()),
    ];
    Ok(Value::Dict(rule.map(|(key, value)| (key.to_owned(), value)).into()))
}

fn address(which: &'static str, url: &str) -> Result<Url, ExamConfigError> {
    let refused = |reason: String| ExamConfigError::Url { which, url: url.chars().take(200).collect(), reason };
    if url.len() > MAX_TEXT {
        return Err(refused(format!("it has more than {MAX_TEXT} bytes")));
    }
    if url.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"') {
        return Err(refused("it has a blank, a quotation mark or a control character".to_owned()));
    }
    let parsed = Url::parse(url).map_err(|error| refused(error.to_string()))?;
    if !matches!(parsed.scheme(), "https" | "http") {
        return Err(refused("it begins neither with https: nor with http:".to_owned()));
    }
    Ok(parsed)
}
