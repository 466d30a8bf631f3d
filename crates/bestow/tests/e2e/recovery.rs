//! The ways back, from the command line.

use macsim::scenario::Situation;

use crate::support::site::Site;

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
