//! Whether the service account can authorise system updates.

use super::{RECORD_NAME, ReasonKind, Status, condition};
use crate::capability::{Ability, Able, Capability, authorise_updates};
use crate::observation::Observation;

/// Whether the service account of the Mac that `observation` saw can authorise system updates: by what it is, and by whether the
/// password that the agent keeps is right. Of what it is, Apple silicon asks that it owns the volume, Intel that it is an
/// administrator.
pub fn authorises_updates(observation: &Observation) -> Ability {
    let answer = |able, because: String| Ability {
        capability: Capability::AuthoriseUpdates,
        able,
        because,
    };
    if observation.accounts.value().is_none() {
        return answer(Able::Unknown, "the Mac did not tell its accounts".to_owned());
    }
    let Some(account) = observation.account(RECORD_NAME) else {
        return answer(Able::No, "there is no service account".to_owned());
    };
    let by_rights = authorise_updates(account, observation);
    if by_rights.able != Able::Yes {
        return by_rights;
    }
    let spoils = |kind: &ReasonKind| match kind {
        ReasonKind::PasswordLost | ReasonKind::LocalPassword | ReasonKind::DiskPassword => true,
        ReasonKind::Missing | ReasonKind::NoToken | ReasonKind::CannotGrant => false,
    };
    match condition(observation) {
        Status::Valid { .. } => by_rights,
        Status::Invalid { reasons } => match reasons.iter().find(|reason| spoils(&reason.reason)) {
            Some(reason) => answer(
                Able::No,
                format!("{}, but: {}", by_rights.because, reason.reason.label()),
            ),
            None => by_rights,
        },
        Status::Unknown { why } => answer(Able::Unknown, format!("{}, but {why}", by_rights.because)),
        Status::AwaitingFirstLogin | Status::NotWanted { .. } => by_rights,
    }
}
