//! Ending what an agent has begun and no longer knows.

use store::action::{self, Open};
use trust::action::ActionState;
use trust::code::Code;

use crate::support::{NOW, World, action_id, at, device_id};

#[tokio::test]
async fn what_has_not_ended_is_told() {
    let world = World::with_device().await;
    world.run(1).await;
    world.accept(2).await;
    world.accept(3).await;
    action::cancel(&world.store, &world.request("cancel 3", "f"), action_id(3))
        .await
        .unwrap();
    let expected = [
        (1, ActionState::Running, Some(NOW)),
        (2, ActionState::Queued, None),
    ];
    let expected = expected.map(|(id, state, started_at)| Open {
        id: action_id(id),
        state,
        created_at: NOW,
        started_at,
        held: false,
        not_before: None,
    });
    assert_eq!(action::open(&world.store, device_id(1)).await.unwrap(), expected);
    assert_eq!(action::open(&world.store, device_id(2)).await.unwrap(), []);
}

#[tokio::test]
async fn what_runs_and_is_lost_ends_and_nothing_else() {
    let world = World::with_device().await;
    world.run(1).await;
    world.run(2).await;
    world.accept(3).await;
    assert_eq!(action::end_lost(&world.store, &[], at(5)).await.unwrap(), []);
    let lost = action::end_lost(&world.store, &[action_id(1), action_id(3)], at(5))
        .await
        .unwrap();
    let ids: Vec<_> = lost.iter().map(|changed| changed.id).collect();
    assert_eq!(ids, [action_id(1)]);
    let action = world.action(1).await;
    assert_eq!(
        (action.state, action.code),
        (ActionState::Failed, Some(Code::OutcomeLost))
    );
    assert_eq!(world.action(2).await.state, ActionState::Running);
    assert_eq!(world.action(3).await.state, ActionState::Queued);
    assert_eq!(world.count("sealed_secret").await, 4);
}
