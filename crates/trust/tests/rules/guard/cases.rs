//! The guard on hand-made Macs.

use crate::support::{NOW, account, enabled, known, mac, unknown};
use trust::guard::{Change, Forecast, Loss, Verdict, Warning, forecast};
use trust::observation::*;
use trust::os::OsVersion;
use trust::service_account::RECORD_NAME;

fn with_proof(account: Account, result: ProofResult) -> Account {
    let token_proof = Some(TokenProof {
        result,
        at: NOW,
        password_set_at: Some(NOW),
    });
    Account {
        token_proof,
        ..account
    }
}

fn proved(name: &str, administrator: bool) -> Account {
    with_proof(enabled(name, administrator), ProofResult::Usable)
}

fn unusable(name: &str, administrator: bool) -> Account {
    with_proof(enabled(name, administrator), ProofResult::DiskRefused)
}

fn disabled(account: Account) -> Account {
    Account {
        disabled: true,
        ..account
    }
}

fn of(change: Change<'_>, accounts: Vec<Account>) -> Forecast {
    forecast(&change, &mac(accounts))
}

fn losses(change: Change<'_>, accounts: Vec<Account>) -> Vec<Loss> {
    let forecast = of(change, accounts);
    assert_eq!(forecast.verdict == Verdict::Cuts, !forecast.losses.is_empty());
    forecast.losses
}

const ADA: Change<'static> = Change::Delete("ada");

#[test]
fn the_last_of_each_kind_stays() {
    use Loss::*;
    let of_everything = vec![
        LastHolder,
        LastProvedHolder,
        LastGranter,
        LastVolumeOwner,
        LastAdministrator,
    ];
    for change in [ADA, Change::Disable("ada")] {
        assert_eq!(
            losses(change, vec![proved("ada", true), account("ben", false)]),
            of_everything
        );
    }
    let rights = |ben: Account| losses(Change::Demote("ada"), vec![proved("ada", true), ben]);
    assert_eq!(rights(proved("ben", false)), [LastGranter, LastAdministrator]);
    assert_eq!(rights(account("ben", true)), [LastGranter]);
    assert_eq!(rights(enabled("ben", true)), []);
    let unproved = vec![proved("ada", true), enabled("ben", true)];
    assert_eq!(losses(ADA, unproved), [LastProvedHolder]);
    let standard = vec![proved("ada", true), proved("ben", false), account("cleo", true)];
    assert_eq!(losses(ADA, standard), [LastGranter]);
    let no_token = vec![account("ada", true), proved("ben", false)];
    assert_eq!(losses(ADA, no_token), [LastAdministrator]);
    assert_eq!(losses(ADA, vec![proved("ada", true), proved("ben", true)]), []);
}

#[test]
fn one_that_is_left_is_told() {
    let forecast = of(ADA, vec![proved("ada", true), proved("ben", true)]);
    assert_eq!(forecast.verdict, Verdict::Warns);
    assert_eq!(forecast.warnings, [Warning::OneHolderLeft]);
    assert_eq!(forecast.in_words(), "only ben would hold a Secure Token");
    let three = vec![proved("ada", true), proved("ben", true), proved("cleo", true)];
    assert_eq!(of(ADA, three).verdict, Verdict::Safe);
    let unproved = of(ADA, vec![enabled("ada", true), enabled("ben", true)]);
    assert_eq!(unproved.warnings, [Warning::OneHolderLeft, Warning::NobodyProved]);
    let granter = vec![proved("ada", true), proved("ben", true), proved("cleo", false)];
    assert_eq!(of(ADA, granter).warnings, [Warning::OneGranterLeft]);
}

