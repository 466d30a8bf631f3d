//! The plan of deleting an account.

use super::super::chain_guard::chain_stays_whole;
use super::super::{Check, Plan, Row, Situation, preconditions};
use super::{Seen, conclude, not_observed};
use crate::action::DeleteAccount;
use crate::code::Code;
use crate::guard::{Change, Forecast, Loss, Verdict, forecast};

pub(in crate::plan) fn plan(delete: &DeleteAccount, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&delete.target, situation) else {
        return not_observed();
    };
    let mut rows = vec![seen.exists(&delete.target)];
    if rows.iter().all(|row| row.failure().is_none()) {
        // Without it macOS removes the home folder, and then finds out that it may not delete the account.
        rows.push(preconditions::full_disk_access(
            situation.knowledge,
            seen.observation,
        ));
        let change = Change::Delete(delete.target.as_str());
        let accepted = delete.confirm_device_name.is_some();
        let row = chain_stays_whole(&change, seen.observation, accepted);
        let forecast = forecast(&change, seen.observation);
        rows.push(match forecast.verdict {
            Verdict::Cuts if accepted && kept_by_macos(&forecast) => may_be_refused(&forecast),
            _ => row,
        });
    }
    rows.extend(preconditions::online(situation.online));
    conclude(rows, &seen, (Code::AccountDeleted, Code::AccountNotDeleted))
}

/// macOS keeps its last holder and its last administrator, whatever a person has accepted.
fn kept_by_macos(forecast: &Forecast) -> bool {
    let kept = [Loss::LastHolder, Loss::LastAdministrator];
    forecast.losses.iter().any(|loss| kept.contains(loss))
}

fn may_be_refused(forecast: &Forecast) -> Row {
    let words = forecast.in_words();
    Row::untried(
        Check::OtherHolders,
        &[Code::AccountNotDeleted],
        format!("{words}; accepted by typing the Mac's name, and macOS may well refuse it"),
    )
}
