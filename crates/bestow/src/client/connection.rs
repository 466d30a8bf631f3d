//! Where the server is, and who we are to it: options, environment and `demo.json`.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use reqwest::{Certificate, Url};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::transport::{Client, Patience};
#[cfg(feature = "demo")]
use crate::demo_file::DemoFile;
use crate::exit::Failure;

const TOKEN_VARIABLE: &str = "BESTOW_TOKEN";

/// Where the server is and which token to show it. A token is never an argument: other people on this computer could
/// read it there.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Server")]
pub struct ConnectionArgs {
    /// Address of the server, such as `https://bestow.example.com`
    #[arg(long, global = true, value_name = "URL", env = "BESTOW_SERVER")]
    pub server: Option<Url>,
    /// File that holds the API token; without it the variable BESTOW_TOKEN does
    #[arg(long, global = true, value_name = "FILE", env = "BESTOW_TOKEN_FILE")]
    pub token_file: Option<PathBuf>,
    /// Trust only the certificate authorities in this PEM file
    #[arg(long, global = true, value_name = "FILE", env = "BESTOW_CA_FILE")]
    pub ca_file: Option<PathBuf>,
    /// Take address and token from the demo.json in this folder
    #[cfg(feature = "demo")]
    #[arg(long, global = true, value_name = "DIR", env = "BESTOW_DEMO", conflicts_with_all = ["server", "token_file"])]
    pub demo: Option<PathBuf>,
}

impl ConnectionArgs {
    /// The client for this server.
    pub fn client(&self) -> Result<Client, Failure> {
        let (server, token) = match self.demo_file()? {
            Some(known) => known,
            None => (self.server()?, self.token()?),
        };
        connect_with(server, token, self.ca_file.as_deref(), Patience::default())
    }

    #[cfg(feature = "demo")]
    fn demo_file(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        let read = |folder: &PathBuf| DemoFile::read(folder)?.connection();
        self.demo.as_ref().map(read).transpose()
    }

    #[cfg(not(feature = "demo"))]
    fn demo_file(&self) -> Result<Option<(Url, SecretString)>, Failure> {
        Ok(None)
    }

    fn server(&self) -> Result<Url, Failure> {
        self.server.clone().ok_or_else(|| {
            Failure::usage("No server is named. Give its address with --server or BESTOW_SERVER.")
        })
    }

    fn token(&self) -> Result<SecretString, Failure> {
        let text = match &self.token_file {
            Some(file) => {
                let text =
                    std::fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
                Zeroizing::new(text)
            }
            None => Zeroizing::new(std::env::var(TOKEN_VARIABLE).map_err(|_| {
                Failure::usage(
                    "No API token is given. Name a file that holds it with --token-file, or set BESTOW_TOKEN.",
                )
            })?),
        };
        match text.trim() {
            "" => Err(Failure::usage("The API token is empty.")),
            token => Ok(SecretString::from(token)),
        }
    }
}

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
    match server.scheme() {
        "https" => {}
        "http" if is_loopback => {}
        "http" => {
            return Err(Failure::usage(format!(
                "{server} has no TLS, so anybody on the way could read the token. Use https; http is for this computer alone.",
            )));
        }
        scheme => {
            return Err(Failure::usage(format!(
                "{scheme}: is no address of a server; use https."
            )));
        }
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
    let pem = std::fs::read(file).with_context(|| format!("read {}", file.display()))?;
    let authorities =
        Certificate::from_pem_bundle(&pem).with_context(|| format!("read {}", file.display()))?;
    if authorities.is_empty() {
        return Err(anyhow!("read {}: it holds no certificate", file.display()).into());
    }
    Ok(authorities)
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
        assert!(refused("ftp://127.0.0.1").contains("use https"));
    }

    #[test]
    fn a_file_without_authorities_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let failure = authorities(file.path()).unwrap_err();
        assert!(failure.to_string().contains("no certificate"), "{failure}");
    }
}
