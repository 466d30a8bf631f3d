//! The ladder of repair: the ways in which a service account that is invalid becomes valid again, the cheapest first.

use serde::{Deserialize, Serialize};

use super::status::is_other;
use super::{ReasonKind, Settings, Status, condition};
use crate::chain::{self, Health};
use crate::observation::{LoginPlugin, Observation, ServiceAccount};

/// One rung: a way to repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The agent tries again what it can do with the password that it has.
    Retry,
    /// The agent goes back to the password that the account had before, which it still keeps.
    PreviousPassword,
    /// An administrator who holds a token repairs it, by an order with that account's password.
    OtherHolder,
    /// A holder logs in at the Mac, and the agent repairs with that login.
    HolderLogin,
    /// A person at the Mac types a holder's password into the Bestow Service Account app.
    Utility,
    /// The Mac's chain is mended first.
    Recovery,
}

/// What a rung costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RungCost {
    /// Nothing: the agent does it by itself.
    Nothing,
    /// An administrator gives an account's password, from anywhere.
    Credentials,
    /// It waits until somebody logs in at the Mac.
    Login,
    /// A person at the Mac is asked.
    Person,
    /// Somebody goes to the Mac.
    Visit,
}

impl Rung {
    /// Every rung, the cheapest first.
    pub const ALL: [Self; 6] = [
        Self::Retry,
        Self::PreviousPassword,
        Self::OtherHolder,
        Self::HolderLogin,
        Self::Utility,
        Self::Recovery,
    ];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Retry => "Try again",
            Self::PreviousPassword => "Go back to the previous password",
            Self::OtherHolder => "Repair with an administrator's password",
            Self::HolderLogin => "Repair at the next login of a holder",
            Self::Utility => "Ask a person at the Mac for a password",
            Self::Recovery => "Mend the Mac's chain of trust first",
        }
    }

    /// What it costs.
    pub fn cost(self) -> RungCost {
        match self {
            Self::Retry | Self::PreviousPassword => RungCost::Nothing,
            Self::OtherHolder => RungCost::Credentials,
            Self::HolderLogin => RungCost::Login,
            Self::Utility => RungCost::Person,
            Self::Recovery => RungCost::Visit,
        }
    }

    /// Whether the agent goes it by itself, without anybody's password.
    pub fn is_automatic(self) -> bool {
        self.cost() == RungCost::Nothing
    }
}

impl RungCost {
    /// The cost in a few words, for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Nothing => "nothing; the agent does it by itself",
            Self::Credentials => "the password of an administrator who holds a token",
            Self::Login => "waiting until a holder logs in",
            Self::Person => "a person at the Mac",
            Self::Visit => "a visit to the Mac",
        }
    }
}

/// A rung as it stands on one Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RungStanding {
    /// Which.
    pub rung: Rung,
    /// What it costs.
    pub cost: RungCost,
    /// Why it cannot be gone, for people; `None` when it can.
    pub closed: Option<String>,
}

/// The ladder for the Mac that `observation` saw, the cheapest rung first; empty when its service account is not invalid.
pub fn ladder(observation: &Observation, settings: &Settings) -> Vec<RungStanding> {
    let (Status::Invalid { reasons }, Some(seen)) =
        (condition(observation), observation.service_account.value())
    else {
        return Vec::new();
    };
    let mac = Mac {
        observation,
        settings,
        seen,
        reasons: reasons.iter().map(|reason| reason.reason).collect(),
    };
    Rung::ALL
        .into_iter()
        .map(|rung| RungStanding {
            rung,
            cost: rung.cost(),
            closed: mac.closed(rung),
        })
        .collect()
}

struct Mac<'a> {
    observation: &'a Observation,
    settings: &'a Settings,
    seen: &'a ServiceAccount,
    reasons: Vec<ReasonKind>,
}

impl Mac<'_> {
    /// Why a rung cannot be gone. The last one always can.
    fn closed(&self, rung: Rung) -> Option<String> {
        if rung == Rung::Recovery {
            return None;
        }
        let why = if self.seen.tried.contains(&rung) {
            Some("it was tried, and did not mend this fault")
        } else {
            match rung {
                Rung::Retry => self.retry(),
                Rung::PreviousPassword => self.previous_password(),
                Rung::OtherHolder => self.needs_holder(),
                Rung::HolderLogin => self.needs_holder().or_else(|| self.needs_plugin()),
                Rung::Utility => self.needs_holder().or_else(|| self.needs_person()),
                Rung::Recovery => None,
            }
        };
        why.map(str::to_owned)
    }

    fn has(&self, reason: ReasonKind) -> bool {
        self.reasons.contains(&reason)
    }

    /// What root can do alone: put the record right, and try the staged password that a rotation left.
    fn retry(&self) -> Option<&'static str> {
        let stale = self.has(ReasonKind::LocalPassword) || self.has(ReasonKind::DiskPassword);
        let by_staged = stale && self.seen.stored.staged;
        if self.has(ReasonKind::CannotGrant) || by_staged {
            None
        } else {
            Some("the agent has nothing else to try by itself")
        }
    }

    fn previous_password(&self) -> Option<&'static str> {
        let stale = self.has(ReasonKind::LocalPassword) || self.has(ReasonKind::DiskPassword);
        if !stale {
            Some("the password is not what is wrong")
        } else if !self.seen.stored.previous {
            Some("no earlier password is kept")
        } else if self.seen.policy.machine_attempts == Some(0) {
            Some("the Mac's policy locks accounts too soon for a try")
        } else {
            None
        }
    }

    fn needs_holder(&self) -> Option<&'static str> {
        let members = chain::members(self.observation);
        let others = members
            .iter()
            .filter(|member| is_other(member) && member.token.holds());
        let mut others = others.filter(|member| !member.account.disabled).peekable();
        if others.peek().is_none() {
            return Some(match chain::health(self.observation) {
                Health::Unknown => "the Mac did not tell who holds a token",
                _ => "no other account holds a Secure Token",
            });
        }
        let promotes = self.settings.promote_administrators;
        let none = !promotes && others.all(|member| !member.account.administrator);
        none.then_some("only standard accounts hold a token, and the organisation promotes nobody in passing")
    }

    fn needs_plugin(&self) -> Option<&'static str> {
        let registered = self.observation.login_plugin.value() == Some(&LoginPlugin::Registered);
        (!registered).then_some("the agent is not told of logins on this Mac")
    }

    fn needs_person(&self) -> Option<&'static str> {
        let nobody = self.observation.console_user.value() == Some(&None);
        nobody.then_some("nobody is at the screen")
    }
}
