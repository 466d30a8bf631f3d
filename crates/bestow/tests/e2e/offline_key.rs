//! A recovery key that the server cannot read is opened elsewhere, with shares of the organisation's offline key.

use std::fs;

use macsim::rules::recovery_key::is_valid;
use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::program;
use crate::support::search::{everything_written, stand_nowhere};
use crate::support::site::Site;
use crate::support::wait;

/// Runs a command that knows no server.
fn apart(site: &Site, args: &[&str]) -> Said {
    Said::by(command(program()).current_dir(site.folder()).args(args), "")
}

/// Has the server seal recovery keys to a new offline key, of which two shares of three are needed.
fn seal_offline(site: &mut Site) {
    let args = ["offline-key", "new", "shares", "--shares", "3", "--needed", "2"];
    let made = apart(site, &args).with_exit(0).out;
    let setting = made
        .lines()
        .find(|line| line.starts_with("offline_key = "))
        .unwrap();
    let file = site.folder().join("server/bestow.toml");
    let config = fs::read_to_string(&file).unwrap();
    site.server.stop();
    fs::write(&file, format!("{setting}\n{config}")).unwrap();
    site.server.start();
}

/// Opens what was handed out with the shares of these numbers.
fn open(site: &Site, shares: &[u8]) -> Said {
    let shares = shares
        .iter()
        .map(|number| format!("shares/share-{number}-of-3.json"));
    let shares = shares.flat_map(|file| ["--share".to_owned(), file]);
    let args: Vec<String> = ["open-escrow", "sealed.json"]
        .map(str::to_owned)
        .into_iter()
        .chain(shares)
        .collect();
    apart(site, &args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn ask(site: &Site, how: &str) -> Said {
    site.run(&[
        "recovery-key",
        how,
        &site.mac.name,
        "--reason",
        "the test opens it elsewhere",
    ])
}

#[test]
fn shares_open_the_key_that_the_server_only_keeps() {
    let mut site = Site::without_agent(Situation::Healthy, 971, "trace");
    seal_offline(&mut site);
    site.mac.start_agent();
    site.wait_until_observed();
    let rotate = [
        "recovery-key",
        "rotate",
        &site.mac.name,
        "--administrator",
        "ada",
        "--password-stdin",
    ];
    site.run_with(&rotate, &format!("{}\n", site.mac.password("ada")))
        .with_exit(0);
    wait::until("the new key to be kept", || {
        let shown = site
            .run(&["recovery-key", "show", &site.mac.name, "--json"])
            .json();
        (shown["state"] == "held").then_some(())
    });
    ask(&site, "reveal").with_exit(2).says(&["sealed_offline"]);
    let sealed = ask(&site, "sealed").with_exit(0).out;
    fs::write(site.folder().join("sealed.json"), &sealed).unwrap();

    let one = open(&site, &[2]).with_exit(2);
    assert_eq!(one.out, "");
    one.says(&["Nothing was opened"]);
    let opened = open(&site, &[3, 1]).with_exit(0);
    let key = opened.out.lines().next().unwrap().to_owned();
    assert!(
        is_valid(&site.mac.home.load().unwrap(), &key),
        "it does not open the disk"
    );
    stand_nowhere(&[&key], &everything_written(&site, &["agent.log", "bestow.db"]));

    // Under another Mac's name it is another one's, and opens nothing.
    let mut moved: Value = serde_json::from_str(&sealed).unwrap();
    moved["serial_number"] = "C02ANOTHER".into();
    fs::write(site.folder().join("sealed.json"), moved.to_string()).unwrap();
    let refused = open(&site, &[3, 1]);
    assert_eq!(refused.out, "");
    refused.says(&["put under another Mac's name"]);
}
