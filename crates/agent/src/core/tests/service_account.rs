//! When the service account is looked after, and what becomes of a login's password.

use secrecy::SecretString;
use trust::service_account::{Deed, DeedKind, Settings};

use super::*;
use crate::login::Login;
use crate::service_account::custody::Memory;
use crate::service_account::tend::Tended;

const LATER: Timestamp = Timestamp(NOW.0 + 1_000);

fn login(account: &str) -> Login {
    Login {
        account: account.to_owned(),
        password: SecretString::from("orchid-77"),
    }
}

fn tended(deeds: Vec<Deed>) -> Tended {
    Tended {
        observation: observation(),
        again_at: NOW.plus(Duration::from_secs(24 * 3600)),
        deeds,
    }
}

fn deed(number: u128) -> Deed {
    Deed {
        id: DeedId::from_untyped_uuid(Uuid::from_u128(number)),
        kind: DeedKind::Create,
        code: Code::ServiceAccountCreated,
        account: Some("ada".to_owned()),
        evidence: Vec::new(),
        edge: None,
        at: NOW,
    }
}

/// A core that goes by these settings and has looked after the account once.
fn settled(settings: Option<Settings>) -> Core {
    let memory = Memory {
        settings,
        ..Memory::default()
    };
    let mut core = core(Vec::new()).with_service_account(memory, NOW);
    assert!(
        matches!(core.poll(NOW), Step::Tend(None)),
        "what was left unfinished comes first"
    );
    core.handle_tended(tended(Vec::new()), NOW);
    core
}

fn checked_in_with(core: &mut Core, settings: Option<Settings>) -> CheckIn {
    let Step::CheckIn(told) = core.poll(NOW) else {
        panic!("a check-in was due")
    };
    let answer = CheckedIn {
        wants_observation: false,
        offers: Vec::new(),
        settings,
        escrow_digest: None,
        next_check_in_ms: 60_000,
        rings: 0,
        server_time: NOW,
    };
    core.handle_checked_in(&told, Answer::Yes(answer), NOW);
    *told
}

#[test]
fn before_the_organisation_has_said_so_a_login_is_of_no_use() {
    let mut core = settled(None);
    core.handle_login(login("ada"), NOW);
    assert!(matches!(core.poll(NOW), Step::RecordLogins(_)));
    let Step::RecordLogins(record) = core.poll(NOW) else {
        panic!("it is counted")
    };
    core.handle_logins_recorded(record);
    assert!(!matches!(core.poll(NOW), Step::Tend(_)));
}

#[test]
fn a_login_that_may_help_is_used_at_once_and_once() {
    let mut core = settled(Some(Settings::default()));
    core.handle_login(login("ada"), NOW);
    let Step::RecordLogins(record) = core.poll(NOW) else {
        panic!("it is counted")
    };
    core.handle_logins_recorded(record);
    let Step::Tend(Some(kept)) = core.poll(NOW) else {
        panic!("the account may be made")
    };
    assert_eq!(kept.account, "ada");
    assert!(!format!("{kept:?}").contains("orchid"));
    core.handle_tended(tended(Vec::new()), NOW);
    assert!(!matches!(core.poll(NOW), Step::Tend(_)), "the password was kept");
}

#[test]
fn a_login_is_not_kept_for_long_nor_that_of_the_account_itself() {
    let mut core = settled(Some(Settings::default()));
    core.handle_login(login("_bestow"), NOW);
    core.handle_login(login("ada"), NOW);
    let late = NOW.plus(Duration::from_secs(5 * 60));
    let Step::RecordLogins(record) = core.poll(late) else {
        panic!("they are counted")
    };
    assert_eq!(record.told, 2);
    core.handle_logins_recorded(record);
    assert!(!matches!(core.poll(late), Step::Tend(Some(_))));
}

#[test]
fn new_settings_are_kept_and_obeyed_at_once() {
    let mut core = settled(None);
    let wanted = Settings::default();
    assert_eq!(
        checked_in_with(&mut core, Some(wanted.clone())).settings_digest,
        None
    );
    let Step::Obey(settings) = core.poll(NOW) else {
        panic!("the settings are kept first")
    };
    assert_eq!(settings, wanted);
    core.handle_obeyed(settings, NOW);
    assert!(matches!(core.poll(NOW), Step::Tend(None)));
    core.handle_tended(tended(Vec::new()), NOW);
    core.handle_ring(LATER);
    let Step::CheckIn(told) = core.poll(LATER) else {
        panic!("a check-in was due")
    };
    assert_eq!(told.settings_digest, Some(wanted.digest()));
}

#[test]
fn deeds_are_told_until_the_server_has_them() {
    let mut core = settled(Some(Settings::default()));
    checked_in_with(&mut core, None);
    core.handle_login(login("ada"), NOW);
    core.handle_tended(tended((0..40).map(deed).collect()), NOW);
    let mut told = Vec::new();
    for _ in 0..20 {
        match core.poll(NOW) {
            Step::RecordLogins(record) => core.handle_logins_recorded(record),
            Step::Tend(_) => core.handle_tended(tended((0..40).map(deed).collect()), NOW),
            Step::CheckIn(check_in) => {
                told.extend(check_in.deeds.iter().map(|deed| deed.id));
                core.handle_checked_in(&check_in, checked_in(Vec::new()), NOW);
            }
            Step::ForgetDeeds(stored) => assert!(stored.iter().all(|id| told.contains(id))),
            Step::Look => core.handle_looked(observation(), NOW),
            _ => break,
        }
    }
    assert_eq!(told.len(), 40, "each once, 32 at a time");
}
