//! Sign-in links and the sessions that they begin.

use store::actor::Actor;
use store::session;
use store::sign_in_link::{self, NewSignInLink, SignIn};

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

fn follow(link: &str, session: &str, when: i64) -> SignIn {
    SignIn {
        link_hash: link.to_owned(),
        session_hash: session.to_owned(),
        at: at(when),
        session_expires_at: at(1_000),
    }
}

#[tokio::test]
async fn a_link_begins_one_session_in_its_time() {
    let world = World::new().await;
    link(&world, "link").await;
    assert!(
        sign_in_link::follow(&world.store, &follow("link", "first", 99))
            .await
            .unwrap()
    );
    assert!(
        !sign_in_link::follow(&world.store, &follow("link", "second", 99))
            .await
            .unwrap()
    );
    link(&world, "late").await;
    assert!(
        !sign_in_link::follow(&world.store, &follow("late", "third", 100))
            .await
            .unwrap()
    );
    assert!(
        !sign_in_link::follow(&world.store, &follow("unknown", "fourth", 1))
            .await
            .unwrap()
    );
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
    sign_in_link::follow(&world.store, &follow("link", "cookie", 1))
        .await
        .unwrap();
    let signed_in = session::find(&world.store, "cookie", at(999)).await.unwrap();
    let grace = Actor::Person("grace".to_owned());
    assert_eq!(signed_in, Some((world.organization_id, grace)));
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
async fn who_signs_out_is_out_and_it_is_told() {
    let world = World::new().await;
    link(&world, "link").await;
    sign_in_link::follow(&world.store, &follow("link", "cookie", 1))
        .await
        .unwrap();
    assert!(session::end(&world.store, "cookie", at(2)).await.unwrap());
    assert_eq!(session::find(&world.store, "cookie", at(3)).await.unwrap(), None);
    assert!(!session::end(&world.store, "cookie", at(4)).await.unwrap());
    assert_eq!(
        world.verbs().await,
        ["sign_in_link.created", "session.signed_in", "session.signed_out"]
    );
}
