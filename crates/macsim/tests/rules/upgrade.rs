//! An upgrade of macOS.

use macsim::model::os::OsVersion;
use macsim::rules::upgrade::upgrade;
use macsim::scenario::Situation;

use super::support::AT;

#[test]
fn an_upgrade_forgets_who_was_registered_for_logins() {
    let mut mac = Situation::Healthy.mac(1, AT.now).mac;
    let fresh = mac.login_right.mechanisms.clone();
    mac.login_right.mechanisms.push("x:y,privileged".to_owned());
    let boots = mac.session.boots;
    upgrade(&mut mac, OsVersion::new(26, 0), AT);
    assert_eq!(mac.os, OsVersion::new(26, 0));
    assert_eq!(mac.login_right.mechanisms, fresh);
    assert_eq!((mac.session.boots, mac.session.console_user), (boots + 1, None));
}

#[test]
fn filevault_takes_the_password_over_later_in_early_versions() {
    let place = |os: OsVersion| {
        let mut mac = Situation::Healthy.mac(1, AT.now).mac;
        upgrade(&mut mac, os, AT);
        let mechanisms = mac.login_right.mechanisms;
        let at = |name: &str| mechanisms.iter().position(|known| known == name).unwrap();
        at("loginwindow:FDESupport,privileged") < at("loginwindow:success")
    };
    assert!(!place(OsVersion::new(10, 13)));
    assert!(place(OsVersion::new(10, 14)));
}
