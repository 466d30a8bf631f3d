//! The plans of keeping an account from authenticating, and of letting it again.

use super::super::chain_guard::chain_stays_whole;
use super::super::{Check, Plan, Row, Situation, preconditions};
use super::{Seen, conclude, not_observed};
use crate::action::{DisableAccount, UnlockAccount};
use crate::code::Code;
use crate::guard::Change;

pub(in crate::plan) fn disable(disable: &DisableAccount, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&disable.target, situation) else {
        return not_observed();
    };
    let is_disabled = seen.target().is_some_and(|member| member.account.disabled);
    let mut rows = vec![seen.exists(&disable.target)];
    rows.extend(enabled(&seen));
    if rows.iter().all(|row| row.failure().is_none()) && !is_disabled {
        let change = Change::Disable(disable.target.as_str());
        let accepted = disable.confirm_device_name.is_some();
        rows.push(chain_stays_whole(&change, seen.observation, accepted));
    }
    rows.extend(preconditions::online(situation.online));
    let success = match is_disabled {
        true => Code::NothingToDo,
        false => Code::AccountDisabled,
    };
    conclude(rows, &seen, (success, Code::AccountNotChanged))
}

/// A lock-out shows on the Mac only, so there is always something to do.
pub(in crate::plan) fn unlock(unlock: &UnlockAccount, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&unlock.target, situation) else {
        return not_observed();
    };
    let mut rows = vec![seen.exists(&unlock.target)];
    rows.extend(enabled(&seen));
    rows.extend(preconditions::online(situation.online));
    conclude(rows, &seen, (Code::AccountUnlocked, Code::AccountNotChanged))
}

/// Whether the record bars every login now.
fn enabled(seen: &Seen<'_>) -> Option<Row> {
    let saw = match seen.target()?.account.disabled {
        true => "disabled",
        false => "not disabled; a lock-out by failed tries shows on the Mac only",
    };
    Some(Row::met(Check::TargetEnabled, saw))
}
