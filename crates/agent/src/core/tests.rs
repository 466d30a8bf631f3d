//! The core, driven by hand: no clock, no disk, no server.

mod asked;
mod local_administrator;
mod retry;
mod service_account;
mod unknown;
mod vault;

use std::collections::BTreeMap;

use trust::action::{Action, GrantSecureToken};
use trust::code::Code;
use trust::fact::Fact;
use trust::id::{ActionId, DeviceId, GenericUuid as _, OrganizationId};
use trust::observation::{Observation, Security};
use trust::outcome::Outcome;
use trust::time::Timestamp;
use uuid::Uuid;
use wire::agent_api::{CheckedIn, Offer};
use wire::envelope::{Envelope, VERSION};

use super::*;
use crate::journal::Stage;

const NOW: Timestamp = Timestamp(1_000_000);

fn device() -> DeviceId {
    DeviceId::from_untyped_uuid(Uuid::from_u128(1))
}

fn action(number: u128) -> ActionId {
    ActionId::from_untyped_uuid(Uuid::from_u128(number))
}

fn core(remembered: Vec<Journaled>) -> Core {
    Core::new(device(), "1", remembered, 7, NOW)
}

fn offer(number: u128) -> Offer {
    let grant = GrantSecureToken {
        administrator: "ada".parse().unwrap(),
        target: "ben".parse().unwrap(),
        promote_administrator: false,
    };
    Offer {
        envelope: Envelope {
            version: VERSION,
            collected: BTreeMap::new(),
            id: action(number),
            organization_id: OrganizationId::from_untyped_uuid(Uuid::from_u128(9)),
            device_id: device(),
            not_after: NOW.plus(Duration::from_secs(3600)),
            action: Action::GrantSecureToken(grant),
        },
        secrets: BTreeMap::new(),
    }
}

fn observation() -> Observation {
    fn silent<T>() -> Fact<T> {
        Fact::unknown("test", NOW, "test")
    }
    Observation {
        system: silent(),
        hardware: silent(),
        boot_volume: silent(),
        filevault: silent(),
        accounts: silent(),
        crypto_users: silent(),
        filevault_users: silent(),
        mdm: silent(),
        bootstrap_token: silent(),
        console_user: silent(),
        booted_at: silent(),
        full_disk_access: silent(),
        security: Security::default(),
        promoted_in_passing: Vec::new(),
        login_plugin: Observation::not_looked_for(),
        service_account: Observation::not_looked_for(),
        local_administrator: None,
    }
}

fn performance(outcome: Outcome, password_tried: bool) -> Performance {
    Performance {
        outcome,
        password_tried,
        observation: observation(),
    }
}

fn outcome() -> Outcome {
    Outcome {
        code: Code::Granted,
        touched_the_mac: true,
        parts: Vec::new(),
        evidence: Vec::new(),
        edge: None,
        finished_at: NOW,
    }
}

fn checked_in(offers: Vec<Offer>) -> Answer<CheckedIn<Offered>> {
    let known = |offer| Offered::Known(Box::new(offer));
    Answer::Yes(CheckedIn {
        wants_observation: false,
        offers: offers.into_iter().map(known).collect(),
        settings: None,
        escrow_digest: None,
        next_check_in_ms: 60_000,
        rings: 0,
        server_time: NOW,
    })
}

/// Takes the core through its first look and check-in, at which the server offers `offers`.
fn offered(core: &mut Core, offers: Vec<Offer>) {
    assert!(matches!(core.poll(NOW), Step::Look));
    core.handle_looked(observation(), NOW);
    let Step::CheckIn(check_in) = core.poll(NOW) else {
        panic!("a check-in was due")
    };
    assert!(
        check_in.observation.is_some(),
        "the server has not seen this Mac yet"
    );
    core.handle_checked_in(&check_in, checked_in(offers), NOW);
}

fn record(core: &mut Core) -> Journaled {
    let Step::Record(what) = core.poll(NOW) else {
        panic!("nothing to record")
    };
    core.handle_recorded(&what);
    *what
}

fn stage(what: &Journaled) -> Option<&Stage> {
    match what {
        Journaled::Open(entry) => Some(&entry.stage),
        Journaled::Closed { .. } => None,
    }
}

#[test]
fn an_action_takes_every_step_and_is_on_the_disk_before_each() {
    let mut core = core(Vec::new());
    offered(&mut core, vec![offer(1)]);
    assert_eq!(stage(&record(&mut core)), Some(&Stage::Accepted));
    assert!(matches!(core.poll(NOW), Step::Start(id) if id == action(1)));
    core.handle_start_answer(action(1), Answer::Yes(()), NOW);
    assert_eq!(stage(&record(&mut core)), Some(&Stage::Started));
    assert!(matches!(core.poll(NOW), Step::Perform(entry) if entry.offer == offer(1)));
    core.handle_performed(action(1), performance(outcome(), false), NOW);
    assert_eq!(
        stage(&record(&mut core)),
        Some(&Stage::Done { outcome: outcome() })
    );
    let Step::Report(id, report) = core.poll(NOW) else {
        panic!("nothing to report")
    };
    assert_eq!((id, report.outcome.code), (action(1), Code::Granted));
    core.handle_report_answer(action(1), Answer::Yes(()), NOW);
    assert_eq!(stage(&record(&mut core)), None);
    assert!(matches!(core.poll(NOW), Step::CheckIn(check_in) if check_in.unfinished.is_empty()));
}

