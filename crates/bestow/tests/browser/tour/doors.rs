//! Signing in and out, a server without Macs, and addresses that lead nowhere.

use super::{Tour, people};
use crate::support::server::TestServer;

/// Comes in by the demo's link, which does not open twice.
pub async fn walk_in(tour: &mut Tour<'_>) {
    empty_server(tour).await;
    tour.screen.go(tour.demo.sign_in_link()).await;
    tour.screen.see("healthy").await;
    tour.screen.go(tour.demo.sign_in_link()).await;
    tour.screen.see("Sign in").await;
    tour.stop("sign-in-link-used").await;
    tour.open("/no/such/page").await;
    tour.screen.see("There is no such page").await;
    tour.stop("not-found").await;
    tour.open("/?state=shiny").await;
    tour.stop("refused-request").await;
}

/// A server to which no Mac has come yet.
async fn empty_server(tour: &mut Tour<'_>) {
    let folder = tempfile::tempdir().unwrap();
    let mut server = TestServer::new(folder.path(), "info");
    server.start();
    let address = format!("http://{}", server.address());
    tour.screen
        .go(&format!("{address}{}", server.sign_in_path()))
        .await;
    tour.screen.see("Choose a name and a password").await;
    tour.stop("set-up").await;
    tour.screen.follow("Later").await;
    tour.screen.see("No Mac has enrolled yet.").await;
    tour.stop("manage-empty").await;
    tour.screen.go(&format!("{address}/actions")).await;
    tour.stop("history-empty").await;
    people::walk(tour, &address).await;
}

/// Leaves.
pub async fn walk_out(tour: &mut Tour<'_>) {
    tour.open("/").await;
    tour.screen.press("Sign out").await;
    tour.screen.see("You are signed out").await;
    tour.stop("signed-out").await;
    tour.open("/sign-in").await;
    tour.stop("sign-in").await;
    tour.open("/").await;
    tour.screen.see("Sign in").await;
}
