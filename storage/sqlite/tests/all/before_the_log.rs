//! A database from before there was a log: everything that happened waits to be logged.

use refinery::Target;
use rusqlite::Connection;
use storage::LogStore as _;
use storage_sqlite::SqliteStore;

use crate::{place, tenant};

mod embedded {
    refinery::embed_migrations!("migrations");
}

#[tokio::test]
async fn what_happened_before_there_was_a_log_waits_to_be_logged() {
    let (_folder, file) = place();
    let mut connection = Connection::open(&file).unwrap();
    embedded::migrations::runner().set_target(Target::Version(3)).run(&mut connection).unwrap();
    let sql = "INSERT INTO sitting (tenant_id, id, title, scheme, opens_at_ms, closes_at_ms, commitment, pool, release_code,
                   room_seed, created_at_ms)
               VALUES ('demo', 's-1', 'A sitting', '{}', 1, 2, '{}', '{}', 'code', zeroblob(32), 5);
               INSERT INTO attempt (tenant_id, id, sitting_id, place, candidate_ref, candidate_name, family_name,
                   attempt_number, code_hash, draw_secret, extra_ms, break_ms, grant_seed, draw, manifest, package, form, plan)
               VALUES ('demo', 'a-1', 's-1', 1, 'c', 'Sam Sample', 'Sample', 1, randomblob(32), zeroblob(32), 0, 0,
                   zeroblob(32), '{}', '{}', x'', '{}', '{}');
               INSERT INTO decision VALUES ('demo', 'a-1', 'pass', 'automatic', 400, 9, 'head', '{}');
               INSERT INTO certificate VALUES ('demo', 'MINI-1', 'a-1', 'sample', '{}', '{}', 'award', 500);
               INSERT INTO revocation VALUES ('demo', 1, 7, 'MINI-1', 'certificate', 'a reason', 'officer', 900);";
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let expected = ["draw/s-1", "certificate/MINI-1/1", "cpd_record/MINI-1/1", "status/1/7"];
    // Opened twice, nothing is queued twice.
    for _ in 0..2 {
        let store = SqliteStore::open(&file, false).unwrap();
        assert_eq!(store.log_waiting(&tenant(), 100).await.unwrap(), expected);
        assert_eq!(store.log_size(&tenant()).await.unwrap(), 0);
    }
}
