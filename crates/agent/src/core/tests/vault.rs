//! When the vault is spoken to, and when the recovery key is looked after.

use trust::escrow::State;
use trust::id::{GenericUuid as _, OrganizationId};
use wire::encoding::Bytes;
use wire::escrow::{EscrowTerms, RecoveryKeyTerms};
use wire::seal::SealingPublicKey;

use super::*;
use crate::recovery_key::{Memory, Vault};
use crate::service_account::tend::Tended;

const DAY: Duration = Duration::from_hours(24);

fn terms(rotate_after: Option<Timestamp>) -> EscrowTerms {
    EscrowTerms {
        vault_key: SealingPublicKey(Bytes(vec![7; 32])),
        recovery_key: RecoveryKeyTerms {
            state: State::Held,
            version: Some(1),
            rotate_after,
            prove_after: None,
        },
        local_administrator: None,
    }
}

fn tended(again_at: Timestamp) -> Tended {
    Tended {
        observation: observation(),
        again_at,
        deeds: Vec::new(),
    }
}

fn tend_step(core: &mut Core, now: Timestamp) -> bool {
    let Step::TendRecoveryKey { is_due } = core.poll(now) else {
        panic!("the recovery key was due")
    };
    is_due
}

/// A core that has checked in with a server that goes by `terms`.
fn checked_in_by(terms: &EscrowTerms, server_time: Timestamp) -> Core {
    let mut core = core(Vec::new()).with_vault(Memory::default(), 7, NOW);
    assert!(
        matches!(core.poll(NOW), Step::Look),
        "nothing is to be done before the vault is known"
    );
    core.handle_looked(observation(), NOW);
    check_in_with(core, terms, server_time, NOW)
}

fn check_in_with(mut core: Core, terms: &EscrowTerms, server_time: Timestamp, now: Timestamp) -> Core {
    let Step::CheckIn(told) = core.poll(now) else {
        panic!("a check-in was due")
    };
    let Answer::Yes(answer) = checked_in(Vec::new()) else {
        panic!("it is an answer")
    };
    let answer = CheckedIn {
        escrow_digest: Some(terms.digest()),
        server_time,
        ..answer
    };
    core.handle_checked_in(&told, Answer::Yes(answer), now);
    core
}

fn learned(terms: &EscrowTerms, server_time: Timestamp) -> Core {
    let mut core = checked_in_by(terms, server_time);
    assert!(matches!(core.poll(NOW), Step::LearnEscrow));
    core.handle_escrow_learned(Answer::Yes(terms.clone()), NOW);
    core
}

#[test]
fn new_terms_are_asked_for_and_gone_by_at_once() {
    let mut core = learned(&terms(None), NOW);
    assert!(!tend_step(&mut core, NOW));
    core.handle_recovery_key_tended(tended(NOW.plus(DAY)), NOW);
    assert!(matches!(core.poll(NOW), Step::Escrow));
    core.handle_escrowed(None, NOW);
    assert!(matches!(core.poll(NOW), Step::WaitUntil(_)));
}

#[test]
fn a_vault_that_is_away_holds_up_nothing_else() {
    let mut core = checked_in_by(&terms(None), NOW);
    assert!(matches!(core.poll(NOW), Step::LearnEscrow));
    core.handle_escrow_learned(Answer::Later, NOW);
    let Step::WaitUntil(again) = core.poll(NOW) else {
        panic!("it is left alone for a while")
    };
    assert!(matches!(core.poll(again), Step::LearnEscrow), "and asked again");
    core.handle_ring(again);
    core.handle_escrow_learned(Answer::Later, again);
    assert!(matches!(core.poll(again), Step::Look | Step::CheckIn(_)));
}

#[test]
fn what_the_vault_will_not_open_makes_the_agent_ask_for_its_key() {
    let mut core = learned(&terms(None), NOW);
    tend_step(&mut core, NOW);
    core.handle_recovery_key_tended(tended(NOW.plus(DAY)), NOW);
    assert!(matches!(core.poll(NOW), Step::Escrow));
    core.handle_escrowed(Some(Answer::Never), NOW);
    assert!(matches!(core.poll(NOW), Step::LearnEscrow));
}

