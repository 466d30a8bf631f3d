//! The agent asks whether it may begin.

use store::action::{self, Started};
use trust::action::ActionState;

use crate::support::{NOW, VALID_MS, World, action_id, at, device_id};

#[tokio::test]
async fn it_begins_once_and_is_told_so_again() {
    let world = World::with_device().await;
    world.accept(7).await;
    let first = action::start(&world.store, device_id(1), action_id(7), at(5))
        .await
        .unwrap();
    let Started::Now(action) = first else {
        panic!("{first:?}");
    };
    assert_eq!(action.state, ActionState::Running);
    assert_eq!(action.started_at, Some(at(5)));
    let again = action::start(&world.store, device_id(1), action_id(7), at(VALID_MS * 2)).await;
    assert_eq!(
        again.unwrap(),
        Started::Before,
        "a running action has no time limit"
    );
    assert_eq!(world.action(7).await.started_at, Some(at(5)));
    assert_eq!(
        world
            .verbs()
            .await
            .iter()
            .filter(|verb| *verb == "action.started")
            .count(),
        1
    );
    assert_eq!(
        world.count("sealed_secret").await,
        2,
        "a killed agent must get its secrets again"
    );
}

#[tokio::test]
async fn it_does_not_begin_when_its_time_has_run_out() {
    let world = World::with_device().await;
    world.accept(7).await;
    let late = action::start(&world.store, device_id(1), action_id(7), at(VALID_MS))
        .await
        .unwrap();
    assert!(matches!(late, Started::TooLate(_)), "{late:?}");
    assert_eq!(world.action(7).await.state, ActionState::Queued);
}

#[tokio::test]
async fn another_device_cannot_begin_it() {
    let world = World::with_device().await;
    world.accept(7).await;
    let other = action::start(&world.store, device_id(2), action_id(7), NOW).await;
    assert_eq!(other.unwrap(), Started::NotFound);
    let unknown = action::start(&world.store, device_id(1), action_id(8), NOW).await;
    assert_eq!(unknown.unwrap(), Started::NotFound);
    assert_eq!(world.action(7).await.state, ActionState::Queued);
}
