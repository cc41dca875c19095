//! What is found of an attempt: in the server's database, or in a response file.

use std::path::Path;

use server::data::DataDir;
use signing::{
    code::Code80,
    sealing::{Identity, open},
};
use sitting::{MAX_FILE_BYTES, Package, ResponseFile, Sitting};
use storage::{Store as _, TenantId};
use tests::server::Server;

/// The lines of an attempt in a data directory, whose database has to be whole. They are a journal of its manifest, or this fails.
pub(crate) async fn lines(data: &Path, attempt: &str) -> Vec<String> {
    let store = DataDir::open(data).unwrap().store().unwrap();
    let tenant = TenantId("demo".into());
    let package = store.package(&tenant, attempt).await.unwrap().unwrap();
    let lines = store.journal(&tenant, attempt).await.unwrap().into_iter().map(|line| line.line).collect();
    whole(&package, lines)
}

/// The lines that a running server holds of a candidate's attempt.
pub(crate) async fn at_the_server(server: &Server, name: &str) -> Vec<String> {
    lines(&server.data(), &server.attempt_id(name)).await
}

/// The lines in a response file, opened with a move code.
pub(crate) async fn exported(server: &Server, name: &str, file: &[u8]) -> Vec<String> {
    let attempt = server.attempt_id(name);
    let code = Code80::parse(server.sheet(name)["moves"][0].as_str().unwrap()).unwrap();
    let read = ResponseFile::read(file).unwrap();
    let opened = open(&read.sealed, &Identity::of_transfer(&code, &attempt), MAX_FILE_BYTES).unwrap();
    let store = DataDir::open(&server.data()).unwrap().store().unwrap();
    let package = store.package(&TenantId("demo".into()), &attempt).await.unwrap().unwrap();
    whole(&package, read.lines(&opened).unwrap())
}

/// The same lines, once they are known to be an unbroken chain that obeys the rules.
fn whole(package: &[u8], lines: Vec<String>) -> Vec<String> {
    let mut sitting = Sitting::new(Package::read(package).unwrap().manifest.document).unwrap();
    sitting.accept_all(lines.iter().map(String::as_str)).unwrap();
    lines
}
