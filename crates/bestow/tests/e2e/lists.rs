//! Lists of nothing, filters that nobody knows, and how commands tell how they are typed.

use macsim::scenario::Situation;

use crate::support::command::Said;
use crate::support::site::Site;

#[test]
fn a_list_of_nothing_says_what_to_do() {
    let site = Site::not_enrolled(Situation::Healthy, 921, "info");
    for (list, advice) in [
        (&["devices"][..], "'bestow enrolment-secret' makes a secret"),
        (&["devices", "--search", "x"], "No Mac fits"),
        (&["actions"], "'bestow grant' and 'bestow create-user' ask one"),
        (&["actions", "--state", "failed"], "No action fits"),
        (
            &["findings", "--all"],
            "Nothing is wrong on any Mac that was seen",
        ),
        (
            &["bulk", "list"],
            "'bestow bulk-grant' and 'bestow bulk-create-user' begin one",
        ),
        (
            &["enrolment-data", "list"],
            "'bestow enrolment-data import' takes a table",
        ),
        (&["enrolment-data", "list", "--search", "x"], "No record fits"),
        (
            &["policy", "token-for-primary-users", "--devices"],
            "'bestow policy token-for-primary-users on' turns it on",
        ),
    ] {
        let said = site.run(list).with_exit(0);
        assert_eq!(said.out, "", "{list:?}");
        said.says(&[advice]);
    }
}

#[test]
fn a_word_that_no_filter_has_is_answered_with_those_there_are() {
    let site = Site::not_enrolled(Situation::Healthy, 922, "info");
    let run = "01890a5d-ac96-774b-bcce-b302099a8057";
    for (asked, words) in [
        (
            &["devices", "--state"][..],
            "can_grant, only_standard_holders, broken",
        ),
        (&["devices", "--finding"], "chain_broken, no_granter"),
        (
            &["devices", "--service-account"],
            "valid, invalid, awaiting_first_login, unknown, not_wanted, easily_recovered",
        ),
        (
            &["actions", "--state"],
            "queued, offered, running, succeeded, failed, refused, expired, cancelled",
        ),
        (&["bulk", "results", run, "--state"], "queued, offered, running"),
        (
            &["bulk", "results", run, "--readiness"],
            "ready, needs_credential, needs_person, done",
        ),
        (
            &["bulk-grant", "--state"],
            "can_grant, only_standard_holders, broken",
        ),
        (&["bulk-grant", "--finding"], "chain_broken, no_granter"),
    ] {
        let said = site.run(&[asked, &["foo"]].concat()).with_exit(2);
        said.says(&["invalid value 'foo'", words]);
    }
}

#[test]
fn policies_are_listed_with_their_state() {
    let site = Site::not_enrolled(Situation::Healthy, 923, "info");
    site.run(&["policy", "promote-administrators", "on"]).with_exit(0);
    let listed = site.run(&["policy"]).with_exit(0);
    listed.says(&[
        "promote-administrators on 20",
        "service-account",
        "token-for-primary-users off",
    ]);
    let json = site.run(&["policy", "--json"]).with_exit(0).json();
    assert_eq!(json["promote-administrators"]["enabled"], true);
    assert_eq!(json["token-for-primary-users"]["enabled"], false);
    site.run(&["policy", "--reason", "x"]).with_exit(2);
}

#[test]
fn a_usage_line_tells_what_was_not_typed_and_nothing_that_is_exported() {
    let site = Site::not_enrolled(Situation::Healthy, 924, "info");
    let mut command = site.command(&["grant", "x"]);
    command.env("BESTOW_DEMO", site.folder());
    let said = Said::by(&mut command, "").with_exit(2);
    said.says(&[
        "Usage: bestow grant --administrator <ACCOUNT> <--target <ACCOUNT>|--target-alias <NAME>|--target-uid <UID>|\
         --target-role <ROLE>> <DEVICE>",
    ]);
}
