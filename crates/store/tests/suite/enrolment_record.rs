//! Enrolment records and the secrets that were collected for them.

use store::collected_secret::{self, CollectedSecret, Recipient, Reseal};
use store::enrolment_record::{self, Forgotten, NewRecord, Page, Save, Saved, Source};
use store::idempotency::Request;
use trust::admission::Admission;
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::id::{CollectionId, DeviceId, GenericUuid as _};
use trust::time::Timestamp;
use trust::wildcard::AttributeKind;
use uuid::Uuid;
use wire::seal::SealingPublicKey;

use super::support::{NOW, World, at, device_id, identity, sealed, with_other_keys};

fn number(text: &str) -> SerialNumber {
    text.parse().unwrap()
}

fn collection(number: u128) -> CollectionId {
    CollectionId::from_untyped_uuid(Uuid::from_u128(number))
}

/// Somebody of this user name uses the Mac.
fn record(serial_number: &str, username: &str) -> NewRecord {
    NewRecord {
        record: EnrolmentRecord {
            username: Some(username.parse().unwrap()),
            full_name: Some(format!("Full {username}").parse().unwrap()),
            ..EnrolmentRecord::new(number(serial_number))
        },
        before: None,
        device: None,
        secrets: Vec::new(),
        forget: Vec::new(),
        detail: "username".to_owned(),
    }
}

/// A password that waits under the vault's key.
fn waiting(id: u128) -> CollectedSecret {
    CollectedSecret {
        attribute: "password".parse().unwrap(),
        id: collection(id),
        collected_at: NOW,
        sealed_to: Recipient::Vault {
            expires_at: at(1_000),
        },
        sealing_key: SealingPublicKey(wire::encoding::Bytes(vec![99; 32])),
        sealed: Some(sealed(7)),
    }
}

fn device_1() -> Option<(DeviceId, SealingPublicKey)> {
    Some((device_id(1), identity(1).sealing_key))
}

fn save_of(world: &World, key: &str, records: Vec<NewRecord>) -> Save {
    Save {
        request: world.request(key, key),
        source: Source::Import,
        attributes: Vec::new(),
        records,
        answer: Some(format!("answer to {key}")),
    }
}

async fn save(world: &World, key: &str, records: Vec<NewRecord>) -> Saved {
    enrolment_record::save(&world.store, &save_of(world, key, records))
        .await
        .unwrap()
}

async fn kept(world: &World, serial_number: &str) -> Option<enrolment_record::KeptRecord> {
    enrolment_record::find(&world.store, world.organization_id, &number(serial_number))
        .await
        .unwrap()
}

async fn secrets(world: &World, serial_number: &str) -> Vec<CollectedSecret> {
    collected_secret::list(&world.store, world.organization_id, &number(serial_number))
        .await
        .unwrap()
}

async fn found(world: &World, containing: &str) -> Vec<String> {
    let page = store::device::Page {
        containing: containing.to_owned(),
        limit: 10,
        ..Default::default()
    };
    let devices = store::device::list(&world.store, world.organization_id, &page)
        .await
        .unwrap();
    devices.into_iter().map(|device| device.name).collect()
}

#[tokio::test]
async fn records_are_saved_all_or_none_and_once() {
    let world = World::new().await;
    let both = vec![record("A1", "ada"), record("B2", "ben")];
    assert_eq!(save(&world, "both", both.clone()).await, Saved::Done);
    assert_eq!(kept(&world, "A1").await.unwrap().updated_at, NOW);
    let again = Saved::Before(Some("answer to both".to_owned()));
    assert_eq!(save(&world, "both", both.clone()).await, again);
    assert_eq!(world.verbs().await, ["enrolment_record.saved"; 2]);
    let other = Save {
        request: Request {
            fingerprint: "other".to_owned(),
            ..world.request("both", "")
        },
        ..save_of(&world, "both", both)
    };
    assert_eq!(
        enrolment_record::save(&world.store, &other).await.unwrap(),
        Saved::KeyReused
    );

    let stale = vec![record("C3", "eve"), record("A1", "someone")];
    assert_eq!(save(&world, "stale", stale).await, Saved::Changed);
    assert!(kept(&world, "C3").await.is_none());
    let seen = NewRecord {
        before: Some(NOW),
        ..record("A1", "someone")
    };
    assert_eq!(save(&world, "seen", vec![seen]).await, Saved::Done);
    let username = kept(&world, "A1").await.unwrap().record.username.unwrap();
    assert_eq!(username.as_str(), "someone");
}

