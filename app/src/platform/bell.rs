//! Waiting that can be cut short.

use std::cell::{Cell, RefCell};

use futures_channel::oneshot;

use super::worker::within;

/// Wakes one sleeper before its time.
#[derive(Default)]
pub struct Bell {
    sleeper: RefCell<Option<oneshot::Sender<()>>>,
    sound: Cell<bool>,
    rung: Cell<bool>,
}

impl Bell {
    /// Waits so many milliseconds, or until the bell is rung or somebody nudges; not at all if that happened since the last wait.
    pub async fn doze(&self, ms: u32) {
        self.wait(ms, false).await;
    }

    /// Waits so many milliseconds, or until the bell is rung: nudges do not count.
    pub async fn sleep(&self, ms: u32) {
        self.wait(ms, true).await;
    }

    async fn wait(&self, ms: u32, sound: bool) {
        if self.rung.take() {
            return;
        }
        let (tell, told) = oneshot::channel();
        self.sound.set(sound);
        self.sleeper.replace(Some(tell));
        within(ms, told).await;
        self.sleeper.take();
    }

    /// There is something to do.
    pub fn nudge(&self) {
        let asleep = self.sleeper.borrow().is_some();
        if !(asleep && self.sound.get()) {
            self.ring();
        }
    }

    /// There is reason to believe that it can be done now.
    pub fn ring(&self) {
        match self.sleeper.take() {
            Some(sleeper) => {
                let _ = sleeper.send(());
            }
            None => self.rung.set(true),
        }
    }
}
