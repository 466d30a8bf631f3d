//! Random sequences of changes on random Macs: those that the guard lets pass never take a Mac from somebody to nobody.
//! What a change does is written down here a second time, on the observation itself.

use crate::support::{NOW, account, enabled, known, mac, unknown};
use proptest::prelude::*;
use trust::fact::Fact;
use trust::guard::{Change, Verdict, forecast};
use trust::observation::*;
use trust::service_account::RECORD_NAME;

const NAMES: [&str; 5] = ["ada", "ben", "cleo", "dora", RECORD_NAME];

#[derive(Debug, Clone, Copy)]
enum Token {
    None,
    Unverified,
    Usable,
    Unusable,
    Untold,
}

fn an_account(name: &'static str) -> impl Strategy<Value = Account> {
    let token = prop_oneof![
        Just(Token::None),
        Just(Token::Unverified),
        Just(Token::Usable),
        Just(Token::Usable),
        Just(Token::Unusable),
        Just(Token::Untold),
    ];
    (token, any::<bool>(), prop::bool::weighted(0.2)).prop_map(move |(token, administrator, disabled)| {
        let proof = |result| {
            Some(TokenProof {
                result,
                at: NOW,
                password_set_at: Some(NOW),
            })
        };
        let of_token = match token {
            Token::None => account(name, administrator),
            Token::Untold => Account {
                token_label: unknown(),
                ..account(name, administrator)
            },
            Token::Unverified => enabled(name, administrator),
            Token::Usable => Account {
                token_proof: proof(ProofResult::Usable),
                ..enabled(name, administrator)
            },
            Token::Unusable => Account {
                token_proof: proof(ProofResult::DiskRefused),
                ..enabled(name, administrator)
            },
        };
        Account { disabled, ..of_token }
    })
}

fn a_mac() -> impl Strategy<Value = Observation> {
    let accounts = NAMES.map(|name| prop::option::weighted(0.8, an_account(name)));
    (accounts, any::<bool>()).prop_map(|(accounts, escrowed)| {
        let mut observation = mac(accounts.into_iter().flatten().collect());
        observation.bootstrap_token = known(BootstrapToken {
            supported: true,
            escrowed,
        });
        observation
    })
}

fn a_change() -> impl Strategy<Value = Change<'static>> {
    let name = || prop::sample::select(&NAMES[..]);
    prop_oneof![
        name().prop_map(Change::Delete),
        name().prop_map(Change::Disable),
        name().prop_map(Change::Enable),
        name().prop_map(Change::Promote),
        name().prop_map(Change::Demote),
        (name(), name()).prop_map(|(target, administrator)| Change::Reset {
            target,
            administrator
        }),
        Just(Change::Uninstall),
        Just(Change::MdmUnenrol),
    ]
}

/// What the change does to a Mac, written down anew. A reset is taken at its worst; it is only asked for with the help of
/// an administrator who holds, and proves that before.
fn happens(change: Change<'_>, observation: &mut Observation) {
    if change == Change::MdmUnenrol {
        observation.bootstrap_token = unknown();
    }
    let (Fact::Known { value: accounts, .. }, Fact::Known { value: keys, .. }) =
        (&mut observation.accounts, &mut observation.crypto_users)
    else {
        return;
    };
    let mut with = |name: &str, edit: &mut dyn FnMut(&mut Account)| {
        accounts
            .iter_mut()
            .filter(|account| account.record_name == name)
            .for_each(edit);
    };
    match change {
        Change::Disable(name) => with(name, &mut |account| account.disabled = true),
        Change::Enable(name) => with(name, &mut |account| account.disabled = false),
        Change::Promote(name) => with(name, &mut |account| account.administrator = true),
        Change::Demote(name) => with(name, &mut |account| account.administrator = false),
        Change::Reset {
            target,
            administrator,
        } => {
            with(administrator, &mut |account| {
                if account.token_label.value() == Some(&TokenLabel::Enabled) {
                    account.token_proof.get_or_insert(TokenProof {
                        result: ProofResult::Usable,
                        at: NOW,
                        password_set_at: Some(NOW),
                    });
                }
            });
            with(target, &mut |account| {
                account.token_label = known(TokenLabel::Disabled);
                keys.retain(|key| key.uuid != account.guid);
            });
        }
        Change::Delete(name) => accounts.retain(|account| account.record_name != name),
        Change::Uninstall => accounts.retain(|account| account.record_name != RECORD_NAME),
        Change::MdmUnenrol => {}
    }
}

/// Holders, proved holders and granters, counted by hand.
fn counts(observation: &Observation) -> [usize; 3] {
    let accounts = observation.accounts.value().unwrap();
    let keys = observation.crypto_users.value().unwrap();
    let holds = |account: &&Account| {
        !account.disabled
            && account.token_label.value() == Some(&TokenLabel::Enabled)
            && keys.iter().any(|key| key.uuid == account.guid)
            && account
                .token_proof
                .is_none_or(|proof| proof.result == ProofResult::Usable)
    };
    [
        accounts.iter().filter(holds).count(),
        accounts
            .iter()
            .filter(holds)
            .filter(|account| account.token_proof.is_some())
            .count(),
        accounts
            .iter()
            .filter(holds)
            .filter(|account| account.administrator)
            .count(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_allowed_changes_reaches_nobody(
        mut observation in a_mac(),
        changes in prop::collection::vec(a_change(), 1..16),
    ) {
        for change in changes {
            let forecast = forecast(&change, &observation);
            prop_assert_ne!(forecast.verdict, Verdict::CannotTell);
            if forecast.verdict == Verdict::Cuts {
                continue;
            }
            let before = counts(&observation);
            happens(change, &mut observation);
            let after = counts(&observation);
            for (before, after) in before.into_iter().zip(after) {
                prop_assert!(before == 0 || after > 0, "{:?} left nobody", change);
            }
        }
    }

    /// What is refused would take the last of something.
    #[test]
    fn what_is_refused_has_a_reason(mut observation in a_mac(), change in a_change()) {
        let forecast = forecast(&change, &observation);
        let untold = |name: &str| {
            let accounts = observation.accounts.value().unwrap();
            accounts.iter().any(|account| account.record_name == name && account.token_label.value().is_none())
        };
        let loser_is_known = match change {
            Change::Delete(name) | Change::Disable(name) | Change::Demote(name) => !untold(name),
            _ => false,
        };
        let of_the_chain = forecast.losses.iter().any(|loss| loss.word().ends_with("holder") || loss.word().ends_with("granter"));
        if of_the_chain && loser_is_known {
            let before = counts(&observation);
            happens(change, &mut observation);
            let after = counts(&observation);
            prop_assert!(before.into_iter().zip(after).any(|(before, after)| before > 0 && after == 0));
        }
    }
}
