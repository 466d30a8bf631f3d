//! An Apple Account that was allowed to open the disk.

use super::no_key_is_asked_for;
use crate::observation::CryptoUserKind;
use crate::recovery::machine::Machine;
use crate::recovery::{Guide, Way, WayBack};

pub(super) fn judge(machine: &Machine<'_>) -> WayBack {
    let way = Way::AppleAccount;
    if let Some(reason) = no_key_is_asked_for(machine.filevault) {
        return WayBack::closed(way, reason);
    }
    let because = match machine.lists(&CryptoUserKind::ICloudRecovery) {
        Some(false) => return WayBack::closed(way, "The disk lists no Apple Account."),
        Some(true) => "The disk lists a key that somebody's Apple Account opens.",
        None => "The disk was not asked whether an Apple Account opens it.",
    };
    let mut steps = machine.start_recovery();
    steps.extend([
        Machine::pass_the_users(),
        "Sign in with the Apple Account.".to_owned(),
        "Enter a new password for each account that is shown, and restart.".to_owned(),
        machine.afterwards(),
    ]);
    let guide = Guide::at_the_mac(steps).needing(
        ["The name and password of the Apple Account, and a device that gets its codes.".to_owned()]
            .into_iter()
            .chain(machine.recovery_needs()),
    );
    WayBack::uncertain(way, because, guide).with_unknowns(
        [
            "Whose Apple Account it is.".to_owned(),
            "Whether an account comes out of it with a token.".to_owned(),
        ]
        .into_iter()
        .chain(machine.recovery_unknowns()),
    )
}
