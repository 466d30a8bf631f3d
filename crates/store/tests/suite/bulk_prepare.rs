//! A run is accepted once, and its devices are added while it is being prepared, each once.

use store::bulk_member::{self, Filter};
use store::bulk_run::{self, Accepted, ChunkAdded, MemberCount};
use trust::action::ActionState;
use trust::bulk::{Readiness, RunState};
use trust::code::Code;

use crate::support::{NOW, World, at, device_id, held_back, identity, member, run_id, with_other_keys};

#[tokio::test]
async fn a_run_is_accepted_once() {
    let world = World::with_devices(1).await;
    world.accept_run().await;
    let again = bulk_run::accept(&world.store, &world.new_run(1)).await.unwrap();
    assert_eq!(again, Accepted::Before("run 1".to_owned()));
    let mut other = world.new_run(2);
    other.request = world.request("run key 1", "another fingerprint");
    let reused = bulk_run::accept(&world.store, &other).await.unwrap();
    assert_eq!(reused, Accepted::KeyReused);
    assert_eq!(world.count("bulk_run").await, 1);
    assert_eq!(world.verbs().await.last().unwrap(), "bulk_run.accepted");
    assert_eq!(world.bulk_run().await.state, RunState::Preparing);
}

#[tokio::test]
async fn every_device_has_its_action_or_what_it_lacks() {
    let world = World::with_devices(3).await;
    world.accept_run().await;
    let lacks = held_back(2, Readiness::NeedsPerson, Code::ChainBroken);
    let added = world.add(vec![member(&world, 1), lacks, member(&world, 3)]).await;
    assert_eq!(added, ChunkAdded::But(Vec::new()));
    // The same device again, as when its name changes between two chunks.
    world.add(vec![member(&world, 1)]).await;

    let members = bulk_member::list(
        &world.store,
        run_id(1),
        Filter {
            limit: 10,
            ..Filter::default()
        },
    )
    .await
    .unwrap();
    let names: Vec<_> = members.iter().map(|member| member.device_name.as_str()).collect();
    assert_eq!(names, ["Mac 1", "Mac 2", "Mac 3"]);
    let first = members[0].action.as_ref().unwrap();
    assert_eq!((first.state, first.held), (ActionState::Queued, true));
    assert_eq!(
        (members[1].code, &members[1].action),
        (Some(Code::ChainBroken), &None)
    );
    assert_eq!(world.action(1).await.bulk_run_id, Some(run_id(1)));
    assert_eq!(world.action(1).await.plan, crate::support::plan());

    let progress = world.progress().await;
    let of = |readiness, code, count| MemberCount {
        readiness,
        code,
        count,
    };
    assert!(
        progress.members.contains(&of(Readiness::Ready, None, 2)),
        "{progress:?}"
    );
    assert!(
        progress
            .members
            .contains(&of(Readiness::NeedsPerson, Some(Code::ChainBroken), 1)),
        "{progress:?}"
    );
}

#[tokio::test]
async fn a_part_of_the_devices_can_be_listed() {
    let world = World::running(4).await;
    world.advance(NOW).await;
    world.device_ends(1, Code::Granted, at(1)).await;
    let places = async |filter: Filter| -> Vec<u64> {
        let members = bulk_member::list(&world.store, run_id(1), Filter { limit: 2, ..filter })
            .await
            .unwrap();
        members.iter().map(|member| member.place).collect()
    };
    assert_eq!(places(Filter::default()).await, [1, 2]);
    assert_eq!(
        places(Filter {
            after: 2,
            ..Filter::default()
        })
        .await,
        [3, 4]
    );
    let succeeded = Some(ActionState::Succeeded);
    assert_eq!(
        places(Filter {
            state: succeeded,
            ..Filter::default()
        })
        .await,
        [1]
    );
    let lacking = Some(Readiness::NeedsPerson);
    assert_eq!(
        places(Filter {
            readiness: lacking,
            ..Filter::default()
        })
        .await,
        [0_u64; 0]
    );
}

#[tokio::test]
async fn nothing_attaches_to_a_device_with_another_key() {
    let world = World::with_devices(2).await;
    world.accept_run().await;
    let planned = member(&world, 1);
    let proved = trust::admission::Admission::SameDevice(device_id(1));
    world.enrol(&with_other_keys(&identity(1), 9), 9, proved).await;
    let added = world.add(vec![planned, member(&world, 2)]).await;
    assert_eq!(added, ChunkAdded::But(vec![device_id(1)]));
    assert_eq!(world.count("bulk_member").await, 1);
    assert_eq!(world.count("action").await, 1);
}

#[tokio::test]
async fn nothing_is_shown_before_every_device_is_planned() {
    let world = World::with_devices(1).await;
    world.accept_run().await;
    world.add(vec![member(&world, 1)]).await;
    assert_eq!(world.advance(at(1)).await, 0);
    assert_eq!(world.shown_to(1, at(1)).await, 0);
    assert!(
        bulk_run::ready(&world.store, run_id(1), 1, None, at(2))
            .await
            .unwrap()
    );
    assert!(
        !bulk_run::ready(&world.store, run_id(1), 1, None, at(2))
            .await
            .unwrap()
    );
    assert_eq!(world.add(Vec::new()).await, ChunkAdded::NotPreparing);
    assert_eq!(world.advance(at(3)).await, 1);
    assert_eq!(world.shown_to(1, at(3)).await, 1);
}

#[tokio::test]
async fn a_run_that_is_to_halt_waits_for_somebody_to_continue_it() {
    let world = World::with_devices(1).await;
    world.accept_run().await;
    world.add(vec![member(&world, 1)]).await;
    let halt = Some(Code::BulkPlanChanged);
    assert!(
        bulk_run::ready(&world.store, run_id(1), 1, halt, at(2))
            .await
            .unwrap()
    );
    let run = world.bulk_run().await;
    assert_eq!((run.state, run.code), (RunState::Stopped, halt));
    assert_eq!((run.ready_at, run.stopped_at), (Some(at(2)), Some(at(2))));
    assert_eq!(world.advance(at(3)).await, 0);
    assert_eq!(world.shown_to(1, at(3)).await, 0);
    let request = world.request("continue", "continue");
    bulk_run::resume(&world.store, &request, run_id(1), None)
        .await
        .unwrap();
    assert_eq!(world.advance(at(4)).await, 1);
}

#[tokio::test]
async fn a_run_whose_preparation_was_cut_off_ends_and_says_so() {
    let world = World::with_devices(2).await;
    world.accept_run().await;
    world.add(vec![member(&world, 1), member(&world, 2)]).await;
    let interrupted = bulk_run::interrupt(&world.store, None, at(5)).await.unwrap();
    assert_eq!(interrupted.len(), 1);
    assert!(
        bulk_run::interrupt(&world.store, None, at(6))
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        !bulk_run::ready(&world.store, run_id(1), 1, None, at(6))
            .await
            .unwrap()
    );

    let run = world.bulk_run().await;
    assert_eq!(
        (run.state, run.code),
        (RunState::Interrupted, Some(Code::BulkInterrupted))
    );
    assert_eq!(
        bulk_run::cancel_waiting(&world.store, &run, at(7))
            .await
            .unwrap()
            .len(),
        2
    );
    assert!(
        bulk_run::cancel_waiting(&world.store, &run, at(7))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(world.action(1).await.code, Some(Code::BulkInterrupted));
    assert_eq!(world.count("sealed_secret").await, 0);
    world.advance(at(8)).await;
    assert_eq!(world.bulk_run().await.finished_at, Some(at(8)));
    assert_eq!(world.bulk_run().await.state, RunState::Interrupted);
}
