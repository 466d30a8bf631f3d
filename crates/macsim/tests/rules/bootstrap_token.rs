//! The bootstrap token: who gets one of it, when, and what stands in its way.

use macsim::rules::login::over_ssh;
use macsim::scenario::{Builder, Role};

use super::support::{AT, ada_and_ben, builder, call, holders, switch, who};

/// A Mac with an escrowed bootstrap token and a user `ben` who holds nothing yet.
fn escrowed(os: &str) -> Builder {
    let mut builder = ada_and_ben(os);
    builder.enroll(false, true).login("ada");
    assert!(builder.mac().can_use_bootstrap_token());
    builder
}

#[test]
fn a_login_at_the_screen_gets_a_token() {
    let mut builder = escrowed("14.1");
    let password = builder.password("ben").unwrap();
    over_ssh(builder.mac(), who("ben", &password), AT).unwrap();
    assert_eq!(holders(builder.mac()), ["ada"], "ssh is no login in this sense");
    builder.login("ben");
    assert_eq!(holders(builder.mac()), ["ada", "ben"]);
}

#[test]
fn not_without_a_network_and_not_with_a_blank_password() {
    let mut builder = escrowed("14.1");
    builder.mac().session.network = false;
    builder.login("ben");
    assert_eq!(holders(builder.mac()), ["ada"]);
    builder.mac().session.network = true;
    call(builder.mac(), "dscl", &[".", "-passwd", "/Users/ben", ""]);
    builder.set_password("ben", String::new());
    builder.login("ben");
    assert_eq!(holders(builder.mac()), ["ada"]);
}

#[test]
fn not_where_the_server_does_not_support_it() {
    let mut builder = ada_and_ben("14.1");
    builder.enroll(false, false).login("ada").login("ben");
    assert_eq!(holders(builder.mac()), ["ada"]);
    let status = call(builder.mac(), "profiles", &["status", "-type", "bootstraptoken"]);
    assert_eq!(
        status.stdout,
        "profiles: Bootstrap Token supported on server: NO\n"
    );
}

#[test]
fn catalina_helps_automatically_enrolled_macs_only() {
    let mut builder = escrowed("10.15.7");
    builder.login("ben");
    assert_eq!(holders(builder.mac()), ["ada"]);
    builder.mac().mdm.automated = true;
    builder.login("ben");
    assert_eq!(holders(builder.mac()), ["ada", "ben"]);
}

#[test]
fn sequoia_escrows_before_anybody_has_logged_in() {
    let mut builder = builder("15.2");
    builder.enroll(true, true);
    assert!(builder.mac().mdm.escrowed_bootstrap_token.is_some());
    builder.hash_made_account("ladmin", "Local Administrator", Role::Admin);
    let password = builder.password("ladmin").unwrap();
    let ladmin = who("ladmin", &password);
    over_ssh(builder.mac(), ladmin, AT).unwrap();
    let self_grant = switch(builder.mac(), "-secureTokenOn", ladmin, ladmin);
    assert!(self_grant.stderr.contains("Done!"));
    assert_eq!(
        holders(builder.mac()),
        Vec::<&str>::new(),
        "neither ssh nor granting to itself helps"
    );
    builder.login("ladmin");
    assert_eq!(holders(builder.mac()), ["ladmin"]);
}

#[test]
fn only_a_holding_administrator_installs_it() {
    let mut builder = ada_and_ben("14.1");
    builder.enroll(false, true);
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let install = |mac: &mut macsim::Mac, name: &str, password: &str| {
        call(
            mac,
            "profiles",
            &[
                "install",
                "-type",
                "bootstraptoken",
                "-user",
                name,
                "-password",
                password,
            ],
        )
    };
    assert_ne!(install(builder.mac(), "ben", &ben).exit, 0);
    assert_eq!(
        install(builder.mac(), "ada", "").stderr,
        "Error: Password is required.\n"
    );
    assert_eq!(install(builder.mac(), "ada", &ada).exit, 0);
    let too_long = "x".repeat(513);
    assert!(install(builder.mac(), "ada", &too_long).stderr.contains("-69581"));
}
