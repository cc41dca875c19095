//! Sending response files one after another, each until it is in or refused.

use api::Collected;
use leptos::{prelude::*, task::spawn_local};
use sitting::MAX_FILE_BYTES;
use web_sys::File;

use crate::{
    catalogue::text,
    platform::{
        fetch::{self, FetchError},
        files,
    },
};

/// Files under way at the same time.
const TOGETHER: usize = 4;

/// How far a file has come.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Progress {
    Waiting,
    Sending,
    In(Collected),
    /// In words.
    Refused(String),
    /// The server could not be reached; it can be tried again.
    Away,
}

/// A file that was chosen.
#[derive(Clone)]
pub(super) struct Chosen {
    pub(super) name: String,
    file: StoredValue<File, LocalStorage>,
    pub(super) progress: RwSignal<Progress>,
}

/// The files that were chosen. A handle.
#[derive(Clone, Copy)]
pub(super) struct Taking {
    pub(super) files: RwSignal<Vec<Chosen>>,
    running: RwSignal<usize>,
}

impl Taking {
    pub(super) fn new() -> Self {
        Self { files: RwSignal::new(Vec::new()), running: RwSignal::new(0) }
    }

    /// Puts a further file on the list.
    pub(super) fn add(self, file: File) {
        let chosen = Chosen {
            name: file.name(),
            file: StoredValue::new_local(file),
            progress: RwSignal::new(Progress::Waiting),
        };
        self.files.update(|list| list.push(chosen));
        self.go_on();
    }

    /// Tries those again that did not reach the server.
    pub(super) fn again(self) {
        self.files.with_untracked(|files| {
            for file in files.iter().filter(|file| file.progress.get_untracked() == Progress::Away) {
                file.progress.set(Progress::Waiting);
            }
        });
        self.go_on();
    }

    /// How many files are in this state.
    pub(super) fn count(self, is_it: fn(&Progress) -> bool) -> usize {
        self.files.with(|files| files.iter().filter(|file| file.progress.with(is_it)).count())
    }

    fn go_on(self) {
        while self.running.get_untracked() < TOGETHER {
            let waiting = |file: &&Chosen| file.progress.get_untracked() == Progress::Waiting;
            let Some(next) = self.files.with_untracked(|files| files.iter().find(waiting).cloned()) else { return };
            next.progress.set(Progress::Sending);
            self.running.update(|running| *running += 1);
            spawn_local(async move {
                let progress = send(&next).await;
                next.progress.set(progress);
                self.running.update(|running| *running -= 1);
                self.go_on();
            });
        }
    }
}

async fn send(chosen: &Chosen) -> Progress {
    let file = chosen.file.get_value();
    if file.size() > MAX_FILE_BYTES as f64 {
        return Progress::Refused(text("collect-too-long"));
    }
    let limit = u32::try_from(MAX_FILE_BYTES).unwrap_or(u32::MAX);
    let Some(bytes) = files::read(&file, limit).await else {
        return Progress::Refused(text("collect-unreadable"));
    };
    match fetch::post_bytes("/api/v1/responses", &bytes).await {
        Ok(collected) => Progress::In(collected),
        Err(FetchError::Refused(problem)) if problem.status < 500 && problem.status != 429 => {
            Progress::Refused(problem.detail)
        }
        Err(_) => Progress::Away,
    }
}
