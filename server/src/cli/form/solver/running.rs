//! A program that may do anything: it is listened to from threads that nobody waits for, since what it started may hold its
//! pipes open for ever.

use std::{
    io::{self, Read, Write as _},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use assembly::solver::{MAX_BYTES, PROGRESS};

/// How much is kept of what it complains about, and the longest line that is shown.
const MAX_COMPLAINT: usize = 4_096;
const MAX_LINE: usize = 200;
/// How often it is looked at.
const POLL: Duration = Duration::from_millis(10);
/// How long a program that closed its answer may take to end, and one that ended may have its answer under way.
const GRACE: Duration = Duration::from_secs(10);
const UNDER_WAY: Duration = Duration::from_secs(1);

/// A program that runs. It is stopped when this is dropped.
pub(super) struct Running {
    child: Child,
    heard: Arc<Mutex<Heard>>,
}

/// What was heard of it so far.
#[derive(Debug, Default)]
struct Heard {
    /// Its standard output, at most a byte more than is allowed.
    answer: Vec<u8>,
    /// There will be no more of that.
    closed: bool,
    /// There will be no more of what it says besides.
    silent: bool,
    unreadable: Option<io::Error>,
    complaint: Vec<u8>,
    /// The last line about its progress that nobody has taken yet.
    progress: Option<String>,
}

/// How it ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// By itself.
    Ended(ExitStatus),
    /// It was stopped, since its time was over.
    Late,
    /// It was stopped, since it did not end after it had closed its answer.
    Lingering,
    /// It was stopped, since it wrote more than is read.
    TooMuch,
}

/// What a program said, and how it ended.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) answer: Vec<u8>,
    pub(super) unreadable: Option<io::Error>,
    pub(super) complaint: String,
    pub(super) end: End,
}

impl Running {
    /// Starts a program and begins to hand it the request.
    ///
    /// # Errors
    /// It cannot be started.
    pub(super) fn start(program: &Path, request: Vec<u8>) -> io::Result<Self> {
        let mut command = Command::new(program);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        // At the same time, since either end may wait for the other.
        thread::spawn(move || {
            // A program that does not read to the end says why by how it ends.
            let _ = stdin.map(|mut stdin| stdin.write_all(&request));
        });
        if let Some(stdout) = stdout {
            let heard = heard.clone();
            thread::spawn(move || listen(stdout, &heard));
        }
        if let Some(stderr) = stderr {
            let heard = heard.clone();
            thread::spawn(move || overhear(stderr, &heard));
        }
        Ok(Self { child, heard })
    }

    /// Waits until it has ended, or stops it in the end; `show` gets what it says of its progress.
    ///
    /// # Errors
    /// The system does not know it any more.
    pub(super) fn finish(mut self, limit: Duration, show: &mut dyn FnMut(&str)) -> io::Result<Told> {
        let started = Instant::now();
        let mut closed_at: Option<Instant> = None;
        let end = loop {
            let (length, closed, progress) = {
                let mut heard = hold(&self.heard);
                (heard.answer.len(), heard.closed, heard.progress.take())
            };
            if let Some(progress) = progress {
                show(&progress);
            }
            if length > MAX_BYTES {
                break End::TooMuch;
            }
            if let Some(status) = self.child.try_wait()? {
                self.wait_for_the_rest();
                break End::Ended(status);
            }
            if started.elapsed() >= limit {
                break End::Late;
            }
            if closed && closed_at.get_or_insert_with(Instant::now).elapsed() >= GRACE {
                break End::Lingering;
            }
            thread::sleep(POLL);
        };
        self.stop();
        let mut heard = hold(&self.heard);
        Ok(Told {
            answer: std::mem::take(&mut heard.answer),
            unreadable: heard.unreadable.take(),
            complaint: String::from_utf8_lossy(&heard.complaint).trim().to_owned(),
            end,
        })
    }

