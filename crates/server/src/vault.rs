//! The vault's key: what keeps collected secrets while their Mac has no key of its own. A copy of the database without
//! this key tells nothing of them.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use trust::enrolment::SerialNumber;
use trust::id::OrganizationId;
use wire::collected::CollectedRef;
use wire::seal::{SealError, Sealed, SealingPrivateKey, SealingPublicKey, seal};
use zeroize::Zeroizing;

use crate::entropy::Entropy;

/// Readable by its owner only.
const PRIVATE: u32 = 0o600;

/// Bits of a file's mode that let others in.
const OTHERS: u32 = 0o077;

/// Why the vault's key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file cannot be read or made.
    #[error("use the vault's key in {}", file.display())]
    File {
        /// Where it is.
        file: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// Others than its owner can read the file.
    #[error("use the vault's key in {}: others can read the file; run chmod 600 on it", .0.display())]
    Readable(PathBuf),
    /// The file holds something else.
    #[error("use the vault's key in {}: the file does not hold a key of 32 bytes", .0.display())]
    NotAKey(PathBuf),
}

/// The vault's key.
pub struct Vault {
    key: SealingPrivateKey,
    public_key: SealingPublicKey,
}

impl Vault {
    /// The key in `file`, which is made with a fresh one when it is not there.
    pub(crate) fn open(file: &Path, entropy: &Entropy) -> Result<Self, VaultError> {
        let failed = |source| VaultError::File {
            file: file.to_owned(),
            source,
        };
        match read(file) {
            Ok(bytes) => {
                let mode = fs::metadata(file).map_err(failed)?.permissions().mode();
                if mode & OTHERS != 0 {
                    return Err(VaultError::Readable(file.to_owned()));
                }
                let key = SealingPrivateKey::from_bytes(&bytes);
                key.map(Self::of)
                    .map_err(|_| VaultError::NotAKey(file.to_owned()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = SealingPrivateKey::generate(&mut *entropy.lock());
                write(file, &key.to_bytes()).map_err(failed)?;
                tracing::info!(file = %file.display(), "vault key made");
                Ok(Self::of(key))
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn of(key: SealingPrivateKey) -> Self {
        let public_key = key.public_key();
        Self { key, public_key }
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
}

fn read(file: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    fs::read(file).map(Zeroizing::new)
}

/// Writes a new file, whole and on the disk before anything is sealed to the key in it.
fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(PRIVATE)
        .open(file)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    match file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;
    use trust::id::CollectionId;
    use trust::id::GenericUuid as _;

    use super::*;
    use crate::testing::SeededRng;

    fn entropy(seed: u64) -> Entropy {
        Entropy::from_rng(SeededRng::new(seed))
    }

    #[test]
    fn the_key_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.key");
        let made = Vault::open(&file, &entropy(1)).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, PRIVATE);
        assert_eq!(fs::read(&file).unwrap().len(), 32);
        let again = Vault::open(&file, &entropy(2)).unwrap();
        assert_eq!(again.public_key(), made.public_key());
    }

    #[test]
    fn a_file_that_others_can_read_or_that_holds_no_key_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.key");
        Vault::open(&file, &entropy(1)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            Vault::open(&file, &entropy(1)),
            Err(VaultError::Readable(_))
        ));
        fs::write(&file, b"short").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(PRIVATE)).unwrap();
        assert!(matches!(
            Vault::open(&file, &entropy(1)),
            Err(VaultError::NotAKey(_))
        ));
        let nowhere = folder.path().join("not there/vault.key");
        assert!(matches!(
            Vault::open(&nowhere, &entropy(1)),
            Err(VaultError::File { .. })
        ));
    }

    #[test]
    fn what_waits_opens_for_its_mac_and_attribute_only() {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::open(&folder.path().join("vault.key"), &entropy(1)).unwrap();
        let organization = OrganizationId::from_untyped_uuid(uuid::Uuid::from_u128(1));
        let (mac, other): (SerialNumber, SerialNumber) = ("C02A".parse().unwrap(), "C02B".parse().unwrap());
        let reference = |attribute: &str| CollectedRef {
            attribute: attribute.parse().unwrap(),
            collection_id: CollectionId::from_untyped_uuid(uuid::Uuid::from_u128(2)),
        };
        let password = reference("password");
        let secret = SecretString::from("orchid");
        let sealed = vault
            .seal(&secret, &password, organization, &mac, &entropy(3))
            .unwrap();
        let opened = vault.open_sealed(&sealed, &password, organization, &mac).unwrap();
        assert_eq!(opened.expose_secret(), "orchid");
        assert!(
            vault
                .open_sealed(&sealed, &password, organization, &other)
                .is_err()
        );
        assert!(
            vault
                .open_sealed(&sealed, &reference("pin"), organization, &mac)
                .is_err()
        );
    }
}