#[test]
fn an_id_that_was_seen_is_refused_also_after_a_restart() {
    let mut first = core(Vec::new());
    offered(&mut first, vec![offer(1)]);
    record(&mut first);
    first.handle_start_answer(action(1), Answer::Never, NOW);
    let closed = record(&mut first);
    assert!(matches!(closed, Journaled::Closed { .. }));

    let mut restarted = core(vec![closed]);
    offered(&mut restarted, vec![offer(1)]);
    assert!(
        matches!(restarted.poll(NOW), Step::WaitUntil(_)),
        "it was taken in again"
    );
}

#[test]
fn one_action_at_a_time_in_the_order_they_were_asked_for() {
    let mut core = core(Vec::new());
    offered(&mut core, vec![offer(2), offer(1)]);
    record(&mut core);
    record(&mut core);
    assert!(matches!(core.poll(NOW), Step::Start(id) if id == action(1)));
    core.handle_start_answer(action(1), Answer::Yes(()), NOW);
    record(&mut core);
    assert!(matches!(core.poll(NOW), Step::Perform(entry) if entry.offer.envelope.id == action(1)));
}

#[test]
fn what_was_begun_before_a_restart_is_finished_first_and_needs_no_server() {
    let acting = Entry {
        offer: offer(1),
        stage: Stage::Acting,
    };
    let mut core = core(vec![Journaled::Open(Box::new(acting))]);
    assert!(matches!(core.poll(NOW), Step::Perform(entry) if entry.stage == Stage::Acting));
}

#[test]
fn an_end_that_the_server_has_not_heard_of_survives_and_is_told_before_anything_new() {
    let done = Entry {
        offer: offer(1),
        stage: Stage::Done { outcome: outcome() },
    };
    let accepted = Entry {
        offer: offer(2),
        stage: Stage::Accepted,
    };
    let mut core = core(vec![
        Journaled::Open(Box::new(done)),
        Journaled::Open(Box::new(accepted)),
    ]);
    assert!(matches!(core.poll(NOW), Step::Report(id, _) if id == action(1)));
    core.handle_report_answer(action(1), Answer::Later, NOW);
    let Step::WaitUntil(again) = core.poll(NOW) else {
        panic!("the server was not left alone")
    };
    assert!(again > NOW);
    assert!(matches!(core.poll(again), Step::Report(id, _) if id == action(1)));
}

#[test]
fn an_unchanged_mac_is_told_by_its_digest_only() {
    let mut core = core(Vec::new());
    offered(&mut core, Vec::new());
    let Step::WaitUntil(next) = core.poll(NOW) else {
        panic!("nothing was due")
    };
    assert_eq!(next, NOW.plus(Duration::from_secs(60)));
    assert!(matches!(core.poll(next), Step::Look));
    core.handle_looked(observation(), next);
    let Step::CheckIn(check_in) = core.poll(next) else {
        panic!("a check-in was due")
    };
    assert!(check_in.observation.is_none());

    let answer = CheckedIn {
        wants_observation: true,
        offers: Vec::new(),
        settings: None,
        escrow_digest: None,
        next_check_in_ms: 60_000,
        rings: 0,
        server_time: next,
    };
    core.handle_checked_in(&check_in, Answer::Yes(answer), next);
    let Step::CheckIn(check_in) = core.poll(next) else {
        panic!("the server wants the observation")
    };
    assert!(check_in.observation.is_some());
}

#[test]
fn a_ring_brings_a_check_in_at_once_without_a_new_look() {
    let mut core = core(Vec::new());
    offered(&mut core, Vec::new());
    core.handle_ring(NOW);
    assert!(matches!(core.poll(NOW), Step::CheckIn(_)));
}

#[test]
fn an_action_of_another_device_is_not_taken_in() {
    let mut core = core(Vec::new());
    let mut foreign = offer(1);
    foreign.envelope.device_id = DeviceId::from_untyped_uuid(Uuid::from_u128(66));
    offered(&mut core, vec![foreign]);
    assert!(matches!(core.poll(NOW), Step::WaitUntil(_)));
}

#[test]
fn a_closed_action_is_forgotten_when_it_can_never_be_offered_again() {
    let closed = Journaled::Closed {
        id: action(1),
        not_after: Timestamp(5),
    };
    let mut core = core(vec![closed]);
    offered(&mut core, Vec::new());
    assert!(matches!(core.poll(NOW), Step::Forget(id) if id == action(1)));
    assert!(matches!(core.poll(NOW), Step::WaitUntil(_)));
}

fn login() -> Login {
    Login {
        account: "ada".to_owned(),
        password: "orchid-77".to_owned().into(),
    }
}

#[test]
fn a_login_is_counted_dropped_and_on_the_disk_before_anything_else() {
    let before = LoginRecord {
        told: 4,
        last_at: Some(Timestamp(7)),
    };
    let mut core = core(Vec::new()).with_logins(before);
    core.handle_login(login(), NOW);
    let shown = format!("{core:?}");
    assert!(!shown.contains("ada") && !shown.contains("orchid"), "{shown}");
    let Step::RecordLogins(record) = core.poll(NOW) else {
        panic!("nothing to record")
    };
    assert_eq!((record.told, record.last_at), (5, Some(NOW)));

    // One that comes while the earlier is being written is not lost.
    core.handle_login(login(), NOW);
    core.handle_logins_recorded(record);
    assert!(matches!(core.poll(NOW), Step::RecordLogins(record) if record.told == 6));
    core.handle_logins_recorded(LoginRecord { told: 6, ..record });
    assert!(matches!(core.poll(NOW), Step::Look));
}
