//! The agent tells how an action ended.

use store::action::{self, NewReport, Reported};
use store::trust_edge;
use trust::action::ActionState;
use trust::code::Code;
use trust::outcome::Outcome;

use crate::support::{NOW, World, action_id, at, device_id, ended, granted};

async fn report(world: &World, device: u128, number: u128, outcome: &Outcome) -> Reported {
    let new = NewReport {
        device_id: device_id(device),
        action_id: action_id(number),
        outcome,
        observation: None,
        at: at(9),
    };
    action::report(&world.store, &new).await.unwrap()
}

#[tokio::test]
async fn a_success_adds_one_edge_and_destroys_the_secrets() {
    let world = World::with_device().await;
    world.run(7).await;
    let first = report(&world, 1, 7, &granted()).await;
    let Reported::Ended(action) = first else {
        panic!("{first:?}");
    };
    assert_eq!(action.state, ActionState::Succeeded);
    assert_eq!(action.code, Some(Code::Granted));
    assert_eq!(action.outcome, Some(granted()));
    assert_eq!(action.finished_at, Some(at(9)));
    assert_eq!(world.count("sealed_secret").await, 0);

    assert_eq!(report(&world, 1, 7, &granted()).await, Reported::Before);
    let edges = trust_edge::list(&world.store, world.organization_id, device_id(1))
        .await
        .unwrap();
    assert_eq!(edges.len(), 1);
    assert_eq!(edges[0].action_id, Some(action_id(7)));
    assert_eq!(Some(&edges[0].edge), granted().edge.as_ref());
    assert_eq!(
        world
            .verbs()
            .await
            .iter()
            .filter(|verb| *verb == "action.succeeded")
            .count(),
        1
    );
}

#[tokio::test]
async fn what_did_not_come_about_adds_no_edge() {
    let world = World::with_device().await;
    world.run(7).await;
    world.run(8).await;
    report(&world, 1, 7, &ended(Code::GrantNotConfirmed, true)).await;
    report(&world, 1, 8, &ended(Code::AdministratorWrongPassword, false)).await;
    assert_eq!(world.action(7).await.state, ActionState::Failed);
    assert_eq!(world.action(8).await.state, ActionState::Refused);
    assert_eq!(world.count("trust_edge").await, 0);
    assert_eq!(world.count("sealed_secret").await, 0);
}

#[tokio::test]
async fn what_handed_a_token_on_adds_its_edge_even_when_the_whole_failed() {
    let world = World::with_device().await;
    world.run(7).await;
    let mut unproved = granted();
    unproved.code = Code::DemotionUnproved;
    report(&world, 1, 7, &unproved).await;
    assert_eq!(world.action(7).await.state, ActionState::Failed);
    let edges = trust_edge::list(&world.store, world.organization_id, device_id(1))
        .await
        .unwrap();
    assert_eq!(edges.len(), 1);
    assert_eq!(Some(&edges[0].edge), unproved.edge.as_ref());
}

#[tokio::test]
async fn an_action_ends_once() {
    let world = World::with_device().await;
    world.run(7).await;
    let first = ended(Code::ToolFailed, true);
    report(&world, 1, 7, &first).await;
    let other = report(&world, 1, 7, &granted()).await;
    assert!(matches!(other, Reported::EndedOtherwise(_)), "{other:?}");
    let action = world.action(7).await;
    assert_eq!(action.state, ActionState::Failed);
    assert_eq!(action.outcome, Some(first));
    assert_eq!(world.count("trust_edge").await, 0);
}

#[tokio::test]
async fn the_mac_knows_best_even_when_its_start_was_forgotten() {
    let world = World::with_device().await;
    world.accept(7).await;
    let reported = report(&world, 1, 7, &granted()).await;
    assert!(matches!(reported, Reported::Ended(_)), "{reported:?}");
    let action = world.action(7).await;
    assert_eq!((action.state, action.started_at), (ActionState::Succeeded, None));
    assert_eq!(world.count("trust_edge").await, 1);
}

#[tokio::test]
async fn another_device_cannot_report_it() {
    let world = World::with_device().await;
    world.run(7).await;
    assert_eq!(report(&world, 2, 7, &granted()).await, Reported::NotFound);
    assert_eq!(report(&world, 1, 8, &granted()).await, Reported::NotFound);
    let action = world.action(7).await;
    assert_eq!(
        (action.state, action.started_at),
        (ActionState::Running, Some(NOW))
    );
}
