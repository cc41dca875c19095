//! The power is cut: under the candidate's browser, or under the server.

use std::{
    sync::mpsc,
    thread::{self, JoinHandle},
    time::Duration,
};

use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, moment, runs},
    power::Disk,
    witness::Witness,
};
use tokio::time::sleep;

use crate::{
    hand::{Hand, Stopped},
    held,
    post::response_file,
    room::{Room, name},
    scripted::{self, Sat},
};

#[expect(clippy::print_stdout, reason = "that something was not tried has to be told")]
fn not_here() {
    println!("not tried: cutting the power takes root, ext4 and loop devices");
}

/// A browser on a disk of its own. The browser goes first.
struct Computer {
    browser: Browser,
    disk: Disk,
}

impl Computer {
    async fn switch_on() -> Option<Self> {
        let mut browser = Browser::open().await;
        browser.kill();
        // Its other processes end a moment later.
        sleep(Duration::from_millis(500)).await;
        let disk = Disk::under(browser.profile())?;
        browser.reopen().await;
        Some(Self { browser, disk })
    }

    async fn cut_power_and_switch_on(&mut self, hand: Hand) -> Stopped {
        let switch = self.disk.switch();
        sleep(moment(2_000)).await;
        switch.off();
        let stopped = hand.let_go().await;
        self.browser.kill();
        self.disk.restore();
        self.browser.reopen().await;
        stopped
    }
}

#[tokio::test]
async fn the_power_of_the_candidates_computer_is_cut() {
    let mut tally = Tally::of(
        "power cut under the browser at a random moment while answers are being saved (its file system shut down by the kernel \
         without a flush; a cache inside the drive is not simulated; the page was first opened there half a minute before)",
    );
    let room = Room::open(1);
    let Some(mut computer) = Computer::switch_on().await else { return not_here() };
    // Where the browser finds its files it writes down without haste, once: when the page is opened for the first time.
    computer.browser.goto(&room.server.address("/")).await;
    computer.browser.find("#admission-code").await;
    computer.disk.settle();
    room.enter(&computer.browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&computer.browser, witness).await;
        let at = candidate::position(&computer.browser).await;
        let stopped = computer.cut_power_and_switch_on(hand).await;
        computer.browser.goto(&room.server.address("/")).await;
        assert_eq!(candidate::position(&computer.browser).await, at, "it comes back to the same question");
        tally.run(usize::from(!stopped.stands(&computer.browser).await));
        witness = stopped.witness;
    }
    candidate::received(&computer.browser).await;
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    tally.tell();
}

/// So many response files are on their way to the server when its power is cut, from so many senders, each one after the other.
const FILES: usize = 8;
const SENDERS: usize = 2;

/// A server on a disk of its own. The server goes first.
struct Host {
    room: Room,
    disk: Disk,
}

impl Host {
    fn switch_on(places: usize) -> Option<Self> {
        let mut room = Room::open(places);
        room.server.kill();
        let disk = Disk::under(&room.server.data())?;
        room.server.restart();
        Some(Self { room, disk })
    }
}

/// Sends response files one after the other, telling of each acknowledgement; which of them were acknowledged.
fn send(address: &str, sat: &[(usize, Sat)], acknowledgements: mpsc::Sender<()>) -> JoinHandle<Vec<bool>> {
    let address = address.to_owned();
    let files: Vec<Vec<u8>> = sat.iter().map(|(_, sat)| sat.file.clone()).collect();
    let send = move |file: &Vec<u8>| {
        let acknowledged = response_file(&address, file).is_some_and(|(status, _)| status == 200);
        if acknowledged {
            let _ = acknowledgements.send(());
        }
        acknowledged
    };
    thread::spawn(move || files.iter().map(send).collect())
}

#[tokio::test]
async fn the_power_of_the_server_is_cut() {
    let mut tally = Tally::of(
        "power cut under the server's database at a random moment while it takes response files, after the first of them (its file system shut down by \
         the kernel without a flush; a cache inside the drive is not simulated); answers are confirmed by acknowledgements",
    );
    let Some(mut host) = Host::switch_on(runs() * FILES) else { return not_here() };
    for run in 0..runs() {
        let mut sat = Vec::new();
        for n in run * FILES..(run + 1) * FILES {
            sat.push((n, scripted::sit(&host.room.package(n).await, &host.room.release, host.room.code(n))));
        }
        let switch = host.disk.switch();
        let address = host.room.server.address("");
        let (tell, told) = mpsc::channel();
        let sending: Vec<_> = sat.chunks(FILES / SENDERS).map(|sat| send(&address, sat, tell.clone())).collect();
        told.recv_timeout(Duration::from_secs(30)).unwrap();
        sleep(moment(300)).await;
        switch.off();
        let acknowledged: Vec<_> = sending.into_iter().flat_map(|sending| sending.join().unwrap()).collect();
        host.room.server.kill();
        host.disk.restore();
        // Opening it finds out whether it is whole.
        let store = held::Store::of(&host.room.server);
        for ((n, sat), _) in sat.iter().zip(acknowledged).filter(|(_, acknowledged)| *acknowledged) {
            tally.compare(&sat.witness, &store.lines(host.room.attempt(*n)).await);
        }
        drop(store);
        host.room.server.restart();
        for (n, sat) in &sat {
            let (status, answer) = response_file(&address, &sat.file).unwrap();
            assert_eq!(status, 200, "{answer}");
            assert_eq!(held::Store::of(&host.room.server).lines(host.room.attempt(*n)).await, sat.lines);
        }
        tally.run(0);
    }
    tally.tell();
}
