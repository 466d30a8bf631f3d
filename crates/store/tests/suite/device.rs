//! Lists of devices and what they copy from observations.

use store::device::{self, Observed, Page, Summary};
use store::observation::{self, NewObservation};
use trust::admission::Admission;
use trust::fact::Fact;
use trust::observation::Observation;

use crate::support::{NOW, World, at, device_id, identity};

fn page(containing: &str) -> Page {
    Page {
        containing: containing.to_owned(),
        after: None,
        limit: 100,
    }
}

async fn names(world: &World, page: &Page) -> Vec<String> {
    let found = device::list(&world.store, world.organization_id, page)
        .await
        .unwrap();
    found.into_iter().map(|device| device.name).collect()
}

#[tokio::test]
async fn devices_are_listed_by_name_a_page_at_a_time() {
    let world = World::new().await;
    for (number, name) in [
        (1, "delta"),
        (2, "Alpha"),
        (3, "charlie"),
        (4, "Bravo"),
        (5, "alpha"),
    ] {
        let mut mac = identity(number);
        mac.name = name.to_owned();
        world.enrol(&mac, u128::from(number), Admission::NewDevice).await;
    }
    assert_eq!(
        names(&world, &page("")).await,
        ["Alpha", "alpha", "Bravo", "charlie", "delta"]
    );

    let mut pages = Vec::new();
    let mut next = Page { limit: 2, ..page("") };
    loop {
        let found = device::list(&world.store, world.organization_id, &next)
            .await
            .unwrap();
        let Some(last) = found.last() else { break };
        next.after = Some((last.name.to_lowercase(), last.id));
        pages.push(found.len());
    }
    assert_eq!(pages, [2, 2, 1]);
}

#[tokio::test]
async fn a_search_finds_what_contains_the_text_itself() {
    let world = World::new().await;
    for (number, name) in [(1, "50% off_Mac"), (2, "Büro-Mac"), (3, "100 off Mac")] {
        let mut mac = identity(number);
        mac.name = name.to_owned();
        world.enrol(&mac, u128::from(number), Admission::NewDevice).await;
    }
    assert_eq!(names(&world, &page("50% OFF_")).await, ["50% off_Mac"]);
    assert_eq!(names(&world, &page("büRO")).await, ["Büro-Mac"]);
    assert_eq!(names(&world, &page("serial3")).await, ["100 off Mac"]);
    assert_eq!(names(&world, &page("_")).await, ["50% off_Mac"]);
    assert_eq!(names(&world, &page("\\")).await, Vec::<String>::new());
    assert_eq!(names(&world, &page("' OR 1=1 --")).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_last_observation_is_kept_whole_and_in_a_line() {
    let world = World::with_device().await;
    let before = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
    assert_eq!(before.observed, None);
    assert_eq!(observation::find(&world.store, device_id(1)).await.unwrap(), None);

    for (time, model) in [(1, "Mac13,1"), (2, "Mac14,2")] {
        let observation = silent_observation(model);
        let observed = Observed {
            at: at(time),
            digest: observation.digest(),
            summary: summary(model),
        };
        let new = NewObservation {
            organization_id: world.organization_id,
            device_id: device_id(1),
            observation: &observation,
            observed: observed.clone(),
        };
        observation::save(&world.store, &new).await.unwrap();
        let kept = observation::find(&world.store, device_id(1)).await.unwrap();
        assert_eq!(kept, Some(observation));
        let device = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
        assert_eq!(device.observed, Some(observed));
    }
    assert_eq!(names(&world, &page("mac14")).await, ["Mac 1"]);
    assert_eq!(names(&world, &page("mac13")).await, Vec::<String>::new());
}

#[tokio::test]
async fn last_seen_never_goes_back() {
    let world = World::with_device().await;
    device::touch(&world.store, &[]).await.unwrap();
    device::touch(&world.store, &[(device_id(1), at(5))])
        .await
        .unwrap();
    device::touch(&world.store, &[(device_id(1), at(4))])
        .await
        .unwrap();
    device::set_agent_version(&world.store, device_id(1), "0.2.0")
        .await
        .unwrap();
    let device = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
    assert_eq!(device.last_seen_at, Some(at(5)));
    assert_eq!(device.agent_version, "0.2.0");
}

fn summary(model: &str) -> Summary {
    Summary {
        model: Some(model.to_owned()),
        chip: Some("apple_silicon".to_owned()),
        os_version: None,
        os_build: None,
        volume_format: None,
        filevault: None,
        chain: "broken".to_owned(),
        holders: 0,
        accounts: 3,
    }
}

/// An observation in which the Mac told nothing.
fn silent_observation(why: &str) -> Observation {
    fn silent<T>(why: &str) -> Fact<T> {
        Fact::unknown(why, NOW, "test")
    }
    Observation {
        system: silent(why),
        hardware: silent(why),
        boot_volume: silent(why),
        filevault: silent(why),
        accounts: silent(why),
        crypto_users: silent(why),
        filevault_users: silent(why),
        mdm: silent(why),
        bootstrap_token: silent(why),
        console_user: silent(why),
        booted_at: silent(why),
        full_disk_access: silent(why),
        promoted_in_passing: Vec::new(),
    }
}
