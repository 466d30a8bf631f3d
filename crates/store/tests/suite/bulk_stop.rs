//! A run that stops takes back what no device was shown, and goes on only when somebody says so.

use store::action::{self, Started};
use store::bulk_run::{self, Asked};
use trust::action::ActionState;
use trust::bulk::RunState;
use trust::code::Code;

use crate::support::{NOW, World, action_id, at, device_id, run_id};

/// A run over 8 devices whose canary was well, and of whose next three one is begun, one shown and one just released.
async fn in_the_middle() -> World {
    let world = World::running(8).await;
    world.advance(NOW).await;
    world.device_ends(1, Code::Granted, at(1)).await;
    world.device_ends(2, Code::Granted, at(1)).await;
    assert_eq!(world.advance(at(2)).await, 3);
    world.device_begins(3, at(3)).await;
    assert_eq!(world.shown_to(4, at(3)).await, 1);
    world
}

#[tokio::test]
async fn a_person_stops_a_run_and_continues_it() {
    let world = in_the_middle().await;
    let request = world.request("stop", "stop");
    let (stopped, ended) = bulk_run::stop(&world.store, &request, run_id(1), Some("wait"))
        .await
        .unwrap();
    assert!(matches!(stopped, Asked::Done(run) if run.code == Some(Code::BulkStopped)));
    assert_eq!(ended.len(), 1, "the one that was shown and not begun");
    assert_eq!(world.action(4).await.code, Some(Code::BulkStopped));
    assert_eq!(world.action(3).await.state, ActionState::Running);
    assert!(world.action(5).await.held);
    assert_eq!(world.shown_to(5, at(4)).await, 0);
    let late = action::start(&world.store, device_id(4), action_id(4), at(4))
        .await
        .unwrap();
    assert!(matches!(late, Started::TooLate(action) if action.code == Some(Code::BulkStopped)));
    for later in [5, 100_000, 700_000] {
        assert_eq!(world.advance(at(later)).await, 0);
    }

    let again = world.request("continue", "continue");
    let resumed = bulk_run::resume(&world.store, &again, run_id(1), None)
        .await
        .unwrap();
    assert!(matches!(resumed, Asked::Done(run) if run.state == RunState::Running && run.code.is_none()));
    assert_eq!(
        world.advance(at(6)).await,
        1,
        "a canary of two again, of which one runs"
    );
    let repeated = bulk_run::resume(&world.store, &again, run_id(1), None)
        .await
        .unwrap();
    assert!(matches!(repeated, Asked::Done(_)), "{repeated:?}");
    let (repeated, ended) = bulk_run::stop(&world.store, &request, run_id(1), Some("wait"))
        .await
        .unwrap();
    assert!(
        matches!(&repeated, Asked::Done(run) if run.state == RunState::Running),
        "what was asked once is done once: {repeated:?}"
    );
    assert!(ended.is_empty());
}

#[tokio::test]
async fn a_canary_that_fails_stops_the_run() {
    let world = World::running(5).await;
    world.advance(NOW).await;
    world.device_ends(1, Code::GrantNotConfirmed, at(1)).await;
    let advanced = bulk_run::advance(&world.store, run_id(1), at(2), trust::bulk::decide)
        .await
        .unwrap();
    assert!(advanced.changed && advanced.released.is_empty());
    let run = world.bulk_run().await;
    assert_eq!(
        (run.state, run.code),
        (RunState::Stopped, Some(Code::BulkTooManyFailed))
    );
    assert_eq!(run.stopped_at, Some(at(2)));
    assert_eq!(
        world.shown_to(2, at(3)).await,
        0,
        "the other canary is taken back"
    );
    assert_eq!(world.advance(at(4)).await, 0);
}

#[tokio::test]
async fn what_cannot_be_is_told() {
    let world = World::running(1).await;
    let request = world.request("some key", "some");
    let not_stopped = bulk_run::resume(&world.store, &request, run_id(1), None)
        .await
        .unwrap();
    assert!(matches!(not_stopped, Asked::NotNow(_)));
    let nowhere = bulk_run::cancel(&world.store, &request, run_id(9), None)
        .await
        .unwrap();
    assert_eq!(nowhere, Asked::NotFound);
    world.advance(NOW).await;
    world.device_ends(1, Code::Granted, at(1)).await;
    world.advance(at(1)).await;
    let over = bulk_run::cancel(&world.store, &request, run_id(1), None)
        .await
        .unwrap();
    assert!(matches!(over, Asked::NotNow(_)));
    let (over, _) = bulk_run::stop(&world.store, &request, run_id(1), None)
        .await
        .unwrap();
    assert!(matches!(over, Asked::NotNow(_)));
}

#[tokio::test]
async fn a_cancelled_run_calls_back_what_has_not_begun_and_waits_for_the_rest() {
    let world = in_the_middle().await;
    let request = world.request("cancel", "cancel");
    let cancelled = bulk_run::cancel(&world.store, &request, run_id(1), Some("no more"))
        .await
        .unwrap();
    assert!(matches!(cancelled, Asked::Done(run) if run.state == RunState::Cancelled));
    let run = world.bulk_run().await;
    assert_eq!(
        bulk_run::cancel_waiting(&world.store, &run, at(5))
            .await
            .unwrap()
            .len(),
        5
    );
    world.advance(at(5)).await;
    assert_eq!(world.bulk_run().await.finished_at, None, "one is under way");
    assert_eq!(world.count("sealed_secret").await, 2);
    let lost = action::end_lost(&world.store, &[action_id(3)], at(6))
        .await
        .unwrap();
    assert_eq!(lost[0].bulk_run_id, Some(run_id(1)));
    world.advance(at(7)).await;
    let run = world.bulk_run().await;
    assert_eq!((run.state, run.finished_at), (RunState::Cancelled, Some(at(7))));
    assert_eq!(world.in_state(ActionState::Cancelled).await, 5);
}

/// The check-in has read the queue when the run stops; what it read must not be shown, because the agent would never take
/// it again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_taken_back_while_it_is_about_to_be_shown_is_not_shown() {
    for round in 0..40 {
        let world = World::running(1).await;
        world.advance(NOW).await;
        let request = world.request("stop", "stop");
        let (shown, stopped) = tokio::join!(
            action::offers(&world.store, device_id(1), at(1), 10),
            bulk_run::stop(&world.store, &request, run_id(1), None),
        );
        stopped.unwrap();
        let shown = shown.unwrap().offers.len();
        let action = world.action(1).await;
        let fits = match shown {
            0 => action.held,
            _ => action.state == ActionState::Cancelled,
        };
        assert!(fits, "round {round}: {shown} shown, then {action:?}");
    }
}
