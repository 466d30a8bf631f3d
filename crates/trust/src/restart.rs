//! Hand-overs that the start-up screen shows only after a restart.

use std::time::Duration;

use crate::observation::Observation;
use crate::outcome::TrustEdge;

/// A Mac tells the second in which it was started, and nothing is handed on before that second is over.
const BOOT_GRAIN: Duration = Duration::from_secs(1);

/// Record names of accounts that got a token since the Mac was started, when FileVault locks its disk: the start-up
/// screen shows them from the next restart. `None` when the Mac did not tell when it was started.
pub fn waiting_for_restart(observation: &Observation, edges: &[TrustEdge]) -> Option<Vec<String>> {
    let locks = observation
        .filevault
        .value()
        .is_some_and(|state| state.locks_the_disk());
    if !locks {
        return Some(Vec::new());
    }
    let booted_at = *observation.booted_at.value()?;
    let mut waiting: Vec<String> = edges
        .iter()
        .filter(|edge| edge.at >= booted_at.plus(BOOT_GRAIN))
        .filter_map(|edge| {
            let accounts = observation.accounts.value()?;
            accounts.iter().find(|account| account.guid == edge.target_guid)
        })
        .map(|account| account.record_name.clone())
        .collect();
    waiting.sort();
    waiting.dedup();
    Some(waiting)
}
