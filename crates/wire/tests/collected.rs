//! A collected secret opens where the envelope names its collecting, and nowhere else.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::collections::BTreeMap;

use rand_core::UnwrapErr;
use secrecy::{ExposeSecret as _, SecretString};
use trust::action::{Action, CreateAccount, SecretRole};
use trust::id::{ActionId, CollectionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::time::Timestamp;
use uuid::Uuid;
use wire::collected::CollectedRef;
use wire::envelope::{Envelope, VERSION};
use wire::seal::{Sealed, SealingPrivateKey, seal};

fn reference(attribute: &str, collection: u128) -> CollectedRef {
    CollectedRef {
        attribute: attribute.parse().unwrap(),
        collection_id: CollectionId::from_untyped_uuid(Uuid::from_u128(collection)),
    }
}

/// An action in which `collected` plays the target.
fn envelope(collected: Option<CollectedRef>) -> Envelope {
    Envelope {
        version: VERSION,
        id: ActionId::from_untyped_uuid(Uuid::from_u128(1)),
        organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(2)),
        device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(3)),
        not_after: Timestamp(4),
        action: Action::CreateAccount(CreateAccount {
            target: "ben".parse().unwrap(),
            full_name: "Ben".parse().unwrap(),
            role: Default::default(),
            hidden: false,
            administrator: Some("ada".parse().unwrap()),
            promote_administrator: false,
        }),
        collected: collected
            .map(|reference| (SecretRole::Target, reference))
            .into_iter()
            .collect(),
    }
}

fn sealed(key: &SealingPrivateKey, bound_to: &[u8]) -> Sealed {
    let secret = SecretString::from("orchid");
    seal(
        &key.public_key(),
        &secret,
        bound_to,
        &mut UnwrapErr(getrandom::SysRng),
    )
    .unwrap()
}

fn key() -> SealingPrivateKey {
    SealingPrivateKey::generate(&mut UnwrapErr(getrandom::SysRng))
}

#[test]
fn it_opens_in_every_action_that_names_its_collecting() {
    let (key, reference) = (key(), reference("password", 9));
    let first = envelope(Some(reference.clone()));
    let collected = sealed(
        &key,
        &reference.associated_data(first.organization_id, first.device_id),
    );
    let other_action = Envelope {
        id: ActionId::from_untyped_uuid(Uuid::from_u128(77)),
        not_after: Timestamp(99),
        ..first.clone()
    };
    for envelope in [first, other_action] {
        let opened = key
            .open(&collected, &envelope.associated_data(SecretRole::Target))
            .unwrap();
        assert_eq!(opened.expose_secret(), "orchid");
    }
}

#[test]
fn beside_another_device_attribute_collecting_organisation_or_role_it_stays_shut() {
    let (key, of_collecting) = (key(), reference("password", 9));
    let right = envelope(Some(of_collecting.clone()));
    let bound_to = of_collecting.associated_data(right.organization_id, right.device_id);
    let collected = sealed(&key, &bound_to);
    let other = Uuid::from_u128(99);
    let wrong = [
        ("another collecting", envelope(Some(reference("password", 10)))),
        ("another attribute", envelope(Some(reference("pin", 9)))),
        ("nothing collected", envelope(None)),
        (
            "another device",
            Envelope {
                device_id: DeviceId::from_untyped_uuid(other),
                ..right.clone()
            },
        ),
        (
            "another organisation",
            Envelope {
                organization_id: OrganizationId::from_untyped_uuid(other),
                ..right.clone()
            },
        ),
    ];
    for (what, envelope) in wrong {
        let bound_to = envelope.associated_data(SecretRole::Target);
        assert!(key.open(&collected, &bound_to).is_err(), "{what}");
    }
    let as_administrator = right.associated_data(SecretRole::Administrator);
    assert!(
        key.open(&collected, &as_administrator).is_err(),
        "a role of which the envelope says nothing"
    );
}

#[test]
fn an_actions_own_secret_does_not_pass_for_a_collected_one() {
    let key = key();
    let plain = envelope(None);
    let own = sealed(&key, &plain.associated_data(SecretRole::Target));
    let claiming = envelope(Some(reference("password", 9)));
    assert!(
        key.open(&own, &claiming.associated_data(SecretRole::Target))
            .is_err()
    );
}

#[test]
fn what_is_collected_is_bound_into_the_seals_beside_it() {
    let key = key();
    let asked_with = envelope(Some(reference("password", 9)));
    let administrator = sealed(&key, &asked_with.associated_data(SecretRole::Administrator));
    for changed in [
        envelope(None),
        envelope(Some(reference("password", 10))),
        envelope(Some(reference("pin", 9))),
    ] {
        let bound_to = changed.associated_data(SecretRole::Administrator);
        assert!(key.open(&administrator, &bound_to).is_err());
    }
}

#[test]
fn an_envelope_without_it_has_the_form_that_it_always_had() {
    let json = String::from_utf8(envelope(None).canonical_bytes()).unwrap();
    assert!(!json.contains("collected"), "{json}");
    let read: Envelope = serde_json::from_str(&json).unwrap();
    assert_eq!(read.collected, BTreeMap::new());
    let with = envelope(Some(reference("password", 9)));
    let json = String::from_utf8(with.canonical_bytes()).unwrap();
    assert!(
        json.contains(r#""collected":{"target":{"attribute":"password","collection_id":"#),
        "{json}"
    );
    assert_eq!(serde_json::from_str::<Envelope>(&json).unwrap(), with);
}
