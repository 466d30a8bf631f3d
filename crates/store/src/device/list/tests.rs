//! Whichever way a search goes, it finds the same.

use tempfile::TempDir;
use trust::admission::Admission;
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::EnrolmentIdentity;
use wire::encoding::Bytes;
use wire::identity::DevicePublicKey;
use wire::seal::SealingPublicKey;

use super::*;
use crate::actor::Actor;
use crate::enrolment::{NewEnrolment, enrol};
use crate::enrolment_secret::{NewEnrolmentSecret, create};
use crate::idempotency::Request;

const NOW: Timestamp = Timestamp(1_770_000_000_000);

fn id<K: newtype_uuid::TypedUuidKind>(number: u128) -> newtype_uuid::TypedUuid<K> {
    newtype_uuid::GenericUuid::from_untyped_uuid(Uuid::from_u128(number))
}

async fn enrol_mac(store: &Store, number: u8) {
    let hash = format!("secret {number}");
    let request = Request {
        organization_id: id(1),
        actor: Actor::Operator,
        key: hash.clone(),
        fingerprint: hash.clone(),
        at: NOW,
    };
    let secret = NewEnrolmentSecret {
        request,
        hash: hash.clone(),
        expires_at: Timestamp(NOW.0 + 1),
    };
    create(store, &secret).await.unwrap();
    let identity = EnrolmentIdentity {
        serial_number: format!("C02{number:03}"),
        hardware_uuid: format!("UUID-{number:03}"),
        name: format!(
            "Lab {} {number:02}",
            if number.is_multiple_of(2) { "even" } else { "odd" }
        ),
        agent_version: "0.1.0".to_owned(),
        signing_key: DevicePublicKey(Bytes(vec![number; 32])),
        sealing_key: SealingPublicKey(Bytes(vec![number; 32])),
    };
    let new = NewEnrolment {
        organization_id: id(1),
        secret_hash: hash,
        identity: &identity,
        admission: Admission::NewDevice,
        new_id: id(u128::from(number)),
        at: NOW,
    };
    enrol(store, &new).await.unwrap();
}

/// Everything that is found, four to a page.
async fn found(store: &Store, text: &str, chain: Option<&str>, few: u32) -> Vec<String> {
    let mut page = Page {
        containing: text.to_owned(),
        chain: chain.map(str::to_owned),
        limit: 4,
        ..Page::default()
    };
    let mut names = Vec::new();
    loop {
        let part = list_gathering(store, id(1), &page, few).await.unwrap();
        let Some(last) = part.last() else { return names };
        page.after = Some((last.name.to_lowercase(), last.id));
        names.extend(part.into_iter().map(|device| device.name));
    }
}

#[tokio::test]
async fn rare_and_common_words_are_found_page_by_page() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
    crate::organization::first_or_new(&store, id(1), "Test", NOW)
        .await
        .unwrap();
    for number in 1..=30 {
        enrol_mac(&store, number).await;
    }
    for (text, count) in [
        ("lab", 30),
        ("l", 30),
        ("even", 15),
        ("la od", 15),
        ("c02", 30),
        ("01", 11),
        ("lab 07", 1),
        ("uuid 003", 1),
        ("lab x", 0),
    ] {
        let gathered = found(&store, text, None, 1_000).await;
        assert_eq!(gathered.len(), count, "{text}: {gathered:?}");
        assert!(gathered.is_sorted(), "{text}: {gathered:?}");
        for few in [0, 12] {
            assert_eq!(found(&store, text, None, few).await, gathered, "{text}, {few}");
            let filtered = found(&store, text, Some(crate::device::NOT_OBSERVED), few).await;
            assert_eq!(filtered, gathered, "{text}, {few}");
            assert!(found(&store, text, Some("broken"), few).await.is_empty());
        }
    }
}

#[tokio::test]
async fn the_shortest_way_is_taken() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
    crate::organization::first_or_new(&store, id(1), "Test", NOW)
        .await
        .unwrap();
    for number in 1..=10 {
        enrol_mac(&store, number).await;
    }
    let mut reader = store.readers().acquire().await.unwrap();
    for (text, way) in [
        ("", Way::Everywhere),
        ("x", Way::Nowhere),
        ("lab x", Way::Nowhere),
        ("even", Way::Few("even".to_owned())),
        ("lab even", Way::Few("even".to_owned())),
        ("la", Way::Along("lab".to_owned())),
        ("c0", Way::Everywhere),
    ] {
        let sought = Sought::read(text);
        assert_eq!(sought.way(&mut reader, id(1), 5).await.unwrap(), way, "{text}");
    }
}
