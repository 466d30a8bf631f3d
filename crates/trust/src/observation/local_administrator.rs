//! Which account an agent made as the local administrator.

use serde::{Deserialize, Serialize};

/// The account that an agent made for people and whose password the vault keeps. Its record stands among the accounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalAdministratorAccount {
    /// Its GUID, by which the agent knows it: another account of the name is not the agent's.
    pub guid: String,
    /// Whether the agent keeps the password that it has; false once somebody has changed it by hand.
    pub has_password: bool,
    /// Whether the agent looks after it: the organisation wants it, by this name. It has a token handed on to it then as soon as
    /// the service account can.
    pub is_wanted: bool,
}
