//! The resilience score, recomputed from its table.

use trust::escrow::{Standing, State};
use trust::observation::*;
use trust::resilience::{Kept, Resilience, Warning, resilience};
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

/// A Mac by what its score hangs on, as a person would list it.
#[derive(Debug, Clone, Copy, Default)]
struct Case {
    proved: usize,
    unverified: usize,
    service_account: bool,
    bootstrap_token: bool,
    local_administrator: Laps,
    institutional: Institutional,
    /// How many days ago the kept key was proved: `None` where none is kept.
    key: Option<Option<i64>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Laps {
    #[default]
    NotWanted,
    /// The vault has a password, and the Mac no such account.
    Gone,
    /// It is there, without a token.
    WithoutToken,
    /// It holds a token, and the vault has its password.
    Whole,
    /// It holds a token, and somebody has changed its password.
    ChangedByHand,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Institutional {
    #[default]
    None,
    OnIntel,
    OnAppleSilicon,
    /// FileVault says so, and the disk does not list it.
    OnIntelUnlisted,
}

impl Case {
    fn seen(&self) -> Observation {
        let mut accounts: Vec<Account> = (0..self.proved)
            .map(|number| proved_holder(&format!("proved{number}")))
            .chain((0..self.unverified).map(|number| enabled(&format!("unverified{number}"), true)))
            .collect();
        accounts.push(account("guest", false));
        match self.local_administrator {
            Laps::NotWanted | Laps::Gone => {}
            Laps::WithoutToken => accounts.push(account("localadmin", true)),
            Laps::Whole | Laps::ChangedByHand => accounts.push(enabled("localadmin", true)),
        }
        let mut seen = if self.service_account {
            accounts.push(bestow());
            with(accounts, proved())
        } else {
            mac(accounts)
        };
        seen.bootstrap_token = known(BootstrapToken {
            supported: true,
            escrowed: self.bootstrap_token,
        });
        if self.institutional != Institutional::None {
            seen.security.institutional_recovery_key = known(true);
        }
        if matches!(
            self.institutional,
            Institutional::OnIntel | Institutional::OnAppleSilicon
        ) {
            let mut users = seen.crypto_users.value().unwrap().clone();
            users.push(CryptoUser {
                uuid: "OF-THE-INSTITUTION".to_owned(),
                kind: CryptoUserKind::InstitutionalRecovery,
                volume_owner: None,
            });
            seen.crypto_users = known(users);
        }
        if matches!(
            self.institutional,
            Institutional::OnIntel | Institutional::OnIntelUnlisted
        ) {
            let hardware = seen.hardware.value().unwrap().clone();
            seen.hardware = known(Hardware {
                chip: Chip::T2,
                ..hardware
            });
        }
        seen
    }

    fn kept(&self) -> Kept {
        let password = match self.local_administrator {
            Laps::NotWanted => Standing::default(),
            Laps::ChangedByHand => Standing {
                state: State::KeyUnknown,
                latest: 1,
                ..Standing::default()
            },
            Laps::Gone | Laps::WithoutToken | Laps::Whole => held(Some(0)),
        };
        let wanted = self.local_administrator != Laps::NotWanted;
        Kept {
            recovery_key: self.key.map_or_else(Standing::default, held),
            local_administrator: wanted.then(|| "localadmin".parse().unwrap()),
            password,
        }
    }

    /// Holders, ways back and proof by the table in `docs/resilience.md`, and whether nobody can hand a token on.
    fn by_the_table(&self) -> ([usize; 3], bool) {
        let unverified = self.unverified + usize::from(self.local_administrator == Laps::ChangedByHand);
        let holders = match 2 * self.proved + unverified {
            points @ 0..=3 => 10 * points,
            _ => 40,
        };
        let mut routes = 0;
        for (is_so, points) in [
            (self.service_account, 15),
            (self.local_administrator == Laps::Whole, 15),
            (self.key.is_some(), 15),
            (self.bootstrap_token, 10),
            (self.institutional == Institutional::OnIntel, 5),
        ] {
            if is_so {
                routes += points;
            }
        }
        if routes > 40 {
            routes = 40;
        }
        let proof = match self.key {
            Some(Some(0..=30)) => 20,
            Some(Some(31..=90)) => 10,
            _ => 0,
        };
        let nobody = self.proved == 0
            && unverified == 0
            && !self.service_account
            && self.local_administrator != Laps::Whole;
        ([holders, routes, proof], nobody)
    }
}

fn held(days_ago: Option<i64>) -> Standing {
    Standing {
        state: State::Held,
        latest: 1,
        current: Some(1),
        current_since: Some(NOW),
        proved_at: days_ago.map(|days| Timestamp(NOW.0 - days * DAY)),
        ..Standing::default()
    }
}

fn cases() -> Vec<Case> {
    let keys = [
        None,
        Some(None),
        Some(Some(0)),
        Some(Some(30)),
        Some(Some(31)),
        Some(Some(90)),
        Some(Some(91)),
    ];
    let laps = [
        Laps::NotWanted,
        Laps::Gone,
        Laps::WithoutToken,
        Laps::Whole,
        Laps::ChangedByHand,
    ];
    let institutional = [
        Institutional::None,
        Institutional::OnIntel,
        Institutional::OnAppleSilicon,
        Institutional::OnIntelUnlisted,
    ];
    let mut cases = vec![Case::default()];
    let mut each = |change: &dyn Fn(Case) -> Vec<Case>| {
        cases = cases.iter().flat_map(|case| change(*case)).collect();
    };
    each(&|case| (0..=3).map(|proved| Case { proved, ..case }).collect());
    each(&|case| (0..=3).map(|unverified| Case { unverified, ..case }).collect());
    each(&|case| {
        [false, true]
            .map(|service_account| Case {
                service_account,
                ..case
            })
            .to_vec()
    });
    each(&|case| {
        [false, true]
            .map(|bootstrap_token| Case {
                bootstrap_token,
                ..case
            })
            .to_vec()
    });
    each(&|case| {
        laps.map(|local_administrator| Case {
            local_administrator,
            ..case
        })
        .to_vec()
    });
    each(&|case| {
        institutional
            .map(|institutional| Case {
                institutional,
                ..case
            })
            .to_vec()
    });
    each(&|case| keys.map(|key| Case { key, ..case }).to_vec());
    cases
}

#[test]
fn every_mac_has_the_points_of_the_table() {
    let mut scores = std::collections::BTreeSet::new();
    for case in cases() {
        let found = resilience(&case.seen(), &case.kept(), NOW);
        let (parts, nobody) = case.by_the_table();
        let told = [found.holders, found.routes, found.freshness].map(usize::from);
        assert_eq!(told, parts, "{case:?}");
        let whole: usize = parts.iter().sum();
        let expected = if nobody && whole > 20 { 20 } else { whole };
        assert_eq!(usize::from(found.score), expected, "{case:?}");
        let says_so = found.warnings.contains(&Warning::NobodyCanGrant);
        assert_eq!(says_so, nobody, "{case:?}");
        scores.insert(found.score);
    }
    assert_eq!(scores.first(), Some(&0));
    assert_eq!(scores.last(), Some(&100));
}

#[test]
fn a_local_administrator_is_a_way_back_and_no_holder_beside_it() {
    let case = Case {
        local_administrator: Laps::Whole,
        ..Case::default()
    };
    let found = resilience(&case.seen(), &case.kept(), NOW);
    assert_eq!((found.holders, found.routes), (0, 15));
    assert_eq!(
        warnings(&found),
        [
            Warning::OneHolder,
            Warning::NoServiceAccount,
            Warning::NoRecoveryKey
        ],
        "its password was proved"
    );
}

fn seen(proved: usize, unverified: usize, service_account: bool) -> Observation {
    let case = Case {
        proved,
        unverified,
        service_account,
        ..Case::default()
    };
    case.seen()
}

fn key(days_ago: Option<i64>) -> Kept {
    kept(held(days_ago))
}

fn kept(recovery_key: Standing) -> Kept {
    Kept {
        recovery_key,
        ..Kept::default()
    }
}

fn warnings(found: &Resilience) -> &[Warning] {
    &found.warnings
}

#[test]
fn what_hangs_by_a_thread_is_said() {
    let alone = resilience(&seen(0, 1, false), &Kept::default(), NOW);
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
        ..held(Some(1))
    };
    let found = resilience(&standard, &kept(lost), NOW);
    assert_eq!(
        (found.routes, found.freshness, found.days_since_key_proved),
        (0, 0, None)
    );
}
