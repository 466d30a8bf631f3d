use macsim::Mac;
use macsim::model::filevault::{Deferral, Progress};
use macsim::tools::run;

use super::support::{AT, add, add_holder, call, golden, mac, run_call, set_guid};

fn status(progress: Progress, file: &str) {
    let mut mac = mac("26.5.2");
    mac.filevault.progress = progress;
    let output = run_call(&mut mac, "fdesetup", &["status"]);
    assert_eq!((output.stdout, output.exit), (golden(file), 0));
}

#[test]
fn status_in_every_state() {
    status(Progress::On, "fdesetup__status_on__26.5.2.txt");
    status(Progress::Off, "fdesetup__status_off__any.txt");
    status(Progress::Encrypting(42), "fdesetup__status_encrypting__any.txt");
    status(Progress::Decrypting(10), "fdesetup__status_decrypting__any.txt");
    status(
        Progress::PendingRestart,
        "fdesetup__status_pending_restart__10.12.txt",
    );
}

#[test]
fn deferral_is_shown_twice() {
    let mut mac = mac("10.15.6");
    assert_eq!(
        run_call(&mut mac, "fdesetup", &["showdeferralinfo"]).stdout,
        golden("fdesetup__showdeferralinfo_none.txt")
    );
    mac.filevault.deferral = Some(Deferral {
        user: None,
        output_path: "/var/db/ConfigurationProfiles/fdesetup.plist".to_owned(),
        profile_uuid: Some("418DEB1B-XXXX-XXXX-XXXX-60BC894B1558".to_owned()),
    });
    let shown = run_call(&mut mac, "fdesetup", &["showdeferralinfo"]);
    assert_eq!(
        shown.stdout,
        golden("fdesetup__showdeferralinfo_active__10.15.6.txt")
    );
    mac.filevault.deferral.as_mut().unwrap().user = Some("alex".to_owned());
    assert_eq!(
        run_call(&mut mac, "fdesetup", &["status"]).stdout,
        golden("fdesetup__status_deferred__any.txt")
    );
}

#[test]
fn isactive_and_key_questions() {
    let mut mac = mac("15.2");
    mac.filevault.progress = Progress::On;
    let output = run_call(&mut mac, "fdesetup", &["isactive"]);
    assert_eq!(
        (output.stdout, output.exit),
        (golden("fdesetup__isactive_true.txt"), 0)
    );
    let output = run_call(&mut mac, "fdesetup", &["hasinstitutionalrecoverykey"]);
    assert_eq!(
        (output.stdout, output.exit),
        (golden("fdesetup__hasinstitutionalrecoverykey_false.txt"), 0)
    );
    mac.filevault.progress = Progress::Off;
    let output = run_call(&mut mac, "fdesetup", &["isactive"]);
    assert_eq!((output.stdout.as_str(), output.exit), ("false\n", 1));
}

fn listing(users: &[(&str, &str)], file: &str) {
    let mut mac = mac("15.2");
    for (name, guid) in users {
        add_holder(&mut mac, name, name, "first", true);
        set_guid(&mut mac, name, guid);
    }
    assert_eq!(run_call(&mut mac, "fdesetup", &["list"]).stdout, "");
    mac.filevault.progress = Progress::On;
    assert_eq!(run_call(&mut mac, "fdesetup", &["list"]).stdout, golden(file));
}

#[test]
fn list_is_empty_until_filevault_is_on() {
    listing(
        &[("mliebreich", "9DB1DCA0-9B6A-464F-94A3-32853C5E2987")],
        "fdesetup__list_one__any.txt",
    );
    listing(
        &[
            ("jsmith", "911D2742-7983-436D-9FA3-3F6B7421684B"),
            ("tstark", "5B0EBEE6-0917-47B2-BFF3-78A9DE437D65"),
        ],
        "fdesetup__list_two__any.txt",
    );
}

/// Enables FileVault at a terminal; returns what was seen there.
fn enable(os: &str) -> (Mac, String) {
    let mut mac = mac(os);
    add_holder(&mut mac, "username", "User", "first", true);
    let output = run(
        &mut mac,
        &call("fdesetup", &["enable"]).typed(["username", "first"]),
    );
    assert_eq!((output.stderr.as_str(), output.exit), ("", 0));
    (mac, format!("{}{}", output.terminal, output.stdout))
}

