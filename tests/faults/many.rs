//! Many response files at once, good ones and others.

use std::{fs, path::Path, process::Command, thread};

use serde_json::Value;
use tests::faults::{Tally, runs};

use crate::{
    held,
    post::response_file,
    room::{Room, bank, name, program},
    scripted,
};

/// So many send the same file at the same time.
const AT_ONCE: usize = 20;

#[tokio::test]
async fn one_response_file_comes_from_twenty_at_once() {
    let mut tally = Tally::of("one response file sent by 20 clients at once");
    let room = Room::open(runs());
    for n in 0..runs() {
        let sat = scripted::sit(&room.package(n).await, &room.release, room.code(n));
        let address = room.server.address("");
        let senders: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (address, file) = (address.clone(), sat.file.clone());
                thread::spawn(move || response_file(&address, &file).unwrap())
            })
            .collect();
        let answers: Vec<_> = senders.into_iter().map(|sender| sender.join().unwrap()).collect();
        let said = |outcome: &str| answers.iter().filter(|(_, answer)| answer["outcome"] == outcome).count();
        // Of those that come in the same moment, more than one may be told that its lines were taken.
        assert!(said("taken") > 0 && said("taken") + said("known") == AT_ONCE, "{answers:?}");
        let lines = held::at_the_server(&room.server, &name(n)).await;
        assert_eq!(lines, sat.lines, "all lines are there once");
        tally.compare(&sat.witness, &lines);
        tally.run(0);
    }
    tally.tell();
}

/// What is no response file of this exam body, and what is said of it.
async fn foreign(folder: &Path) -> [(&'static str, &'static str); 4] {
    fs::write(folder.join("notes.txt"), "Not a response file.\n").unwrap();
    let other = Room::open(1);
    let sat = scripted::sit(&other.package(0).await, &other.release, other.code(0));
    fs::write(folder.join("other-exam-body.invigil-response"), sat.file).unwrap();
    fs::write(folder.join("random.invigil-response"), [7; 70_000]).unwrap();
    // Five gigabytes that take no room: read as a whole, it would not fit into the memory of most machines.
    fs::File::create(folder.join("huge.invigil-response")).unwrap().set_len(5 << 30).unwrap();
    [
        ("notes.txt", "no response file"),
        ("other-exam-body.invigil-response", "attempt"),
        ("random.invigil-response", "no response file"),
        ("huge.invigil-response", "5368709120 bytes"),
    ]
}

#[tokio::test]
async fn a_room_full_of_response_files_is_collected_in_one_go() {
    let files = if runs() >= 50 { 3_000 } else { 60 };
    let mut tally = Tally::of(&format!(
        "{files} response files collected in one go, twice, among them 3 that are none and one of 5 GB"
    ));
    let mut room = Room::open(files);
    let folder = tempfile::tempdir().unwrap();
    let store = held::Store::of(&room.server);
    let mut sat = Vec::new();
    for n in 0..files {
        let package = store.package(room.attempt(n)).await;
        let one = scripted::sit(&package, &room.release, room.code(n));
        fs::write(folder.path().join(format!("{n}.invigil-response")), &one.file).unwrap();
        sat.push((room.attempt(n).to_owned(), one));
    }
    let foreign = foreign(folder.path()).await;
    room.server.kill();
    for outcome in ["taken", "known"] {
        let mut collect = Command::new(program());
        collect.args(["sitting", "collect", "--json", "--data"]).arg(room.server.data()).arg("--bank").arg(bank());
        let ran = collect.arg(folder.path()).output().unwrap();
        assert!(!ran.status.success(), "that some were refused has to be told");
        let rows: Vec<Value> = serde_json::from_slice(&ran.stdout).unwrap();
        assert_eq!(rows.len(), files + foreign.len());
        assert_eq!(rows.iter().filter(|row| row["collected"]["outcome"] == outcome).count(), files);
        for (file, words) in foreign {
            let row = rows.iter().find(|row| row["file"].as_str().unwrap().ends_with(file)).unwrap();
            assert!(row["refused"].as_str().is_some_and(|said| said.contains(words)), "{row}");
        }
    }
    for (attempt, one) in sat {
        let lines = store.lines(&attempt).await;
        assert_eq!(lines, one.lines, "all lines are there once");
        tally.compare(&one.witness, &lines);
    }
    tally.run(0);
    tally.tell();
}
