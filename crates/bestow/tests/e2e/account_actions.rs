//! What is done to accounts that exist, from the command line to the simulated Mac, and what the guard says to it.

use macsim::Mac;
use macsim::report::TrueToken;
use macsim::scenario::Situation;
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
    let nobody = site.run(&["what-if", "delete", "--target", "adda", "--all"]);
    nobody.with_exit(2).says(&[
        "It would change nothing on the one Mac.",
        "it has no account adda",
    ]);
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

#[test]
fn an_account_is_chosen_by_alias_user_id_or_role() {
    let mut site = Site::without_agent(Situation::Healthy, 814, "info");
    let ben_uid = site.mac.home.change(|mac| {
        let ben = mac.directory.user_mut("ben").unwrap();
        ben.attributes.merge("RecordName", "ben@example.org");
        ben.uid().to_string()
    });
    let ben_uid = ben_uid.unwrap();
    site.mac.start_agent();
    site.wait_until_observed();
    let ada = site.mac.password("ada").to_owned();
    let reset = |choice: &[&str], password: &str| {
        let verb = ["account", "healthy", "reset-password", "--administrator", "ada"];
        let args = [&verb[..], choice, &["--password-stdin"]].concat();
        site.run_with(&args, &format!("{ada}\n{password}\n"))
    };
    for (choice, password) in [
        (["--target-alias", "ben@example.org"], "by alias, 1"),
        (["--target-uid", &ben_uid], "by user id, 2"),
        (["--target-role", "standard"], "by role, 3"),
    ] {
        let said = reset(&choice, password).with_exit(0);
        said.says(&[
            "On this Mac",
            "Reset Password: ben, with the help of ada",
            "password_reset",
        ]);
        let ben_takes_it = |mac: &mut Mac| mac.directory.user("ben").unwrap().accepts(password);
        assert!(site.mac.home.change(ben_takes_it).unwrap(), "{choice:?}");
    }
    let device = site.run(&["device", "healthy"]).with_exit(0);
    device.says(&["also ben@example.org"]);
    // The only administrator is the one who helps.
    let nobody = reset(&["--target-role", "administrator"], "for nobody, 4").with_exit(2);
    nobody.says(&[
        "target_not_matched",
        "The role administrator besides ada fits no account",
    ]);
    let supposed = ["what-if", "delete", "--target-role", "administrator", "--all"];
    site.run(&supposed)
        .with_exit(1)
        .says(&["1 of 1 Mac would lose its last holder."]);
    for wrong in [
        &["what-if", "delete", "--all"][..],
        &[
            "what-if",
            "delete",
            "--target",
            "ada",
            "--target-uid",
            "501",
            "--all",
        ],
        &["account", "healthy", "unlock"],
    ] {
        site.run(wrong).with_exit(2);
    }
}

#[test]
fn another_password_keeps_the_token() {
    let site = Site::healthy(813);
    let holds = |name: &str| {
        let truth = site.mac.truth();
        let found = truth.accounts.iter().find(|account| account.name == name);
        found.map(|account| account.token)
    };
    let ada = site.mac.password("ada").to_owned();
    let send = |args: &[&str], lines: &[&str]| {
        let args = [&["account", "healthy"], args, &["--password-stdin"]].concat();
        site.run_with(&args, &format!("{}\n", lines.join("\n")))
    };
    let changed = send(&["change-password", "--target", "ada"], &[&ada, "a new one, 1"]).with_exit(0);
    changed.says(&["Change Password: ada", "password_changed"]);
    assert_eq!(holds("ada"), Some(TrueToken::Usable));
    let old = send(
        &["change-password", "--target", "ada"],
        &[&ada, "another new one, 2"],
    )
    .with_exit(1);
    old.says(&["target_wrong_password"]);
    let reset = ["reset-password", "--target", "ben", "--administrator", "ada"];
    send(&reset, &[&ada, "for ben, 3"])
        .with_exit(1)
        .says(&["administrator_wrong_password"]);
    send(&reset, &["a new one, 1", "for ben, 3"])
        .with_exit(0)
        .says(&["Reset Password: ben, with the help of ada", "password_reset"]);
    let own = ["change-password", "--target", "ben"];
    send(&own, &["for ben, 3", "ben's own, 4"])
        .with_exit(0)
        .says(&["password_changed"]);
    let supposed = [
        "what-if",
        "reset",
        "--target",
        "ada",
        "--administrator",
        "ben",
        "--all",
    ];
    site.run(&supposed)
        .with_exit(1)
        .says(&["1 of 1 Mac would lose its last holder."]);
}
