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
    let held = "Who has the key, and whether it is the present one: Bestow does not keep it.";
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
            "Have the key at hand before the Mac is shut down: nothing else opens its disk then.".to_owned(),
        );
    }
    steps.extend(machine.start_recovery());
    let enter = if machine.recovery_asks() {
        "When a user is asked for, choose one, or click “Forgot all passwords?”; then enter the recovery key."
    } else {
        "When the disk is to be unlocked, here or in a later step, choose the recovery key and enter it."
    };
    steps.push(enter.to_owned());
    steps.extend(machine.reset_passwords("resetFileVaultpassword"));
    steps.push(Machine::afterwards());
    steps.push("Make a new recovery key: this one has been read out.".to_owned());
    Guide::at_the_mac(steps).needing([key].into_iter().chain(machine.recovery_needs()))
}
