//! What the vault keeps of a Mac that was forgotten, until it is destroyed, held or the Mac comes back.

use std::time::Duration;

use newtype_uuid::GenericUuid as _;
use store::device::{Forget, Forgotten};
use store::escrow::{
    self, Hold, Holding, KeptLine, Line, NewMessage, NewSecret, Page, Told, WrappedKey, append, destroy_due,
};
use store::idempotency::Known;
use trust::admission::Admission;
use trust::escrow::{EscrowKind, Origin, Retention, State, What};
use trust::id::EscrowMessageId;
use trust::time::Timestamp;
use uuid::Uuid;

use crate::support::{NOW, World, device_id, identity, with_other_keys};

const DAY: Duration = Duration::from_hours(24);

fn days(count: u32) -> Timestamp {
    NOW.plus(DAY * count)
}

fn line(world: &World, kind: EscrowKind) -> Line<'static> {
    Line {
        organization_id: world.organization_id,
        serial_number: "SERIAL1",
        kind,
    }
}

async fn escrow_one(world: &World, device: u128, id: u128, kind: EscrowKind) {
    let new = NewMessage {
        line: line(world, kind),
        device_id: device_id(device),
        id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(id)),
        told: Told::Secret(NewSecret {
            origin: Origin::Rotation,
            proved_at: None,
            ciphertext: vec![1; 40],
            data_key: WrappedKey {
                wrapping_key: "first".to_owned(),
                wrapped: vec![1; 60],
            },
        }),
        at: NOW,
    };
    let kept = append(&world.store, &new).await.unwrap();
    assert!(matches!(kept, escrow::Appended::Kept { .. }), "{kept:?}");
}

async fn forget(world: &World, device: u128) {
    let request = world.request(&format!("forget {device}"), "forget");
    let forget = Forget {
        request: &request,
        device_id: device_id(device),
        typed_name: "Mac 1",
        reason: "sold",
    };
    let gone = store::device::forget(&world.store, &forget).await.unwrap();
    assert!(matches!(gone, Forgotten::Gone { .. }), "{gone:?}");
}

/// A world in which the device 1 was forgotten, of which two recovery keys and a bootstrap token were kept.
async fn forgotten() -> World {
    let world = World::with_device().await;
    escrow_one(&world, 1, 1, EscrowKind::PersonalRecoveryKey).await;
    escrow_one(&world, 1, 2, EscrowKind::PersonalRecoveryKey).await;
    escrow_one(&world, 1, 3, EscrowKind::BootstrapToken).await;
    forget(&world, 1).await;
    world
}

async fn destroyed(world: &World, now: Timestamp) -> usize {
    destroy_due(&world.store, world.organization_id, now, 100)
        .await
        .unwrap()
}

async fn found(world: &World) -> KeptLine {
    escrow::find(&world.store, line(world, EscrowKind::PersonalRecoveryKey))
        .await
        .unwrap()
        .unwrap()
}

async fn without_device(world: &World, after: Option<(String, String)>, limit: u32) -> Vec<KeptLine> {
    let page = Page {
        without_device: true,
        after,
        limit,
    };
    escrow::list(&world.store, world.organization_id, &page)
        .await
        .unwrap()
}

async fn hold(world: &World, key: &str, held: bool) -> Holding {
    let request = world.request(key, if held { "hold" } else { "lift" });
    let hold = Hold {
        request: &request,
        line: line(world, EscrowKind::PersonalRecoveryKey),
        held,
        reason: "court order 17",
    };
    escrow::hold(&world.store, &hold).await.unwrap()
}