#[test]
fn a_key_that_was_shown_is_replaced_when_the_servers_clock_says_so() {
    let server_time = NOW.plus(Duration::from_hours(5));
    let at_the_server = server_time.plus(Duration::from_hours(1));
    let mut core = learned(&terms(Some(at_the_server)), server_time);
    assert!(!tend_step(&mut core, NOW), "an hour is left");
    core.handle_recovery_key_tended(tended(NOW.plus(DAY)), NOW);
    assert!(matches!(core.poll(NOW), Step::Escrow));
    core.handle_escrowed(None, NOW);
    let due = NOW.plus(Duration::from_hours(1));
    assert!(tend_step(&mut core, due));
    core.handle_recovery_key_tended(tended(due.plus(DAY)), due);
    assert!(!matches!(core.poll(due), Step::TendRecoveryKey { .. }), "once");
}

/// The Mac's clock may be hours ahead.
#[test]
fn a_restart_does_not_replace_a_key_before_the_server_has_told_the_time() {
    let asked = NOW.plus(Duration::from_hours(1));
    let terms = terms(Some(asked));
    let memory = Memory {
        vault: Some(Vault {
            organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(1)),
            device_id: DeviceId::from_untyped_uuid(Uuid::from_u128(2)),
            terms: terms.clone(),
        }),
        ..Memory::default()
    };
    let ahead = NOW.plus(Duration::from_hours(2));
    let mut core = core(Vec::new()).with_vault(memory, 7, ahead);
    assert!(!tend_step(&mut core, ahead));
    core.handle_recovery_key_tended(tended(ahead.plus(DAY)), ahead);
    assert!(matches!(core.poll(ahead), Step::Escrow));
    core.handle_escrowed(None, ahead);

    let right = asked.plus(Duration::from_secs(1));
    let mut core = check_in_with(core, &terms, right, ahead);
    assert!(tend_step(&mut core, ahead), "it is due by the server's clock");
}

#[test]
fn a_kept_key_is_tried_when_its_proof_is_old_and_once_a_day_at_most() {
    let due = NOW.plus(DAY);
    let mut terms = terms(None);
    terms.recovery_key.prove_after = Some(due);
    let mut core = learned(&terms, NOW);
    tend_step(&mut core, NOW);
    core.handle_recovery_key_tended(tended(due.plus(DAY * 30)), NOW);
    core.handle_escrowed(None, NOW);
    let Step::WaitUntil(_) = core.poll(NOW) else {
        panic!("nothing is due")
    };
    assert!(matches!(core.poll(due), Step::ProveKey));
    core.handle_key_tried(&Answer::Later, due);
    assert!(
        !matches!(core.poll(due), Step::ProveKey),
        "the vault is left alone"
    );
    let mut again = due.plus(Duration::from_mins(10));
    assert!(matches!(core.poll(again), Step::ProveKey));
    core.handle_key_tried(&Answer::Yes(()), again);
    assert!(matches!(core.poll(again), Step::Escrow), "what it showed is told");
    core.handle_escrowed(None, again);
    assert!(!matches!(core.poll(again), Step::ProveKey));
    again = again.plus(DAY);
    assert!(
        matches!(core.poll(again), Step::ProveKey),
        "the vault still wants to know"
    );
}

/// The Mac's agent after a restart, when it has learned that version 1 is to be tried; version `tried` was a moment ago.
fn restarted(tried: u32) -> Core {
    let mut terms = terms(None);
    terms.recovery_key.prove_after = Some(NOW);
    let vault = Vault {
        organization_id: OrganizationId::from_untyped_uuid(Uuid::nil()),
        device_id: DeviceId::from_untyped_uuid(Uuid::nil()),
        terms: terms.clone(),
    };
    let memory = Memory {
        vault: Some(vault),
        proof_tried_at: Some(NOW),
        proof_tried: Some(tried),
        ..Memory::default()
    };
    let mut core = core(Vec::new()).with_vault(memory, 7, NOW);
    tend_step(&mut core, NOW);
    core.handle_recovery_key_tended(tended(NOW.plus(DAY * 2)), NOW);
    core.handle_escrowed(None, NOW);
    check_in_with(core, &terms, NOW, NOW)
}

#[test]
fn a_restart_does_not_have_a_key_tried_again() {
    let mut core = restarted(1);
    assert!(!matches!(core.poll(NOW), Step::ProveKey));
    assert!(matches!(core.poll(NOW.plus(DAY)), Step::ProveKey));
}

#[test]
fn that_another_key_was_tried_today_puts_nothing_off() {
    assert!(matches!(restarted(2).poll(NOW), Step::ProveKey));
}
