//! Who may sign in, said on the command line and tried at the console.

use macsim::scenario::Situation;

use crate::support::command::Said;
use crate::support::http::Raw;
use crate::support::site::Site;

const PASSWORD: &str = "a+long+sentence";

#[test]
fn somebody_is_invited_signs_in_and_is_signed_out() {
    let site = Site::not_enrolled(Situation::Healthy, 931, "info");
    let added = site
        .run(&["people", "add", "grace", "--role", "viewer"])
        .with_exit(0);
    let link = added.out.trim();
    let path = &link[link.find("/invitation/").unwrap()..];
    let form = format!("password={PASSWORD}&password_again={PASSWORD}");
    let headers = ["content-type: application/x-www-form-urlencoded".to_owned()];
    let address = site.server.address();
    let chosen = Raw::ask(address, "POST", path, &headers, &form);
    assert!(chosen.cookie().is_some(), "{}", chosen.text());
    let form = format!("name=grace&password={PASSWORD}&then=%2F");
    let signed_in = Raw::ask(address, "POST", "/sign-in", &headers, &form);
    assert!(signed_in.cookie().is_some(), "{}", signed_in.text());

    site.run(&["people", "list"])
        .with_exit(0)
        .says(&["grace", "viewer", "chosen"]);
    site.run(&["people", "role", "grace", "auditor"]).with_exit(0);
    let sessions = site.run(&["sessions", "list", "--json"]).with_exit(0).json();
    assert_eq!(sessions["items"].as_array().unwrap().len(), 2, "{sessions}");
    assert_eq!(sessions["items"][0]["address"], "127.0.0.1");
    let id = sessions["items"][0]["id"].as_str().unwrap();
    site.run(&["sessions", "end", id]).with_exit(0);
    site.run(&["people", "remove", "Grace"]).with_exit(0);
    let nobody = site.run(&["people", "invite", "grace"]).with_exit(2);
    assert!(nobody.err.contains("Nobody signs in by the name"), "{nobody:?}");
    let audit = site.run(&["audit"]).with_exit(0);
    audit.says(&["person added", "person removed", "session ended"]);
    let audit = site.run(&["audit", "--json"]);
    assert!(!audit.out.contains("sentence"));
}

#[test]
fn a_common_password_is_refused_and_a_second_factor_is_asked_of_whoever_sees_secrets() {
    let site = Site::not_enrolled(Situation::Healthy, 933, "info");
    let added = site
        .run(&["people", "add", "grace", "--role", "administrator"])
        .with_exit(0);
    let link = added.out.trim();
    let path = &link[link.find("/invitation/").unwrap()..];
    let headers = ["content-type: application/x-www-form-urlencoded".to_owned()];
    let choose = |password: &str| {
        let form = format!("password={password}&password_again={password}");
        Raw::ask(site.server.address(), "POST", path, &headers, &form)
    };
    let common = choose("P%40ssw0rd1234");
    assert!(
        common.cookie().is_none() && common.text().contains("passwords that many people have"),
        "{}",
        common.text()
    );
    let cookie = choose(PASSWORD).cookie().unwrap();
    let manage = || {
        Raw::ask(
            site.server.address(),
            "GET",
            "/",
            std::slice::from_ref(&cookie),
            "",
        )
    };
    assert_eq!(manage().status(), 200);
    site.run(&["policy", "second-factor-for-reveals", "on"])
        .with_exit(0)
        .says(&["second-factor-for-reveals is on"]);
    let refused = manage();
    assert_eq!(refused.status(), 403);
    assert!(
        refused.text().contains("You need a second factor first"),
        "{}",
        refused.text()
    );
    site.run(&["policy", "second-factor-for-reveals", "off"])
        .with_exit(0);
    assert_eq!(manage().status(), 200);
}

#[test]
fn a_program_may_do_what_its_token_brings() {
    let site = Site::not_enrolled(Situation::Healthy, 932, "info");
    let create = [
        "api-tokens",
        "create",
        "nightly",
        "--role",
        "administrator",
        "--scope",
        "read",
    ];
    let token = site.run(&create).with_exit(0).out;
    let with_it = |args: &[&str]| {
        let mut command = site.command(args);
        command
            .env_remove("BESTOW_TOKEN_FILE")
            .env("BESTOW_TOKEN", token.trim());
        Said::by(&mut command, "")
    };
    with_it(&["devices"]).with_exit(0);
    let refused = with_it(&["enrolment-secret"]).with_exit(2);
    assert!(refused.err.contains("administrator or owner"), "{refused:?}");
    site.run(&["api-tokens", "list"])
        .with_exit(0)
        .says(&["nightly", "read"]);
    site.run(&["api-tokens", "revoke", "nightly"]).with_exit(0);
    let ended = with_it(&["devices"]).with_exit(2);
    assert!(ended.err.contains("signed in"), "{ended:?}");
}

#[test]
fn an_exported_audit_log_is_checked_without_the_server() {
    let mut site = Site::not_enrolled(Situation::Healthy, 933, "info");
    site.run(&["people", "add", "grace", "--role", "viewer"])
        .with_exit(0);
    let export = site.run(&["audit", "export"]).with_exit(0).out;
    site.server.stop();
    let file = site.folder().join("audit.jsonl");
    let file = file.to_str().unwrap();
    std::fs::write(file, &export).unwrap();
    let verify = |more: &[&str]| site.run(&[&["audit", "verify", file], more].concat());
    let told = verify(&["--json"]).with_exit(0).json();
    let key = told["key"].as_str().unwrap();
    verify(&["--key", key])
        .with_exit(0)
        .says(&["The audit log is whole"]);
    verify(&["--key", &"00".repeat(32)])
        .with_exit(2)
        .says(&["by another key"]);
    std::fs::write(file, export.replace("viewer", "owner")).unwrap();
    verify(&[]).with_exit(2).says(&["is not what was sealed"]);
    site.run(&["audit", "verify"]).with_exit(2).says(&[
        "bestow audit export > audit.jsonl",
        "bestow audit verify audit.jsonl",
    ]);
}
