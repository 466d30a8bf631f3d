//! The actions on an account that exists: plan again, do it, and read the Mac back.

mod access;
mod delete;
pub(super) mod password;
mod rights;

use std::io;

use mac::AccountName;
use trust::action::Action;
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;
use trust::plan::{Knowledge, Plan, Situation};

use super::Tools;
use super::diary::Diary;
use super::hand_on::refresh_preboot;
use crate::observe::Freshness;

/// One order, which needs no password.
pub(super) struct Order<'a> {
    pub(super) action: &'a Action,
    /// An earlier run may have changed the Mac already.
    pub(super) resumed: bool,
}

/// Carries the order out, and proves its end.
///
/// # Errors
/// When it could not be put on the disk that the Mac is about to be touched. Nothing has been changed then.
pub(super) fn carry_out(
    tools: Tools<'_>,
    order: &Order<'_>,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let seen = tools.look(Freshness::Now);
    if order.resumed
        && let Some(code) = done_before(order.action, &seen, diary)
    {
        return Ok(diary.outcome(code, true));
    }
    let plan = plan(order.action, &seen);
    if let Some(code) = plan.refusal() {
        return Ok(diary.outcome(code, order.resumed));
    }
    if plan.only_outcome() == Some(Code::NothingToDo) {
        diary.saw("dscl -readall", "the account is so already");
        return Ok(diary.outcome(Code::NothingToDo, order.resumed));
    }
    let target = order.action.target().map(trust::name::AccountName::as_str);
    let account = target.and_then(|name| seen.account(name));
    let (Some(account), Some(Ok(name))) = (account, target.map(AccountName::new)) else {
        diary.saw(
            "plan",
            "the account was not seen, or Apple's tools cannot take its name",
        );
        return Ok(diary.outcome(Code::StateUnreadable, order.resumed));
    };
    before_touching()?;
    let code = match order.action {
        Action::PromoteAccount(_) => rights::set(tools, &name, true, diary),
        Action::DemoteAccount(_) => rights::set(tools, &name, false, diary),
        Action::DisableAccount(_) => access::disable(tools, &name, diary),
        Action::UnlockAccount(_) => access::unlock(tools, &name, diary),
        Action::DeleteAccount(wanted) => delete::delete(tools, &name, account, wanted, diary),
        _ => Code::ToolFailed,
    };
    // The start-up screen and recoveryOS have a copy of who there is and who may administrate.
    if matches!(
        code,
        Code::AccountDeleted | Code::AccountPromoted | Code::AccountDemoted
    ) {
        refresh_preboot(tools, diary);
    }
    Ok(diary.outcome(code, true))
}

fn plan(action: &Action, seen: &Observation) -> Plan {
    let situation = Situation {
        observation: Some(seen),
        online: true,
        knowledge: Knowledge::NONE,
    };
    Plan::for_action(action, &situation)
}

/// The end of an action that an earlier run has brought about and could not tell of. An account is unlocked once more
/// instead: that leaves no other trace.
fn done_before(action: &Action, seen: &Observation, diary: &mut Diary<'_>) -> Option<Code> {
    let account = seen.account(action.target()?.as_str());
    let code = match (action, account) {
        (Action::PromoteAccount(_), Some(account)) if account.administrator => Code::AccountPromoted,
        (Action::DemoteAccount(_), Some(account)) if !account.administrator => Code::AccountDemoted,
        (Action::DisableAccount(_), Some(account)) if account.disabled => Code::AccountDisabled,
        (Action::DeleteAccount(_), None) if seen.accounts.value().is_some() => delete::found_done(seen),
        _ => return None,
    };
    diary.saw("journal", "an earlier run was cut off after it had done its work");
    Some(code)
}
