//! What `macsim new` tells about the accounts it made.

use serde::Serialize;

use crate::scenario::{Account, ScenarioMac};

/// Throw-away accounts of a simulated Mac, printed once; nothing of it is kept in the Mac's directory.
#[derive(Serialize)]
pub(super) struct Printed<'a> {
    accounts: &'a [Account],
    recovery_key: Option<&'a str>,
    offline: bool,
}

impl<'a> Printed<'a> {
    pub(super) fn of(made: &'a ScenarioMac) -> Self {
        Self {
            accounts: &made.accounts,
            recovery_key: made.recovery_key.as_deref(),
            offline: made.offline,
        }
    }
}
