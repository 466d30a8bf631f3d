//! The copy that the FileVault login screen reads before the system volume is open.

use serde::{Deserialize, Serialize};

/// One line of the pre-boot login list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrebootUser {
    /// The account's GUID.
    pub guid: String,
    /// Its record name when the copy was made.
    pub name: String,
    /// Its full name when the copy was made.
    pub real_name: String,
}
