//! Each end of a grant, on a Mac that brings it about.

use macsim::model::filevault::Progress;
use macsim::model::knobs::Lie;
use macsim::model::volume::FileSystem;
use trust::action::ActionState;
use trust::code::Code;
use trust::observation::TokenLabel;
use trust::token::{TokenState, token_state};

use crate::macs::*;

#[test]
fn a_healthy_grant_is_proved_and_leaves_an_edge() {
    let (done, mac) = grant(healthy(), &order(ADA, BEN));
    assert_eq!(done.outcome.code, Code::Granted, "{:#?}", done.outcome.evidence);
    assert!(truly_holds(&mac, "ben", BEN));
    assert_eq!(grants_of(&mac, "ben"), 1);
    let edge = done.outcome.edge.unwrap();
    assert_eq!((edge.granter.as_str(), edge.target.as_str()), ("ada", "ben"));
    let ben = done.observation.account("ben").unwrap();
    assert_eq!(
        token_state(ben, &done.observation),
        TokenState::Usable { proved_at: NOW }
    );
    let ada = done.observation.account("ada").unwrap();
    assert_eq!(
        token_state(ada, &done.observation),
        TokenState::Usable { proved_at: NOW }
    );
    assert!(
        mac.preboot.iter().any(|user| user.name == "ben"),
        "the start-up screen's copy is stale"
    );
}

#[test]
fn a_tool_that_lies_is_not_believed() {
    let mut mac = healthy();
    mac.knobs.lie = Lie::Always;
    let (done, mac) = grant(mac, &order(ADA, BEN));
    assert_eq!(done.outcome.code, Code::GrantNotConfirmed);
    assert_eq!(done.outcome.state(), ActionState::Failed);
    assert!(!truly_holds(&mac, "ben", BEN));
    assert!(done.outcome.edge.is_none());
    let ben = done.observation.account("ben").unwrap();
    assert_eq!(ben.token_label.value(), Some(&TokenLabel::Disabled));
}

#[test]
fn wrong_passwords_are_told_apart_and_tried_once() {
    let cases = [
        ("wrong", BEN, Code::AdministratorWrongPassword, ("ada", 1)),
        (ADA, "wrong", Code::TargetWrongPassword, ("ben", 1)),
        ("wrong", "wrong", Code::AdministratorWrongPassword, ("ben", 0)),
    ];
    for (administrator, target, code, (account, failures)) in cases {
        let (done, mac) = grant(healthy(), &order(administrator, target));
        assert_eq!(done.outcome.code, code);
        assert_eq!(done.outcome.state(), ActionState::Refused, "nothing was changed");
        assert_eq!(
            mac.directory.user(account).unwrap().policy.failed_login_count,
            failures,
            "{account}"
        );
        assert_eq!(failed_unlocks(&mac), 0, "the Secure Enclave counts for ever");
        assert_eq!(grants_of(&mac, "ben"), 0);
    }
}

#[test]
fn a_password_that_the_disk_does_not_know_makes_the_granter_unusable() {
    let mut mac = healthy();
    // A hash put in by a management tool: the directory has the new password, the disk the old one.
    let mut random = mac.random.clone();
    let ada = mac.directory.user_mut("ada").unwrap();
    ada.store_password(
        "new",
        macsim::model::clock::UnixMillis(NOW.0 - 60_000),
        &mut random,
    );
    let (done, mac) = grant(mac, &order("new", BEN));
    assert_eq!(done.outcome.code, Code::AdministratorTokenUnusable);
    assert_eq!(failed_unlocks(&mac), 1, "one try against the disk");
    let ada = done.observation.account("ada").unwrap();
    assert!(matches!(
        token_state(ada, &done.observation),
        TokenState::Unusable { refused_at: Some(_) }
    ));
}

#[test]
fn a_build_that_wants_a_terminal_gets_one() {
    let mut mac = healthy();
    mac.knobs.stdin_passwords = false;
    let (done, mac) = grant(mac, &order(ADA, BEN));
    assert_eq!(done.outcome.code, Code::Granted, "{:#?}", done.outcome.evidence);
    assert!(truly_holds(&mac, "ben", BEN));
}

