//! The one thread that writes: SQLite has one writer anyway, and so none ever waits for a lock.

use std::{panic::AssertUnwindSafe, sync::mpsc, thread::JoinHandle};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use storage::StoreError;
use tokio::sync::oneshot;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

pub(crate) struct Writer {
    /// There until the writer is dropped.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(mut connection: Connection) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::spawn(move || {
            for job in queue {
                // A job that panics drops its transaction, which undoes it, and its reply, which tells its caller; the
                // next job finds the connection as if nothing had been.
                let _ = std::panic::catch_unwind(AssertUnwindSafe(|| job(&mut connection)));
            }
        });
        Self { jobs: Some(jobs), thread: Some(thread) }
    }

    /// Runs one transaction; it is durable when this returns `Ok`.
    pub(crate) async fn transact<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // A caller that stopped waiting does not undo what was asked: the transaction runs to its end.
            let _ = reply.send(run(connection, work));
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

fn run<T>(
    connection: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(database)?;
    let value = work(&transaction)?;
    transaction.commit().map_err(database)?;
    Ok(value)
}

pub(crate) fn database(error: rusqlite::Error) -> StoreError {
    StoreError::Database(Box::new(error))
}
