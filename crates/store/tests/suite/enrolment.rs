//! Who a Mac that enrols becomes, and what that does to the ones that are there.

use store::action;
use store::device::{self, Approval, Approved};
use store::enrolment::Enrolled;
use store::enrolment_secret;
use trust::action::ActionState;
use trust::admission::Admission;
use trust::code::Code;

use crate::support::{NOW, World, action_id, at, device_id, granted, identity, with_other_keys};

fn approval(world: &World, number: u128) -> Approval {
    Approval {
        request: world.request(&format!("approve {number}"), "f"),
        device_id: device_id(number),
    }
}

#[tokio::test]
async fn a_secret_admits_one_mac_in_its_time() {
    let world = World::new().await;
    world.secret("once").await;
    let first = world
        .enrol_with("once", &identity(1), 1, Admission::NewDevice, at(999))
        .await;
    assert!(
        matches!(first, Enrolled::Device { pending: false, .. }),
        "{first:?}"
    );
    let used = enrolment_secret::find(&world.store, "once")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(used.used_by, Some(device_id(1)));
    let second = world
        .enrol_with("once", &identity(2), 2, Admission::NewDevice, NOW)
        .await;
    assert_eq!(second, Enrolled::SecretInvalid);

    world.secret("late").await;
    let late = world
        .enrol_with("late", &identity(2), 2, Admission::NewDevice, at(1_000))
        .await;
    assert_eq!(late, Enrolled::SecretInvalid);
    let unknown = world
        .enrol_with("unknown", &identity(2), 2, Admission::NewDevice, NOW)
        .await;
    assert_eq!(unknown, Enrolled::SecretInvalid);
    assert_eq!(world.count("device").await, 1);
}

#[tokio::test]
async fn a_known_serial_number_or_uuid_is_never_doubled() {
    let world = World::with_device().await;
    let mut same_serial = identity(2);
    same_serial.serial_number = identity(1).serial_number;
    let mut same_uuid = identity(3);
    same_uuid.hardware_uuid = identity(1).hardware_uuid;
    for (number, claimed) in [(2, same_serial), (3, same_uuid)] {
        let known = device::known(
            &world.store,
            world.organization_id,
            &claimed.serial_number,
            &claimed.hardware_uuid,
        );
        assert_eq!(known.await.unwrap(), [device_id(1)]);
        let doubled = world.enrol(&claimed, number, Admission::NewDevice).await;
        assert_eq!(doubled, Enrolled::Conflict);
        // The secret is still good for what it becomes instead.
        let hash = format!("secret of {number}");
        let pending = world
            .enrol_with(&hash, &claimed, number, Admission::Pending, NOW)
            .await;
        assert!(
            matches!(pending, Enrolled::Device { pending: true, .. }),
            "{pending:?}"
        );
    }
}

#[tokio::test]
async fn with_the_old_key_the_same_device_goes_on_with_new_keys() {
    let world = World::with_device().await;
    world.accept(1).await;
    world.run(2).await;
    let renewed = with_other_keys(&identity(1), 9);
    let enrolled = world
        .enrol(&renewed, 5, Admission::SameDevice(device_id(1)))
        .await;
    let Enrolled::Device { id, pending, ended } = enrolled else {
        panic!("{enrolled:?}");
    };
    assert_eq!((id, pending), (device_id(1), false));
    let ended: Vec<_> = ended.iter().map(|changed| changed.id).collect();
    assert_eq!(ended, [action_id(1)]);
    let stale = world.action(1).await;
    assert_eq!(
        (stale.state, stale.code),
        (ActionState::Failed, Some(Code::CredentialStale))
    );
    assert_eq!(
        world.action(2).await.state,
        ActionState::Running,
        "its end is the agent's to tell"
    );
    let device = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
    assert_eq!(device.signing_key, renewed.signing_key);
    assert_eq!(device.sealing_key, renewed.sealing_key);
    assert!(world.verbs().await.contains(&"device.keys_changed".to_owned()));
}

#[tokio::test]
async fn what_is_sealed_to_the_same_key_goes_on() {
    let world = World::with_device().await;
    world.accept(1).await;
    let mut renamed = identity(1);
    renamed.name = "Another name".to_owned();
    world
        .enrol(&renamed, 5, Admission::SameDevice(device_id(1)))
        .await;
    assert_eq!(world.action(1).await.state, ActionState::Queued);
    assert_eq!(world.action(1).await.device_name, "Another name");
}

#[tokio::test]
async fn an_approved_device_takes_the_place_and_the_history_of_the_one_before() {
    let world = World::with_device().await;
    world.run(1).await;
    let outcome = granted();
    let report = action::NewReport {
        device_id: device_id(1),
        action_id: action_id(1),
        outcome: &outcome,
        observation: None,
        at: NOW,
    };
    action::report(&world.store, &report).await.unwrap();
    world.accept(2).await;
    world.run(3).await;
    world
        .enrol(&with_other_keys(&identity(1), 2), 2, Admission::Pending)
        .await;
    world
        .enrol(&with_other_keys(&identity(1), 3), 3, Admission::Pending)
        .await;

    let approved = device::approve(&world.store, &approval(&world, 2)).await.unwrap();
    let Approved::Device { device, ended } = approved else {
        panic!("{approved:?}");
    };
    assert!(!device.pending);
    assert_eq!(world.action(2).await.code, Some(Code::CredentialStale));
    assert_eq!(world.action(3).await.code, Some(Code::DeviceReplaced));
    let ended: Vec<_> = ended.iter().map(|changed| changed.id).collect();
    assert_eq!(ended, [action_id(2), action_id(3)]);
    assert_eq!(world.count("sealed_secret").await, 0);
    assert_eq!(device::find(&world.store, device_id(1)).await.unwrap(), None);
    assert_eq!(
        device::find(&world.store, device_id(3)).await.unwrap(),
        None,
        "it claimed the same"
    );
    let edges = store::trust_edge::list(&world.store, world.organization_id, device_id(2));
    assert_eq!(edges.await.unwrap().len(), 1);

    let again = device::approve(&world.store, &approval(&world, 2)).await.unwrap();
    assert!(
        matches!(&again, Approved::Device { ended, .. } if ended.is_empty()),
        "{again:?}"
    );
    let replaced = world
        .verbs()
        .await
        .iter()
        .filter(|verb| *verb == "device.replaced")
        .count();
    assert_eq!(replaced, 2);

    // History stays one step away when a third takes the second's place.
    world
        .enrol(&with_other_keys(&identity(1), 4), 4, Admission::Pending)
        .await;
    device::approve(&world.store, &approval(&world, 4)).await.unwrap();
    let edges = store::trust_edge::list(&world.store, world.organization_id, device_id(4));
    assert_eq!(edges.await.unwrap().len(), 1);
}

#[tokio::test]
async fn approval_is_refused_for_what_is_not_there() {
    let world = World::with_device().await;
    let unknown = device::approve(&world.store, &approval(&world, 9)).await;
    assert_eq!(unknown.unwrap(), Approved::NotFound);
    world.accept(1).await;
    let mut reused = approval(&world, 1);
    reused.request.key = world.new_action(1).request.key;
    assert_eq!(
        device::approve(&world.store, &reused).await.unwrap(),
        Approved::KeyReused
    );
}
