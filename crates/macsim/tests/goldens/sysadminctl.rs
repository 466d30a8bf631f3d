use macsim::model::hardware::Chip;
use macsim::model::session::ScreenLock;
use macsim::rules::bootstrap_token;
use macsim::rules::refusal::Credentials;
use macsim::tools::run;

use super::support::{AT, add, add_holder, call, golden, mac, run_at_golden, run_call, without_prefix};

fn status(os: &str, file: &str, name: &str, real_name: &str, holder: bool) {
    let mut mac = mac(os);
    if holder {
        add_holder(&mut mac, name, real_name, "first", true);
    } else {
        add(&mut mac, name, real_name, "pw", false);
    }
    let golden = golden(file);
    let output = run_at_golden(&mut mac, &golden, "sysadminctl", &["-secureTokenStatus", name]);
    assert_eq!(
        (output.stderr, output.stdout, output.exit),
        (golden, String::new(), 0)
    );
}

#[test]
fn token_status_names_the_real_name() {
    status(
        "26.6",
        "sysadminctl__secureTokenStatus_enabled__26.6.txt",
        "runner",
        "Tuist Runner Operator",
        true,
    );
    status(
        "26.6",
        "sysadminctl__secureTokenStatus_disabled__26.6.txt",
        "runner",
        "Tuist Runner Operator",
        false,
    );
    status(
        "11.1",
        "sysadminctl__secureTokenStatus_enabled__11.1.txt",
        "ec2-user",
        "ec2-user",
        true,
    );
    status(
        "11.1",
        "sysadminctl__secureTokenStatus_disabled__11.1.txt",
        "ec2-user",
        "ec2-user",
        false,
    );
}

#[test]
fn the_first_builds_wanted_credentials_and_ignored_them() {
    let mut mac = mac("10.13.2");
    add_holder(&mut mac, "otheruser", "otheruser", "first", true);
    let args = [
        "-secureTokenStatus",
        "otheruser",
        "-adminUser",
        "otheruser",
        "-adminPassword",
        "wrong",
    ];
    let output = run_call(&mut mac, "sysadminctl", &args);
    let golden = golden("sysadminctl__secureTokenStatus_badadminpw__10.13.2.txt");
    assert_eq!(without_prefix(&output.stderr), without_prefix(&golden));
}

#[test]
fn a_grant_says_done() {
    let mut mac = mac("10.15.7");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    add(&mut mac, "ben", "Ben", "second", false);
    let golden = golden("sysadminctl__secureTokenOn_done__10.15.txt");
    let args = [
        "-adminUser",
        "ada",
        "-adminPassword",
        "first",
        "-secureTokenOn",
        "ben",
        "-password",
        "second",
    ];
    let output = run_at_golden(&mut mac, &golden, "sysadminctl", &args);
    assert_eq!((output.stderr, output.exit), (golden, 0));
    assert!(mac.is_holder(mac.directory.user("ben").unwrap()));
}

#[test]
fn a_self_grant_under_management_says_done_and_does_nothing() {
    let mut mac = mac("15.2");
    mac.mdm.enrolled = true;
    mac.mdm.bootstrap_token_supported = true;
    bootstrap_token::on_account_configuration(&mut mac);
    assert_eq!(mac.hardware.chip, Chip::AppleSilicon);
    add(&mut mac, "mvsadmin", "mvsadmin", "pw", true);
    let args = [
        "-adminUser",
        "mvsadmin",
        "-adminPassword",
        "pw",
        "-secureTokenOn",
        "mvsadmin",
        "-password",
        "pw",
    ];
    let done = run_call(&mut mac, "sysadminctl", &args);
    let after = run_call(&mut mac, "sysadminctl", &["-secureTokenStatus", "mvsadmin"]);
    // The capture lost the prefix and the dash; it is good for the words.
    let golden = golden("sysadminctl__secureTokenOn_false_done__15.txt");
    let words: Vec<&str> = golden
        .lines()
        .map(|line| line.split("]: ").nth(1).unwrap())
        .collect();
    assert!(without_prefix(&done.stderr).contains(words[0]));
    assert_eq!(without_prefix(&after.stderr), format!("{}\n", words[1]));
    assert_eq!(mac.effects.of("mvsadmin").granted, 0);
}

