//! The file in which macOS leaves recovery keys for an escrow profile, from the profile of a real server to its vault.

use std::fs;
use std::os::unix::fs::symlink;

use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::plugin::macsim;
use crate::support::program;
use crate::support::search::{everything_written, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

/// A Mac on which the profile of its server is installed.
fn with_profile(situation: Situation, seed: u64) -> Site {
    let site = Site::with(situation, seed, "trace");
    symlink(program(), site.folder().join("macsim")).unwrap();
    let profile = site.run(&["filevault-policy", "profile"]).with_exit(0).out;
    let file = site.folder().join("bestow.mobileconfig");
    fs::write(&file, profile).unwrap();
    let file = file.to_str().unwrap();
    macsim(&site, &["mdm", "install-profile", file], "").with_exit(0);
    tool(&site, "profiles", &["show"], "")
        .with_exit(0)
        .says(&["com.apple.security.FDERecoveryKeyEscrow", "bestow.filevault."]);
    site
}

/// Runs a tool of the Mac's.
fn tool(site: &Site, name: &str, args: &[&str], input: &str) -> Said {
    let mut tool = command(&site.mac.home.root().join("usr/bin").join(name));
    tool.env("MACSIM_TERMINAL", "never");
    Said::by(tool.args(args), input)
}

/// What the vault says of the Mac's key.
fn shown(site: &Site) -> Value {
    site.run(&["recovery-key", "show", &site.mac.name, "--json"])
        .with_exit(0)
        .json()
}

/// Waits until the vault's only version is proved. It came from the file, and opens the disk. That it is shown first brings the agent
/// to look in at once, and unlike a restart it breaks off nothing that the agent is about.
#[track_caller]
fn comes_from_the_file(site: &Site) -> String {
    let reveal = [
        "recovery-key",
        "reveal",
        &site.mac.name,
        "--reason",
        "the test looks whether it opens the disk",
        "--json",
    ];
    let revealed = site.run(&reveal).with_exit(0).json();
    let key = revealed["secret"].as_str().unwrap().to_owned();
    assert!(is_valid(&site.mac.home.load().unwrap(), &key));
    let shown = wait::until("a key that was proved", || {
        let shown = shown(site);
        (shown["state"] == "held" && shown["proved_at"].is_i64()).then_some(shown)
    });
    let versions = shown["versions"].as_array().unwrap();
    assert_eq!(versions.len(), 1, "{shown}");
    assert_eq!(versions[0]["origin"], "escrow_file", "{shown}");
    key
}

/// The agent looks in at once, instead of within a minute.
fn look_in(site: &mut Site) {
    site.mac.stop_agent();
    site.mac.start_agent();
}

#[test]
fn a_key_that_macos_makes_behind_the_agents_back_comes_to_the_vault_and_is_proved() {
    let mut site = with_profile(Situation::FileVaultOff, 941);
    let password = site
        .mac
        .password("ada")
        .replace('&', "&amp;")
        .replace('<', "&lt;");
    let input = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict><key>Username</key><string>ada</string>\
         <key>Password</key><string>{password}</string></dict></plist>"
    );
    tool(&site, "fdesetup", &["enable", "-inputplist"], &input).with_exit(0);
    look_in(&mut site);
    wait::until("what macOS left to be kept", || {
        (shown(&site)["state"] == "held").then_some(())
    });
    let key = comes_from_the_file(&site);
    let found = everything_written(&site, &["agent.log", "FileVaultPRK.dat"]);
    stand_nowhere(&[&key], &found);
}

#[test]
fn a_key_that_was_lost_on_the_way_is_mended_from_the_file_without_another_one() {
    let site = with_profile(Situation::Healthy, 942);
    macsim(&site, &["set", "told_recovery_key=nothing"], "").with_exit(0);
    let before = site.mac.truth().effects.recovery_keys_made;
    let rotate = [
        "recovery-key",
        "rotate",
        &site.mac.name,
        "--administrator",
        "ada",
        "--password-stdin",
        "--json",
    ];
    let said = site.run_with(&rotate, &format!("{}\n", site.mac.password("ada")));
    assert_eq!(said.json()["code"], "recovery_key_unproved", "{said:?}");
    wait::until("what macOS left to be kept", || {
        (shown(&site)["state"] == "held").then_some(())
    });
    comes_from_the_file(&site);
    assert_eq!(site.mac.truth().effects.recovery_keys_made, before + 1);
}
