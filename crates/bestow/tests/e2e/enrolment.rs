//! Enrolling a Mac, and one that comes back without its old key.

use std::fs;
use std::path::Path;

use crate::support::child::command;
use crate::support::command::Said;
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

#[test]
fn what_the_agent_lacks_is_named() {
    let mut site = Site::healthy(802);
    site.mac.stop_agent();
    fs::remove_dir_all(site.mac.agent_state()).unwrap();
    let agent = |root: &Path, args: &[&str], secret: &str| {
        let mut agent = command(&site.folder().join("bestow-agent"));
        agent.arg("--root").arg(root).args(args);
        Said::by(&mut agent, secret)
    };
    let root = site.mac.home.root();
    let status = |parts: &[&str]| agent(&root, &["status"], "").with_exit(0).says(parts);
    status(&[
        "This Mac is not enrolled",
        "`bestow enrolment-secret`",
        "sudo bestow-agent enroll --server",
    ]);
    let enroll = |server: &str, more: &[&str], secret: &str| {
        let args = [&["enroll", "--server", server][..], more].concat();
        agent(&root, &args, secret).with_exit(1)
    };
    let right = format!("http://{}", site.server.address());
    enroll(&right, &[], "no secret of ours").says(&[
        "[enrolment_secret_invalid]",
        "The enrolment secret is not valid. It is unknown, has been used, or its time has run out.",
        "Make a new one with 'bestow enrolment-secret'",
    ]);
    // A key that no server knows is nothing to compare.
    let unknown = status(&["This Mac is not enrolled"]);
    assert!(!unknown.out.contains("Key fingerprint"), "{}", unknown.out);

    enroll("bestow.example.org", &[], "x")
        .says(&["--server bestow.example.org: an address begins with https://"]);
    enroll("http://bestow.example.org", &[], "x").says(&["--certificate-authority", "this computer alone"]);
    enroll("https://127.0.0.1:1", &[], "x").says(&["--certificate-authority is missing"]);
    enroll("https://127.0.0.1:1", &["--certificate-authority", "/nope"], "x")
        .says(&["read --certificate-authority /nope: No such file"]);
    enroll("http://127.0.0.1:1", &[], "x").says(&["refused", "Are name and port in --server"]);
    enroll(&right, &["--secret-file", "/nope"], "").says(&["--secret-file /nope: No such file"]);
    let nowhere = site.folder().join("nope");
    agent(&nowhere, &["enroll", "--server", &right], "x")
        .with_exit(1)
        .says(&["--root", "is no folder"]);
    assert!(!nowhere.exists());
}
