//! Who stands in the list of administrators, and when there is one.

use trust::attention::admin_list;
use trust::observation::*;
use trust::os::OsVersion;
use trust::service_account::Settings;
use trust::token::{TokenState, token_state};

use crate::service_account::support::{bestow, bestow_without_token, proved, with};
use crate::support::{account, enabled, known};

fn listed(observation: &Observation) -> Option<Vec<String>> {
    admin_list(observation, &Settings::default())
}

/// Says ENABLED, but its crypto user is gone.
fn unusable(name: &str) -> Account {
    enabled(name, true)
}

#[test]
fn there_is_one_exactly_without_a_service_account_and_with_an_administrator_who_holds() {
    let own = [None, Some(bestow()), Some(bestow_without_token())];
    for own in own {
        for administrator_holds in [true, false] {
            for standard_holds in [true, false] {
                let of = |name, administrator, holds: bool| match holds {
                    true => enabled(name, administrator),
                    false => account(name, administrator),
                };
                let people = [
                    of("ada", true, administrator_holds),
                    of("ben", false, standard_holds),
                ];
                let accounts: Vec<Account> = own.clone().into_iter().chain(people).collect();
                let expected = (own.is_none() && administrator_holds).then(|| vec!["ada".to_owned()]);
                assert_eq!(listed(&with(accounts, proved())), expected);
            }
        }
    }
}

#[test]
fn exactly_the_administrators_whose_token_works_are_in_it() {
    let disabled = Account {
        disabled: true,
        ..enabled("dan", true)
    };
    let mut mac = with(
        vec![
            enabled("ada", true),
            unusable("ula"),
            enabled("sam", false),
            account("nia", true),
            disabled,
            enabled("eve", true),
        ],
        proved(),
    );
    let users = mac.crypto_users.value().unwrap().clone();
    let left = users
        .into_iter()
        .filter(|user| user.uuid != "GUID-OF-ULA")
        .collect();
    mac.crypto_users = known(left);
    let ula = mac.account("ula").unwrap();
    assert!(matches!(token_state(ula, &mac), TokenState::Unusable { .. }));
    assert_eq!(listed(&mac), Some(vec!["ada".to_owned(), "eve".to_owned()]));
}

#[test]
fn nobody_is_listed_where_no_service_account_can_or_shall_be() {
    let mac = with(vec![enabled("ada", true)], proved());
    let unwanted = Settings {
        wanted: false,
        ..Settings::default()
    };
    assert_eq!(admin_list(&mac, &unwanted), None);
    let mut old = mac;
    old.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G".to_owned(),
    });
    assert_eq!(listed(&old), None);
}
