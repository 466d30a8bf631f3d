//! What people enter into the vault: all of it or none, once for each request, and never more former values than there may be.

use newtype_uuid::GenericUuid as _;
use store::escrow::{self, Entered, Entering, Entry, Line, NO_DEVICE, NewSecret, WrappedKey, enter};
use store::idempotency::Known;
use trust::escrow::{EscrowKind, MOST_LEGACY, Origin, State};
use trust::id::EscrowMessageId;
use uuid::Uuid;

use crate::support::{World, device_id};

fn line(world: &World, serial_number: &'static str) -> Line<'static> {
    Line {
        organization_id: world.organization_id,
        serial_number,
        kind: EscrowKind::FirmwarePassword,
    }
}

fn entry(line: Line<'static>, id: u32, origin: Origin) -> Entry<'static> {
    Entry {
        line,
        message_id: EscrowMessageId::from_untyped_uuid(Uuid::from_u128(id.into())),
        secret: NewSecret {
            origin,
            proved_at: None,
            ciphertext: vec![1; 40],
            data_key: WrappedKey {
                wrapping_key: "first".to_owned(),
                wrapped: vec![1; 60],
            },
        },
    }
}

async fn entered(world: &World, key: &str, entries: &[Entry<'_>]) -> Entered {
    let request = world.request(key, "enter");
    let entering = Entering {
        request: &request,
        entries,
        reason: Some("out of the safe"),
        answer: "told",
    };
    enter(&world.store, &entering).await.unwrap()
}

#[tokio::test]
async fn it_is_kept_with_and_without_a_device_and_once_for_each_request() {
    let world = World::with_device().await;
    let (here, nowhere) = (line(&world, "SERIAL1"), line(&world, "SERIAL9"));
    let entries = [
        entry(here, 1, Origin::Entered),
        entry(nowhere, 2, Origin::Entered),
    ];
    assert_eq!(entered(&world, "once", &entries).await, Entered::Now);
    let again = entered(&world, "once", &entries).await;
    assert_eq!(again, Entered::Not(Known::Same(Some("told".to_owned()))));
    for (line, device, has_device) in [(here, device_id(1), true), (nowhere, NO_DEVICE, false)] {
        let kept = escrow::find(&world.store, line).await.unwrap().unwrap();
        assert_eq!((kept.device_id, kept.has_device), (device, has_device));
        assert_eq!((kept.standing.state, kept.standing.latest), (State::Held, 1));
        let secret = escrow::find_secret(&world.store, line, 1).await.unwrap().unwrap();
        assert_eq!(
            secret.device_id, NO_DEVICE,
            "it opens the same when the Mac enrols"
        );
    }
}

#[tokio::test]
async fn one_former_value_too_many_is_named_and_nothing_is_kept() {
    let world = World::with_device().await;
    let line = line(&world, "SERIAL1");
    let former = |count: u32, from: u32| -> Vec<Entry<'static>> {
        let numbers = from..from + count;
        numbers.map(|id| entry(line, id, Origin::Legacy)).collect()
    };
    let mut entries = vec![entry(line, 1, Origin::Entered)];
    entries.extend(former(MOST_LEGACY + 1, 2));
    let place = usize::try_from(MOST_LEGACY).unwrap() + 1;
    assert_eq!(
        entered(&world, "many", &entries).await,
        Entered::TooManyLegacy(place)
    );
    assert_eq!(escrow::find(&world.store, line).await.unwrap(), None);
    entries.truncate(place);
    assert_eq!(entered(&world, "fewer", &entries).await, Entered::Now);
    let more = entered(&world, "more", &former(1, 100)).await;
    assert_eq!(more, Entered::TooManyLegacy(0));
    let standing = escrow::standing(&world.store, line).await.unwrap();
    assert_eq!((standing.latest, standing.current), (MOST_LEGACY + 1, Some(1)));
}
