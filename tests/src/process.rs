//! Child processes that end with the test, and ports that are free.

use std::{
    io,
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::Child,
    time::{Duration, Instant},
};

/// A child that is killed when it is dropped.
pub(crate) struct Killed(pub(crate) Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap().port()
}

/// Waits until something listens on a port of this machine.
pub(crate) fn wait_for_port(port: u16) {
    let until = Instant::now() + Duration::from_secs(30);
    let mut last = io::Error::other("not tried");
    while Instant::now() < until {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => return,
            Err(error) => last = error,
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("nothing listens on port {port} after 30 s: {last}");
}
