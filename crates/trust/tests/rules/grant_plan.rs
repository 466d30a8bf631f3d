//! The plan of a grant: each precondition, the code that it fails with, and what is left open.

use std::collections::BTreeSet;

use crate::support::{account, enabled, grant, mac, plan, unknown};
use trust::action::{Action, GrantSecureToken};
use trust::code::Code;
use trust::observation::*;
use trust::os::OsVersion;
use trust::plan::{Check, Knowledge, Plan, RowState, Situation};

fn healthy() -> Observation {
    mac(vec![enabled("ada", true), account("ben", false)])
}

fn refusal(observation: &Observation) -> Option<Code> {
    plan(observation, Knowledge::NONE).refusal()
}

#[test]
fn without_passwords_a_good_grant_leaves_the_passwords_open() {
    let plan = plan(&healthy(), Knowledge::NONE);
    assert_eq!(plan.refusal(), None);
    let open = [
        Code::Granted,
        Code::AdministratorTokenUnusable,
        Code::AdministratorWrongPassword,
        Code::TargetWrongPassword,
    ];
    assert_eq!(plan.outcomes, BTreeSet::from(open));
    assert!(plan.mishaps.contains(&Code::GrantNotConfirmed));
    assert_eq!(plan.granters, ["ada"]);
    assert!(plan.cost.shows_after_restart);
}

#[test]
fn with_the_passwords_tried_one_outcome_is_left() {
    let cases = [
        ((true, true, true), Code::Granted),
        ((false, true, true), Code::AdministratorWrongPassword),
        ((true, false, true), Code::AdministratorTokenUnusable),
        ((true, true, false), Code::TargetWrongPassword),
        ((false, false, false), Code::AdministratorWrongPassword),
    ];
    for ((administrator, disk, target), code) in cases {
        let knowledge = Knowledge {
            administrator_local: Some(administrator),
            administrator_disk: Some(disk),
            target_local: Some(target),
            full_disk_access: Some(true),
            ..Knowledge::NONE
        };
        assert_eq!(plan(&healthy(), knowledge).only_outcome(), Some(code));
    }
}

#[test]
fn without_full_disk_access_nothing_could_be_proved_so_nothing_is_tried() {
    let knowledge = Knowledge {
        administrator_local: Some(true),
        full_disk_access: Some(false),
        ..Knowledge::NONE
    };
    assert_eq!(
        plan(&healthy(), knowledge).only_outcome(),
        Some(Code::FullDiskAccessMissing)
    );
}

#[test]
fn the_mac_itself_can_stand_in_the_way() {
    let mut old = healthy();
    old.system = crate::support::known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    assert_eq!(refusal(&old), Some(Code::OsTooOld));
    assert_eq!(
        plan(&old, Knowledge::NONE).rows.len(),
        2,
        "rows about tokens have no meaning here"
    );

    for format in [VolumeFormat::Hfs, VolumeFormat::CoreStorage] {
        let mut volume = healthy();
        volume.boot_volume = crate::support::known(BootVolume {
            device: "disk0s2".to_owned(),
            format,
        });
        assert_eq!(refusal(&volume), Some(Code::VolumeNotApfs));
    }

    let never = Situation {
        observation: None,
        online: false,
        knowledge: Knowledge::NONE,
    };
    assert_eq!(
        Plan::for_action(&grant("ada", "ben"), &never).refusal(),
        Some(Code::NotObserved)
    );
}

#[test]
fn who_is_disabled_hands_nothing_on_and_is_not_tried() {
    let disabled = || Account {
        disabled: true,
        ..enabled("ada", true)
    };
    for others in [vec![], vec![enabled("cleo", true)]] {
        let accounts = [vec![disabled(), account("ben", false)], others].concat();
        let plan = plan(&mac(accounts), Knowledge::NONE);
        assert_eq!(plan.refusal(), Some(Code::AdministratorDisabled));
        assert!(!plan.granters.contains(&"ada".to_owned()));
    }
    let plan = plan(&mac(vec![disabled(), account("ben", false)]), Knowledge::NONE);
    let row = plan
        .rows
        .iter()
        .find(|row| row.check == Check::GranterExists)
        .unwrap();
    assert_eq!(row.saw, "only standard and disabled accounts hold a token");
}

#[test]
fn three_troubles_of_the_chain_are_told_apart() {
    let nobody = mac(vec![account("ada", true), account("ben", false)]);
    assert_eq!(refusal(&nobody), Some(Code::ChainBroken));
    assert!(plan(&nobody, Knowledge::NONE).cost.needs_visit);

    let only_standard = mac(vec![
        account("ada", true),
        account("ben", false),
        enabled("cleo", false),
    ]);
    assert_eq!(refusal(&only_standard), Some(Code::NoGranter));
    assert_eq!(plan(&only_standard, Knowledge::NONE).standard_holders, ["cleo"]);

    let without = mac(vec![
        account("ada", true),
        account("ben", false),
        enabled("dora", true),
    ]);
    assert_eq!(refusal(&without), Some(Code::AdministratorHasNoToken));
    assert_eq!(plan(&without, Knowledge::NONE).granters, ["dora"]);
}

