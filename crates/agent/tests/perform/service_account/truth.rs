//! What is true of the service account, asked of the simulator's model.

use agent::service_account::Custody;
use macsim::model::mac::Mac;
use secrecy::ExposeSecret as _;

pub const NAME: &str = "_bestow";

/// Every password that the agent keeps.
pub fn kept(custody: &Custody) -> Vec<String> {
    let all = custody.passwords.all().unwrap();
    all.iter()
        .map(|password| password.secret.expose_secret().to_owned())
        .collect()
}

/// Whether the account is there and one password that is kept opens Open Directory, and one the disk.
pub fn opens(mac: &Mac, custody: &Custody) -> (bool, bool) {
    let Some(user) = mac.directory.user(NAME) else {
        return (false, false);
    };
    let kept = kept(custody);
    (
        kept.iter().any(|password| user.accepts(password)),
        kept.iter()
            .any(|password| mac.volume.unlock(user.guid(), password).is_some()),
    )
}

pub fn holds(mac: &Mac, name: &str) -> bool {
    mac.directory.user(name).is_some_and(|user| mac.is_holder(user))
}

/// The account is as it is meant to be, and its agent has its password.
pub fn is_whole(mac: &Mac, custody: &Custody) {
    let user = mac.directory.user(NAME).expect("there is a service account");
    assert!(holds(mac, NAME), "it holds no token");
    assert_eq!(opens(mac, custody), (true, true), "its password is lost");
    assert!(mac.directory.is_admin(user), "it is no administrator");
    assert_eq!(user.attributes.first("UserShell"), "/usr/bin/false");
    assert_eq!(user.home(), "/var/empty");
    assert_eq!(user.attributes.first("IsHidden"), "1");
    assert_eq!(user.attributes.first("RealName"), "Bestow Service Account");
    assert!((401..500).contains(&user.uid()), "{}", user.uid());
}
