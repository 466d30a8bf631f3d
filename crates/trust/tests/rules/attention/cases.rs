//! The case that a Mac is, from what was seen of it.

use trust::attention::{Case, Helper, ServiceAccountCase, Told};
use trust::finding::{RemedyKind, of_service_account};
use trust::observation::*;
use trust::service_account::{Rung, Settings, Status, status};

use crate::service_account::support::{
    answered, bestow, bestow_without_token, conflict, not_told, proved, valid, valid_but, with,
};
use crate::support::{account, enabled, known, unknown};

fn case(observation: &Observation) -> Case {
    Case::of(observation, &Settings::default())
}

fn missing() -> Observation {
    with(vec![enabled("ada", true)], proved())
}

#[test]
fn a_mac_without_one_waits_for_a_restart_and_then_for_a_login() {
    assert_eq!(case(&missing()).account, ServiceAccountCase::Absent);
    assert_eq!(case(&missing()).cheapest(), Some(RemedyKind::NextLogin));
    let fresh = with(vec![enabled("ada", true)], waiting());
    assert_eq!(case(&fresh).restarted, Told::No);
    assert_eq!(case(&fresh).cheapest(), Some(RemedyKind::Restart));
}

#[test]
fn a_login_helps_only_where_the_agent_is_told_of_logins() {
    let mut deaf = missing();
    deaf.login_plugin = known(LoginPlugin::NotInstalled);
    assert_eq!(case(&deaf).cheapest(), Some(RemedyKind::Console));
}

/// Where nobody is known to hold a token, a restart may lead to the login of somebody who does.
#[test]
fn a_restart_may_help_where_the_mac_did_not_tell_who_can() {
    let untold = Account {
        token_label: unknown(),
        ..account("ada", true)
    };
    let mut fresh = with(vec![untold], waiting());
    let restart = Some(RemedyKind::Restart);
    fresh.login_plugin = unknown();
    assert_eq!(case(&fresh).cheapest(), restart);
    fresh.login_plugin = known(LoginPlugin::Registered);
    assert_eq!(case(&fresh).cheapest(), restart);
    fresh.login_plugin = known(LoginPlugin::NotInstalled);
    assert_eq!(case(&fresh).cheapest(), Some(RemedyKind::Utility));
}

/// The list of Macs and the finding on a Mac's page name the same way.
#[test]
fn a_restart_is_a_remedy_exactly_where_it_is_the_cheapest() {
    let plugins = [
        unknown(),
        known(LoginPlugin::Registered),
        known(LoginPlugin::NotInstalled),
    ];
    let untold = Account {
        token_label: unknown(),
        ..account("cleo", true)
    };
    let accounts = [
        vec![enabled("ada", true)],
        vec![enabled("ben", false)],
        vec![account("ada", true)],
        vec![untold],
    ];
    for (plugin, accounts) in plugins
        .iter()
        .flat_map(|plugin| accounts.iter().map(move |all| (plugin, all)))
    {
        let mut mac = with(accounts.clone(), waiting());
        mac.login_plugin = plugin.clone();
        let found = of_service_account(&mac, &Settings::default());
        let offered = found
            .iter()
            .flat_map(|finding| &finding.remedies)
            .any(|remedy| remedy.kind() == RemedyKind::Restart);
        let cheapest = case(&mac).cheapest() == Some(RemedyKind::Restart);
        assert_eq!(offered, cheapest, "{plugin:?} {accounts:?}");
    }
}

/// Nobody has restarted the Mac since the agent came.
fn waiting() -> ServiceAccount {
    ServiceAccount {
        restarted_since_enrolment: false,
        login_seen_since_restart: false,
        ..proved()
    }
}

#[test]
fn each_way_that_was_tried_in_vain_leads_to_the_next() {
    let wrong = || Some(answered(PasswordAnswer::Wrong));
    let mut tried = vec![Rung::Retry, Rung::PreviousPassword];
    let mut found = Vec::new();
    for rung in [
        Rung::HolderLogin,
        Rung::OtherHolder,
        Rung::Utility,
        Rung::Recovery,
    ] {
        let seen = valid_but(|seen| {
            seen.disk_password = wrong();
            seen.tried.clone_from(&tried);
        });
        found.extend(case(&seen).cheapest());
        tried.push(rung);
    }
    let ladder = [
        RemedyKind::NextLogin,
        RemedyKind::Console,
        RemedyKind::Utility,
        RemedyKind::Reinstall,
    ];
    assert_eq!(found, ladder);
}

#[test]
fn the_agent_goes_first_where_it_can() {
    let seen = valid_but(|seen| {
        seen.local_password = Some(answered(PasswordAnswer::Wrong));
        seen.stored.previous = true;
    });
    assert_eq!(case(&seen).cheapest(), Some(RemedyKind::Agent));
}

#[test]
fn a_policy_or_a_missing_permission_comes_before_anybodys_password() {
    let mut refused = missing();
    refused.full_disk_access = known(false);
    assert_eq!(case(&refused).cheapest(), Some(RemedyKind::Management));
    let seen = ServiceAccount {
        policy: PolicyOutlook {
            password: conflict(),
            ..proved().policy
        },
        ..proved()
    };
    let stuck = with(vec![enabled("ada", true)], seen);
    assert_eq!(case(&stuck).cheapest(), Some(RemedyKind::Management));
}

#[test]
fn who_can_help_is_told_apart() {
    let helper = |accounts: Vec<Account>| case(&with(accounts, proved())).helper;
    assert_eq!(
        helper(vec![enabled("ada", true), enabled("ben", false)]),
        Helper::Administrator
    );
    assert_eq!(
        helper(vec![account("ada", true), enabled("ben", false)]),
        Helper::StandardOnly
    );
    assert_eq!(helper(vec![account("ada", true), bestow()]), Helper::Nobody);
    let disabled = Account {
        disabled: true,
        ..enabled("ada", true)
    };
    assert_eq!(helper(vec![disabled]), Helper::Nobody);
    let untold = Account {
        token_label: unknown(),
        ..account("ada", true)
    };
    assert_eq!(helper(vec![untold]), Helper::Unknown);
    let promoting = Settings {
        promote_administrators: true,
        ..Settings::default()
    };
    let standard = with(vec![enabled("ben", false)], proved());
    assert_eq!(Case::of(&standard, &promoting).helper, Helper::Administrator);
}

/// Something is cheapest exactly where the service account is missing or invalid.
#[test]
fn a_remedy_is_named_exactly_where_one_is_needed() {
    let wrong = || Some(answered(PasswordAnswer::Wrong));
    let ada = || enabled("ada", true);
    let macs = [
        valid(),
        not_told(valid()),
        missing(),
        with(vec![], proved()),
        with(vec![bestow_without_token(), ada()], proved()),
        with(
            vec![
                Account {
                    administrator: false,
                    ..bestow()
                },
                ada(),
            ],
            proved(),
        ),
        valid_but(|seen| seen.stored = StoredPasswords::default()),
        valid_but(|seen| seen.local_password = wrong()),
        valid_but(|seen| seen.disk_password = wrong()),
        valid_but(|seen| seen.disk_password = None),
        valid_but(|seen| seen.restarted_since_enrolment = false),
    ];
    for wanted in [true, false] {
        let settings = Settings {
            wanted,
            ..Settings::default()
        };
        for mac in &macs {
            let status = status(mac, &settings);
            let needs = matches!(status, Status::Invalid { .. } | Status::AwaitingFirstLogin);
            assert_eq!(Case::of(mac, &settings).cheapest().is_some(), needs, "{status:?}");
        }
    }
}
