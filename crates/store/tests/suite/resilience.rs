//! Lists of devices by how well they stand.

use store::device::{self, Page};
use store::observation;
use store::resilience::{KeptResilience, Standing, counts};
use trust::resilience::Warning;

use crate::support::{World, device_id, new_observation, silent_observation};

async fn stands(world: &World, number: u128, score: u8, warnings: &[Warning]) {
    let why = format!("score {score}");
    let seen = silent_observation(&why);
    let mut new = new_observation(world.organization_id, device_id(number), &seen);
    new.resilience = KeptResilience {
        score,
        warnings: warnings.to_vec(),
    };
    observation::save(&world.store, &new).await.unwrap();
}

async fn listed(world: &World, warning: Option<Warning>, band: Option<(u8, u8)>, words: &str) -> Vec<String> {
    let page = Page {
        containing: words.to_owned(),
        standing: Standing { warning, band },
        limit: 10,
        ..Page::default()
    };
    let found = device::list(&world.store, world.organization_id, &page).await;
    found.unwrap().into_iter().map(|device| device.name).collect()
}

#[tokio::test]
async fn a_device_is_listed_under_what_is_kept_of_it_now() {
    let world = World::with_devices(3).await;
    let (one, none) = (Some(Warning::OneHolder), Some(Warning::NoRecoveryKey));
    let (low, high) = (Some((0, 19)), Some((80, 100)));
    stands(&world, 1, 19, &[Warning::OneHolder, Warning::NoRecoveryKey]).await;
    stands(&world, 2, 80, &[Warning::OneHolder]).await;
    stands(&world, 3, 100, &[]).await;
    let all = listed(&world, None, None, "").await;
    assert_eq!(all.len(), 3);
    assert_eq!(listed(&world, one, None, "").await, all[..2]);
    assert_eq!(listed(&world, none, None, "").await, all[..1]);
    assert_eq!(listed(&world, None, low, "").await, all[..1]);
    assert_eq!(listed(&world, None, high, "").await, all[1..]);
    assert_eq!(listed(&world, one, high, "").await, all[1..2]);
    assert_eq!(listed(&world, one, high, &all[1]).await, all[1..2]);
    assert_eq!(listed(&world, one, high, &all[0]).await, Vec::<String>::new());

    stands(&world, 1, 85, &[]).await;
    assert_eq!(listed(&world, one, None, "").await, all[1..2]);
    assert_eq!(listed(&world, None, low, "").await, Vec::<String>::new());
    assert_eq!(listed(&world, None, high, "").await, all);
    // What is listed is what is counted.
    let counted = counts(&world.store, world.organization_id).await.unwrap();
    assert_eq!(counted.warnings, [(Warning::OneHolder, 1)]);
}
