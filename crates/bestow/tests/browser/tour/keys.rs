//! Recovery keys: kept, shown and replaced; the way back of a broken chain; and how well the fleet stands.

use super::Tour;
use crate::support::child::command;
use crate::support::command::Said;
use crate::support::program;

pub async fn walk(tour: &mut Tour<'_>) {
    recovery_key(tour).await;
    way_back(tour).await;
    for (place, path, text) in [
        ("resilience", "/resilience", "How well the fleet stands"),
        ("policies", "/policies", "Recovery keys"),
        ("filevault", "/policies/filevault", "FileVault"),
    ] {
        tour.open(path).await;
        tour.screen.see(text).await;
        tour.stop(place).await;
    }
    tour.open_mac("healthy").await;
    tour.screen.follow("Device management").await;
    tour.screen.see("Enrol the Mac").await;
    tour.stop("device-management").await;
}

async fn recovery_key(tour: &mut Tour<'_>) {
    let mut rotate = command(program());
    rotate
        .args(["recovery-key", "rotate", "healthy"])
        .args(["--administrator", "ada", "--password-stdin", "--demo"])
        .arg(tour.demo.data())
        .env("BESTOW_KNOWN_DEVICES", tour.demo.data().join("known-devices"));
    let password = format!("{}\n", tour.demo.password("healthy", "ada"));
    Said::by(&mut rotate, &password).with_exit(0);
    tour.open_mac("healthy").await;
    tour.screen.follow("Recovery key and its history").await;
    tour.screen.see("Every version").await;
    tour.stop("recovery-key").await;
    tour.screen
        .fill_in("Why you need it", "call 4711: ada is locked out")
        .await;
    tour.screen.press("Show the recovery key").await;
    tour.screen
        .see("It is not shown again when this page is left")
        .await;
    tour.stop("recovery-key-shown").await;
}

/// The page for the administrator, and the one for the person at the Mac, which needs no signing in.
async fn way_back(tour: &mut Tour<'_>) {
    tour.open_mac("no-holder").await;
    tour.screen.follow("Show the ways back").await;
    tour.screen.see("Closed ways").await;
    tour.stop("ways-back").await;
    tour.screen
        .press_beginning("Make a page for the person at the Mac")
        .await;
    tour.screen.see("Watch the Mac").await;
    tour.stop("recovery-link").await;
    tour.screen.follow("Open the page").await;
    tour.screen.see("Bring this Mac back").await;
    tour.stop("recovery-page").await;
    tour.open_mac("no-holder").await;
    tour.screen.follow("Show the ways back").await;
    tour.screen.see("How far the Mac is").await;
    tour.stop("recovery-progress").await;
}
