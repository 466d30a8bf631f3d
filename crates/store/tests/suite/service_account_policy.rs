//! What an organisation wants of its service accounts, as the agent of a device learns it.

use store::idempotency::Known;
use store::{device, finding_due, finding_refresh, on_off_policy, service_account_policy as policy};
use trust::policy::OnOffPolicy;
use trust::service_account::Settings;

use crate::support::{World, device_id};

/// What the agent of device 1 is told, which is what the device is judged by.
async fn told(world: &World) -> Settings {
    let calling = device::find_calling(&world.store, device_id(1)).await.unwrap();
    let judged_by = policy::settings_of(&world.store, device_id(1)).await.unwrap();
    let told = calling.unwrap().service_account;
    assert_eq!(told, judged_by);
    told
}

async fn exclude(world: &World, excluded: bool) {
    let request = world.request(&format!("exclude {excluded}"), "");
    let known = policy::exclude(&world.store, &request, device_id(1), excluded, None).await;
    assert_eq!(known.unwrap(), Known::New);
}

#[tokio::test]
async fn an_agent_is_found_with_what_is_wanted_of_it() {
    let world = World::with_device().await;
    assert_eq!(told(&world).await, Settings::default());

    exclude(&world, true).await;
    let excluded = told(&world).await;
    assert_eq!(
        excluded,
        Settings {
            wanted: false,
            ..Settings::default()
        }
    );

    let decided = Settings {
        rotate_every_days: 7,
        excluded_accounts: vec!["guest".parse().unwrap()],
        ..Settings::default()
    };
    policy::set(&world.store, &world.request("set", ""), &decided, None)
        .await
        .unwrap();
    let of_all = policy::find(&world.store, world.organization_id).await.unwrap();
    assert_eq!(
        of_all.settings, decided,
        "one device that is excluded changes nothing for others"
    );
    assert!(!told(&world).await.wanted);
    exclude(&world, false).await;
    assert_eq!(told(&world).await, decided);

    let promote = world.request("promote", "");
    on_off_policy::set(
        &world.store,
        &promote,
        OnOffPolicy::PromoteAdministrators,
        true,
        None,
    )
    .await
    .unwrap();
    let with_promotion = Settings {
        promote_administrators: true,
        ..decided
    };
    assert_eq!(told(&world).await, with_promotion);
    let none = Settings {
        wanted: false,
        ..with_promotion
    };
    policy::set(&world.store, &world.request("none", ""), &none, None)
        .await
        .unwrap();
    assert_eq!(told(&world).await, none);
}

#[tokio::test]
async fn every_device_is_diagnosed_by_what_is_wanted_now() {
    let world = World::with_device().await;
    let refreshing = async || {
        let under_way = finding_refresh::is_under_way(&world.store, world.organization_id).await;
        under_way.unwrap()
    };
    assert!(!refreshing().await);
    let decided = Settings {
        rotate_every_days: 7,
        ..Settings::default()
    };
    for key in ["first", "second"] {
        policy::set(&world.store, &world.request(key, ""), &decided, None)
            .await
            .unwrap();
        assert_eq!(
            refreshing().await,
            key == "first",
            "only what changes something begins"
        );
        assert!(!finding_refresh::next(&world.store, 10).await.unwrap());
        assert!(!refreshing().await);
    }
    let due = finding_due::list(&world.store, 10).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!(due[0].device_id, device_id(1));
}
