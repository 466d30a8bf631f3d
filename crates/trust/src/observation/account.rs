//! One account as seen on a Mac.

use serde::{Deserialize, Serialize};

use crate::fact::Fact;
use crate::lock_out::LockOut;
use crate::time::Timestamp;

/// A user record on a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The record name ("short name").
    pub record_name: String,
    /// Further names of the same record, sorted. macOS finds the account by each of them. Left out where it has none, so that
    /// the observation of an older agent keeps its digest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The GeneratedUID, upper case; also the name of the account's crypto user.
    pub guid: String,
    /// The numeric user id.
    pub uid: i64,
    /// The name that people see.
    pub real_name: String,
    /// Whether it is in the admin group, by name or by GUID.
    pub administrator: bool,
    /// Whether the login window leaves it out.
    pub hidden: bool,
    /// Where the account comes from.
    pub kind: AccountKind,
    /// Home folder as recorded.
    pub home: Option<String>,
    /// Login shell as recorded.
    pub shell: Option<String>,
    /// Whether the record bars every login.
    pub disabled: bool,
    /// What macOS *says* about the account's token. Never proof.
    pub token_label: Fact<TokenLabel>,
    /// When the account was made.
    pub created_at: Option<Timestamp>,
    /// When the password was last set; a proof older than that has lapsed.
    pub password_set_at: Option<Timestamp>,
    /// The last proof by password that the agent made.
    pub token_proof: Option<TokenProof>,
    /// That macOS has locked it because of wrong passwords; `None` when it has not, or when that cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_out: Option<LockOut>,
}

impl Account {
    pub(super) fn undated(self) -> Self {
        Self {
            token_label: self.token_label.undated(),
            ..self
        }
    }
}

/// Where an account comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// Made on this Mac.
    Local,
    /// The cached account of a directory.
    Mobile,
}

/// What `sysadminctl -secureTokenStatus` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TokenLabel {
    /// It says ENABLED.
    Enabled,
    /// It says DISABLED.
    Disabled,
}

/// What came of trying an account's own password against Open Directory and the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenProof {
    /// What the tries showed.
    pub result: ProofResult,
    /// When they were made.
    pub at: Timestamp,
    /// When the password that was tried had been set. The proof lapses when this differs from
    /// [`Account::password_set_at`].
    pub password_set_at: Option<Timestamp>,
}

/// The two outcomes that prove something about a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProofResult {
    /// Open Directory and the disk both took the password.
    Usable,
    /// Open Directory took the password, the disk did not.
    DiskRefused,
}
