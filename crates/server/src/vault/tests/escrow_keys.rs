//! Secrets under data keys, and data keys under the keys of a file.

use std::path::PathBuf;

use newtype_uuid::GenericUuid as _;
use secrecy::ExposeSecret as _;
use store::Store;
use store::escrow::{Appended, KeptSecret, Line, NewMessage, NewSecret, Told};
use tempfile::TempDir;
use trust::escrow::{EscrowKind, Origin};
use trust::id::{DeviceId, EscrowMessageId};
use uuid::Uuid;

use super::super::envelope::Context as _;
use super::super::rewrap::{RewrapError, rewrap};
use super::*;
use crate::testing::{FakeMac, TestApp, healthy_mac};

struct Keys {
    folder: TempDir,
    keys: EscrowKeys,
}

impl Keys {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = EscrowKeys::open(&folder.path().join("escrow.keys"), 0, entropy(5)).unwrap();
        Self { folder, keys }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("escrow.keys")
    }
}

fn bound(message: u128) -> Bound<'static> {
    Bound {
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(1)),
        serial_number: "C02A",
        kind: EscrowKind::PersonalRecoveryKey,
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(2)),
        message_id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(message)),
    }
}

async fn kept(keys: &EscrowKeys, text: &str, bound: &Bound<'_>) -> KeptSecret {
    let secret = SecretString::from(text);
    // Another secret gets another data key.
    let seed = u64::try_from(text.len()).unwrap();
    let (ciphertext, data_key) = encrypt(&secret, bound, keys, &entropy(seed)).await.unwrap();
    KeptSecret {
        device_id: bound.device_id,
        message_id: bound.message_id,
        ciphertext,
        data_key,
    }
}

#[tokio::test]
async fn a_secret_opens_in_its_own_place_only() {
    let world = Keys::new();
    let kept_secret = kept(&world.keys, "orchid", &bound(3)).await;
    let opened = decrypt(&kept_secret, &bound(3), &world.keys).await.unwrap();
    assert_eq!(opened.expose_secret(), "orchid");
    assert!(decrypt(&kept_secret, &bound(4), &world.keys).await.is_err());
    let other_mac = Bound {
        serial_number: "C02B",
        ..bound(3)
    };
    assert!(decrypt(&kept_secret, &other_mac, &world.keys).await.is_err());
    let other = kept(&world.keys, "lupin", &bound(3)).await;
    let mixed = KeptSecret {
        data_key: other.data_key,
        ..kept_secret.clone()
    };
    assert!(decrypt(&mixed, &bound(3), &world.keys).await.is_err());
    for place in 0..kept_secret.ciphertext.len() {
        let mut changed = kept_secret.clone();
        changed.ciphertext[place] ^= 1;
        assert!(
            decrypt(&changed, &bound(3), &world.keys).await.is_err(),
            "byte {place}"
        );
    }
}

#[tokio::test]
async fn a_key_that_is_gone_is_named_and_one_that_was_added_counts_at_once() {
    let world = Keys::new();
    let before = kept(&world.keys, "orchid", &bound(3)).await;
    world.keys.add().unwrap();
    let after = kept(&world.keys, "lupin", &bound(4)).await;
    assert_ne!(before.data_key.wrapping_key, after.data_key.wrapping_key);
    for (kept_secret, message, text) in [(&before, 3, "orchid"), (&after, 4, "lupin")] {
        let opened = decrypt(kept_secret, &bound(message), &world.keys).await.unwrap();
        assert_eq!(opened.expose_secret(), text);
    }
    let newest = fs::read_to_string(world.file()).unwrap();
    let newest = newest.lines().next().unwrap().to_owned();
    fs::write(world.file(), newest).unwrap();
    let missing = decrypt(&before, &bound(3), &world.keys).await;
    assert!(matches!(missing, Err(WrapError::NoSuchKey(id)) if id == before.data_key.wrapping_key));
}

#[test]
fn a_file_of_keys_that_others_can_read_or_that_holds_none_is_refused() {
    let world = Keys::new();
    fs::set_permissions(world.file(), fs::Permissions::from_mode(0o644)).unwrap();
    let readable = EscrowKeys::open(&world.file(), 1, entropy(1));
    assert!(matches!(readable, Err(VaultError::Readable(_))));
    fs::set_permissions(world.file(), fs::Permissions::from_mode(PRIVATE)).unwrap();
    for text in ["", "\n", "c2hvcnQ", "not base64!"] {
        fs::write(world.file(), text).unwrap();
        let none = EscrowKeys::open(&world.file(), 1, entropy(1));
        assert!(matches!(none, Err(VaultError::NotAKey(_))), "{text:?}");
    }
}

#[test]
fn a_file_that_is_gone_is_not_made_anew_where_secrets_need_it() {
    let world = Keys::new();
    fs::remove_file(world.file()).unwrap();
    let gone = EscrowKeys::open(&world.file(), 1, entropy(1));
    assert!(matches!(gone, Err(VaultError::NotThere { needed_by: 1, .. })));
    assert!(!world.file().exists());
}

