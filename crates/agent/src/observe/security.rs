//! What guards the Mac's start, and its recovery keys.
//!
//! All this changes rarely and costs processes, so it is asked for rarely: what only recoveryOS can change once per start
//! of the Mac, the rest every hour or when something that goes with it has changed. A usual look asks nothing of it, and
//! none asks more than one group of it again.

use std::time::Duration;

use mac::bputil::{BootPolicyAnswer, SecurityMode};
use mac::csrutil::IntegrityStatus;
use mac::mdmclient::{self, BootstrapTokenUse};
use mac::nvram::SecureBootPolicy;
use mac::{Runner, bputil, csrutil, fdesetup, nvram};
use trust::fact::Fact;
use trust::observation::{
    BootstrapTokenAllowance, Chip, CryptoUser, CryptoUserKind, FileVault, Hardware, MdmEnrolment, SecureBoot,
    Security, SystemIntegrity,
};
use trust::time::Timestamp;

use super::fact;
use crate::answers;

/// How long an answer is believed that can change while macOS runs.
const GOOD_FOR: Duration = Duration::from_secs(60 * 60);

const ASK_MDM_CLIENT: &str = "mdmclient QuerySecurityInfo";

/// What a look at the security starts from.
pub(super) struct Question<'a> {
    pub(super) now: Timestamp,
    pub(super) hardware: &'a Fact<Hardware>,
    pub(super) mdm: &'a Fact<MdmEnrolment>,
    pub(super) filevault: &'a Fact<FileVault>,
    pub(super) crypto_users: &'a Fact<Vec<CryptoUser>>,
}

/// What was told, and what it goes with.
#[derive(Debug)]
pub(super) struct Remembered {
    security: Security,
    start_asked: Timestamp,
    management_asked: Timestamp,
    keys_asked: Timestamp,
    keys: Keys,
}

/// What changes when a recovery key comes, goes or is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Keys {
    filevault: Option<FileVault>,
    crypto_users: Vec<CryptoUser>,
}

/// What was told of it, asked again where that is due.
pub(super) fn look(runner: &dyn Runner, asked: &Question<'_>, memory: &mut Option<Remembered>) -> Security {
    let keys = Keys::of(asked);
    let remembered = match memory.take() {
        None => Remembered::first(runner, asked, keys),
        Some(mut remembered) => {
            remembered.refresh(runner, asked, keys);
            remembered
        }
    };
    memory.insert(remembered).security.clone()
}

impl Remembered {
    fn first(runner: &dyn Runner, asked: &Question<'_>, keys: Keys) -> Self {
        let mut remembered = Self {
            security: Security::default(),
            start_asked: asked.now,
            management_asked: asked.now,
            keys_asked: asked.now,
            keys,
        };
        remembered.ask_start(runner, asked);
        remembered.ask_management(runner, asked);
        remembered.ask_keys(runner, asked);
        remembered
    }

    /// Asks again for one group at most.
    fn refresh(&mut self, runner: &dyn Runner, asked: &Question<'_>, keys: Keys) {
        let is_due = |at: Timestamp| asked.now >= at.plus(GOOD_FOR);
        let start_told =
            self.security.system_integrity.value().is_some() && self.security.secure_boot.value().is_some();
        if self.keys != keys || is_due(self.keys_asked) {
            self.keys = keys;
            self.ask_keys(runner, asked);
        } else if is_due(self.management_asked) {
            self.ask_management(runner, asked);
        } else if !start_told && is_due(self.start_asked) {
            self.ask_start(runner, asked);
        }
    }

    fn ask_start(&mut self, runner: &dyn Runner, asked: &Question<'_>) {
        self.start_asked = asked.now;
        self.security.system_integrity = system_integrity(runner, asked.now);
        self.security.secure_boot = secure_boot(runner, asked);
    }

    /// Only an MDM sets a recovery lock and uses a bootstrap token.
    fn ask_management(&mut self, runner: &dyn Runner, asked: &Question<'_>) {
        self.management_asked = asked.now;
        let told = if asked.mdm.value().is_some_and(|mdm| mdm.enrolled) {
            Told::by(mdmclient::security_info(runner))
        } else {
            Told::Nothing("without an MDM it is not known".to_owned())
        };
        let security = &mut self.security;
        security.recovery_lock = told.fact(asked.now, |info| info.recovery_lock);
        security.bootstrap_token_allowed =
            told.fact(asked.now, |info| info.bootstrap_token_use.map(allowance));
        security.bootstrap_token_required_for_software_updates =
            told.fact(asked.now, |info| info.for_software_updates);
        security.bootstrap_token_required_for_kernel_extensions =
            told.fact(asked.now, |info| info.for_kernel_extensions);
    }

    fn ask_keys(&mut self, runner: &dyn Runner, asked: &Question<'_>) {
        self.keys_asked = asked.now;
        self.security.personal_recovery_key = fact(
            fdesetup::has_personal_recovery_key(runner),
            asked.now,
            "fdesetup haspersonalrecoverykey",
        );
        self.security.institutional_recovery_key = fact(
            fdesetup::has_institutional_recovery_key(runner),
            asked.now,
            "fdesetup hasinstitutionalrecoverykey",
        );
    }
}