#[test]
fn with_filevault_off_the_grant_succeeds() {
    let mut mac = healthy();
    mac.filevault.progress = Progress::Off;
    let (done, mac) = grant(mac, &order(ADA, BEN));
    assert_eq!(done.outcome.code, Code::Granted, "{:#?}", done.outcome.evidence);
    assert!(truly_holds(&mac, "ben", BEN));
}

#[test]
fn without_full_disk_access_nothing_is_tried_that_could_not_be_proved() {
    let mut mac = healthy();
    mac.knobs.full_disk_access = false;
    let (done, mac) = grant(mac, &order(ADA, BEN));
    assert_eq!(done.outcome.code, Code::FullDiskAccessMissing);
    assert_eq!(grants_of(&mac, "ben"), 0);
}

#[test]
fn a_second_grant_finds_it_done_and_tries_no_password() {
    let (_, mac) = grant(healthy(), &order(ADA, BEN));
    let (done, mac) = grant(mac, &order("wrong", "wrong"));
    assert_eq!(done.outcome.code, Code::AlreadyGranted);
    assert_eq!(done.outcome.state(), ActionState::Succeeded);
    assert_eq!(grants_of(&mac, "ben"), 1);
    assert_eq!(mac.directory.user("ada").unwrap().policy.failed_login_count, 0);
}

#[test]
fn the_mac_and_the_accounts_are_refused_with_their_codes() {
    let refusal = |mac, order: &Order| {
        let (done, mac) = grant(mac, order);
        assert_eq!(done.outcome.state(), ActionState::Refused);
        assert_eq!(
            mac.effects.accounts.get("ben").map_or(0, |counts| counts.granted),
            0
        );
        done.outcome.code
    };
    let mut sierra = factory((10, 12), FileSystem::Hfs);
    add_user(&mut sierra, "ada", ADA, &["-admin"]);
    add_user(&mut sierra, "ben", BEN, &[]);
    assert_eq!(refusal(sierra, &order(ADA, BEN)), Code::OsTooOld);

    let mut hfs = factory((10, 13), FileSystem::Hfs);
    add_user(&mut hfs, "ada", ADA, &["-admin"]);
    add_user(&mut hfs, "ben", BEN, &[]);
    assert_eq!(refusal(hfs, &order(ADA, BEN)), Code::VolumeNotApfs);

    let to = |administrator, target| order_between((administrator, ADA), (target, BEN));
    assert_eq!(
        refusal(healthy(), &to("nobody_here", "ben")),
        Code::AdministratorUnknown
    );
    assert_eq!(refusal(healthy(), &to("ada", "nobody_here")), Code::TargetUnknown);

    let mut with_cleo = healthy();
    add_user(&mut with_cleo, "cleo", "cleo-pass", &["-admin"]);
    assert_eq!(
        refusal(with_cleo, &to("cleo", "ben")),
        Code::AdministratorHasNoToken
    );

    assert_eq!(refusal(standard_holder(), &order(ADA, BEN)), Code::NoGranter);
    let stan = order_between(("stan", "stan-pass"), ("ben", BEN));
    assert_eq!(refusal(standard_holder(), &stan), Code::AdministratorNotAdmin);

    let mut nobody = factory((10, 15), FileSystem::Apfs);
    add_user(&mut nobody, "ada", ADA, &["-admin"]);
    add_user(&mut nobody, "ben", BEN, &[]);
    assert_eq!(refusal(nobody, &order(ADA, BEN)), Code::ChainBroken);
}

#[test]
fn seals_that_were_exchanged_do_not_open() {
    let (done, mac) = grant(healthy(), &order(ADA, BEN).with_exchanged_seals());
    assert_eq!(done.outcome.code, Code::CredentialStale);
    assert_eq!(grants_of(&mac, "ben"), 0);
}

#[test]
fn what_the_agent_says_holds_no_password() {
    for (administrator, target) in [(ADA, BEN), ("wrong-Xq", BEN), (ADA, "wrong-Xq")] {
        let (done, _) = grant(healthy(), &order(administrator, target));
        let said = format!("{:?}{}", done, serde_json::to_string(&done.outcome).unwrap());
        for secret in [ADA, BEN, "wrong-Xq"] {
            assert!(!said.contains(secret), "{secret:?} was said");
        }
    }
}
