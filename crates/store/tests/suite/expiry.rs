//! Ending what waited too long.

use store::action;
use trust::action::ActionState;
use trust::code::Code;

use crate::support::{NOW, VALID_MS, World, action_id, at};

#[tokio::test]
async fn every_action_whose_time_has_run_out_ends() {
    let world = World::with_device().await;
    for number in 1..=450 {
        world.accept(number).await;
    }
    assert!(
        action::expire_due(&world.store, at(VALID_MS - 1))
            .await
            .unwrap()
            .is_empty()
    );
    let expired = action::expire_due(&world.store, at(VALID_MS)).await.unwrap();
    assert_eq!(expired.len(), 450);
    assert!(
        expired
            .iter()
            .all(|changed| changed.state == ActionState::Expired)
    );
    assert!(
        action::expire_due(&world.store, at(VALID_MS))
            .await
            .unwrap()
            .is_empty()
    );

    let action = world.action(1).await;
    assert_eq!(action.code, Some(Code::Expired));
    assert_eq!(action.finished_at, Some(at(VALID_MS)));
    assert_eq!(world.count("sealed_secret").await, 0);
    assert_eq!(
        world
            .verbs()
            .await
            .iter()
            .filter(|verb| *verb == "action.expired")
            .count(),
        450
    );
}

#[tokio::test]
async fn what_has_begun_does_not_expire() {
    let world = World::with_device().await;
    world.run(1).await;
    assert!(
        action::expire_due(&world.store, at(VALID_MS * 10))
            .await
            .unwrap()
            .is_empty()
    );
    let action = action::find(&world.store, world.organization_id, action_id(1))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (action.state, action.started_at),
        (ActionState::Running, Some(NOW))
    );
}