impl Keys {
    fn of(asked: &Question<'_>) -> Self {
        let users = asked.crypto_users.value().map_or(&[][..], Vec::as_slice);
        let is_a_key = |user: &&CryptoUser| user.kind != CryptoUserKind::LocalAccount;
        Self {
            filevault: asked.filevault.value().map(|state| milestone(*state)),
            crypto_users: users.iter().filter(is_a_key).cloned().collect(),
        }
    }
}

/// The state without its percentage.
fn milestone(state: FileVault) -> FileVault {
    match state {
        FileVault::Encrypting { .. } => FileVault::Encrypting { percent: None },
        FileVault::Decrypting { .. } => FileVault::Decrypting { percent: None },
        state @ (FileVault::Off | FileVault::On | FileVault::Deferred) => state,
    }
}

/// What macOS would tell its MDM.
enum Told {
    Info(mdmclient::SecurityInfo),
    Nothing(String),
}

impl Told {
    fn by(answer: Result<mdmclient::SecurityInfo, mac::Error>) -> Self {
        match answer {
            Ok(info) => Self::Info(info),
            Err(error) => Self::Nothing(answers::error(&error)),
        }
    }

    fn fact<T>(&self, now: Timestamp, part: impl Fn(&mdmclient::SecurityInfo) -> Option<T>) -> Fact<T> {
        match self {
            Self::Nothing(why) => Fact::unknown(why, now, ASK_MDM_CLIENT),
            Self::Info(info) => part(info).map_or_else(
                || Fact::unknown("this macOS on this chip does not say it", now, ASK_MDM_CLIENT),
                |value| Fact::known(value, now, ASK_MDM_CLIENT),
            ),
        }
    }
}

fn allowance(told: BootstrapTokenUse) -> BootstrapTokenAllowance {
    match told {
        BootstrapTokenUse::Allowed => BootstrapTokenAllowance::Allowed,
        BootstrapTokenUse::Disallowed => BootstrapTokenAllowance::Disallowed,
        BootstrapTokenUse::NotSupported => BootstrapTokenAllowance::NotSupported,
    }
}

fn system_integrity(runner: &dyn Runner, now: Timestamp) -> Fact<SystemIntegrity> {
    const BY: &str = "csrutil status";
    let status = match csrutil::status(runner) {
        Ok(IntegrityStatus::Enabled) => SystemIntegrity::Enabled,
        Ok(IntegrityStatus::Disabled) => SystemIntegrity::Disabled,
        Ok(IntegrityStatus::Custom { off }) => SystemIntegrity::Custom { off },
        Ok(IntegrityStatus::Unrecognised { text }) => return Fact::unknown(answers::said(&text), now, BY),
        Err(error) => return fact(Err(error), now, BY),
    };
    Fact::known(status, now, BY)
}

/// Each chip has a tool of its own for it.
fn secure_boot(runner: &dyn Runner, asked: &Question<'_>) -> Fact<SecureBoot> {
    match asked.hardware.value().map(|hardware| hardware.chip) {
        Some(Chip::AppleSilicon) => by_boot_policy(runner, asked.now),
        Some(Chip::T2) => by_variable(runner, asked.now),
        Some(Chip::Intel) => Fact::known(
            SecureBoot::NotSupported,
            asked.now,
            "the chip: without a T2 nothing is refused",
        ),
        None => Fact::unknown("the Mac did not tell its chip", asked.now, "the chip"),
    }
}

fn by_boot_policy(runner: &dyn Runner, now: Timestamp) -> Fact<SecureBoot> {
    const BY: &str = "bputil -d";
    match bputil::boot_policy(runner) {
        Ok(BootPolicyAnswer::Policy(policy)) => match policy.security_mode() {
            Some(SecurityMode::Full) => Fact::known(SecureBoot::Full, now, BY),
            Some(SecurityMode::Reduced) => Fact::known(SecureBoot::Medium, now, BY),
            Some(SecurityMode::Permissive) => Fact::known(SecureBoot::Off, now, BY),
            None => Fact::unknown("it names no security mode", now, BY),
        },
        Ok(BootPolicyAnswer::NotAppleSilicon) => {
            Fact::unknown("it says that this is no Apple silicon", now, BY)
        }
        Ok(BootPolicyAnswer::Unrecognised { text }) => Fact::unknown(answers::said(&text), now, BY),
        Err(error) => fact(Err(error), now, BY),
    }
}

fn by_variable(runner: &dyn Runner, now: Timestamp) -> Fact<SecureBoot> {
    const BY: &str = "nvram AppleSecureBootPolicy";
    match nvram::secure_boot_policy(runner) {
        Ok(SecureBootPolicy::Full) => Fact::known(SecureBoot::Full, now, BY),
        Ok(SecureBootPolicy::Medium) => Fact::known(SecureBoot::Medium, now, BY),
        Ok(SecureBootPolicy::Off) => Fact::known(SecureBoot::Off, now, BY),
        Ok(SecureBootPolicy::Missing) => Fact::unknown("the T2 keeps no such variable", now, BY),
        Ok(SecureBootPolicy::Unrecognised { text }) => Fact::unknown(answers::said(&text), now, BY),
        Err(error) => fact(Err(error), now, BY),
    }
}
