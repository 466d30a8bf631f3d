//! The escrow profile: macOS encrypts each recovery key that it makes from then on to the profile's certificate.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::bootstrap_token;
use super::recovery_key;
use crate::enveloped_data::{encrypt, takes};
use crate::model::escrow_profile::EscrowProfile;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;

/// Why a Mac does not install the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotInstalled {
    /// macOS 10.13 was the first that knows the payload.
    #[error("this macOS does not know the payload com.apple.security.FDERecoveryKeyEscrow")]
    Unknown,
    /// A Mac takes one such payload.
    #[error(
        "another profile has a payload com.apple.security.FDERecoveryKeyEscrow, of which a Mac takes one"
    )]
    Another,
    /// Nothing can be encrypted to it.
    #[error("the certificate in the profile has no RSA key")]
    Certificate,
}

/// Installs the profile, or puts it in the place of an older one of the same identifier. A key that is there already is not
/// escrowed, because macOS does not know it any more; from macOS 26 on it makes another one by the bootstrap token, if it can.
///
/// # Errors
/// See [`NotInstalled`]; nothing has changed then.
pub fn install(mac: &mut Mac, profile: EscrowProfile) -> Result<(), NotInstalled> {
    if mac.os < OsVersion::new(10, 13) {
        return Err(NotInstalled::Unknown);
    }
    let known = mac.escrow_profile.as_ref();
    if known.is_some_and(|known| known.identifier != profile.identifier) {
        return Err(NotInstalled::Another);
    }
    let certificate = STANDARD.decode(&profile.certificate).unwrap_or_default();
    if !takes(&certificate) {
        return Err(NotInstalled::Certificate);
    }
    mac.escrow_profile = Some(profile);
    if mac.os.major >= 26
        && mac.filevault.is_on()
        && mac.can_use_bootstrap_token()
        && let Some(key) = bootstrap_token::open(mac)
    {
        recovery_key::replace(mac, key);
    }
    Ok(())
}

/// macOS has made this recovery key, and leaves it in its file where a profile says so.
pub(super) fn leave(mac: &mut Mac, key: &str) {
    let Some(profile) = &mac.escrow_profile else {
        return;
    };
    let certificate = STANDARD.decode(&profile.certificate).unwrap_or_default();
    if let Some(message) = encrypt(&certificate, key.as_bytes(), &mut mac.random) {
        mac.filevault.escrowed_key = Some(STANDARD.encode(message));
    }
}
