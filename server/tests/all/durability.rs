//! What was acknowledged is there, though the server was killed in the middle of taking more.

use std::{sync::mpsc, time::Duration};

use api::{Admitted, AttemptState, AttemptStatus, JournalAck, JournalUpload, Started};
use item::{ItemId, Response};
use serde_json::json;
use sitting::{Event, Nonce, Sitting, Stamp, SubmitReason};

use crate::fixture::{Client, Home, Program, ok, place};

/// The name that the device gave itself.
const DEVICE: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

/// A device that keeps its journal over the deaths of the server.
struct Device {
    token: String,
    sitting: Sitting,
    acknowledged: u64,
}

impl Device {
    fn next(&mut self, event: &Event) -> String {
        let count = self.sitting.count();
        let mut nonce = Nonce::default();
        nonce[..8].copy_from_slice(&count.to_be_bytes());
        let at = Stamp { boot: "b".into(), mono_ms: count, wall_ms: count };
        let line = self.sitting.prepare(event, &at, nonce).unwrap();
        self.sitting.accept(&line).unwrap();
        line
    }

    /// Sends what is not acknowledged yet, one line after another, until the server is gone; says when it has got going.
    fn stream(&mut self, client: &mut Client, going: &mpsc::Sender<()>) {
        for seq in self.acknowledged + 1.. {
            if seq > self.sitting.count() {
                let response = Response::new([["a", "b", "c"][seq as usize % 3]]);
                self.next(&Event::Answered { item: ItemId::at_position(1 + seq as usize % 10), response });
            }
            let lines = vec![self.sitting.lines()[seq as usize - 1].clone()];
            let upload = JournalUpload { device: DEVICE.into(), from: seq, lines };
            let Ok(answer) = client.post("/api/v1/attempt/journal", &self.token, &upload) else { return };
            self.acknowledged = ok::<JournalAck>(Ok(answer)).count;
            assert_eq!(self.acknowledged, seq);
            let _ = going.send(());
        }
    }
}

#[tokio::test]
async fn a_server_that_is_killed_while_lines_stream_in_has_every_line_it_acknowledged() {
    let home = Home::new();
    let code = home.schedule(&[place("c", "Alex Sample", "Sample")]).await.remove(0);
    let server = Program::serve(&home, "warn", &[]);
    let mut client = server.client();
    let admitted: Admitted = ok(client.post("/api/v1/attempts/admit", "", &json!({ "code": code })));
    let token = admitted.token;
    let start = json!({ "device": DEVICE });
    let started: Started = ok(client.post("/api/v1/attempt/start", &token, &start));
    let form = started.manifest.form_digest.clone();
    let mut device = Device { token, sitting: Sitting::new(started.manifest).unwrap(), acknowledged: 0 };
    device.next(&Event::Opened { form });

    let mut server = server;
    for round in 1..=4_u64 {
        let (going, gone) = mpsc::channel();
        let streaming = std::thread::spawn(move || {
            device.stream(&mut client, &going);
            device
        });
        for _ in 0..15 * round {
            gone.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        server.kill();
        device = streaming.join().unwrap();
        assert!(device.acknowledged >= 15 * round);

        server = Program::serve(&home, "warn", &[]);
        client = server.client();
        let status: AttemptStatus = ok(client.get("/api/v1/attempt", &device.token));
        assert!(status.journal_count >= device.acknowledged, "{} of {}", status.journal_count, device.acknowledged);
        let again: Started = ok(client.post("/api/v1/attempt/start", &device.token, &start));
        assert_eq!(again.lines, device.sitting.lines()[..status.journal_count as usize]);
        assert_eq!(again.started_at, started.started_at);
        device.acknowledged = status.journal_count;
    }

    device.next(&Event::Submitted { reason: SubmitReason::Candidate });
    let upload = JournalUpload { device: DEVICE.into(), from: 1, lines: device.sitting.lines().to_vec() };
    let ack: JournalAck = ok(client.post("/api/v1/attempt/journal", &device.token, &upload));
    assert_eq!((ack.count, ack.state), (device.sitting.count(), AttemptState::Submitted));
    assert_eq!(ack.head, device.sitting.head());
}
