//! The resilience score, recomputed from its table.

use trust::escrow::{Standing, State};
use trust::observation::*;
use trust::resilience::{Resilience, Warning, resilience};
use trust::time::Timestamp;

use super::service_account::support::{bestow, proved, with};
use super::support::{NOW, account, enabled, known, mac};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// An administrator whose password opened the disk.
fn proved_holder(name: &str) -> Account {
    Account {
        token_proof: Some(TokenProof {
            result: ProofResult::Usable,
            at: NOW,
            password_set_at: enabled(name, true).password_set_at,
        }),
        ..enabled(name, true)
    }
}

/// So many administrators of each kind, and a service account when told.
fn seen(proved_ones: usize, unverified: usize, service_account: bool) -> Observation {
    let mut accounts: Vec<Account> = (0..proved_ones)
        .map(|number| proved_holder(&format!("proved{number}")))
        .chain((0..unverified).map(|number| enabled(&format!("unverified{number}"), true)))
        .collect();
    accounts.push(account("guest", false));
    if service_account {
        accounts.push(bestow());
        with(accounts, proved())
    } else {
        mac(accounts)
    }
}

fn key(days_ago: Option<i64>) -> Standing {
    Standing {
        state: State::Held,
        latest: 1,
        current: Some(1),
        current_since: Some(NOW),
        proved_at: days_ago.map(|days| Timestamp(NOW.0 - days * DAY)),
        ..Standing::default()
    }
}

fn with_bootstrap_token(mut seen: Observation, escrowed: bool) -> Observation {
    seen.bootstrap_token = known(BootstrapToken {
        supported: true,
        escrowed,
    });
    seen
}

#[test]
fn every_mac_has_the_points_of_the_table() {
    let keys = [
        (Standing::default(), 0, 0),
        (key(None), 15, 0),
        (key(Some(0)), 15, 20),
        (key(Some(30)), 15, 20),
        (key(Some(31)), 15, 10),
        (key(Some(90)), 15, 10),
        (key(Some(91)), 15, 0),
    ];
    let mut seen_scores = std::collections::BTreeSet::new();
    for proved_ones in 0..=3 {
        for unverified in 0..=3 {
            for service_account in [false, true] {
                for bootstrap_token in [false, true] {
                    for (key, for_key, fresh) in keys {
                        let mac = with_bootstrap_token(
                            seen(proved_ones, unverified, service_account),
                            bootstrap_token,
                        );
                        let found = resilience(&mac, &key, NOW);
                        let context =
                            format!("{proved_ones} {unverified} {service_account} {bootstrap_token} {key:?}");
                        let holders = (20 * proved_ones + 10 * unverified).min(40);
                        let routes = for_key
                            + if service_account { 15 } else { 0 }
                            + if bootstrap_token { 10 } else { 0 };
                        let whole = holders + routes + fresh;
                        let nobody = proved_ones + unverified == 0 && !service_account;
                        let expected = if nobody { whole.min(20) } else { whole };
                        assert_eq!(
                            [found.holders, found.routes, found.freshness].map(usize::from),
                            [holders, routes, fresh],
                            "{context}"
                        );
                        assert_eq!(usize::from(found.score), expected, "{context}");
                        assert_eq!(
                            found.warnings.contains(&Warning::NobodyCanGrant),
                            nobody,
                            "{context}"
                        );
                        seen_scores.insert(found.score);
                    }
                }
            }
        }
    }
    assert_eq!(seen_scores.first(), Some(&0));
    assert_eq!(seen_scores.last(), Some(&100));
}

fn warnings(found: &Resilience) -> &[Warning] {
    &found.warnings
}

#[test]
fn what_hangs_by_a_thread_is_said() {
    let alone = resilience(&seen(0, 1, false), &Standing::default(), NOW);
    assert_eq!(
        warnings(&alone),
        [
            Warning::OneHolder,
            Warning::NoProvedHolder,
            Warning::NoServiceAccount,
            Warning::NoRecoveryKey,
        ]
    );
    let whole = resilience(&seen(2, 0, true), &key(Some(1)), NOW);
    assert_eq!(
        (warnings(&whole), whole.days_since_key_proved),
        (&[][..], Some(1))
    );
    let stale = resilience(&seen(2, 0, true), &key(Some(200)), NOW);
    assert_eq!(warnings(&stale), [Warning::RecoveryKeyNotProved]);
}

#[test]
fn a_standard_holder_is_no_way_to_hand_on_and_a_key_that_is_unknown_counts_nothing() {
    let standard = mac(vec![enabled("stan", false)]);
    let found = resilience(&standard, &key(Some(1)), NOW);
    assert_eq!(
        (found.holders, found.score),
        (0, 20),
        "at most 20: nobody can grant"
    );
    let lost = Standing {
        state: State::KeyUnknown,
        current: None,
        ..key(Some(1))
    };
    let found = resilience(&standard, &lost, NOW);
    assert_eq!(
        (found.routes, found.freshness, found.days_since_key_proved),
        (0, 0, None)
    );
}
