//! Where somebody else's log is read: under an address, or in a folder.

use std::{
    io::{self, Read as _},
    path::{Path, PathBuf},
    time::Duration,
};

use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// The longest file of a log: a bundle of 256 entries of 65,535 bytes.
const MAX_FILE: u64 = 17 * 1024 * 1024;
/// So long may one request take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Where systems keep the certificates that they trust.
const ROOTS: [&str; 4] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
];

/// A log cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct SourceError {
    /// The file or address.
    pub place: String,
    /// What is wrong.
    pub reason: String,
}

/// The files of a log.
pub trait Files {
    /// The file at this path below the log's prefix; `None` if there is none.
    ///
    /// # Errors
    /// [`SourceError`].
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError>;

    /// The same for a file that has to be there.
    ///
    /// # Errors
    /// [`SourceError`].
    fn need(&self, path: &str) -> Result<Vec<u8>, SourceError> {
        let missing = || SourceError { place: path.to_owned(), reason: "the log does not have this file".into() };
        self.get(path)?.ok_or_else(missing)
    }
}

/// Somebody else's log.
pub enum Source {
    /// Under an address, without the slash at its end.
    Url(String, Agent),
    /// In a folder.
    Folder(PathBuf),
}

impl Source {
    /// An address that begins with `http://` or `https://`, or else a folder.
    ///
    /// # Errors
    /// [`SourceError`] if there is nothing to trust for an address of `https`.
    pub fn new(place: &str) -> Result<Self, SourceError> {
        if place.starts_with("http://") || place.starts_with("https://") {
            let prefix = place.trim_end_matches('/').to_owned();
            return Ok(Self::Url(prefix, agent(place)?));
        }
        Ok(Self::Folder(PathBuf::from(place)))
    }
}

/// A client that follows nobody elsewhere.
///
/// # Errors
/// [`SourceError`] if there is nothing to trust for an address of `https`.
pub(super) fn agent(place: &str) -> Result<Agent, SourceError> {
    let mut config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent("invigil");
    if place.starts_with("https://") {
        let roots = roots().map_err(|reason| SourceError { place: place.to_owned(), reason })?;
        let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots))
            .unversioned_rustls_crypto_provider(provider)
            .build();
        config = config.tls_config(tls);
    }
    Ok(config.build().into())
}

/// The certificates of `SSL_CERT_FILE`, or those that the system trusts.
fn roots() -> Result<Vec<Certificate<'static>>, String> {
    let named = std::env::var_os("SSL_CERT_FILE").map(PathBuf::from);
    let usual = || ROOTS.iter().map(PathBuf::from).find(|file| file.exists());
    let file = named.or_else(usual).ok_or("no file of trusted certificates was found; name one by SSL_CERT_FILE")?;
    let fault = |reason: String| format!("trusted certificates in {}: {reason}", file.display());
    let pem = std::fs::read(&file).map_err(|error| fault(error.to_string()))?;
    let mut roots = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&pem) {
        let certificate = certificate.map_err(|error| fault(error.to_string()))?;
        roots.push(Certificate::from_der(&certificate).to_owned());
    }
    if roots.is_empty() { Err(fault("there are none".into())) } else { Ok(roots) }
}

impl Files for Source {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, SourceError> {
        match self {
            Self::Url(prefix, agent) => fetch(agent, &format!("{prefix}/{path}")),
            Self::Folder(folder) => read(&folder.join(path)),
        }
    }
}

fn fetch(agent: &Agent, url: &str) -> Result<Option<Vec<u8>>, SourceError> {
    let fault = |reason: String| SourceError { place: url.to_owned(), reason };
    let mut answer = agent.get(url).call().map_err(|error| fault(error.to_string()))?;
    match answer.status().as_u16() {
        200 => {
            let body = answer.body_mut().with_config().limit(MAX_FILE).read_to_vec();
            body.map(Some).map_err(|error| fault(error.to_string()))
        }
        404 | 410 => Ok(None),
        status => Err(fault(format!("the answer has status {status}"))),
    }
}

fn read(file: &Path) -> Result<Option<Vec<u8>>, SourceError> {
    let fault = |reason: String| SourceError { place: file.display().to_string(), reason };
    let mut bytes = Vec::new();
    let opened = match std::fs::File::open(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(|error| fault(error.to_string()))?,
    };
    opened.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(|error| fault(error.to_string()))?;
    if bytes.len() as u64 > MAX_FILE { Err(fault("the file is too long".into())) } else { Ok(Some(bytes)) }
}
