//! Changing, setting and resetting passwords: which of the two sides follows.

use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use macsim::tools::invocation::Invocation;
use macsim::tools::{Tool, run};

use super::support::{ada_and_ben, call, call_with, holders, message, switch, who, works};

#[test]
fn old_and_new_change_both_sides() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let mac = builder.mac();
    assert_eq!(
        call(mac, "dscl", &[".", "-passwd", "/Users/ada", &ada, "fresh one"]).exit,
        0
    );
    assert_eq!(works(mac, "ada", "fresh one"), (true, true));
    assert_eq!(holders(mac), ["ada"]);
    assert_eq!(
        call(mac, "dscl", &[".", "-passwd", "/Users/ada", "not it", "fresh"]).exit,
        10
    );
}

#[test]
fn somebody_elses_reset_needs_a_healthy_holder() {
    let mut builder = ada_and_ben("15.2");
    let (ada, ben) = (builder.password("ada").unwrap(), builder.password("ben").unwrap());
    let mac = builder.mac();
    switch(mac, "-secureTokenOn", who("ada", &ada), who("ben", &ben));
    let reset = [
        "-resetPasswordFor",
        "ben",
        "-newPassword",
        "-",
        "-adminUser",
        "ada",
        "-adminPassword",
        "-",
    ];
    let refused = call_with(mac, "sysadminctl", &reset, "new one\nwrong\n");
    assert_eq!(
        message(&refused),
        "Operation is not permitted without secure token unlock."
    );
    assert_eq!(works(mac, "ben", &ben), (true, true));
    let done = call_with(mac, "sysadminctl", &reset, &format!("new one\n{ada}\n"));
    assert_eq!(message(&done), "- Done!");
    assert_eq!(works(mac, "ben", "new one"), (true, true));
}

#[test]
fn an_account_authorises_its_own_reset_with_its_current_password() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let reset = [
        "-resetPasswordFor",
        "ada",
        "-newPassword",
        "-",
        "-adminUser",
        "ada",
        "-adminPassword",
        "-",
    ];
    let done = call_with(builder.mac(), "sysadminctl", &reset, &format!("new one\n{ada}\n"));
    assert_eq!(message(&done), "- Done!");
    assert_eq!(works(builder.mac(), "ada", "new one"), (true, true));
}

#[test]
fn without_a_token_a_reset_needs_nobody() {
    let mut builder = ada_and_ben("15.2");
    let done = call(
        builder.mac(),
        "sysadminctl",
        &["-resetPasswordFor", "ben", "-newPassword", "new one"],
    );
    assert_eq!(message(&done), "- Done!");
    assert_eq!(works(builder.mac(), "ben", "new one"), (true, false));
}

#[test]
fn the_own_password_takes_the_old_one_first() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let uid = u32::try_from(builder.mac().directory.user("ada").unwrap().uid()).unwrap();
    let args = ["-newPassword", "-", "-oldPassword", "-"];
    let mut invocation =
        Invocation::new(Tool::named("sysadminctl").unwrap(), args).stdin(format!("{ada}\nnew one\n"));
    invocation.uid = uid;
    let output = run(builder.mac(), &invocation);
    assert_eq!(message(&output), "- Done!");
    assert_eq!(works(builder.mac(), "ada", "new one"), (true, true));
}

#[test]
fn a_disk_password_changes_alone_with_diskutil() {
    let mut builder = ada_and_ben("15.2");
    let ada = builder.password("ada").unwrap();
    let guid = builder.mac().directory.user("ada").unwrap().guid().to_owned();
    let args = [
        "apfs",
        "changePassphrase",
        "/",
        "-user",
        &guid,
        "-oldStdinpassphrase",
        "-newStdinpassphrase",
    ];
    let output = call_with(builder.mac(), "diskutil", &args, &format!("{ada}\ndisk only\n"));
    assert_eq!(output.exit, 0, "{output:?}");
    assert_eq!(works(builder.mac(), "ada", &ada), (true, false));
    assert_eq!(works(builder.mac(), "ada", "disk only"), (false, true));
}

#[test]
fn a_policy_refuses_what_it_does_not_like() {
    let mut builder = ada_and_ben("15.2");
    let mac = builder.mac();
    mac.password_policy
        .demands
        .push((PasswordDemand::MinLength(12), DemandOrigin::Local));
    assert_eq!(
        call(mac, "dscl", &[".", "-passwd", "/Users/ben", "short"]).exit,
        85
    );
    let output = call(
        mac,
        "sysadminctl",
        &["-addUser", "dora", "-fullName", "Dora", "-password", "short"],
    );
    assert!(output.stderr.trim_end().ends_with("New account password error") && output.exit == 0);
    assert!(mac.directory.user("dora").is_none());
    let output = call(
        mac,
        "sysadminctl",
        &["-resetPasswordFor", "ben", "-newPassword", "short"],
    );
    assert!(message(&output).starts_with("### Error:-14165 File:"));
}

#[test]
fn too_many_wrong_passwords_lock_the_account_until_the_count_is_cleared() {
    let mut builder = ada_and_ben("15.2");
    let ben = builder.password("ben").unwrap();
    let mac = builder.mac();
    mac.password_policy.max_failed_logins = Some(3);
    for _ in 0..3 {
        assert_eq!(
            call_with(mac, "dscl", &[".", "-authonly", "ben"], "wrong").exit,
            10
        );
    }
    assert_eq!(call_with(mac, "dscl", &[".", "-authonly", "ben"], &ben).exit, 87);
    let clear = [
        ".",
        "-createpl",
        "/Users/ben",
        "accountPolicyData",
        "failedLoginCount",
        "0",
    ];
    assert_eq!(call(mac, "dscl", &clear).exit, 0);
    assert_eq!(call_with(mac, "dscl", &[".", "-authonly", "ben"], &ben).exit, 0);
}
