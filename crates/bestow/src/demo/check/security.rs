//! What the server tells of a Mac's security is what the simulator knows of it.

use anyhow::Context as _;
use macsim::model::crypto_user::PERSONAL_RECOVERY;
use macsim::model::hardware::Chip as TrueChip;
use macsim::model::start_up::{Integrity, StartUpSecurity};
use macsim::report::Report;
use trust::observation::{Chip, SecureBoot, SystemIntegrity};

use super::mac::MacUnderTest;
use super::report::same;

/// Compares what was told of it with the truth.
pub fn is_seen_as_it_is(mac: &MacUnderTest<'_>) -> anyhow::Result<()> {
    let truth = mac.truth_at_first();
    let observation = mac.device.observation().context("there is no observation")?;
    let hardware = observation.hardware.value().context("there is no hardware")?;
    same("chip", hardware.chip, chip(truth))?;
    let security = &observation.security;
    same(
        "System Integrity Protection",
        security.system_integrity.value(),
        Some(&integrity(truth)),
    )?;
    same(
        "secure boot",
        security.secure_boot.value(),
        Some(&secure_boot(truth)),
    )?;
    let can_lock = truth.managed && truth.chip == TrueChip::AppleSilicon;
    same(
        "recovery lock",
        security.recovery_lock.value().copied(),
        can_lock.then_some(truth.recovery_lock),
    )?;
    let has_key = truth.filevault
        && truth
            .crypto_users
            .iter()
            .any(|user| user.uuid == PERSONAL_RECOVERY);
    same(
        "personal recovery key",
        security.personal_recovery_key.value(),
        Some(&has_key),
    )?;
    let is_told = security.bootstrap_token_allowed.value().is_some();
    same("use of the bootstrap token is told", is_told, truth.managed)
}

fn chip(truth: &Report) -> Chip {
    match truth.chip {
        TrueChip::AppleSilicon => Chip::AppleSilicon,
        TrueChip::T2 => Chip::T2,
        TrueChip::Intel => Chip::Intel,
    }
}

fn integrity(truth: &Report) -> SystemIntegrity {
    match &truth.start_up.integrity {
        Integrity::On => SystemIntegrity::Enabled,
        Integrity::Off => SystemIntegrity::Disabled,
        Integrity::Without(off) => SystemIntegrity::Custom {
            off: off.iter().cloned().collect(),
        },
    }
}

fn secure_boot(truth: &Report) -> SecureBoot {
    match (truth.chip, truth.start_up.security) {
        (TrueChip::Intel, _) => SecureBoot::NotSupported,
        (_, StartUpSecurity::Full) => SecureBoot::Full,
        (_, StartUpSecurity::Reduced) => SecureBoot::Medium,
        (_, StartUpSecurity::None) => SecureBoot::Off,
    }
}
