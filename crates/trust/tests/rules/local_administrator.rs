//! What an agent does next for the local administrator.

use trust::action::Action;
use trust::attention::{Turn, attention};
use trust::code::Code;
use trust::escrow::{EscrowKind, Standing, State};
use trust::finding::{Finding, Remedy, RemedyKind, diagnose};
use trust::local_administrator::{
    Alphabet, Held, Made, Settings, Step, WAITS_FOR_LOG_OUT, next_step, outlook,
};
use trust::name::AccountName;
use trust::observation::{Account, LocalAdministratorAccount, MdmEnrolment, Observation};
use trust::os::OsVersion;
use trust::service_account;
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

/// The Mac with the account that its agent made, which has no token.
fn without_token(seen: Observation, has_password: bool, is_wanted: bool) -> Observation {
    Observation {
        local_administrator: Some(LocalAdministratorAccount {
            guid: "guid-of-localadmin".to_owned(),
            has_password,
            is_wanted,
        }),
        ..seen
    }
}

/// The ways to a token for the account.
fn ways(seen: &Observation) -> Vec<Remedy> {
    let found = diagnose(seen);
    let is_it = |finding: &&Finding| finding.account.as_deref() == Some(NAME);
    let of_it: Vec<&Finding> = found.iter().filter(is_it).collect();
    let [one] = of_it[..] else {
        panic!("{of_it:?}");
    };
    assert_eq!(one.code, Code::MissingFromStartUpScreen);
    assert!(one.evidence.contains("no Secure Token"), "{}", one.evidence);
    one.remedies.clone()
}

fn in_short(ways: &[Remedy]) -> Vec<RemedyKind> {
    ways.iter().map(Remedy::kind).collect()
}

#[test]
fn the_agent_gets_it_its_token_by_itself_where_the_service_account_can_hand_one_on() {
    let seen = without_token(served(account(NAME, true)), true, true);
    let made = NAME.parse().unwrap();
    assert_eq!(step(&seen, held(&made)), Step::Grant, "it does so indeed");
    let ways = ways(&seen);
    assert_eq!(in_short(&ways), [RemedyKind::Agent, RemedyKind::Console]);
    assert!(ways[0].words().contains("by itself"), "{ways:?}");
    assert!(
        ways[1]
            .words()
            .contains("the password of localadmin that the vault shows"),
        "{ways:?}"
    );
    let found = diagnose(&seen);
    let reasons = attention(&seen, &service_account::Settings::default(), &found).reasons;
    let reason = reasons
        .iter()
        .find(|reason| reason.code == Code::MissingFromStartUpScreen)
        .unwrap();
    assert_eq!((reason.remedy, reason.turn), (RemedyKind::Agent, Turn::Agent));
    assert_eq!(reason.step, ways[0].words());
    assert!(reason.persons.is_empty(), "nobody has to log in as it");
}

#[test]
fn that_it_comes_by_itself_does_not_hide_who_else_has_no_token() {
    let accounts = vec![
        bestow(),
        enabled("ada", true),
        account(NAME, true),
        account("zoe", false),
    ];
    let seen = without_token(with(accounts, proved()), true, true);
    let found = diagnose(&seen);
    let reasons = attention(&seen, &service_account::Settings::default(), &found).reasons;
    let reason = reasons
        .iter()
        .find(|reason| reason.code == Code::MissingFromStartUpScreen)
        .unwrap();
    assert_eq!(reason.accounts, ["zoe", NAME]);
    assert_eq!(reason.persons, ["zoe"]);
}

#[test]
fn where_the_service_account_cannot_a_holder_grants_with_the_password_of_the_vault() {
    let unserved = mac(vec![enabled("ada", true), account(NAME, true)]);
    let wanted = ways(&without_token(unserved.clone(), true, true));
    let by_holder = "Grant localadmin a Secure Token with the credentials of ada, and the password of localadmin that the vault shows";
    assert!(
        matches!(&wanted[0], Remedy::Action { label, action: Action::GrantSecureToken(_) } if label == by_holder),
        "{wanted:?}"
    );
    assert!(
        wanted[1]
            .words()
            .starts_with("Bring the service account into order"),
        "{wanted:?}"
    );
    let not_wanted = ways(&without_token(unserved, true, false));
    assert_eq!(not_wanted, wanted[..1], "the agent does nothing for it any more");

    let standard = mac(vec![enabled("ben", false), account(NAME, true)]);
    let by_standard = ways(&without_token(standard, true, true));
    assert!(
        by_standard[0].words().contains("for the moment"),
        "{by_standard:?}"
    );
    let nobody = mac(vec![account("ada", true), account(NAME, true)]);
    let broken = ways(&without_token(nobody, true, true));
    assert_eq!(in_short(&broken), [RemedyKind::Recovery]);
}

