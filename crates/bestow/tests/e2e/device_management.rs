//! A simulated Mac enrols with a real server by a real profile, and its bootstrap token comes to the vault: a renewed certificate keeps
//! it, another enrolment ends it, and its history stays.

use std::os::unix::fs::symlink;

use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::command::Said;
use crate::support::plugin::macsim;
use crate::support::program;
use crate::support::search::{everything_below, stand_nowhere};
use crate::support::site::Site;

/// A Mac whose agent has enrolled, and which no MDM manages.
fn start(seed: u64) -> Site {
    let site = Site::without_agent(Situation::Healthy, seed, "trace");
    symlink(program(), site.folder().join("macsim")).unwrap();
    macsim(&site, &["mdm", "unenroll"], "").with_exit(0);
    site
}

/// Has a profile made, and answers its path.
fn profile(site: &Site, name: &str, more: &[&str]) -> String {
    let file = site.folder().join(name).to_str().unwrap().to_owned();
    let order = ["mdm", "profile", &site.mac.name, "--out", &file];
    site.run(&[&order[..], more].concat()).with_exit(0);
    file
}

/// What the server tells of the Mac's enrolment and token.
fn shown(site: &Site) -> Value {
    site.run(&["mdm", "show", &site.mac.name, "--json"])
        .with_exit(0)
        .json()
}

#[track_caller]
fn stands(site: &Site, enrolment: &str, token: &str, versions: usize) -> Value {
    let shown = shown(site);
    assert_eq!(shown["mdm_enrolment"]["state"], enrolment, "{shown}");
    assert_eq!(shown["bootstrap_token"]["state"], token, "{shown}");
    let kept = shown["bootstrap_token"]["versions"].as_array().unwrap().len();
    assert_eq!(kept, versions, "{shown}");
    shown
}

/// Somebody logs in at the Mac's screen.
fn login(site: &Site, account: &str, password: &str) -> Said {
    let args = ["login", account, "--password-stdin"];
    macsim(site, &args, &format!("{password}\n"))
}

/// What `profiles` says of the token on the Mac.
fn status(site: &Site) -> String {
    let mut profiles = crate::support::child::command(&site.mac.home.root().join("usr/bin/profiles"));
    Said::by(profiles.args(["status", "-type", "bootstraptoken"]), "").flat()
}

#[test]
fn a_token_is_escrowed_at_a_login_kept_by_a_renewal_and_ended_by_a_wipe() {
    let site = start(931);
    let ada = site.mac.password("ada").to_owned();
    let first = profile(&site, "first.mobileconfig", &[]);
    stands(&site, "prepared", "empty", 0);
    macsim(&site, &["mdm", "enroll", &first], "").with_exit(0);
    stands(&site, "enrolled", "empty", 0);
    assert!(status(&site).contains("escrowed to server: NO"));

    login(&site, "ada", &ada).with_exit(0);
    stands(&site, "enrolled", "held", 1);
    assert!(status(&site).contains("escrowed to server: YES"));
    let known = site.mac.home.load().unwrap().mdm;
    let (token, key) = (
        known.escrowed_bootstrap_token.unwrap(),
        known.connection.unwrap().key,
    );

    let renewed = profile(&site, "renewed.mobileconfig", &["--renew"]);
    macsim(&site, &["mdm", "renew", &renewed], "").with_exit(0);
    login(&site, "ada", &ada).with_exit(0);
    stands(&site, "enrolled", "held", 1);
    macsim(&site, &["mdm", "poll"], "").with_exit(0).says(&[]);

    let second = profile(&site, "second.mobileconfig", &[]);
    let wipe = ["mdm", "wipe-and-enroll", &second, "grace", "--password-stdin"];
    macsim(&site, &wipe, "a password of grace's 7!\n").with_exit(0);
    let ended = stands(&site, "enrolled", "ended", 1);
    assert_eq!(
        ended["bootstrap_token"]["versions"][0]["ended_by"],
        "enrolled_anew"
    );
    assert_eq!(ended["mdm_enrolment"]["enrolments"][1]["state"], "replaced");
    login(&site, "grace", "a password of grace's 7!").with_exit(0);
    stands(&site, "enrolled", "held", 2);

    macsim(&site, &["mdm", "unenroll"], "").with_exit(0);
    stands(&site, "left", "held", 2);
    // The Mac's own memory knows it; what the server wrote, its log included, does not.
    let found = everything_below(&site.folder().join("server"));
    for name in ["bestow.db", "server.log"] {
        assert!(
            found.iter().any(|file| file.name.ends_with(name)),
            "{name} is not there"
        );
    }
    stand_nowhere(&[&token, &key], &found);
}

#[test]
fn a_profile_of_one_mac_enrols_no_other() {
    let site = start(932);
    let profile = profile(&site, "carried.mobileconfig", &[]);
    let other = site.folder().join("other").to_str().unwrap().to_owned();
    let mut macsim = crate::support::child::command(&site.folder().join("macsim"));
    Said::by(macsim.args(["new", &other, "--seed", "77"]), "").with_exit(0);
    let mut macsim = crate::support::child::command(&site.folder().join("macsim"));
    Said::by(macsim.args(["mdm", &other, "enroll", &profile]), "")
        .with_exit(1)
        .says(&["the server answered 400"]);
    stands(&site, "prepared", "empty", 0);
}

#[test]
fn a_token_that_a_tool_makes_comes_to_the_vault_and_one_that_it_removes_ends() {
    let site = start(933);
    let profile = profile(&site, "profile.mobileconfig", &[]);
    macsim(&site, &["mdm", "enroll", &profile], "").with_exit(0);
    let profiles = |verb: &str| {
        let tool = site.mac.home.root().join("usr/bin/profiles");
        let mut call = crate::support::child::command(&tool);
        let args = [
            verb,
            "-type",
            "bootstraptoken",
            "-user",
            "ada",
            "-password",
            site.mac.password("ada"),
        ];
        Said::by(call.args(args), "").with_exit(0);
    };
    profiles("install");
    stands(&site, "enrolled", "held", 1);
    profiles("validate");
    profiles("remove");
    stands(&site, "enrolled", "ended", 1);
}
