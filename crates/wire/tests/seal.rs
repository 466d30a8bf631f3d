//! A sealed secret opens on its device, for its purpose, and nowhere else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;

use rand_core::{Infallible, TryCryptoRng, TryRng};
use secrecy::{ExposeSecret as _, SecretString};
use trust::action::{Action, GrantSecureToken, SecretRole};
use trust::id::{ActionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::envelope::{Envelope, VERSION};
use wire::seal::{LONGEST_SECRET, SealError, Sealed, SealingPrivateKey, seal};

/// A counter in place of randomness, so that every run is the same.
struct Counter(u64);

impl TryRng for Counter {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|value| value as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for byte in bytes {
            *byte = self.try_next_u64()?.to_be_bytes()[0];
        }
        Ok(())
    }
}

impl TryCryptoRng for Counter {}

fn envelope() -> Envelope {
    Envelope {
        version: VERSION,
        collected: BTreeMap::new(),
        id: ActionId::from_untyped_uuid(Uuid::from_u128(1)),
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(2)),
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(3)),
        not_after: Timestamp(4),
        action: grant("ada", "ben"),
    }
}

fn grant(administrator: &str, target: &str) -> Action {
    Action::GrantSecureToken(GrantSecureToken {
        administrator: administrator.parse().unwrap(),
        target: target.parse().unwrap(),
        promote_administrator: false,
    })
}

fn sealed_administrator(key: &SealingPrivateKey, secret: &str) -> Sealed {
    let bound_to = envelope().associated_data(SecretRole::Administrator);
    seal(
        &key.public_key(),
        &SecretString::from(secret),
        &bound_to,
        &mut Counter(7),
    )
    .unwrap()
}

#[test]
fn it_opens_on_its_device_for_its_purpose() {
    let key = SealingPrivateKey::generate(&mut Counter(1));
    for secret in [
        "",
        "orchid",
        "pass\u{a0}wörd 🦀 with ; % \" '",
        &"x".repeat(LONGEST_SECRET),
    ] {
        let sealed = sealed_administrator(&key, secret);
        let opened = key
            .open(&sealed, &envelope().associated_data(SecretRole::Administrator))
            .unwrap();
        assert_eq!(opened.expose_secret(), secret);
    }
}

#[test]
fn moved_to_another_target_action_device_or_role_it_does_not_open() {
    let key = SealingPrivateKey::generate(&mut Counter(1));
    let sealed = sealed_administrator(&key, "orchid");
    let other = Uuid::from_u128(99);
    let moved = [
        (
            "another target",
            Envelope {
                action: grant("ada", "eve"),
                ..envelope()
            },
        ),
        (
            "another administrator",
            Envelope {
                action: grant("eve", "ben"),
                ..envelope()
            },
        ),
        (
            "another action",
            Envelope {
                id: ActionId::from_untyped_uuid(other),
                ..envelope()
            },
        ),
        (
            "another device",
            Envelope {
                device_id: DeviceId::from_untyped_uuid(other),
                ..envelope()
            },
        ),
        (
            "another organisation",
            Envelope {
                organization_id: OrganizationId::from_untyped_uuid(other),
                ..envelope()
            },
        ),
        (
            "a longer time limit",
            Envelope {
                not_after: Timestamp(5),
                ..envelope()
            },
        ),
        (
            "another version",
            Envelope {
                version: VERSION + 1,
                ..envelope()
            },
        ),
    ];
    for (what, envelope) in moved {
        let bound_to = envelope.associated_data(SecretRole::Administrator);
        assert_eq!(
            key.open(&sealed, &bound_to).unwrap_err(),
            SealError::DoesNotOpen,
            "{what}"
        );
    }
    let as_target = envelope().associated_data(SecretRole::Target);
    assert_eq!(
        key.open(&sealed, &as_target).unwrap_err(),
        SealError::DoesNotOpen,
        "another role"
    );
    let another_mac = SealingPrivateKey::generate(&mut Counter(2));
    let bound_to = envelope().associated_data(SecretRole::Administrator);
    assert_eq!(
        another_mac.open(&sealed, &bound_to).unwrap_err(),
        SealError::DoesNotOpen,
        "another key"
    );
}

#[test]
fn a_changed_byte_anywhere_keeps_it_shut() {
    let key = SealingPrivateKey::generate(&mut Counter(1));
    let sealed = sealed_administrator(&key, "orchid");
    let bound_to = envelope().associated_data(SecretRole::Administrator);
    for index in 0..sealed.ciphertext.0.len() {
        let mut changed = sealed.clone();
        changed.ciphertext.0[index] ^= 1;
        assert!(key.open(&changed, &bound_to).is_err(), "byte {index}");
    }
    let mut truncated = sealed;
    truncated.ciphertext.0.pop();
    assert!(key.open(&truncated, &bound_to).is_err());
}

#[test]
fn the_ciphertext_does_not_tell_how_long_the_secret_is() {
    let key = SealingPrivateKey::generate(&mut Counter(1));
    let lengths: Vec<usize> = ["", "a", "a much longer password than that"]
        .map(|secret| sealed_administrator(&key, secret).ciphertext.0.len())
        .to_vec();
    assert_eq!(lengths[0], lengths[1]);
    assert_eq!(lengths[1], lengths[2]);
    let too_long = SecretString::from("x".repeat(LONGEST_SECRET + 1));
    let refused = seal(&key.public_key(), &too_long, b"", &mut Counter(7));
    assert_eq!(refused.unwrap_err(), SealError::TooLong);
}

#[test]
fn keys_survive_the_keychain_and_show_nothing() {
    let key = SealingPrivateKey::generate(&mut Counter(1));
    let again = SealingPrivateKey::from_bytes(&key.to_bytes()).unwrap();
    assert_eq!(again.public_key(), key.public_key());
    assert_eq!(format!("{key:?}"), "SealingPrivateKey(…)");
    assert_eq!(key.public_key().fingerprint().len(), 8 * 4 + 7);
    assert_eq!(
        SealingPrivateKey::from_bytes(b"short").unwrap_err(),
        SealError::BadKey
    );
}

#[test]
fn the_canonical_form_is_pinned() {
    let text = String::from_utf8(envelope().canonical_bytes()).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"action":{"administrator":"ada","kind":"grant_secure_token","promote_administrator":false,"target":"ben"},"#,
            r#""device_id":"00000000-0000-0000-0000-000000000003","#,
            r#""id":"00000000-0000-0000-0000-000000000001","not_after":4,"#,
            r#""organization_id":"00000000-0000-0000-0000-000000000002","version":1}"#
        )
    );
}
