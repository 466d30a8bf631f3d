//! A recovery key is rotated on a real agent and escrowed to a real server: whatever is killed, the vault ends with a key that opens
//! the disk, and no key lies about in clear.

use macsim::front::pause::{Orphaned, PausePoint, When};
use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;

use crate::support::search::{Haystack, everything_written, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

const CHANGE: &str = "changerecovery";

fn rotate<'a>(site: &'a Site, more: &[&'a str]) -> crate::support::command::Said {
    let mut args = vec![
        "recovery-key",
        "rotate",
        &site.mac.name,
        "--administrator",
        "ada",
        "--password-stdin",
    ];
    args.extend(more);
    site.run_with(&args, &format!("{}\n", site.mac.password("ada")))
}

/// What the vault says of the Mac's key.
fn shown(site: &Site) -> serde_json::Value {
    site.run(&["recovery-key", "show", &site.mac.name, "--json"])
        .json()
}

/// Waits until the vault holds a proved key, and answers it.
fn held(site: &Site) -> String {
    wait::until("a key that was proved", || {
        let shown = shown(site);
        (shown["state"] == "held" && shown["proved_at"].is_i64()).then_some(())
    });
    let reveal = [
        "recovery-key",
        "reveal",
        &site.mac.name,
        "--reason",
        "the test looks whether it opens the disk",
        "--json",
    ];
    let revealed = site.run(&reveal).with_exit(0).json();
    revealed["secret"].as_str().unwrap().to_owned()
}

fn opens(site: &Site, key: &str) -> bool {
    is_valid(&site.mac.home.load().unwrap(), key)
}

#[test]
fn a_key_is_rotated_escrowed_and_shown_and_lies_nowhere() {
    let site = Site::with(Situation::Healthy, 911, "trace");
    let said = rotate(&site, &[]).with_exit(0);
    let key = held(&site);
    assert!(opens(&site, &key), "the vault's key does not open the disk");
    let mut found = everything_written(&site, &["recovery-key.json", "agent.log"]);
    found.push(Haystack::new("the rotation", said.out.as_bytes()));
    stand_nowhere(&[&key], &found);
}

/// The agent is killed while the tool that makes the key is held, and the tool ends with it.
fn killed(when: When, seed: u64) {
    let mut site = Site::healthy(seed);
    let point = PausePoint {
        tool: "fdesetup".to_owned(),
        arg: Some(CHANGE.to_owned()),
        when,
        orphaned: Orphaned::Ends,
    };
    let id = site.mac.hold(&point, || {
        let sent = rotate(&site, &["--no-wait", "--json"]).with_exit(0).json();
        sent["id"].as_str().unwrap().to_owned()
    });
    site.mac.kill_agent();
    site.mac.start_agent();
    assert_eq!(site.end_of(&id)["code"], "recovery_key_rotated");
    let key = held(&site);
    assert!(opens(&site, &key), "the vault's key does not open the disk");
}

#[test]
fn agent_killed_before_the_key_is_changed() {
    killed(When::BeforeEffect, 912);
}

#[test]
fn agent_killed_after_the_key_was_changed_and_before_it_was_told() {
    killed(When::AfterEffect, 913);
}
