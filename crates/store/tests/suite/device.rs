//! Lists of devices and what they copy from observations.

use store::device::{self, Page};
use store::observation;
use trust::admission::Admission;

use crate::support::{World, at, device_id, identity, new_observation, silent_observation};

fn page(containing: &str) -> Page {
    Page {
        containing: containing.to_owned(),
        limit: 100,
        ..Page::default()
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
async fn a_search_finds_beginnings_of_words_and_any_part_of_a_serial_number() {
    let world = World::new().await;
    for (number, name) in [(1, "50% off_Mac"), (2, "Büro-Mac"), (3, "100 off Mac")] {
        let mut mac = identity(number);
        mac.name = name.to_owned();
        world.enrol(&mac, u128::from(number), Admission::NewDevice).await;
    }
    assert_eq!(names(&world, &page("50% OFF_")).await, ["50% off_Mac"]);
    assert_eq!(
        names(&world, &page("mac of")).await,
        ["100 off Mac", "50% off_Mac"]
    );
    assert_eq!(names(&world, &page("büRO")).await, ["Büro-Mac"]);
    assert_eq!(names(&world, &page("serial3")).await, ["100 off Mac"]);
    assert_eq!(names(&world, &page("al3")).await, ["100 off Mac"]);
    assert_eq!(names(&world, &page("  ")).await.len(), 3);
    for nothing in ["\\", "_", "' OR 1=1 --", "üro", "macs", "off mac 7"] {
        assert_eq!(
            names(&world, &page(nothing)).await,
            Vec::<String>::new(),
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn a_device_is_found_by_what_it_is_called_now() {
    let world = World::with_device().await;
    let observation = silent_observation("why");
    let mut new = new_observation(world.organization_id, device_id(1), &observation);
    new.observed.summary.model = Some("Mac14,2".to_owned());
    observation::save(&world.store, &new).await.unwrap();
    let mut mac = identity(1);
    assert_eq!(names(&world, &page("mac14")).await, [mac.name.clone()]);
    mac.name = "Zora".to_owned();
    world.enrol(&mac, 2, Admission::SameDevice(device_id(1))).await;
    assert_eq!(names(&world, &page("zora mac14")).await, ["Zora"]);
    assert_eq!(
        names(&world, &page(&identity(1).name)).await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn the_last_observation_is_kept_whole_and_in_a_line() {
    let world = World::with_device().await;
    let before = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
    assert_eq!(before.observed, None);
    assert_eq!(observation::find(&world.store, device_id(1)).await.unwrap(), None);

    for (time, model) in [(1, "Mac13,1"), (2, "Mac14,2")] {
        let observation = silent_observation(model);
        let mut new = new_observation(world.organization_id, device_id(1), &observation);
        new.observed.at = at(time);
        new.observed.summary.model = Some(model.to_owned());
        observation::save(&world.store, &new).await.unwrap();
        let kept = observation::find(&world.store, device_id(1)).await.unwrap();
        assert_eq!(kept.as_ref(), Some(&observation));
        let device = device::find(&world.store, device_id(1)).await.unwrap().unwrap();
        assert_eq!(device.observed, Some(new.observed));
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

#[tokio::test]
async fn each_of_many_devices_is_seen_at_its_own_time() {
    let world = World::new().await;
    let known: Vec<u8> = (1..=40).collect();
    for number in &known {
        world
            .enrol(&identity(*number), u128::from(*number), Admission::NewDevice)
            .await;
    }
    // More than one transaction takes, and most of them gone.
    let seen: Vec<_> = (1..=700)
        .map(|number: u16| (device_id(u128::from(number)), at(i64::from(number))))
        .collect();
    device::touch(&world.store, &seen).await.unwrap();
    for number in known {
        let device = device::find(&world.store, device_id(u128::from(number)))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(device.last_seen_at, Some(at(i64::from(number))));
    }
}
