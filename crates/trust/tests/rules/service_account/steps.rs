//! What an agent does next.

use trust::name::AccountName;
use trust::observation::*;
use trust::service_account::{Login, Rung, Settings, Step, next_step};
use trust::time::Timestamp;

use super::support::{answered, bestow, bestow_without_token, conflict, proved, valid, valid_but, with};
use crate::support::{NOW, account, enabled};

fn name(text: &str) -> AccountName {
    text.parse().unwrap()
}

fn step(observation: &Observation, login: Option<&str>) -> Step {
    step_with(observation, login, &Settings::default())
}

fn step_with(observation: &Observation, login: Option<&str>, settings: &Settings) -> Step {
    let login = login.map(name);
    let login = login.as_ref().map(|account| Login { account });
    let step = next_step(observation, settings, login, NOW);
    assert!(login.is_some() || !step.needs_login(), "{step:?}");
    step
}

fn promoting() -> Settings {
    Settings {
        promote_administrators: true,
        ..Settings::default()
    }
}

fn waits(step: &Step) -> bool {
    matches!(step, Step::Wait { .. })
}

#[test]
fn it_is_made_at_the_first_login_of_a_holder() {
    let accounts = || vec![enabled("ada", true), enabled("ben", false), account("cleo", true)];
    for observation in [
        with(accounts(), proved()),
        with(
            accounts(),
            ServiceAccount {
                restarted_since_enrolment: false,
                ..proved()
            },
        ),
    ] {
        let made = Step::Create {
            holder: name("ada"),
            promote: false,
        };
        assert_eq!(step(&observation, Some("ada")), made);
        assert!(waits(&step(&observation, None)));
        assert!(
            waits(&step(&observation, Some("ben"))),
            "nobody is promoted in passing"
        );
        assert!(waits(&step(&observation, Some("cleo"))), "she holds nothing");
        assert!(waits(&step(&observation, Some("dora"))), "nobody knows her");
        let promoted = Step::Create {
            holder: name("ben"),
            promote: true,
        };
        assert_eq!(step_with(&observation, Some("ben"), &promoting()), promoted);
    }
}

#[test]
fn nothing_is_made_against_a_policy_that_leaves_no_password() {
    let seen = ServiceAccount {
        policy: PolicyOutlook {
            password: conflict(),
            ..proved().policy
        },
        ..proved()
    };
    let observation = with(vec![enabled("ada", true)], seen.clone());
    assert!(waits(&step(&observation, Some("ada"))));
    let due = with(
        vec![bestow(), enabled("ada", true)],
        ServiceAccount {
            rotation_due_at: Some(NOW),
            ..seen
        },
    );
    assert!(waits(&step(&due, None)));
}

#[test]
fn it_hands_on_to_whoever_logs_in_without_a_token() {
    let accounts = vec![bestow(), enabled("ada", true), account("ben", false)];
    let observation = with(accounts, proved());
    let to_ben = Step::Grant { target: name("ben") };
    assert_eq!(step(&observation, Some("ben")), to_ben);
    assert_eq!(step(&observation, Some("ada")), Step::Nothing);
    assert_eq!(step(&observation, Some("_bestow")), Step::Nothing);
    assert_eq!(step(&observation, None), Step::Nothing);
    let excluding = Settings {
        excluded_accounts: vec![name("ben")],
        ..Settings::default()
    };
    assert_eq!(step_with(&observation, Some("ben"), &excluding), Step::Nothing);
}

#[test]
fn a_rotation_is_due_when_its_time_has_come_and_no_login_waits() {
    let due_at = |at: i64| valid_but(|seen| seen.rotation_due_at = Some(Timestamp(at)));
    assert_eq!(step(&due_at(NOW.as_millis()), None), Step::Rotate);
    assert_eq!(step(&due_at(NOW.as_millis() + 1), None), Step::Nothing);
    let mut seen = proved();
    seen.rotation_due_at = Some(NOW);
    let observation = with(vec![bestow(), account("ben", false)], seen);
    assert_eq!(
        step(&observation, Some("ben")),
        Step::Grant { target: name("ben") }
    );
}

#[test]
fn it_is_repaired_by_what_costs_least() {
    let wrong = || Some(answered(PasswordAnswer::Wrong));
    let previous = valid_but(|seen| {
        seen.local_password = wrong();
        seen.stored.previous = true;
    });
    let alone = |rung| Step::Repair { rung, holder: None };
    assert_eq!(step(&previous, None), alone(Rung::PreviousPassword));
    assert_eq!(step(&previous, Some("ada")), alone(Rung::PreviousPassword));
    let demoted = with(
        vec![
            Account {
                administrator: false,
                ..bestow()
            },
            enabled("ada", true),
        ],
        proved(),
    );
    assert_eq!(step(&demoted, None), alone(Rung::Retry));
    let no_token = with(vec![bestow_without_token(), enabled("ada", true)], proved());
    assert!(waits(&step(&no_token, None)));
    let by_ada = Step::Repair {
        rung: Rung::HolderLogin,
        holder: Some(name("ada")),
    };
    assert_eq!(step(&no_token, Some("ada")), by_ada);
    let tried = with(
        vec![bestow_without_token(), enabled("ada", true)],
        ServiceAccount {
            tried: vec![Rung::HolderLogin],
            ..proved()
        },
    );
    assert!(waits(&step(&tried, Some("ada"))));
}

#[test]
fn nothing_is_done_where_none_is_wanted() {
    let none = Settings {
        wanted: false,
        ..Settings::default()
    };
    let missing = with(vec![enabled("ada", true)], proved());
    assert_eq!(step_with(&missing, Some("ada"), &none), Step::Nothing);
    assert_eq!(step_with(&valid(), Some("ada"), &none), Step::Nothing);
}
