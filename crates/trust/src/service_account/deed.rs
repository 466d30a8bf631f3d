//! What an agent did by itself, mostly with its service account, without an action that asked for it.

use serde::{Deserialize, Serialize};

use crate::code::Code;
use crate::id::DeedId;
use crate::outcome::{Evidence, TrustEdge};
use crate::time::Timestamp;

/// One thing that an agent did, or tried, by itself. It is told until the server has stored it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// Its id, made by the agent.
    pub id: DeedId,
    /// What it was.
    pub kind: DeedKind,
    /// How it ended.
    pub code: Code,
    /// The other account in it: the holder whose login or password made it possible, or the account that was granted to.
    pub account: Option<String>,
    /// What was seen on the way, in order, for people. Holds no secret.
    pub evidence: Vec<Evidence>,
    /// The hand-over that took place, when one did.
    pub edge: Option<TrustEdge>,
    /// When it was over.
    pub at: Timestamp,
}

/// What an agent does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeedKind {
    /// It made the service account.
    Create,
    /// The service account handed a token on to an account that logged in without one.
    Grant,
    /// It gave the service account a new password.
    Rotate,
    /// It repaired the service account.
    Repair,
    /// It had macOS make another recovery key.
    RotateRecoveryKey,
    /// It made the local administrator, or tried to.
    MakeLocalAdministrator,
    /// It gave the local administrator another password.
    RotateLocalAdministrator,
    /// It was installed again over the top, and made the service account whole with an administrator's password.
    Reinstall,
    /// It was taken off the Mac, and the service account with it.
    Uninstall,
}

impl DeedKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Create,
        Self::Grant,
        Self::Rotate,
        Self::Repair,
        Self::RotateRecoveryKey,
        Self::MakeLocalAdministrator,
        Self::RotateLocalAdministrator,
        Self::Reinstall,
        Self::Uninstall,
    ];

    /// The kind's word, as in its JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Grant => "grant",
            Self::Rotate => "rotate",
            Self::Repair => "repair",
            Self::RotateRecoveryKey => "rotate_recovery_key",
            Self::MakeLocalAdministrator => "make_local_administrator",
            Self::RotateLocalAdministrator => "rotate_local_administrator",
            Self::Reinstall => "reinstall",
            Self::Uninstall => "uninstall",
        }
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Create => "Made the service account",
            Self::Grant => "Handed a token on at a login",
            Self::Rotate => "Changed the service account's password",
            Self::Repair => "Repaired the service account",
            Self::RotateRecoveryKey => "Replaced the recovery key",
            Self::MakeLocalAdministrator => "Made the local administrator",
            Self::RotateLocalAdministrator => "Changed the local administrator's password",
            Self::Reinstall => "Was installed again over the top",
            Self::Uninstall => "Left the Mac",
        }
    }
}
