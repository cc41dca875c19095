//! A database that an earlier version of this program wrote: everything in it is there afterwards.

use std::path::Path;

use refinery::Target;
use rusqlite::{Connection, params};
use storage::{CertificateState, Store as _};
use storage_sqlite::SqliteStore;

use crate::{place, tenant};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// A store as it was before certificates had instances: of three certificates, one was revoked with its CPD record, of one the
/// record alone.
fn earlier(file: &Path) {
    let mut connection = Connection::open(file).unwrap();
    embedded::migrations::runner().set_target(Target::Version(4)).run(&mut connection).unwrap();
    let sitting =
        "INSERT INTO sitting (tenant_id, id, title, scheme, opens_at_ms, closes_at_ms, commitment, pool, release_code,
                       room_seed, created_at_ms)
                   VALUES ('demo', 's-1', 'A sitting', '{}', 1, 2, '{}', '{}', 'code', zeroblob(32), 1)";
    connection.execute(sitting, []).unwrap();
    for place in 1..=3 {
        let attempt = "INSERT INTO attempt (tenant_id, id, sitting_id, place, candidate_ref, candidate_name, family_name,
                           attempt_number, code_hash, draw_secret, extra_ms, break_ms, grant_seed, draw, manifest, package,
                           form, plan)
                       VALUES ('demo', 'a-' || ?1, 's-1', ?1, 'c', 'Sam Sample', 'Sample', 1, randomblob(32), zeroblob(32), 0,
                           0, zeroblob(32), '{}', '{}', x'', '{}', '{}')";
        let decision = "INSERT INTO decision VALUES ('demo', 'a-' || ?1, 'pass', 'automatic', 400, 9, 'head', '{}')";
        let certificate = "INSERT INTO certificate (tenant_id, number, attempt_id, lookup_name, cpd_award, certificate,
                               cpd_record, issued_at_ms)
                           VALUES ('demo', 'MINI-' || ?1, 'a-' || ?1, 'sample', 'award-' || ?1, 'certificate ' || ?1,
                               'record ' || ?1, 500 + ?1)";
        for sql in [attempt, decision, certificate] {
            connection.execute(sql, [place]).unwrap();
        }
    }
    let revoke = "INSERT INTO revocation VALUES ('demo', 1, ?1, ?2, ?3, 'a reason', 'officer', 900)";
    for (entry, number, document) in
        [(7, "MINI-2", "certificate"), (8, "MINI-2", "cpd_record"), (9, "MINI-3", "cpd_record")]
    {
        connection.execute(revoke, params![entry, number, document]).unwrap();
    }
}

#[tokio::test]
async fn certificates_and_revocations_of_an_earlier_version_are_all_there() {
    let (_folder, file) = place();
    earlier(&file);
    let store = SqliteStore::open(&file, false).unwrap();
    for (place, state) in [(1, CertificateState::Active), (2, CertificateState::Revoked), (3, CertificateState::Active)]
    {
        let record = store.certificate(&tenant(), &format!("MINI-{place}")).await.unwrap().unwrap();
        assert_eq!((record.attempt, record.instance, record.state), (format!("a-{place}"), 1, state));
        let issued = record.issued;
        assert_eq!(issued.certificate, format!("certificate {place}"));
        assert_eq!(issued.cpd_record, format!("record {place}"));
        assert_eq!((issued.issued_at_ms, issued.lookup_name.as_str()), (500 + place, "sample"));
        assert_eq!(issued.cpd_award, format!("award-{place}"));
    }
    let states = store.states(&tenant(), "MINI-2").await.unwrap();
    assert_eq!((states[0].decided_by.as_str(), states[0].changed_at_ms), ("automatic", 502));
    assert_eq!((states[1].reason.as_str(), states[1].changed_at_ms), ("a reason", 900));
    assert_eq!(store.revocations(&tenant(), 1).await.unwrap().len(), 3);
    // Opened again, nothing is done twice.
    drop(store);
    let store = SqliteStore::open(&file, false).unwrap();
    assert_eq!(store.states(&tenant(), "MINI-2").await.unwrap(), states);
}