#[tokio::test]
async fn what_was_sealed_to_a_key_that_the_mac_has_no_more_is_not_saved() {
    let world = World::with_device().await;
    assert_eq!(
        save(&world, "none", vec![record("SERIAL1", "ada")]).await,
        Saved::Changed
    );
    let other_key = Some((device_id(1), identity(2).sealing_key));
    let other = NewRecord {
        device: other_key,
        ..record("SERIAL1", "ada")
    };
    assert_eq!(save(&world, "other", vec![other]).await, Saved::Changed);
    let right = NewRecord {
        device: device_1(),
        ..record("SERIAL1", "ada")
    };
    assert_eq!(save(&world, "right", vec![right]).await, Saved::Done);
}

#[tokio::test]
async fn an_attribute_is_of_one_kind() {
    let world = World::new().await;
    let of_kind = |key: &str, kind| Save {
        attributes: vec![("pin".parse().unwrap(), kind)],
        ..save_of(&world, key, vec![record(key, "ada")])
    };
    let saved = async |save: Save| enrolment_record::save(&world.store, &save).await.unwrap();
    assert_eq!(saved(of_kind("A1", AttributeKind::Secret)).await, Saved::Done);
    assert_eq!(saved(of_kind("B2", AttributeKind::Plain)).await, Saved::Changed);
    assert_eq!(saved(of_kind("C3", AttributeKind::Secret)).await, Saved::Done);
    let known = store::enrolment_attribute::list(&world.store, world.organization_id)
        .await
        .unwrap();
    assert_eq!(known.into_values().collect::<Vec<_>>(), [AttributeKind::Secret]);
}

#[tokio::test]
async fn devices_are_found_by_their_person_whichever_came_first() {
    let world = World::with_device().await;
    let first = NewRecord {
        device: device_1(),
        ..record("SERIAL1", "ada")
    };
    save(&world, "first", vec![first, record("SERIAL2", "ben")]).await;
    world.enrol(&identity(2), 2, Admission::NewDevice).await;
    assert_eq!(found(&world, "full ada").await, ["Mac 1"]);
    assert_eq!(found(&world, "FULL BEN").await, ["Mac 2"]);
    let renumbered = wire::agent_api::EnrolmentIdentity {
        serial_number: "SERIAL9".to_owned(),
        ..identity(2)
    };
    world
        .enrol(&renumbered, 3, Admission::SameDevice(device_id(2)))
        .await;
    assert!(
        found(&world, "ben").await.is_empty(),
        "another Mac's number is another person"
    );
}

