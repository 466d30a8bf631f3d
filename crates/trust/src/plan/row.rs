//! One precondition of a plan.

use serde::{Deserialize, Serialize};

use crate::code::Code;

/// One precondition: what is checked, how it stands, and what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Row {
    /// What is checked.
    pub check: Check,
    /// How it stands.
    #[serde(flatten)]
    pub state: RowState,
    /// What was seen, for people.
    pub saw: String,
}

impl Row {
    pub(super) fn met(check: Check, saw: impl Into<String>) -> Self {
        Self {
            check,
            state: RowState::Met,
            saw: saw.into(),
        }
    }

    pub(super) fn failed(check: Check, code: Code, saw: impl Into<String>) -> Self {
        Self {
            check,
            state: RowState::Failed { code },
            saw: saw.into(),
        }
    }

    pub(super) fn untried(check: Check, codes: &[Code], saw: impl Into<String>) -> Self {
        Self {
            check,
            state: RowState::UnknownUntilTried {
                codes: codes.to_vec(),
            },
            saw: saw.into(),
        }
    }

    pub(super) fn warning(check: Check, saw: impl Into<String>) -> Self {
        Self {
            check,
            state: RowState::Warning,
            saw: saw.into(),
        }
    }

    /// The code of the failure, when the row failed.
    pub fn failure(&self) -> Option<Code> {
        match self.state {
            RowState::Failed { code } => Some(code),
            RowState::Met | RowState::UnknownUntilTried { .. } | RowState::Warning => None,
        }
    }

    /// The ends that trying can bring.
    pub(super) fn open_ends(&self) -> &[Code] {
        match &self.state {
            RowState::UnknownUntilTried { codes } => codes,
            RowState::Met | RowState::Failed { .. } | RowState::Warning => &[],
        }
    }
}

/// How a precondition stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RowState {
    /// It holds.
    Met,
    /// It does not hold; the action would end with this code.
    Failed {
        /// The end.
        code: Code,
    },
    /// It shows only when it is tried.
    UnknownUntilTried {
        /// The ends that it can bring.
        codes: Vec<Code>,
    },
    /// It does not stand in the way, but is good to know.
    Warning,
}

/// What a row checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The agent has told of its Mac.
    DeviceObserved,
    /// The agent is connected.
    DeviceOnline,
    /// macOS knows Secure Token.
    OsVersion,
    /// The boot volume is APFS.
    BootVolume,
    /// macOS lets the agent check passwords against the disk.
    FullDiskAccess,
    /// Somebody on the Mac can hand a token on.
    GranterExists,
    /// The administrator account exists.
    AdministratorExists,
    /// The administrator account holds a token.
    AdministratorHolds,
    /// The administrator account is in the admin group.
    AdministratorIsAdmin,
    /// The administrator account may authenticate.
    AdministratorEnabled,
    /// The administrator account, a standard one, may be made an administrator for the moment of the grant.
    Promotion,
    /// The administrator's password is right.
    AdministratorPassword,
    /// The administrator's password opens the disk.
    AdministratorDiskPassword,
    /// The administrator account owns the volume, which Apple silicon asks for.
    AdministratorOwnsVolume,
    /// macOS has not locked the administrator account because of wrong passwords.
    AdministratorNotLocked,
    /// One more wrong password of the administrator account does no harm.
    AdministratorTriesLeft,
    /// The target account exists.
    TargetExists,
    /// The target account has no token yet, or has a good one.
    TargetToken,
    /// macOS has not locked the target account because of wrong passwords.
    TargetNotLocked,
    /// The target's password is right.
    TargetPassword,
    /// No account has the new account's record name.
    NameIsFree,
    /// No account has the new account's full name.
    FullNameIsFree,
    /// The new password satisfies the Mac's password policy.
    PasswordPolicy,
    /// The Mac has no service account yet.
    ServiceAccountFree,
    /// The Mac has a service account.
    ServiceAccountExists,
    /// The service account is valid.
    ServiceAccountValid,
    /// Something is wrong with the service account.
    ServiceAccountFault,
    /// The agent can repair the service account without anybody's password.
    RepairWay,
    /// Accounts other than the one that loses something keep the chain whole.
    OtherHolders,
    /// What the target account may do.
    TargetRole,
    /// Whether the target account may authenticate.
    TargetEnabled,
    /// FileVault is on.
    FileVaultOn,
}

impl Check {
    /// The check in a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::DeviceObserved => "The Mac has been seen",
            Self::DeviceOnline => "The Mac is connected",
            Self::OsVersion => "macOS 10.13 or later",
            Self::BootVolume => "Boot volume is APFS",
            Self::FullDiskAccess => "Agent has Full Disk Access",
            Self::GranterExists => "An administrator holds a token",
            Self::AdministratorExists => "Administrator account exists",
            Self::AdministratorHolds => "Administrator account holds a token",
            Self::AdministratorIsAdmin => "Administrator account is an administrator",
            Self::AdministratorEnabled => "Administrator account is not disabled",
            Self::AdministratorPassword => "Administrator's password",
            Self::AdministratorDiskPassword => "Administrator's password opens the disk",
            Self::AdministratorOwnsVolume => "Administrator account owns the volume",
            Self::AdministratorNotLocked => "Administrator account is not locked",
            Self::AdministratorTriesLeft => "One more wrong password would lock nothing",
            Self::TargetNotLocked => "Target account is not locked",
            Self::TargetExists => "Target account exists",
            Self::TargetToken => "Target account's token",
            Self::Promotion => "Made an administrator for the moment of the grant",
            Self::NameIsFree => "Account name is free",
            Self::FullNameIsFree => "Full name is free",
            Self::PasswordPolicy => "Password policy",
            Self::TargetPassword => "Target account's password",
            Self::ServiceAccountFree => "There is no service account yet",
            Self::ServiceAccountExists => "There is a service account",
            Self::ServiceAccountValid => "Service account is valid",
            Self::ServiceAccountFault => "What is wrong with the service account",
            Self::RepairWay => "What the agent can do by itself",
            Self::OtherHolders => "Others who keep the chain whole",
            Self::TargetRole => "Target account's role",
            Self::TargetEnabled => "Whether the target account may authenticate",
            Self::FileVaultOn => "FileVault is on",
        }
    }
}
