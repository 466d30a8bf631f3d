//! TLS by rustls, with `ring` as its cryptographic provider.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{InconsistentKeys, ServerConfig};

use crate::config::TlsFiles;

/// Why the server cannot speak TLS.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file could not be read, or holds something else.
    #[error("the {what} {} cannot be used: {why}", .path.display())]
    File {
        /// What it holds.
        what: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why not, in words.
        why: String,
    },
    /// Certificate and key do not make a TLS server.
    #[error("the certificate {} cannot be used with the key {}: {why}", .files.certificate.display(), .files.key.display())]
    Pair {
        /// The files.
        files: TlsFiles,
        /// Why not, in words.
        why: String,
    },
}

/// Why a file cannot be used, in words that a person can do something about.
fn why_not(error: &pem::Error, nothing: &str) -> String {
    match error {
        pem::Error::NoItemsFound => nothing.to_owned(),
        pem::Error::Io(error) if error.kind() == io::ErrorKind::NotFound => {
            "there is no such file".to_owned()
        }
        pem::Error::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            "the server may not read it".to_owned()
        }
        pem::Error::Io(error) => error.to_string(),
        other => format!("it is no PEM file ({other})"),
    }
}

/// What a TLS server needs, read from its files.
pub(crate) fn configure(files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
    let no_certificate = "it holds no certificate in PEM";
    let unreadable = |error: pem::Error| TlsError::File {
        what: "certificate",
        path: files.certificate.clone(),
        why: why_not(&error, no_certificate),
    };
    let certificates = CertificateDer::pem_file_iter(&files.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(unreadable)?;
    if certificates.is_empty() {
        return Err(unreadable(pem::Error::NoItemsFound));
    }
    let key = PrivateKeyDer::from_pem_file(&files.key).map_err(|error| TlsError::File {
        what: "key",
        path: files.key.clone(),
        why: why_not(&error, "it holds no private key in PEM"),
    })?;
    let unusable = |error: rustls::Error| TlsError::Pair {
        files: files.clone(),
        why: match error {
            rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                "they do not belong together; the chain begins with the server's own certificate".to_owned()
            }
            other => other.to_string(),
        },
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_no_client_auth()
        .with_single_cert(certificates, key)
        .map_err(unusable)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
