//! The one thread that writes: SQLite has one writer anyway, and so none ever waits for a lock. What is asked while it writes
//! is written together, with one wait for the disk.

use std::{panic::AssertUnwindSafe, sync::mpsc, thread::JoinHandle};

use rusqlite::{Connection, Savepoint, Transaction, TransactionBehavior};
use storage::StoreError;
use tokio::sync::oneshot;

/// What is written together at most: nobody waits for more than a few milliseconds of others' work.
const TOGETHER: usize = 64;

/// Does its work in a savepoint of its own; what it gives is called once everything is durable, or is not.
type Job = Box<dyn FnOnce(&mut Transaction<'_>) -> Done + Send>;
type Done = Box<dyn FnOnce(Result<(), StoreError>)>;

pub(crate) struct Writer {
    /// There until the writer is dropped.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(mut connection: Connection) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::spawn(move || {
            while let Ok(first) = queue.recv() {
                let jobs = std::iter::once(first).chain(queue.try_iter().take(TOGETHER - 1)).collect();
                write(&mut connection, jobs);
            }
        });
        Self { jobs: Some(jobs), thread: Some(thread) }
    }

    /// Runs one transaction; it is durable when this returns `Ok`, and left no trace when it returns an error.
    pub(crate) async fn transact<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |transaction| {
            let value = in_savepoint(transaction, work);
            Box::new(move |durable| {
                // A caller that stopped waiting does not undo what was asked: it was written.
                let _ = reply.send(value.and_then(|value| durable.map(|()| value)));
            })
        });
        let gone = || StoreError::Database("the write was broken off and undone".into());
        self.jobs.as_ref().ok_or_else(gone)?.send(job).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

impl Drop for Writer {
    /// Waits until what was asked is written and the connection is closed: then the file can be copied, and the process may
    /// end.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Writes several jobs in one transaction, and tells each what became of it.
fn write(connection: &mut Connection, jobs: Vec<Job>) {
    let mut waiting: Vec<Done> = Vec::with_capacity(jobs.len());
    let durable = (|| {
        let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(database)?;
        for job in jobs {
            // A job that panics drops its savepoint, which undoes it, and its reply, which tells its caller; the others go on
            // as if it had not been.
            if let Ok(done) = std::panic::catch_unwind(AssertUnwindSafe(|| job(&mut transaction))) {
                waiting.push(done);
            }
        }
        transaction.commit().map_err(database)
    })();
    let reason = durable.err().map(|error: StoreError| error.to_string());
    for done in waiting {
        done(reason.as_ref().map_or(Ok(()), |reason| Err(StoreError::Database(reason.clone().into()))));
    }
}

fn in_savepoint<T>(
    transaction: &mut Transaction<'_>,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    // Dropped without a commit, it undoes what was done since.
    let savepoint: Savepoint<'_> = transaction.savepoint().map_err(database)?;
    let value = work(&savepoint)?;
    savepoint.commit().map_err(database)?;
    Ok(value)
}

pub(crate) fn database(error: rusqlite::Error) -> StoreError {
    StoreError::Database(Box::new(error))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn insert(connection: &Connection, n: u32) -> Result<u32, StoreError> {
        connection.execute("INSERT INTO t VALUES (?1)", [n]).map_err(database)?;
        match n % 3 {
            0 => Ok(n),
            1 => Err(StoreError::NoSuchAttempt(n.to_string())),
            _ => panic!("a job that fails by its own fault"),
        }
    }

    #[tokio::test]
    async fn what_is_written_together_succeeds_and_fails_apart() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("t.db");
        let connection = Connection::open(&file).unwrap();
        connection.execute_batch("CREATE TABLE t (n INTEGER) STRICT").unwrap();
        let writer = Arc::new(Writer::start(connection));
        let asked: Vec<_> = (0..30)
            .map(|n: u32| {
                let writer = writer.clone();
                tokio::spawn(async move { (n, writer.transact(move |c| insert(c, n)).await) })
            })
            .collect();
        for asked in asked {
            let (n, told) = asked.await.unwrap();
            match n % 3 {
                0 => assert_eq!(told.unwrap(), n),
                1 => assert!(matches!(told, Err(StoreError::NoSuchAttempt(_)))),
                _ => assert!(matches!(told, Err(StoreError::Database(_)))),
            }
        }
        drop(writer);
        let held: u32 = Connection::open(&file).unwrap().query_row("SELECT count(*) FROM t", [], |r| r.get(0)).unwrap();
        assert_eq!(held, 10);
    }
}
