//! Links to the steps of a way back.

use store::idempotency::Known;
use store::recovery_link::{self, NewRecoveryLink, RecoveryLink};
use trust::id::DeviceId;
use trust::recovery::{Guide, Way};
use trust::time::Timestamp;

use super::support::{World, at, device_id};

fn guide() -> Guide {
    Guide {
        at_the_mac: true,
        loses_data: false,
        needs: vec!["The key.".to_owned()],
        steps: vec!["Shut the Mac down.".to_owned()],
    }
}

async fn create(world: &World, key: &str, hash: &str) -> Known {
    let new = NewRecoveryLink {
        request: world.request(key, key),
        hash: hash.to_owned(),
        device_id: device_id(1),
        way: Way::PersonalRecoveryKey,
        guide: guide(),
        expires_at: at(1_000),
    };
    recovery_link::create(&world.store, &new).await.unwrap()
}

async fn open(world: &World, hash: &str, now: Timestamp) -> Option<(RecoveryLink, bool)> {
    recovery_link::open(&world.store, hash, now).await.unwrap()
}

async fn latest(world: &World, device_id: DeviceId) -> Option<RecoveryLink> {
    recovery_link::latest_of_device(&world.store, device_id)
        .await
        .unwrap()
}

#[tokio::test]
async fn a_link_opens_again_and_again_and_its_first_time_is_noted() {
    let world = World::with_device().await;
    assert_eq!(create(&world, "key-1", "hash").await, Known::New);
    assert_eq!(create(&world, "key-1", "other").await, Known::Same(None));
    assert_eq!(open(&world, "other", at(500)).await, None);
    let (link, first) = open(&world, "hash", at(500)).await.unwrap();
    assert!(first);
    assert_eq!(
        (link.device_id, link.way, &link.guide, link.opened_at),
        (device_id(1), Way::PersonalRecoveryKey, &guide(), Some(at(500)))
    );
    let (again, first) = open(&world, "hash", at(600)).await.unwrap();
    assert_eq!((again.opened_at, first), (Some(at(500)), false));
    assert_eq!(
        open(&world, "hash", at(1_000)).await,
        None,
        "its time has run out"
    );
    let verbs = world.verbs().await;
    let told: Vec<&str> = verbs
        .iter()
        .map(String::as_str)
        .filter(|verb| verb.starts_with("recovery_link"))
        .collect();
    assert_eq!(told.len(), 2, "{verbs:?}");
}

#[tokio::test]
async fn the_last_one_counts_until_it_is_forgotten() {
    let world = World::with_device().await;
    assert_eq!(latest(&world, device_id(1)).await, None);
    create(&world, "key-1", "first").await;
    open(&world, "first", at(500)).await.unwrap();
    let found = latest(&world, device_id(1)).await.unwrap();
    assert_eq!(found.opened_at, Some(at(500)));
    assert_eq!(
        recovery_link::forget_ended(&world.store, at(999)).await.unwrap(),
        0
    );
    assert_eq!(
        recovery_link::forget_ended(&world.store, at(1_000))
            .await
            .unwrap(),
        1
    );
    assert_eq!(latest(&world, device_id(1)).await, None);
}
