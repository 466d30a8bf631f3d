use rand_core::UnwrapErr;
use secrecy::{ExposeSecret as _, SecretString};
use trust::time::Timestamp;

use super::{Owner, Password, PasswordStore, Slot};
use crate::paths::Paths;

fn password(secret: &str) -> Password {
    let mut random = UnwrapErr(getrandom::SysRng);
    Password::new(SecretString::from(secret), Timestamp(7), &mut random)
}

fn kept(store: &PasswordStore) -> [Option<String>; 3] {
    Slot::ALL.map(|slot| {
        let password = store.get(slot).unwrap()?;
        Some(password.secret.expose_secret().to_owned())
    })
}

fn some(secret: &str) -> Option<String> {
    Some(secret.to_owned())
}

#[test]
fn passwords_move_on_and_none_is_lost() {
    let store = PasswordStore::in_memory(Owner::ServiceAccount);
    for secret in ["one", "two", "three"] {
        store.stage(&password(secret)).unwrap();
        store.commit().unwrap();
        store.commit().unwrap();
    }
    assert_eq!(kept(&store), [some("three"), None, some("two")]);
    store.stage(&password("four")).unwrap();
    assert_eq!(kept(&store), [some("three"), some("four"), some("two")]);
    store.unstage().unwrap();
    let previous = store.get(Slot::Previous).unwrap().unwrap();
    store.reinstate(&previous).unwrap();
    assert_eq!(kept(&store), [some("two"), None, some("three")]);
    store.clear().unwrap();
    assert_eq!(kept(&store), [None, None, None]);
}

#[test]
fn the_file_outlives_the_agent_and_shows_no_password() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::new(folder.path(), Some(folder.path()));
    let store = PasswordStore::open(&paths, Owner::ServiceAccount).unwrap();
    store.stage(&password("orchid-77")).unwrap();
    store.commit().unwrap();
    assert!(!format!("{store:?}{:?}", store.all().unwrap()).contains("orchid"));
    drop(store);
    for file in [paths.keychain(), paths.keychain_key()] {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains("orchid") && !text.contains("b3JjaGlk"), "{text}");
    }
    let again = PasswordStore::open(&paths, Owner::ServiceAccount).unwrap();
    assert_eq!(kept(&again), [some("orchid-77"), None, None]);
}

#[test]
fn an_item_opens_in_its_own_slot_only() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::new(folder.path(), Some(folder.path()));
    PasswordStore::open(&paths, Owner::ServiceAccount)
        .unwrap()
        .stage(&password("orchid-77"))
        .unwrap();
    let text = std::fs::read_to_string(paths.keychain()).unwrap();
    std::fs::write(paths.keychain(), text.replace("staged", "current")).unwrap();
    PasswordStore::open(&paths, Owner::ServiceAccount)
        .unwrap()
        .get(Slot::Current)
        .unwrap_err();
}
