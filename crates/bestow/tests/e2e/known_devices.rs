//! The pinned keys of devices.

use std::fs;

use crate::support::command::Said;
use crate::support::site::Site;

/// Replaces the pinned fingerprint, as if the server showed another key than before.
fn forge_pin(site: &Site) {
    let file = site.folder().join("known-devices");
    let text = fs::read_to_string(&file).unwrap();
    let (kept, _) = text.trim_end().rsplit_once('\t').unwrap();
    fs::write(
        &file,
        format!("{kept}\t0000 1111 2222 3333 4444 5555 6666 7777\n"),
    )
    .unwrap();
}

#[test]
fn a_changed_key_gets_no_password_until_somebody_has_compared() {
    let mut site = Site::healthy(501);
    // Nothing is carried out, so that each grant is asked for anew.
    site.mac.stop_agent();
    let first = site.grant(&["--no-wait"]).with_exit(0);
    assert!(first.err.contains("its key is pinned"), "{}", first.err);
    let known = site.grant(&["--no-wait"]).with_exit(0);
    assert!(!known.err.contains("pinned"), "{}", known.err);

    forge_pin(&site);
    let before = site.run(&["actions", "--json"]).json()["items"]
        .as_array()
        .unwrap()
        .len();
    let refused = site.grant(&[]).with_exit(2);
    let present = refused
        .err
        .lines()
        .find_map(|line| line.trim().strip_prefix("present  "))
        .unwrap()
        .to_owned();
    refused.says(&[
        "The key of healthy has changed. No password was asked for and nothing was sent.",
        "pinned 0000 1111",
        "bestow-agent status",
        "--accept-key",
    ]);
    let after = site.run(&["actions", "--json"]).json()["items"]
        .as_array()
        .unwrap()
        .len();
    assert_eq!(before, after);

    // It is the fingerprint that the agent prints on the Mac.
    let mut status = crate::support::child::command(&site.folder().join("bestow-agent"));
    status
        .arg("--root")
        .arg(site.mac.home.root())
        .args(["status", "--json"]);
    assert_eq!(
        Said::by(&mut status, "").with_exit(0).json()["key_fingerprint"],
        present.as_str()
    );

    site.run(&["device", "healthy", "--accept-key", "dead beef"])
        .with_exit(2)
        .says(&[
            "The key was not accepted",
            "given dead beef",
            &format!("shown {present}"),
            "bestow-agent status",
        ]);
    site.grant(&[]).with_exit(2);
    site.run(&["device", "healthy", "--accept-key", &present])
        .with_exit(0)
        .says(&["The key of healthy is accepted"]);
    let accepted = site.grant(&["--no-wait"]).with_exit(0);
    assert!(accepted.err.contains("queued as action"), "{}", accepted.err);
}
