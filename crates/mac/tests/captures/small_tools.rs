use mac::bputil::{BootPolicy, BootPolicyAnswer, SecurityMode};
use mac::defaults::Setting;
use mac::dseditgroup::Membership;
use mac::dsmemberutil::SystemMembership;
use mac::id::{Identity, is_unknown};
use mac::launchctl::Bootout;
use mac::mdmclient::ErasePreflight;
use mac::pwpolicy::{Parameter, PolicySet};
use mac::security::authorization_database::Right;
use mac::security::keychain::KeychainChange;
use mac::stat::ConsoleUser;
use mac::sw_vers::SystemVersion;

use crate::{golden, on_stderr, on_stdout};

#[test]
fn membership_by_both_tools() {
    assert_eq!(
        Membership::from(&on_stdout(0, "dseditgroup__checkmember_yes.txt")),
        Membership::Member
    );
    assert_eq!(
        Membership::from(&on_stdout(67, "dseditgroup__checkmember_no.txt")),
        Membership::NotMember
    );
    assert_eq!(
        SystemMembership::from(&on_stdout(0, "dsmemberutil__member.txt")),
        SystemMembership::Member
    );
    assert_eq!(
        SystemMembership::from(&on_stdout(0, "dsmemberutil__not_member.txt")),
        SystemMembership::NotMember
    );
}

#[test]
fn versions() {
    let version = SystemVersion::parse(&golden("sw_vers__all__13.0rsr.txt")).expect("a version");
    assert_eq!(
        (
            version.version.as_str(),
            version.extra.as_deref(),
            version.numbers()
        ),
        ("13.0", Some("(a)"), [13, 0, 0])
    );
    assert_eq!(
        (version.name.as_str(), version.build.as_str()),
        ("macOS", "22A100")
    );
    let alone = golden("sw_vers__productVersion__26.5.2.txt");
    let whole = format!("ProductName:\tmacOS\nProductVersion:\t{alone}BuildVersion:\t25F84\n");
    assert_eq!(
        SystemVersion::parse(&whole).expect("a version").numbers(),
        [26, 5, 2]
    );
}

#[test]
fn the_console_user() {
    assert_eq!(
        ConsoleUser::parse(&golden("stat__console_user.txt")),
        Some(ConsoleUser::LoginWindow)
    );
}

#[test]
fn an_account_and_its_groups() {
    let identity = Identity::parse(&golden("id__two_groups__26.txt")).expect("an identity");
    assert_eq!((identity.uid, identity.gid, identity.groups.len()), (502, 20, 7));
    assert_eq!(identity.groups[2], (702, "admins".to_owned()));
    assert!(is_unknown(&golden("id__no_such_user.txt")));
}

#[test]
fn a_boot_policy() {
    let said = golden("bputil__display_policy__12.1.txt");
    let policy = BootPolicy::parse(&said);
    assert_eq!(policy.volume_group.as_deref(), Some("5D0D176D-E8CC-**REDACTED**"));
    assert_eq!(
        (policy.meaning("smb0"), policy.meaning("smb3")),
        (Some("Full"), Some("Disabled"))
    );
    assert_eq!(
        (policy.meaning("sip0"), policy.meaning("BORD")),
        (Some("Enabled"), None)
    );
    assert_eq!(policy.security_mode(), Some(SecurityMode::Full));
    let board = policy
        .entries
        .iter()
        .find(|entry| entry.tag == "BORD")
        .expect("an entry");
    assert_eq!((board.name.as_str(), board.value.as_str()), ("Board ID", "0x24"));
    let tagged = said.lines().filter(|line| line.contains("):")).count();
    assert_eq!(policy.entries.len(), tagged);
}

#[test]
fn no_boot_policy_on_intel() {
    let answer = on_stderr(1, "bputil__intel.txt");
    assert_eq!(BootPolicyAnswer::from(&answer), BootPolicyAnswer::NotAppleSilicon);
}

#[test]
fn a_password_policy() {
    let policy = PolicySet::parse(&golden("pwpolicy__global_mdm_and_default__26.txt")).expect("a policy");
    let contents: Vec<_> = policy
        .password_content
        .iter()
        .map(|rule| rule.content.as_str())
        .collect();
    assert_eq!(
        contents,
        [
            "policyAttributePassword matches '.{7,}'",
            "policyAttributePassword matches '.{4,}+'"
        ]
    );
    let first = &policy.password_content[0];
    assert_eq!(
        first.description.as_deref(),
        Some("Contain at least 7 characters.")
    );
    assert!(
        first
            .identifier
            .as_deref()
            .is_some_and(|identifier| identifier.ends_with(":minLength"))
    );
    let limit = &policy.authentication[0].parameters["policyAttributeMaximumFailedAuthentications"];
    assert_eq!(limit, &Parameter::Integer(10));
    assert_eq!(policy.password_change, []);
}

#[test]
fn no_password_policy() {
    assert_eq!(
        PolicySet::parse(&golden("pwpolicy__none.txt")),
        Some(PolicySet::default())
    );
}

#[test]
fn a_keychain_item_that_is_missing() {
    let answer = on_stderr(44, "security__keychain_item_missing.txt");
    assert_eq!(KeychainChange::from(&answer), KeychainChange::NotFound);
}

#[test]
fn who_decides_about_a_login() {
    let right = Right::parse(&golden("security__authorizationdb_login__13plus.plist")).expect("a right");
    let mechanisms = right.mechanisms();
    assert_eq!(mechanisms.len(), 17);
    assert_eq!(mechanisms[8], "builtin:authenticate,privileged");
    assert_eq!(mechanisms[11], "loginwindow:success");
}

#[test]
fn a_service_that_is_still_stopping() {
    assert_eq!(
        Bootout::from(&on_stderr(36, "launchctl__bootout_in_progress.txt")),
        Bootout::InProgress
    );
}

#[test]
fn a_setting_that_is_missing() {
    let answer = on_stderr(1, "defaults__missing_key__26.5.2.txt");
    assert_eq!(Setting::from_answer(&answer), Some(Setting::Missing));
}

#[test]
fn a_bootstrap_token_that_works() {
    let said = golden("mdmclient__eacspreflight_success__13.3plus.txt");
    assert_eq!(ErasePreflight::parse(&said), ErasePreflight::Success);
}