#[test]
fn what_is_unusable_or_disabled_counts_for_nobody() {
    for other in [unusable("ben", true), disabled(proved("ben", true))] {
        let lost = losses(ADA, vec![proved("ada", true), other.clone()]);
        assert!(lost.contains(&Loss::LastHolder), "{other:?}");
        // And taking it away takes nothing away.
        let ben = of(Change::Delete("ben"), vec![proved("ada", true), other]);
        assert!(!ben.losses.contains(&Loss::LastHolder) && !ben.losses.contains(&Loss::LastGranter));
    }
    let enabled_again = of(Change::Enable("ben"), vec![disabled(proved("ben", true))]);
    assert_eq!(enabled_again.verdict, Verdict::Safe);
    assert_eq!(enabled_again.after.granters, ["ben"]);
}

#[test]
fn what_is_not_known_counts_where_it_would_be_lost_and_not_where_it_would_be_left() {
    let untold = |name| Account {
        token_label: unknown(),
        ..account(name, true)
    };
    assert_eq!(
        losses(ADA, vec![untold("ada"), account("ben", true)]),
        [Loss::LastHolder, Loss::LastGranter]
    );
    assert_eq!(
        losses(ADA, vec![proved("ada", true), untold("ben")])[0],
        Loss::LastHolder
    );
    let mut nothing_told = mac(vec![]);
    nothing_told.accounts = unknown();
    assert_eq!(forecast(&ADA, &nothing_told).verdict, Verdict::CannotTell);
}

#[test]
fn a_mac_without_tokens_has_only_administrators_to_lose() {
    let mut old = mac(vec![account("ada", true), account("ben", true)]);
    old.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    if let trust::fact::Fact::Known { value, .. } = &mut old.accounts {
        value[0].token_label = unknown();
    }
    assert_eq!(forecast(&ADA, &old).verdict, Verdict::Safe);
}

#[test]
fn leaving_the_service_account_or_the_mdm_counts_too() {
    let whole = vec![proved("ada", true), proved(RECORD_NAME, true)];
    let uninstall = of(Change::Uninstall, whole.clone());
    assert_eq!(uninstall.verdict, Verdict::Warns);
    assert_eq!(
        uninstall.warnings,
        [Warning::OneHolderLeft, Warning::ServiceAccountGoes]
    );
    assert_eq!(of(Change::Delete(RECORD_NAME), whole.clone()), uninstall);
    // Nobody can work as the service account.
    assert_eq!(losses(ADA, whole), [Loss::LastAdministrator]);
    let alone = vec![account("ada", true), proved(RECORD_NAME, true)];
    assert_eq!(losses(Change::Uninstall, alone)[0], Loss::LastHolder);

    let mut managed = mac(vec![proved("ada", true)]);
    managed.bootstrap_token = known(BootstrapToken {
        supported: true,
        escrowed: true,
    });
    let left = forecast(&Change::MdmUnenrol, &managed);
    assert_eq!(left.warnings, [Warning::BootstrapTokenGoes]);
    managed.accounts = known(vec![account("ada", true)]);
    let needed = forecast(&Change::MdmUnenrol, &managed);
    assert_eq!(needed.losses, [Loss::BootstrapToken]);
    managed.bootstrap_token = unknown();
    assert_eq!(forecast(&Change::MdmUnenrol, &managed).verdict, Verdict::Safe);
}

#[test]
fn a_reset_that_fails_leaves_whoever_helped() {
    let reset = Change::Reset {
        target: "ben",
        administrator: "ada",
    };
    // The helper's password is proved before anything is touched.
    let helped = of(reset, vec![enabled("ada", true), proved("ben", true)]);
    assert_eq!(helped.losses, []);
    assert_eq!(helped.after.proved_holders, ["ada"]);
    assert_eq!(
        losses(reset, vec![account("ada", true), proved("ben", true)])[0],
        Loss::LastHolder
    );
}

#[test]
fn words_are_those_of_the_json() {
    for verdict in Verdict::ALL {
        assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.word());
        assert_eq!(Verdict::from_word(verdict.word()), Some(verdict));
    }
    for loss in Loss::ALL {
        assert_eq!(serde_json::to_value(loss).unwrap(), loss.word());
        assert_eq!(Loss::from_word(loss.word()), Some(loss));
    }
}
