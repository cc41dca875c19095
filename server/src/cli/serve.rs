//! `invigil serve`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum_server::{Handle, tls_rustls::RustlsConfig};
use clap::Args;
use item::OpenBook;
use question_bank::{BankSecret, HashedBank, practice_set};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use scoring::PracticeSet;
use signing::keys::KeyPurpose;

use super::{DEFAULT_OPEN_BOOK, DEFAULT_PRACTICE, DEFAULT_PRACTICE_SET, Fault, Places, output, passphrase};
use crate::{
    bank_files,
    clock::SystemClock,
    engine::Engine,
    http,
    log::{LogConfig, WitnessConfig},
    vc_api::VcApi,
};

/// A connection that sends no whole request head for this long is closed; otherwise half a request could hold it for ever.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);

/// Serve the API and the pages.
#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    listen: Listen,
}

/// Where to listen, and what to serve besides exams.
#[derive(Args)]
pub(super) struct Listen {
    /// The built pages
    #[arg(long, default_value = "target/dist", value_name = "DIR")]
    pub(super) web: PathBuf,
    /// The bank that rehearsals are drawn from; without it none are offered
    #[arg(long, default_value = DEFAULT_PRACTICE, value_name = "DIR")]
    practice: PathBuf,
    /// The public bank that candidates may study with, keys and all; without it there is no practice set
    #[arg(long, default_value = DEFAULT_PRACTICE_SET, value_name = "DIR")]
    practice_set: PathBuf,
    /// The open book that the demonstration's exam and rehearsals give along, if they are open book; without it none is given
    #[arg(long, default_value = DEFAULT_OPEN_BOOK, value_name = "DIR")]
    open_book: PathBuf,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    address: std::net::IpAddr,
    /// Port to listen on
    #[arg(long, default_value_t = 8080)]
    pub(super) port: u16,
    /// Certificate chain (PEM). Away from localhost, browsers give pages their storage only over HTTPS
    #[arg(long, requires = "tls_key", value_name = "FILE")]
    tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(long, requires = "tls_cert", value_name = "FILE")]
    tls_key: Option<PathBuf>,
    /// Test mode: also issue and verify any credential for anybody, with a key of its own (docs/VC-API.md)
    #[arg(long)]
    vc_api: bool,
    /// A witness to ask besides those of invigil.toml: its address and its verifier key; may be given several times
    #[arg(long, num_args = 2, value_names = ["URL", "VKEY"])]
    witness: Vec<String>,
}

impl Listen {
    /// Adds the witnesses that were named to those that are configured.
    pub(super) fn add_witnesses(&self, config: &mut LogConfig) {
        let named = self.witness.chunks_exact(2);
        config.witness.extend(named.map(|pair| WitnessConfig { url: pair[0].clone(), key: pair[1].clone() }));
    }

    /// The bank that rehearsals are drawn from; `None` if its folder is not there.
    ///
    /// # Errors
    /// A bank that is there and cannot be used, or whose items are an exam's: whoever asks gets a rehearsal.
    pub(super) fn practice(&self, secret: &BankSecret) -> Result<Option<HashedBank>, Fault> {
        if !self.practice.exists() {
            return Ok(None);
        }
        let bank = bank_files::hashed(&self.practice, secret)?;
        if bank.scheme().is_practice() {
            return Ok(Some(bank));
        }
        let (folder, scheme) = (self.practice.display(), &bank.scheme().id);
        Err(Fault::new(format!(
            "{folder}: the bank of {scheme} is for exams: its scheme.toml does not say use = \"practice\", and everybody gets a \
             rehearsal with its questions; name a bank of public items (--practice)"
        )))
    }

    /// The VC API's test mode, if it was asked for; the log says so.
    ///
    /// # Errors
    /// No randomness for its key.
    fn vc_api(&self, engine: &Engine) -> Result<Option<VcApi>, Fault> {
        if !self.vc_api {
            return Ok(None);
        }
        let api = VcApi::new(Arc::clone(&engine.clock), self.tls_cert.is_some())
            .map_err(|error| Fault::new(error.to_string()))?;
        let issuer = api.did();
        tracing::warn!(
            issuer,
            "test mode: anybody can have any credential signed by this issuer, which nobody should trust"
        );
        Ok(Some(api))
    }

    /// The open book; `None` if its folder is not there.
    ///
    /// # Errors
    /// A book that is there and is at fault.
    pub(super) fn open_book(&self) -> Result<Option<OpenBook>, Fault> {
        if !self.open_book.exists() {
            return Ok(None);
        }
        Ok(Some(bank_files::sound_open_book(&self.open_book)?))
    }

