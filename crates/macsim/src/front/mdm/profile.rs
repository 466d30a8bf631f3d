//! Reading an enrolment profile as a Mac does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p12::PFX;
use plist::{Dictionary, Value};

use crate::model::mdm::Connection;

/// Why a Mac does not install a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// It is no profile.
    #[error("this is no configuration profile")]
    NotAProfile,
    /// A payload lacks something.
    #[error("the payload {0} lacks {1}, or has something else in its place")]
    Lacks(&'static str, &'static str),
    /// The identity does not open with its password.
    #[error("the identity in the profile cannot be imported")]
    Identity,
}

/// What the profile leaves on the Mac.
///
/// # Errors
/// When macOS would refuse it.
pub fn read(profile: &[u8]) -> Result<Connection, ProfileError> {
    let value = Value::from_reader_xml(profile).map_err(|_| ProfileError::NotAProfile)?;
    let top = value.as_dictionary().ok_or(ProfileError::NotAProfile)?;
    let whole = Payload("Configuration", top);
    if whole.text("PayloadType")? != "Configuration" {
        return Err(ProfileError::NotAProfile);
    }
    let mdm = payload(top, "com.apple.mdm")?;
    let wanted = mdm.text("IdentityCertificateUUID")?;
    let identity = payload(top, "com.apple.security.pkcs12")?;
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
        profile: whole.text("PayloadIdentifier")?,
        check_in_url: mdm.text("CheckInURL").unwrap_or_else(|_| server_url.clone()),
        server_url,
        topic,
        check_out_when_removed: mdm.get("CheckOutWhenRemoved").and_then(Value::as_boolean) == Some(true),
        takes_bootstrap_token: can("com.apple.mdm.bootstraptoken"),
        certificate,
        key,
    })
}

/// One payload, with its type.
#[derive(Clone, Copy)]
struct Payload<'a>(&'static str, &'a Dictionary);

impl<'a> Payload<'a> {
    fn get(self, key: &str) -> Option<&'a Value> {
        self.1.get(key)
    }

    fn text(self, key: &'static str) -> Result<String, ProfileError> {
        let text = self.get(key).and_then(Value::as_string);
        text.map(str::to_owned).ok_or(ProfileError::Lacks(self.0, key))
    }
}

/// The one payload of a type.
fn payload<'a>(top: &'a Dictionary, kind: &'static str) -> Result<Payload<'a>, ProfileError> {
    let parts = top.get("PayloadContent").and_then(Value::as_array);
    let mut found = parts
        .into_iter()
        .flatten()
        .filter_map(Value::as_dictionary)
        .filter(|part| part.get("PayloadType").and_then(Value::as_string) == Some(kind));
    match (found.next(), found.next()) {
        (Some(part), None) => Ok(Payload(kind, part)),
        _ => Err(ProfileError::Lacks("Configuration", kind)),
    }
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
