//! What was acknowledged is there, though the server was killed in the middle of taking more.

use std::{sync::mpsc, time::Duration};

use api::{AttemptState, AttemptStatus, JournalAck, Started};
use chrono::Utc;
use item::ItemId;

use crate::fixture::{Client, Device, Home, Program, SUBMITTED, answered, ok, place};

/// A device that keeps its journal over the deaths of the server.
struct Writer {
    token: String,
    device: Device,
    acknowledged: u64,
}

impl Writer {
    /// Sends what is not acknowledged yet, one line after another, until the server is gone; says when it has got going.
    fn stream(&mut self, client: &mut Client, going: &mpsc::Sender<()>) {
        for seq in self.acknowledged + 1.. {
            if seq > self.device.sitting().count() {
                let event = answered(&ItemId::at_position(1 + seq as usize % 10), &[["a", "b", "c"][seq as usize % 3]]);
                self.device.write(Utc::now(), &event);
            }
            let line = self.device.sitting().lines()[seq as usize - 1].clone();
            let upload = self.device.upload(seq, &[line]);
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
    let mut server = Program::serve(&home, "warn", &[]);
    let mut client = server.client();
    let admitted = client.admit(&code);
    let mut device = Device::new("laptop");
    client.start(&admitted, &mut device, &code);
    let binding = device.binding(&admitted.status.attempt, false);
    let mut writer = Writer { token: admitted.token, device, acknowledged: 0 };
    let begun: AttemptStatus = ok(client.get("/api/v1/attempt", &writer.token));

    for round in 1..=4_u64 {
        let (going, gone) = mpsc::channel();
        let streaming = std::thread::spawn(move || {
            writer.stream(&mut client, &going);
            writer
        });
        for _ in 0..15 * round {
            gone.recv_timeout(Duration::from_secs(20)).unwrap();
        }
        server.kill();
        writer = streaming.join().unwrap();
        assert!(writer.acknowledged >= 15 * round);

        server = Program::serve(&home, "warn", &[]);
        client = server.client();
        let status: AttemptStatus = ok(client.get("/api/v1/attempt", &writer.token));
        assert!(status.journal_count >= writer.acknowledged, "{} of {}", status.journal_count, writer.acknowledged);
        assert_eq!(status.started_at, begun.started_at);
        let again: Started = ok(client.post("/api/v1/attempt/start", &writer.token, &binding));
        assert_eq!(again.lines, writer.device.sitting().lines()[..status.journal_count as usize]);
        writer.acknowledged = status.journal_count;
    }

    writer.device.write(Utc::now(), &SUBMITTED);
    let sitting = writer.device.sitting();
    let upload = writer.device.upload(1, sitting.lines());
    let ack: JournalAck = ok(client.post("/api/v1/attempt/journal", &writer.token, &upload));
    assert_eq!((ack.count, ack.standing.state), (sitting.count(), AttemptState::Submitted));
    assert_eq!(ack.head, sitting.head());
}
