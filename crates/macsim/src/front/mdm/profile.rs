//! Reading an enrolment profile as a Mac does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p12::PFX;
use plist::Value;

use crate::front::payload::{Payload, Profile, ProfileError};
use crate::model::mdm::Connection;

/// What the profile leaves on the Mac.
///
/// # Errors
/// When macOS would refuse it.
pub fn read(profile: &[u8]) -> Result<Connection, ProfileError> {
    let profile = Profile::read(profile)?;
    let mdm = profile.payload("com.apple.mdm")?;
    let wanted = mdm.text("IdentityCertificateUUID")?;
    let identity = profile.payload("com.apple.security.pkcs12")?;
    if identity.text("PayloadUUID")? != wanted {
        return Err(ProfileError::Lacks("com.apple.mdm", "IdentityCertificateUUID"));
    }
    if mdm.get("SignMessage").and_then(Value::as_boolean) != Some(true) {
        return Err(ProfileError::Lacks("com.apple.mdm", "SignMessage"));
    }
    let topic = mdm.text("Topic")?;
    if !topic.starts_with("com.apple.mgmt.") {
        return Err(ProfileError::Lacks("com.apple.mdm", "Topic"));
    }
    let server_url = mdm.text("ServerURL")?;
    let capabilities = mdm.get("ServerCapabilities").and_then(Value::as_array);
    let can = |what: &str| {
        capabilities.is_some_and(|list| list.iter().any(|capability| capability.as_string() == Some(what)))
    };
    let (key, certificate) = open(identity)?;
    Ok(Connection {
        profile: profile.whole().text("PayloadIdentifier")?,
        check_in_url: mdm.text("CheckInURL").unwrap_or_else(|_| server_url.clone()),
        server_url,
        topic,
        check_out_when_removed: mdm.get("CheckOutWhenRemoved").and_then(Value::as_boolean) == Some(true),
        takes_bootstrap_token: can("com.apple.mdm.bootstraptoken"),
        certificate,
        key,
    })
}

/// Key and certificate of an identity, in base64.
fn open(identity: Payload<'_>) -> Result<(String, String), ProfileError> {
    let lacks = ProfileError::Lacks("com.apple.security.pkcs12", "PayloadContent");
    let pkcs12 = identity
        .get("PayloadContent")
        .and_then(Value::as_data)
        .ok_or(lacks)?;
    let password = identity.text("Password")?;
    let unusable = |_| ProfileError::Identity;
    let imported = PFX::parse(pkcs12).map_err(unusable)?;
    if !imported.verify_mac(&password) {
        return Err(ProfileError::Identity);
    }
    let mut keys = imported.key_bags(&password).map_err(unusable)?;
    let mut certificates = imported.cert_x509_bags(&password).map_err(unusable)?;
    let (Some(key), Some(certificate), true) = (keys.pop(), certificates.pop(), keys.is_empty()) else {
        return Err(ProfileError::Identity);
    };
    Ok((STANDARD.encode(key), STANDARD.encode(certificate)))
}
