//! The bootstrap token: made on the Mac, escrowed to the MDM, used at graphical logins.

use super::authenticate::authenticate;
use super::grant::open_volume;
use super::recovery_key;
use super::refusal::{Circumstances, Credentials, Refusal};
use crate::model::crypto_user::{BOOTSTRAP_TOKEN, CryptoUserKind};
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::wrapped_key::VolumeKey;

/// `profiles install -type bootstraptoken`: an administrator who holds a token makes it.
///
/// # Errors
/// `NotManaged`, `BlankPassword`, `WrongGranterPassword`, `NotAuthorised`, `NeedsUnlock`.
pub fn install(mac: &mut Mac, by: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    if !mac.mdm.enrolled || !mac.mdm.bootstrap_token_supported || !mac.session.network {
        return Err(Refusal::NotManaged);
    }
    if by.password.is_empty() {
        return Err(Refusal::BlankPassword);
    }
    authenticate(mac, by, at).map_err(|_| Refusal::WrongGranterPassword)?;
    let key = open_volume(mac, by)?;
    escrow(mac, key);
    Ok(())
}

/// `profiles validate -type bootstraptoken`: does what the server holds still open the volume?
///
/// # Errors
/// `NotManaged`, `WrongGranterPassword`, `TokenMismatch`.
pub fn validate(mac: &mut Mac, by: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    if !mac.mdm.enrolled || !mac.mdm.bootstrap_token_supported {
        return Err(Refusal::NotManaged);
    }
    authenticate(mac, by, at).map_err(|_| Refusal::WrongGranterPassword)?;
    open(mac).map(|_| ()).ok_or(Refusal::TokenMismatch)
}

/// `profiles remove -type bootstraptoken`.
///
/// # Errors
/// `NotManaged`, `WrongGranterPassword`.
pub fn remove(mac: &mut Mac, by: Credentials<'_>, at: Circumstances) -> Result<(), Refusal> {
    if !mac.mdm.enrolled {
        return Err(Refusal::NotManaged);
    }
    authenticate(mac, by, at).map_err(|_| Refusal::WrongGranterPassword)?;
    mac.volume.expel(BOOTSTRAP_TOKEN);
    mac.mdm.escrowed_bootstrap_token = None;
    Ok(())
}

/// The volume key, opened with what the server holds.
#[must_use]
pub fn open(mac: &Mac) -> Option<VolumeKey> {
    let token = mac.mdm.escrowed_bootstrap_token.as_deref()?;
    mac.volume.unlock(BOOTSTRAP_TOKEN, token)
}

/// Makes a token for the volume and hands it to the server.
pub fn escrow(mac: &mut Mac, key: VolumeKey) {
    let token: String = mac
        .random
        .bytes::<24>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    mac.volume.admit(
        BOOTSTRAP_TOKEN,
        CryptoUserKind::MdmRecovery,
        key,
        &token,
        &mut mac.random,
    );
    mac.mdm.escrowed_bootstrap_token = Some(token);
}

/// macOS 15 on Apple silicon: the MDM's account configuration alone makes bootstrap token and recovery
/// key, so that the volume's key is guarded before anybody has logged in. Older versions do nothing.
pub fn on_account_configuration(mac: &mut Mac) {
    let applies = mac.os.major >= 15
        && mac.hardware.chip == Chip::AppleSilicon
        && mac.mdm.enrolled
        && mac.mdm.bootstrap_token_supported
        && mac.session.network;
    if let Some(key) = mac.volume.unclaimed_key
        && applies
    {
        escrow(mac, key);
        recovery_key::replace(mac, key);
    }
}
