//! The plans of making an account an administrator, and a standard account.

use super::super::chain_guard::chain_stays_whole;
use super::super::{Check, Plan, Row, Situation, preconditions};
use super::{Seen, conclude, not_observed};
use crate::action::{DemoteAccount, PromoteAccount};
use crate::code::Code;
use crate::guard::Change;
use crate::words;

pub(in crate::plan) fn promote(promote: &PromoteAccount, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&promote.target, situation) else {
        return not_observed();
    };
    let mut rows = vec![seen.exists(&promote.target)];
    rows.extend(role(&seen));
    rows.extend(preconditions::online(situation.online));
    let success = match seen.target() {
        Some(member) if member.account.administrator => Code::NothingToDo,
        _ => Code::AccountPromoted,
    };
    conclude(rows, &seen, (success, Code::AccountNotChanged))
}

pub(in crate::plan) fn demote(demote: &DemoteAccount, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&demote.target, situation) else {
        return not_observed();
    };
    let is_standard = seen.target().is_some_and(|member| !member.account.administrator);
    let mut rows = vec![seen.exists(&demote.target)];
    rows.extend(role(&seen));
    if rows.iter().all(|row| row.failure().is_none()) && !is_standard {
        let change = Change::Demote(demote.target.as_str());
        let accepted = demote.confirm_device_name.is_some();
        rows.push(chain_stays_whole(&change, seen.observation, accepted));
    }
    rows.extend(preconditions::online(situation.online));
    let success = match is_standard {
        true => Code::NothingToDo,
        false => Code::AccountDemoted,
    };
    conclude(rows, &seen, (success, Code::AccountNotChanged))
}

/// What the account is now.
fn role(seen: &Seen<'_>) -> Option<Row> {
    let member = seen.target()?;
    Some(Row::met(
        Check::TargetRole,
        words::role(member.account.administrator),
    ))
}
