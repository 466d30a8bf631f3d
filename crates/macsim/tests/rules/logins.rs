//! Whom a login lets in.

use macsim::rules::login::{at_the_screen, by_su, over_ssh};
use macsim::rules::refusal::Refusal;

use super::support::{AT, ada_and_ben, call, who};

#[test]
fn an_account_without_a_shell_proves_its_password_and_begins_nothing() {
    let mut builder = ada_and_ben("15.2");
    let mac = builder.mac();
    call(
        mac,
        "dscl",
        &[".", "-create", "/Users/ben", "UserShell", "/usr/bin/false"],
    );
    call(mac, "dscl", &[".", "-passwd", "/Users/ben", "ben's new one"]);
    for login in [at_the_screen, over_ssh, by_su] {
        let right = login(mac, who("ben", "ben's new one"), AT);
        assert_eq!(right, Err(Refusal::NoShell));
        let wrong = login(mac, who("ben", "another"), AT);
        assert_eq!(wrong, Err(Refusal::WrongTargetPassword));
    }
    assert_eq!(mac.session.console_user.as_deref(), Some("ada"));
    let checked = call(mac, "dscl", &[".", "-authonly", "ben", "ben's new one"]);
    assert_eq!(checked.exit, 0);
}

#[test]
fn a_service_account_made_by_hand_takes_no_first_token() {
    // Nobody holds a token yet; the tag stands on the record before its password is set.
    let mut builder = super::support::builder("15.2");
    let mac = builder.mac();
    for args in [
        &["-create", "/Users/_svc"][..],
        &["-create", "/Users/_svc", "UniqueID", "499"],
        &[
            "-append",
            "/Users/_svc",
            "AuthenticationAuthority",
            ";DisabledTags;SecureToken",
        ],
        &["-passwd", "/Users/_svc", "a long one 77"],
    ] {
        let args: Vec<&str> = std::iter::once(".").chain(args.iter().copied()).collect();
        assert_eq!(call(mac, "dscl", &args).exit, 0);
    }
    assert_eq!(mac.holders().count(), 0);
    assert!(mac.directory.user("_svc").unwrap().accepts("a long one 77"));
}
