//! One way out of a finding.

use serde::{Deserialize, Serialize};

use super::RemedyKind;
use crate::action::{Action, GrantSecureToken, PromoteAccount, RepairServiceAccount, UnlockAccount};
use crate::chain::Member;
use crate::name::AccountName;
use crate::observation::LoginPlugin;
use crate::service_account::is_other;

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

    /// A grant to `target` by whoever can do it most simply: an administrator who holds a token, or else the service account
    /// at a login, or else a standard holder, who has to become an administrator for the moment.
    pub(super) fn grant_to(
        target: &str,
        members: &[Member<'_>],
        login_plugin: Option<&LoginPlugin>,
    ) -> Option<Self> {
        let others = || members.iter().filter(|member| is_other(member));
        let by_administrator = others()
            .find(|member| member.can_grant())
            .map(|granter| Self::grant_by(granter, target));
        let by_service_account = || {
            let own = members
                .iter()
                .find(|member| !is_other(member) && member.can_grant());
            own.map(|_| Some(Self::grant_at_login(target, login_plugin)))
        };
        let by_standard = || {
            let standard = others().find(|member| member.token.holds() && !member.account.disabled);
            standard.map(|granter| Self::grant_by(granter, target))
        };
        by_administrator
            .or_else(by_service_account)
            .or_else(by_standard)
            .flatten()
    }

    /// Nobody knows the service account's password: it hands its token on by itself, to who logs in.
    fn grant_at_login(target: &str, login_plugin: Option<&LoginPlugin>) -> Self {
        match login_plugin {
            Some(LoginPlugin::NotInstalled | LoginPlugin::NotRegistered { .. }) => Self::person(
                RemedyKind::Management,
                format!(
                    "Install the agent's package again, so that it is told of logins; the service account gives {target} a \
                     Secure Token at the next one."
                ),
            ),
            Some(LoginPlugin::Registered | LoginPlugin::RegisteredUnfit { .. }) | None => Self::person(
                RemedyKind::NextLogin,
                format!("Let {target} log in at the Mac: the service account hands a Secure Token on then."),
            ),
        }
    }

    /// What the agent can do for the service account by itself.
    pub(super) fn repair_service_account() -> Self {
        Self::Action {
            label:
                "Repair the service account, which holds a Secure Token (the agent tries it by itself, too)"
                    .to_owned(),
            action: Action::RepairServiceAccount(RepairServiceAccount::default()),
        }
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
