//! Whether the vault has the key that a way back needs.

use super::Way;
use crate::escrow::{Standing, State};

/// What the vault has of the recovery key that `way` needs, in a sentence; `None` for a way that needs none of the vault. Nobody shuts
/// a Mac down for a key that nobody has.
pub fn in_the_vault(way: Way, key: &Standing) -> Option<&'static str> {
    (way == Way::PersonalRecoveryKey).then(|| match (key.state, key.proved_at) {
        (State::Held, Some(_)) => "The vault has this Mac's key, and it was proved on the Mac.",
        (State::Held, None) => "The vault has a key of this Mac. It was never tried there.",
        _ if key.keeps_something() => {
            "The vault has only former keys of this Mac, which may not open the disk any more. Ask first whether somebody else has the \
             present one."
        }
        _ => {
            "The vault has no key of this Mac. Ask whoever turned FileVault on for it before anybody shuts the Mac down."
        }
    })
}
