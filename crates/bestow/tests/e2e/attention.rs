//! The list of Macs that need a person, from the command line.

use macsim::scenario::Situation;

use crate::support::site::Site;
use crate::support::wait;

#[test]
fn a_mac_is_listed_counted_muted_and_assigned_by_commands() {
    let site = Site::with(Situation::NoHolder, 921, "info");
    let name = site.mac.name.clone();
    let needs = |more: &[&str]| site.run(&[&["needs-attention"], more].concat());
    needs(&[]).with_exit(0).says(&["No Mac needs attention"]);
    needs(&["after-days"]).with_exit(0).says(&["more than 10 days"]);
    needs(&["after-days", "366"]).with_exit(2);
    needs(&["after-days", "0", "--reason", "a small office"])
        .with_exit(0)
        .says(&["more than 0 days"]);
    wait::until("the Mac to be listed", || {
        needs(&[]).out.contains("chain_broken").then_some(())
    });
    needs(&["--reason", "chain_broken", "--remedy", "recovery"])
        .with_exit(0)
        .says(&[&name, "chain_broken"]);
    needs(&["counts"])
        .with_exit(0)
        .says(&["1 need a person", "--reason chain_broken"]);
    needs(&["admin-list", &name])
        .with_exit(0)
        .says(&["no administrator on it holds a token"]);

    needs(&["mute", &name, "--for", "2d"])
        .with_exit(2)
        .says(&["--reason"]);
    needs(&["mute", &name, "--for", "400d", "--reason", "on loan"])
        .with_exit(2)
        .says(&["within a year"]);
    needs(&["mute", &name, "--for", "2d", "--reason", "on loan"])
        .with_exit(0)
        .says(&["is muted", "Muted until"]);
    needs(&[]).with_exit(0).says(&["No Mac needs attention"]);
    needs(&["--muted"]).with_exit(0).says(&[&name]);
    needs(&["unmute", &name]).with_exit(0).says(&["needs attention"]);
    needs(&["assign", &name, "Grace, desk 4"])
        .with_exit(0)
        .says(&["Owner: Grace, desk 4."]);
    needs(&["--owner", "Grace, desk 4"]).with_exit(0).says(&[&name]);
    let audit = site.run(&["audit", "--json"]).with_exit(0).out;
    for told in [
        "attention.muted",
        "attention.unmuted",
        "attention.assigned",
        "on loan",
    ] {
        assert!(audit.contains(told), "{told} is missing in {audit}");
    }
}
