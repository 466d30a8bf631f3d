//! Links to the enrolment page.

use store::actor::Actor;
use store::enrolment_link::{self, FilledIn, Followed, NewEnrolmentLink};
use store::enrolment_record::{NewRecord, Save, Source};
use store::idempotency::{Known, Request};
use trust::enrolment::{EnrolmentRecord, SerialNumber};
use trust::time::Timestamp;

use super::support::{World, at};

fn number() -> SerialNumber {
    "A1".parse().unwrap()
}

async fn create(world: &World, key: &str, hash: &str) -> Known {
    let new = NewEnrolmentLink {
        request: world.request(key, key),
        hash: hash.to_owned(),
        serial_number: number(),
        expires_at: at(1_000),
    };
    enrolment_link::create(&world.store, &new).await.unwrap()
}

fn filled_in(world: &World, hash: &str, now: Timestamp, before: Option<Timestamp>) -> FilledIn {
    FilledIn {
        hash: hash.to_owned(),
        save: Save {
            request: Request {
                actor: Actor::EnrolmentLink(number()),
                at: now,
                ..world.request(hash, hash)
            },
            source: Source::EnrolmentPage,
            attributes: Vec::new(),
            records: vec![NewRecord {
                record: EnrolmentRecord::new(number()),
                before,
                device: None,
                secrets: Vec::new(),
                forget: Vec::new(),
                detail: String::new(),
            }],
            answer: None,
        },
    }
}

async fn follow(world: &World, filled_in: &FilledIn) -> Followed {
    enrolment_link::follow(&world.store, filled_in).await.unwrap()
}

async fn can_be_used(world: &World, hash: &str, now: Timestamp) -> bool {
    enrolment_link::find(&world.store, hash, now)
        .await
        .unwrap()
        .is_some()
}

#[tokio::test]
async fn a_link_is_used_up_with_what_was_filled_in() {
    let world = World::new().await;
    assert_eq!(create(&world, "first key", "hash").await, Known::New);
    assert_eq!(create(&world, "first key", "other").await, Known::Same(None));
    assert!(can_be_used(&world, "hash", at(999)).await);
    assert!(!can_be_used(&world, "other", at(0)).await);

    let stale = filled_in(&world, "hash", at(1), Some(at(0)));
    assert_eq!(follow(&world, &stale).await, Followed::Changed);
    assert!(
        can_be_used(&world, "hash", at(1)).await,
        "nothing was saved by it"
    );
    let right = filled_in(&world, "hash", at(1), None);
    assert_eq!(follow(&world, &right).await, Followed::Done);
    assert!(!can_be_used(&world, "hash", at(1)).await);
    assert_eq!(follow(&world, &right).await, Followed::Unusable);
    let verbs = world.verbs().await;
    assert_eq!(
        verbs,
        [
            "enrolment_link.created",
            "enrolment_record.saved",
            "enrolment_link.used"
        ]
    );
}

#[tokio::test]
async fn a_link_ends_with_its_time() {
    let world = World::new().await;
    create(&world, "first key", "hash").await;
    assert!(!can_be_used(&world, "hash", at(1_000)).await);
    let late = filled_in(&world, "hash", at(1_000), None);
    assert_eq!(follow(&world, &late).await, Followed::Unusable);
    assert_eq!(
        enrolment_link::forget_ended(&world.store, at(999)).await.unwrap(),
        0
    );
    assert_eq!(
        enrolment_link::forget_ended(&world.store, at(1_000))
            .await
            .unwrap(),
        1
    );
}
