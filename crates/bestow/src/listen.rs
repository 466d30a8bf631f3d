//! Where a server listens, as it is written in a configuration or on the command line.

use std::net::{IpAddr, SocketAddr};

/// Reads an address with its port.
pub fn listen_address(text: &str) -> Result<SocketAddr, String> {
    let text = text.trim();
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let example = match (text.parse::<u16>(), text.parse::<IpAddr>(), text.rsplit_once(':')) {
        (Ok(port), ..) => format!("127.0.0.1:{port}"),
        (_, Ok(address), _) => SocketAddr::new(address, 8420).to_string(),
        (_, _, Some(("localhost", port))) => format!("127.0.0.1:{port}"),
        _ => "127.0.0.1:8420".to_owned(),
    };
    Err(format!(
        "it takes an address in numbers and a port, such as {example}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_shown_in_an_example() {
        assert_eq!(listen_address("[::1]:9000").unwrap().port(), 9000);
        for (text, example) in [
            ("9000", "127.0.0.1:9000"),
            ("10.0.0.1", "10.0.0.1:8420"),
            ("::1", "[::1]:8420"),
            ("localhost:9000", "127.0.0.1:9000"),
            ("somewhere", "127.0.0.1:8420"),
        ] {
            assert!(listen_address(text).unwrap_err().ends_with(example), "{text}");
        }
    }
}
