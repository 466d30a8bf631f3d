use macsim::model::password_policy::{DemandOrigin, PasswordDemand};
use macsim::tools::run;

use super::support::{add, add_holder, call, golden, mac, run_call};

#[test]
fn policies_of_a_profile_and_the_built_in_one() {
    let mut mac = mac("26.0");
    let get = ["-getaccountpolicies"];
    assert_eq!(
        run_call(&mut mac, "pwpolicy", &get).stdout,
        golden("pwpolicy__none.txt")
    );
    let profile = "3B01C197-EA69-4DAE-A872-5C6AB9816A2B".to_owned();
    mac.password_policy.max_failed_logins = Some(10);
    mac.password_policy.demands = vec![
        (PasswordDemand::MinLength(7), DemandOrigin::Profile(profile)),
        (PasswordDemand::MinLength(4), DemandOrigin::BuiltIn),
    ];
    let output = run_call(&mut mac, "pwpolicy", &get);
    assert_eq!(
        (output.stdout, output.exit),
        (golden("pwpolicy__global_mdm_and_default__26.txt"), 0)
    );
}

#[test]
fn passwd_by_root_warns_about_the_keychain() {
    let mut mac = mac("26.0");
    add(&mut mac, "user1", "One", "old", false);
    let output = run(&mut mac, &call("passwd", &["user1"]).typed(["new", "new"]));
    let (first, rest) = output.stdout.split_once('\n').unwrap();
    let shown = format!("{first}\n{}{rest}", output.terminal);
    assert_eq!(
        (shown, output.exit),
        (golden("passwd__root_resets_user_ok__26.txt"), 0)
    );
    assert!(mac.directory.user("user1").unwrap().accepts("new"));
}

#[test]
fn passwd_repeats_what_the_policy_says() {
    let mut mac = mac("14.5");
    add(&mut mac, "sarah", "Sarah", "old", false);
    mac.password_policy.demands = vec![(PasswordDemand::MinLength(20), DemandOrigin::Local)];
    let output = run(&mut mac, &call("passwd", &["sarah"]).typed(["new", "new"]));
    let shown = format!("{}{}{}", output.stdout, output.terminal, output.stderr);
    assert_eq!(shown, golden("passwd__policy_rejected__14plus.txt"));
    assert_ne!(output.exit, 0);
}

#[test]
fn passwd_by_root_on_a_holder_asks_or_desynchronises() {
    let mut mac = mac("14.5");
    add_holder(&mut mac, "ada", "Ada", "first", true);
    let asked = run(&mut mac, &call("passwd", &["ada"]).typed(["first", "new", "new"]));
    assert!(asked.terminal.starts_with("Old password:") && asked.exit == 0);
    let guid = mac.directory.user("ada").unwrap().guid().to_owned();
    assert!(mac.volume.unlock(&guid, "new").is_some());
    mac.knobs.root_passwd_desynchronises = true;
    let silent = run(&mut mac, &call("passwd", &["ada"]).typed(["newer", "newer"]));
    assert!(silent.terminal.starts_with("New password:") && silent.exit == 0);
    assert!(mac.directory.user("ada").unwrap().accepts("newer"));
    assert!(mac.volume.unlock(&guid, "newer").is_none() && mac.volume.unlock(&guid, "new").is_some());
}

#[test]
fn a_locked_account_is_not_allowed_to_authenticate() {
    let mut mac = mac("15.2");
    add(&mut mac, "ben", "Ben", "pw", false);
    let ask = ["-u", "ben", "-authentication-allowed"];
    assert_eq!(
        run_call(&mut mac, "pwpolicy", &ask).stdout,
        "Password authentication is allowed\n"
    );
    mac.password_policy.max_failed_logins = Some(1);
    run_call(&mut mac, "dscl", &[".", "-authonly", "ben", "wrong"]);
    assert!(
        run_call(&mut mac, "pwpolicy", &ask)
            .stdout
            .starts_with("User ben is not allowed to authenticate")
    );
    run_call(&mut mac, "pwpolicy", &["-u", "ben", "-enableuser"]);
    assert_eq!(
        run_call(&mut mac, "pwpolicy", &ask).stdout,
        "Password authentication is allowed\n"
    );
}
