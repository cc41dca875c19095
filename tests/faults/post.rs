//! Response files handed to a server over the network, as bytes on a connection: so that many can come at once and any can be
//! cut off.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// Posts a response file to the server at this address; status and answer, or nothing if the server went before it answered.
pub(crate) fn response_file(address: &str, file: &[u8]) -> Option<(u16, Value)> {
    let authority = address.strip_prefix("http://").unwrap();
    let mut connection = TcpStream::connect(authority).ok()?;
    connection.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let head = format!(
        "POST /api/v1/responses HTTP/1.1\r\nhost: {authority}\r\ncontent-type: application/octet-stream\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        file.len()
    );
    connection.write_all(head.as_bytes()).ok()?;
    connection.write_all(file).ok()?;
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8(answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some((status, serde_json::from_str(body).ok()?))
}
