//! Why a server is not reached, and what to do about it.

use std::error::Error;
use std::io;

use rustls::CertificateError;

/// The innermost cause, which says what is wrong, where the layers above it just say that something is; and what to do
/// about it, where that is known.
pub(super) fn explained(error: &reqwest::Error, address: &str) -> String {
    let cause = layers(error).last().map_or_else(String::new, ToString::to_string);
    match advice(error, address) {
        Some(advice) => format!("{cause}. {advice}"),
        None => cause,
    }
}

fn advice(error: &reqwest::Error, address: &str) -> Option<&'static str> {
    let has_tls = address.starts_with("https:");
    for layer in layers(error) {
        if let Some(tls) = layer.downcast_ref::<rustls::Error>() {
            return Some(tls_advice(tls));
        }
        let connection = layer.downcast_ref::<io::Error>().map(io::Error::kind);
        if connection == Some(io::ErrorKind::ConnectionRefused) {
            return Some("Nothing listens there. Is the server running, and are name and port right?");
        }
    }
    if !has_tls && !error.is_connect() {
        return Some(
            "Something took the connection and did not answer. If the server speaks TLS, write https://.",
        );
    }
    error
        .is_connect()
        .then_some("Are name and port right, and is the network up?")
}

fn tls_advice(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidMessage(_) => {
            "What answers there does not speak TLS. A server without TLS on this computer is reached by http://."
        }
        rustls::Error::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "The server's certificate is for another name. Use the name that stands in the certificate.",
        rustls::Error::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "The server's certificate has run out. Its operator must renew it.",
        rustls::Error::InvalidCertificate(_) => {
            "This computer trusts no authority that vouches for the server's certificate. Name the authority's \
             certificate with --ca-file."
        }
        _ => "No secure connection came about. Is it the server's address?",
    }
}

/// The error and everything below it. An input/output error hides what it wraps from the usual way down.
fn layers(error: &reqwest::Error) -> Vec<&(dyn Error + 'static)> {
    let mut layers: Vec<&(dyn Error + 'static)> = Vec::new();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(layer) = next {
        layers.push(layer);
        let wrapped = layer.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => layer.source(),
        };
    }
    layers
}
