//! The right to log in at the screen, as the authorization database keeps it.

use serde::{Deserialize, Serialize};

use super::clock::UnixMillis;
use super::os::OsVersion;

/// Seconds from 1970 to 2001, from which macOS counts in property lists.
const EPOCH: f64 = 978_307_200.0;

/// `system.login.console`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoginRight {
    /// How the right is decided; `evaluate-mechanisms` from the box.
    pub class: String,
    /// For people.
    pub comment: String,
    /// When it was made, in seconds since 2001.
    pub created: f64,
    /// Who takes part, in order: `plug-in:mechanism`, with `,privileged` for one that runs as root.
    pub mechanisms: Vec<String>,
    /// When it was last written, in seconds since 2001.
    pub modified: f64,
    /// Whether others may use what was decided.
    pub shared: bool,
    /// How often somebody may try.
    pub tries: i64,
    /// The version of the definition.
    pub version: i64,
}

// The times are finite numbers.
impl Eq for LoginRight {}

impl LoginRight {
    /// What a fresh system of this version has.
    #[must_use]
    pub fn of(os: OsVersion, now: UnixMillis) -> Self {
        Self {
            class: "evaluate-mechanisms".to_owned(),
            comment: "Login mechanism based rule.  Not for general use, yet.".to_owned(),
            created: absolute(now),
            mechanisms: mechanisms(os).into_iter().map(str::to_owned).collect(),
            modified: absolute(now),
            shared: true,
            tries: 10_000,
            version: 11,
        }
    }

    /// Takes over what somebody wrote.
    pub fn write(&mut self, class: String, mechanisms: Vec<String>, now: UnixMillis) {
        self.class = class;
        self.mechanisms = mechanisms;
        self.modified = absolute(now);
    }
}

fn absolute(now: UnixMillis) -> f64 {
    now.seconds() - EPOCH
}

/// Where FileVault's password is taken over moved with 10.14; the first of the list came with 13.
fn mechanisms(os: OsVersion) -> Vec<&'static str> {
    let early = os < OsVersion::new(10, 14);
    let filevault = |here: bool| here.then_some("loginwindow:FDESupport,privileged");
    let before = (os.major >= 13).then_some("builtin:prelogin");
    before
        .into_iter()
        .chain([
            "builtin:policy-banner",
            "loginwindow:login",
            "builtin:login-begin",
            "builtin:reset-password,privileged",
        ])
        .chain(filevault(!early))
        .chain([
            "builtin:forward-login,privileged",
            "builtin:auto-login,privileged",
            "builtin:authenticate,privileged",
            "PKINITMechanism:auth,privileged",
            "builtin:login-success",
            "loginwindow:success",
        ])
        .chain(filevault(early))
        .chain([
            "HomeDirMechanism:login,privileged",
            "HomeDirMechanism:status",
            "MCXMechanism:login",
            "CryptoTokenKit:login",
            "loginwindow:done",
        ])
        .collect()
}
