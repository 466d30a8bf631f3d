//! What installing the agent again over the top can do, and whose credentials carry it.

use trust::code::Code;
use trust::fact::Fact;
use trust::lock_out::{LockOut, LockOutRule, Unlock};
use trust::observation::*;
use trust::plan::{Knowledge, Plan, Situation};
use trust::service_account::{Reinstall, Settings, fault, reinstall};

use super::support::{bestow, bestow_without_token, conflict, not_told, proved, valid, valid_but, with};
use crate::support::{account, enabled, known};

fn decided(observation: &Observation) -> Reinstall {
    reinstall(observation, &Settings::default())
}

fn by(fault: &str, administrators: &[&str]) -> Reinstall {
    Reinstall::ByAdministrator {
        fault: fault.to_owned(),
        administrators: administrators.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// The keychain has lost its password.
fn lost() -> Observation {
    valid_but(|seen| seen.stored.current = false)
}

fn refusal(observation: &Observation, administrator: &str, knowledge: Knowledge) -> Option<Code> {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_reinstall(&administrator.parse().unwrap(), false, &situation).refusal()
}

#[test]
fn what_is_well_or_unwanted_is_left_alone() {
    assert!(matches!(decided(&valid()), Reinstall::Nothing { .. }));
    let unwanted = Settings {
        wanted: false,
        ..Settings::default()
    };
    assert!(matches!(reinstall(&lost(), &unwanted), Reinstall::Nothing { .. }));
    let mut old = lost();
    let volume = old.boot_volume.value().unwrap().clone();
    old.boot_volume = known(BootVolume {
        format: VolumeFormat::Hfs,
        ..volume
    });
    assert!(matches!(decided(&old), Reinstall::Nothing { .. }));
}

#[test]
fn who_can_help_is_named() {
    assert_eq!(decided(&lost()), by("password lost", &["ada"]));
    let people = || {
        vec![
            enabled("ada", true),
            enabled("cleo", true),
            account("dora", true),
            enabled("stan", false),
        ]
    };
    assert_eq!(
        decided(&with(people(), proved())),
        by("no service account", &["ada", "cleo"])
    );
    let promotes = Settings {
        promote_administrators: true,
        ..Settings::default()
    };
    assert_eq!(
        reinstall(&with(people(), proved()), &promotes),
        by("no service account", &["ada", "cleo", "stan"])
    );
    // Before the first restart nothing is wrong, and it can be made already.
    let fresh = ServiceAccount {
        restarted_since_enrolment: false,
        ..proved()
    };
    assert_eq!(
        decided(&with(people(), fresh)),
        by("not made yet", &["ada", "cleo"])
    );
}

#[test]
fn without_anybody_it_is_routed_to_recovery() {
    let recovery = |code| Reinstall::Recovery { code };
    let none = with(vec![account("ada", true)], proved());
    assert_eq!(decided(&none), recovery(Code::ChainBroken));
    let standard = with(vec![account("ada", true), enabled("stan", false)], proved());
    assert_eq!(decided(&standard), recovery(Code::NoGranter));
    // Its own token helps it to nothing.
    let mut alone = with(vec![bestow(), account("ada", true)], proved());
    alone.service_account = lost().service_account;
    assert_eq!(decided(&alone), recovery(Code::ChainBroken));
}

#[test]
fn a_mac_that_did_not_tell_asks_whoever_is_there() {
    let untold = not_told(valid());
    assert_eq!(decided(&untold), by(&fault(&untold), &["ada"]));
}

#[test]
fn each_credential_that_does_not_carry_it_has_its_code() {
    let mut mac = with(
        vec![
            bestow_without_token(),
            enabled("ada", true),
            account("cleo", true),
            enabled("stan", false),
        ],
        proved(),
    );
    assert_eq!(refusal(&mac, "ada", Knowledge::NONE), None);
    for (name, code) in [
        ("nobody_1", Code::AdministratorUnknown),
        ("cleo", Code::AdministratorHasNoToken),
        ("stan", Code::AdministratorNotAdmin),
        ("_bestow", Code::ServiceAccountNeedsHolder),
    ] {
        assert_eq!(refusal(&mac, name, Knowledge::NONE), Some(code), "{name}");
    }
    let tried = |change: fn(&mut Knowledge)| {
        let mut known = Knowledge::NONE;
        change(&mut known);
        refusal(&mac, "ada", known)
    };
    assert_eq!(
        tried(|known| known.administrator_local = Some(false)),
        Some(Code::AdministratorWrongPassword)
    );
    assert_eq!(
        tried(|known| known.administrator_disk = Some(false)),
        Some(Code::AdministratorTokenUnusable)
    );
    assert_eq!(
        tried(|known| known.administrator_tries_spent = true),
        Some(Code::AttemptBudgetSpent)
    );
    assert_eq!(
        tried(|known| known.full_disk_access = Some(false)),
        Some(Code::FullDiskAccessMissing)
    );
    let Fact::Known { value, .. } = &mut mac.accounts else {
        unreachable!("accounts were seen")
    };
    value[1].lock_out = Some(LockOut {
        failures: 5,
        unlock: Unlock::ByPerson,
    });
    let locked = Knowledge {
        administrator_locked: true,
        ..Knowledge::NONE
    };
    assert_eq!(refusal(&mac, "ada", locked), Some(Code::AccountLockedOut));
}

#[test]
fn apple_silicon_asks_for_a_volume_owner_and_intel_knows_none() {
    let mut mac = lost();
    disown(&mut mac, "ada");
    assert_eq!(
        refusal(&mac, "ada", Knowledge::NONE),
        Some(Code::AdministratorNotVolumeOwner)
    );
    let hardware = mac.hardware.value().unwrap().clone();
    mac.hardware = known(Hardware {
        chip: Chip::T2,
        ..hardware
    });
    assert_eq!(refusal(&mac, "ada", Knowledge::NONE), None);
}

#[test]
fn a_policy_that_leaves_no_password_is_told_before_anybody_is_tried() {
    let mac = valid_but(|seen| {
        seen.stored.current = false;
        seen.policy.password = conflict();
    });
    assert_eq!(
        refusal(&mac, "ada", Knowledge::NONE),
        Some(Code::PasswordPolicyConflict)
    );
}

#[test]
fn the_next_wrong_password_is_one_too_many_only_after_others() {
    let rule = |after| LockOutRule::Locks { after, for_s: None };
    for (rule, failures, may_lock) in [
        (rule(5), 3, false),
        (rule(5), 4, true),
        (rule(5), 9, true),
        (rule(2), 1, true),
        // Somebody has to be able to begin.
        (rule(1), 0, false),
        (LockOutRule::Never, 99, false),
        (LockOutRule::CannotTell, 99, false),
        (LockOutRule::Untold, 99, false),
    ] {
        assert_eq!(
            rule.next_may_lock(failures),
            may_lock,
            "{rule:?} after {failures}"
        );
    }
}

/// The disk lists the account as one that does not own the volume.
pub(super) fn disown(mac: &mut Observation, name: &str) {
    let guid = mac.account(name).unwrap().guid.clone();
    let Fact::Known { value, .. } = &mut mac.crypto_users else {
        unreachable!("crypto users were seen")
    };
    let user = value.iter_mut().find(|user| user.uuid == guid);
    user.unwrap().volume_owner = Some(false);
}
