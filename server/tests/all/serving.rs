//! `invigil serve` and what it listens on.

use std::{
    fs,
    io::{BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    process::Command,
    sync::Arc,
    time::Duration,
};

use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use signing::keys::SigningKey;

use crate::fixture::{Home, Program, read_answer};

/// A certificate for `localhost`, signed by its own key, whose seed is 32 times 7.
const CERTIFICATE: &str = include_str!("localhost.pem");

/// Writes certificate and key; gives the options that name them.
fn tls(home: &Home, certificate: &str, key: &str) -> [PathBuf; 2] {
    let files = ["cert.pem", "key.pem"].map(|name| home.path().join(name));
    fs::write(&files[0], certificate).unwrap();
    fs::write(&files[1], key).unwrap();
    files
}

fn options(files: &[PathBuf; 2]) -> [&str; 4] {
    ["--tls-cert", files[0].to_str().unwrap(), "--tls-key", files[1].to_str().unwrap()]
}

fn key() -> String {
    SigningKey::from_seed([7; 32]).to_pkcs8_pem()
}

#[test]
fn a_port_in_use_is_named_with_what_to_do() {
    let home = Home::new();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let web = home.path().join("web");
    let ran = home.invigil(&["serve"], &["--web", web.to_str().unwrap(), "--port", &port]);
    let fault = ran.fault();
    assert!(fault.contains(&format!("127.0.0.1:{port}")) && fault.contains("--port"), "{fault}");
}

#[test]
fn missing_pages_are_named_with_how_to_build_them() {
    for name in ["verify/index.html", "candidate/sw.js"] {
        let home = Home::new();
        let page = home.path().join("web").join(name);
        fs::remove_file(&page).unwrap();
        let ran = home.serve(&[]);
        assert!(ran.fault().contains(page.to_str().unwrap()) && ran.fault().contains("cargo xtask build"));
    }
}

#[test]
fn a_missing_or_faulty_bank_is_named() {
    let home = Home::new();
    fs::write(home.path().join("bank/items/bank-d1-01.toml"), "format = \"invigil-item\"\nrubbish\n").unwrap();
    let ran = home.serve(&[]);
    assert!(ran.fault().contains("items/bank-d1-01.toml:2"), "{ran:?}");
    fs::remove_dir_all(home.path().join("bank")).unwrap();
    assert!(home.serve(&[]).fault().contains(home.path().join("bank").to_str().unwrap()));
}

#[test]
fn a_missing_tls_file_is_named() {
    let home = Home::new();
    for missing in 0..2 {
        let files = tls(&home, CERTIFICATE, &key());
        fs::remove_file(&files[missing]).unwrap();
        let ran = home.serve(&options(&files));
        assert!(ran.fault().starts_with(files[missing].to_str().unwrap()), "{ran:?}");
    }
}

#[test]
fn a_rubbish_tls_file_is_told_from_the_good_one() {
    let home = Home::new();
    let not_base64 = "-----BEGIN CERTIFICATE-----\n????\n-----END CERTIFICATE-----\n";
    for rubbish in ["", "rubbish", not_base64, &key()] {
        let files = tls(&home, rubbish, &key());
        let ran = home.serve(&options(&files));
        assert!(ran.fault().starts_with(files[0].to_str().unwrap()), "{rubbish:?}: {ran:?}");
        assert!(!ran.fault().contains("key.pem"), "{ran:?}");
    }
    for rubbish in ["", "rubbish", CERTIFICATE, &key().replace("PRIVATE KEY", "SECRET")] {
        let files = tls(&home, CERTIFICATE, rubbish);
        let ran = home.serve(&options(&files));
        assert!(ran.fault().starts_with(files[1].to_str().unwrap()), "{rubbish:?}: {ran:?}");
        assert!(!ran.fault().contains("cert.pem"), "{ran:?}");
    }
}

#[test]
fn a_key_that_is_not_the_certificates_is_refused() {
    let home = Home::new();
    let files = tls(&home, CERTIFICATE, &SigningKey::from_seed([8; 32]).to_pkcs8_pem());
    let ran = home.serve(&options(&files));
    assert!(ran.fault().contains("cert.pem") && ran.fault().contains("key.pem"), "{ran:?}");
}

#[test]
fn one_tls_file_without_the_other_is_refused() {
    let home = Home::new();
    let files = tls(&home, CERTIFICATE, &key());
    let ran = home.serve(&options(&files)[..2]);
    assert!(ran.code == Some(2) && ran.stderr.contains("--tls-key"), "{ran:?}");
}

#[test]
fn over_tls_the_same_addresses_answer() {
    let home = Home::new();
    let files = tls(&home, CERTIFICATE, &key());
    let server = Program::serve(&home, "warn", &options(&files));
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    let connection = rustls::ClientConnection::new(config, "localhost".try_into().unwrap()).unwrap();
    let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let mut stream = BufReader::new(rustls::StreamOwned::new(connection, stream));
    stream.get_mut().write_all(b"GET /api/v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    assert_eq!(read_answer(&mut stream).unwrap(), (200, b"ok".to_vec()));
}

#[cfg(unix)]
#[test]
fn a_server_that_is_asked_to_end_ends_well() {
    let home = Home::new();
    let server = Program::serve(&home, "warn", &[]);
    assert_eq!(server.client().get("/api/v1/health", "").unwrap().0, 200);
    Command::new("kill").args(["-TERM", &server.id().to_string()]).status().unwrap();
    assert_eq!(server.wait(), Some(0));
}

/// The most memory that the process has had, in KiB.
#[cfg(target_os = "linux")]
fn peak_memory(server: &Program) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_hundred_megabytes_are_refused_without_being_kept() {
    const LENGTH: usize = 100 * 1024 * 1024;
    let home = Home::new();
    let server = Program::serve(&home, "warn", &[]);
    assert_eq!(server.client().get("/api/v1/health", "").unwrap().0, 200);
    let before = peak_memory(&server);
    for kind in [format!("content-length: {LENGTH}"), "transfer-encoding: chunked".into()] {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut answers = BufReader::new(stream.try_clone().unwrap());
        let reader = std::thread::spawn(move || {
            let answer = read_answer(&mut answers);
            let _ = answers.read_to_end(&mut Vec::new());
            answer
        });
        write!(stream, "POST /api/v1/verify HTTP/1.1\r\nhost: localhost\r\n{kind}\r\n\r\n").unwrap();
        let mut chunk = vec![b' '; 64 * 1024];
        if kind.contains("chunked") {
            chunk = [b"10000\r\n".as_slice(), &chunk, b"\r\n"].concat();
        }
        // The server stops listening long before the end.
        let sent = (0..LENGTH / chunk.len()).take_while(|_| stream.write_all(&chunk).is_ok()).count();
        let (status, body) = reader.join().unwrap().unwrap();
        assert_eq!(status, 413, "{}", String::from_utf8_lossy(&body));
        assert!(String::from_utf8_lossy(&body).contains("/problems/too-large"));
        assert!(sent < LENGTH / chunk.len(), "all of it was taken");
    }
    let grown = peak_memory(&server) - before;
    assert!(grown < 16 * 1024, "{grown} KiB more than before");
}
