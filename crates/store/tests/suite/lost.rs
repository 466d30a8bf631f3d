//! Ending what an agent has begun and no longer knows.

use store::action;
use trust::action::ActionState;
use trust::code::Code;

use crate::support::{NOW, World, action_id, at, device_id};

#[tokio::test]
async fn what_the_agent_no_longer_knows_is_lost_and_nothing_else() {
    let world = World::with_device().await;
    world.run(1).await;
    world.run(2).await;
    world.accept(3).await;
    let lost = action::end_lost(&world.store, device_id(1), &[action_id(2)], NOW, at(5))
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

#[tokio::test]
async fn what_began_while_the_agent_was_telling_is_left_alone() {
    let world = World::with_device().await;
    world.run(1).await;
    let lost = action::end_lost(&world.store, device_id(1), &[], at(-1), at(5))
        .await
        .unwrap();
    assert!(lost.is_empty(), "{lost:?}");
    let other = action::end_lost(&world.store, device_id(2), &[], NOW, at(5))
        .await
        .unwrap();
    assert!(other.is_empty(), "{other:?}");
    assert_eq!(world.action(1).await.state, ActionState::Running);
}
