//! Handing a token on: who may, with what, and in which words it is refused.

use macsim::model::hardware::Chip;
use macsim::model::knobs::WrongGranterText;
use macsim::model::volume::FileSystem;
use macsim::scenario::{Builder, Role, Situation};

use super::support::{AT, ada_and_ben, builder, call, holders, message, switch, who, works};

const UNLOCK: &str = "Operation is not permitted without secure token unlock.";

fn error(code: u16) -> String {
    format!("setSecureTokenAuthorizationEnabled error Error Domain=com.apple.OpenDirectory Code={code} \"")
}

#[test]
fn an_administrator_who_holds_one_hands_it_on() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let output = switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert_eq!((message(&output), output.exit), ("- Done!", 0));
    assert_eq!(works(builder.mac(), "ben", &ben), (true, true));
    assert_eq!(builder.mac().effects.of("ben").granted, 1);
    switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert_eq!(
        builder.mac().effects.of("ben").granted,
        1,
        "a second grant changes nothing"
    );
}

#[test]
fn wrong_passwords_are_refused_in_several_words() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let mac = builder.mac();
    let output = switch(mac, "-secureTokenOn", who("ada", "wrong"), who("ben", &ben));
    assert_eq!(message(&output), UNLOCK);
    mac.knobs.wrong_granter_text = WrongGranterText::Error5000;
    let output = switch(mac, "-secureTokenOn", who("ada", "wrong"), who("ben", &ben));
    assert!(message(&output).starts_with(&error(5000)));
    mac.knobs.wrong_granter_text = WrongGranterText::Framework;
    let output = switch(mac, "-secureTokenOn", who("ada", "wrong"), who("ben", &ben));
    assert_eq!(
        message(&output),
        "Failed to authenticate with SystemAdministration framework."
    );
    let output = switch(mac, "-secureTokenOn", who("ada", &ada), who("ben", "wrong"));
    assert!(message(&output).starts_with(&error(5000)));
    assert_eq!(holders(mac), ["ada"]);
    assert_eq!(
        mac.directory.user("ada").unwrap().policy.failed_login_count,
        0,
        "reset by the right one"
    );
    assert_eq!(mac.directory.user("ben").unwrap().policy.failed_login_count, 1);
}

#[test]
fn an_administrator_without_a_token_and_a_standard_holder_are_5101() {
    let mut made = Situation::StandardHolderOnly.mac(5, AT.now);
    let (ada, ben) = (
        made.account("ada").unwrap().password.clone(),
        made.account("ben").unwrap().password.clone(),
    );
    for (granter, target) in [
        (who("ada", &ada), who("ada", &ada)),
        (who("ben", &ben), who("ada", &ada)),
    ] {
        let output = switch(&mut made.mac, "-secureTokenOn", granter, target);
        assert!(message(&output).starts_with(&error(5101)), "{}", message(&output));
        assert_eq!(output.exit, 0);
    }
    call(
        &mut made.mac,
        "dseditgroup",
        &["-o", "edit", "-a", "ben", "-t", "user", "admin"],
    );
    let output = switch(
        &mut made.mac,
        "-secureTokenOn",
        who("ben", &ben),
        who("ada", &ada),
    );
    assert_eq!(message(&output), "- Done!");
}

#[test]
fn a_dead_token_hands_nothing_on() {
    let mut made = Situation::DeadToken.mac(5, AT.now);
    let (cleo, ben) = (
        made.account("cleo").unwrap().password.clone(),
        made.account("ben").unwrap().password.clone(),
    );
    let status = call(&mut made.mac, "sysadminctl", &["-secureTokenStatus", "cleo"]);
    assert!(message(&status).contains("ENABLED"));
    assert_eq!(works(&made.mac, "cleo", &cleo), (true, false));
    let output = switch(
        &mut made.mac,
        "-secureTokenOn",
        who("cleo", &cleo),
        who("ben", &ben),
    );
    assert_eq!(message(&output), UNLOCK);
}

