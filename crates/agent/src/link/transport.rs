//! How the server is reached: TLS under certificate authorities of the organisation's own, or plain HTTP on loopback.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Why the server cannot be talked to at all.
#[derive(Debug, thiserror::Error)]
pub enum TransportError {
    /// The address is not a URL.
    #[error("read server address {0:?}: it is not an http or https URL")]
    BadAddress(String),
    /// Plain HTTP would cross a network.
    #[error(
        "use server address {0}: plain HTTP is spoken to this machine itself only; use https and the server's certificate authority"
    )]
    PlainHttp(String),
    /// TLS without anything to trust.
    #[error("use server address {0}: give the certificate authority that vouches for the server")]
    NoAuthority(String),
    /// The authorities are unusable.
    #[error("read certificate authorities: no usable PEM certificate in them")]
    BadAuthority,
    /// The client could not be made.
    #[error("set up the HTTP client")]
    Client(#[source] reqwest::Error),
}

/// A client for `server` that trusts `authorities` (PEM) and nobody else.
pub fn http_client(
    server: &str,
    authorities: Option<&str>,
) -> Result<(Url, reqwest::Client), TransportError> {
    let url = Url::parse(server).map_err(|_| TransportError::BadAddress(server.to_owned()))?;
    let mut roots = rustls::RootCertStore::empty();
    match (url.scheme(), authorities) {
        ("http", _) if is_loopback(&url) => {}
        ("http", _) => return Err(TransportError::PlainHttp(server.to_owned())),
        ("https", None) => return Err(TransportError::NoAuthority(server.to_owned())),
        ("https", Some(pem)) => {
            for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
                let certificate = certificate.map_err(|_| TransportError::BadAuthority)?;
                roots.add(certificate).map_err(|_| TransportError::BadAuthority)?;
            }
            if roots.is_empty() {
                return Err(TransportError::BadAuthority);
            }
        }
        _ => return Err(TransportError::BadAddress(server.to_owned())),
    }
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| TransportError::BadAuthority)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .connect_timeout(CONNECT)
        // While the agent waits for a ring it may have to say something: that connection is not kept beside the other.
        .pool_max_idle_per_host(1)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("bestow-agent/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(TransportError::Client)?;
    Ok((url, client))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for server in ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:9"] {
            assert!(http_client(server, None).is_ok(), "{server}");
        }
        for server in [
            "http://bestow.example.org",
            "http://10.0.0.7",
            "http://127.0.0.1.example.org",
        ] {
            assert!(
                matches!(http_client(server, None), Err(TransportError::PlainHttp(_))),
                "{server}"
            );
        }
    }

    #[test]
    fn tls_needs_somebody_to_trust() {
        let server = "https://bestow.example.org";
        assert!(matches!(
            http_client(server, None),
            Err(TransportError::NoAuthority(_))
        ));
        assert!(matches!(
            http_client(server, Some("no pem")),
            Err(TransportError::BadAuthority)
        ));
        assert!(matches!(
            http_client("ftp://x", None),
            Err(TransportError::BadAddress(_))
        ));
    }
}
