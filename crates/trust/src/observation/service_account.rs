//! What an agent knows of its service account beyond the account's record, which stands among the accounts.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::lock_out::LockOutRule;
use crate::service_account::policy_conflict::ObstructingRule;
use crate::time::Timestamp;

/// What an agent knows of its service account. Whether the record exists, and how it looks, tells the account of the name
/// [`RECORD_NAME`](crate::service_account::RECORD_NAME) among the observation's accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceAccount {
    /// Fingerprint of the settings that the agent goes by; `None` before it has been told any.
    pub settings_digest: Option<String>,
    /// Whether the Mac was started again since it was enrolled.
    pub restarted_since_enrolment: bool,
    /// Whether somebody has logged in at the screen since that restart.
    pub login_seen_since_restart: bool,
    /// The passwords that the agent keeps.
    pub stored: StoredPasswords,
    /// The last try of the current password against Open Directory.
    pub local_password: Option<PasswordProof>,
    /// The last try of the current password against the disk.
    pub disk_password: Option<PasswordProof>,
    /// What the Mac's password policy means for the account.
    pub policy: PolicyOutlook,
    /// When the account is to have a new password by its agent's schedule; `None` while it has none.
    pub rotation_due_at: Option<Timestamp>,
    /// The last try to make the account; `None` when there was none.
    pub last_creation: Option<CreationAttempt>,
    /// Rungs of the repair ladder that were tried for the present fault and did not mend it.
    pub tried: Vec<crate::service_account::Rung>,
}

impl ServiceAccount {
    /// An agent that has no service account, and has not been asked for one.
    pub fn none_yet(policy: PolicyOutlook) -> Self {
        Self {
            settings_digest: None,
            restarted_since_enrolment: false,
            login_seen_since_restart: false,
            stored: StoredPasswords::default(),
            local_password: None,
            disk_password: None,
            policy,
            rotation_due_at: None,
            last_creation: None,
            tried: Vec::new(),
        }
    }
}

/// Which passwords the agent keeps in the System keychain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StoredPasswords {
    /// The one that the account has.
    pub current: bool,
    /// One that a rotation is about to set.
    pub staged: bool,
    /// The one that it had before.
    pub previous: bool,
}

/// What came of trying the service account's password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PasswordProof {
    /// The answer.
    pub answer: PasswordAnswer,
    /// When it was tried.
    pub at: Timestamp,
    /// The tool and verb, such as `dscl . -authonly`.
    pub by: String,
    /// When the account's password had been set. The proof lapses when this differs from the account's.
    pub password_set_at: Option<Timestamp>,
}

/// What a password was answered with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum PasswordAnswer {
    /// It was taken.
    Right,
    /// It was refused.
    Wrong,
    /// It was not tried, or there was no answer that can be relied on.
    CannotTell {
        /// Why, for people.
        why: String,
    },
}

/// What the Mac's password policy means for a password that the agent makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyOutlook {
    /// Whether a password can be made.
    pub password: PasswordOutlook,
    /// How many wrong passwords in a row a machine may cause on the account; `None` is without limit.
    pub machine_attempts: Option<u32>,
    /// When wrong passwords lock an account, and for how long.
    #[serde(default)]
    pub lock_out: LockOutRule,
    /// When the account's present password has to be changed; `None` when no rule asks for it, or it cannot be told.
    pub expires_at: Option<Timestamp>,
}

/// Whether a password can be made that the Mac's policy takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outlook", rename_all = "snake_case")]
pub enum PasswordOutlook {
    /// One was made and held against every rule.
    Possible,
    /// No password satisfies these rules together.
    Conflict {
        /// The smallest set of rules that leaves none.
        rules: Vec<ObstructingRule>,
    },
    /// Some rule cannot be read, or is too complex to be worked out.
    CannotTell {
        /// Why, for people.
        why: String,
    },
}

/// A try to make the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreationAttempt {
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub code: Code,
    /// Record name of the holder whose credentials it was made with.
    pub holder: Option<String>,
}
