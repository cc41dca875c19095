//! The server is killed while it takes in what candidates wrote: lines as they come, or whole response files.

use std::thread;

use tests::{
    browser::Browser,
    candidate,
    faults::{Tally, moment, runs},
    network,
    witness::Witness,
};
use tokio::time::sleep;

use crate::{
    hand::Hand,
    held,
    post::response_file,
    room::{Room, name},
    scripted,
};

#[tokio::test]
async fn the_server_is_killed_while_it_takes_lines() {
    let mut tally =
        Tally::of("server killed (SIGKILL) at a random moment while lines are being sent to it, and started again");
    let mut room = Room::open(1);
    let browser = Browser::open().await;
    room.enter(&browser, 0).await;
    let mut witness = Witness::default();
    for _ in 0..runs() {
        let hand = Hand::start(&browser, witness).await;
        sleep(moment(500)).await;
        room.server.kill();
        room.server.restart();
        let stopped = hand.let_go().await;
        network::tell(&browser).await;
        candidate::received(&browser).await;
        let lost = usize::from(!stopped.stands(&browser).await);
        witness = stopped.witness;
        // All of it is there, and nothing twice: the lines are one chain.
        let missing = witness.missing_in(&held::at_the_server(&room.server, &name(0)).await);
        tally.run(lost + missing);
        candidate::next(&browser).await;
    }
    tally.compare(&witness, &held::at_the_server(&room.server, &name(0)).await);
    tally.tell();
}

#[tokio::test]
async fn the_server_is_killed_while_it_takes_a_response_file() {
    let mut tally = Tally::of(
        "server killed (SIGKILL) at a random moment while it takes a response file, started again, the file sent again",
    );
    let mut room = Room::open(runs());
    for n in 0..runs() {
        let sat = scripted::sit(&room.package(n).await, &room.release, room.code(n));
        let (address, file) = (room.server.address(""), sat.file.clone());
        let sending = thread::spawn(move || response_file(&address, &file));
        sleep(moment(250)).await;
        room.server.kill();
        let acknowledged = sending.join().unwrap();
        let mut lost = 0;
        if let Some((status, answer)) = acknowledged {
            assert_eq!((status, answer["outcome"].as_str()), (200, Some("taken")), "{answer}");
            lost = sat.witness.missing_in(&held::at_the_server(&room.server, &name(n)).await);
        }
        room.server.restart();
        let (status, answer) = response_file(&room.server.address(""), &sat.file).unwrap();
        assert_eq!(status, 200, "{answer}");
        assert!(["taken", "known"].contains(&answer["outcome"].as_str().unwrap()), "{answer}");
        let lines = held::at_the_server(&room.server, &name(n)).await;
        assert_eq!(lines, sat.lines, "all lines are there once");
        assert_eq!(room.server.attempt(&name(n))["state"], "submitted");
        tally.compare(&sat.witness, &lines);
        tally.run(lost);
    }
    tally.tell();
}
