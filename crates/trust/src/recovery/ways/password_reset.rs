//! Without FileVault macOS Recovery resets passwords without any key.

use crate::observation::{Chip, FileVault};
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

pub(super) fn judge(machine: &Machine<'_>) -> WayBack {
    let way = Way::PasswordReset;
    let because = match machine.filevault {
        Some(state) if state.locks_the_disk() => {
            return WayBack::closed(
                way,
                "FileVault is on: macOS Recovery resets no password without a key.",
            );
        }
        Some(FileVault::Decrypting { .. }) => {
            "FileVault is being turned off. Wait until it is off.".to_owned()
        }
        Some(state) => format!("FileVault is {}: macOS Recovery asks for no key.", state.label()),
        None => {
            "The Mac did not tell whether FileVault is on; when it is off, no key is asked for.".to_owned()
        }
    };
    let enclave =
        "Whether macOS Recovery lets anybody in when none of the users that it shows can be chosen.";
    let unknowns = ["Whether an account comes out of it with a token; the next look at the Mac shows it."]
        .into_iter()
        .chain((machine.chip != Some(Chip::Intel)).then_some(enclave))
        .map(str::to_owned)
        .chain(machine.recovery_unknowns());
    WayBack::uncertain(way, because, guide(machine)).with_unknowns(unknowns)
}

fn guide(machine: &Machine<'_>) -> Guide {
    let mut steps = machine.start_recovery();
    if machine.recovery_asks() {
        steps.push(Machine::pass_the_users());
    }
    steps.extend(machine.reset_passwords("resetpassword"));
    steps.push(machine.afterwards());
    Guide::at_the_mac(steps).needing(machine.recovery_needs())
}
