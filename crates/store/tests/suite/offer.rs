//! What a device's agent is shown.

use store::action;
use trust::action::{ActionState, SecretRole};

use crate::support::{VALID_MS, World, action_id, at, device_id, sealed};

#[tokio::test]
async fn what_waits_is_shown_oldest_first_with_its_secrets() {
    let world = World::with_device().await;
    world.accept(8).await;
    let mut later = world.new_action(7);
    later.request.at = at(1);
    action::accept(&world.store, &later).await.unwrap();

    let shown = action::offers(&world.store, device_id(1), at(2), 10)
        .await
        .unwrap();
    let ids: Vec<_> = shown.offers.iter().map(|offer| offer.envelope.id).collect();
    assert_eq!(ids, [action_id(8), action_id(7)]);
    assert_eq!(shown.offers[0].secrets[&SecretRole::Administrator], sealed(1));
    assert_eq!(shown.offers[0].secrets[&SecretRole::Target], sealed(2));
    assert_eq!(shown.fresh.len(), 2);
    assert_eq!(world.action(8).await.state, ActionState::Offered);

    let again = action::offers(&world.store, device_id(1), at(3), 10)
        .await
        .unwrap();
    assert_eq!(again.offers, shown.offers, "it is shown until it is begun");
    assert!(again.fresh.is_empty());
    assert_eq!(world.action(8).await.offered_at, Some(at(2)));

    let one = action::offers(&world.store, device_id(1), at(3), 1)
        .await
        .unwrap();
    assert_eq!(one.offers.len(), 1);
}

#[tokio::test]
async fn what_does_not_wait_is_not_shown() {
    let world = World::with_device().await;
    world.run(7).await;
    world.accept(8).await;
    let none = action::offers(&world.store, device_id(1), at(VALID_MS), 10)
        .await
        .unwrap();
    assert!(none.offers.is_empty(), "{none:?}");
    assert_eq!(world.action(8).await.state, ActionState::Queued);
    let other = action::offers(&world.store, device_id(2), at(0), 10)
        .await
        .unwrap();
    assert!(other.offers.is_empty(), "{other:?}");
}
