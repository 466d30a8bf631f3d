//! The page of an action, wherever it can stand.

use macsim::MacHome;
use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::model::knobs::Lie;

use super::Tour;
use crate::support::wait;

const ADMINISTRATOR: &str = "Administrator account details";
const TARGET: &str = "Target account details";
const GRANT: &str = "Grant Secure Token";

pub async fn walk(tour: &mut Tour<'_>) {
    waiting(tour).await;
    succeeding(tour).await;
    failing(tour).await;
    dead_token(tour).await;
    half_done(tour).await;
}

/// Grants ben a token by ada, with this password for her.
async fn grant(tour: &Tour<'_>, mac: &str, password: &str) {
    tour.open_mac(mac).await;
    tour.screen.open_menu("Actions").await;
    tour.screen.follow("Grant Secure Token").await;
    tour.screen.fill(ADMINISTRATOR, "Username", "ada").await;
    tour.screen.fill(ADMINISTRATOR, "Password", password).await;
    tour.screen.fill(TARGET, "Username", "ben").await;
    let target = tour.demo.password(mac, "ben");
    tour.screen.fill(TARGET, "Password", target).await;
    tour.screen.press("Grant Token").await;
    tour.screen.see("Progress").await;
}

/// On a Mac that is switched off; then called back.
async fn waiting(tour: &mut Tour<'_>) {
    grant(tour, "offline", tour.demo.password("offline", "ada")).await;
    tour.screen.see("It waits for the Mac.").await;
    tour.stop("action-queued").await;
    tour.screen.press("Cancel action").await;
    tour.screen.see("It was called back").await;
    tour.stop("action-cancelled").await;
}

/// Held while a tool is at it, then let go.
async fn succeeding(tour: &mut Tour<'_>) {
    let home = MacHome::open(tour.demo.mac("healthy"));
    let number = hold(&home, "-secureTokenOn", When::BeforeEffect);
    grant(tour, "healthy", tour.demo.password("healthy", "ada")).await;
    held(&home, number);
    tour.screen.see("The Mac is at it.").await;
    tour.stop("action-running").await;
    home.resume_all().unwrap();
    tour.screen.see("It is done, and proved").await;
    tour.screen.see("after the next restart").await;
    tour.stop("action-succeeded").await;
    tour.open_mac("healthy").await;
    tour.screen.see("handed on by ada").await;
    tour.stop("device-healthy-after-grant").await;
}

async fn failing(tour: &mut Tour<'_>) {
    grant(tour, "intel-10-15", "not ada's password").await;
    tour.screen.see("Authentication Error").await;
    tour.stop("action-failed").await;
    tour.open_mac("intel-10-15").await;
    tour.stop("device-after-failure").await;
}

/// A holder turns out to be none when its token is used.
async fn dead_token(tour: &mut Tour<'_>) {
    tour.open_mac("dead-token").await;
    tour.screen.open_menu("Actions").await;
    tour.screen.follow("Grant Secure Token").await;
    tour.screen.fill(ADMINISTRATOR, "Username", "cleo").await;
    let password = tour.demo.password("dead-token", "cleo");
    tour.screen.fill(ADMINISTRATOR, "Password", password).await;
    tour.screen.fill(TARGET, "Username", "ben").await;
    let password = tour.demo.password("dead-token", "ben");
    tour.screen.fill(TARGET, "Password", password).await;
    tour.screen.press("Grant Token").await;
    tour.screen.see("Authentication Error").await;
    tour.stop("action-dead-token").await;
    tour.open_mac("dead-token").await;
    tour.stop("device-dead-token-found").await;
}

/// The account is made; then the tool says that it has granted the token, and lies.
async fn half_done(tour: &mut Tour<'_>) {
    let home = MacHome::open(tour.demo.mac("filevault-off"));
    let number = hold(&home, "-addUser", When::AfterEffect);
    tour.open_mac("filevault-off").await;
    tour.screen.open_menu("Actions").await;
    tour.screen.follow("Create User Account").await;
    tour.screen.fill(TARGET, "Full name", "Dora Maar").await;
    tour.screen.fill(TARGET, "Username", "dora").await;
    tour.screen
        .fill(TARGET, "Password", "a new password for dora")
        .await;
    tour.screen.fill(GRANT, "Username", "ada").await;
    let password = tour.demo.password("filevault-off", "ada");
    tour.screen.fill(GRANT, "Password", password).await;
    tour.screen.press("Create").await;
    held(&home, number);
    home.change(|mac| mac.knobs.lie = Lie::Always).unwrap();
    home.resume_all().unwrap();
    tour.screen
        .see("The account was made, but holds no Secure Token")
        .await;
    tour.stop("action-created-without-token").await;
    // What comes later on this walk finds an honest Mac.
    home.change(|mac| mac.knobs.lie = Lie::Never).unwrap();
}

/// Holds the next call of `sysadminctl` with this argument. Answers the number of the point.
pub(super) fn hold(home: &MacHome, argument: &str, when: When) -> u32 {
    let point = PausePoint {
        tool: "sysadminctl".to_owned(),
        arg: Some(argument.to_owned()),
        when,
        orphaned: Orphaned::Ends,
    };
    home.pause(&point).unwrap()
}

/// Waits until a call stands at the point.
pub(super) fn held(home: &MacHome, number: u32) {
    wait::until("a tool to be held", || {
        home.pause_is_reached(number).then_some(())
    });
}
