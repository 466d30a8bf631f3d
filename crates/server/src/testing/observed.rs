//! Macs as their agents see them.

use trust::fact::Fact;
use trust::lock_out::LockOutRule;
use trust::observation::{
    Account, AccountKind, BootVolume, BootstrapToken, Chip, CryptoUser, CryptoUserKind, FileVault, Hardware,
    MdmEnrolment, Observation, PasswordAnswer, PasswordOutlook, PasswordProof, PolicyOutlook, Security,
    ServiceAccount, StoredPasswords, System, TokenLabel, VolumeFormat,
};
use trust::os::OsVersion;
use trust::time::Timestamp;

/// A fact that a Mac told.
pub(crate) fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, Timestamp(1_770_000_000_000), "test")
}

/// An account by this name, whose GUID is made from its UID.
pub(crate) fn account(name: &str, uid: i64, administrator: bool, label: TokenLabel) -> Account {
    Account {
        record_name: name.to_owned(),
        aliases: Vec::new(),
        guid: format!("AAAAAAAA-0000-4000-8000-{uid:012}"),
        uid,
        real_name: name.to_uppercase(),
        administrator,
        hidden: false,
        kind: AccountKind::Local,
        home: None,
        shell: None,
        disabled: false,
        token_label: known(label),
        created_at: None,
        password_set_at: None,
        token_proof: None,
        lock_out: None,
    }
}

/// `ada` is an administrator and holds a token, `bob` is neither.
pub(crate) fn healthy_mac() -> Observation {
    mac_with(vec![
        account("ada", 501, true, TokenLabel::Enabled),
        account("bob", 502, false, TokenLabel::Disabled),
    ])
}

/// Nobody holds a token.
pub(crate) fn mac_without_holders() -> Observation {
    mac_with(vec![
        account("ada", 501, true, TokenLabel::Disabled),
        account("bob", 502, false, TokenLabel::Disabled),
    ])
}

/// Only `carol` holds a token, and is no administrator.
pub(crate) fn only_standard_holder() -> Observation {
    mac_with(vec![
        account("ada", 501, true, TokenLabel::Disabled),
        account("bob", 502, false, TokenLabel::Disabled),
        account("carol", 503, false, TokenLabel::Enabled),
    ])
}

/// macOS 10.12 on Mac OS Extended.
pub(crate) fn old_mac() -> Observation {
    let mut observation = mac_without_holders();
    observation.system = known(System {
        version: OsVersion::new(10, 12, 6),
        build: "16G29".to_owned(),
    });
    observation.boot_volume = known(BootVolume {
        device: "disk0s2".to_owned(),
        format: VolumeFormat::Hfs,
    });
    observation
}

/// A Mac that is fine, with these accounts; the disk lists those that have a token.
pub(crate) fn mac_with(accounts: Vec<Account>) -> Observation {
    let holders = accounts
        .iter()
        .filter(|account| account.token_label.value() == Some(&TokenLabel::Enabled));
    let crypto_users = holders
        .map(|account| CryptoUser {
            uuid: account.guid.clone(),
            kind: CryptoUserKind::LocalAccount,
            volume_owner: Some(true),
        })
        .collect();
    Observation {
        system: known(System {
            version: OsVersion::new(15, 2, 0),
            build: "24C101".to_owned(),
        }),
        hardware: known(Hardware {
            serial_number: "C02TEST".to_owned(),
            hardware_uuid: "00000000-0000-4000-8000-000000000001".to_owned(),
            model: "Mac14,2".to_owned(),
            chip: Chip::AppleSilicon,
        }),
        boot_volume: known(BootVolume {
            device: "disk3s1s1".to_owned(),
            format: VolumeFormat::Apfs,
        }),
        filevault: known(FileVault::On),
        accounts: known(accounts),
        crypto_users: known(crypto_users),
        filevault_users: known(Vec::new()),
        mdm: known(MdmEnrolment {
            enrolled: false,
            user_approved: false,
            automated: false,
            server_url: None,
        }),
        bootstrap_token: known(BootstrapToken {
            supported: false,
            escrowed: false,
        }),
        console_user: known(None),
        booted_at: known(Timestamp(1_000)),
        full_disk_access: known(true),
        security: Security::default(),
        promoted_in_passing: Vec::new(),
        login_plugin: Observation::not_looked_for(),
        service_account: Observation::not_looked_for(),
        local_administrator: None,
    }
}

/// What an agent knows that keeps a proved password of its service account, set at time 7.
pub(crate) fn service_account_seen() -> ServiceAccount {
    let right = PasswordProof {
        answer: PasswordAnswer::Right,
        at: Timestamp(1_770_000_000_000),
        by: "test".to_owned(),
        password_set_at: Some(Timestamp(7)),
    };
    ServiceAccount {
        restarted_since_enrolment: true,
        login_seen_since_restart: true,
        stored: StoredPasswords {
            current: true,
            ..StoredPasswords::default()
        },
        local_password: Some(right.clone()),
        disk_password: Some(right),
        ..ServiceAccount::none_yet(PolicyOutlook {
            password: PasswordOutlook::Possible,
            machine_attempts: None,
            lock_out: LockOutRule::Never,
            expires_at: None,
        })
    }
}

/// The same Mac, whose agent knows this of its service account.
pub(crate) fn with_service_account(mac: Observation, seen: ServiceAccount) -> Observation {
    Observation {
        service_account: known(seen),
        ..mac
    }
}
