//! The row that keeps an action from cutting the chain.

use super::{Check, Row};
use crate::code::Code;
use crate::guard::{Change, Verdict, forecast};
use crate::observation::Observation;

/// Whether the chain stays whole under `change`. What would cut it passes when a person has accepted that.
pub(super) fn chain_stays_whole(change: &Change<'_>, observation: &Observation, accepted: bool) -> Row {
    let check = Check::OtherHolders;
    let forecast = forecast(change, observation);
    let words = forecast.in_words();
    match (forecast.verdict, forecast.losses.first()) {
        (Verdict::Cuts, Some(_)) if accepted => {
            Row::warning(check, format!("{words}; accepted by typing the Mac's name"))
        }
        (Verdict::Cuts, Some(loss)) => Row::failed(check, loss.code(), words),
        (Verdict::Safe | Verdict::Cuts, _) => Row::met(check, words),
        (Verdict::Warns, _) => Row::warning(check, words),
        (Verdict::CannotTell, _) => {
            let codes = [Code::LastHolder, Code::LastAdministrator];
            Row::untried(check, &codes, words)
        }
    }
}
