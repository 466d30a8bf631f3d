//! Accepting an action: all of it or nothing, once per key.

use std::collections::BTreeSet;
use std::sync::Arc;

use store::action::{self, Accepted, Filter};
use trust::action::ActionState;
use trust::admission::Admission;
use trust::id::DeviceId;
use wire::seal::SealingPublicKey;

use crate::support::{World, action_id, device_id, identity, sealed, with_other_keys};

#[tokio::test]
async fn an_accepted_action_is_there_with_its_secrets_and_its_audit_entry() {
    let world = World::with_device().await;
    world.accept(7).await;

    let action = world.action(7).await;
    assert_eq!(action.state, ActionState::Queued);
    assert_eq!(action.envelope, world.new_action(7).envelope);
    assert_eq!(action.plan, world.new_action(7).plan);
    assert_eq!(action.created_by, "api_token:test");
    assert_eq!(action.device_name, "Mac 1");
    assert_eq!(world.count("sealed_secret").await, 2);

    let newest = store::audit::list(&world.store, world.organization_id, None, 1)
        .await
        .unwrap()
        .remove(0);
    assert_eq!(newest.verb, "action.accepted");
    assert_eq!(newest.actor, "api_token:test");
    assert_eq!(newest.device_id, Some(device_id(1)));
    assert_eq!(newest.subject, Some(action_id(7).to_string()));
    assert_eq!(newest.reason.as_deref(), Some("because"));
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_and_changes_nothing() {
    let world = World::with_device().await;
    world.accept(7).await;
    let mut again = world.new_action(8);
    again.request = world.new_action(7).request;
    let accepted = action::accept(&world.store, &again).await.unwrap();
    assert_eq!(accepted, Accepted::Before("answer 7".to_owned()));

    again.request.fingerprint = "another".to_owned();
    let accepted = action::accept(&world.store, &again).await.unwrap();
    assert_eq!(accepted, Accepted::KeyReused);

    assert_eq!(world.count("action").await, 1);
    assert_eq!(world.count("sealed_secret").await, 2);
    assert_eq!(
        world
            .verbs()
            .await
            .iter()
            .filter(|verb| *verb == "action.accepted")
            .count(),
        1
    );
}

#[tokio::test]
async fn nothing_is_kept_of_what_was_not_accepted() {
    let world = World::with_device().await;
    world.accept(7).await;
    let before = [
        world.count("action").await,
        world.count("sealed_secret").await,
        world.count("idempotency").await,
        world.count("audit").await,
    ];

    let mut id_taken = world.new_action(8);
    id_taken.envelope.id = action_id(7);
    assert_eq!(
        action::accept(&world.store, &id_taken).await.unwrap(),
        Accepted::IdTaken
    );

    let mut old_key = world.new_action(8);
    old_key.sealing_key = SealingPublicKey(sealed(99).encapsulated_key);
    assert_eq!(
        action::accept(&world.store, &old_key).await.unwrap(),
        Accepted::DeviceChanged
    );

    let mut unknown_device = world.new_action(8);
    unknown_device.envelope.device_id = device_id(99);
    assert_eq!(
        action::accept(&world.store, &unknown_device).await.unwrap(),
        Accepted::DeviceChanged
    );

    let after = [
        world.count("action").await,
        world.count("sealed_secret").await,
        world.count("idempotency").await,
        world.count("audit").await,
    ];
    assert_eq!(after, before);
}

#[tokio::test]
async fn nothing_attaches_to_a_pending_device() {
    let world = World::with_device().await;
    let claims_to_be_it = with_other_keys(&identity(1), 2);
    world.enrol(&claims_to_be_it, 2, Admission::Pending).await;
    let mut new = world.new_action(7);
    new.envelope.device_id = device_id(2);
    new.sealing_key = claims_to_be_it.sealing_key;
    assert_eq!(
        action::accept(&world.store, &new).await.unwrap(),
        Accepted::DeviceChanged
    );
    assert_eq!(world.count("action").await, 0);
}

/// 16 writers accept 300 actions, and each request is sent twice, while an agent keeps looking in.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_concurrent_writers_lose_nothing_and_double_nothing() {
    const WRITERS: u128 = 16;
    const ACTIONS: u128 = 300;
    let world = Arc::new(World::with_device().await);
    let writers = (0..WRITERS).map(|writer| {
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let mut answers = Vec::new();
            for number in (0..ACTIONS).filter(|number| number % WRITERS == writer) {
                let new = world.new_action(number + 1);
                let (first, second) = tokio::join!(
                    action::accept(&world.store, &new),
                    action::accept(&world.store, &new)
                );
                answers.push([first.unwrap(), second.unwrap()]);
            }
            answers
        })
    });
    let reader = {
        let world = Arc::clone(&world);
        tokio::spawn(async move {
            let mut seen = BTreeSet::new();
            while seen.len() < usize::try_from(ACTIONS).unwrap() {
                let offers = offered(&world, device_id(1)).await;
                seen.extend(offers);
                tokio::task::yield_now().await;
            }
            seen
        })
    };
    let mut queued = 0;
    for writer in writers.collect::<Vec<_>>() {
        for answers in writer.await.unwrap() {
            let first = answers
                .iter()
                .filter(|answer| **answer == Accepted::Queued)
                .count();
            let before = answers
                .iter()
                .filter(|answer| matches!(answer, Accepted::Before(_)))
                .count();
            assert_eq!((first, before), (1, 1), "{answers:?}");
            queued += 1;
        }
    }
    assert_eq!(queued, ACTIONS);
    assert_eq!(reader.await.unwrap().len(), usize::try_from(ACTIONS).unwrap());

    let all = Filter {
        device_id: None,
        state: None,
        before: None,
        limit: 1_000,
    };
    let listed = action::list(&world.store, world.organization_id, &all)
        .await
        .unwrap();
    assert_eq!(listed.len(), usize::try_from(ACTIONS).unwrap());
    assert_eq!(world.count("sealed_secret").await, 600);
    assert_eq!(world.count("idempotency").await, 301);
    assert_eq!(
        world
            .verbs()
            .await
            .iter()
            .filter(|verb| *verb == "action.accepted")
            .count(),
        300
    );
}

async fn offered(world: &World, device_id: DeviceId) -> Vec<trust::id::ActionId> {
    let offers = action::offers(&world.store, device_id, crate::support::NOW, 1_000)
        .await
        .unwrap();
    for offer in &offers.offers {
        assert_eq!(offer.secrets.len(), 2, "an offer came without its secrets");
    }
    offers.offers.into_iter().map(|offer| offer.envelope.id).collect()
}
