//! Which ways are open, and which are refused.

use trust::action::Action;
use trust::observation::*;
use trust::plan::{Knowledge, Plan, Situation};
use trust::recovery::{Need, Standing, Way, recovery};

use crate::branches::*;
use crate::support::{account, enabled, known, mac, unknown};

#[test]
fn a_mac_that_can_hand_on_needs_no_way_back_and_one_that_did_not_tell_gets_none() {
    let healthy = recovery(&mac(vec![enabled("ada", true)]));
    assert_eq!((healthy.need, healthy.ways.len()), (Need::None, 0));
    let mut silent = mac(Vec::new());
    silent.accounts = unknown();
    let silent = recovery(&silent);
    assert_eq!((silent.need, silent.ways.len()), (Need::Unknown, 0));
}

#[test]
fn every_way_is_judged_once_closed_ones_last_and_erasing_last_of_what_is_left() {
    for branch in all() {
        let found = recovery(&branch.mac);
        assert_eq!(found.ways.len(), Way::ALL.len(), "{}", branch.name);
        let open: Vec<_> = found
            .ways
            .iter()
            .take_while(|way| way.standing != Standing::Closed)
            .collect();
        assert!(
            found.ways[open.len()..]
                .iter()
                .all(|way| way.standing == Standing::Closed),
            "{}",
            branch.name
        );
        let last = open.last().unwrap();
        assert_eq!(
            (last.way, last.standing),
            (Way::Erase, Standing::Open),
            "{}",
            branch.name
        );
        for way in &found.ways {
            assert!(!way.because.is_empty(), "{}: {way:?}", branch.name);
            let steps = way.guide.as_ref().map(|guide| guide.steps.len());
            assert_eq!(
                steps.is_none(),
                way.standing == Standing::Closed,
                "{}: {way:?}",
                branch.name
            );
            assert!(
                way.standing != Standing::Uncertain
                    || !way.unknowns.is_empty()
                    || way.because.contains("not"),
                "{}: nothing is uncertain of {way:?}",
                branch.name
            );
            let loses = way.guide.as_ref().is_some_and(|guide| guide.loses_data);
            assert_eq!(loses, way.way == Way::Erase, "{}", branch.name);
        }
    }
}

#[test]
fn apple_silicon_is_refused_the_institutional_key_whether_it_has_one_or_not() {
    for seen in [
        broken(Chip::AppleSilicon, "15.2"),
        with_institutional_key(broken(Chip::AppleSilicon, "11.4")),
    ] {
        let refused = way(&seen, Way::InstitutionalRecoveryKey);
        assert_eq!(refused.standing, Standing::Closed);
        assert!(
            refused
                .because
                .contains("cannot use an institutional recovery key"),
            "{refused:?}"
        );
    }
    let has_one = way(
        &with_institutional_key(broken(Chip::AppleSilicon, "15.2")),
        Way::InstitutionalRecoveryKey,
    );
    assert!(has_one.because.contains("do not count on it"), "{has_one:?}");
}

#[test]
fn intel_can_use_the_institutional_key_where_there_is_one_and_filevault_is_on() {
    let key = Way::InstitutionalRecoveryKey;
    for (chip, version, expected) in [
        (Chip::Intel, "10.13.6", Standing::Open),
        (Chip::Intel, "10.14.6", Standing::Open),
        (Chip::T2, "10.14.6", Standing::Open),
        (Chip::Intel, "10.15.7", Standing::Uncertain),
        (Chip::T2, "12.7.6", Standing::Uncertain),
    ] {
        let seen = broken(chip, version);
        assert_eq!(standing(&seen, key), Standing::Closed, "there is none");
        let mut seen = with_institutional_key(seen);
        assert_eq!(standing(&seen, key), expected, "{chip:?} {version}");
        seen.filevault = known(FileVault::Off);
        assert_eq!(standing(&seen, key), Standing::Closed, "FileVault is off");
    }
}

#[test]
fn a_chip_that_was_not_told_leaves_the_institutional_key_uncertain() {
    let mut seen = with_institutional_key(broken(Chip::Intel, "12.7.6"));
    seen.hardware = unknown();
    assert_eq!(
        standing(&seen, Way::InstitutionalRecoveryKey),
        Standing::Uncertain
    );
}

#[test]
fn a_recovery_key_is_open_only_when_filevault_and_the_disk_agree() {
    let key = Way::PersonalRecoveryKey;
    let none = broken(Chip::AppleSilicon, "15.2");
    assert_eq!(standing(&none, key), Standing::Closed);
    assert_eq!(standing(&with_recovery_key(none.clone()), key), Standing::Open);
    let mut contradiction = with_recovery_key(none.clone());
    contradiction.security.personal_recovery_key = known(false);
    assert_eq!(standing(&contradiction, key), Standing::Uncertain);
    contradiction.security.personal_recovery_key = unknown();
    assert_eq!(standing(&contradiction, key), Standing::Uncertain);
    let mut only_said = none;
    only_said.security.personal_recovery_key = known(true);
    assert_eq!(standing(&only_said, key), Standing::Uncertain);
    let mut off = with_recovery_key(broken(Chip::AppleSilicon, "15.2"));
    off.filevault = known(FileVault::Off);
    assert_eq!(
        standing(&off, key),
        Standing::Closed,
        "macOS 15 lists one while FileVault is off"
    );
    assert_eq!(standing(&off, Way::PasswordReset), Standing::Uncertain);
}