#[test]
fn a_standard_holder_named_as_administrator_is_told_so() {
    let mac = mac(vec![
        enabled("ada", false),
        account("ben", false),
        account("root2", true),
    ]);
    assert_eq!(refusal(&mac), Some(Code::AdministratorNotAdmin));
}

#[test]
fn accounts_that_are_not_there_are_named() {
    let no_target = mac(vec![enabled("ada", true)]);
    assert_eq!(refusal(&no_target), Some(Code::TargetUnknown));
    let no_administrator = mac(vec![account("ben", false), enabled("dora", true)]);
    assert_eq!(refusal(&no_administrator), Some(Code::AdministratorUnknown));
}

#[test]
fn a_dead_token_is_neither_a_granter_nor_already_granted() {
    let proof = TokenProof {
        result: ProofResult::DiskRefused,
        at: crate::support::NOW,
        password_set_at: Some(crate::support::NOW),
    };
    let dead = |name: &str, admin| Account {
        token_proof: Some(proof),
        ..enabled(name, admin)
    };

    let granter = mac(vec![
        dead("ada", true),
        account("ben", false),
        enabled("dora", true),
    ]);
    assert_eq!(refusal(&granter), Some(Code::AdministratorTokenUnusable));
    let alone = mac(vec![dead("ada", true), account("ben", false)]);
    assert_eq!(refusal(&alone), Some(Code::ChainBroken));
    let target = mac(vec![enabled("ada", true), dead("ben", false)]);
    assert_eq!(refusal(&target), Some(Code::TokenUnusable));
}

#[test]
fn a_target_that_holds_one_needs_nobody_to_hand_it_on() {
    let mac = mac(vec![account("ada", true), enabled("ben", false)]);
    let plan = plan(&mac, Knowledge::NONE);
    assert_eq!(plan.only_outcome(), Some(Code::AlreadyGranted));
    assert_eq!(
        plan.cost.local_password_tries, 0,
        "no password is tried for nothing"
    );
}

#[test]
fn what_the_mac_did_not_tell_stays_open_and_is_not_guessed() {
    let mut silent = healthy();
    silent.crypto_users = unknown();
    let plan = plan(&silent, Knowledge::NONE);
    assert_eq!(plan.refusal(), None);
    assert!(plan.outcomes.contains(&Code::ChainBroken) && plan.outcomes.contains(&Code::Granted));
}

#[test]
fn being_offline_warns_and_changes_neither_outcome_nor_id() {
    let observation = healthy();
    let situation = |online| Situation {
        observation: Some(&observation),
        online,
        knowledge: Knowledge::NONE,
    };
    let action = grant("ada", "ben");
    let [online, offline] = [true, false].map(|online| Plan::for_action(&action, &situation(online)));
    assert_eq!(online.outcomes, offline.outcomes);
    assert_eq!(online.id(&action), offline.id(&action));
    let row = offline
        .rows
        .iter()
        .find(|row| row.check == Check::DeviceOnline)
        .unwrap();
    assert_eq!(row.state, RowState::Warning);
}

#[test]
fn the_id_of_a_plan_changes_with_what_it_says() {
    let action = grant("ada", "ben");
    let before = plan(&healthy(), Knowledge::NONE).id(&action);
    let after = plan(
        &mac(vec![enabled("ada", true), enabled("ben", false)]),
        Knowledge::NONE,
    )
    .id(&action);
    assert_ne!(before, after);
    assert_ne!(
        before,
        plan(&healthy(), Knowledge::NONE).id(&grant("ada", "cleo"))
    );
}

#[test]
fn a_standard_holder_is_promoted_only_when_the_order_says_so() {
    let mac = mac(vec![enabled("ada", false), account("ben", false)]);
    let action = Action::GrantSecureToken(GrantSecureToken {
        administrator: "ada".parse().unwrap(),
        target: "ben".parse().unwrap(),
        promote_administrator: true,
    });
    let situation = Situation {
        observation: Some(&mac),
        online: true,
        knowledge: Knowledge::NONE,
    };
    let plan = Plan::for_action(&action, &situation);
    assert_eq!(plan.refusal(), None);
    assert!(
        plan.rows.iter().any(|row| row.check == Check::Promotion),
        "the promotion has a row of its own"
    );
    assert_eq!(refusal(&mac), Some(Code::AdministratorNotAdmin));
}

#[test]
fn accounts_that_the_mac_did_not_tell_are_not_taken_for_missing() {
    let mut mac = mac(vec![]);
    mac.accounts = unknown();
    let plan = plan(&mac, Knowledge::NONE);
    assert_eq!(plan.refusal(), None, "{plan:#?}");
    for code in [
        Code::AdministratorUnknown,
        Code::TargetUnknown,
        Code::AlreadyGranted,
        Code::Granted,
    ] {
        assert!(plan.outcomes.contains(&code), "{code}");
    }
}
