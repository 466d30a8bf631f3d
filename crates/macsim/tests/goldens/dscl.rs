use super::support::{add, add_holder, call, golden, mac, run_call, set_guid};

#[test]
fn a_wrong_password_exits_10() {
    let mut mac = mac("13.5");
    add(&mut mac, "ben", "Ben", "right", false);
    let output = run_call(&mut mac, "dscl", &["/Local/Default", "-authonly", "ben", "WRONG"]);
    assert_eq!(output.stdout, golden("dscl__authonly_fail_stdout__13.txt"));
    assert_eq!(output.stderr, golden("dscl__authonly_fail_stderr__13.txt"));
    assert_eq!(output.exit, 10);
    let right = run_call(&mut mac, "dscl", &[".", "-authonly", "ben", "right"]);
    assert_eq!(
        (right.stdout.as_str(), right.stderr.as_str(), right.exit),
        ("", "", 0)
    );
}

#[test]
fn a_missing_record_exits_56() {
    let output = run_call(&mut mac("15.2"), "dscl", &[".", "-read", "/Users/nobodyhere"]);
    assert_eq!(output.stderr, golden("dscl__read_not_found__any.txt"));
    assert_eq!((output.stdout.as_str(), output.exit), ("", 56));
}

#[test]
fn a_taken_uid_exits_55() {
    let mut mac = mac("26.0");
    add(&mut mac, "ada", "Ada", "p", true);
    let output = run_call(&mut mac, "dscl", &[".", "-create", "/Users/user1", "uid", "501"]);
    assert_eq!(output.stderr, golden("dscl__create_duplicate_uid__26.txt"));
    assert_eq!(output.exit, 55);
}

#[test]
fn authentication_authority_shows_label_and_tags() {
    let mut mac = mac("11.1");
    add_holder(&mut mac, "u", "U", "first", false);
    let read = [".", "-read", "/Users/u", "AuthenticationAuthority"];
    assert_eq!(
        run_call(&mut mac, "dscl", &read).stdout,
        golden("dscl__authauthority_token_bigsur__11plus.txt")
    );

    let create = [".", "-create", "/Users/v"];
    assert_eq!(run_call(&mut mac, "dscl", &create).exit, 0);
    let append = [
        ".",
        "-append",
        "/Users/v",
        "AuthenticationAuthority",
        ";DisabledTags;SecureToken",
    ];
    assert_eq!(run_call(&mut mac, "dscl", &append).exit, 0);
    let output = run_call(
        &mut mac,
        "dscl",
        &[".", "-read", "/Users/v", "AuthenticationAuthority"],
    );
    assert_eq!(
        output.stdout,
        golden("dscl__authauthority_disabledtags__11plus.txt")
    );
}

#[test]
fn values_with_spaces_stand_on_their_own_lines() {
    let mut mac = mac("15.2");
    add(&mut mac, "alice", "Alice", "p", false);
    let golden_mobile = golden("dscl__authauthority_ad_mobile__any.txt");
    let authorities: Vec<&str> = golden_mobile
        .lines()
        .skip(1)
        .take(3)
        .map(str::trim_start)
        .collect();
    let user = mac.directory.user_mut("alice").unwrap();
    user.attributes.set("AuthenticationAuthority", authorities);
    user.attributes
        .set("OriginalNodeName", ["/Active Directory/CORP/corp.example.com"]);
    let read = [
        ".",
        "-read",
        "/Users/alice",
        "AuthenticationAuthority",
        "OriginalNodeName",
    ];
    assert_eq!(run_call(&mut mac, "dscl", &read).stdout, golden_mobile);

    let user = mac.directory.user_mut("root").unwrap();
    user.attributes.set("IsHidden", ["YES"]);
    user.attributes
        .set("NFSHomeDirectory", ["/var/root", "/private/var/root"]);
    let read = [
        ".",
        "-read",
        "/Users/root",
        "IsHidden",
        "RealName",
        "NFSHomeDirectory",
    ];
    assert_eq!(
        run_call(&mut mac, "dscl", &read).stdout,
        golden("dscl__read_isHidden_realname__26.txt")
    );
}

#[test]
fn guid_and_group_members() {
    let mut mac = mac("26.0");
    add(&mut mac, "u", "U", "p", false);
    set_guid(&mut mac, "u", "2DB09770-999B-43FB-99AF-2B878E4FE971");
    let output = run_call(&mut mac, "dscl", &[".", "-read", "/Users/u", "GeneratedUID"]);
    assert_eq!(output.stdout, golden("dscl__guid__26.txt"));
    add(&mut mac, "emmaloj", "E", "p", true);
    add(&mut mac, "trainee", "T", "p", true);
    let output = run_call(
        &mut mac,
        "dscl",
        &[".", "-read", "/Groups/admin", "GroupMembership"],
    );
    assert_eq!(output.stdout, golden("dscl__read_admin_group__26.txt"));
}

#[test]
fn a_holders_password_is_not_set_without_the_old_one() {
    let mut mac = mac("15.2");
    add_holder(&mut mac, "u", "U", "first", true);
    let invocation = call("dscl", &[".", "-passwd", "/Users/u", "NEW"]).typed(["not the old one"]);
    let output = macsim::tools::run(&mut mac, &invocation);
    let shown = format!("{}{}", output.terminal, output.stdout);
    assert_eq!(shown, golden("dscl__passwd_denied_stdout__any.txt"));
    assert_eq!(output.stderr, golden("dscl__passwd_denied_stderr__any.txt"));
    assert_eq!(output.exit, 10);
}

#[test]
fn paths_and_sources_that_do_not_exist() {
    let mut mac = mac("15.2");
    let output = run_call(&mut mac, "dscl", &[".", "-passwd", "/Nope/x", "y"]);
    assert_eq!(output.stdout, golden("dscl__invalid_path_stdout__any.txt"));
    assert_eq!(output.stderr, golden("dscl__invalid_path_stderr__any.txt"));
    assert_eq!(output.exit, 185);
    let output = run_call(&mut mac, "dscl", &["/NoSuchNode", "-list", "/Users"]);
    assert_eq!(output.stdout, golden("dscl__bad_datasource__any.txt"));
    assert_eq!(output.exit, 69);
}

#[test]
fn an_absent_attribute_is_no_failure() {
    let mut mac = mac("15.2");
    add(&mut mac, "u", "U", "p", false);
    let output = run_call(&mut mac, "dscl", &[".", "-read", "/Users/u", "IsHidden"]);
    assert_eq!(
        (output.stdout.as_str(), output.stderr.as_str(), output.exit),
        ("", "No such key: IsHidden\n", 0)
    );
    let output = run_call(
        &mut mac,
        "dscl",
        &["-plist", ".", "-read", "/Users/u", "IsHidden"],
    );
    assert!(output.stdout.contains("<dict/>") && output.stderr.is_empty() && output.exit == 0);
    let output = run_call(&mut mac, "dscl", &[".", "-read"]);
    assert!(
        output
            .stderr
            .starts_with("Too few parameters for read operation\n")
            && output.exit == 64
    );
}
