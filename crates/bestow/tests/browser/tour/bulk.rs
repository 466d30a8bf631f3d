//! Bulk runs: the list without and with one, the form, the plan, and a run wherever it can stand.

use macsim::MacHome;
use macsim::front::pause::When;

use super::Tour;
use super::actions::{held, hold};

const TARGET: &str = "Target account details";

pub async fn walk(tour: &mut Tour<'_>) {
    tour.open("/bulk").await;
    tour.screen.see("Nothing has been asked of many Macs yet.").await;
    tour.stop("bulk-empty").await;
    form(tour).await;
    plan(tour).await;
    run(tour).await;
}

async fn form(tour: &mut Tour<'_>) {
    tour.open("/").await;
    tour.screen.tick("Tick healthy").await;
    tour.screen.tick("Tick intel-10-15").await;
    tour.stop("manage-ticked").await;
    tour.screen.press("Ask the ticked Macs").await;
    tour.screen.see("The Macs that are ticked here").await;
    tour.stop("bulk-form-ticked").await;
    tour.open("/bulk/new?finding=automated_admin_without_token").await;
    tour.screen.see("Terms").await;
    tour.stop("bulk-form-grant").await;
    tour.screen
        .fill_in("At most so many Macs at a time", "many")
        .await;
    tour.screen.press("Show plan").await;
    tour.screen.see("Nothing was planned.").await;
    tour.stop("bulk-form-errors").await;
}

async fn plan(tour: &mut Tour<'_>) {
    tour.open("/bulk/plan?administrator=nobody&target=ben").await;
    tour.screen.see("no Mac is ready").await;
    tour.stop("bulk-plan-nobody").await;
    tour.open("/bulk/new?kind=create-user-account").await;
    tour.screen
        .fill(TARGET, "Full name", "Service of %devicename%")
        .await;
    tour.screen.fill(TARGET, "Username", "svc").await;
    tour.screen
        .fill_in("Stop when so many of a hundred have failed", "50")
        .await;
    tour.stop("bulk-form-create").await;
    tour.screen.press("Show plan").await;
    tour.screen.see("Confirm").await;
    tour.stop("bulk-plan").await;
    tour.screen.press("Begin").await;
    tour.screen.see("Nothing was sent.").await;
    tour.stop("bulk-plan-errors").await;
    tour.screen.follow_beginning("Needs a person").await;
    tour.stop("bulk-plan-needs-person").await;
}

async fn run(tour: &mut Tour<'_>) {
    tour.screen
        .fill_in("Target account's password", "Walnut 7; Marble? 4")
        .await;
    let ready = tour.screen.bold("How many Macs are meant").await;
    tour.screen.fill_in("How many Macs are meant", &ready).await;
    let home = MacHome::open(tour.demo.mac("healthy"));
    let number = hold(&home, "-addUser", When::BeforeEffect);
    tour.screen.press("Begin").await;
    held(&home, number);
    tour.screen.see("1 running").await;
    tour.stop("bulk-run-running").await;
    tour.screen.press("Stop").await;
    tour.screen.see("It sends nothing more").await;
    tour.stop("bulk-run-stopped").await;
    home.resume_all().unwrap();
    tour.screen.press("Cancel run").await;
    tour.screen.see("It was called back.").await;
    tour.stop("bulk-run-cancelled").await;
    tour.open("/bulk").await;
    tour.screen.see("Create User Account: svc").await;
    tour.stop("bulk").await;
}