#[tokio::test]
async fn everything_is_kept_for_ninety_days_and_then_only_the_story_of_it() {
    let world = forgotten().await;
    let almost = Timestamp(days(90).0 - 1);
    assert_eq!(destroyed(&world, almost).await, 0);
    assert_eq!(world.count("escrow_version").await, 3);
    assert_eq!(destroyed(&world, days(90)).await, 2);
    for table in ["escrow_version", "escrow_data_key"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
    assert_eq!(destroyed(&world, days(91)).await, 0, "once");

    let standing = found(&world).await.standing;
    assert_eq!(
        (standing.destroyed, standing.latest, standing.to_show()),
        (2, 2, None)
    );
    let key = line(&world, EscrowKind::PersonalRecoveryKey);
    let events = escrow::history(&world.store, key).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!(
        (last.what, last.version, last.at),
        (What::Destroyed, Some(2), days(90))
    );
    assert_eq!(
        last.reason.as_deref(),
        Some("forgotten by api_token:test, kept for 90 days")
    );
    let entries = store::audit::list(&world.store, world.organization_id, None, 10)
        .await
        .unwrap();
    let told = entries
        .iter()
        .find(|entry| entry.detail.as_deref() == Some("versions 1 to 2 of SERIAL1"));
    assert_eq!(told.unwrap().verb, "escrow.destroyed");
}

#[tokio::test]
async fn a_longer_time_holds_for_what_was_forgotten_before() {
    let world = forgotten().await;
    let retention = Retention::of_days(400).unwrap();
    let request = world.request("policy", "400");
    let set = store::days_policy::set(&world.store, &request, retention, Some("law"));
    assert_eq!(set.await.unwrap(), Known::New);
    assert_eq!(destroyed(&world, days(399)).await, 0);
    assert_eq!(destroyed(&world, days(400)).await, 2);
}

#[tokio::test]
async fn a_held_line_is_kept_until_the_hold_is_lifted() {
    let world = forgotten().await;
    assert!(
        matches!(hold(&world, "hold-key-1", true).await, Holding::Now(standing) if standing.held_since.is_some())
    );
    assert!(matches!(
        hold(&world, "hold-key-1", true).await,
        Holding::Not(Known::Same(_))
    ));
    assert_eq!(
        destroyed(&world, days(5_000)).await,
        1,
        "the other line is not held"
    );
    assert_eq!(found(&world).await.standing.destroyed, 0);
    assert!(
        matches!(hold(&world, "lift-key-1", false).await, Holding::Now(standing) if standing.held_since.is_none())
    );
    let verbs = world.verbs().await;
    hold(&world, "lift-key-2", false).await;
    assert_eq!(world.verbs().await, verbs, "there is none to lift");
    assert_eq!(destroyed(&world, days(5_000)).await, 1);
}

#[tokio::test]
async fn a_mac_that_comes_back_finds_its_line_and_one_that_waits_for_approval_keeps_it() {
    let world = forgotten().await;
    world
        .enrol(&with_other_keys(&identity(1), 9), 2, Admission::Pending)
        .await;
    assert_eq!(destroyed(&world, days(90)).await, 0, "it may be the Mac");
    let approval = store::device::Approval {
        request: world.request("approve", "approve"),
        device_id: device_id(2),
    };
    store::device::approve(&world.store, &approval).await.unwrap();
    let back = found(&world).await;
    assert!(back.has_device);
    assert_eq!(
        (
            back.standing.state,
            back.standing.latest,
            back.standing.forgotten_at
        ),
        (State::Ended, 2, None)
    );
    assert_eq!(destroyed(&world, days(5_000)).await, 0);
    assert_eq!(without_device(&world, None, 10).await, []);
    escrow_one(&world, 2, 4, EscrowKind::PersonalRecoveryKey).await;
    assert_eq!(found(&world).await.standing.latest, 3, "numbers go on");
}

#[tokio::test]
async fn a_mac_that_comes_back_too_late_finds_the_story_and_no_secret() {
    let world = forgotten().await;
    destroyed(&world, days(90)).await;
    world
        .enrol(&with_other_keys(&identity(1), 9), 2, Admission::NewDevice)
        .await;
    escrow_one(&world, 2, 4, EscrowKind::PersonalRecoveryKey).await;
    let standing = found(&world).await.standing;
    assert_eq!((standing.current, standing.destroyed), (Some(3), 2));
    forget(&world, 2).await;
    assert_eq!(
        destroyed(&world, days(90)).await,
        1,
        "the bootstrap token is gone already"
    );
    assert_eq!(found(&world).await.standing.destroyed, 3);
}

#[tokio::test]
async fn forgetting_one_that_waits_for_approval_ends_nothing_of_the_mac_that_is_there() {
    let world = World::with_device().await;
    escrow_one(&world, 1, 1, EscrowKind::PersonalRecoveryKey).await;
    world
        .enrol(&with_other_keys(&identity(1), 9), 2, Admission::Pending)
        .await;
    forget(&world, 2).await;
    let kept = found(&world).await;
    assert_eq!((kept.has_device, kept.standing.forgotten_at), (true, None));
    assert_eq!(destroyed(&world, days(5_000)).await, 0);
}

#[tokio::test]
async fn lines_without_a_device_are_listed_a_page_at_a_time() {
    let world = forgotten().await;
    world.enrol(&identity(2), 2, Admission::NewDevice).await;
    let first = without_device(&world, None, 1).await;
    assert_eq!(first[0].kind, EscrowKind::BootstrapToken);
    assert_eq!(first[0].device_name.as_deref(), Some("Mac 1"));
    let after = Some(("SERIAL1".to_owned(), first[0].kind.word().to_owned()));
    let second = without_device(&world, after, 10).await;
    assert_eq!(second.len(), 1);
    assert_eq!(second[0].kind, EscrowKind::PersonalRecoveryKey);
}
