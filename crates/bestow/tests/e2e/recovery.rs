//! The ways back, from the command line.

use std::fs;
use std::os::unix::fs::symlink;

use macsim::scenario::Situation;
use serde_json::Value;

use crate::support::child::command;
use crate::support::command::Said;
use crate::support::http::Raw;
use crate::support::site::Site;
use crate::support::{program, wait};

#[test]
fn a_broken_chain_is_led_back_step_by_step() {
    let site = Site::with(Situation::NoHolder, 901, "info");
    let said = site.run(&["recovery", "no_holder"]).with_exit(0);
    said.says(&[
        "Nobody on this Mac holds a Secure Token that works.",
        "The personal recovery key (open)",
        "1. Have the key ready",
        "'resetFileVaultpassword'",
        "Erase the Mac and set it up anew (open)",
        "Closed ways",
        "cannot use an institutional recovery key",
    ]);
    let json = site.run(&["recovery", "no_holder", "--json"]).with_exit(0).json();
    assert_eq!(json["need"], "chain_broken");
    let findings = site.run(&["findings", "no_holder"]).with_exit(0);
    findings.says(&["bestow recovery \"no_holder\""]);
}

#[test]
fn a_standard_holder_is_a_command_away_and_a_healthy_mac_needs_nothing() {
    let site = Site::with(Situation::StandardHolderOnly, 902, "info");
    let said = site.run(&["recovery", "standard_holder_only"]).with_exit(0);
    said.says(&[
        "Another account hands its token on (open)",
        r#"bestow grant "standard_holder_only" --administrator "ben" --target "ada" --promote-administrator"#,
    ]);
    let healthy = Site::healthy(903);
    let said = healthy.run(&["recovery", "healthy"]).with_exit(0);
    assert_eq!(said.out.trim(), "This Mac needs no way back.");
}

/// The password that every account gets of whoever walks the steps.
pub const NEW_PASSWORD: &str = "a new Passw0rd";

/// Has a link made, opens its page as a phone does, and answers the steps on it, one a line.
pub fn steps_for_the_person(site: &Site) -> String {
    let link = site.run(&["recovery", &site.mac.name, "--link"]).with_exit(0);
    assert!(link.err.contains("personal recovery key"), "{link:?}");
    let path = &link.out.trim()[link.out.find("/recovery/").unwrap()..];
    let page = Raw::ask(site.server.address(), "GET", path, &[], "");
    assert_eq!(page.status(), 200);
    let page = page.text();
    assert!(!page.contains(site.mac.recovery_key()));
    steps_on(&page)
}

fn steps_on(page: &str) -> String {
    let list = page.split("<ol class=\"steps\">").nth(1).unwrap();
    let list = list.split("</ol>").next().unwrap();
    let lines: Vec<String> = list
        .split("<li>")
        .skip(1)
        .map(|item| {
            item.replace("</li>", "")
                .replace("<code>", "`")
                .replace("</code>", "`")
        })
        .collect();
    lines.join("\n")
}

/// Somebody at the Mac does what the steps say.
pub fn walk(site: &Site, steps: &str, key: &str) -> Said {
    let (macsim, file) = (site.folder().join("macsim"), site.folder().join("steps"));
    if !macsim.exists() {
        symlink(program(), &macsim).unwrap();
    }
    fs::write(&file, steps).unwrap();
    let mut walk = command(&macsim);
    walk.arg("recovery")
        .arg(site.mac.home.dir())
        .arg("--follow")
        .arg(file);
    Said::by(&mut walk, &format!("{key}\n{NEW_PASSWORD}\n"))
}

/// What is told of the Mac's ways back.
pub fn told(site: &Site) -> Value {
    site.run(&["recovery", &site.mac.name, "--json"])
        .with_exit(0)
        .json()
}

#[test]
fn the_page_for_the_person_at_the_mac_leads_it_back_and_the_agent_says_so() {
    let mut site = Site::with(Situation::NoHolder, 904, "info");
    let refused = site.run(&[
        "recovery",
        "no_holder",
        "--link",
        "--way",
        "institutional_recovery_key",
    ]);
    assert_eq!(refused.exit, 2, "{refused:?}");
    let steps = steps_for_the_person(&site);

    let wrong = walk(&site, &steps, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF");
    assert_ne!(wrong.exit, 0);
    assert!(wrong.out.contains("stopped at step"), "{wrong:?}");
    assert_eq!(told(&site)["need"], "chain_broken");

    // Nothing of macOS runs while the Mac is in its Recovery.
    site.mac.stop_agent();
    walk(&site, &steps, site.mac.recovery_key()).with_exit(0);
    site.mac.start_agent();
    let whole = wait::until("the agent to see a holder", || {
        let told = told(&site);
        (told["need"] == "none").then_some(told)
    });
    let milestones = whole["begun"]["milestones"].as_array().unwrap();
    assert!(
        milestones.iter().all(|milestone| milestone["reached"] == true),
        "{whole}"
    );
    assert!(
        !whole["begun"]["aftercare"].as_array().unwrap().is_empty(),
        "{whole}"
    );
    let findings = site.run(&["findings", "no_holder", "--json"]).with_exit(0);
    assert!(!findings.out.contains("chain_broken"), "{findings:?}");
    let said = site.run(&["recovery", "no_holder"]).with_exit(0);
    said.says(&[
        "On its way: personal recovery key",
        "The page was opened.",
        "afterwards",
    ]);
}
