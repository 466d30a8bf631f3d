//! The guard of the chain: what a Mac's chain of trust would be after something is done to it, and whether that may be.
//!
//! Everything that takes an account, its rights or its token away asks here first, so that there is one rule: no change
//! takes a Mac from somebody who holds, is proved to hold, may hand on, owns the volume or is an administrator to nobody,
//! unless a person accepts that by typing the Mac's name.

mod change;
mod keepers;
mod role;
mod verdict;

pub use change::Change;
pub use keepers::Keepers;
pub use verdict::{Loss, Verdict, Warning};

use serde::{Deserialize, Serialize};

use crate::observation::Observation;
use role::roles;

/// What a change would do to the chain of one Mac.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Forecast {
    /// Whether it may be.
    pub verdict: Verdict,
    /// What would be there no longer, the worst first. The change cuts the chain when there is any.
    pub losses: Vec<Loss>,
    /// What is good to know, although the chain stays whole.
    pub warnings: Vec<Warning>,
    /// Who keeps the chain whole now.
    pub before: Keepers,
    /// Who would keep it whole afterwards.
    pub after: Keepers,
}

/// What `change` would do to the chain of the Mac that `observation` saw.
///
/// A token that is unusable counts for nobody. One of which the Mac did not tell counts where it would be lost, and not
/// where it would be left. A disabled account keeps nothing whole, whatever it holds.
pub fn forecast(change: &Change<'_>, observation: &Observation) -> Forecast {
    let mut roles = roles(observation);
    change.count_what_is_not_known(&mut roles);
    let before = Keepers::of(&roles, observation);
    change.apply(&mut roles);
    let after = change.apply_to_mac(Keepers::of(&roles, observation));
    if observation.accounts.value().is_none() {
        return Forecast {
            verdict: Verdict::CannotTell,
            losses: Vec::new(),
            warnings: Vec::new(),
            before,
            after,
        };
    }
    let losses = verdict::losses(&before, &after);
    let warnings = verdict::warnings(&before, &after);
    Forecast {
        verdict: match (losses.is_empty(), warnings.is_empty()) {
            (false, _) => Verdict::Cuts,
            (true, false) => Verdict::Warns,
            (true, true) => Verdict::Safe,
        },
        losses,
        warnings,
        before,
        after,
    }
}

impl Forecast {
    /// What is lost, or else what is good to know, in a line for people.
    pub fn in_words(&self) -> String {
        let of_losses = self.losses.iter().filter(|loss| !self.is_implied(**loss));
        let of_losses = of_losses.map(|loss| loss.words().to_owned());
        let of_warnings = self.warnings.iter().map(|warning| warning.words(&self.after));
        match self.verdict {
            Verdict::Cuts => of_losses.collect::<Vec<_>>().join("; "),
            Verdict::Warns => of_warnings.collect::<Vec<_>>().join("; "),
            Verdict::Safe if self.before == self.after => "the chain stays as it is".to_owned(),
            Verdict::Safe => format!("left: {}", self.after.holders.join(", ")),
            Verdict::CannotTell => "the Mac did not tell its accounts".to_owned(),
        }
    }

    /// Whether the loss goes without saying: where nobody else holds a token, nobody else is a holder of any kind.
    fn is_implied(&self, loss: Loss) -> bool {
        matches!(loss, Loss::LastProvedHolder | Loss::LastGranter) && self.losses.contains(&Loss::LastHolder)
    }
}
