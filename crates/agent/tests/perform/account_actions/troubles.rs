//! Tools that lie or say nothing, an agent that may not, and one that is killed at every call.

use std::sync::atomic::AtomicBool;

use agent::journal::Stage;
use macsim::model::clock::UnixMillis;
use simrunner::SimRunner;
use trust::action::{Action, ActionState, DeleteAccount};
use trust::code::Code;

use super::ends::{on, several};
use super::orders::*;
use crate::macs::*;
use crate::runner::{KillPoint, WatchedRunner, Without};
use crate::service_account::World;

#[test]
fn a_lie_is_found_out() {
    for (action, lie, code) in [
        (promote("ben"), "edit", Code::AccountNotChanged),
        (demote("abe", None), "edit", Code::AccountNotChanged),
        (disable("ben", None), "-disableuser", Code::AccountNotChanged),
        (delete("ben", None), "-deleteUser", Code::AccountNotDeleted),
    ] {
        let runner = WatchedRunner::new(several(), UnixMillis(NOW.0)).lie_about(lie);
        let done = order_of(&action).carry_out(&runner, Stage::Started, &AtomicBool::new(false));
        assert_eq!(
            done.outcome.code, code,
            "{action:?}: {:#?}",
            done.outcome.evidence
        );
        assert_eq!(done.outcome.state(), ActionState::Failed);
        assert_eq!(runner.mac().directory, several().directory);
    }
    let (_, disabled) = on(several(), &disable("ben", None));
    let runner = WatchedRunner::new(disabled, UnixMillis(NOW.0)).lie_about("-enableuser");
    let done = order_of(&unlock("ben")).carry_out(&runner, Stage::Started, &AtomicBool::new(false));
    assert_eq!(
        done.outcome.code,
        Code::AccountNotChanged,
        "{:#?}",
        done.outcome.evidence
    );
}

#[test]
fn without_full_disk_access_no_home_is_lost() {
    let mut mac = several();
    mac.knobs.full_disk_access = false;
    let with_home = Action::DeleteAccount(DeleteAccount {
        target: "ben".parse().unwrap(),
        remove_home: true,
        confirm_device_name: None,
    });
    let (outcome, mac) = on(mac, &with_home);
    assert_eq!(
        outcome.code,
        Code::FullDiskAccessMissing,
        "{:#?}",
        outcome.evidence
    );
    assert_eq!(outcome.state(), ActionState::Refused);
    assert!(mac.directory.user("ben").is_some() && mac.homes.contains("/Users/ben"));
}

#[test]
fn a_mac_that_does_not_tell_its_accounts_is_left_alone() {
    let runner = SimRunner::new(several(), UnixMillis(NOW.0));
    let deaf = Without(&runner, &["dscl"]);
    for action in [
        promote("ben"),
        demote("abe", None),
        disable("ben", None),
        delete("ben", None),
    ] {
        let done = order_of(&action).carry_out(&deaf, Stage::Started, &AtomicBool::new(false));
        assert_eq!(done.outcome.state(), ActionState::Refused, "{:#?}", done.outcome);
        assert!(done.outcome.code.is_retry_safe());
    }
    assert_eq!(runner.mac().directory, several().directory);
}

#[test]
fn killed_at_every_call_it_comes_about_once() {
    let disabled = || on(several(), &disable("ben", None)).1;
    let cases = [
        (several(), promote("ben"), Code::AccountPromoted),
        (several(), demote("abe", None), Code::AccountDemoted),
        (several(), disable("ben", None), Code::AccountDisabled),
        (disabled(), unlock("ben"), Code::AccountUnlocked),
        (several(), delete("ben", None), Code::AccountDeleted),
    ];
    for (mac, action, code) in cases {
        let whole = World::new(mac.clone());
        whole.runner.arm(None);
        whole.order(&order_of(&action), Stage::Started);
        let calls = whole.runner.calls().len();
        let finished = whole.mac();
        for call in 0..calls {
            for after_the_tool in [false, true] {
                let world = World::new(mac.clone());
                let point = KillPoint { call, after_the_tool };
                let done = world.order_killed(&order_of(&action), point);
                let outcome = done.outcome;
                assert_eq!(
                    outcome.code, code,
                    "{action:?} killed at {point:?}: {:#?}",
                    outcome.evidence
                );
                let after = world.mac();
                assert_eq!(after.directory.groups, finished.directory.groups, "{point:?}");
                let names = |mac: &macsim::model::mac::Mac| {
                    let users = mac.directory.users.iter();
                    users
                        .map(|user| (user.name().to_owned(), user.is_disabled()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(names(&after), names(&finished), "{point:?}");
            }
        }
    }
}
