//! The login plug-in, which tells the agent of logins.

use serde::{Deserialize, Serialize};

/// Whether macOS asks the login plug-in at a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", tag = "status")]
pub enum LoginPlugin {
    /// It is not on this Mac.
    NotInstalled,
    /// It takes part in every login.
    Registered,
    /// It is there and takes no part.
    NotRegistered {
        /// Why not, for people.
        why: String,
    },
    /// macOS is told to load it, and it is not there, or others than root can change it.
    RegisteredUnfit {
        /// What is wrong with it, for people.
        why: String,
    },
}
