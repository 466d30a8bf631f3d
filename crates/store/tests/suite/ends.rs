//! From which state an action can come to which end.

use store::action::{self, Cancelled, NewReport, Reported, Started};
use trust::action::ActionState;
use trust::code::Code;

use crate::support::{NOW, VALID_MS, World, action_id, at, device_id, ended, granted};

/// Brings the action of this number to a state.
async fn bring_to(world: &World, number: u128, state: ActionState) {
    world.accept(number).await;
    let id = action_id(number);
    let report = async |outcome| {
        action::start(&world.store, device_id(1), id, NOW).await.unwrap();
        let new = NewReport {
            device_id: device_id(1),
            action_id: id,
            outcome: &outcome,
            observation: None,
            at: NOW,
        };
        action::report(&world.store, &new).await.unwrap();
    };
    match state {
        ActionState::Queued => {}
        ActionState::Offered => {
            action::offers(&world.store, device_id(1), NOW, 100)
                .await
                .unwrap();
        }
        ActionState::Running => {
            action::start(&world.store, device_id(1), id, NOW).await.unwrap();
        }
        ActionState::Succeeded => report(granted()).await,
        ActionState::Failed => report(ended(Code::ToolFailed, true)).await,
        ActionState::Refused => report(ended(Code::NoGranter, false)).await,
        ActionState::Expired => {
            action::expire_due(&world.store, at(VALID_MS)).await.unwrap();
        }
        ActionState::Cancelled => {
            let request = world.request(&format!("cancel {number}"), "f");
            action::cancel(&world.store, &request, id).await.unwrap();
        }
    }
    assert_eq!(world.action(number).await.state, state);
}

#[tokio::test]
async fn only_what_waits_begins_expires_or_is_called_back() {
    for state in ActionState::ALL {
        let world = World::with_device().await;
        bring_to(&world, 1, state).await;
        let started = action::start(&world.store, device_id(1), action_id(1), NOW)
            .await
            .unwrap();
        assert_eq!(
            matches!(started, Started::Now(_)),
            state.is_waiting(),
            "start {state:?}"
        );
        assert_eq!(
            started == Started::Before,
            state == ActionState::Running,
            "start {state:?}"
        );

        let world = World::with_device().await;
        bring_to(&world, 1, state).await;
        let expired = action::expire_due(&world.store, at(VALID_MS)).await.unwrap();
        assert_eq!(!expired.is_empty(), state.is_waiting(), "expire {state:?}");

        let world = World::with_device().await;
        bring_to(&world, 1, state).await;
        let request = world.request("call it back", "f");
        let cancelled = action::cancel(&world.store, &request, action_id(1))
            .await
            .unwrap();
        assert_eq!(
            matches!(cancelled, Cancelled::Now(_)),
            state.is_waiting(),
            "cancel {state:?}"
        );
        assert_eq!(
            matches!(cancelled, Cancelled::Before(_)),
            state == ActionState::Cancelled,
            "cancel {state:?}"
        );
    }
}

#[tokio::test]
async fn only_what_has_not_ended_ends_and_its_secrets_with_it() {
    for state in ActionState::ALL {
        let world = World::with_device().await;
        bring_to(&world, 1, state).await;
        let secrets = if state.is_final() { 0 } else { 2 };
        assert_eq!(world.count("sealed_secret").await, secrets, "{state:?}");

        let outcome = ended(Code::StateUnreadable, true);
        let new = NewReport {
            device_id: device_id(1),
            action_id: action_id(1),
            outcome: &outcome,
            observation: None,
            at: NOW,
        };
        let reported = action::report(&world.store, &new).await.unwrap();
        assert_eq!(
            matches!(reported, Reported::Ended(_)),
            !state.is_final(),
            "report {state:?}"
        );
        assert_eq!(world.count("sealed_secret").await, 0, "{state:?}");
    }
}

#[tokio::test]
async fn a_cancelled_action_says_who_did_it() {
    let world = World::with_device().await;
    world.accept(1).await;
    let mut request = world.request("a key of its own", "f");
    request.actor = store::actor::Actor::Person("grace".to_owned());
    action::cancel(&world.store, &request, action_id(1))
        .await
        .unwrap();
    let newest = store::audit::list(&world.store, world.organization_id, None, 1)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (newest.verb.as_str(), newest.actor.as_str()),
        ("action.cancelled", "person:grace")
    );

    request.fingerprint = "another".to_owned();
    let reused = action::cancel(&world.store, &request, action_id(1))
        .await
        .unwrap();
    assert_eq!(reused, Cancelled::KeyReused);
    let unknown = action::cancel(&world.store, &world.request("unknown", "f"), action_id(9)).await;
    assert_eq!(unknown.unwrap(), Cancelled::NotFound);
}

/// Start, cancel and expiry race for one waiting action: exactly one of them gets it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_start_cancel_and_expiry_one_wins() {
    let world = World::with_device().await;
    for number in 1..=30 {
        world.accept(number).await;
        let request = world.request(&format!("cancel {number}"), "f");
        let (started, cancelled, expired) = tokio::join!(
            action::start(&world.store, device_id(1), action_id(number), NOW),
            action::cancel(&world.store, &request, action_id(number)),
            action::expire_due(&world.store, at(VALID_MS)),
        );
        let winners = [
            matches!(started.unwrap(), Started::Now(_)),
            matches!(cancelled.unwrap(), Cancelled::Now(_)),
            !expired.unwrap().is_empty(),
        ];
        assert_eq!(winners.iter().filter(|won| **won).count(), 1, "{winners:?}");
    }
}
