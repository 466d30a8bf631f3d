//! What is done to accounts that exist, from the command line to the simulated Mac, and what the guard says to it.

use macsim::report::TrueToken;
use serde_json::json;

use crate::support::command::Said;
use crate::support::site::Site;

fn account<'a>(verb: &'a str, target: &'a str) -> Vec<&'a str> {
    vec!["account", "healthy", verb, "--target", target]
}

#[test]
fn rights_access_and_end_of_an_account() {
    let site = Site::healthy(811);
    let admin = |name: &str| {
        let truth = site.mac.truth();
        let found = truth.accounts.iter().find(|account| account.name == name);
        found.map(|account| account.admin)
    };
    let promoted = site.run(&account("promote", "ben")).with_exit(0);
    promoted.says(&["Promote Account: ben", "account_promoted"]);
    assert_eq!(admin("ben"), Some(true));
    let again = site.run(&account("promote", "ben")).with_exit(0);
    again.says(&["There is nothing to do: the account is so already [nothing_to_do]."]);
    site.run(&account("disable", "ben"))
        .with_exit(0)
        .says(&["account_disabled"]);
    site.run(&account("unlock", "ben"))
        .with_exit(0)
        .says(&["account_unlocked"]);
    site.run(&account("demote", "ben"))
        .with_exit(0)
        .says(&["account_demoted"]);
    assert_eq!(admin("ben"), Some(false));
    site.run(&account("delete", "ben"))
        .with_exit(0)
        .says(&["account_deleted"]);
    assert_eq!(admin("ben"), None);
}

#[test]
fn the_last_holder_stays_unless_the_macs_name_is_typed() {
    let site = Site::healthy(812);
    for verb in ["demote", "disable", "delete"] {
        let refused = site.run(&account(verb, "ada")).with_exit(2);
        refused.says(&["last_holder", "Nothing was sent to the Mac."]);
    }
    let actions = site.run(&["actions", "--json"]).with_exit(0).json();
    assert_eq!(actions["items"], json!([]));
    let supposed = ["what-if", "delete", "--target", "ada", "--all"];
    let answer = site.run(&supposed).with_exit(1);
    answer.says(&[
        "1 of 1 Mac would lose its last holder.",
        "no other account holds a Secure Token",
    ]);
    let json = site
        .run(&[&supposed[..], &["--json"]].concat())
        .with_exit(1)
        .json();
    assert_eq!(json["items"][0]["losses"][0], "last_holder");
    site.run(&["what-if", "mdm-unenrol", "--all"]).with_exit(0);
    // macOS refuses what the person accepted.
    let confirmed = [
        &account("delete", "ada")[..],
        &["--confirm-device-name", "healthy"],
    ]
    .concat();
    let ended: Said = site.run(&confirmed).with_exit(1);
    ended.says(&["accepted by typing the Mac's name", "account_not_deleted"]);
    let truth = site.mac.truth();
    let ada = truth.accounts.iter().find(|account| account.name == "ada");
    assert_eq!(ada.map(|ada| ada.token), Some(TrueToken::Usable));
}
