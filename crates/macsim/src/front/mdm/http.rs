//! One request over HTTP, which is all that is needed: `PUT`, an answer, and the connection is closed. Simulated Macs speak to
//! servers on the same machine, so that there is no TLS here; a real Mac speaks nothing else.

use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Puts a signed body. Answers the status and what came with it.
pub(super) fn put(url: &str, signature: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let unusable = |why: &str| io::Error::new(io::ErrorKind::InvalidInput, why.to_owned());
    let rest = url
        .strip_prefix("http://")
        .ok_or_else(|| unusable("simulated Macs speak plain HTTP to servers on the same machine"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let content_type = if path.contains("check-in") {
        "application/x-apple-aspen-mdm-checkin"
    } else {
        "application/x-apple-aspen-mdm"
    };
    let head = format!(
        "PUT /{path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: MDM-OSX/1.0 mdmclient/2002\r\nContent-Type: {content_type}\r\n\
         Mdm-Signature: {signature}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = Vec::new();
    stream.take(LONGEST).read_to_end(&mut answer)?;
    read(&answer).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "this is no answer of HTTP"))
}

/// The status of an answer, and its body.
fn read(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).ok()?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = &answer[end + 4..];
    let is_chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    Some((status, if is_chunked { joined(body)? } else { body.to_vec() }))
}

/// A body that came in chunks.
fn joined(mut chunks: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = chunks.windows(2).position(|window| window == b"\r\n")?;
        let length = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).ok()?.trim(), 16).ok()?;
        let chunk = chunks.get(end + 2..end + 2 + length)?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(chunk);
        chunks = chunks.get(end + 4 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_both_forms_are_read() {
        let told = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab";
        assert_eq!(read(told), Some((200, b"ab".to_vec())));
        let chunked =
            b"HTTP/1.1 400 Bad Request\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n";
        assert_eq!(read(chunked), Some((400, b"abc".to_vec())));
        assert_eq!(read(b"HTTP/1.1 200 OK\r\n"), None);
    }
}
