//! Management: how the Mac is enrolled, and the server's memory of its bootstrap token.

use serde::{Deserialize, Serialize};

/// What every Recovery Lock of a simulated Mac opens with.
pub const RECOVERY_LOCK_PASSWORD: &str = "the lock of the MDM";

/// The Mac's enrolment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mdm {
    /// Enrolled at all.
    pub enrolled: bool,
    /// By Automated Device Enrollment.
    pub automated: bool,
    /// User approved (always true with `automated`).
    pub user_approved: bool,
    /// The server's address.
    pub server_url: String,
    /// The server announces `com.apple.mdm.bootstraptoken`.
    pub bootstrap_token_supported: bool,
    /// What the server holds: the passphrase that opens the bootstrap crypto user.
    pub escrowed_bootstrap_token: Option<String>,
    /// recoveryOS asks for a password of the MDM's. The MDM's own command only; it goes with the enrolment.
    #[serde(default)]
    pub recovery_lock: bool,
    /// GUID of the account that AccountConfiguration made.
    pub auto_admin_guid: Option<String>,
}
