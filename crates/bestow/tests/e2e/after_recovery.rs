//! A Mac is led back by its recovery key, and what hangs on that is made anew: service account, bootstrap token, recovery key.

use std::time::Duration;

use macsim::scenario::Situation;
use serde_json::Value;

use crate::recovery::{NEW_PASSWORD, steps_for_the_person, told, walk};
use crate::service_account::{wait_until_made, wait_until_told_what_is_wanted};
use crate::support::plugin::{login, macsim, site as with_plug_in, wait_until_registered};
use crate::support::site::Site;
use crate::support::wait;
use crate::time_passes::{is_proved, opens, pass, revealed};

/// A Mac on which nobody holds a token, with an agent, the plug-in, and a bootstrap token that its MDM would take.
fn broken(seed: u64) -> Site {
    let mut site = with_plug_in(Situation::NoHolder, seed, "info");
    macsim(&site, &["mdm", "unenroll"], "").with_exit(0);
    let profile = site.folder().join("enrolment.mobileconfig");
    let profile = profile.to_str().unwrap();
    site.run(&["mdm", "profile", &site.mac.name, "--out", profile])
        .with_exit(0);
    macsim(&site, &["mdm", "enroll", profile], "").with_exit(0);
    site.mac.start_agent();
    site.wait_until_observed();
    wait_until_registered(&site);
    wait_until_told_what_is_wanted(&site);
    site
}

/// The codes of what is wrong with the Mac.
fn findings(site: &Site) -> Vec<String> {
    let told = site.run(&["findings", &site.mac.name, "--json"]);
    let told = told.with_exit(0).json();
    let items = told["items"].as_array().unwrap();
    let codes = items
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_owned());
    codes.collect()
}

fn token_state(site: &Site) -> Value {
    let shown = site.run(&["mdm", "show", &site.mac.name, "--json"]);
    shown.with_exit(0).json()["bootstrap_token"]["state"].clone()
}

#[test]
fn what_hangs_on_a_recovery_is_made_anew_and_the_key_that_was_read_out_is_refused() {
    let mut site = broken(961);
    let read_out = site.mac.recovery_key().to_owned();
    assert!(findings(&site).contains(&"chain_broken".to_owned()));
    assert_eq!(token_state(&site), "empty");
    let steps = steps_for_the_person(&site);
    site.mac.stop_agent();
    walk(&site, &steps, &read_out).with_exit(0);
    site.mac.start_agent();
    wait::until("the agent to see a holder", || {
        (told(&site)["need"] == "none").then_some(())
    });

    login(&site, "ada", NEW_PASSWORD).with_exit(0);
    wait_until_made(&site);
    wait::until("the bootstrap token to be kept", || {
        (token_state(&site) == "held").then_some(())
    });
    assert!(opens(&site, &read_out), "whoever types it has an hour");
    pass(&mut site, Duration::from_mins(61));
    is_proved(&site, 1);
    assert!(!opens(&site, &read_out));
    wait::until("everything to be seen to", || {
        let told = told(&site);
        let tasks = told["begun"]["aftercare"].as_array().unwrap();
        (tasks.len() == 3 && tasks.iter().all(|task| task["state"] == "done")).then_some(())
    });
    wait::until("the findings to be closed", || {
        let is_open = |code: &String| {
            let begins = ["chain_broken", "recovery_key_", "service_account_"];
            begins.iter().any(|beginning| code.starts_with(beginning))
        };
        (!findings(&site).iter().any(is_open)).then_some(())
    });

    site.mac.stop_agent();
    let refused = walk(&site, &steps, &read_out).with_exit(1);
    assert!(refused.out.contains("stopped at step"), "{refused:?}");
    let new = revealed(&site, "1");
    assert!(opens(&site, &new));
    walk(&site, &steps, &new).with_exit(0);
}
