//! What is found of an attempt: in the server's database, or in a response file.

use std::path::Path;

use server::data::DataDir;
use signing::{
    code::Code80,
    sealing::{Identity, open},
};
use sitting::{MAX_FILE_BYTES, Package, ResponseFile, Sitting};
use storage::{Store as _, TenantId};
use storage_sqlite::SqliteStore;
use tests::server::Server;

/// The database of a data directory, beside a server that may be running. It has to be whole, or opening it fails.
pub(crate) struct Store(SqliteStore, TenantId);

impl Store {
    /// That of a server.
    pub(crate) fn of(server: &Server) -> Self {
        Self::in_folder(&server.data())
    }

    /// That of a data directory.
    pub(crate) fn in_folder(data: &Path) -> Self {
        Self(DataDir::open(data).unwrap().store().unwrap(), TenantId("demo".into()))
    }

    /// The package of an attempt.
    pub(crate) async fn package(&self, attempt: &str) -> Vec<u8> {
        self.0.package(&self.1, attempt).await.unwrap().unwrap()
    }

    /// The lines of an attempt. They are an unbroken chain that obeys the rules, or this fails.
    pub(crate) async fn lines(&self, attempt: &str) -> Vec<String> {
        let lines = self.0.journal(&self.1, attempt).await.unwrap().into_iter().map(|line| line.line).collect();
        whole(&self.package(attempt).await, lines)
    }
}

/// The lines that a server holds of a candidate's attempt.
pub(crate) async fn at_the_server(server: &Server, name: &str) -> Vec<String> {
    Store::of(server).lines(&server.attempt_id(name)).await
}

/// The lines in a response file, opened with a move code.
pub(crate) async fn exported(server: &Server, name: &str, file: &[u8]) -> Vec<String> {
    let attempt = server.attempt_id(name);
    let code = Code80::parse(server.sheet(name)["moves"][0].as_str().unwrap()).unwrap();
    let read = ResponseFile::read(file).unwrap();
    let opened = open(&read.sealed, &Identity::of_transfer(&code, &attempt), MAX_FILE_BYTES).unwrap();
    whole(&Store::of(server).package(&attempt).await, read.lines(&opened).unwrap())
}

/// The same lines, once they are known to be whole.
fn whole(package: &[u8], lines: Vec<String>) -> Vec<String> {
    let mut sitting = Sitting::new(Package::read(package).unwrap().manifest.document).unwrap();
    sitting.accept_all(lines.iter().map(String::as_str)).unwrap();
    lines
}
