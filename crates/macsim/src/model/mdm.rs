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
    /// The real server that the Mac speaks to; `None` when the server is only imagined.
    #[serde(default)]
    pub connection: Option<Connection>,
}

/// What an enrolment profile has left on the Mac.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connection {
    /// `PayloadIdentifier` of the profile: one of the same identifier replaces it.
    pub profile: String,
    /// Where commands are asked for.
    pub server_url: String,
    /// Where the Mac checks in.
    pub check_in_url: String,
    /// The topic of push notifications.
    pub topic: String,
    /// Whether the Mac says when its profile is removed.
    pub check_out_when_removed: bool,
    /// Whether the server takes bootstrap tokens.
    pub takes_bootstrap_token: bool,
    /// The certificate of the identity, in DER and base64.
    pub certificate: String,
    /// Its key, as PKCS #8 in base64.
    pub key: String,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection")
            .field("profile", &self.profile)
            .field("server_url", &self.server_url)
            .finish_non_exhaustive()
    }
}
