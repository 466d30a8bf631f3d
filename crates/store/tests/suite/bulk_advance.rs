//! A run releases its actions as the decision says, and finishes once.

use store::bulk_run;
use trust::action::ActionState;
use trust::bulk::{Decision, RunState, Standing};
use trust::code::Code;
use trust::time::Timestamp;

use crate::support::{NOW, VALID_MS, World, action_id, at, device_id, member, run_id};

#[tokio::test]
async fn a_canary_goes_first_and_the_others_follow() {
    let world = World::running(7).await;
    assert_eq!(world.advance(NOW).await, 2);
    assert_eq!(world.advance(NOW).await, 0);
    assert_eq!(world.shown_to(3, NOW).await, 0);
    world.device_ends(1, Code::Granted, at(1)).await;
    assert_eq!(world.advance(at(1)).await, 0);
    world.device_ends(2, Code::AlreadyGranted, at(2)).await;
    assert_eq!(world.advance(at(2)).await, 3, "as many as may be in flight");
    for number in 3..=7 {
        world.device_ends(number, Code::Granted, at(3)).await;
        world.advance(at(3)).await;
    }
    let run = world.bulk_run().await;
    assert_eq!((run.state, run.finished_at), (RunState::Finished, Some(at(3))));
    assert_eq!(world.in_state(ActionState::Succeeded).await, 7);
    world.advance(at(4)).await;
    let finished = world
        .verbs()
        .await
        .into_iter()
        .filter(|verb| verb == "bulk_run.finished");
    assert_eq!(finished.count(), 1);
    assert!(bulk_run::unfinished(&world.store).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_offered_or_runs_keeps_its_place_for_longer_than_what_nobody_came_for() {
    let world = World::running(9).await;
    world.advance(NOW).await;
    world.device_ends(1, Code::Granted, at(1)).await;
    world.device_ends(2, Code::Granted, at(1)).await;
    assert_eq!(world.advance(at(2)).await, 3);
    world.device_begins(3, at(3)).await;
    assert_eq!(world.shown_to(4, at(3)).await, 1);
    // Only device 5 has not come: its place is free after a minute.
    assert_eq!(world.advance(at(60_001)).await, 0);
    assert_eq!(world.advance(at(60_002)).await, 1);
    // The other two have gone away in the middle of it: their places are free after ten.
    assert_eq!(world.advance(at(600_003)).await, 3);
    assert_eq!(world.in_state(ActionState::Running).await, 1);
}

#[tokio::test]
async fn a_canary_that_does_not_come_gives_its_place_to_others() {
    let world = World::running(3).await;
    assert_eq!(world.advance(NOW).await, 2);
    assert_eq!(
        world.advance(at(60_000)).await,
        2,
        "the third device, and the first again"
    );
    assert_eq!(world.shown_to(3, at(60_001)).await, 1);
    assert_eq!(world.shown_to(2, at(60_001)).await, 0, "it was taken back");
    assert!(world.action(2).await.held);
}

#[tokio::test]
async fn devices_that_were_there_go_first() {
    let world = World::with_devices(4).await;
    world.accept_run().await;
    let mut members: Vec<_> = (1..=4).map(|number| member(&world, number)).collect();
    for away in &mut members[..2] {
        away.action.as_mut().unwrap().is_there = false;
    }
    world.add(members).await;
    bulk_run::ready(&world.store, run_id(1), 2, None, NOW)
        .await
        .unwrap();
    world.advance(NOW).await;
    let held: Vec<bool> = [
        world.action(1).await.held,
        world.action(2).await.held,
        world.action(3).await.held,
        world.action(4).await.held,
    ]
    .into();
    assert_eq!(held, [true, true, false, false]);
}

#[tokio::test]
async fn nothing_is_released_before_its_time() {
    let world = World::with_devices(1).await;
    let mut new = world.new_run(1);
    new.not_before = Some(at(1_000));
    bulk_run::accept(&world.store, &new).await.unwrap();
    world.add(vec![member(&world, 1)]).await;
    bulk_run::ready(&world.store, run_id(1), 1, None, NOW)
        .await
        .unwrap();
    assert_eq!(world.advance(at(999)).await, 0);
    assert_eq!(world.advance(at(1_000)).await, 1);
    assert_eq!(world.shown_to(1, at(1_000)).await, 1);
}

#[tokio::test]
async fn what_expires_while_it_is_held_is_a_result_as_well() {
    let world = World::running(3).await;
    world.advance(NOW).await;
    let late = Timestamp(world.bulk_run().await.not_after.as_millis());
    assert_eq!(
        store::action::expire_due(&world.store, late).await.unwrap().len(),
        3
    );
    world.advance(late).await;
    assert_eq!(world.bulk_run().await.state, RunState::Finished);
    assert_eq!(world.in_state(ActionState::Expired).await, 3);
    assert_eq!(world.count("sealed_secret").await, 0);
}

#[tokio::test]
async fn when_there_is_nothing_to_do_nothing_is_written() {
    let world = World::running(1).await;
    world.advance(NOW).await;
    let before = std::fs::metadata(wal(&world)).unwrap().len();
    for _ in 0..5 {
        world.advance(at(1)).await;
    }
    assert_eq!(std::fs::metadata(wal(&world)).unwrap().len(), before);
}

fn wal(world: &World) -> std::path::PathBuf {
    let mut name = world.file.clone().into_os_string();
    name.push("-wal");
    name.into()
}

#[tokio::test]
async fn a_decision_that_releases_for_ever_comes_to_its_end() {
    fn greedy(_: &Standing) -> Decision {
        Decision::Release(1)
    }
    let world = World::running(3).await;
    let advanced = bulk_run::advance(&world.store, run_id(1), NOW, greedy)
        .await
        .unwrap();
    assert_eq!(advanced.released.len(), 3);
}

/// An action of its own on the same device is none of the run's business.
#[tokio::test]
async fn other_actions_are_not_held() {
    let world = World::running(1).await;
    let mut own = world.new_action(50);
    own.envelope.not_after = at(VALID_MS);
    store::action::accept(&world.store, &own).await.unwrap();
    let shown = store::action::offers(&world.store, device_id(1), NOW, 10)
        .await
        .unwrap();
    let ids: Vec<_> = shown.offers.iter().map(|offer| offer.envelope.id).collect();
    assert_eq!(ids, [action_id(50)]);
}
