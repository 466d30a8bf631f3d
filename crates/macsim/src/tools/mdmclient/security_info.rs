//! `mdmclient QuerySecurityInfo`.

use crate::model::crypto_user::{CryptoUserKind, PERSONAL_RECOVERY};
use crate::model::hardware::Chip;
use crate::model::mac::Mac;
use crate::model::os::OsVersion;
use crate::model::start_up::{Integrity, StartUpSecurity};
use crate::tools::old_plist::quoted;
use crate::tools::session::{Exit, Session};

/// Name and value, in the order of the names.
type Entry = (&'static str, Value);

enum Value {
    Truth(bool),
    Word(&'static str),
    Entries(Vec<Entry>),
}

pub(super) fn answer(session: &mut Session<'_>) -> Exit {
    if session.uid != 0 {
        session.err("mdmclient: this command requires root privileges");
        return 1;
    }
    let entries = session.look(security_info);
    session.out("Daemon response: {");
    session.out("    SecurityInfo =     {");
    print(session, &entries, 8);
    session.out("    };");
    session.out("}");
    0
}

/// An old-style property list puts as many blanks before a dictionary's brace as before its name.
fn print(session: &mut Session<'_>, entries: &[Entry], indent: usize) {
    let blank = " ".repeat(indent);
    for (name, value) in entries {
        // A published transcript has quotes around the names with an underscore.
        let name = if name.contains('_') {
            format!("\"{name}\"")
        } else {
            quoted(name)
        };
        match value {
            Value::Truth(value) => session.out(&format!("{blank}{name} = {};", u8::from(*value))),
            Value::Word(word) => session.out(&format!("{blank}{name} = {};", quoted(word))),
            Value::Entries(entries) => {
                session.out(&format!("{blank}{name} = {blank}{{"));
                print(session, entries, indent + 4);
                session.out(&format!("{blank}}};"));
            }
        }
    }
}

fn security_info(mac: &Mac) -> Vec<Entry> {
    let silicon = mac.hardware.chip == Chip::AppleSilicon;
    let by_bootstrap_token = silicon && mac.mdm.bootstrap_token_supported;
    let mut entries = Vec::new();
    if mac.os.major >= 11 {
        entries.extend([
            ("AuthenticatedRootVolumeEnabled", Value::Truth(true)),
            (
                "BootstrapTokenAllowedForAuthentication",
                Value::Word(allowance(mac)),
            ),
            (
                "BootstrapTokenRequiredForKernelExtensionApproval",
                Value::Truth(by_bootstrap_token),
            ),
            (
                "BootstrapTokenRequiredForSoftwareUpdate",
                Value::Truth(by_bootstrap_token),
            ),
        ]);
    }
    let on = mac.filevault.is_on();
    entries.push(("FDE_Enabled", Value::Truth(on)));
    if on {
        let mut users = mac.volume.crypto_users.iter();
        let institutional = users.any(|user| user.kind == CryptoUserKind::InstitutionalRecovery);
        let personal = mac.volume.crypto_user(PERSONAL_RECOVERY).is_some();
        entries.push(("FDE_HasInstitutionalRecoveryKey", Value::Truth(institutional)));
        entries.push(("FDE_HasPersonalRecoveryKey", Value::Truth(personal)));
    }
    if silicon && mac.os >= OsVersion::new(11, 5) {
        entries.push(("IsRecoveryLockEnabled", Value::Truth(mac.mdm.recovery_lock)));
    }
    entries.push(("ManagementStatus", Value::Entries(management(mac))));
    if mac.os >= OsVersion::new(10, 15) {
        entries.push(("SecureBoot", Value::Entries(secure_boot(mac))));
    }
    let integrity = mac.start_up.integrity == Integrity::On;
    entries.push(("SystemIntegrityProtectionEnabled", Value::Truth(integrity)));
    entries
}

/// Automated enrolment allows it at once; otherwise a person does, in recoveryOS.
fn allowance(mac: &Mac) -> &'static str {
    match (
        mac.hardware.chip,
        mac.mdm.automated || mac.start_up.mdm_control_by_user,
    ) {
        (Chip::T2 | Chip::Intel, _) => "not supported",
        (Chip::AppleSilicon, true) => "allowed",
        (Chip::AppleSilicon, false) => "disallowed",
    }
}

fn management(mac: &Mac) -> Vec<Entry> {
    vec![
        (
            "EnrolledViaDEP",
            Value::Truth(mac.mdm.enrolled && mac.mdm.automated),
        ),
        ("IsUserEnrollment", Value::Truth(false)),
        ("UserApprovedEnrollment", Value::Truth(mac.mdm.user_approved)),
    ]
}

fn secure_boot(mac: &Mac) -> Vec<Entry> {
    let level = match (mac.hardware.chip, mac.start_up.security) {
        (Chip::Intel, _) => "not supported",
        (_, StartUpSecurity::Full) => "full",
        (_, StartUpSecurity::Reduced) => "medium",
        (_, StartUpSecurity::None) => "off",
    };
    let external = match mac.hardware.chip {
        Chip::AppleSilicon => "allowed",
        Chip::T2 => "disallowed",
        Chip::Intel => "not supported",
    };
    vec![
        ("ExternalBootLevel", Value::Word(external)),
        ("SecureBootLevel", Value::Word(level)),
        ("WindowsBootLevel", Value::Word("not supported")),
    ]
}
