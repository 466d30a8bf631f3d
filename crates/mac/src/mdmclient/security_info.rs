//! What macOS would answer the MDM's question after its security.
//!
//! The keys are those of Apple's schema of the `SecurityInfo` answer; their form as text is that of published transcripts
//! and of the checks that the macOS Security Compliance Project runs.

use super::TIMEOUT;
use crate::text::lines;
use crate::{Call, Error, Runner, Tool};

/// What no other tool tells. Each part is `None` where macOS does not say it: it depends on chip, version and enrolment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecurityInfo {
    /// Whether starting recoveryOS asks for a password that the MDM has set. From 11.5, on Apple silicon.
    pub recovery_lock: Option<bool>,
    /// Whether the Secure Enclave lets the bootstrap token stand for a person. From 11.
    pub bootstrap_token_use: Option<BootstrapTokenUse>,
    /// Whether the bootstrap token can be used for system updates. From 11.
    pub for_software_updates: Option<bool>,
    /// Whether the bootstrap token can be used for kernel extensions. From 11.
    pub for_kernel_extensions: Option<bool>,
}

/// Whether the bootstrap token may stand for a person who authenticates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BootstrapTokenUse {
    /// It may.
    Allowed,
    /// It may not; a person can allow it in recoveryOS.
    Disallowed,
    /// This Mac knows no such thing.
    NotSupported,
}

/// Asks what macOS would answer. Run as root; it takes seconds.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn security_info(runner: &dyn Runner) -> Result<SecurityInfo, Error> {
    let call = Call::fixed(Tool::Mdmclient, ["QuerySecurityInfo"]).timeout(TIMEOUT);
    let answer = runner.run(&call).map_err(Error::run(Tool::Mdmclient))?;
    Ok(SecurityInfo::parse(&answer.stdout.text()))
}

impl SecurityInfo {
    /// Reads lines such as `IsRecoveryLockEnabled = 1;`. The rest of the answer, with the wrapped recovery key in it, is
    /// left alone and kept nowhere.
    pub fn parse(said: &str) -> Self {
        let value = |key: &str| {
            let mut values = lines(said).filter_map(|line| line.trim().strip_suffix(';')?.split_once(" = "));
            let (_, value) = values.find(|(name, _)| name.trim_matches('"') == key)?;
            Some(value.trim_matches('"'))
        };
        let truth = |key: &str| match value(key)? {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        };
        Self {
            recovery_lock: truth("IsRecoveryLockEnabled"),
            bootstrap_token_use: match value("BootstrapTokenAllowedForAuthentication") {
                Some("allowed") => Some(BootstrapTokenUse::Allowed),
                Some("disallowed") => Some(BootstrapTokenUse::Disallowed),
                Some("not supported") => Some(BootstrapTokenUse::NotSupported),
                _ => None,
            },
            for_software_updates: truth("BootstrapTokenRequiredForSoftwareUpdate"),
            for_kernel_extensions: truth("BootstrapTokenRequiredForKernelExtensionApproval"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BootstrapTokenUse, SecurityInfo};

    const SAID: &str = "Daemon response: {
    SecurityInfo =     {
        AuthenticatedRootVolumeEnabled = 1;
        BootstrapTokenAllowedForAuthentication = allowed;
        BootstrapTokenRequiredForKernelExtensionApproval = 0;
        BootstrapTokenRequiredForSoftwareUpdate = 1;
        \"FDE_Enabled\" = 1;
        IsRecoveryLockEnabled = 1;
    };
}
";

    #[test]
    fn each_part_is_read() {
        let all = SecurityInfo {
            recovery_lock: Some(true),
            bootstrap_token_use: Some(BootstrapTokenUse::Allowed),
            for_software_updates: Some(true),
            for_kernel_extensions: Some(false),
        };
        assert_eq!(SecurityInfo::parse(SAID), all);
        let quoted = SAID.replace("= allowed;", "= \"not supported\";");
        assert_eq!(
            SecurityInfo::parse(&quoted).bootstrap_token_use,
            Some(BootstrapTokenUse::NotSupported)
        );
    }

    #[test]
    fn what_is_not_said_or_cut_off_is_not_known() {
        assert_eq!(SecurityInfo::parse(""), SecurityInfo::default());
        for (end, _) in SAID.char_indices() {
            let cut = SecurityInfo::parse(&SAID[..end]);
            assert!(cut.recovery_lock != Some(false) && cut.for_software_updates != Some(false));
        }
    }
}
