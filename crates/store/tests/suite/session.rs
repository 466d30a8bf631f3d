//! Sign-in links and the sessions that they begin.

use store::actor::Actor;
use store::session;
use store::session::Beginning;
use store::sign_in_link::{self, NewSignInLink};
use trust::access::{Role, SessionEnd};
use trust::id::{GenericUuid as _, SessionId};
use uuid::Uuid;

use crate::support::{NOW, World, at};

async fn link(world: &World, hash: &str) {
    let new = NewSignInLink {
        organization_id: world.organization_id,
        hash: hash.to_owned(),
        person: "grace".to_owned(),
        at: NOW,
        expires_at: at(100),
        actor: Actor::Operator,
    };
    sign_in_link::create(&world.store, &new).await.unwrap();
}

async fn follow(world: &World, link: &str, session: &str, when: i64) -> bool {
    let beginning = beginning(session, when);
    sign_in_link::follow(&world.store, link, &beginning)
        .await
        .unwrap()
}

fn beginning(hash: &str, when: i64) -> Beginning {
    let id = hash.bytes().fold(0, |id, byte| id * 256 + u128::from(byte));
    Beginning {
        id: SessionId::from_untyped_uuid(Uuid::from_u128(id)),
        hash: hash.to_owned(),
        address: None,
        at: at(when),
        end: SessionEnd {
            unused: at(1_000),
            latest: at(3_000),
        },
    }
}

#[tokio::test]
async fn a_link_begins_one_session_in_its_time() {
    let world = World::new().await;
    link(&world, "link").await;
    assert!(follow(&world, "link", "first", 99).await);
    assert!(!follow(&world, "link", "second", 99).await);
    link(&world, "late").await;
    assert!(!follow(&world, "late", "third", 100).await);
    assert!(!follow(&world, "unknown", "fourth", 1).await);
    assert_eq!(world.count("session").await, 1);
    assert_eq!(
        world.verbs().await,
        [
            "sign_in_link.created",
            "session.signed_in",
            "sign_in_link.created"
        ]
    );
}

#[tokio::test]
async fn a_session_ends() {
    let world = World::new().await;
    link(&world, "link").await;
    follow(&world, "link", "cookie", 1).await;
    let signed_in = session::find(&world.store, "cookie", at(999)).await.unwrap();
    let grace = Actor::Person("grace".to_owned());
    let signed_in = signed_in.unwrap();
    assert_eq!(signed_in.organization_id, world.organization_id);
    assert_eq!((signed_in.actor, signed_in.role), (grace, Role::Owner));
    assert_eq!(signed_in.person_id, None);
    assert_eq!(
        session::find(&world.store, "cookie", at(1_000)).await.unwrap(),
        None
    );
    assert_eq!(session::find(&world.store, "another", at(1)).await.unwrap(), None);
    assert!(
        session::forget_ended(&world.store, at(999))
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        session::forget_ended(&world.store, at(1_000))
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn a_session_that_is_used_goes_on_until_its_latest_end() {
    let world = World::new().await;
    link(&world, "link").await;
    follow(&world, "link", "cookie", 1).await;
    let find = async |when| session::find(&world.store, "cookie", at(when)).await.unwrap();
    let id = find(1).await.unwrap().session_id;
    session::move_end(&world.store, id, at(2_000)).await.unwrap();
    // Of two that are used at once, the later end holds.
    session::move_end(&world.store, id, at(1_500)).await.unwrap();
    session::move_end(&world.store, id, at(3_001)).await.unwrap();
    assert_eq!(find(1_999).await.unwrap().end.unused, at(2_000));
    assert_eq!(find(2_000).await, None);
    session::move_end(&world.store, id, at(3_000)).await.unwrap();
    assert_eq!(find(2_999).await.unwrap().end.latest, at(3_000));
    assert_eq!(find(3_000).await, None);
}

#[tokio::test]
async fn who_signs_out_is_out_and_it_is_told() {
    let world = World::new().await;
    link(&world, "link").await;
    follow(&world, "link", "cookie", 1).await;
    assert!(session::end(&world.store, "cookie", at(2)).await.unwrap());
    assert_eq!(session::find(&world.store, "cookie", at(3)).await.unwrap(), None);
    assert!(!session::end(&world.store, "cookie", at(4)).await.unwrap());
    assert_eq!(
        world.verbs().await,
        ["sign_in_link.created", "session.signed_in", "session.signed_out"]
    );
}
