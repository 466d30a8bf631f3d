//! Refusals that teach: what stands in the way, why, what to do, and that nothing was sent.

use macsim::scenario::Situation;

use crate::support::command::Said;
use crate::support::site::Site;

fn grant(site: &Site, administrator: &str, target: &str) -> Said {
    let args = [
        "grant",
        &site.mac.name,
        "--administrator",
        administrator,
        "--target",
        target,
        "--password-stdin",
    ];
    Said::by(&mut site.command(&args), "not read\nnot read\n")
}

fn nothing_was_sent(site: &Site) {
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], serde_json::json!([]));
    assert_eq!(site.mac.call("sysadminctl", "-secureTokenOn"), None);
}

#[test]
fn a_standard_holder_is_named_with_the_way_out() {
    let site = Site::with(Situation::StandardHolderOnly, 401, "info");
    grant(&site, "ada", "ada").with_exit(2).says(&[
        "FAILED An administrator holds a token only standard accounts hold a token: ben [no_granter]",
        "Refused: No administrator on this Mac holds a Secure Token",
        "Cause macOS lets only an administrator hand a token on.",
        "Fix Let one of the holders be an administrator for the moment of the grant",
        "Next step make ben an administrator on the Mac, then grant with that account",
        "/codes/no_granter",
        "bestow explain no_granter",
        "Nothing was sent to the Mac.",
    ]);
    grant(&site, "ben", "ada").with_exit(2).says(&[
        "Refused: Authentication Error: The account holds a Secure Token but is not an administrator",
        "Next step make ben an administrator",
    ]);
    nothing_was_sent(&site);
}

#[test]
fn a_broken_chain_and_an_old_system_are_told_as_such() {
    let broken = Site::with(Situation::NoHolder, 402, "info");
    grant(&broken, "ada", "ben").with_exit(2).says(&[
        "Refused: Nobody on this Mac holds a Secure Token",
        "Fix Read the ways back of this Mac",
        "Nothing was sent",
    ]);
    nothing_was_sent(&broken);
    let old = Site::with(Situation::MacOs1012, 403, "info");
    grant(&old, "ada", "ben").with_exit(2).says(&[
        "FAILED macOS 10.13 or later macOS 10.12.6 [os_too_old]",
        "Refused: This macOS does not know Secure Token",
        "High Sierra on APFS",
    ]);
    nothing_was_sent(&old);
}

#[test]
fn who_could_grant_instead_is_named() {
    let site = Site::healthy(404);
    grant(&site, "ben", "ben").with_exit(2).says(&[
        "Refused: Authentication Error: The administrator account holds no Secure Token",
        "Next step grant with --administrator ada",
    ]);
    grant(&site, "nobody-here", "ben")
        .with_exit(2)
        .says(&["does not exist on this Mac", "--administrator ada"]);
    nothing_was_sent(&site);
}

#[test]
fn wrong_passwords_are_told_apart_and_tried_once() {
    let site = Site::healthy(405);
    let ada = site.mac.password("ada").to_owned();
    site.grant_with(["not hers", "not tried"], &[])
        .with_exit(1)
        .says(&[
            "State refused",
            "nothing was touched",
            "Refused: Authentication Error: The administrator's password is wrong",
            "Each try counts towards the Mac's lock-out",
        ]);
    site.grant_with([&ada, "not his"], &[]).with_exit(1).says(&[
        "Refused: The target account's password is wrong",
        "Nothing was handed on.",
    ]);
    let effects = site.mac.truth().effects.accounts;
    let failed: Vec<(&str, u32)> = effects
        .iter()
        .map(|(name, counts)| (name.as_str(), counts.failed_logins))
        .collect();
    assert_eq!(failed, [("ada", 1), ("ben", 1)]);
}

#[test]
fn what_cannot_be_asked_is_refused_before_anything_else() {
    let site = Site::healthy(406);
    site.grant_with(["", ""], &[])
        .with_exit(2)
        .says(&["A password is empty"]);
    let mut one_line = site.command(&[
        "grant",
        "healthy",
        "--administrator",
        "ada",
        "--target",
        "ben",
        "--password-stdin",
    ]);
    Said::by(&mut one_line, "only one\n")
        .with_exit(2)
        .says(&["--password-stdin wants 2 lines"]);
    site.run(&["device", "nobody's"])
        .with_exit(2)
        .says(&["No device has the name or serial number"]);
    site.run(&["grant", "healthy", "--administrator=-x", "--target", "ben"])
        .with_exit(2)
        .says(&["neither with a hyphen"]);
    nothing_was_sent(&site);
}

#[test]
fn what_is_so_already_asks_for_no_password() {
    let site = Site::healthy(409);
    site.grant(&[]).with_exit(0);
    // Without a terminal and without --password-stdin, asking would fail.
    let again = ["grant", "healthy", "--administrator", "ada", "--target", "ben"];
    site.run(&again).with_exit(0).says(&[
        "There is nothing to do: the account holds a Secure Token already [already_granted]",
        "No password was asked for",
    ]);
    let json = site.run(&[&again[..], &["--json"]].concat()).with_exit(0).json();
    assert_eq!(json["plan"]["outcomes"], serde_json::json!(["already_granted"]));
    let actions = site.run(&["actions", "--json"]).json();
    assert_eq!(actions["items"].as_array().unwrap().len(), 1);
}

#[test]
fn a_server_that_is_gone_is_told_as_such() {
    let mut site = Site::healthy(407);
    site.server.kill();
    site.run(&["devices"]).with_exit(3).says(&[
        "bestow: reach http://127.0.0.1",
        "refused",
        "Is the server running",
    ]);
}

#[test]
fn programs_get_the_problem_itself() {
    let site = Site::healthy(408);
    let unknown = "01890a5d-ac96-774b-bcce-b302099a8057";
    let said = site.run(&["action", unknown, "--json"]).with_exit(2);
    assert_eq!(said.json()["code"], "not_found");
    assert_eq!(said.err, "");
    let plan = site.run(&[
        "plan",
        "healthy",
        "--administrator",
        "ben",
        "--target",
        "ben",
        "--json",
    ]);
    assert_eq!(plan.with_exit(2).json()["refusal"], "administrator_has_no_token");
    // What is refused here is told in the same form.
    let nobody = site.run(&["device", "nope", "--json"]).with_exit(2);
    assert_eq!(nobody.json()["code"], "not_found");
    assert!(nobody.json()["detail"].as_str().unwrap().contains("\"nope\""));
    assert_eq!(nobody.err, "");
    let nowhere = site.run(&["devices", "--json", "--server", "http://127.0.0.1:1"]);
    assert_eq!(
        nowhere.with_exit(3).json()["title"],
        "The server gave no usable answer"
    );
}
