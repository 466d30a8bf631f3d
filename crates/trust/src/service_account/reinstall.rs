//! What installing the agent again over the top can do for the service account.

use super::{RECORD_NAME, Settings, Status, condition, status};
use crate::attention::{Case, Helper};
use crate::chain::{self, Member};
use crate::code::Code;
use crate::observation::Observation;

/// That only the Mac's own ways back are left, for people.
pub const NOBODY_CAN_HELP: &str =
    "Nobody can help the service account: the ways back for this Mac, step by step";

/// What is to be done for the service account while the agent is installed again over the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reinstall {
    /// Nothing.
    Nothing {
        /// Why, for people.
        why: String,
    },
    /// It is made, or made whole, once an administrator who holds a token has given the password.
    ByAdministrator {
        /// What is wrong with it, for people.
        fault: String,
        /// Record names of those who can help, as far as the Mac tells.
        administrators: Vec<String>,
    },
    /// Nobody could help it. The Mac's chain of trust is mended first.
    Recovery {
        /// What is wrong with the chain.
        code: Code,
    },
}

/// What is to be done on the Mac that `observation` saw, by what the organisation wants of its service account.
pub fn reinstall(observation: &Observation, settings: &Settings) -> Reinstall {
    match status(observation, settings) {
        Status::NotWanted { why } => return Reinstall::Nothing { why },
        Status::Valid { .. } => {
            let why = "it is valid".to_owned();
            return Reinstall::Nothing { why };
        }
        Status::Invalid { .. } | Status::AwaitingFirstLogin | Status::Unknown { .. } => {}
    }
    match Case::of(observation, settings).helper {
        Helper::Nobody => Reinstall::Recovery {
            code: Code::ChainBroken,
        },
        Helper::StandardOnly => Reinstall::Recovery {
            code: Code::NoGranter,
        },
        Helper::Administrator | Helper::Unknown => Reinstall::ByAdministrator {
            fault: fault(observation),
            administrators: administrators(observation, settings),
        },
    }
}

/// What is wrong with the service account, in a few words.
pub fn fault(observation: &Observation) -> String {
    match condition(observation) {
        Status::Invalid { reasons } => {
            let words: Vec<&str> = reasons.iter().map(|reason| reason.reason.label()).collect();
            words.join(", ")
        }
        Status::AwaitingFirstLogin => "not made yet".to_owned(),
        Status::Unknown { why } | Status::NotWanted { why } => why,
        Status::Valid { .. } => "nothing is wrong with it".to_owned(),
    }
}

fn administrators(observation: &Observation, settings: &Settings) -> Vec<String> {
    let may_help = |member: &Member<'_>| {
        let rights = member.account.administrator || settings.promote_administrators;
        rights && member.token.holds() && !member.account.disabled
    };
    let members = chain::members(observation);
    let others = members
        .iter()
        .filter(|member| member.account.record_name != RECORD_NAME);
    others
        .filter(|member| may_help(member))
        .map(|member| member.account.record_name.clone())
        .collect()
}
