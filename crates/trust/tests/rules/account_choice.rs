//! Which account a choice comes down to, on hand-made Macs.

use std::collections::BTreeMap;

use crate::support::account;
use trust::account_choice::{AccountChoice, NotOne, Unresolvable, WhyNotOne};
use trust::action::{AccountRole, Action, ActionTemplate, ChangePassword, ResetPassword};
use trust::name::AccountName;
use trust::observation::Account;
use trust::service_account::RECORD_NAME;
use trust::wildcard::{Field, Values, Why};

fn person(name: &str, uid: i64, administrator: bool, aliases: &[&str]) -> Account {
    Account {
        uid,
        aliases: aliases.iter().copied().map(str::to_owned).collect(),
        ..account(name, administrator)
    }
}

/// Two administrators, one of whom hands on; one standard account; and those that no role means.
fn accounts() -> Vec<Account> {
    vec![
        person("ada", 501, true, &["ada@example.org"]),
        person("ben", 502, false, &["benjamin", "b"]),
        person("cleo", 503, true, &[]),
        person(RECORD_NAME, 499, true, &[]),
        person("_helper", 498, false, &[]),
        person("root", 0, true, &[]),
        person("toor", 0, true, &[]),
    ]
}

fn on<T>(accounts: Option<&[Account]>, work: impl FnOnce(&Values<'_>) -> T) -> T {
    work(&Values {
        serial_number: "B",
        device_name: "Ada’s Mac",
        record: None,
        attributes: &BTreeMap::new(),
        accounts,
    })
}

fn resolve(
    choice: &AccountChoice,
    accounts: &[Account],
    administrator: Option<&str>,
) -> Result<String, WhyNotOne> {
    let administrator: Option<AccountName> = administrator.map(|name| name.parse().unwrap());
    on(Some(accounts), |values| {
        choice.resolve(values, administrator.as_ref())
    })
    .map(String::from)
    .map_err(|error| match error {
        Unresolvable::Account(NotOne { why, .. }) => why,
        Unresolvable::Wildcard(unresolved) => panic!("{unresolved:?}"),
    })
}

fn alias(text: &str) -> AccountChoice {
    AccountChoice::Alias {
        alias: text.parse().unwrap(),
    }
}

fn uid(uid: i64) -> AccountChoice {
    AccountChoice::Uid { uid }
}

const fn role(role: AccountRole) -> AccountChoice {
    AccountChoice::Role { role }
}

const STANDARD: AccountChoice = role(AccountRole::Standard);
const ADMINISTRATOR: AccountChoice = role(AccountRole::Administrator);

fn several(names: &[&str]) -> Result<String, WhyNotOne> {
    let names = names.iter().copied().map(str::to_owned);
    Err(WhyNotOne::Several(names.collect()))
}

#[test]
fn every_choice_comes_down_to_a_record_name() {
    for (choice, name) in [
        ("ben".parse().unwrap(), "ben"),
        ("nobody".parse().unwrap(), "nobody"),
        (alias("benjamin"), "ben"),
        (alias("ben"), "ben"),
        (alias("ada@example.org"), "ada"),
        (uid(503), "cleo"),
        (STANDARD, "ben"),
    ] {
        assert_eq!(
            resolve(&choice, &accounts(), None).as_deref(),
            Ok(name),
            "{choice:?}"
        );
    }
    let wrong_case = resolve(&alias("%serialnumber%en"), &accounts(), None);
    assert_eq!(wrong_case, Err(WhyNotOne::Nobody), "names are told apart by case");
    // A plain name says nothing of whether it exists: the plan does.
    let unseen = on(None, |values| {
        "ben".parse::<AccountChoice>().unwrap().resolve(values, None)
    });
    assert_eq!(unseen.unwrap().as_str(), "ben");
}

#[test]
fn a_role_never_means_who_hands_on_nor_the_service_account_nor_those_of_macos() {
    let accounts = accounts();
    assert_eq!(
        resolve(&ADMINISTRATOR, &accounts, Some("ada")).as_deref(),
        Ok("cleo")
    );
    assert_eq!(
        resolve(&ADMINISTRATOR, &accounts, Some("ada@example.org")).as_deref(),
        Ok("cleo"),
        "whoever hands on is known by each of its names"
    );
    assert_eq!(
        resolve(&ADMINISTRATOR, &accounts, None),
        several(&["ada", "cleo"])
    );
    let alone = &accounts[..1];
    assert_eq!(
        resolve(&ADMINISTRATOR, alone, Some("ada")),
        Err(WhyNotOne::Nobody)
    );
    let spared = &accounts[3..];
    for role in [STANDARD, ADMINISTRATOR] {
        assert_eq!(resolve(&role, spared, None), Err(WhyNotOne::Nobody));
    }
}

#[test]
fn none_and_several_are_told_apart_and_several_are_listed() {
    let mut accounts = accounts();
    assert_eq!(resolve(&uid(777), &accounts, None), Err(WhyNotOne::Nobody));
    assert_eq!(resolve(&alias("nobody"), &accounts, None), Err(WhyNotOne::Nobody));
    accounts.push(person("dan", 502, false, &["ben"]));
    assert_eq!(resolve(&uid(502), &accounts, None), several(&["ben", "dan"]));
    assert_eq!(
        resolve(&alias("ben"), &accounts, None),
        several(&["ben", "dan"]),
        "macOS finds both by this name"
    );
    assert_eq!(resolve(&STANDARD, &accounts, None), several(&["ben", "dan"]));
    let untold = on(None, |values| uid(502).resolve(values, None)).unwrap_err();
    let Unresolvable::Account(untold) = untold else {
        panic!("{untold:?}");
    };
    assert_eq!(
        (untold.field, &untold.why),
        (Field::TargetUid, &WhyNotOne::NotObserved)
    );
    assert_eq!(
        untold.in_words(),
        "The user id 502 cannot be told: the Mac has not told its accounts yet"
    );
}

#[test]
fn a_wildcard_without_a_value_names_the_field_of_the_alias() {
    let unresolved = on(Some(&accounts()), |values| {
        alias("%username%").resolve(values, None)
    });
    let Err(Unresolvable::Wildcard(unresolved)) = unresolved else {
        panic!("{unresolved:?}");
    };
    assert_eq!(
        (unresolved.field, unresolved.why),
        (Field::TargetAlias, Why::NoValue)
    );
}

#[test]
fn an_action_with_a_choice_is_another_one_on_each_mac() {
    let asked: ActionTemplate = serde_json::from_value(serde_json::json!({
        "kind": "reset_password", "administrator": "ada", "target": {"role": "administrator"},
    }))
    .unwrap();
    assert_eq!(asked.literal(), None);
    assert_eq!(asked.fields_per_mac(), [Field::TargetRole]);
    assert_eq!(
        asked.in_words(),
        "Reset Password: the only administrator account, with the help of ada"
    );
    let reset = |target: &str| {
        Action::ResetPassword(ResetPassword {
            target: target.parse().unwrap(),
            administrator: "ada".parse().unwrap(),
        })
    };
    assert_eq!(
        on(Some(&accounts()), |values| asked.resolve(values)),
        Ok(reset("cleo"))
    );
    // What a server makes of it is believed, but for accounts that no role means.
    assert!(
        asked.allows(&reset("cleo")) && !asked.allows(&reset(RECORD_NAME)) && !asked.allows(&reset("root"))
    );
    let json = serde_json::to_value(&asked).unwrap();
    assert_eq!(json["target"], serde_json::json!({"role": "administrator"}));

    for target in [
        serde_json::json!("ben"),
        serde_json::json!({"uid": 502}),
        serde_json::json!({"alias": "benjamin"}),
        serde_json::json!({"role": "standard"}),
    ] {
        let kept = serde_json::json!({"kind": "change_password", "target": target});
        let asked: ActionTemplate = serde_json::from_value(kept.clone()).unwrap();
        let target = "ben".parse().unwrap();
        let resolved = on(Some(&accounts()), |values| asked.resolve(values));
        assert_eq!(resolved, Ok(Action::ChangePassword(ChangePassword { target })));
        assert_eq!(serde_json::to_value(&asked).unwrap(), kept);
    }
}
