//! The vault's lines of versions.

use std::fs;
use std::path::Path;

use newtype_uuid::GenericUuid as _;
use store::escrow::{
    self, Appended, Asker, Line, NewMessage, NewSecret, Reveal, Revealed, Told, WrappedKey, append,
};
use store::idempotency::Known;
use trust::admission::Admission;
use trust::escrow::{EscrowKind, Origin, State, What, history};
use trust::id::{EscrowMessageId, RevealRequestId};
use uuid::Uuid;

use crate::portable_sql::rust_files;
use crate::support::{NOW, World, at, device_id, identity, with_other_keys};

fn line(world: &World) -> Line<'static> {
    Line {
        organization_id: world.organization_id,
        serial_number: "SERIAL1",
        kind: EscrowKind::PersonalRecoveryKey,
    }
}

fn secret(byte: u8) -> Told {
    Told::Secret(NewSecret {
        origin: Origin::Rotation,
        proved_at: None,
        ciphertext: vec![byte; 40],
        data_key: WrappedKey {
            wrapping_key: "first".to_owned(),
            wrapped: vec![byte; 60],
        },
    })
}

async fn tell(world: &World, device: u128, id: u128, told: Told) -> Appended {
    let new = NewMessage {
        line: line(world),
        device_id: device_id(device),
        id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(id)),
        told,
        at: NOW,
    };
    append(&world.store, &new).await.unwrap()
}

fn version(appended: Appended) -> Option<u32> {
    match appended {
        Appended::Kept { version, .. } | Appended::Before { version } => version,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn versions_are_added_and_each_message_counts_once() {
    let world = World::with_device().await;
    assert_eq!(version(tell(&world, 1, 1, secret(1)).await), Some(1));
    assert_eq!(version(tell(&world, 1, 2, secret(2)).await), Some(2));
    let again = tell(&world, 1, 1, secret(3)).await;
    assert_eq!(again, Appended::Before { version: Some(1) });
    for (number, byte) in [(1, 1), (2, 2)] {
        let kept = escrow::find_secret(&world.store, line(&world), number).await;
        assert_eq!(kept.unwrap().unwrap().ciphertext, vec![byte; 40]);
    }
    let none = escrow::find_secret(&world.store, line(&world), 3).await.unwrap();
    assert_eq!(none, None);
    let events = escrow::history(&world.store, line(&world)).await.unwrap();
    let versions = history(&events);
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].ended.map(|ended| ended.by), Some(What::Escrowed));
}

#[tokio::test]
async fn a_fresh_enrolment_ends_the_current_version_and_a_renewal_does_not() {
    let world = World::with_device().await;
    tell(&world, 1, 1, secret(1)).await;
    let renewed = with_other_keys(&identity(1), 7);
    world
        .enrol(&renewed, 2, Admission::SameDevice(device_id(1)))
        .await;
    let standing = escrow::standing(&world.store, line(&world)).await.unwrap();
    assert_eq!((standing.state, standing.current), (State::Held, Some(1)));

    world
        .enrol(&with_other_keys(&identity(1), 9), 3, Admission::Pending)
        .await;
    assert_eq!(tell(&world, 3, 2, secret(2)).await, Appended::NotAdmitted);
    let approval = store::device::Approval {
        request: world.request("approve", "approve"),
        device_id: device_id(3),
    };
    store::device::approve(&world.store, &approval).await.unwrap();
    let standing = escrow::standing(&world.store, line(&world)).await.unwrap();
    assert_eq!((standing.state, standing.latest), (State::Ended, 1));
    assert_eq!(tell(&world, 1, 3, secret(3)).await, Appended::NotAdmitted);
    assert_eq!(version(tell(&world, 3, 4, secret(4)).await), Some(2));
    let first = escrow::find_secret(&world.store, line(&world), 1).await.unwrap();
    assert!(first.is_some(), "what was escrowed before is still kept");
}

