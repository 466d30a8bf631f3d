//! The Mac's security, row by row and in words, for whoever shows it to people.

use crate::fact::Fact;
use crate::observation::{
    BootstrapToken, BootstrapTokenAllowance, Chip, CryptoUser, CryptoUserKind, Observation, SecureBoot,
    SystemIntegrity,
};

/// One row: what it is called, and what was told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is called.
    pub label: &'static str,
    /// What was told, with when and how; why not, where it is not known.
    pub told: Fact<String>,
}

/// Everything that was seen of the security of the Mac, in the order in which people ask for it.
pub fn rows(observation: &Observation) -> Vec<Row> {
    let security = &observation.security;
    let chip = observation.hardware.value().map(|hardware| hardware.chip);
    let row = |label, told| Row { label, told };
    vec![
        row(
            "System Integrity Protection",
            security.system_integrity.map(integrity),
        ),
        row(
            "Secure Boot",
            security.secure_boot.map(|level| secure_boot(*level, chip)),
        ),
        row("Recovery Lock", security.recovery_lock.map(yes_or_no)),
        row(
            "Personal recovery key",
            recovery_key(
                &security.personal_recovery_key,
                &CryptoUserKind::PersonalRecovery,
                observation,
            ),
        ),
        row(
            "Institutional recovery key",
            recovery_key(
                &security.institutional_recovery_key,
                &CryptoUserKind::InstitutionalRecovery,
                observation,
            ),
        ),
        row(
            "Keys to the disk",
            observation.crypto_users.map(|users| keys(users)),
        ),
        row(
            "Bootstrap token",
            observation.bootstrap_token.map(|token| bootstrap_token(*token)),
        ),
        row(
            "Bootstrap token for authentication",
            security
                .bootstrap_token_allowed
                .map(|allowance| allowed(*allowance)),
        ),
        row(
            "Bootstrap token for software updates",
            security
                .bootstrap_token_required_for_software_updates
                .map(yes_or_no),
        ),
        row(
            "Bootstrap token for kernel extensions",
            security
                .bootstrap_token_required_for_kernel_extensions
                .map(yes_or_no),
        ),
    ]
}

fn yes_or_no(is: &bool) -> String {
    if *is { "yes" } else { "no" }.to_owned()
}

fn integrity(status: &SystemIntegrity) -> String {
    match status {
        SystemIntegrity::Enabled => "on".to_owned(),
        SystemIntegrity::Disabled => "off".to_owned(),
        SystemIntegrity::Custom { off } if off.is_empty() => "partly off".to_owned(),
        SystemIntegrity::Custom { off } => format!("on but for {}", off.join(", ")),
    }
}

/// The two chips call the same three levels by different names.
fn secure_boot(level: SecureBoot, chip: Option<Chip>) -> String {
    let silicon = chip == Some(Chip::AppleSilicon);
    match (level, silicon) {
        (SecureBoot::Full, _) => "Full Security",
        (SecureBoot::Medium, true) => "Reduced Security",
        (SecureBoot::Medium, false) => "Medium Security",
        (SecureBoot::Off, true) => "Permissive Security",
        (SecureBoot::Off, false) => "No Security",
        (SecureBoot::NotSupported, _) => "this chip has none",
    }
    .to_owned()
}

fn allowed(allowance: BootstrapTokenAllowance) -> String {
    match allowance {
        BootstrapTokenAllowance::Allowed => "allowed",
        BootstrapTokenAllowance::Disallowed => "not allowed; a person can allow it in macOS Recovery",
        BootstrapTokenAllowance::NotSupported => "this chip knows no such thing",
    }
    .to_owned()
}

fn bootstrap_token(token: BootstrapToken) -> String {
    match (token.supported, token.escrowed) {
        (_, true) => "supported, and held by the MDM",
        (true, false) => "supported, but the MDM has none",
        (false, false) => "not supported by the MDM",
    }
    .to_owned()
}

/// What FileVault says of a key; and what the disk lists, where that is the contrary.
fn recovery_key(says: &Fact<bool>, kind: &CryptoUserKind, observation: &Observation) -> Fact<String> {
    let users = observation.crypto_users.value();
    let listed = users.map(|users| users.iter().any(|user| user.kind == *kind));
    says.map(|says| match (says, listed) {
        (false, Some(true)) => "FileVault says no, but the disk lists one".to_owned(),
        (true, Some(false)) => "FileVault says yes, but the disk lists none".to_owned(),
        (says, _) => yes_or_no(says),
    })
}

/// Who can open the disk: `2 accounts, the personal recovery key`.
fn keys(users: &[CryptoUser]) -> String {
    let count = |kind: &CryptoUserKind| users.iter().filter(|user| user.kind == *kind).count();
    let accounts = match count(&CryptoUserKind::LocalAccount) {
        0 => None,
        1 => Some("1 account".to_owned()),
        number => Some(format!("{number} accounts")),
    };
    let others = [
        (CryptoUserKind::PersonalRecovery, "the personal recovery key"),
        (
            CryptoUserKind::InstitutionalRecovery,
            "the institutional recovery key",
        ),
        (CryptoUserKind::BootstrapToken, "the bootstrap token"),
        (CryptoUserKind::ICloudRecovery, "an Apple Account"),
        (CryptoUserKind::Disk, "a disk password"),
    ];
    let others = others
        .iter()
        .filter(|(kind, _)| count(kind) > 0)
        .map(|(_, name)| (*name).to_owned());
    let unnamed = users.iter().filter_map(|user| match &user.kind {
        CryptoUserKind::Other(word) => Some(word.clone()),
        _ => None,
    });
    let all: Vec<String> = accounts.into_iter().chain(others).chain(unnamed).collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(", ")
    }
}
