//! How well the fleet stands, and the Macs behind each number.

use super::grace::Grace;
use crate::testing::{FakeMac, TestApp, healthy_mac, mac_without_holders};

#[tokio::test]
async fn behind_each_number_of_the_fleet_stand_its_macs() {
    let app = TestApp::start().await;
    let grace = Grace::in_front_of(&app).await;
    app.enrolled(FakeMac::new(1, healthy_mac())).await;
    app.enrolled(FakeMac::new(2, mac_without_holders())).await;
    let fleet = grace.read("/resilience").await;
    assert!(!fleet.contains("this Mac"), "it speaks of many: {fleet}");
    let links: Vec<&str> = fleet
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.starts_with("/?"))
        .collect();
    for link in [
        "/?warning=nobody_can_grant",
        "/?warning=no_recovery_key",
        "/?score=0-19",
    ] {
        assert!(links.contains(&link), "{link}: {links:?}");
    }
    let broken = grace.read("/?warning=nobody_can_grant").await;
    assert!(broken.contains("Mac 2") && !broken.contains("Mac 1"), "{broken}");
    assert!(broken.contains("Nobody can hand a token on."), "{broken}");
    // A search within the list stays within it, and nothing is asked of more Macs than are listed.
    assert!(broken.contains("name=\"warning\" value=\"nobody_can_grant\""));
    assert!(!broken.contains("Ask all"), "{broken}");
    let none = grace.read("/?score=80-100").await;
    assert!(none.contains("No Mac matches."), "{none}");
}
