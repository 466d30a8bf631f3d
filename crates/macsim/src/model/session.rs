//! What is going on at the Mac: who sits at it, since when it runs.

use serde::{Deserialize, Serialize};

use super::clock::UnixMillis;

/// The delay before the screen locks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScreenLock {
    /// Never.
    Off,
    /// At once.
    #[default]
    Immediate,
    /// After this many seconds.
    Seconds(u32),
}

/// The running system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When the Mac was last started.
    pub booted_at: UnixMillis,
    /// How many starts it has seen.
    pub boots: u32,
    /// Who is logged in at the screen; `None` at the login window.
    pub console_user: Option<String>,
    /// Setup Assistant is running.
    pub setup_assistant: bool,
    /// The Mac reaches its network.
    pub network: bool,
    /// The account that is logged in automatically.
    pub auto_login_user: Option<String>,
    /// Automatic login is forbidden by management.
    pub auto_login_forbidden: bool,
    /// Touch ID or purchases forbid automatic login.
    pub auto_login_blocked_by_purchases: bool,
    /// Delay of the screen lock.
    pub screen_lock: ScreenLock,
    /// The guest account is on.
    pub guest_account: bool,
}
