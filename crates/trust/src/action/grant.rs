//! Grant Secure Token: one account hands a token on to another.

use serde::{Deserialize, Serialize};

use crate::name::AccountName;

/// Hand a Secure Token from `administrator` on to `target`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrantSecureToken {
    /// The granter: an administrator who holds a token.
    pub administrator: AccountName,
    /// The account that is to hold one.
    pub target: AccountName,
    /// Whether a granter that is a standard account may be made an administrator for the moment of the grant. Nobody is
    /// made one in passing without this.
    #[serde(default)]
    pub promote_administrator: bool,
}

impl GrantSecureToken {
    /// What people call this action.
    pub const LABEL: &str = "Grant Secure Token";
}
