//! One way out of a finding.

use serde::{Deserialize, Serialize};

use super::RemedyKind;
use crate::action::{Action, GrantSecureToken, PromoteAccount, RepairServiceAccount, UnlockAccount};
use crate::chain::Member;
use crate::name::AccountName;

/// One way out of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Remedy {
    /// An action, ready but for its passwords.
    Action {
        /// What it does, for people.
        label: String,
        /// The action.
        action: Action,
    },
    /// Something that a person does at the Mac or in the organisation's MDM.
    Person {
        /// What, for people.
        step: String,
        /// What it asks of them.
        kind: RemedyKind,
    },
    /// A way that takes several steps and has a page of its own.
    Runbook {
        /// What it leads to, for people.
        label: String,
        /// The page.
        runbook: Runbook,
    },
}

/// A page that leads through a way of several steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Runbook {
    /// The ways back for a Mac on which nobody can hand a token on.
    Recovery,
}

impl Remedy {
    /// What it asks of people.
    pub fn kind(&self) -> RemedyKind {
        match self {
            Self::Action {
                action:
                    Action::RepairServiceAccount(RepairServiceAccount {
                        administrator: None, ..
                    }),
                ..
            } => RemedyKind::Agent,
            Self::Action { .. } => RemedyKind::Console,
            Self::Person { kind, .. } => *kind,
            Self::Runbook {
                runbook: Runbook::Recovery,
                ..
            } => RemedyKind::Recovery,
        }
    }

    /// What it is, for people.
    pub fn words(&self) -> &str {
        match self {
            Self::Action { label, .. } | Self::Runbook { label, .. } => label,
            Self::Person { step, .. } => step,
        }
    }

    pub(super) fn person(kind: RemedyKind, step: impl Into<String>) -> Self {
        let step = step.into();
        Self::Person { step, kind }
    }

    pub(super) fn recovery(label: impl Into<String>) -> Self {
        Self::Runbook {
            label: label.into(),
            runbook: Runbook::Recovery,
        }
    }

    /// Nothing can be handed on before the Mac's chain is whole.
    pub(super) fn mend_the_chain_first() -> Self {
        let step = "Mend the chain first: nobody on this Mac can hand a token on.";
        Self::person(RemedyKind::Recovery, step)
    }

    /// An action would be refused now. It becomes a step for later.
    pub(super) fn wait_for_full_disk_access(&mut self) {
        if let Self::Action { label, .. } = self {
            let step = format!("Once the agent has Full Disk Access: {label}.");
            *self = Self::person(RemedyKind::Management, step);
        }
    }

    /// A grant to `target` by whoever can do it most simply: an administrator who holds a token, or else a standard
    /// holder, who has to become one for the moment.
    pub(super) fn grant_to(target: &str, members: &[Member<'_>]) -> Option<Self> {
        let granter = members.iter().find(|member| member.can_grant());
        let standard = |member: &&Member<'_>| member.token.holds() && !member.account.disabled;
        let granter = granter.or_else(|| members.iter().find(standard))?;
        Self::grant_by(granter, target)
    }

    /// What makes somebody who holds a token able to hand it on: a disabled account is enabled again, a standard one becomes
    /// an administrator.
    pub(super) fn enable_to_grant(holder: &Member<'_>) -> Option<Self> {
        let name = &holder.account.record_name;
        let target: AccountName = name.parse().ok()?;
        Some(if holder.account.disabled {
            Self::Action {
                label: format!("Unlock {name}, who holds a Secure Token and is disabled"),
                action: Action::UnlockAccount(UnlockAccount { target }),
            }
        } else {
            Self::Action {
                label: format!("Make {name}, who holds a Secure Token, an administrator"),
                action: Action::PromoteAccount(PromoteAccount { target }),
            }
        })
    }

    /// A grant to `target` by `granter`.
    pub(super) fn grant_by(granter: &Member<'_>, target: &str) -> Option<Self> {
        let promote = !granter.account.administrator;
        let name = &granter.account.record_name;
        let caveat = if promote {
            ", who becomes an administrator for the moment"
        } else {
            ""
        };
        let grant = GrantSecureToken {
            administrator: name.parse::<AccountName>().ok()?,
            target: target.parse::<AccountName>().ok()?,
            promote_administrator: promote,
        };
        let label = format!("Grant {target} a Secure Token with the credentials of {name}{caveat}");
        Some(Self::Action {
            label,
            action: Action::GrantSecureToken(grant),
        })
    }
}
