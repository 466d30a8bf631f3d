//! Tokens of programs.

use store::actor::Actor;
use store::api_token::{self, NewApiToken};
use trust::access::Role;

use crate::support::{NOW, World};

#[tokio::test]
async fn a_new_token_of_the_same_name_replaces_the_old_one() {
    let world = World::new().await;
    for hash in ["old", "new"] {
        let new = NewApiToken {
            organization_id: world.organization_id,
            hash: hash.to_owned(),
            name: "ci".to_owned(),
            at: NOW,
            actor: Actor::Operator,
        };
        api_token::create(&world.store, &new).await.unwrap();
    }
    assert_eq!(api_token::find(&world.store, "old", NOW).await.unwrap(), None);
    let found = api_token::find(&world.store, "new", NOW).await.unwrap().unwrap();
    assert_eq!(found.organization_id, world.organization_id);
    assert_eq!(found.actor, Actor::ApiToken("ci".to_owned()));
    assert_eq!(found.rights, Role::Owner.rights());
}
