//! The vault: its sealing key here, what encrypts what is escrowed below.

mod escrow_keys;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use secrecy::ExposeSecret as _;
use trust::id::CollectionId;
use trust::id::GenericUuid as _;

use super::key_file::PRIVATE;
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
