use macsim::Mac;
use macsim::tools::run;

use super::support::{add_holder, call, golden, mac, run_call};

fn enrolled(os: &str) -> Mac {
    let mut mac = mac(os);
    add_holder(&mut mac, "localadmin", "Local", "first", true);
    mac.mdm.enrolled = true;
    mac.mdm.user_approved = true;
    mac.mdm.automated = true;
    mac.mdm.bootstrap_token_supported = true;
    mac.mdm.server_url = "https://mdm.example.com/mdm".to_owned();
    mac
}

#[test]
fn enrolment_in_three_ways() {
    let status = ["status", "-type", "enrollment"];
    let mut mac = enrolled("14.0");
    assert_eq!(
        run_call(&mut mac, "profiles", &status).stdout,
        golden("profiles__enrollment_dep_uamdm__any.txt")
    );
    mac.mdm.automated = false;
    mac.mdm.user_approved = false;
    mac.mdm.server_url.clear();
    assert_eq!(
        run_call(&mut mac, "profiles", &status).stdout,
        golden("profiles__enrollment_not_uamdm__any.txt")
    );
    mac.mdm.enrolled = false;
    assert_eq!(
        run_call(&mut mac, "profiles", &status).stdout,
        golden("profiles__enrollment_none__any.txt")
    );
}

#[test]
fn the_bootstrap_token_is_installed_and_validated() {
    let mut mac = enrolled("12.0");
    let status = ["status", "-type", "bootstraptoken"];
    assert_eq!(
        run_call(&mut mac, "profiles", &status).stdout,
        golden("profiles__bst_supported_not_escrowed__11.txt")
    );
    let output = run(
        &mut mac,
        &call("profiles", &["install", "-type", "bootstraptoken"]).typed(["localadmin", "first"]),
    );
    assert_eq!(output.terminal, golden("profiles__bst_install_prompts__12.txt"));
    assert_eq!(
        (output.stdout, output.exit),
        (golden("profiles__bst_install_ok__11.txt"), 0)
    );
    assert_eq!(
        run_call(&mut mac, "profiles", &status).stdout,
        golden("profiles__bst_supported_escrowed__any.txt")
    );
}

#[test]
fn a_wrong_password_and_a_token_that_does_not_match() {
    let mut mac = enrolled("13.0");
    let with = |password| {
        [
            "install",
            "-type",
            "bootstraptoken",
            "-user",
            "localadmin",
            "-password",
            password,
        ]
    };
    let output = run_call(&mut mac, "profiles", &with("WRONG"));
    assert_eq!(output.stderr, golden("profiles__bst_auth_failed__13plus.txt"));
    assert_ne!(output.exit, 0);
    assert_eq!(run_call(&mut mac, "profiles", &with("first")).exit, 0);
    mac.mdm.escrowed_bootstrap_token = Some("of another Mac".to_owned());
    let mut validate = with("first");
    validate[0] = "validate";
    let output = run_call(&mut mac, "profiles", &validate);
    assert_eq!(output.stderr, golden("profiles__bst_validate_failed__13plus.txt"));
    assert_ne!(output.exit, 0);
}
