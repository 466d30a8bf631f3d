//! The action about the recovery key: another one in place of the one that the Mac has.

use serde::{Deserialize, Serialize};

use crate::name::AccountName;

/// Have macOS make another personal recovery key, and escrow it. The old one opens nothing from then on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotateRecoveryKey {
    /// An account that opens the disk, which is an administrator or not; without one it is the service account.
    #[serde(default)]
    pub administrator: Option<AccountName>,
}

impl RotateRecoveryKey {
    /// What people call this action.
    pub const LABEL: &str = "Rotate Recovery Key";
}
