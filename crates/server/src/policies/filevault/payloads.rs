//! The payloads of the profile, as Apple's schemas of device management have them.

use plist::{Dictionary, Value};
use sha2::{Digest as _, Sha256};
use trust::filevault_policy::FileVaultPolicy;
use trust::id::OrganizationId;
use uuid::Uuid;

/// Which version of their format profiles and payloads have.
const VERSION: u64 = 1;

/// The profile: whose it is, what is in it, and `content`.
pub(super) fn profile(organization_id: OrganizationId, content: Vec<Dictionary>) -> Dictionary {
    let mut profile = payload(
        organization_id,
        "Configuration",
        "FileVault and its recovery key",
        "",
    );
    profile.insert("PayloadScope".into(), "System".into());
    let description =
        "Has macOS encrypt each FileVault recovery key for Bestow, and says how FileVault is used.";
    profile.insert("PayloadDescription".into(), description.into());
    let content = content.into_iter().map(Value::Dictionary).collect();
    profile.insert("PayloadContent".into(), Value::Array(content));
    profile
}

/// The certificate that recovery keys are encrypted to, and the order to do so.
pub(super) fn escrow(
    organization_id: OrganizationId,
    policy: &FileVaultPolicy,
    certificate: Vec<u8>,
) -> [Dictionary; 2] {
    let is = format!("{:x?}", Sha256::digest(&certificate));
    let mut pkcs1 = payload(
        organization_id,
        "com.apple.security.pkcs1",
        "Certificate for recovery keys",
        &is,
    );
    pkcs1.insert(
        "PayloadCertificateFileName".into(),
        "bestow-recovery-keys.cer".into(),
    );
    pkcs1.insert("PayloadContent".into(), Value::Data(certificate));
    let mut escrow = payload(
        organization_id,
        "com.apple.security.FDERecoveryKeyEscrow",
        "Recovery key escrow",
        "",
    );
    escrow.insert("Location".into(), policy.location.as_str().into());
    if let Some(uuid) = pkcs1.get("PayloadUUID").cloned() {
        escrow.insert("EncryptCertPayloadUUID".into(), uuid);
    }
    [pkcs1, escrow]
}

/// The order to turn FileVault on, when it is to be.
pub(super) fn enabling(organization_id: OrganizationId, policy: &FileVaultPolicy) -> Option<Dictionary> {
    policy.turn_on.then(|| {
        let mut enabling = payload(organization_id, "com.apple.MCX.FileVault2", "FileVault", "");
        enabling.insert("Enable".into(), "On".into());
        // Without a name and a password in the profile macOS must wait for a person.
        enabling.insert("Defer".into(), true.into());
        enabling.insert("UseRecoveryKey".into(), true.into());
        enabling.insert("ShowRecoveryKey".into(), policy.show_recovery_key.into());
        let bypasses = Value::Integer(i64::from(policy.bypasses).into());
        enabling.insert("DeferForceAtUserLoginMaxBypassAttempts".into(), bypasses);
        enabling.insert("DeferDontAskAtUserLogout".into(), (!policy.ask_at_logout).into());
        if policy.in_setup_assistant {
            enabling.insert("ForceEnableInSetupAssistant".into(), true.into());
        }
        enabling
    })
}

/// What nobody may change, when there is something.
pub(super) fn options(organization_id: OrganizationId, policy: &FileVaultPolicy) -> Option<Dictionary> {
    let chosen = [
        ("dontAllowFDEDisable", policy.prevent_turning_off),
        ("dontAllowFDEEnable", policy.prevent_turning_on),
        ("DestroyFVKeyOnStandby", policy.forget_key_in_standby),
    ];
    let is_any = chosen.iter().any(|(_, is_on)| *is_on);
    is_any.then(|| {
        let mut options = payload(organization_id, "com.apple.MCX", "FileVault options", "");
        options.extend(chosen.map(|(key, is_on)| (key.to_owned(), Value::Boolean(is_on))));
        options
    })
}

/// What every payload has. Identifier and UUID stay the same, so that a profile that is installed anew replaces the one before;
/// `content` is what the UUID changes with.
fn payload(organization_id: OrganizationId, kind: &str, name: &str, content: &str) -> Dictionary {
    let digest = Sha256::new()
        .chain_update("bestow profile\0")
        .chain_update(format!("{organization_id}\0{kind}\0{content}"))
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    let uuid = uuid::Builder::from_custom_bytes(bytes).into_uuid();
    let part = kind.rsplit('.').next().unwrap_or_default();
    let mut payload = Dictionary::new();
    payload.insert("PayloadType".into(), kind.into());
    payload.insert("PayloadVersion".into(), VERSION.into());
    payload.insert(
        "PayloadIdentifier".into(),
        format!("bestow.filevault.{organization_id}.{part}").into(),
    );
    payload.insert("PayloadUUID".into(), upper(uuid).into());
    payload.insert("PayloadDisplayName".into(), name.into());
    payload
}

/// A UUID as macOS writes it.
fn upper(uuid: Uuid) -> String {
    uuid.hyphenated().to_string().to_uppercase()
}
