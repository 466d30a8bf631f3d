//! Hand-made Macs for the tests of the rules.

use trust::action::{Action, GrantSecureToken};
use trust::fact::Fact;
use trust::observation::*;
use trust::os::OsVersion;
use trust::plan::{Knowledge, Plan, Situation};
use trust::time::Timestamp;

pub const NOW: Timestamp = Timestamp(1_760_000_000_000);

pub fn known<T>(value: T) -> Fact<T> {
    Fact::known(value, NOW, "test")
}

pub fn unknown<T>() -> Fact<T> {
    Fact::unknown("not told", NOW, "test")
}

/// An account without a token.
pub fn account(name: &str, administrator: bool) -> Account {
    Account {
        record_name: name.to_owned(),
        aliases: Vec::new(),
        guid: format!("GUID-OF-{}", name.to_uppercase()),
        uid: 501,
        real_name: name.to_uppercase(),
        administrator,
        hidden: false,
        kind: AccountKind::Local,
        home: Some(format!("/Users/{name}")),
        shell: Some("/bin/zsh".to_owned()),
        disabled: false,
        token_label: known(TokenLabel::Disabled),
        created_at: Some(NOW),
        password_set_at: Some(NOW),
        token_proof: None,
        lock_out: None,
    }
}

/// An account of which macOS says ENABLED.
pub fn enabled(name: &str, administrator: bool) -> Account {
    Account {
        token_label: known(TokenLabel::Enabled),
        ..account(name, administrator)
    }
}

/// An APFS Mac with macOS 15.2 and FileVault on. Accounts that say ENABLED have their crypto user.
pub fn mac(accounts: Vec<Account>) -> Observation {
    let crypto_users = accounts
        .iter()
        .filter(|account| account.token_label.value() == Some(&TokenLabel::Enabled))
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
            hardware_uuid: "11111111-2222-3333-4444-555555555555".to_owned(),
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
        mdm: unknown(),
        bootstrap_token: unknown(),
        console_user: known(None),
        booted_at: known(NOW),
        full_disk_access: known(true),
        security: Security::default(),
        promoted_in_passing: Vec::new(),
        login_plugin: Observation::not_looked_for(),
        service_account: Observation::not_looked_for(),
        local_administrator: None,
    }
}

pub fn grant(administrator: &str, target: &str) -> Action {
    Action::GrantSecureToken(GrantSecureToken {
        administrator: administrator.parse().unwrap(),
        target: target.parse().unwrap(),
        promote_administrator: false,
    })
}

/// The plan of a grant from ada to ben.
pub fn plan(observation: &Observation, knowledge: Knowledge) -> Plan {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge,
    };
    Plan::for_action(&grant("ada", "ben"), &situation)
}
