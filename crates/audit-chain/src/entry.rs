//! An entry, as the chain covers it.

use serde::{Deserialize, Serialize};
use trust::time::Timestamp;

/// An entry of the audit log. Every member is covered by the entry's hash; there are no others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number in the log. Later entries have higher numbers; there may be gaps.
    pub seq: i64,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// To which device.
    pub device_id: Option<String>,
    /// To what.
    pub subject: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// What more there is to tell.
    pub detail: Option<String>,
}
