//! How tokens get lost, and what protects the last one.

use macsim::scenario::{Role, Situation};

use super::support::{AT, ada_and_ben, call, holders, message, switch, who};

#[test]
fn the_last_holder_cannot_be_switched_off() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let output = switch(
        builder.mac(),
        "-secureTokenOff",
        who("ada", &ada),
        who("ada", &ada),
    );
    assert!(message(&output).contains("Code=4001") && message(&output).contains("last unlock record"));
    assert_eq!(holders(builder.mac()), ["ada"]);
}

#[test]
fn switching_off_removes_label_and_crypto_user() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert_eq!(
        message(&switch(
            builder.mac(),
            "-secureTokenOff",
            who("ada", &ada),
            who("ben", &ben)
        )),
        "- Done!"
    );
    let mac = builder.mac();
    let guid = mac.directory.user("ben").unwrap().guid().to_owned();
    assert!(mac.volume.crypto_user(&guid).is_none());
    assert_eq!(
        (mac.effects.of("ben").granted, mac.effects.of("ben").removed),
        (1, 1)
    );
}

#[test]
fn last_administrator_and_last_holder_are_not_deleted() {
    let mut builder = ada_and_ben("15.2");
    let output = call(builder.mac(), "sysadminctl", &["-deleteUser", "ada"]);
    assert!(message(&output).starts_with("User ada can not be deleted (it's either last admin user"));
    assert_eq!(output.exit, 0);
    builder.account("abe", "Abe", Role::Admin, None);
    let output = call(builder.mac(), "sysadminctl", &["-deleteUser", "ada"]);
    assert!(
        message(&output).starts_with("User ada can not be deleted"),
        "still the last holder"
    );
    let output = call(builder.mac(), "sysadminctl", &["-deleteUser", "ben"]);
    assert!(output.stderr.contains("Deleting record for ben"));
    assert!(builder.mac().directory.user("ben").is_none());
}

#[test]
fn dscl_deletes_anybody_and_leaves_an_orphan_and_a_tombstone() {
    let mut builder = ada_and_ben("15.2");
    builder.filevault("ada");
    let mac = builder.mac();
    let guid = mac.directory.user("ada").unwrap().guid().to_owned();
    let output = call(mac, "dscl", &[".", "-delete", "/Users/ada"]);
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str(), output.exit),
        ("", "", 0)
    );
    assert!(mac.volume.crypto_user(&guid).is_some(), "the crypto user stays");
    assert_eq!(
        call(mac, "fdesetup", &["list"]).stdout,
        format!("(null),{guid}\n")
    );
    let output = call(
        mac,
        "sysadminctl",
        &[
            "-addUser",
            "ada",
            "-fullName",
            "Ada again",
            "-password",
            "Secret-77",
        ],
    );
    assert!(output.stderr.contains("Creating home directory at /Users/ada") && output.exit == 0);
    assert!(
        mac.directory.user("ada").is_none(),
        "said to be made, but not there"
    );
    assert_eq!(call(mac, "fdesetup", &["remove", "-uuid", &guid]).exit, 0);
    assert!(mac.volume.crypto_user(&guid).is_none());
}

#[test]
fn without_full_disk_access_nothing_is_deleted_but_the_home() {
    let mut builder = ada_and_ben("15.2");
    builder.mac().knobs.full_disk_access = false;
    let output = call(builder.mac(), "dscl", &[".", "-delete", "/Users/ben"]);
    assert_eq!(
        output.stderr,
        "<main> delete status: eDSPermissionError\n<dscl_cmd> DS Error: -14120 (eDSPermissionError)\n"
    );
    assert_eq!(output.exit, 40);
    assert!(builder.mac().homes.contains("/Users/ben"));
}

#[test]
fn the_last_label_cannot_be_edited_away() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let edit = [
        ".",
        "-delete",
        "/Users/ada",
        "AuthenticationAuthority",
        ";SecureToken;",
    ];
    assert_eq!(call(builder.mac(), "dscl", &edit).exit, 40);
    assert_eq!(holders(builder.mac()), ["ada"]);
    switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert_eq!(call(builder.mac(), "dscl", &edit).exit, 0);
    assert_eq!(holders(builder.mac()), ["ben"]);
}

#[test]
fn two_passwords_with_the_recovery_key_open_what_no_account_does() {
    let made = Situation::NoHolder.mac(5, AT.now);
    let key = made.recovery_key.as_deref().unwrap();
    assert!(macsim::rules::recovery_key::is_valid(&made.mac, key));
    assert!(made.mac.preboot.is_empty(), "nobody is left to unlock with");
}