#[test]
fn a_holder_is_not_reset_without_somebody_who_can_unlock() {
    let mut mac = mac("13.2");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let golden = golden("sysadminctl__not_permitted_without_unlock__13.2.txt");
    let args = ["-resetPasswordFor", "ada", "-newPassword", "new"];
    let output = run_at_golden(&mut mac, &golden, "sysadminctl", &args);
    assert_eq!((output.stderr, output.exit), (golden, 0));
    assert!(mac.directory.user("ada").unwrap().accepts("first"));
}

#[test]
fn what_needs_root_says_so() {
    let mut mac = mac("26.6");
    let mut invocation = call(
        "sysadminctl",
        &["-autologin", "set", "-userName", "u", "-password", "p"],
    );
    invocation.uid = 501;
    let output = run(&mut mac, &invocation);
    assert_eq!(
        without_prefix(&output.stderr),
        golden("sysadminctl__needs_root__13plus.txt")
    );
}

#[test]
fn wrong_administrator_credentials_end_an_add_user() {
    let mut mac = mac("14.1");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let args = [
        "-addUser",
        "ben",
        "-password",
        "p",
        "-adminUser",
        "ada",
        "-adminPassword",
        "wrong",
    ];
    let output = run_call(&mut mac, "sysadminctl", &args);
    assert_eq!(
        without_prefix(&output.stderr),
        golden("sysadminctl__admin_framework_auth_failed__13plus.txt")
    );
    assert!(mac.directory.user("ben").is_none());
}

#[test]
fn add_user_asks_at_the_terminal() {
    let mut mac = mac("10.14.6");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    add(&mut mac, "zoe", "Zoe", "pw", false);
    let invocation = call(
        "sysadminctl",
        &["-addUser", "bob", "-fullName", "Bob", "-password", "-"],
    )
    .typed(["geheim 7"]);
    let output = run(&mut mac, &invocation);
    let golden = golden("sysadminctl__addUser_prompted__10.14.txt");
    let (prompt, logged): (Vec<&str>, Vec<&str>) = golden.lines().partition(|line| *line == "User password:");
    assert_eq!(without_prefix(&output.stderr), without_prefix(&logged.join("\n")));
    assert_eq!(output.terminal, format!("{}\n", prompt[0]));
    assert!(mac.directory.user("bob").unwrap().accepts("geheim 7"));
}

#[test]
fn add_user_names_uid_group_and_home() {
    let mut mac = mac("26.0");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let first = run_call(
        &mut mac,
        "sysadminctl",
        &["-addUser", "trainee", "-fullName", "T", "-password", "p"],
    );
    assert_eq!(
        without_prefix(&first.stderr),
        without_prefix(&golden("sysadminctl__addUser_trainee__26.txt"))
    );

    let mut mac = super::support::mac("26.0");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    add(&mut mac, "ben", "Ben", "p", false);
    let args = [
        "-addUser",
        "trainee",
        "-fullName",
        "T",
        "-password",
        "p",
        "-home",
        "/Users/trainee",
    ];
    let second = run_call(&mut mac, "sysadminctl", &args);
    let golden = golden("sysadminctl__addUser_home_not_created__26.txt");
    assert_eq!(without_prefix(&second.stderr), without_prefix(&golden));
    assert!(!mac.homes.contains("/Users/trainee"));
}

#[test]
fn add_user_goes_on_after_a_clash() {
    let mut mac = mac("10.13.6");
    add(&mut mac, "lab15", "Lab", "old", false);
    mac.directory
        .user_mut("lab15")
        .unwrap()
        .attributes
        .set("UniqueID", ["80"]);
    let args = ["-keepHome", "-UID", "80", "-fullName", "Lab", "-addUser", "lab15"];
    let output = run_call(&mut mac, "sysadminctl", &args);
    let golden = golden("sysadminctl__addUser_uid_clash__10.13.txt");
    assert_eq!(without_prefix(&output.stderr), without_prefix(&golden));
    assert!(mac.directory.user("lab15").unwrap().accepts("old"));
}

#[test]
fn add_user_refuses_a_full_name_twice() {
    let mut mac = mac("15.2");
    add(&mut mac, "neutrino", "neutrino file share ann", "p", false);
    let golden = golden("sysadminctl__addUser_fullname_clash__15.txt");
    let args = [
        "-addUser",
        "ann",
        "-fullName",
        "neutrino file share ann",
        "-password",
        "p",
    ];
    let output = run_at_golden(&mut mac, &golden, "sysadminctl", &args);
    assert_eq!(output.stderr, golden);
    assert!(mac.directory.user("ann").is_none());
}