#[test]
fn the_bootstrap_token_needs_an_mdm_that_has_it_and_a_disk_that_lists_it() {
    let token = Way::BootstrapToken;
    let good = with_bootstrap_token(broken(Chip::AppleSilicon, "15.2"));
    assert_eq!(standing(&good, token), Standing::Open);
    let mut gone = good.clone();
    gone.bootstrap_token = known(BootstrapToken {
        supported: true,
        escrowed: false,
    });
    assert_eq!(standing(&gone, token), Standing::Closed);
    let mut not_listed = good.clone();
    not_listed.crypto_users = known(Vec::new());
    assert_eq!(standing(&not_listed, token), Standing::Closed);
    let mut not_told = good;
    not_told.bootstrap_token = unknown();
    assert_eq!(standing(&not_told, token), Standing::Uncertain);
    let catalina = with_bootstrap_token(broken(Chip::T2, "10.15.7"));
    assert_eq!(standing(&catalina, token), Standing::Uncertain);
    let mojave = with_bootstrap_token(broken(Chip::T2, "10.14.6"));
    assert_eq!(standing(&mojave, token), Standing::Closed);
}

#[test]
fn nobody_is_sent_to_restart_a_mac_that_nobody_can_open() {
    let warns = |seen: &Observation| {
        let guide = way(seen, Way::BootstrapToken).guide.unwrap();
        guide.steps.iter().any(|step| step.contains("Do not restart"))
    };
    let locked = with_bootstrap_token(broken(Chip::AppleSilicon, "15.2"));
    assert!(warns(&locked));
    let mut off = locked.clone();
    off.filevault = known(FileVault::Off);
    assert!(!warns(&off));
    let mut held = locked;
    held.accounts = known(vec![enabled("stan", false)]);
    held.crypto_users = known(
        held.crypto_users
            .value()
            .unwrap()
            .iter()
            .cloned()
            .chain([CryptoUser {
                uuid: "GUID-OF-STAN".to_owned(),
                kind: CryptoUserKind::LocalAccount,
                volume_owner: None,
            }])
            .collect(),
    );
    assert!(!warns(&held), "stan can open the disk");
}

#[test]
fn a_standard_holder_has_a_ready_made_hand_over_that_its_plan_allows() {
    let seen = standard_holder();
    assert_eq!(recovery(&seen).need, Need::NoGranter);
    let action = way(&seen, Way::AnotherHolder).action.unwrap();
    let Action::GrantSecureToken(grant) = &action else {
        panic!("{action:?}")
    };
    assert_eq!(
        (grant.administrator.as_str(), grant.target.as_str()),
        ("stan", "ada")
    );
    let situation = Situation {
        observation: Some(&seen),
        online: true,
        knowledge: Knowledge::NONE,
    };
    assert_eq!(Plan::for_action(&action, &situation).refusal(), None);
}

#[test]
fn a_service_account_that_cannot_hand_on_is_repaired_by_the_agent_alone() {
    let disabled = Account {
        disabled: true,
        ..enabled("_bestow", true)
    };
    for own in [enabled("_bestow", false), disabled] {
        let own_way = way(&mac(vec![own.clone(), account("ada", true)]), Way::AnotherHolder);
        assert_eq!(own_way.standing, Standing::Open);
        assert!(
            matches!(own_way.action, Some(Action::RepairServiceAccount(_))),
            "{own_way:?}"
        );
        let by_stan = way(&mac(vec![own, enabled("stan", false)]), Way::AnotherHolder);
        assert!(by_stan.because.contains("stan"), "{by_stan:?}");
    }
}

#[test]
fn the_first_token_may_be_there_only_as_long_as_no_key_guards_the_disk() {
    let mut seen = unclaimed();
    assert_eq!(standing(&seen, Way::FirstToken), Standing::Uncertain);
    seen.crypto_users = unknown();
    assert_eq!(standing(&seen, Way::FirstToken), Standing::Uncertain);
    assert_eq!(
        standing(&broken(Chip::AppleSilicon, "15.2"), Way::FirstToken),
        Standing::Closed
    );
}

#[test]
fn a_dead_token_leads_to_the_password_that_the_disk_knows() {
    let former = way(&dead_token(), Way::FormerPassword);
    assert_eq!(former.standing, Standing::Uncertain);
    assert!(former.because.contains("cleo"), "{former:?}");
    assert_eq!(
        standing(&broken(Chip::AppleSilicon, "15.2"), Way::FormerPassword),
        Standing::Closed
    );
}

#[test]
fn every_account_is_named_when_all_need_a_new_password() {
    let guide = way(
        &with_recovery_key(broken(Chip::AppleSilicon, "15.2")),
        Way::PersonalRecoveryKey,
    )
    .guide
    .unwrap();
    assert!(
        guide.steps.iter().any(|step| step.contains("ada, ben")),
        "{guide:?}"
    );
}