#[tokio::test]
async fn showing_a_version_is_noted_once_with_its_reason() {
    let world = World::with_device().await;
    tell(&world, 1, 1, secret(1)).await;
    let request = world.request("reveal-key", "reveal");
    let reveal = |version| Reveal {
        request: &request,
        line: line(&world),
        version,
        device_id: device_id(1),
        reason: "locked out",
        asker: Asker {
            person_id: None,
            request_id: RevealRequestId::from_untyped_uuid(Uuid::from_u128(1)),
            expires_at: NOW,
        },
    };
    let none = escrow::reveal(&world.store, &reveal(2)).await.unwrap();
    assert_eq!(none, Revealed::NoSuchVersion);
    let Revealed::Now(standing) = escrow::reveal(&world.store, &reveal(1)).await.unwrap() else {
        panic!("it is there")
    };
    assert!(standing.rotate_after.is_some());
    let again = escrow::reveal(&world.store, &reveal(1)).await.unwrap();
    assert_eq!(again, Revealed::Not(Known::Same(None)));
    let entries = store::audit::list(&world.store, world.organization_id, None, 1)
        .await
        .unwrap();
    assert_eq!(
        (entries[0].verb.as_str(), entries[0].reason.as_deref()),
        ("escrow.revealed", Some("locked out"))
    );
}

#[tokio::test]
async fn data_keys_are_wrapped_anew_and_secrets_stay() {
    let world = World::with_device().await;
    for number in 1..=3 {
        tell(&world, 1, u128::from(number), secret(number)).await;
    }
    let under = escrow::under(&world.store, "first", 2).await.unwrap();
    assert_eq!(under.len(), 2);
    let new = |byte| WrappedKey {
        wrapping_key: "second".to_owned(),
        wrapped: vec![byte; 60],
    };
    let wrapped: Vec<_> = under.iter().map(|wrapping| (wrapping.clone(), new(9))).collect();
    escrow::wrap_anew(&world.store, &wrapped).await.unwrap();
    let late: Vec<_> = under.into_iter().map(|wrapping| (wrapping, new(8))).collect();
    escrow::wrap_anew(&world.store, &late).await.unwrap();
    assert_eq!(escrow::count_under(&world.store, "first").await.unwrap(), 1);
    let kept = escrow::find_secret(&world.store, line(&world), 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((kept.ciphertext, kept.data_key), (vec![1; 40], new(9)));
}

#[tokio::test]
async fn where_a_line_stands_follows_from_its_events() {
    let world = World::with_device().await;
    let mut number = 0;
    let happened = |what, version| Told::Happened {
        what,
        version,
        at: at(5),
    };
    // A walk through everything that can happen, some of which cannot where it does.
    let mut state: u64 = 0x5eed;
    for _ in 0..200 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let draw = state >> 33;
        let some_version = u32::try_from(draw / 8 % 5).unwrap();
        number += 1;
        let told = match draw % 6 {
            0 => secret(1),
            1 => happened(What::Proved, Some(some_version)),
            2 => happened(What::Disproved, Some(some_version)),
            3 => happened(What::KeyUnknown, None),
            4 => happened(What::Emptied, None),
            _ => Told::SameAgain {
                proved_at: Some(at(7)),
            },
        };
        tell(&world, 1, number, told).await;
        let standing = escrow::standing(&world.store, line(&world)).await.unwrap();
        let events = escrow::history(&world.store, line(&world)).await.unwrap();
        let current: Vec<_> = history(&events)
            .into_iter()
            .filter(|version| version.ended.is_none())
            .map(|version| (Some(version.version), version.proved_at.is_some()))
            .collect();
        match standing.current {
            Some(version) => assert_eq!(current, [(Some(version), standing.proved_at.is_some())]),
            None => assert_eq!(current, []),
        }
        assert_eq!(standing.state == State::Held, standing.current.is_some());
    }
}

#[test]
fn no_statement_changes_or_deletes_an_event_and_only_the_end_of_a_forgotten_mac_deletes_a_version() {
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&file).unwrap();
        for table in ["escrow_version", "escrow_event"] {
            for verb in ["UPDATE", "DELETE FROM", "REPLACE INTO"] {
                let statement = format!("{verb} {table}");
                let is_the_end =
                    file.ends_with("escrow/destroy.rs") && statement == "DELETE FROM escrow_version";
                assert_eq!(
                    text.contains(&statement),
                    is_the_end,
                    "{statement}: {}",
                    file.display()
                );
            }
        }
    }
}
