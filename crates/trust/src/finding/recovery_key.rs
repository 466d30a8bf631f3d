//! Problems of the recovery key that the vault keeps of a Mac.

use super::{Finding, Remedy, RemedyKind};
use crate::action::{Action, RotateRecoveryKey};
use crate::chain;
use crate::escrow::{Schedule, Standing, Trouble, rotation, troubles};
use crate::observation::Observation;
use crate::plan::{Knowledge, Plan, Situation};
use crate::time::Timestamp;

/// What is wrong at `now` with the recovery key of a Mac that was last seen so, and stands so in the vault. Nothing is where
/// FileVault is off: there is no disk that a key has to open.
pub fn of_recovery_key(
    observation: &Observation,
    standing: &Standing,
    schedule: Schedule,
    now: Timestamp,
) -> Vec<Finding> {
    if observation
        .filevault
        .value()
        .is_some_and(|state| !state.locks_the_disk())
    {
        return Vec::new();
    }
    let troubles = troubles(standing, schedule, now).into_iter();
    troubles
        .map(|trouble| finding(trouble, standing, schedule).with_remedies([rotation_of(observation)]))
        .collect()
}

/// A rotation as it can be ordered: by the service account where it is valid, else by somebody who opens the disk.
fn rotation_of(observation: &Observation) -> Remedy {
    let situation = Situation {
        observation: Some(observation),
        online: true,
        knowledge: Knowledge::NONE,
    };
    let members = chain::members(observation);
    let holders = members.iter().filter(|member| member.token.holds());
    let holders = holders.map(|member| member.account.record_name.parse().ok());
    let orders = std::iter::once(None).chain(holders.filter(Option::is_some));
    let mut actions =
        orders.map(|administrator| Action::RotateRecoveryKey(RotateRecoveryKey { administrator }));
    match actions.find(|action| Plan::for_action(action, &situation).refusal().is_none()) {
        Some(action) => Remedy::Action {
            label: "Rotate the recovery key".to_owned(),
            action,
        },
        None => Remedy::person(
            RemedyKind::Console,
            "Rotate the recovery key as soon as an account of the Mac can open its disk.",
        ),
    }
}

fn finding(trouble: Trouble, standing: &Standing, schedule: Schedule) -> Finding {
    let (evidence, consequence) = match trouble {
        Trouble::Unknown => (
            "The Mac has made a recovery key that did not reach the vault, or the kept one does not open the disk.".to_owned(),
            "Should nobody be able to log in, no recovery key that anybody has opens the disk.",
        ),
        Trouble::NeverKept => (
            "The Mac has a recovery key that never reached the vault: FileVault was turned on before Bestow came, or by somebody else."
                .to_owned(),
            "Should nobody be able to log in, Bestow has no recovery key that opens the disk. Somebody else may.",
        ),
        Trouble::NotProved => (
            match standing.proved_at {
                Some(at) => format!("The kept key was last proved to open the disk on {}.", at.utc()),
                None => "The kept key was never tried on the Mac.".to_owned(),
            },
            "Whether the key helps will show when it is needed.",
        ),
        Trouble::Overdue => (
            match rotation::due(standing, schedule) {
                Some(at) => format!("Another key was due on {}.", at.utc()),
                None => String::new(),
            },
            "Whoever has seen or used the key can still open the disk with it.",
        ),
    };
    Finding::new(trouble.code(), evidence, consequence)
}