    /// The practice set; `None` if its folder is not there.
    ///
    /// # Errors
    /// A bank that is there and cannot be used, or whose keys are not public.
    pub(super) fn practice_set(&self, secret: &BankSecret) -> Result<Option<PracticeSet>, Fault> {
        if !self.practice_set.exists() {
            return Ok(None);
        }
        let bank = bank_files::hashed(&self.practice_set, secret)?;
        let folder = self.practice_set.display();
        practice_set(&bank, bank_files::today()).map(Some).map_err(|error| Fault::new(format!("{folder}: {error}")))
    }
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Fault> {
        start_log("warn,server=info");
        let mut data = passphrase::open(&self.places.data)?;
        self.listen.add_witnesses(&mut data.config.log);
        let lock = data.lock()?;
        let bank = bank_files::hashed(&self.places.bank, &data.bank_secret)?;
        let practice = self.listen.practice(&data.bank_secret)?;
        let set = self.listen.practice_set(&data.bank_secret)?;
        let book = self.listen.open_book()?;
        let (rehearsals, has_set, has_book) = (practice.is_some(), set.is_some(), book.is_some());
        let engine = Engine::new(data, bank, Arc::new(SystemClock))?.with_practice(practice);
        let engine = Arc::new(engine.with_practice_set(set.as_ref())?.with_open_book(book.as_ref())?);
        check_keys(&engine)?;
        let served = runtime()?.block_on(serve(engine, &self.listen, || {
            if !rehearsals {
                let folder = self.listen.practice.display();
                tracing::info!(%folder, "there is no practice bank: no rehearsals are offered");
            }
            if !has_set {
                let folder = self.listen.practice_set.display();
                tracing::info!(%folder, "there is no public practice bank: no practice set is offered");
            }
            if !has_book {
                let folder = self.listen.open_book.display();
                tracing::info!(%folder, "there is no open book: rehearsals have none");
            }
        }));
        drop(lock);
        served
    }
}

/// Whether the keys may sign what they are there for: better now than when somebody has passed.
fn check_keys(engine: &Engine) -> Result<(), Fault> {
    let now = engine.clock.now();
    for purpose in [KeyPurpose::Certificate, KeyPurpose::Status] {
        engine.issuer.signer(purpose, now).map_err(Fault::new)?;
        if let Err(reason) = engine.issuer.signer(purpose, now + chrono::Duration::days(30)) {
            tracing::warn!(reason, "within 30 days a key may sign no more");
        }
    }
    Ok(())
}

/// The threads that requests run on.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Fault> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Listens, says where, and serves until the process is asked to end. `announce` runs when requests are answered.
pub(super) async fn serve(engine: Arc<Engine>, listen: &Listen, announce: impl FnOnce()) -> Result<(), Fault> {
    let vc_api = listen.vc_api(&engine)?;
    let log = tokio::spawn(crate::log::keep_up(Arc::clone(&engine)));
    let router = http::with_vc_api(engine, Some(listen.web.clone()), vc_api)?;
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let address = SocketAddr::new(listen.address, listen.port);
    let in_use =
        |error: std::io::Error| Fault::new(format!("cannot listen on {address}: {error}; choose another --port"));
    let listener = std::net::TcpListener::bind(address).map_err(in_use)?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let handle = Handle::new();
    tokio::spawn(stop_when_asked(handle.clone()));
    match (&listen.tls_cert, &listen.tls_key) {
        (Some(cert), Some(key)) => {
            let _ = rustls::crypto::ring::default_provider().install_default();
            check_pem(cert, key)?;
            let unreadable = |error| Fault::new(format!("{} and {}: {error}", cert.display(), key.display()));
            let tls = RustlsConfig::from_pem_file(cert, key).await.map_err(unreadable)?;
            let mut server = axum_server::from_tcp_rustls(listener, tls)?.handle(handle);
            server.http_builder().http1().header_read_timeout(HEAD_PATIENCE);
            output::line(format!("listening on https://{}", shown(listen.address, port)));
            announce();
            server.serve(service).await?;
        }
        _ => {
            let mut server = axum_server::from_tcp(listener)?.handle(handle);
            server.http_builder().http1().header_read_timeout(HEAD_PATIENCE);
            output::line(format!("listening on http://{}", shown(listen.address, port)));
            announce();
            server.serve(service).await?;
        }
    }
    log.abort();
    Ok(())
}

/// Finds out which of the two files is at fault before they are used together.
fn check_pem(cert: &Path, key: &Path) -> Result<(), Fault> {
    let fault = |file: &Path, what: String| Fault::new(format!("{}: {what}", file.display()));
    let read = |file: &Path| std::fs::read(file).map_err(|error| fault(file, error.to_string()));
    let pem = read(cert)?;
    let mut chain = CertificateDer::pem_slice_iter(&pem).peekable();
    if chain.peek().is_none() {
        return Err(fault(cert, "holds no certificate in PEM form".into()));
    }
    let unreadable = |error| fault(cert, format!("holds a certificate that cannot be read ({error})"));
    chain.try_for_each(|certificate| certificate.map(|_| ())).map_err(unreadable)?;
    PrivateKeyDer::from_pem_slice(&read(key)?)
        .map_err(|error| fault(key, format!("holds no private key in PEM form ({error})")))?;
    Ok(())
}

/// `localhost` where that is meant: browsers tie storage to the name, and some functions refuse addresses.
fn shown(address: std::net::IpAddr, port: u16) -> String {
    if address.is_loopback() { format!("localhost:{port}") } else { SocketAddr::new(address, port).to_string() }
}

async fn stop_when_asked(handle: Handle<SocketAddr>) {
    stop_asked().await;
    handle.graceful_shutdown(Some(Duration::from_secs(10)));
}

/// Waits until the process is asked to end.
pub(super) async fn stop_asked() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            let _ = interrupt.await;
            return;
        };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupt.await;
}

/// Logs to stderr, a JSON document a line; `RUST_LOG` chooses what. Never codes, tokens, names or answers.
pub(super) fn start_log(usually: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| usually.into());
    let _ = tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
