//! The vault. Its sealing key opens what agents escrow, and keeps collected secrets while their Mac has no key of its own;
//! [`DataKeys`] encrypts what is escrowed. A copy of the database without the key files tells nothing of either.

mod data_keys;
mod envelope;
mod escrow_certificate;
mod escrow_keys;
pub(crate) mod key_file;
mod rewrap;
#[cfg(test)]
mod tests;

pub(crate) use data_keys::{DataKeys, WrapError};
pub(crate) use envelope::{Bound, OfPerson, decrypt, encrypt, open};
pub(crate) use escrow_certificate::EscrowCertificate;
pub(crate) use escrow_keys::EscrowKeys;
pub use key_file::VaultError;
pub use rewrap::{RewrapError, Rewrapped, rewrap_escrow};

use std::path::Path;

use secrecy::SecretString;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;
use wire::collected::CollectedRef;
use wire::seal::{SealError, Sealed, SealingPrivateKey, SealingPublicKey, seal};

use crate::entropy::Entropy;

/// The vault's key.
pub struct Vault {
    key: SealingPrivateKey,
    public_key: SealingPublicKey,
    offline_key: Option<SealingPublicKey>,
}

impl Vault {
    /// The key in `file`, which is made with a fresh one when it is not there.
    pub(crate) fn open(file: &Path, entropy: &Entropy) -> Result<Self, VaultError> {
        if let Some(bytes) = key_file::read(file)? {
            let key = SealingPrivateKey::from_bytes(&bytes);
            return key
                .map(Self::of)
                .map_err(|_| VaultError::NotAKey(file.to_owned()));
        }
        let key = SealingPrivateKey::generate(&mut *entropy.lock());
        key_file::write_new(file, &key.to_bytes())?;
        tracing::info!(file = %file.display(), "vault key made");
        Ok(Self::of(key))
    }

    fn of(key: SealingPrivateKey) -> Self {
        let public_key = key.public_key();
        Self {
            key,
            public_key,
            offline_key: None,
        }
    }

    /// The same vault, which seals recovery keys to the organisation's offline key.
    pub(crate) fn sealing_to(mut self, offline_key: Option<SealingPublicKey>) -> Self {
        self.offline_key = offline_key;
        self
    }

    /// The organisation's offline key, when recovery keys are sealed to it.
    pub(crate) fn offline_key(&self) -> Option<&SealingPublicKey> {
        self.offline_key.as_ref()
    }

    /// The public half: what waits is sealed to it.
    pub(crate) fn public_key(&self) -> &SealingPublicKey {
        &self.public_key
    }

    /// Seals a secret that waits for the Mac of this serial number.
    pub(crate) fn seal(
        &self,
        secret: &SecretString,
        reference: &CollectedRef,
        organization_id: OrganizationId,
        serial_number: &SerialNumber,
        entropy: &Entropy,
    ) -> Result<Sealed, SealError> {
        let bound_to = reference.associated_data_in_vault(organization_id, serial_number);
        seal(&self.public_key, secret, &bound_to, &mut *entropy.lock())
    }

    /// Opens what [`seal`](Self::seal) made.
    pub(crate) fn open_sealed(
        &self,
        sealed: &Sealed,
        reference: &CollectedRef,
        organization_id: OrganizationId,
        serial_number: &SerialNumber,
    ) -> Result<SecretString, SealError> {
        let bound_to = reference.associated_data_in_vault(organization_id, serial_number);
        self.key.open(sealed, &bound_to)
    }

    /// Opens what an agent sealed to [`public_key`](Self::public_key), bound to `bound_to`.
    pub(crate) fn open_escrowed(&self, sealed: &Sealed, bound_to: &[u8]) -> Result<SecretString, SealError> {
        self.key.open(sealed, bound_to)
    }
}