#[test]
fn an_account_whose_password_somebody_changed_is_made_anew() {
    let made = NAME.parse().unwrap();
    let lost = Held {
        has_password: false,
        ..held(&made)
    };
    let seen = without_token(served(account(NAME, true)), false, true);
    assert!(waits(&step(&seen, lost)), "until it is deleted");
    let anew = ways(&seen);
    assert_eq!(in_short(&anew), [RemedyKind::Console]);
    assert!(anew[0].words().starts_with("Delete localadmin"), "{anew:?}");
    assert!(anew[0].words().contains("makes it anew"), "{anew:?}");
    let gone = served(account("ben", false));
    assert_eq!(step(&gone, lost), Step::Make, "it is, once it is deleted");
    let not_wanted = ways(&without_token(served(account(NAME, true)), false, false));
    assert!(!not_wanted[0].words().contains("anew"), "{not_wanted:?}");
}

#[test]
fn an_account_of_its_name_that_the_agent_did_not_make_is_a_persons() {
    let another = Account {
        guid: "ANOTHER".to_owned(),
        ..account(NAME, true)
    };
    let unserved = mac(vec![enabled("ada", true), another]);
    let ways = ways(&without_token(unserved, true, true));
    assert_eq!(
        ways[0].words(),
        "Grant localadmin a Secure Token with the credentials of ada"
    );
}

#[test]
fn it_is_no_administrator_of_the_enrolment() {
    let mut seen = without_token(served(account(NAME, true)), true, true);
    seen.mdm = known(MdmEnrolment {
        enrolled: true,
        user_approved: true,
        automated: true,
        server_url: None,
    });
    assert_eq!(in_short(&ways(&seen))[0], RemedyKind::Agent);
}

#[test]
fn what_an_older_agent_tells_is_read_and_keeps_its_digest() {
    let seen = mac(vec![enabled("ada", true)]);
    let json = serde_json::to_value(&seen).unwrap();
    assert!(json.get("local_administrator").is_none());
    let read: Observation = serde_json::from_value(json).unwrap();
    assert_eq!(read.digest(), seen.digest());
    let with_one = without_token(seen.clone(), true, true);
    assert_ne!(with_one.digest(), seen.digest(), "that it was made is told");
}

#[test]
fn people_are_told_what_comes_next_as_the_mac_was_last_seen() {
    let tell = |seen: Option<&Observation>, wanted_since| outlook(seen, &settings(), wanted_since, NOW);
    let told = |seen: &Observation| tell(Some(seen), None).unwrap();
    assert!(tell(None, None).unwrap().contains("told nothing"));
    let holder = mac(vec![enabled("ada", true)]);
    assert!(told(&holder).starts_with("The agent makes localadmin"));
    let broken = mac(vec![account("ada", true)]);
    assert!(told(&broken).starts_with("The agent waits for an account that holds a Secure Token, because"));
    let old = Observation {
        system: known(trust::observation::System {
            version: OsVersion::new(10, 12, 6),
            build: "16G29".to_owned(),
        }),
        ..holder
    };
    assert!(told(&old).starts_with("None is made on this Mac"));
    assert!(told(&served(enabled(NAME, true))).contains("left alone"));

    let ours = |has_password| Observation {
        local_administrator: Some(LocalAdministratorAccount {
            guid: "guid-of-localadmin".to_owned(),
            has_password,
            is_wanted: true,
        }),
        ..served(enabled(NAME, true))
    };
    assert_eq!(tell(Some(&ours(true)), None), None, "nothing is to be done");
    assert!(told(&ours(false)).contains("whose password is lost"));
    let wanted = |since| tell(Some(&ours(true)), Some(since));
    assert!(wanted(NOW).unwrap().contains("another password"));
    assert_eq!(wanted(NOW.plus(WAITS_FOR_LOG_OUT)), None, "not yet");
}
