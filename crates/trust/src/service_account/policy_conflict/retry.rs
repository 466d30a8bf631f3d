//! What came of trying again after somebody chose a way past the rules.

use serde::{Deserialize, Serialize};

use super::ObstructingRule;
use crate::code::Code;
use crate::observation::{Observation, PasswordOutlook, ServiceAccount};
use crate::service_account::{ReasonKind, Settings, Status, status};
use crate::time::Timestamp;

/// What came of trying again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Retry {
    /// The Mac has not told since the choice was made.
    WaitsForMac,
    /// The Mac was asked anew, and these rules still leave no password.
    StillInConflict {
        /// The rules.
        rules: Vec<ObstructingRule>,
        /// When that was told.
        at: Timestamp,
    },
    /// The Mac was asked anew, and whether a password can be made cannot be told.
    CannotTell {
        /// Why, for people.
        why: String,
        /// When that was told.
        at: Timestamp,
    },
    /// The rules have gone. The service account waits for something else.
    RulesGone {
        /// For what, for people.
        waits_for: String,
        /// When that was told.
        at: Timestamp,
    },
    /// The rules have gone, and making the account was tried and did not come about.
    Failed {
        /// How it ended.
        code: Code,
        /// When.
        at: Timestamp,
    },
    /// The rules have gone, and the service account is valid.
    Succeeded {
        /// When that was proved.
        at: Timestamp,
    },
    /// The Mac is to have no service account: nothing is tried.
    NotWanted,
}

impl Retry {
    /// The outcome in a few words, for people.
    pub fn label(&self) -> &'static str {
        match self {
            Self::WaitsForMac => "waits for the Mac",
            Self::StillInConflict { .. } => "still in conflict",
            Self::CannotTell { .. } => "cannot tell",
            Self::RulesGone { .. } => "the rules have gone",
            Self::Failed { .. } => "failed",
            Self::Succeeded { .. } => "succeeded",
            Self::NotWanted => "nothing is tried",
        }
    }

    /// The outcome in a sentence, for people, its date left out.
    pub fn sentence(&self) -> String {
        match self {
            Self::WaitsForMac => {
                "The Mac has not told since the choice. It tries again at its next check-in.".to_owned()
            }
            Self::StillInConflict { rules, .. } => {
                let rules: Vec<String> = rules.iter().map(ObstructingRule::phrase).collect();
                format!("The Mac was asked anew, and still has: {}.", rules.join("; "))
            }
            Self::CannotTell { why, .. } => format!("The Mac was asked anew, and it cannot be told: {why}."),
            Self::RulesGone { waits_for, .. } => {
                format!("The policy leaves room for a password. What is missing: {waits_for}.")
            }
            Self::Failed { code, .. } => format!(
                "The policy leaves room for a password, but: {}.",
                code.entry().title
            ),
            Self::Succeeded { .. } => {
                "The policy leaves room for a password, and the service account is valid.".to_owned()
            }
            Self::NotWanted => "This Mac is to have no service account.".to_owned(),
        }
    }

    /// When that was seen; `None` when nothing was.
    pub fn at(&self) -> Option<Timestamp> {
        match self {
            Self::WaitsForMac | Self::NotWanted => None,
            Self::StillInConflict { at, .. }
            | Self::CannotTell { at, .. }
            | Self::RulesGone { at, .. }
            | Self::Failed { at, .. }
            | Self::Succeeded { at } => Some(*at),
        }
    }
}

/// What came of trying again on the Mac that `observation` saw, by `settings` that tell its agent to
/// ([`Settings::try_again_at`]). An agent that goes by these very settings has asked the Mac anew.
pub fn retry_after(chosen_at: Timestamp, observation: Option<&Observation>, settings: &Settings) -> Retry {
    if !settings.wanted {
        return Retry::NotWanted;
    }
    let Some((observation, seen)) =
        observation.and_then(|observation| Some((observation, observation.service_account.value()?)))
    else {
        return Retry::WaitsForMac;
    };
    if seen.settings_digest.as_deref() != Some(settings.digest().as_str()) {
        return Retry::WaitsForMac;
    }
    let at = observation.service_account.at();
    match &seen.policy.password {
        PasswordOutlook::Conflict { rules } => Retry::StillInConflict {
            rules: rules.clone(),
            at,
        },
        PasswordOutlook::CannotTell { why } => Retry::CannotTell { why: why.clone(), at },
        PasswordOutlook::Possible => past_the_rules(chosen_at, seen, status(observation, settings), at),
    }
}

fn past_the_rules(chosen_at: Timestamp, seen: &ServiceAccount, status: Status, at: Timestamp) -> Retry {
    let failed = seen
        .last_creation
        .as_ref()
        .filter(|attempt| attempt.at >= chosen_at && !attempt.code.is_success());
    let is_missing = status.has(ReasonKind::Missing) || status == Status::AwaitingFirstLogin;
    let waits_for = match &status {
        Status::Valid { proved_at } => return Retry::Succeeded { at: *proved_at },
        Status::NotWanted { .. } => return Retry::NotWanted,
        Status::Unknown { why } => why.clone(),
        _ if is_missing => match failed {
            Some(attempt) => {
                return Retry::Failed {
                    code: attempt.code,
                    at: attempt.at,
                };
            }
            None => {
                "a login of an administrator who holds a Secure Token, or Create Service Account".to_owned()
            }
        },
        Status::AwaitingFirstLogin | Status::Invalid { .. } => "a repair of the service account".to_owned(),
    };
    Retry::RulesGone { waits_for, at }
}
