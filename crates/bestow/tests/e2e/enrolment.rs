//! A Mac that comes back without its old key.

use std::fs;

use crate::support::site::Site;
use crate::support::wait;

#[test]
fn a_mac_without_its_old_key_gets_nothing_until_somebody_has_compared() {
    let mut site = Site::healthy(801);
    site.grant_with(["not hers", "not his"], &[]).with_exit(1);
    site.mac.stop_agent();
    // As after an erased disk: the same Mac, and no memory of who it was.
    fs::remove_dir_all(site.mac.agent_state()).unwrap();
    let secret = site.run(&["enrolment-secret"]).with_exit(0).out;
    site.mac.enroll(&site.proxy.url(), &secret);
    site.mac.start_agent();

    // Two devices have the same name and serial number now.
    let ambiguous = site
        .grant(&[])
        .with_exit(2)
        .says(&["Several devices are called \"healthy\""]);
    let waiting = ambiguous
        .err
        .lines()
        .filter(|line| line.ends_with("waits for approval"));
    assert_eq!(waiting.count(), 1, "{}", ambiguous.err);
    let devices = site.run(&["devices", "--json"]).with_exit(0).json();
    let pending = devices["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|device| device["pending"] == true)
        .unwrap();
    let id = pending["id"].as_str().unwrap();
    let fingerprint = pending["key_fingerprint"].as_str().unwrap();
    wait::until("the new agent to tell of the Mac", || {
        site.run(&["device", id, "--json"]).with_exit(0).json()["device"]["observed_at"]
            .is_i64()
            .then_some(())
    });
    site.run(&["devices"]).says(&["waits for approval"]);

    site.run(&["approve", id])
        .with_exit(2)
        .says(&["Compare first", fingerprint, "--fingerprint"]);
    let wrong = site
        .run(&["approve", id, "--fingerprint", "dead beef"])
        .with_exit(2);
    wrong.says(&["was not approved", "given dead beef", "bestow-agent status"]);
    let still = site.run(&["device", id, "--json"]).json();
    assert_eq!(still["device"]["pending"], true);
    site.run(&["approve", id, "--fingerprint", fingerprint])
        .with_exit(0)
        .says(&["healthy is approved."]);

    site.run(&["approve", id, "--fingerprint", fingerprint])
        .with_exit(0)
        .says(&["healthy does not wait for approval. Nothing was changed."]);

    // The pinned key is another one, so that passwords wait for a person, too.
    let refused = site.grant(&[]).with_exit(2);
    refused.says(&["The key of healthy has changed", "--accept-key"]);
    site.run(&["device", id, "--accept-key", fingerprint])
        .with_exit(0);
    site.grant(&[]).with_exit(0);
    assert_eq!(site.mac.times_granted("ben"), 1);
}
