//! Installing a configuration profile that has macOS escrow recovery keys.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use plist::Value;

use super::home::{HomeError, MacHome};
use super::payload::{Profile, ProfileError};
use crate::model::escrow_profile::EscrowProfile;
use crate::rules::escrow_profile::{self, NotInstalled};

const ESCROW: &str = "com.apple.security.FDERecoveryKeyEscrow";
const CERTIFICATE: &str = "com.apple.security.pkcs1";

/// Why the profile was not installed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// It is none that a Mac would install.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// This Mac does not take it.
    #[error(transparent)]
    NotInstalled(#[from] NotInstalled),
    /// The Mac could not be read or written.
    #[error(transparent)]
    Home(#[from] HomeError),
}

/// Installs the profile, as an MDM does or somebody in System Settings.
///
/// # Errors
/// See [`InstallError`]; nothing has changed then.
pub fn install(home: &MacHome, profile: &[u8]) -> Result<(), InstallError> {
    let profile = read(profile)?;
    Ok(home.change(|mac| escrow_profile::install(mac, profile))??)
}

/// What the profile leaves on the Mac.
fn read(profile: &[u8]) -> Result<EscrowProfile, ProfileError> {
    let profile = Profile::read(profile)?;
    let whole = profile.whole();
    let escrow = profile.payload(ESCROW)?;
    let certificate = profile.payload(CERTIFICATE)?;
    if certificate.text("PayloadUUID")? != escrow.text("EncryptCertPayloadUUID")? {
        return Err(ProfileError::Lacks(ESCROW, "EncryptCertPayloadUUID"));
    }
    let der = certificate.get("PayloadContent").and_then(Value::as_data);
    let der = der.ok_or(ProfileError::Lacks(CERTIFICATE, "PayloadContent"))?;
    let payloads = profile.parts().map(|part| {
        let text = |key| {
            part.get(key)
                .and_then(Value::as_string)
                .unwrap_or_default()
                .to_owned()
        };
        (text("PayloadType"), text("PayloadIdentifier"))
    });
    Ok(EscrowProfile {
        identifier: whole.text("PayloadIdentifier")?,
        uuid: whole.text("PayloadUUID")?,
        name: whole.text("PayloadDisplayName").unwrap_or_default(),
        payloads: payloads.collect(),
        location: escrow.text("Location")?,
        certificate: STANDARD.encode(der),
    })
}
