//! The page of a Mac in each situation, and of one that waits for approval.

use std::fs;

use macsim::MacHome;
use macsim::scenario::Situation;

use super::Tour;
use crate::support::child::{Running, command};
use crate::support::command::Said;
use crate::support::program;

pub async fn walk(tour: &mut Tour<'_>) {
    for situation in Situation::all() {
        let name = situation.name().replace('_', "-");
        tour.open_mac(&name).await;
        tour.stop(&format!("device-{name}")).await;
    }
    tour.open_mac("healthy").await;
    tour.screen.open_menu("Actions").await;
    tour.stop("device-actions-menu").await;
    tour.open_mac("healthy").await;
    tour.screen.follow("Forget this Mac").await;
    tour.screen.see("It cannot be taken back.").await;
    tour.stop("device-forget").await;
    pending(tour).await;
}

/// A Mac that has lost its agent's memory: the agent enrols anew, and the server knows its serial number.
async fn pending(tour: &mut Tour<'_>) {
    let home = MacHome::open(tour.demo.mac("offline"));
    let state = home.root().join("Library/Application Support/Bestow");
    let kept = state.with_extension("before");
    fs::rename(&state, &kept).unwrap();
    let mut secret = command(program());
    secret.arg("enrolment-secret").arg("--demo").arg(tour.demo.data());
    let secret = Said::by(&mut secret, "").with_exit(0).out;
    let agent = || {
        let mut agent = command(&tour.demo.agent());
        agent.arg("--root").arg(home.root());
        agent
    };
    let mut enroll = agent();
    enroll.args(["enroll", "--server", tour.demo.url(), "--name", "offline-again"]);
    Said::by(&mut enroll, &secret).with_exit(0);
    let mut run = agent();
    run.args(["run", "--exit-with-stdin"]);
    let running = Running::start(&mut run, &home.dir().join("agent.log"));
    tour.open("/").await;
    tour.screen.follow("offline-again").await;
    tour.screen.see("Waits for approval").await;
    tour.screen.see("Nothing has been asked of this Mac yet.").await;
    tour.screen.see("15.").await;
    tour.stop("device-pending").await;
    tour.screen.press("Approve device").await;
    tour.screen.see("Nothing was approved.").await;
    tour.stop("device-pending-not-compared").await;
    running.close_stdin();
    fs::remove_dir_all(&state).unwrap();
    fs::rename(&kept, &state).unwrap();
}
