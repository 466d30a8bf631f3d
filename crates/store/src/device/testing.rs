//! Devices to test with.

use newtype_uuid::{GenericUuid as _, TypedUuid, TypedUuidKind};
use tempfile::TempDir;
use trust::admission::Admission;
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::EnrolmentIdentity;
use wire::encoding::Bytes;
use wire::identity::DevicePublicKey;
use wire::seal::SealingPublicKey;

use crate::Store;
use crate::actor::Actor;
use crate::enrolment::{NewEnrolment, enrol};
use crate::enrolment_secret::{NewEnrolmentSecret, create};
use crate::idempotency::Request;

pub(crate) const NOW: Timestamp = Timestamp(1_770_000_000_000);

pub(crate) fn id<K: TypedUuidKind>(number: u128) -> TypedUuid<K> {
    TypedUuid::from_untyped_uuid(Uuid::from_u128(number))
}

/// A store whose organisation 1 has the devices from 1 to `last`.
pub(super) async fn with_macs(last: u8) -> (Store, TempDir) {
    let folder = TempDir::new().unwrap();
    let store = Store::open(&folder.path().join("bestow.db")).await.unwrap();
    crate::organization::first_or_new(&store, id(1), "Test", NOW)
        .await
        .unwrap();
    for number in 1..=last {
        let admitted = Admission::NewDevice;
        enrol_mac(&store, u128::from(number), number, admitted).await;
    }
    (store, folder)
}

/// Enrols the Mac `number` as the device `new_id`.
pub(super) async fn enrol_mac(store: &Store, new_id: u128, number: u8, admission: Admission) {
    let hash = format!("secret of {new_id}");
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
        admission,
        new_id: id(new_id),
        at: NOW,
    };
    enrol(store, &new).await.unwrap();
}
