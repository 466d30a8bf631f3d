//! Macs whose chain is broken, one for each branch that the steps can take.

use trust::observation::*;
use trust::os::OsVersion;
use trust::recovery::{Recovery, Standing, WayBack};
use trust::recovery::{Way, recovery};

use crate::support::{account, enabled, known, mac, unknown};

/// One branch: the name of its page, what is special, and the Mac.
pub struct Branch {
    pub name: &'static str,
    pub title: &'static str,
    pub mac: Observation,
}

/// Every branch.
pub fn all() -> Vec<Branch> {
    let branch = |name, title, mac| Branch { name, title, mac };
    vec![
        branch(
            "standard_holder",
            "Only a standard account holds a token",
            standard_holder(),
        ),
        branch("first_token", "Nobody has ever held a token", unclaimed()),
        branch(
            "bootstrap_token",
            "Apple silicon, and the MDM holds a bootstrap token",
            with_bootstrap_token(broken(Chip::AppleSilicon, "15.2")),
        ),
        branch(
            "former_password",
            "A token that says ENABLED, and a disk that refuses its password",
            dead_token(),
        ),
        branch(
            "recovery_key_apple_silicon",
            "Apple silicon, several accounts, a personal recovery key and a Recovery Lock",
            locked(with_recovery_key(broken(Chip::AppleSilicon, "26.6"))),
        ),
        branch(
            "recovery_key_one_account",
            "Apple silicon, one account, a personal recovery key",
            only_one(with_recovery_key(broken(Chip::AppleSilicon, "15.2"))),
        ),
        branch(
            "recovery_key_t2",
            "Intel with T2, macOS 12, a personal recovery key",
            with_recovery_key(broken(Chip::T2, "12.7.6")),
        ),
        branch(
            "recovery_key_mojave",
            "Intel, macOS 10.14, a personal recovery key",
            with_recovery_key(broken(Chip::Intel, "10.14.6")),
        ),
        branch(
            "institutional_key_mojave",
            "Intel, macOS 10.14, an institutional recovery key",
            with_institutional_key(broken(Chip::Intel, "10.14.6")),
        ),
        branch(
            "institutional_key_t2",
            "Intel with T2, macOS 10.15, an institutional recovery key",
            with_institutional_key(broken(Chip::T2, "10.15.7")),
        ),
        branch(
            "institutional_key_refused",
            "Apple silicon, and nothing but an institutional recovery key",
            with_institutional_key(broken(Chip::AppleSilicon, "14.6.1")),
        ),
        branch(
            "filevault_off",
            "Intel with T2, FileVault off, and the account that held the token is gone",
            orphaned(),
        ),
        branch("nothing_known", "A Mac that told next to nothing", silent()),
    ]
}

/// ada, an administrator, and ben: neither holds a token, and the disk of somebody who is gone is encrypted. No MDM manages
/// it, no recovery key is there.
pub fn broken(chip: Chip, version: &str) -> Observation {
    let mut seen = mac(vec![account("ada", true), account("ben", false)]);
    seen.system = known(System {
        version: version.parse::<OsVersion>().unwrap(),
        build: String::new(),
    });
    seen.hardware = known(Hardware {
        serial_number: "C02TEST".to_owned(),
        hardware_uuid: "11111111-2222-3333-4444-555555555555".to_owned(),
        model: String::new(),
        chip,
    });
    seen.crypto_users = known(vec![key("GONE", CryptoUserKind::LocalAccount)]);
    seen.mdm = known(managed(false));
    seen.bootstrap_token = known(BootstrapToken {
        supported: false,
        escrowed: false,
    });
    seen.console_user = known(Some("ben".to_owned()));
    seen.security.personal_recovery_key = known(false);
    seen.security.institutional_recovery_key = known(false);
    seen
}

fn key(uuid: &str, kind: CryptoUserKind) -> CryptoUser {
    CryptoUser {
        uuid: uuid.to_owned(),
        kind,
        volume_owner: None,
    }
}

fn managed(enrolled: bool) -> MdmEnrolment {
    MdmEnrolment {
        enrolled,
        user_approved: enrolled,
        automated: false,
        server_url: None,
    }
}

/// The disk lists one more key.
pub fn listing(mut seen: Observation, kind: CryptoUserKind) -> Observation {
    let mut users = seen.crypto_users.value().unwrap().clone();
    users.push(key("KEY", kind));
    seen.crypto_users = known(users);
    seen
}

pub fn with_recovery_key(seen: Observation) -> Observation {
    let mut seen = listing(seen, CryptoUserKind::PersonalRecovery);
    seen.security.personal_recovery_key = known(true);
    seen
}

pub fn with_institutional_key(seen: Observation) -> Observation {
    let mut seen = listing(seen, CryptoUserKind::InstitutionalRecovery);
    seen.security.institutional_recovery_key = known(true);
    seen
}

pub fn with_bootstrap_token(seen: Observation) -> Observation {
    let mut seen = listing(seen, CryptoUserKind::BootstrapToken);
    seen.mdm = known(managed(true));
    seen.bootstrap_token = known(BootstrapToken {
        supported: true,
        escrowed: true,
    });
    seen
}

fn locked(mut seen: Observation) -> Observation {
    seen.mdm = known(managed(true));
    seen.security.recovery_lock = known(true);
    seen
}

fn only_one(mut seen: Observation) -> Observation {
    seen.accounts = known(vec![account("ada", true)]);
    seen
}

pub fn standard_holder() -> Observation {
    let mut seen = mac(vec![account("ada", true), enabled("stan", false)]);
    seen.mdm = known(managed(false));
    seen.security.institutional_recovery_key = known(false);
    with_recovery_key(seen)
}

pub fn unclaimed() -> Observation {
    let mut seen = broken(Chip::AppleSilicon, "15.2");
    seen.crypto_users = known(Vec::new());
    seen.filevault = known(FileVault::Off);
    seen
}

pub fn dead_token() -> Observation {
    let mut seen = broken(Chip::AppleSilicon, "15.2");
    let dead = Account {
        token_proof: Some(TokenProof {
            result: ProofResult::DiskRefused,
            at: crate::support::NOW,
            password_set_at: Some(crate::support::NOW),
        }),
        ..enabled("cleo", true)
    };
    seen.crypto_users = known(vec![key(&dead.guid, CryptoUserKind::LocalAccount)]);
    seen.accounts = known(vec![account("ben", false), dead]);
    seen
}

fn orphaned() -> Observation {
    let mut seen = broken(Chip::T2, "12.7.6");
    seen.filevault = known(FileVault::Off);
    seen
}

/// Nothing is known but that nobody holds a token.
fn silent() -> Observation {
    let mut seen = mac(vec![account("ada", true)]);
    seen.system = unknown();
    seen.hardware = unknown();
    seen.filevault = unknown();
    seen.crypto_users = unknown();
    seen.console_user = unknown();
    seen
}

/// One way as it stands on a Mac.
pub fn way(seen: &Observation, way: Way) -> WayBack {
    let Recovery { ways, .. } = recovery(seen);
    ways.into_iter().find(|one| one.way == way).unwrap()
}

/// How a way stands on a Mac.
pub fn standing(seen: &Observation, wanted: Way) -> Standing {
    way(seen, wanted).standing
}
