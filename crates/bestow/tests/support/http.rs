//! Plain requests, byte for byte, as any program may send them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// An answer with its head.
pub struct Raw(pub Vec<u8>);

impl Raw {
    /// The answer of the server at `address` to `method` `path` with these header lines and this body.
    pub fn ask(address: &str, method: &str, path: &str, headers: &[String], body: &str) -> Self {
        let mut connection = TcpStream::connect(address).unwrap();
        let more: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
        let length = body.len();
        write!(
            connection,
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{more}content-length: {length}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 "), "{path} was not answered");
        Self(answer)
    }

    /// As text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.text().split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// The cookie that the answer sets, as a header line for the next request.
    pub fn cookie(&self) -> Option<String> {
        let text = self.text();
        let set = text.lines().find_map(|line| line.strip_prefix("set-cookie: "))?;
        Some(format!("cookie: {}", set.split(';').next().unwrap()))
    }
}
