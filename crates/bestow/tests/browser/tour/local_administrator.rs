//! The local administrator: decided, made on a Mac, and its password shown.

use super::Tour;
use crate::support::child::command;
use crate::support::command::Said;
use crate::support::{program, wait};

/// Decides that Macs have one. Their agents hear of it within a minute, while other pages are looked at.
pub async fn want(tour: &mut Tour<'_>) {
    tour.open("/policies").await;
    tour.screen.tick("Macs have a local administrator").await;
    tour.screen
        .fill_in("Username of the local administrator", "localadmin")
        .await;
    tour.screen.press("Save the local administrator").await;
    tour.screen.see("Saved.").await;
}

/// What the command line says is kept.
fn is_kept(tour: &Tour<'_>) -> bool {
    let mut show = command(program());
    show.args(["local-administrator", "show", "healthy", "--json", "--demo"])
        .arg(tour.demo.data());
    let kept = Said::by(&mut show, "").with_exit(0).json();
    kept["password"]["state"] == "held"
}

pub async fn walk(tour: &mut Tour<'_>) {
    wait::until("a password in the vault", || is_kept(tour).then_some(()));
    tour.open_mac("healthy").await;
    tour.stop("device-with-local-administrator").await;
    tour.screen.follow("Local administrator and its history").await;
    tour.screen.see("Every version").await;
    tour.stop("local-administrator").await;
    tour.screen.fill_in("Why you need it", "the printer driver").await;
    tour.screen.press("Show the password").await;
    tour.screen
        .see("It is not shown again when this page is left")
        .await;
    tour.stop("local-administrator-shown").await;
    tour.open("/resilience").await;
    tour.screen.see("What hangs by a thread").await;
    tour.stop("resilience-later").await;
}
