//! Making a client: no token in clear over a network, and no certificate that nobody vouches for.

use std::net::IpAddr;
use std::path::Path;

use anyhow::Context as _;
use reqwest::{Certificate, Url};
use secrecy::SecretString;

use super::transport::{Client, Patience};
use crate::exit::Failure;

/// A client for `server`, with the usual patience, that trusts what this computer trusts.
#[cfg(feature = "demo")]
pub fn connect(server: Url, token: SecretString) -> Result<Client, Failure> {
    connect_with(server, token, None, Patience::default())
}

/// A client for `server`. A token travels in clear over the loopback interface only.
pub(super) fn connect_with(
    server: Url,
    token: SecretString,
    ca_file: Option<&Path>,
    patience: Patience,
) -> Result<Client, Failure> {
    let is_loopback = names_loopback(&server);
    if server.scheme() != "https" && !is_loopback {
        return Err(Failure::usage(format!(
            "{server} has no TLS, so anybody on the way could read the token. Use https; http is for this computer alone.",
        )));
    }
    // Only the first call in a program installs it; the others find it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut http = reqwest::Client::builder()
        .connect_timeout(patience.connect)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bestow/", env!("CARGO_PKG_VERSION")));
    if is_loopback {
        http = http.no_proxy();
    }
    if server.scheme() == "http" {
        // No certificate is ever asked for, so the computer need not have any authorities installed.
        http = http.tls_certs_only([]);
    } else if let Some(file) = ca_file {
        http = http.tls_certs_only(authorities(file)?);
    }
    let http = http.build().context("set up the HTTP client")?;
    Ok(Client::new(http, server, token, patience))
}

fn names_loopback(server: &Url) -> bool {
    let host = server.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn authorities(file: &Path) -> Result<Vec<Certificate>, Failure> {
    let refuse = |why: &dyn std::fmt::Display| {
        Failure::usage(format!(
            "The file of certificate authorities {} cannot be used: {why}. --ca-file or BESTOW_CA_FILE names a PEM file \
             with at least one certificate.",
            file.display()
        ))
    };
    let pem = std::fs::read(file).map_err(|error| refuse(&error))?;
    let authorities = Certificate::from_pem_bundle(&pem).map_err(|error| refuse(&error))?;
    match authorities.is_empty() {
        true => Err(refuse(&"it holds no certificate")),
        false => Ok(authorities),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(server: &str) -> String {
        let token = SecretString::from("t");
        let server = server.parse().unwrap();
        match connect_with(server, token, None, Patience::default()) {
            Err(failure) => failure.to_string(),
            Ok(_) => "taken".to_owned(),
        }
    }

    #[test]
    fn a_token_goes_in_clear_to_this_computer_only() {
        for server in [
            "http://127.0.0.1:8080",
            "http://[::1]:8080",
            "http://localhost:8080",
        ] {
            assert_eq!(refused(server), "taken", "{server}");
        }
        for server in [
            "http://bestow.example.com",
            "http://10.0.0.1",
            "http://localhost.example.com",
        ] {
            assert!(refused(server).contains("has no TLS"), "{server}");
        }
    }

    #[test]
    fn a_file_without_authorities_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let failure = authorities(file.path()).unwrap_err();
        assert!(failure.to_string().contains("no certificate"), "{failure}");
    }
}