/// Replaces everything that looks like a recovery key.
fn without_key(text: &str) -> String {
    text.split('\'')
        .map(|part| {
            if part.len() == 29 && part.matches('-').count() == 5 {
                "KEY"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("'")
}

#[test]
fn enable_shows_the_key_until_macos_15() {
    let (mac, shown) = enable("15.7");
    assert_eq!(
        without_key(&shown),
        without_key(&golden("fdesetup__enable_interactive_prk__15.txt"))
    );
    assert!(mac.filevault.is_on());
    let (mut mac, shown) = enable("26.0");
    assert_eq!(shown, golden("fdesetup__enable_interactive_no_prk__26.txt"));
    let output = run_call(&mut mac, "fdesetup", &["haspersonalrecoverykey"]);
    assert_eq!(output.stdout, "true\n");
}

#[test]
fn add_asks_in_the_words_of_its_version() {
    for (os, file) in [
        ("10.15.7", "fdesetup__add_prompts__10.15.txt"),
        ("14.0", "fdesetup__add_prompts__13plus.txt"),
    ] {
        let mut mac = mac(os);
        add_holder(&mut mac, "admin", "Admin", "first", true);
        add(&mut mac, "newuser", "New", "second", false);
        mac.filevault.progress = Progress::On;
        let invocation =
            call("fdesetup", &["add", "-usertoadd", "newuser"]).typed(["admin", "first", "second"]);
        let output = run(&mut mac, &invocation);
        assert_eq!(
            (output.terminal, output.stdout.as_str(), output.exit),
            (golden(file), "", 0)
        );
        assert!(mac.is_holder(mac.directory.user("newuser").unwrap()));
    }
}

fn plist(pairs: &[(&str, &str)]) -> String {
    let pairs: String = pairs
        .iter()
        .map(|(key, value)| format!("<key>{key}</key><string>{value}</string>"))
        .collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><plist version=\"1.0\"><dict>{pairs}</dict></plist>")
}

#[test]
fn the_key_is_changed_with_a_password_or_the_old_key() {
    let (mut mac, shown) = enable("15.7");
    let first = shown.split('\'').rev().nth(1).unwrap().to_owned();
    let change = |mac: &mut Mac, input: String, args: &[&str]| {
        run(
            mac,
            &call(
                "fdesetup",
                &[&["changerecovery", "-personal", "-inputplist"], args].concat(),
            )
            .stdin(input)
            .at(AT.now),
        )
    };
    let output = change(
        &mut mac,
        plist(&[("Username", "username"), ("Password", "first")]),
        &[],
    );
    assert_eq!(
        without_key(&output.stdout),
        without_key(&golden("fdesetup__changerecovery_new_prk__pre26.txt"))
    );
    let second = output.stdout.split('\'').nth(1).unwrap().to_owned();
    let output = change(&mut mac, plist(&[("Password", &second)]), &["-verbose"]);
    assert_eq!(output.exit, 0);
    assert_eq!(
        output.stderr.lines().last(),
        golden("fdesetup__changerecovery_verbose_escrow__10.11.txt")
            .lines()
            .last()
    );
    let output = change(&mut mac, plist(&[("Password", &first)]), &[]);
    assert_eq!(
        output.stderr,
        golden("fdesetup__changerecovery_bad_credentials__any.txt")
    );
    assert_eq!((output.stdout.as_str(), output.exit), ("", 11));
    let validate = |mac: &mut Mac, key: &str| {
        run(
            mac,
            &call("fdesetup", &["validaterecovery", "-inputplist"]).stdin(plist(&[("Password", key)])),
        )
    };
    let output = validate(&mut mac, &first);
    assert_eq!(output.stdout, golden("fdesetup__validaterecovery_false.txt"));
    assert_ne!(output.exit, 0);
    let output = validate(&mut mac, "hello");
    assert_eq!(output.stderr, golden("fdesetup__validaterecovery_badformat.txt"));
    assert_ne!(output.exit, 0);
}

#[test]
fn interactive_authentication_failure() {
    let (mut mac, _) = enable("15.7");
    let invocation = call("fdesetup", &["changerecovery", "-personal"]).typed(["username", "wrong"]);
    let output = run(&mut mac, &invocation);
    assert_eq!(
        (output.stderr, output.exit),
        (golden("fdesetup__user_auth_failed.txt"), 11)
    );
}

#[test]
fn disable_asks_somebody_who_can_unlock() {
    let (mut mac, _) = enable("15.7");
    let output = run(
        &mut mac,
        &call("fdesetup", &["disable"]).typed(["username", "first"]),
    );
    assert_eq!(
        (output.stdout, output.exit),
        (golden("fdesetup__disable_ok__10.13plus.txt"), 0)
    );
    assert!(!mac.filevault.is_on());
}
