//! Whether the service account needs somebody, and who could help it.

use trust::chain::{self, Member};
use trust::code::Code;
use trust::observation::Observation;
use trust::service_account::{self, RECORD_NAME, Settings};
use trust::token::TokenState;
use utility_protocol::message::{Holds, LocalAccount, Need, Status};

use crate::observe::Freshness;
use crate::perform::Tools;
use crate::service_account::Custody;

/// So many accounts are told at most.
const MOST_ACCOUNTS: usize = 1_000;

/// How things stand now.
pub(super) fn status(tools: Tools<'_>) -> Status {
    let seen = tools.look(Freshness::Now);
    Status {
        need: need(tools.custody, &seen),
        accounts: people(&seen)
            .iter()
            .filter_map(local_account)
            .take(MOST_ACCOUNTS)
            .collect(),
    }
}

/// Whether the service account of the Mac that was `seen` needs somebody.
pub(super) fn need(custody: &Custody, seen: &Observation) -> Need {
    let Some(settings) = custody.remembered().settings else {
        return Need::NotWanted {
            why: "the organisation has not told this Mac yet whether it wants one".to_owned(),
        };
    };
    match service_account::status(seen, &settings) {
        service_account::Status::NotWanted { why } => Need::NotWanted { why },
        service_account::Status::Valid { .. } => Need::Valid,
        service_account::Status::Unknown { why } => Need::Unknown { why },
        service_account::Status::Invalid { .. } | service_account::Status::AwaitingFirstLogin => {
            Need::Needed {
                obstacle: obstacle(seen, &settings),
            }
        }
    }
}

/// Why nobody on the Mac could help. The service account itself does not count: it is what needs help.
fn obstacle(seen: &Observation, settings: &Settings) -> Option<Code> {
    let people = people(seen);
    let may_help = |member: &Member<'_>| {
        let grants = member.account.administrator || settings.promote_administrators;
        member.token == TokenState::Unknown || (member.token.holds() && grants)
    };
    if seen.accounts.value().is_none() || people.iter().any(may_help) {
        return None;
    }
    match chain::obstacle(seen) {
        Some(gate @ (Code::OsTooOld | Code::VolumeNotApfs)) => Some(gate),
        _ if people.iter().any(|member| member.token.holds()) => Some(Code::NoGranter),
        _ => Some(Code::ChainBroken),
    }
}

/// The accounts that somebody could log in with.
fn people(seen: &Observation) -> Vec<Member<'_>> {
    let mut members = chain::members(seen);
    members.retain(|member| member.account.record_name != RECORD_NAME && !member.account.disabled);
    members
}

/// What is told of an account; `None` where Apple's tools do not take its name.
fn local_account(member: &Member<'_>) -> Option<LocalAccount> {
    let account = member.account;
    Some(LocalAccount {
        record_name: account.record_name.parse().ok()?,
        real_name: account.real_name.clone(),
        holds: match member.token {
            TokenState::Usable { .. } | TokenState::Unverified => Holds::Yes,
            TokenState::Absent | TokenState::Unusable { .. } => Holds::No,
            TokenState::Unknown => Holds::Unknown,
        },
        administrator: account.administrator,
    })
}
