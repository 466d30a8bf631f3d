//! Answers by the caller's key.

use store::actor::Actor;
use store::enrolment_secret::{self, NewEnrolmentSecret};
use store::idempotency::{self, Known};

use crate::support::{World, at};

#[tokio::test]
async fn a_key_belongs_to_one_caller_and_one_request() {
    let world = World::with_device().await;
    let request = world.new_action(7).request;
    assert_eq!(
        idempotency::look_up(&world.store, &request).await.unwrap(),
        Known::New
    );
    world.accept(7).await;
    let known = idempotency::look_up(&world.store, &request).await.unwrap();
    assert_eq!(known, Known::Same(Some("answer 7".to_owned())));

    let mut other_contents = request.clone();
    other_contents.fingerprint = "another".to_owned();
    assert_eq!(
        idempotency::look_up(&world.store, &other_contents).await.unwrap(),
        Known::Other
    );

    let mut other_caller = request.clone();
    other_caller.actor = Actor::ApiToken("another".to_owned());
    assert_eq!(
        idempotency::look_up(&world.store, &other_caller).await.unwrap(),
        Known::New
    );
}

#[tokio::test]
async fn old_answers_are_forgotten() {
    let world = World::with_device().await;
    world.accept(7).await;
    let request = world.new_action(7).request;
    assert_eq!(idempotency::forget(&world.store, at(0)).await.unwrap(), 0);
    assert_eq!(idempotency::forget(&world.store, at(1)).await.unwrap(), 2);
    assert_eq!(
        idempotency::look_up(&world.store, &request).await.unwrap(),
        Known::New
    );
}

#[tokio::test]
async fn a_secret_is_made_once_per_key() {
    let world = World::new().await;
    let mut new = NewEnrolmentSecret {
        request: world.request("a key of its own", "f"),
        hash: "first".to_owned(),
        expires_at: at(1_000),
    };
    assert_eq!(
        enrolment_secret::create(&world.store, &new).await.unwrap(),
        Known::New
    );
    new.hash = "second".to_owned();
    assert_eq!(
        enrolment_secret::create(&world.store, &new).await.unwrap(),
        Known::Same(None)
    );
    assert!(
        enrolment_secret::find(&world.store, "first")
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(
        enrolment_secret::find(&world.store, "second").await.unwrap(),
        None
    );
}
