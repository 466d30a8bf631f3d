//! What stands in a support bundle. No member is free text.

use std::collections::BTreeMap;

use serde::Serialize;
use trust::code::Code;
use trust::escrow::State;
use trust::resilience::Resilience;
use trust::time::Timestamp;
use trust::token::TokenState;
use utoipa::ToSchema;

/// What somebody who helps from outside needs to know.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SupportBundle {
    /// How the bundle is laid out; 1.
    pub format: u32,
    /// What was done to names, in a sentence.
    pub names: &'static str,
    /// The server's version.
    pub version: &'static str,
    /// When it was made.
    pub made_at: Timestamp,
    /// How many Macs need attention, by reason.
    pub needs_attention: BTreeMap<Code, u64>,
    /// The Macs: the one that was asked for, or those that need attention and then others, at most 50.
    pub macs: Vec<BundleMac>,
    /// What was asked of Macs, newest first, at most 200.
    pub actions: Vec<BundleAction>,
    /// What the audit log tells, newest first, at most 500 entries, without reasons and details.
    pub audit: Vec<BundleEntry>,
}

/// A Mac.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleMac {
    /// Its number in this bundle.
    pub mac: String,
    /// Its model, where that looks like one.
    pub model: Option<String>,
    /// The version of macOS.
    pub os_version: Option<String>,
    /// The build of macOS.
    pub os_build: Option<String>,
    /// The version of its agent.
    pub agent_version: Option<String>,
    /// Whether it waits for approval.
    pub pending: bool,
    /// When it enrolled.
    pub enrolled_at: Timestamp,
    /// When its agent was last heard of.
    pub last_seen_at: Option<Timestamp>,
    /// What its agent told last, and when.
    pub observed_at: Option<Timestamp>,
    /// What its chain of trust is worth.
    pub chain: Option<&'static str>,
    /// What was diagnosed.
    pub findings: Vec<BundleFinding>,
    /// How the vault stands with its recovery key.
    pub recovery_key: State,
    /// How well it stands.
    pub resilience: Option<Resilience>,
    /// Its accounts.
    pub accounts: Vec<BundleAccount>,
}

/// Something that was diagnosed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleFinding {
    /// What it is.
    pub code: Code,
    /// The account that it is about, by its number.
    pub account: Option<String>,
}

/// An account of a Mac.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleAccount {
    /// Its number. Accounts of the same name on several Macs have the same.
    pub account: String,
    /// What its token is worth.
    pub token: TokenState,
    /// Whether it is an administrator.
    pub administrator: bool,
    /// Whether the record bars logins.
    pub disabled: bool,
    /// Whether macOS says that the account has a token, and the disk knows it: what proves and what only tells.
    pub in_filevault: Option<bool>,
    /// When its password was last set.
    pub password_set_at: Option<Timestamp>,
}

/// What was asked of a Mac.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleAction {
    /// Which Mac.
    pub mac: String,
    /// What was asked.
    pub kind: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// How it ended.
    pub code: Option<Code>,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When the agent began.
    pub started_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BundleEntry {
    /// Its number in the log.
    pub seq: i64,
    /// When it was written.
    pub at: Timestamp,
    /// Who did it, by a number.
    pub actor: String,
    /// What was done.
    pub verb: String,
    /// To which Mac.
    pub mac: Option<String>,
}
