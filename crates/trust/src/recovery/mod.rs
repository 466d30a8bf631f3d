//! The ways back for a Mac on which nobody can hand a token on: which are open, which are not and why, and how each goes.
//!
//! The ways follow from what was seen of the Mac, by macOS's rules. What was not seen is named, never guessed: a person is
//! about to travel to the Mac. Nothing here knows who has which key.

mod at_hand;
mod guide;
mod machine;
mod progress;
mod way;
mod ways;

pub use at_hand::in_the_vault;
pub use guide::Guide;
pub use progress::{Aftercare, Begun, KeptKey, Milestone, Stage, Task, TaskState, aftercare, progress};
pub use way::{Standing, Way, WayBack};

use serde::{Deserialize, Serialize};

use crate::chain::{self, Health, Member};
use crate::observation::Observation;
use crate::service_account::{RECORD_NAME, ReasonKind, Settings, condition, ladder};
use machine::Machine;

/// What leads a Mac back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recovery {
    /// Why it needs one.
    pub need: Need,
    /// The ways that may lead back, the cheapest first and erasing last; then those that are closed. Empty when none is
    /// needed.
    pub ways: Vec<WayBack>,
}

/// Why a Mac needs a way back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Nobody holds a token.
    ChainBroken,
    /// Only standard or disabled accounts hold one.
    NoGranter,
    /// It needs none: somebody can hand a token on, or the Mac knows no tokens.
    None,
    /// The Mac did not tell enough to say.
    Unknown,
}

impl Need {
    /// Why the Mac that `observation` saw needs a way back.
    pub fn of(observation: &Observation) -> Self {
        match chain::health_among(observation, &of_use(observation)) {
            Health::Broken => Self::ChainBroken,
            Health::OnlyStandardHolders => Self::NoGranter,
            Health::CanGrant | Health::NoTokens => Self::None,
            Health::Unknown => Self::Unknown,
        }
    }

    /// The need's word, as it stands in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::ChainBroken => "chain_broken",
            Self::NoGranter => "no_granter",
            Self::None => "none",
            Self::Unknown => "unknown",
        }
    }

    /// The need in a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::ChainBroken => "Nobody on this Mac holds a Secure Token that works.",
            Self::NoGranter => {
                "Those who hold a Secure Token cannot hand it on: their accounts are standard, or disabled."
            }
            Self::None => "This Mac needs no way back.",
            Self::Unknown => "The Mac did not tell enough to say whether its chain of trust is broken.",
        }
    }
}

/// What leads the Mac back that `observation` saw.
pub fn recovery(observation: &Observation) -> Recovery {
    let need = Need::of(observation);
    let ways = match need {
        Need::ChainBroken | Need::NoGranter => ways(observation),
        Need::None | Need::Unknown => Vec::new(),
    };
    Recovery { need, ways }
}

/// Whether the Mac that `observation` saw has an institutional key that can open its disk.
pub fn institutional_key_opens(observation: &Observation) -> bool {
    ways::institutional_key_opens(observation)
}

fn ways(observation: &Observation) -> Vec<WayBack> {
    let members = of_use(observation);
    let machine = Machine::of(observation, &members);
    let mut ways: Vec<WayBack> = Way::ALL
        .into_iter()
        .map(|way| ways::judge(way, observation, &members, &machine))
        .collect();
    ways.sort_by_key(|way| way.standing == Standing::Closed);
    ways
}

/// Every account but a service account whose password is wrong or lost, and which the agent cannot mend by itself: its token is
/// there, and helps nobody.
fn of_use(observation: &Observation) -> Vec<Member<'_>> {
    let status = condition(observation);
    let passwords = [
        ReasonKind::PasswordLost,
        ReasonKind::LocalPassword,
        ReasonKind::DiskPassword,
    ];
    let is_out_of_reach = passwords.into_iter().any(|kind| status.has(kind))
        && ladder(observation, &Settings::default())
            .iter()
            .all(|rung| !rung.rung.is_automatic() || rung.closed.is_some());
    let mut members = chain::members(observation);
    members.retain(|member| !is_out_of_reach || member.account.record_name != RECORD_NAME);
    members
}
