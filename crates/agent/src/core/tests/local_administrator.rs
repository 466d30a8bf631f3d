//! When the local administrator is looked after.

use secrecy::SecretString;
use trust::escrow::State;
use trust::local_administrator::{Alphabet, Settings};
use wire::encoding::Bytes;
use wire::escrow::{EscrowTerms, LocalAdministratorTerms, RecoveryKeyTerms};
use wire::seal::SealingPublicKey;

use super::*;
use crate::local_administrator::tend::Cause;
use crate::login::Login;
use crate::recovery_key::Memory;
use crate::service_account::tend::Tended;

const HOUR: Duration = Duration::from_hours(1);

fn terms(rotate_after: Option<Timestamp>) -> EscrowTerms {
    EscrowTerms {
        vault_key: SealingPublicKey(Bytes(vec![7; 32])),
        recovery_key: RecoveryKeyTerms {
            state: State::Empty,
            version: None,
            rotate_after: None,
            prove_after: None,
        },
        local_administrator: Some(LocalAdministratorTerms {
            settings: Settings {
                account: "localadmin".parse().unwrap(),
                full_name: "Local Administrator".parse().unwrap(),
                hidden: false,
                length: 20,
                alphabet: Alphabet::default(),
                rotate_every_days: 30,
            },
            version: Some(1),
            rotate_after,
        }),
    }
}

fn tended() -> Tended {
    Tended {
        observation: observation(),
        again_at: NOW.plus(HOUR * 24),
        deeds: Vec::new(),
    }
}

/// A core that has checked in, has learned the terms and has looked after the recovery key.
fn learned(terms: &EscrowTerms) -> Core {
    let mut core = core(Vec::new()).with_vault(Memory::default(), 7, NOW);
    core.handle_looked(observation(), NOW);
    let Step::CheckIn(told) = core.poll(NOW) else {
        panic!("a check-in was due")
    };
    let Answer::Yes(answer) = checked_in(Vec::new()) else {
        panic!("it is an answer")
    };
    let answer = CheckedIn {
        escrow_digest: Some(terms.digest()),
        server_time: NOW,
        ..answer
    };
    core.handle_checked_in(&told, Answer::Yes(answer), NOW);
    assert!(matches!(core.poll(NOW), Step::LearnEscrow));
    core.handle_escrow_learned(Answer::Yes(terms.clone()), NOW);
    assert!(matches!(core.poll(NOW), Step::TendRecoveryKey { .. }));
    core.handle_recovery_key_tended(tended(), NOW);
    core
}

fn cause(core: &mut Core, now: Timestamp) -> Cause {
    let Step::TendLocalAdministrator(cause) = core.poll(now) else {
        panic!("the local administrator was due")
    };
    core.handle_local_administrator_tended(tended(), now);
    cause
}

#[test]
fn it_is_looked_after_when_it_is_wanted_and_another_password_when_the_server_says_so() {
    let mut core = learned(&terms(Some(NOW.plus(HOUR))));
    assert_eq!(cause(&mut core, NOW), Cause::default(), "an hour is left");
    assert!(!matches!(core.poll(NOW), Step::TendLocalAdministrator(_)), "once");
    let due = Cause {
        is_due: true,
        was_used: false,
    };
    assert_eq!(cause(&mut core, NOW.plus(HOUR)), due);
}

#[test]
fn its_login_is_noticed_at_once_and_nobody_elses() {
    let mut core = learned(&terms(None));
    cause(&mut core, NOW);
    let login = |name: &str| Login {
        account: name.to_owned(),
        password: SecretString::from("not kept"),
    };
    core.handle_login(login("ada"), NOW);
    core.handle_login(login("localadmin"), NOW);
    let used = loop {
        match core.poll(NOW) {
            Step::RecordLogins(record) => core.handle_logins_recorded(record),
            Step::TendLocalAdministrator(cause) => break cause,
            step => panic!("it was used: {step:?}"),
        }
    };
    assert!(used.was_used);
}
