//! How far a Mac is on its way back, and what is left to see to.

use trust::escrow::{Origin, State, Version};
use trust::observation::*;
use trust::recovery::*;
use trust::service_account::Status;
use trust::time::Timestamp;

use crate::branches::{broken, with_recovery_key};
use crate::support::{NOW, enabled, known};

fn begun(way: Way) -> Begun {
    Begun {
        way,
        at: NOW,
        page_opened_at: None,
        online: true,
        heard_at: Some(NOW),
    }
}

fn reached(begun: &Begun, seen: &Observation) -> Vec<Stage> {
    let milestones = progress(begun, Some(seen));
    milestones
        .into_iter()
        .filter(|one| one.reached)
        .map(|one| one.stage)
        .collect()
}

fn back(mut seen: Observation, at: Timestamp) -> Observation {
    seen.accounts = known(vec![enabled("ada", true), enabled("ben", false)]);
    let keys = ["ada", "ben"].map(|name| CryptoUser {
        uuid: seen.account(name).unwrap().guid.clone(),
        kind: CryptoUserKind::LocalAccount,
        volume_owner: None,
    });
    seen.crypto_users = known(keys.to_vec());
    seen.booted_at = known(at);
    seen
}

fn sick() -> Observation {
    let mut seen = with_recovery_key(broken(Chip::AppleSilicon, "15.2"));
    seen.booted_at = known(Timestamp(NOW.0 - 1));
    seen
}

#[test]
fn each_stage_follows_from_what_is_reported() {
    let mut begun = begun(Way::PersonalRecoveryKey);
    let seen = sick();
    assert_eq!(reached(&begun, &seen), [Stage::LinkMade]);
    begun.page_opened_at = Some(Timestamp(NOW.0 + 1));
    assert_eq!(reached(&begun, &seen), [Stage::LinkMade, Stage::PageOpened]);
    begun.online = false;
    assert_eq!(
        reached(&begun, &seen),
        [Stage::LinkMade, Stage::PageOpened],
        "it was silent before anybody was sent to it"
    );
    begun.heard_at = Some(Timestamp(NOW.0 + 1));
    assert_eq!(
        reached(&begun, &seen),
        [Stage::LinkMade, Stage::PageOpened, Stage::LeftMacos]
    );
    begun.online = true;
    let mut came = seen.clone();
    came.booted_at = known(Timestamp(NOW.0 + 2));
    assert_eq!(
        reached(&begun, &came).last(),
        Some(&Stage::StartedAgain),
        "it was started again, and nobody holds"
    );
    let whole = back(seen, Timestamp(NOW.0 + 2));
    assert_eq!(reached(&begun, &whole).len(), 5);
}

#[test]
fn a_restart_before_it_was_begun_is_none() {
    let mut seen = sick();
    seen.booted_at = known(NOW);
    assert!(!reached(&begun(Way::PersonalRecoveryKey), &seen).contains(&Stage::StartedAgain));
}

#[test]
fn a_way_that_stays_in_macos_has_no_restart() {
    let stages: Vec<Stage> = progress(&begun(Way::BootstrapToken), Some(&sick()))
        .into_iter()
        .map(|one| one.stage)
        .collect();
    assert_eq!(stages, [Stage::LinkMade, Stage::PageOpened, Stage::HolderBack]);
}

#[test]
fn a_mac_that_never_told_is_awaited() {
    let milestones = progress(&begun(Way::Erase), None);
    assert!(
        milestones.iter().skip(1).all(|one| !one.reached),
        "{milestones:?}"
    );
}

const NO_KEY: KeptKey<'static> = KeptKey {
    state: State::Empty,
    current: None,
    shown_at: None,
};

fn states(way: Way, seen: &Observation, status: &Status) -> Vec<(Task, TaskState)> {
    aftercare(&begun(way), seen, status, &NO_KEY)
        .into_iter()
        .map(|one| (one.task, one.state))
        .collect()
}

#[test]
fn what_is_left_is_told_only_when_somebody_holds_again() {
    let valid = Status::Valid { proved_at: NOW };
    assert_eq!(states(Way::PersonalRecoveryKey, &sick(), &valid), []);
    let mut seen = back(sick(), NOW);
    assert_eq!(
        states(Way::PersonalRecoveryKey, &seen, &Status::AwaitingFirstLogin),
        [
            (Task::ServiceAccount, TaskState::Open),
            (Task::BootstrapToken, TaskState::NotNeeded),
            (Task::RecoveryKey, TaskState::Open),
        ]
    );
    seen.mdm = known(MdmEnrolment {
        enrolled: true,
        user_approved: true,
        automated: false,
        server_url: None,
    });
    for (escrowed, state) in [(false, TaskState::Open), (true, TaskState::Done)] {
        seen.bootstrap_token = known(BootstrapToken {
            supported: true,
            escrowed,
        });
        let expected = [
            (Task::ServiceAccount, TaskState::Done),
            (Task::BootstrapToken, state),
        ];
        assert_eq!(states(Way::PasswordReset, &seen, &valid), expected);
    }
}

fn told(state: State, current: Option<&Version>) -> Option<(Task, TaskState)> {
    let key = KeptKey {
        state,
        current,
        shown_at: None,
    };
    let begun = begun(Way::PersonalRecoveryKey);
    let valid = Status::Valid { proved_at: NOW };
    let tasks = aftercare(&begun, &back(sick(), NOW), &valid, &key);
    tasks.last().map(|one| (one.task, one.state))
}

#[test]
fn only_a_proved_key_that_came_since_and_was_shown_to_nobody_settles_the_one_that_was_read_out() {
    let later = Timestamp(NOW.0 + 1);
    let another = Version {
        version: 2,
        origin: Origin::Rotation,
        escrowed_at: later,
        proved_at: Some(later),
        ended: None,
        destroyed_at: None,
        revealed: Vec::new(),
    };
    let done = Some((Task::RecoveryKey, TaskState::Done));
    let open = Some((Task::RecoveryKey, TaskState::Open));
    assert_eq!(told(State::Held, Some(&another)), done);
    let of = |change: fn(&mut Version)| {
        let mut version = another.clone();
        change(&mut version);
        version
    };
    for not_yet in [
        of(|version| version.escrowed_at = NOW),
        of(|version| version.proved_at = None),
        of(|version| version.proved_at = Some(NOW)),
        of(|version| version.origin = Origin::EscrowFile),
        of(|version| version.revealed.push((NOW, "person:grace".to_owned()))),
    ] {
        assert_eq!(told(State::Held, Some(&not_yet)), open, "{not_yet:?}");
    }
    for unknown in [State::Empty, State::KeyUnknown, State::Ended] {
        assert_eq!(told(unknown, None), open);
    }
}

#[test]
fn a_key_that_was_shown_since_is_seen_to_whatever_way_somebody_was_sent() {
    let valid = Status::Valid { proved_at: NOW };
    let begun = begun(Way::FormerPassword);
    let is_told = |shown_at| {
        let key = KeptKey { shown_at, ..NO_KEY };
        let tasks = aftercare(&begun, &back(sick(), NOW), &valid, &key);
        tasks.iter().any(|one| one.task == Task::RecoveryKey)
    };
    assert!(is_told(Some(begun.at)));
    assert!(!is_told(Some(Timestamp(begun.at.0 - 1))));
    assert!(!is_told(None));
}

#[test]
fn every_way_is_found_by_its_word() {
    for way in Way::ALL {
        assert_eq!(Way::from_word(way.word()), Some(way));
        assert_eq!(serde_json::to_value(way).unwrap(), way.word());
    }
    assert_eq!(Way::from_word("by_magic"), None);
}