/// A store with three versions of one Mac's key, wrapped by the only key of a file.
async fn three_versions() -> (TestApp, Keys, Vec<(Line<'static>, Bound<'static>)>) {
    let app = TestApp::start().await;
    let mac = app.enrolled(FakeMac::new(1, healthy_mac())).await;
    let device = store::device::find(&app.app.store, mac.id())
        .await
        .unwrap()
        .unwrap();
    let world = Keys::new();
    let line = Line {
        organization_id: device.organization_id,
        serial_number: "C02A",
        kind: EscrowKind::PersonalRecoveryKey,
    };
    let mut bounds = Vec::new();
    for number in 1..=3 {
        let bound = Bound {
            organization_id: device.organization_id,
            device_id: device.id,
            ..bound(number)
        };
        let secret = kept(&world.keys, &format!("secret {number}"), &bound).await;
        let new = NewMessage {
            line,
            device_id: device.id,
            id: bound.message_id,
            told: Told::Secret(NewSecret {
                origin: Origin::Rotation,
                proved_at: None,
                ciphertext: secret.ciphertext,
                data_key: secret.data_key,
            }),
            at: app.app.now(),
        };
        let kept = store::escrow::append(&app.app.store, &new).await.unwrap();
        assert!(matches!(kept, Appended::Kept { .. }));
        bounds.push((line, bound));
    }
    (app, world, bounds)
}

async fn assert_all_open(store: &Store, keys: &EscrowKeys, bounds: &[(Line<'_>, Bound<'_>)]) {
    for (number, (line, bound)) in (1..).zip(bounds) {
        let kept = store::escrow::find_secret(store, *line, number).await.unwrap();
        let opened = decrypt(&kept.unwrap(), bound, keys).await.unwrap();
        assert_eq!(opened.expose_secret(), format!("secret {number}"));
    }
}

#[tokio::test]
async fn every_data_key_is_wrapped_anew_and_the_old_key_is_no_longer_needed() {
    let (app, world, bounds) = three_versions().await;
    let store = &app.app.store;
    let done = rewrap(store, &world.file(), entropy(11)).await.unwrap();
    assert_eq!((done.is_new, done.data_keys), (true, 3));
    assert_all_open(store, &world.keys, &bounds).await;
    let lines = fs::read_to_string(world.file()).unwrap();
    fs::write(world.file(), lines.lines().next().unwrap()).unwrap();
    assert_all_open(store, &world.keys, &bounds).await;
}

#[tokio::test]
async fn a_run_that_was_cut_off_is_gone_on_with() {
    let (app, world, bounds) = three_versions().await;
    let store = &app.app.store;
    // As a run leaves it that was killed after it had made the key, or after its first transaction.
    world.keys.add().unwrap();
    let old = world.keys.read().unwrap()[1].id.clone();
    let first = store::escrow::under(store, &old, 1).await.unwrap().remove(0);
    let context = bounds[usize::try_from(first.version).unwrap() - 1].1.context();
    let data_key = world.keys.unwrap(&first.key, &context).await.unwrap();
    let new = world.keys.wrap(&data_key, &context).await.unwrap();
    store::escrow::wrap_anew(store, &[(first, new)]).await.unwrap();
    assert_all_open(store, &world.keys, &bounds).await;

    let done = rewrap(store, &world.file(), entropy(11)).await.unwrap();
    assert_eq!((done.is_new, done.data_keys), (false, 2));
    assert_eq!(store::escrow::count_under(store, &old).await.unwrap(), 0);
    assert_all_open(store, &world.keys, &bounds).await;
}

#[tokio::test]
async fn nothing_is_said_to_be_done_where_a_key_is_missing_or_another_run_is_at_it() {
    let (app, world, bounds) = three_versions().await;
    let store = &app.app.store;
    let other_run = world.keys.lock().unwrap();
    let refused = rewrap(store, &world.file(), entropy(11)).await;
    assert!(
        matches!(
            refused,
            Err(RewrapError::Keys(WrapError::Keys(VaultError::InUse(_))))
        ),
        "{refused:?}"
    );
    drop(other_run);

    let lines = fs::read_to_string(world.file()).unwrap();
    fs::remove_file(world.file()).unwrap();
    EscrowKeys::open(&world.file(), 0, entropy(12)).unwrap();
    let refused = rewrap(store, &world.file(), entropy(11)).await;
    assert!(
        matches!(refused, Err(RewrapError::KeyMissing { count: 3, .. })),
        "{refused:?}"
    );
    let newer = fs::read_to_string(world.file()).unwrap();
    fs::write(world.file(), format!("{newer}{lines}")).unwrap();
    assert_eq!(
        rewrap(store, &world.file(), entropy(11)).await.unwrap().data_keys,
        3
    );
    assert_all_open(store, &world.keys, &bounds).await;
}
