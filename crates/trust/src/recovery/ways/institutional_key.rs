//! The institutional recovery key: one key pair for a whole fleet, of use on Intel only.

use super::{Key, no_key_is_asked_for, weigh};
use crate::observation::{Chip, CryptoUserKind, FileVault, Observation};
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

const UNLOCK_KEYCHAIN: &str = "Open the keychain with the private key: `security unlock-keychain /Volumes/DRIVE/FileVaultMaster.keychain`.";

pub(super) fn judge(observation: &Observation, machine: &Machine<'_>) -> WayBack {
    let way = Way::InstitutionalRecoveryKey;
    let says = observation.security.institutional_recovery_key.value().copied();
    let listed = machine.lists(&CryptoUserKind::InstitutionalRecovery);
    if machine.chip == Some(Chip::AppleSilicon) {
        return WayBack::closed(way, refusal(says == Some(true) || listed == Some(true)));
    }
    if let Some(reason) = no_key_is_asked_for(machine.filevault) {
        return WayBack::closed(way, reason);
    }
    let there = match weigh(says, listed) {
        Key::NotThere => return WayBack::closed(way, "This Mac has no institutional recovery key."),
        Key::There => None,
        Key::Unclear(what) => Some(what),
    };
    let unknowns = unknowns(machine);
    match (machine.chip, there) {
        (None, _) => WayBack::uncertain(
            way,
            "The Mac did not tell its chip: with Apple silicon the key is of no use, with Intel it opens the disk.",
            guide(machine),
        ),
        (Some(_), Some(what)) => WayBack::uncertain(way, what, guide(machine)),
        (Some(_), None) if machine.recovery_asks() => WayBack::uncertain(
            way,
            "The Mac has an institutional recovery key, and its Intel chip can use it; its macOS Recovery does not take it, \
             so a second Mac has to open the disk.",
            guide(machine),
        ),
        (Some(_), None) => WayBack::open(
            way,
            "The Mac has an institutional recovery key, and its macOS Recovery takes it.",
            guide(machine),
        ),
    }
    .with_unknowns(unknowns)
}

/// Whether the Mac that was seen so has one that can open its disk: all that this hangs on was seen, and says so.
pub(in crate::recovery) fn opens(observation: &Observation) -> bool {
    let machine = Machine::of(observation, &[]);
    let says = observation.security.institutional_recovery_key.value().copied();
    let listed = machine.lists(&CryptoUserKind::InstitutionalRecovery);
    matches!(machine.chip, Some(Chip::Intel | Chip::T2))
        && machine.filevault.is_some_and(FileVault::locks_the_disk)
        && matches!(weigh(says, listed), Key::There)
}

/// Why it is of no use on Apple silicon, whether one is there or not.
fn refusal(is_there: bool) -> String {
    let no_use = "A Mac with Apple silicon cannot use an institutional recovery key: its macOS Recovery does not take the \
                  key, and it has no target disk mode in which another Mac could open the disk with it.";
    if is_there {
        format!("{no_use} This Mac has one all the same; do not count on it.")
    } else {
        no_use.to_owned()
    }
}

fn unknowns(machine: &Machine<'_>) -> Vec<String> {
    let lock_out = "Whether the T2 lets the other Mac in: there are reports of Macs that did not.";
    [
        "Who has the private key and the password of its keychain: Bestow keeps neither.",
        "Whether an account comes out of it with a token; the key itself gives none.",
    ]
    .into_iter()
    .chain((machine.chip == Some(Chip::T2)).then_some(lock_out))
    .map(str::to_owned)
    .chain(machine.recovery_unknowns())
    .collect()
}

fn guide(machine: &Machine<'_>) -> Guide {
    let key = "An external drive with the keychain FileVaultMaster.keychain that holds the private key, and its password.";
    if machine.recovery_asks() {
        by_another_mac().needing([
            key,
            "A second Mac, and a cable that connects the two.",
            "Room for a copy of what is on the disk.",
        ])
    } else {
        in_recovery(machine).needing([key])
    }
}

/// Before macOS 10.15 Recovery shows its utilities at once.
fn in_recovery(machine: &Machine<'_>) -> Guide {
    let unlock = [
        "Connect the external drive.",
        "In the menu bar choose “Utilities”, then “Terminal”.",
        UNLOCK_KEYCHAIN,
        "Find the encrypted volume: `diskutil apfs list`. Its line ends in `(No specific role)`, its FileVault is `Yes (Locked)`.",
        "Open it: `diskutil apfs unlockVolume /dev/diskXsY -recoverykeychain /Volumes/DRIVE/FileVaultMaster.keychain`.",
    ];
    let mut steps = machine.start_recovery();
    steps.extend(unlock.map(str::to_owned));
    // The Terminal is open already.
    steps.extend(
        machine
            .reset_passwords("resetFileVaultpassword")
            .into_iter()
            .skip(1),
    );
    steps.push(machine.afterwards());
    Guide::at_the_mac(steps)
}

fn by_another_mac() -> Guide {
    Guide::at_the_mac([
        "Shut this Mac down, connect it to the other one, and turn it on with T held down, until its screen shows target disk \
         mode.",
        "On the other Mac, connect the external drive and open the Terminal.",
        UNLOCK_KEYCHAIN,
        "Find the encrypted volume of this Mac: `diskutil apfs list`. It has the role `Data`, its FileVault is `Yes (Locked)`.",
        "Open it: `diskutil apfs unlockVolume /dev/diskXsY -recoverykeychain /Volumes/DRIVE/FileVaultMaster.keychain`.",
        "Copy what is needed from the disk: from here on it is safe.",
        "Turn FileVault off on it: `diskutil apfs decryptVolume /dev/diskXsY -recoverykeychain /Volumes/DRIVE/FileVaultMaster.keychain`. Eject the disk when that has ended, and restart \
         this Mac.",
        "Bestow looks at the Mac again when it is back. Without FileVault its passwords can be reset in macOS Recovery; if no \
         account gets a token by that, erasing is what is left.",
    ])
}