#[test]
fn off_and_on_again_mends_a_dead_token() {
    let mut made = Situation::DeadToken.mac(5, AT.now);
    let (ada, cleo) = (
        made.account("ada").unwrap().password.clone(),
        made.account("cleo").unwrap().password.clone(),
    );
    let mac = &mut made.mac;
    let again = switch(mac, "-secureTokenOn", who("ada", &ada), who("cleo", &cleo));
    assert_eq!(message(&again), "- Done!");
    assert_eq!(
        works(mac, "cleo", &cleo),
        (true, false),
        "on alone changes nothing"
    );
    assert_eq!(
        message(&switch(
            mac,
            "-secureTokenOff",
            who("ada", &ada),
            who("cleo", &cleo)
        )),
        "- Done!"
    );
    assert_eq!(
        message(&switch(
            mac,
            "-secureTokenOn",
            who("ada", &ada),
            who("cleo", &cleo)
        )),
        "- Done!"
    );
    assert_eq!(works(mac, "cleo", &cleo), (true, true));
}

#[test]
fn nobody_grants_where_nobody_holds() {
    let mut made = Situation::NoHolder.mac(5, AT.now);
    let (ada, ben) = (
        made.account("ada").unwrap().password.clone(),
        made.account("ben").unwrap().password.clone(),
    );
    for target in [who("ada", &ada), who("ben", &ben)] {
        let output = switch(&mut made.mac, "-secureTokenOn", who("ada", &ada), target);
        assert!(message(&output).starts_with(&error(5101)), "{}", message(&output));
    }
    assert_eq!(holders(&made.mac), Vec::<&str>::new());
}

#[test]
fn an_administrator_grants_to_itself_while_nobody_guards_the_key() {
    let mut builder = builder("10.15.7");
    builder.hash_made_account("ladmin", "L", Role::Admin);
    let password = builder.password("ladmin").unwrap();
    let ladmin = who("ladmin", &password);
    assert_eq!(
        message(&switch(builder.mac(), "-secureTokenOn", ladmin, ladmin)),
        "- Done!"
    );
    assert_eq!(holders(builder.mac()), ["ladmin"]);
}

#[test]
fn granting_while_nobody_holds_one_gives_it_to_both() {
    let mut builder = builder("10.14.6");
    builder
        .account("ada", "Ada", Role::Admin, None)
        .account("ben", "Ben", Role::Standard, None);
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    assert_eq!(
        message(&switch(
            builder.mac(),
            "-secureTokenOn",
            who("ada", &ada),
            who("ben", &ben)
        )),
        "- Done!"
    );
    assert_eq!(holders(builder.mac()), ["ada", "ben"]);
    assert_eq!(works(builder.mac(), "ada", &ada), (true, true));
}

#[test]
fn volumes_without_tokens_and_old_systems_refuse() {
    let mut made = Situation::CoreStorage.mac(5, AT.now);
    let (ada, ben) = (
        made.account("ada").unwrap().password.clone(),
        made.account("ben").unwrap().password.clone(),
    );
    let output = switch(
        &mut made.mac,
        "-secureTokenOn",
        who("ada", &ada),
        who("ben", &ben),
    );
    assert!(message(&output).starts_with(&error(5100)));
    let crypto_users = call(&mut made.mac, "diskutil", &["apfs", "listCryptoUsers", "/"]);
    assert_eq!(crypto_users.exit, 1);

    let mut builder = Builder::new(
        "10.12.6".parse().unwrap(),
        Chip::Intel,
        FileSystem::Hfs,
        1,
        AT.now,
    );
    builder.account("ada", "Ada", Role::Admin, None);
    let output = call(builder.mac(), "sysadminctl", &["-secureTokenStatus", "ada"]);
    assert!(message(&output).starts_with("Usage: sysadminctl"));
}

#[test]
fn an_unknown_target_is_named() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let output = switch(
        builder.mac(),
        "-secureTokenOn",
        who("ada", &ada),
        who("nobody", "x"),
    );
    assert_eq!(message(&output), "Unknown user nobody");
}

#[test]
fn a_new_account_gets_one_from_whoever_vouches_for_it() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let add = |mac: &mut macsim::Mac, name: &str, by: &str, password: &str| {
        let args = [
            "-addUser",
            name,
            "-fullName",
            name,
            "-password",
            "Secret-77",
            "-adminUser",
            by,
            "-adminPassword",
            password,
        ];
        call(mac, "sysadminctl", &args)
    };
    let output = add(builder.mac(), "dora", "ada", &ada);
    assert!(!output.stderr.contains("No clear text password"));
    assert!(holders(builder.mac()).contains(&"dora"));
    add(builder.mac(), "emil", "ben", &ben);
    assert!(builder.mac().directory.user("emil").is_some());
    assert!(
        !holders(builder.mac()).contains(&"emil"),
        "made, but without a token"
    );
}
