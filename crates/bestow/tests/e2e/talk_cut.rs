//! Agent or server is killed at each step of what they say to each other about a grant. Afterwards the grant is done, once.

use macsim::report::TrueToken;
use serde_json::Value;

use crate::support::hold::Side;
use crate::support::site::Site;
use crate::support::wait;

/// Who is killed.
#[derive(Debug, Clone, Copy)]
enum Victim {
    Agent,
    Server,
}

/// Kills at the moment when the request to `path`, or its answer, is under way.
fn cut(victim: Victim, path: &'static str, side: Side, seed: u64) {
    let mut site = Site::healthy(seed);
    site.proxy.hold(path, side);
    let id = site.send_grant();
    site.proxy.wait();
    match victim {
        Victim::Agent => site.mac.kill_agent(),
        Victim::Server => site.server.kill(),
    }
    // A killed agent sends nothing more, and neither of the two hears what the other said meanwhile.
    site.proxy.cut();
    match victim {
        Victim::Agent => site.mac.start_agent(),
        Victim::Server => site.server.start(),
    }
    is_done_once(&site, &id);
}

/// The grant has come to its good end at the server and on the Mac, once.
pub fn is_done_once(site: &Site, id: &str) {
    let action = site.end_of(id);
    assert_eq!(
        (&action["state"], &action["code"]),
        (&"succeeded".into(), &"granted".into()),
        "{action:#}"
    );
    assert_eq!(site.mac.times_granted("ben"), 1);
    assert_eq!(site.mac.account("ben").token, TrueToken::Usable);
    // The accounts follow with the next observation.
    let shows_ben = |device: &Value| {
        let accounts = device["accounts"]["items"].as_array().unwrap();
        accounts
            .iter()
            .any(|account| account["record_name"] == "ben" && account["holds"] == true)
    };
    let device = wait::until("the server to show the holder", || {
        let device = site
            .run(&["device", &site.mac.name, "--json"])
            .with_exit(0)
            .json();
        shows_ben(&device).then_some(device)
    });
    let edges = device["chain"]["edges"].as_array().unwrap();
    assert_eq!(edges.len(), 1, "{edges:#?}");
    assert_eq!(edges[0]["action_id"], id);
}

#[test]
fn server_killed_after_it_accepted() {
    let mut site = Site::healthy(101);
    site.mac.stop_agent();
    let id = site.send_grant();
    site.server.kill();
    site.server.start();
    assert_eq!(site.action(&id)["state"], "queued");
    site.mac.start_agent();
    is_done_once(&site, &id);
}

#[test]
fn server_killed_while_it_offers() {
    cut(Victim::Server, "/check-in", Side::Answer, 102);
}

#[test]
fn agent_killed_while_it_is_offered() {
    cut(Victim::Agent, "/check-in", Side::Answer, 103);
}

#[test]
fn server_killed_before_it_agrees_to_the_start() {
    cut(Victim::Server, "/start", Side::Request, 104);
}

#[test]
fn agent_killed_before_the_server_agrees_to_the_start() {
    cut(Victim::Agent, "/start", Side::Request, 105);
}

#[test]
fn server_killed_after_it_agreed_to_the_start() {
    cut(Victim::Server, "/start", Side::Answer, 106);
}

#[test]
fn agent_killed_before_it_hears_that_it_may_start() {
    cut(Victim::Agent, "/start", Side::Answer, 107);
}

#[test]
fn server_killed_before_the_report() {
    cut(Victim::Server, "/report", Side::Request, 108);
}

#[test]
fn agent_killed_before_the_report_arrives() {
    cut(Victim::Agent, "/report", Side::Request, 109);
}

#[test]
fn server_killed_after_it_stored_the_report() {
    cut(Victim::Server, "/report", Side::Answer, 110);
}

#[test]
fn agent_killed_before_its_report_is_acknowledged() {
    cut(Victim::Agent, "/report", Side::Answer, 111);
}
