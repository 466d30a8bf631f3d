//! The personal recovery key opens the disk in macOS Recovery, where every account gets a new password and a token.

use super::{Key, no_key_is_asked_for, weigh};
use crate::observation::{CryptoUserKind, Observation};
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

pub(super) fn judge(observation: &Observation, machine: &Machine<'_>) -> WayBack {
    let way = Way::PersonalRecoveryKey;
    if let Some(reason) = no_key_is_asked_for(machine.filevault) {
        return WayBack::closed(way, reason);
    }
    let says = observation.security.personal_recovery_key.value().copied();
    let listed = machine.lists(&CryptoUserKind::PersonalRecovery);
    let judged = match weigh(says, listed) {
        Key::NotThere => return WayBack::closed(way, "This Mac has no personal recovery key."),
        Key::There if machine.filevault.is_some() => WayBack::open(
            way,
            "FileVault is on, and the Mac has a personal recovery key.",
            guide(machine),
        ),
        Key::There => WayBack::uncertain(
            way,
            "The Mac has a personal recovery key; it did not tell whether FileVault is on.",
            guide(machine),
        ),
        Key::Unclear(what) => WayBack::uncertain(way, what, guide(machine)),
    };
    let held = "Who has the key, and whether it is the present one: a look at the Mac does not show it.";
    let windows = "At which step this macOS asks for the key: its windows may differ.";
    let unknowns = [held]
        .into_iter()
        .chain((!machine.recovery_asks()).then_some(windows))
        .map(str::to_owned)
        .chain(machine.recovery_unknowns());
    judged.with_unknowns(unknowns)
}

fn guide(machine: &Machine<'_>) -> Guide {
    let key = "The personal recovery key of this Mac: six groups of four letters and digits.".to_owned();
    let mut steps = Vec::new();
    if machine.would_stay_locked() {
        steps.push(
            "Have the key ready before you shut the Mac down: nothing else opens its disk then.".to_owned(),
        );
    }
    steps.extend(machine.start_recovery());
    let refused = "If the Mac refuses it twice, stop here: it is not the key of this Mac.";
    if machine.recovery_asks() {
        steps.push(Machine::pass_the_users());
        steps.push(format!("Enter the recovery key and press Return. {refused}"));
    } else {
        steps.push(format!(
            "If the Mac asks for the recovery key, now or later, enter it and press Return. {refused}"
        ));
    }
    steps.extend(machine.reset_passwords("resetFileVaultpassword"));
    steps.push(machine.afterwards());
    Guide::at_the_mac(steps).needing([key].into_iter().chain(machine.recovery_needs()))
}
