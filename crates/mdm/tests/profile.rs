//! The profile, key by key against what Apple's schema says (device-management: `mdm/profiles`).
#![expect(clippy::unwrap_used, reason = "tests")]

use chacha20::ChaCha20Rng;
use mdm::identity;
use mdm::profile::{Enrolment, make};
use plist::{Dictionary, Value};
use rand_core::SeedableRng as _;
use trust::time::Timestamp;
use uuid::Uuid;

/// Keys of every payload, and of the profile itself (`CommonPayloadKeys.yaml`, `TopLevel.yaml`).
const COMMON: [(&str, &str); 6] = [
    ("PayloadDisplayName", "string"),
    ("PayloadIdentifier", "string"),
    ("PayloadOrganization", "string"),
    ("PayloadType", "string"),
    ("PayloadUUID", "string"),
    ("PayloadVersion", "integer"),
];
const TOP: [(&str, &str); 2] = [("PayloadContent", "array"), ("PayloadScope", "string")];
/// `com.apple.mdm.yaml`, as far as it is used.
const MDM: [(&str, &str); 8] = [
    ("AccessRights", "integer"),
    ("CheckInURL", "string"),
    ("CheckOutWhenRemoved", "boolean"),
    ("IdentityCertificateUUID", "string"),
    ("ServerCapabilities", "array"),
    ("ServerURL", "string"),
    ("SignMessage", "boolean"),
    ("Topic", "string"),
];
/// `com.apple.security.pkcs12.yaml`.
const PKCS12: [(&str, &str); 4] = [
    ("KeyIsExtractable", "boolean"),
    ("Password", "string"),
    ("PayloadCertificateFileName", "string"),
    ("PayloadContent", "data"),
];

fn profile(identity_id: u128) -> Dictionary {
    let now = Timestamp(1_767_225_600_000);
    let identity = identity::make("x", now, &mut ChaCha20Rng::seed_from_u64(11)).unwrap();
    let enrolment = Enrolment {
        organization: "Example & Sons <Ltd>",
        id: Uuid::from_u128(1),
        identity_id: Uuid::from_u128(identity_id),
        topic: "com.apple.mgmt.External.1",
        server_url: "https://bestow.example.com/mdm/v1/poll",
        check_in_url: "https://bestow.example.com/mdm/v1/check-in",
        identity: &identity,
    };
    let xml = make(&enrolment);
    Value::from_reader_xml(&xml[..])
        .unwrap()
        .into_dictionary()
        .unwrap()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "string",
        Value::Integer(_) => "integer",
        Value::Boolean(_) => "boolean",
        Value::Data(_) => "data",
        Value::Array(_) => "array",
        _ => "something else",
    }
}

/// Every key of `payload`, with its type, is one of these, and each of these is there.
fn has(payload: &Dictionary, own: &[(&str, &str)]) {
    let mut expected: Vec<(&str, &str)> = COMMON.iter().chain(own).copied().collect();
    expected.sort_unstable();
    let mut found: Vec<(&str, &str)> = payload
        .iter()
        .map(|(key, value)| (key.as_str(), kind(value)))
        .collect();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(payload["PayloadVersion"].as_unsigned_integer(), Some(1));
}

fn parts(profile: &Dictionary) -> [Dictionary; 2] {
    let parts = profile["PayloadContent"].as_array().unwrap().iter();
    let parts: Vec<Dictionary> = parts.map(|part| part.as_dictionary().unwrap().clone()).collect();
    parts.try_into().unwrap()
}

#[test]
fn every_key_is_one_of_apples() {
    let profile = profile(2);
    has(&profile, &TOP);
    assert_eq!(profile["PayloadType"].as_string(), Some("Configuration"));
    assert_eq!(
        profile["PayloadOrganization"].as_string(),
        Some("Example & Sons <Ltd>")
    );
    let [identity, mdm] = parts(&profile);
    has(&identity, &PKCS12);
    has(&mdm, &MDM);
    assert_eq!(mdm["PayloadType"].as_string(), Some("com.apple.mdm"));
    assert_eq!(mdm["IdentityCertificateUUID"], identity["PayloadUUID"]);
}

#[test]
fn a_mac_escrows_its_token_and_signs_and_cannot_be_erased() {
    let [_, mdm] = parts(&profile(2));
    let can: Vec<_> = mdm["ServerCapabilities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|can| can.as_string().unwrap())
        .collect();
    assert!(can.contains(&"com.apple.mdm.bootstraptoken"));
    assert_eq!(mdm["SignMessage"].as_boolean(), Some(true));
    assert_eq!(mdm["AccessRights"].as_unsigned_integer().unwrap() & 8, 0);
}

#[test]
fn a_renewed_profile_replaces_the_one_before_and_changes_nothing_that_may_not_change() {
    let (first, renewed) = (profile(2), profile(3));
    assert_eq!(first["PayloadIdentifier"], renewed["PayloadIdentifier"]);
    assert_eq!(first["PayloadUUID"], renewed["PayloadUUID"]);
    let ([_, first], [_, renewed]) = (parts(&first), parts(&renewed));
    for key in [
        "ServerURL",
        "CheckInURL",
        "Topic",
        "AccessRights",
        "PayloadUUID",
        "PayloadIdentifier",
    ] {
        assert_eq!(first[key], renewed[key], "{key}");
    }
    assert_ne!(
        first["IdentityCertificateUUID"],
        renewed["IdentityCertificateUUID"]
    );
}
