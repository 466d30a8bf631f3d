//! What an agent does next for the local administrator.

use trust::escrow::{EscrowKind, Standing, State};
use trust::local_administrator::{Alphabet, Held, Made, Settings, Step, WAITS_FOR_LOG_OUT, next_step};
use trust::name::AccountName;
use trust::observation::{Account, Observation};
use trust::os::OsVersion;
use trust::time::Timestamp;

use crate::service_account::support::{bestow, proved, with};
use crate::support::{NOW, account, enabled, known, mac};

const NAME: &str = "localadmin";

fn settings() -> Settings {
    Settings {
        account: NAME.parse().unwrap(),
        full_name: "Local Administrator".parse().unwrap(),
        hidden: false,
        length: Settings::USUAL_LENGTH,
        alphabet: Alphabet::default(),
        rotate_every_days: Settings::USUAL_ROTATION_DAYS,
    }
}

/// Made and in order, with nothing due.
fn held(name: &AccountName) -> Held<'_> {
    Held {
        made: Some(Made {
            account: name,
            guid: "GUID-OF-LOCALADMIN",
        }),
        has_password: true,
        due_at: Some(NOW.plus(WAITS_FOR_LOG_OUT)),
        wanted_since: None,
    }
}

fn served(ours: Account) -> Observation {
    with(vec![bestow(), enabled("ada", true), ours], proved())
}

fn step(seen: &Observation, held: Held<'_>) -> Step {
    next_step(seen, &settings(), held, NOW)
}

fn waits(step: &Step) -> bool {
    matches!(step, Step::Wait { .. })
}

#[test]
fn it_is_made_where_somebody_holds_and_never_takes_the_first_token() {
    let none = Held::default();
    assert_eq!(step(&mac(vec![enabled("ada", true)]), none), Step::Make);
    assert!(waits(&step(&mac(vec![account("ada", true)]), none)));
    let old = Observation {
        system: known(trust::observation::System {
            version: OsVersion::new(10, 12, 6),
            build: "16G29".to_owned(),
        }),
        ..mac(vec![enabled("ada", true)])
    };
    assert_eq!(step(&old, none), Step::Nothing);
}

#[test]
fn an_account_that_it_did_not_make_is_left_alone() {
    let taken = served(enabled(NAME, true));
    assert_eq!(step(&taken, Held::default()), Step::NameTaken);
    let alias = Account {
        aliases: vec!["LocalAdmin".to_owned()],
        ..enabled("stan", true)
    };
    assert_eq!(step(&served(alias), Held::default()), Step::NameTaken);
    let name = NAME.parse().unwrap();
    let another = Account {
        guid: "ANOTHER".to_owned(),
        ..enabled(NAME, true)
    };
    assert_eq!(step(&served(another), held(&name)), Step::NameTaken);
}

#[test]
fn a_token_is_handed_on_as_soon_as_the_service_account_can() {
    let name = NAME.parse().unwrap();
    assert_eq!(step(&served(account(NAME, true)), held(&name)), Step::Grant);
    let unserved = mac(vec![enabled("ada", true), account(NAME, true)]);
    assert_eq!(step(&unserved, held(&name)), Step::Nothing);
    assert_eq!(step(&served(enabled(NAME, true)), held(&name)), Step::Nothing);
}

#[test]
fn another_password_comes_when_it_is_due_or_wanted() {
    let name = NAME.parse().unwrap();
    let seen = served(enabled(NAME, true));
    let due = Held {
        due_at: Some(NOW),
        ..held(&name)
    };
    assert_eq!(step(&seen, due), Step::Rotate);
    let wanted = Held {
        wanted_since: Some(NOW),
        ..held(&name)
    };
    assert_eq!(step(&seen, wanted), Step::Rotate);
    let lost = Held {
        has_password: false,
        ..wanted
    };
    assert!(waits(&step(&seen, lost)));
    let disabled = Account {
        disabled: true,
        ..enabled(NAME, true)
    };
    assert!(waits(&step(&served(disabled), wanted)));
}

#[test]
fn the_last_holder_keeps_its_password() {
    let name = NAME.parse().unwrap();
    let wanted = Held {
        wanted_since: Some(NOW),
        ..held(&name)
    };
    let last = mac(vec![enabled(NAME, true), account("ada", true)]);
    assert!(waits(&step(&last, wanted)));
    let disabled = Account {
        disabled: true,
        ..enabled("ada", true)
    };
    assert!(waits(&step(&mac(vec![enabled(NAME, true), disabled]), wanted)));
    let without_token = mac(vec![account(NAME, true), account("ada", true)]);
    assert_eq!(
        step(&without_token, wanted),
        Step::Rotate,
        "it has no token to lose"
    );
}

#[test]
fn a_session_is_waited_for_and_not_for_ever() {
    let name = NAME.parse().unwrap();
    let seen = Observation {
        console_user: known(Some(NAME.to_owned())),
        ..served(enabled(NAME, true))
    };
    let since = |at: Timestamp| Held {
        wanted_since: Some(at),
        ..held(&name)
    };
    assert!(waits(&step(&seen, since(NOW))));
    let long_ago = Timestamp(NOW.0 - i64::try_from(WAITS_FOR_LOG_OUT.as_millis()).unwrap());
    assert_eq!(step(&seen, since(long_ago)), Step::Rotate);
}

#[test]
fn a_mac_has_one_and_the_former_one_is_deleted_by_a_person() {
    let former: AccountName = "former".parse().unwrap();
    let made = Held {
        made: Some(Made {
            account: &former,
            guid: "GUID-OF-FORMER",
        }),
        ..held(&former)
    };
    assert!(waits(&step(&served(enabled("former", true)), made)));
    assert_eq!(step(&served(account("ben", false)), made), Step::Make);
}

#[test]
fn a_password_that_somebody_changed_has_its_own_way_out() {
    let unknown = Standing {
        state: State::KeyUnknown,
        latest: 1,
        ..Standing::default()
    };
    let password = unknown.sentence(EscrowKind::LocalAdministratorPassword);
    assert!(password.contains("Delete the account"), "{password}");
    let key = unknown.sentence(EscrowKind::PersonalRecoveryKey);
    assert!(key.contains("A rotation makes one"), "{key}");
}