    /// What it wrote before it ended may still be in the pipe. Something it started may keep the pipe open: then what is
    /// there is all.
    fn wait_for_the_rest(&self) {
        let ended = Instant::now();
        let mut before = usize::MAX;
        let mut since = ended;
        loop {
            let (length, closed) = {
                let heard = hold(&self.heard);
                (heard.answer.len() + heard.complaint.len(), heard.closed && heard.silent)
            };
            if length != before {
                (before, since) = (length, Instant::now());
            }
            if closed || since.elapsed() >= UNDER_WAY || ended.elapsed() >= GRACE {
                return;
            }
            thread::sleep(POLL);
        }
    }

    fn stop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let stopped = Instant::now();
        // A program in the system's hands may take its time; there is no use in waiting for ever.
        while matches!(self.child.try_wait(), Ok(None)) && stopped.elapsed() < GRACE {
            thread::sleep(POLL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

fn hold(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads its answer to the end, or until it is too long.
fn listen(mut stdout: impl Read, heard: &Mutex<Heard>) {
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let read = stdout.read(&mut chunk);
        let mut heard = hold(heard);
        match read {
            Ok(0) => heard.closed = true,
            Ok(count) => {
                let left = (MAX_BYTES + 1).saturating_sub(heard.answer.len());
                heard.answer.extend_from_slice(&chunk[..count.min(left)]);
                heard.closed = heard.answer.len() > MAX_BYTES;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                heard.unreadable = Some(error);
                heard.closed = true;
            }
        }
        if heard.closed {
            return;
        }
    }
}

/// Reads what it says besides: lines about its progress, of which the last is kept, and a complaint, whose beginning is.
/// Whoever writes more is not to be stopped by that.
fn overhear(mut stderr: impl Read, heard: &Mutex<Heard>) {
    let (mut chunk, mut line) = (vec![0; 8 * 1024], Vec::new());
    loop {
        let count = match stderr.read(&mut chunk) {
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => 0,
        };
        for &byte in &chunk[..count] {
            if line.len() < MAX_COMPLAINT {
                line.push(byte);
            }
            if byte == b'\n' {
                take(&mut line, heard);
            }
        }
        // What stands there is kept at once: a program that is stopped ends no line.
        if count < chunk.len() && !PROGRESS.as_bytes().starts_with(&line) && !line.starts_with(PROGRESS.as_bytes()) {
            take(&mut line, heard);
        }
        if count == 0 {
            take(&mut line, heard);
            hold(heard).silent = true;
            return;
        }
    }
}

fn take(line: &mut Vec<u8>, heard: &Mutex<Heard>) {
    let mut heard = hold(heard);
    if let Some(progress) = line.strip_prefix(PROGRESS.as_bytes()) {
        let words = String::from_utf8_lossy(progress);
        let words = words.trim().chars().take(MAX_LINE).map(|c| if c.is_control() { ' ' } else { c });
        heard.progress = Some(words.collect());
    } else {
        let left = MAX_COMPLAINT.saturating_sub(heard.complaint.len());
        heard.complaint.extend_from_slice(&line[..line.len().min(left)]);
    }
    line.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(said: &[u8]) -> Heard {
        let heard = Mutex::new(Heard::default());
        overhear(said, &heard);
        heard.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    #[test]
    fn the_last_line_about_progress_is_kept_apart_from_complaints() {
        let said = heard(b"progress: form 1 of 9\nout of\nprogress: form 2\x1b of 9\nluck");
        assert_eq!(said.progress.as_deref(), Some("form 2  of 9"));
        assert_eq!(said.complaint, b"out of\nluck");
    }

    #[test]
    fn whatever_is_said_little_of_it_is_kept() {
        let said = heard(&vec![b'x'; 100_000]);
        assert_eq!(said.complaint.len(), MAX_COMPLAINT);
        let said = heard(&[PROGRESS.as_bytes(), &vec![b'x'; 100_000]].concat());
        assert_eq!((said.progress.unwrap_or_default().len(), said.complaint.len()), (MAX_LINE, 0));
    }
}
