//! Logins at a simulated Mac's screen, through the plug-in's real library, to a real agent.

use macsim::scenario::Situation;
use nix::sys::signal::Signal;

use crate::support::plugin::{login, macsim, site, wait_until_registered};
use crate::support::search::{Haystack, everything_written_at_rest, said as told, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

fn wait_until_told(site: &Site, logins: u64) {
    wait::until("a login to be told", || {
        let status = site.mac.agent_status();
        (status["logins"]["told"] == logins).then_some(())
    });
}

#[test]
fn a_login_reaches_the_agent_and_its_password_is_left_nowhere() {
    let mut site = site(Situation::Healthy, 801, "trace");
    site.mac.start_agent();
    wait_until_registered(&site);
    assert_eq!(site.mac.agent_status()["login_plugin"]["status"], "registered");

    let ada = site.mac.password("ada").to_owned();
    let ben = site.mac.password("ben").to_owned();
    let wrong = "planted-wrong-login-🔑-4Jd8";
    let mut found = vec![];
    for (account, password, exit) in [
        ("ada", ada.as_str(), 0),
        ("ada", wrong, 1),
        ("ben", ben.as_str(), 0),
    ] {
        let said = login(&site, account, password).with_exit(exit);
        found.push(told(&format!("login of {account}"), &said));
    }
    wait_until_told(&site, 2);

    let outside = site.mac.agent_process().seen_from_outside();
    found.push(Haystack::new("arguments or environment of the agent", &outside));
    found.extend(everything_written_at_rest(&site));
    let names: Vec<&str> = found.iter().map(|haystack| haystack.name.as_str()).collect();
    for part in ["logins.json", "calls.jsonl", "agent.log", "mac.json"] {
        assert!(names.iter().any(|name| name.ends_with(part)), "{names:?}");
    }
    stand_nowhere(&[&ada, &ben, wrong], &found);
}

#[test]
fn a_login_goes_on_when_the_agent_is_dead_or_does_not_answer() {
    let mut site = site(Situation::Healthy, 802, "info");
    site.mac.start_agent();
    wait_until_registered(&site);
    let ada = site.mac.password("ada").to_owned();

    site.mac.agent_process().signal(Signal::SIGSTOP);
    login(&site, "ada", &ada).with_exit(0);
    site.mac.kill_agent();
    login(&site, "ada", &ada).with_exit(0);

    site.mac.start_agent();
    wait::until("the login to be told", || {
        login(&site, "ada", &ada).with_exit(0);
        let told = site.mac.agent_status()["logins"]["told"].as_u64();
        (told > Some(0)).then_some(())
    });
}

#[test]
fn after_an_upgrade_the_agent_registers_the_plug_in_again() {
    let mut site = site(Situation::Healthy, 803, "info");
    site.mac.start_agent();
    wait_until_registered(&site);
    site.mac.stop_agent();
    macsim(&site, &["upgrade", "26.1"], "").with_exit(0);
    let status = site.mac.agent_status();
    assert_eq!(status["login_plugin"]["status"], "not_registered");

    site.mac.start_agent();
    wait_until_registered(&site);
    let ben = site.mac.password("ben").to_owned();
    login(&site, "ben", &ben).with_exit(0);
    wait_until_told(&site, 1);
}

#[test]
fn a_plug_in_that_cannot_be_registered_is_a_finding() {
    let mut site = site(Situation::Healthy, 804, "info");
    macsim(&site, &["set", "lying_tools=security", "lie=always"], "").with_exit(0);
    site.mac.start_agent();
    site.wait_until_observed();
    site.run(&["findings", "healthy"])
        .with_exit(0)
        .says(&["login plug-in takes no part in logins", "and did not"]);
    site.run(&["explain", "login_plugin_not_registered"])
        .with_exit(0)
        .says(&["system.login.console"]);
}
