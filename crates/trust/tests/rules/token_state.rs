//! What can be said of a token, from what was seen.

use crate::support::{NOW, account, enabled, mac, unknown};
use trust::observation::{Account, ProofResult, TokenProof};
use trust::time::Timestamp;
use trust::token::{TokenState, token_state};

fn with_proof(result: ProofResult, password_set_at: Timestamp) -> Account {
    let proof = TokenProof {
        result,
        at: Timestamp(5),
        password_set_at: Some(password_set_at),
    };
    Account {
        token_proof: Some(proof),
        ..enabled("ada", true)
    }
}

fn state_of(account: Account) -> TokenState {
    token_state(&account, &mac(vec![account.clone()]))
}

#[test]
fn a_label_alone_is_unverified() {
    assert_eq!(state_of(enabled("ada", true)), TokenState::Unverified);
    assert_eq!(state_of(account("ada", true)), TokenState::Absent);
}

#[test]
fn a_proof_makes_it_usable_until_the_password_changes() {
    assert_eq!(
        state_of(with_proof(ProofResult::Usable, NOW)),
        TokenState::Usable {
            proved_at: Timestamp(5)
        }
    );
    assert_eq!(
        state_of(with_proof(ProofResult::Usable, Timestamp(1))),
        TokenState::Unverified
    );
}

#[test]
fn a_refusal_by_the_disk_makes_it_unusable_until_the_password_changes() {
    let refused = with_proof(ProofResult::DiskRefused, NOW);
    assert_eq!(
        state_of(refused),
        TokenState::Unusable {
            refused_at: Some(Timestamp(5))
        }
    );
    assert_eq!(
        state_of(with_proof(ProofResult::DiskRefused, Timestamp(1))),
        TokenState::Unverified
    );
}

#[test]
fn enabled_without_a_crypto_user_opens_nothing() {
    let mut observation = mac(vec![enabled("ada", true)]);
    observation.crypto_users = crate::support::known(Vec::new());
    let ada = observation.account("ada").unwrap();
    assert_eq!(
        token_state(ada, &observation),
        TokenState::Unusable { refused_at: None }
    );
}

#[test]
fn silence_is_never_taken_for_an_answer() {
    let mut observation = mac(vec![enabled("ada", true)]);
    observation.crypto_users = unknown();
    assert_eq!(
        token_state(observation.account("ada").unwrap(), &observation),
        TokenState::Unknown
    );
    let silent = Account {
        token_label: unknown(),
        ..enabled("ada", true)
    };
    assert_eq!(state_of(silent), TokenState::Unknown);
    assert!(!TokenState::Unknown.holds());
}

#[test]
fn the_digest_changes_with_the_mac_and_not_with_the_clock() {
    let observation = mac(vec![enabled("ada", true)]);
    let mut later = observation.clone();
    later.crypto_users = trust::fact::Fact::known(
        observation.crypto_users.value().unwrap().clone(),
        Timestamp(NOW.0 + 60_000),
        "test",
    );
    assert_eq!(observation.digest(), later.digest());
    let changed = mac(vec![enabled("ada", true), account("ben", false)]);
    assert_ne!(observation.digest(), changed.digest());
}