#[tokio::test]
async fn what_waits_is_moved_to_the_device_once() {
    let world = World::new().await;
    let with_secret = NewRecord {
        secrets: vec![waiting(5)],
        ..record("SERIAL1", "ada")
    };
    save(&world, "early", vec![with_secret]).await;
    assert!(
        collected_secret::awaited_devices(&world.store, 10)
            .await
            .unwrap()
            .is_empty()
    );
    world.enrol(&identity(1), 1, Admission::NewDevice).await;
    assert_eq!(
        collected_secret::awaited_devices(&world.store, 10).await.unwrap(),
        [device_id(1)]
    );
    let found = collected_secret::waiting_for(&world.store, device_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.secrets, [waiting(5)]);

    let seals = |id| vec![("password".parse().unwrap(), collection(id), sealed(8))];
    let reseal = Reseal {
        device: found.device.clone(),
        seals: seals(5),
        at: NOW,
    };
    let moved = async |reseal: &Reseal| collected_secret::reseal(&world.store, reseal).await.unwrap();
    let other_collecting = Reseal {
        seals: seals(6),
        ..reseal.clone()
    };
    assert_eq!(moved(&other_collecting).await, 0);
    let other_key = store::device::Device {
        sealing_key: identity(9).sealing_key,
        ..found.device
    };
    assert_eq!(
        moved(&Reseal {
            device: other_key,
            ..reseal.clone()
        })
        .await,
        0
    );
    assert_eq!(moved(&reseal).await, 1);
    assert_eq!(moved(&reseal).await, 0, "what waited is gone");
    let now = &secrets(&world, "SERIAL1").await[0];
    assert_eq!(now.sealed_to, Recipient::Device(device_id(1)));
    assert_eq!((now.id, &now.sealed), (collection(5), &Some(sealed(8))));
    assert!(
        collected_secret::awaited_devices(&world.store, 10)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(world.verbs().await.last().unwrap(), "collected_secret.resealed");
}

#[tokio::test]
async fn nothing_is_moved_to_a_device_that_waits_for_approval() {
    let world = World::with_device().await;
    let pending = with_other_keys(&identity(1), 9);
    world.enrol(&pending, 2, Admission::Pending).await;
    assert!(
        collected_secret::waiting_for(&world.store, device_id(2))
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn what_waits_too_long_is_destroyed_and_stays_told() {
    let world = World::new().await;
    let with_secret = NewRecord {
        secrets: vec![waiting(5)],
        ..record("A1", "ada")
    };
    save(&world, "early", vec![with_secret]).await;
    let destroyed = async |now: Timestamp| {
        collected_secret::destroy_expired(&world.store, now)
            .await
            .unwrap()
    };
    assert_eq!(destroyed(at(999)).await, 0);
    assert_eq!(destroyed(at(1_000)).await, 1);
    assert_eq!(destroyed(at(1_000)).await, 0);
    let told = &secrets(&world, "A1").await[0];
    assert_eq!((told.id, &told.sealed), (collection(5), &None));
}

#[tokio::test]
async fn a_record_is_forgotten_with_its_secrets() {
    let world = World::with_device().await;
    let with_secret = NewRecord {
        secrets: vec![waiting(5)],
        device: device_1(),
        ..record("SERIAL1", "ada")
    };
    save(&world, "early", vec![with_secret]).await;
    let forget = async |key: &str, serial_number: &str| {
        let request = world.request(key, serial_number);
        enrolment_record::forget(&world.store, &request, &number(serial_number))
            .await
            .unwrap()
    };
    assert_eq!(forget("one", "SERIAL1").await, Forgotten::Gone);
    assert_eq!(forget("one", "SERIAL1").await, Forgotten::Gone);
    assert_eq!(forget("one", "SERIAL2").await, Forgotten::KeyReused);
    assert_eq!(forget("two", "SERIAL1").await, Forgotten::NotFound);
    assert!(kept(&world, "SERIAL1").await.is_none());
    assert!(secrets(&world, "SERIAL1").await.is_empty());
    assert!(found(&world, "ada").await.is_empty());
}

#[tokio::test]
async fn records_are_listed_by_serial_number() {
    let world = World::new().await;
    save(
        &world,
        "all",
        vec![record("B2", "ben"), record("A1", "ada"), record("C3", "eve")],
    )
    .await;
    let listed = async |page: Page| -> Vec<String> {
        let records = enrolment_record::list(&world.store, world.organization_id, &page)
            .await
            .unwrap();
        records
            .into_iter()
            .map(|kept| kept.record.serial_number.to_string())
            .collect()
    };
    let page = Page {
        limit: 2,
        ..Page::default()
    };
    assert_eq!(listed(page.clone()).await, ["A1", "B2"]);
    assert_eq!(
        listed(Page {
            after: Some(number("B2")),
            ..page.clone()
        })
        .await,
        ["C3"]
    );
    assert_eq!(
        listed(Page {
            containing: "Full E".to_owned(),
            ..page.clone()
        })
        .await,
        ["C3"]
    );
    assert_eq!(
        listed(Page {
            containing: "b2".to_owned(),
            ..page
        })
        .await,
        ["B2"]
    );
}
