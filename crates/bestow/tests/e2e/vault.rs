//! What is kept of recovery keys outlasts a new key of the vault, the loss of the server and an older copy of its database.

use std::fs;
use std::path::PathBuf;

use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::program;
use crate::support::site::Site;
use crate::support::wait;

/// A command on the server's own machine.
fn on_the_server(site: &Site, args: &[&str]) -> Said {
    let mut bestow = command(program());
    let config = site.folder().join("server/bestow.toml");
    bestow.args(args).arg("--config").arg(config);
    Said::by(&mut bestow, "")
}

fn rotate(site: &Site) {
    let mac = site.mac.name.clone();
    let args = [
        "recovery-key",
        "rotate",
        &mac,
        "--administrator",
        "ada",
        "--password-stdin",
    ];
    site.run_with(&args, &format!("{}\n", site.mac.password("ada")))
        .with_exit(0);
}

/// What the vault says of the Mac's key.
fn state(site: &Site) -> String {
    let shown = site
        .run(&["recovery-key", "show", &site.mac.name, "--json"])
        .with_exit(0)
        .json();
    shown["state"].as_str().unwrap().to_owned()
}

fn wait_for(site: &Site, wanted: &str) {
    wait::until(wanted, || (state(site) == wanted).then_some(()));
}

/// The key, and whether it opens the Mac's disk.
fn revealed(site: &Site, version: &str) -> (String, bool) {
    let args = [
        "recovery-key",
        "reveal",
        &site.mac.name,
        "--version",
        version,
        "--reason",
        "the test looks whether it opens the disk",
        "--json",
    ];
    let shown = site.run(&args).with_exit(0).json();
    let key = shown["secret"].as_str().unwrap().to_owned();
    let opens = is_valid(&site.mac.home.load().unwrap(), &key);
    (key, opens)
}

/// Takes a file of the server's away; answers where it is now.
fn take_away(site: &Site, name: &str) -> (PathBuf, PathBuf) {
    let file = site.server.data().join(name);
    let away = site.folder().join(name);
    fs::rename(&file, &away).unwrap();
    (file, away)
}

#[test]
fn what_is_kept_outlasts_a_new_key_of_the_vault_and_the_loss_of_the_server() {
    let mut site = Site::with(Situation::Healthy, 931, "info");
    rotate(&site);
    wait_for(&site, "held");
    let (first, opens) = revealed(&site, "1");
    assert!(opens, "the vault's key does not open the disk");
    site.run(&["recovery-key", "history", &site.mac.name])
        .with_exit(0)
        .says(&["current", "rotation"]);

    on_the_server(&site, &["vault", "rewrap"])
        .with_exit(0)
        .says(&["is new. Wrapped anew: 1."]);
    assert_eq!(revealed(&site, "1"), (first.clone(), true));
    let copy = site.folder().join("copy");
    let copy = copy.to_str().unwrap();
    on_the_server(&site, &["backup", copy]).with_exit(0);
    on_the_server(&site, &["backup", copy])
        .with_exit(3)
        .says(&["is there already"]);
    rotate(&site);
    wait::until("the second key", || {
        let shown = site.run(&["recovery-key", "show", &site.mac.name, "--json"]);
        (shown.json()["versions"].as_array().unwrap().len() == 2).then_some(())
    });

    site.server.stop();
    on_the_server(&site, &["restore", copy])
        .with_exit(3)
        .says(&["is there already; nothing was changed"]);
    take_away(&site, "bestow.db");
    let (keys, away) = take_away(&site, "bestow.escrow-keys");
    on_the_server(&site, &["restore", copy])
        .with_exit(3)
        .says(&["put the file of escrow keys back first"]);
    fs::rename(away, keys).unwrap();
    on_the_server(&site, &["restore", copy])
        .with_exit(0)
        .says(&["Escrowed secrets in it: 1, each with its key in place."]);
    site.server.start();

    // The copy is older than the Mac's key: the agent says so, and what is kept opens again with the next one.
    wait_for(&site, "key_unknown");
    assert_eq!(revealed(&site, "1"), (first, false));
    rotate(&site);
    wait_for(&site, "held");
    assert!(revealed(&site, "2").1, "the vault's key does not open the disk");
}

#[test]
fn a_server_without_the_keys_that_its_secrets_need_does_not_start() {
    let mut site = Site::with(Situation::Healthy, 932, "info");
    rotate(&site);
    wait_for(&site, "held");
    site.server.stop();
    let (keys, away) = take_away(&site, "bestow.escrow-keys");
    for args in [["vault", "rewrap"].as_slice(), &["serve"]] {
        on_the_server(&site, args)
            .with_exit(3)
            .says(&["it is not there, and 1 escrowed secrets need what was in it"]);
        assert!(!keys.exists(), "a fresh key would hide what is missing");
    }
    fs::rename(away, keys).unwrap();
    site.server.start();
    assert!(revealed(&site, "1").1);
}
