//! What was accepted is there after the process is gone.

use store::Store;
use trust::action::ActionState;

use crate::support::{World, action_id};

#[tokio::test]
async fn what_was_accepted_is_there_when_the_file_is_opened_again() {
    let world = World::with_device().await;
    world.accept(7).await;
    // The first store is still open: nothing was flushed by closing it.
    let reopened = Store::open(&world.file).await.unwrap();
    let action = store::action::find(&reopened, world.organization_id, action_id(7))
        .await
        .unwrap();
    assert_eq!(action.unwrap().state, ActionState::Queued);
    reopened.ping().await.unwrap();
    reopened.close().await;
}

#[tokio::test]
async fn two_processes_can_write_the_same_file() {
    let world = World::with_device().await;
    let other = Store::open(&world.file).await.unwrap();
    let (here, there) = tokio::join!(
        async {
            for number in 1..=20 {
                world.accept(number).await;
            }
        },
        async {
            for number in 21..=40 {
                let new = world.new_action(number);
                store::action::accept(&other, &new).await.unwrap();
            }
        },
    );
    let ((), ()) = (here, there);
    assert_eq!(world.count("action").await, 40);
}

#[tokio::test]
async fn the_file_keeps_its_organisation() {
    let world = World::new().await;
    let another = newtype_uuid::GenericUuid::from_untyped_uuid(uuid::Uuid::from_u128(9));
    let first = store::organization::first_or_new(&world.store, another, "Another", crate::support::NOW);
    assert_eq!(first.await.unwrap(), world.organization_id);
}
