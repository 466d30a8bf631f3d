//! The profile by which a Mac enrols: a configuration profile with an identity (`com.apple.security.pkcs12`) and the enrolment
//! itself (`com.apple.mdm`; device-management: `mdm/profiles/com.apple.mdm.yaml`).

use serde::Serialize;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::identity::Identity;

/// What the server may ask of the Mac: see profiles (1) and install some (2), lock and unlock accounts and rotate recovery keys
/// (4), ask about the Mac (16) and its security (1024), and change settings (2048). A right cannot be added later, so that what
/// Secure Tokens may need stands here; erasing does not.
const ACCESS_RIGHTS: u32 = 1 | 2 | 4 | 16 | 1024 | 2048;

/// What the server can. Without the first a Mac makes no bootstrap token; the second macOS demands.
const CAPABILITIES: [&str; 2] = [
    "com.apple.mdm.bootstraptoken",
    "com.apple.mdm.per-user-connections",
];

/// The profile's name in the identifier of each of its parts. A profile of the same identifier replaces the one before: that is a
/// renewal.
const IDENTIFIER: &str = "bestow.mdm";

/// What a profile is to say.
pub struct Enrolment<'a> {
    /// Whose Macs these are, for people.
    pub organization: &'a str,
    /// The enrolment. A renewed profile has the same.
    pub id: Uuid,
    /// Names this copy of the identity.
    pub identity_id: Uuid,
    /// The topic of the push certificate, such as `com.apple.mgmt.External.…`.
    pub topic: &'a str,
    /// Where the Mac asks for commands.
    pub server_url: &'a str,
    /// Where it checks in.
    pub check_in_url: &'a str,
    /// How it is known.
    pub identity: &'a Identity,
}

/// What every payload has.
#[derive(Serialize)]
struct Payload<'a, T: Serialize> {
    #[serde(rename = "PayloadType")]
    payload_type: &'a str,
    #[serde(rename = "PayloadVersion")]
    version: u32,
    #[serde(rename = "PayloadIdentifier")]
    identifier: String,
    #[serde(rename = "PayloadUUID")]
    uuid: String,
    #[serde(rename = "PayloadDisplayName")]
    display_name: &'a str,
    #[serde(rename = "PayloadOrganization")]
    organization: &'a str,
    #[serde(flatten)]
    more: T,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Whole<'a> {
    payload_scope: &'a str,
    payload_content: (Payload<'a, Pkcs12<'a>>, Payload<'a, Mdm<'a>>),
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Pkcs12<'a> {
    payload_certificate_file_name: &'a str,
    payload_content: plist::Data,
    password: &'a str,
    key_is_extractable: bool,
}

#[derive(Serialize)]
struct Mdm<'a> {
    #[serde(rename = "IdentityCertificateUUID")]
    identity: String,
    #[serde(rename = "Topic")]
    topic: &'a str,
    #[serde(rename = "ServerURL")]
    server_url: &'a str,
    #[serde(rename = "CheckInURL")]
    check_in_url: &'a str,
    #[serde(rename = "SignMessage")]
    sign_message: bool,
    #[serde(rename = "AccessRights")]
    access_rights: u32,
    #[serde(rename = "CheckOutWhenRemoved")]
    check_out_when_removed: bool,
    #[serde(rename = "ServerCapabilities")]
    capabilities: [&'a str; 2],
}

/// The profile, as a property list in XML. It holds the Mac's key, and what opens that.
#[must_use]
pub fn make(enrolment: &Enrolment<'_>) -> Zeroizing<Vec<u8>> {
    let part = |name: &str| format!("{IDENTIFIER}.{name}");
    let uuid = |id: Uuid| id.to_string().to_uppercase();
    let organization = enrolment.organization;
    let identity = Payload {
        payload_type: "com.apple.security.pkcs12",
        version: 1,
        identifier: part("identity"),
        uuid: uuid(enrolment.identity_id),
        display_name: "Identity of this Mac",
        organization,
        more: Pkcs12 {
            payload_certificate_file_name: "identity.p12",
            payload_content: plist::Data::new(enrolment.identity.pkcs12.to_vec()),
            password: &enrolment.identity.password,
            key_is_extractable: false,
        },
    };
    let mdm = Payload {
        payload_type: "com.apple.mdm",
        version: 1,
        identifier: part("enrolment"),
        uuid: uuid(Uuid::from_u128(!enrolment.id.as_u128())),
        display_name: "Device management",
        organization,
        more: Mdm {
            identity: uuid(enrolment.identity_id),
            topic: enrolment.topic,
            server_url: enrolment.server_url,
            check_in_url: enrolment.check_in_url,
            sign_message: true,
            access_rights: ACCESS_RIGHTS,
            check_out_when_removed: true,
            capabilities: CAPABILITIES,
        },
    };
    Zeroizing::new(to_xml(&Payload {
        payload_type: "Configuration",
        version: 1,
        identifier: IDENTIFIER.to_owned(),
        uuid: uuid(enrolment.id),
        display_name: "Bestow: device management",
        organization,
        more: Whole {
            payload_scope: "System",
            payload_content: (identity, mdm),
        },
    }))
}

/// A value as a property list in XML.
pub(crate) fn to_xml(value: &impl Serialize) -> Vec<u8> {
    let mut xml = Vec::new();
    // Writing to memory does not fail, and these values have a form as a property list.
    let _ = plist::to_writer_xml(&mut xml, value);
    xml
}
