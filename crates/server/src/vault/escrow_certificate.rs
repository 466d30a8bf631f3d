//! The certificate of the escrow profile, and its key: macOS encrypts each recovery key to it. Both stand in one file, in PEM,
//! which is made when the certificate is first asked for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use cms_kit::{OpenError, Recipient};
use secrecy::SecretString;
use tokio::sync::OnceCell;
use trust::time::Timestamp;

use super::key_file::{self, VaultError};
use crate::entropy::Entropy;

/// What the certificate is called, where macOS shows it.
const NAME: &str = "Bestow recovery keys";

/// How long it holds: longer than a Mac. macOS need not be told of another one meanwhile.
const HOLDS_FOR: Duration = Duration::from_hours(20 * 365 * 24);

/// The certificate with its key.
pub(crate) struct EscrowCertificate {
    file: PathBuf,
    entropy: Arc<Entropy>,
    recipient: OnceCell<Arc<Recipient>>,
}

impl EscrowCertificate {
    /// What is in `file`, when it is there.
    pub(crate) fn open(file: &Path, entropy: Entropy) -> Result<Self, VaultError> {
        let recipient = read(file)?.map(Arc::new);
        Ok(Self {
            file: file.to_owned(),
            entropy: Arc::new(entropy),
            recipient: OnceCell::new_with(recipient),
        })
    }

    /// The certificate in DER. It is made now when it was never asked for.
    pub(crate) async fn certificate(&self, now: Timestamp) -> Result<Vec<u8>, VaultError> {
        let recipient = self.recipient.get_or_try_init(|| self.make(now)).await?;
        recipient.certificate().map_err(|_| self.broken())
    }

    /// Opens what was encrypted to the certificate: the text in it.
    pub(crate) fn open_message(&self, message: &[u8]) -> Result<SecretString, OpenError> {
        let recipient = self.recipient.get().ok_or(OpenError::NotForUs)?;
        let content = cms_kit::open(recipient, message, &mut **self.entropy.lock())?;
        let text = std::str::from_utf8(&content).map_err(|_| OpenError::DoesNotOpen)?;
        Ok(SecretString::from(text))
    }

    /// Looks for large primes, away from those who serve requests.
    async fn make(&self, now: Timestamp) -> Result<Arc<Recipient>, VaultError> {
        let (file, entropy) = (self.file.clone(), Arc::clone(&self.entropy));
        let made = tokio::task::spawn_blocking(move || make(&file, now, &entropy));
        made.await.map_err(|_| self.broken())?.map(Arc::new)
    }

    fn broken(&self) -> VaultError {
        VaultError::NotACertificate(self.file.clone())
    }
}

fn make(file: &Path, now: Timestamp, entropy: &Entropy) -> Result<Recipient, VaultError> {
    // Another server on the same file may have made it meanwhile.
    if let Some(recipient) = read(file)? {
        return Ok(recipient);
    }
    let broken = || VaultError::NotACertificate(file.to_owned());
    let from = Duration::from_millis(u64::try_from(now.as_millis()).unwrap_or_default());
    let recipient = Recipient::make(NAME, (from, from + HOLDS_FOR), &mut **entropy.lock());
    let recipient = recipient.map_err(|_| broken())?;
    let text = recipient.to_pem().map_err(|_| broken())?;
    key_file::write_new(file, text.as_bytes())?;
    tracing::info!(file = %file.display(), "certificate of the escrow profile made");
    Ok(recipient)
}

fn read(file: &Path) -> Result<Option<Recipient>, VaultError> {
    let Some(bytes) = key_file::read(file)? else {
        return Ok(None);
    };
    let broken = || VaultError::NotACertificate(file.to_owned());
    let text = std::str::from_utf8(&bytes).map_err(|_| broken())?;
    Recipient::from_pem(text).map(Some).map_err(|_| broken())
}
