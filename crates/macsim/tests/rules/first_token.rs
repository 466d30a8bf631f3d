//! The automatic first token, version by version.

use macsim::rules::login::over_ssh;
use macsim::rules::set_password::set_password;
use macsim::scenario::Role;

use super::support::{AT, bare_record, builder, call, call_with, holders, who};

#[test]
fn high_sierra_waits_for_a_login_of_the_only_regular_user() {
    for os in ["10.13.6", "10.14.6"] {
        let mut builder = builder(os);
        builder.account("ben", "Ben", Role::Standard, None);
        assert_eq!(holders(builder.mac()), Vec::<&str>::new());
        builder.login("ben");
        assert_eq!(holders(builder.mac()), ["ben"]);
    }
}

#[test]
fn any_proved_password_counts_as_a_login() {
    let mut builder = builder("10.13.6");
    builder.account("ben", "Ben", Role::Standard, None);
    let password = builder.password("ben").unwrap();
    let output = call_with(builder.mac(), "dscl", &[".", "-authonly", "ben"], &password);
    assert_eq!(output.exit, 0);
    assert_eq!(holders(builder.mac()), ["ben"]);
}

#[test]
fn two_regular_users_before_anybody_logged_in_means_nobody() {
    let mut builder = builder("10.14.6");
    builder
        .account("ada", "Ada", Role::Admin, None)
        .account("ben", "Ben", Role::Standard, None);
    builder.login("ada").login("ben");
    assert_eq!(holders(builder.mac()), Vec::<&str>::new());
}

#[test]
fn low_uids_never_get_it_before_catalina() {
    let mut builder = builder("10.14.6");
    bare_record(builder.mac(), "hidden", 499, true);
    set_password(builder.mac(), who("hidden", "a password"), AT).unwrap();
    over_ssh(builder.mac(), who("hidden", "a password"), AT).unwrap();
    assert_eq!(holders(builder.mac()), Vec::<&str>::new());
}

#[test]
fn catalina_gives_it_to_the_first_administrator() {
    let mut builder = builder("10.15.7");
    builder.account("ben", "Ben", Role::Standard, None).login("ben");
    assert_eq!(holders(builder.mac()), Vec::<&str>::new());
    builder.account("ada", "Ada", Role::Admin, None).login("ada");
    assert_eq!(holders(builder.mac()), ["ada"]);
}

#[test]
fn big_sur_gives_it_when_the_password_is_set() {
    for os in ["11.0", "13.5", "15.2", "26.0"] {
        let mut builder = builder(os);
        builder.account("ben", "Ben", Role::Standard, None);
        assert_eq!(holders(builder.mac()), ["ben"], "{os}");
    }
}

#[test]
fn a_blank_password_and_a_low_uid_are_no_obstacle_from_big_sur() {
    let mut builder = builder("11.0");
    bare_record(builder.mac(), "_svc", 250, false);
    set_password(builder.mac(), who("_svc", ""), AT).unwrap();
    assert_eq!(holders(builder.mac()), ["_svc"]);
}

#[test]
fn disabled_tags_keep_it_away_until_they_go() {
    let mut builder = builder("12.0");
    let mac = builder.mac();
    bare_record(mac, "svc", 501, true);
    let tag = ";DisabledTags;SecureToken";
    call(
        mac,
        "dscl",
        &[".", "-append", "/Users/svc", "AuthenticationAuthority", tag],
    );
    call(mac, "dscl", &[".", "-passwd", "/Users/svc", "first one"]);
    assert_eq!(holders(mac), Vec::<&str>::new());
    call(
        mac,
        "dscl",
        &[".", "-delete", "/Users/svc", "AuthenticationAuthority", tag],
    );
    call(mac, "dscl", &[".", "-passwd", "/Users/svc", "second one"]);
    assert_eq!(holders(mac), ["svc"]);
}

#[test]
fn a_hash_made_administrator_gets_it_at_the_first_proof() {
    let mut builder = builder("14.1");
    builder.hash_made_account("ladmin", "Local Administrator", Role::Admin);
    assert_eq!(holders(builder.mac()), Vec::<&str>::new());
    let password = builder.password("ladmin").unwrap();
    over_ssh(builder.mac(), who("ladmin", &password), AT).unwrap();
    assert_eq!(holders(builder.mac()), ["ladmin"]);
}

#[test]
fn a_hash_made_administrator_who_comes_second_gets_nothing() {
    let mut builder = builder("14.1");
    builder.hash_made_account("ladmin", "Local Administrator", Role::Admin);
    builder
        .account("ben", "Ben", Role::Standard, None)
        .login("ben")
        .login("ladmin");
    assert_eq!(holders(builder.mac()), ["ben"]);
}

#[test]
fn whoever_turns_filevault_on_first_becomes_the_holder() {
    let mut builder = builder("10.15.7");
    builder
        .account("ben", "Ben", Role::Standard, None)
        .hash_made_account("ladmin", "L", Role::Admin);
    builder.filevault("ben");
    assert!(
        !builder.mac().filevault.is_on(),
        "a standard user could not in 10.15"
    );
    builder.filevault("ladmin");
    assert_eq!(holders(builder.mac()), ["ladmin"]);
}

#[test]
fn no_tokens_without_apfs_and_before_high_sierra() {
    use macsim::scenario::Situation;
    for situation in [Situation::MacOs1012, Situation::Hfs, Situation::CoreStorage] {
        let made = situation.mac(3, AT.now);
        assert_eq!(holders(&made.mac), Vec::<&str>::new(), "{situation}");
    }
}