#[test]
fn delete_user_without_full_disk_access_erases_the_home_only() {
    let mut mac = mac("26.0");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    add(&mut mac, "testing", "Testing", "p", false);
    mac.knobs.full_disk_access = false;
    let output = run_call(&mut mac, "sysadminctl", &["-deleteUser", "testing", "-secure"]);
    let golden = golden("sysadminctl__deleteUser_no_fda__2026.txt");
    assert_eq!(without_prefix(&output.stderr), without_prefix(&golden));
    assert!(mac.directory.user("testing").is_some() && !mac.homes.contains("/Users/testing"));
}

#[test]
fn the_last_holder_is_not_deleted() {
    let mut mac = mac("14.0");
    add_holder(&mut mac, "owner", "Owner", "first", false);
    let output = run_call(&mut mac, "sysadminctl", &["-deleteUser", "owner"]);
    assert_eq!(
        without_prefix(&output.stderr),
        golden("sysadminctl__deleteUser_last_holder__14plus.txt")
    );
    assert_eq!(output.exit, 0);
}

#[test]
fn usage_is_that_of_the_version() {
    let golden = golden("sysadminctl__usage__13.2.1.txt");
    let output = run_at_golden(&mut mac("13.2.1"), &golden, "sysadminctl", &[]);
    assert_eq!(output.stderr, golden);
    let old = run_call(&mut mac("10.12.6"), "sysadminctl", &["-secureTokenStatus", "ada"]);
    assert!(old.stderr.contains("Usage: sysadminctl") && !old.stderr.contains("secureToken"));
}

#[test]
fn filesystem_status_has_two_lines() {
    let mut mac = mac("10.15.7");
    mac.filevault.progress = macsim::model::filevault::Progress::On;
    let output = run_call(&mut mac, "sysadminctl", &["-filesystem", "status"]);
    let golden = golden("sysadminctl__filesystem_status__10.15.txt");
    assert_eq!(without_prefix(&output.stderr), without_prefix(&golden));
}

#[test]
fn autologin_tells_what_is_in_its_way() {
    let mut mac = mac("26.6");
    add_holder(&mut mac, "pomme", "Pomme", "first", true);
    let set = ["-autologin", "set", "-userName", "pomme", "-password", "first"];
    let status = ["-autologin", "status"];
    let says = |mac: &mut macsim::Mac, args: &[&str], file: &str| {
        let output = run_call(mac, "sysadminctl", args);
        assert_eq!(
            without_prefix(&output.stderr),
            without_prefix(&golden(file)),
            "{file}"
        );
    };
    says(&mut mac, &status, "sysadminctl__autologin_status_off__26.6.txt");
    says(&mut mac, &set, "sysadminctl__autologin_no_session__13plus.txt");
    mac.session.auto_login_blocked_by_purchases = true;
    says(&mut mac, &set, "sysadminctl__autologin_purchase_blocked__26.txt");
    mac.session.auto_login_forbidden = true;
    says(&mut mac, &set, "sysadminctl__autologin_mgmt_blocked__26.6.txt");
    mac.session.auto_login_forbidden = false;
    mac.session.auto_login_blocked_by_purchases = false;
    macsim::rules::login::at_the_screen(
        &mut mac,
        Credentials {
            name: "pomme",
            password: "first",
        },
        AT,
    )
    .unwrap();
    says(&mut mac, &set, "sysadminctl__autologin_status_user__26.6.txt");
    says(&mut mac, &status, "sysadminctl__autologin_status_user__26.6.txt");
    mac.filevault.progress = macsim::model::filevault::Progress::On;
    says(&mut mac, &status, "sysadminctl__autologin_fv_blocked__26.6.txt");
}

#[test]
fn screen_lock_and_guest_account() {
    let mut mac = mac("26.5.2");
    let golden_immediate = golden("sysadminctl__screenLock_immediate__26.5.2.txt");
    let output = run_at_golden(
        &mut mac,
        &golden_immediate,
        "sysadminctl",
        &["-screenLock", "status"],
    );
    assert_eq!(output.stderr, golden_immediate);
    mac.session.screen_lock = ScreenLock::Off;
    let golden_off = golden("sysadminctl__screenLock_off__26.5.2.txt");
    let output = run_at_golden(&mut mac, &golden_off, "sysadminctl", &["-screenLock", "status"]);
    assert_eq!(output.stderr, golden_off);
    let golden_guest = golden("sysadminctl__guestAccount_off_again__11.1.txt");
    let output = run_at_golden(&mut mac, &golden_guest, "sysadminctl", &["-guestAccount", "off"]);
    assert_eq!(output.stderr, golden_guest);
}
