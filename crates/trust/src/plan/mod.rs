//! The preflight of an action: every precondition as a row, how it can end, and what it will cost.
//!
//! The server plans without knowing any password. The agent plans again, from what it sees now and with the passwords
//! tried, which narrows the same plan to one outcome.

mod account;
mod adopt_account;
mod chain_guard;
mod create_account;
mod grant;
mod knowledge;
mod preconditions;
mod rotate_recovery_key;
mod row;
mod service_account;

pub use knowledge::Knowledge;
pub use row::{Check, Row, RowState};

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::action::Action;
use crate::chain::Member;
use crate::code::Code;
use crate::name::AccountName;
use crate::observation::Observation;

/// What a plan is made from.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The Mac as last seen; `None` when its agent has never told.
    pub observation: Option<&'a Observation>,
    /// Whether the agent is connected now.
    pub online: bool,
    /// What trying the passwords has shown.
    pub knowledge: Knowledge,
}

/// The preflight of one action on one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// Every precondition, in the order in which they are checked. A row that has no meaning because of an earlier
    /// failure is left out.
    pub rows: Vec<Row>,
    /// How the action can end, as far as the Mac's state and the passwords decide it.
    pub outcomes: BTreeSet<Code>,
    /// What can come in between although every precondition holds.
    pub mishaps: BTreeSet<Code>,
    /// What it will cost.
    pub cost: Cost,
    /// Accounts that could hand a token on, by record name.
    pub granters: Vec<String>,
    /// Accounts that hold a token but may not hand it on, by record name.
    pub standard_holders: Vec<String>,
}

/// What carrying out a plan costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cost {
    /// Password tries against Open Directory, over all accounts. Each counts towards a lock-out when it fails.
    pub local_password_tries: u8,
    /// Password tries against the disk. The Secure Enclave counts failed ones.
    pub disk_password_tries: u8,
    /// Whether the effect shows on the start-up screen only after a restart.
    pub shows_after_restart: bool,
    /// Whether a person must go to the Mac.
    pub needs_visit: bool,
}

/// What follows when every precondition holds.
struct Conclusion {
    success: Code,
    mishaps: BTreeSet<Code>,
    local_password_tries: u8,
    disk_password_tries: u8,
    shows_after_restart: bool,
}

impl Default for Conclusion {
    fn default() -> Self {
        Self {
            success: Code::Granted,
            mishaps: BTreeSet::new(),
            local_password_tries: 0,
            disk_password_tries: 0,
            shows_after_restart: false,
        }
    }
}

impl Plan {
    /// Plans `action` for the Mac in `situation`.
    pub fn for_action(action: &Action, situation: &Situation<'_>) -> Self {
        match action {
            Action::GrantSecureToken(grant) => grant::plan(grant, situation),
            Action::CreateAccount(create) => create_account::plan(create, situation),
            Action::CreateServiceAccount(create) => service_account::create(create, situation),
            Action::RotateServiceAccountPassword(_) => service_account::rotate(situation),
            Action::RepairServiceAccount(repair) => service_account::repair(repair, situation),
            Action::RemoveServiceAccount(remove) => service_account::remove(remove, situation),
            Action::RotateRecoveryKey(rotate) => rotate_recovery_key::plan(rotate, situation),
            Action::AdoptAccount(adopt) => adopt_account::plan(adopt, situation),
            Action::PromoteAccount(promote) => account::promote(promote, situation),
            Action::DemoteAccount(demote) => account::demote(demote, situation),
            Action::DisableAccount(disable) => account::disable(disable, situation),
            Action::UnlockAccount(unlock) => account::unlock(unlock, situation),
            Action::DeleteAccount(delete) => account::delete(delete, situation),
            Action::ChangePassword(change) => account::change_password(change, situation),
            Action::ResetPassword(reset) => account::reset_password(reset, situation),
        }
    }

    /// Plans what installing the agent again over the top does with the help of `administrator`: the service account of the
    /// Mac in `situation` is made, or made whole.
    pub fn for_reinstall(
        administrator: &AccountName,
        promote_administrator: bool,
        situation: &Situation<'_>,
    ) -> Self {
        service_account::reinstall(administrator, promote_administrator, situation)
    }

    /// Gathers what the rows leave open: the first failure ends it, otherwise success and all that is untried.
    fn conclude(rows: Vec<Row>, members: &[Member<'_>], conclusion: Conclusion) -> Self {
        let refusal = rows.iter().find_map(Row::failure);
        let untried = rows.iter().flat_map(Row::open_ends).copied();
        let sent = refusal.is_none();
        Self {
            outcomes: match refusal {
                Some(code) => BTreeSet::from([code]),
                None => untried.chain([conclusion.success]).collect(),
            },
            mishaps: if sent { conclusion.mishaps } else { BTreeSet::new() },
            cost: Cost {
                local_password_tries: if sent { conclusion.local_password_tries } else { 0 },
                disk_password_tries: if sent { conclusion.disk_password_tries } else { 0 },
                shows_after_restart: sent && conclusion.shows_after_restart,
                needs_visit: refusal == Some(Code::ChainBroken),
            },
            granters: preconditions::names(members, |member| member.can_grant()),
            standard_holders: preconditions::names(members, |member| {
                member.token.holds() && !member.account.administrator
            }),
            rows,
        }
    }

    /// Why the action must not be sent: the code of the first failed row.
    pub fn refusal(&self) -> Option<Code> {
        self.rows.iter().find_map(Row::failure)
    }

    /// The rows that failed.
    pub fn failed_rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.failure().is_some())
    }

    /// The one outcome that is left, when only one is.
    pub fn only_outcome(&self) -> Option<Code> {
        let mut outcomes = self.outcomes.iter().copied();
        outcomes.next().filter(|_| outcomes.next().is_none())
    }

    /// Identifies what this plan says about what is `asked`: the same as long as the same would be shown. Warnings, such as
    /// a Mac being offline, do not count.
    pub fn id(&self, asked: &impl Serialize) -> String {
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| row.state != RowState::Warning)
            .collect();
        let json = serde_json::to_vec(&(asked, rows, &self.outcomes)).unwrap_or_default();
        Sha256::digest(&json)
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
