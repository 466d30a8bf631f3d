//! Erasing gives the next first account a token, and takes everything else.

use crate::observation::Chip;
use crate::os::OsVersion;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

/// Silent erasing by the MDM came with macOS 12, on Macs whose Secure Enclave can throw the key away.
const ERASE_ALL_CONTENT: OsVersion = OsVersion::new(12, 0, 0);

pub(super) fn judge(machine: &Machine<'_>) -> WayBack {
    let mut steps = vec!["Save what can be saved from the Mac while somebody is logged in.".to_owned()];
    if machine.managed == Some(true)
        && machine.chip != Some(Chip::Intel)
        && machine
            .version
            .is_some_and(|version| version >= ERASE_ALL_CONTENT)
    {
        steps.push("If the MDM can, let it erase the Mac; otherwise go on at the Mac itself.".to_owned());
    }
    steps.extend(machine.start_recovery());
    if machine.recovery_asks() {
        steps.push(
            "In the menu bar choose “Recovery Assistant”, then “Erase Mac…”, and confirm twice.".to_owned(),
        );
        steps.push("When the Mac is back, connect it to a network and let it be activated.".to_owned());
    } else {
        steps.push("Choose “Disk Utility”, the disk, and “Erase”, with the format APFS.".to_owned());
    }
    steps.push("Choose “Reinstall macOS” if it is not installed any more.".to_owned());
    steps.push(
        "Set the Mac up and enrol it again. The account that Setup Assistant makes gets the first token."
            .to_owned(),
    );
    let guide = Guide {
        loses_data: true,
        ..Guide::at_the_mac(steps)
    }
    .needing(
        [
            "A copy of everything that must not be lost.".to_owned(),
            "The Apple Account that the Mac is locked to, or an MDM that can lift the Activation Lock."
                .to_owned(),
        ]
        .into_iter()
        .chain(machine.recovery_needs()),
    );
    WayBack::open(
        Way::Erase,
        "It is always there, and it is the last: everything on the Mac is lost.",
        guide,
    )
    .with_unknowns(machine.recovery_unknowns())
}
