//! Agent or server is killed while Apple's tools work on a grant. Afterwards the grant is done, once.

use macsim::front::pause::{Orphaned, PausePoint, When};

use crate::support::site::Site;
use crate::support::wait;
use crate::talk_cut::is_done_once;

const GRANT: (&str, &str) = ("sysadminctl", "-secureTokenOn");
const PREBOOT: (&str, &str) = ("diskutil", "updatePreboot");

/// Sends a grant and waits until `tool` is held in it. Answers the action's id.
fn grant_held_at(site: &Site, tool: (&str, &str), when: When, orphaned: Orphaned) -> String {
    let point = PausePoint {
        tool: tool.0.to_owned(),
        arg: Some(tool.1.to_owned()),
        when,
        orphaned,
    };
    let id = site.mac.hold(&point, || site.send_grant());
    assert_eq!(site.action(&id)["state"], "running");
    id
}

/// The agent is killed, and the tool ends with it, as by a broken pipe.
fn agent_and_tool_killed(tool: (&str, &str), when: When, seed: u64) {
    let mut site = Site::healthy(seed);
    let id = grant_held_at(&site, tool, when, Orphaned::Ends);
    site.mac.kill_agent();
    site.mac.start_agent();
    is_done_once(&site, &id);
}

/// The agent is killed; the tool goes on without it, later.
fn agent_killed_tool_goes_on(tool: (&str, &str), when: When, seed: u64) {
    let mut site = Site::healthy(seed);
    let id = grant_held_at(&site, tool, when, Orphaned::Stays);
    site.mac.kill_agent();
    // The tool alone holds the lock now: the next agent must not look at the Mac while it still works.
    assert!(site.mac.is_busy());
    site.mac.start_agent();
    site.mac.release();
    is_done_once(&site, &id);
}

fn server_killed(tool: (&str, &str), when: When, seed: u64) {
    let mut site = Site::healthy(seed);
    let id = grant_held_at(&site, tool, when, Orphaned::Stays);
    site.server.kill();
    site.mac.release();
    site.server.start();
    is_done_once(&site, &id);
}

#[test]
fn agent_killed_before_the_grant_and_the_tool_with_it() {
    agent_and_tool_killed(GRANT, When::BeforeEffect, 201);
}

#[test]
fn agent_killed_after_the_grant_and_the_tool_with_it() {
    agent_and_tool_killed(GRANT, When::AfterEffect, 202);
}

#[test]
fn agent_killed_before_the_grant_and_the_tool_goes_on() {
    agent_killed_tool_goes_on(GRANT, When::BeforeEffect, 203);
}

#[test]
fn agent_killed_after_the_grant_and_the_tool_goes_on() {
    agent_killed_tool_goes_on(GRANT, When::AfterEffect, 204);
}

#[test]
fn agent_killed_before_the_start_up_screen_is_refreshed() {
    agent_and_tool_killed(PREBOOT, When::BeforeEffect, 205);
}

#[test]
fn agent_killed_after_the_start_up_screen_was_refreshed() {
    agent_and_tool_killed(PREBOOT, When::AfterEffect, 206);
}

#[test]
fn server_killed_before_the_grant() {
    server_killed(GRANT, When::BeforeEffect, 207);
}

#[test]
fn server_killed_after_the_grant() {
    server_killed(GRANT, When::AfterEffect, 208);
}

#[test]
fn server_killed_before_the_start_up_screen_is_refreshed() {
    server_killed(PREBOOT, When::BeforeEffect, 209);
}

#[test]
fn agent_killed_while_a_password_is_tried() {
    let mut site = Site::healthy(210);
    let slow_down = |millis| {
        site.mac
            .home
            .change(|mac| mac.knobs.latency_ms.insert("dscl".to_owned(), millis))
            .unwrap();
    };
    slow_down(400);
    let id = site.send_grant();
    wait::until("a password to be tried", || site.mac.call("dscl", "-authonly"));
    slow_down(0);
    site.mac.kill_agent();
    site.mac.start_agent();
    is_done_once(&site, &id);
}

#[test]
fn both_killed_after_the_grant() {
    let mut site = Site::healthy(211);
    let id = grant_held_at(&site, GRANT, When::AfterEffect, Orphaned::Ends);
    site.mac.kill_agent();
    site.server.kill();
    site.server.start();
    site.mac.start_agent();
    is_done_once(&site, &id);
}
