//! The plans of giving an account another password: by the one that it has, or by the authority of another account.

use std::collections::BTreeSet;

use super::super::{Check, Conclusion, Knowledge, Plan, Row, Situation, preconditions};
use super::{ON_THE_WAY, Seen, not_observed};
use crate::action::{ChangePassword, GrantSecureToken, ResetPassword};
use crate::chain::Member;
use crate::code::Code;
use crate::guard::{Change, forecast};
use crate::token::TokenState;

const NO_TOKEN: &str = "it holds none";
const KEPT: &str = "it holds one, which the new password keeps and proves";

pub(in crate::plan) fn change(change: &ChangePassword, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&change.target, situation) else {
        return not_observed();
    };
    let known = situation.knowledge;
    let mut rows = vec![seen.exists(&change.target)];
    rows.extend(may_authenticate(&seen));
    rows.extend(seen.target().map(token_by_the_old_password));
    if rows.iter().all(|row| row.failure().is_none()) {
        rows.extend(proof_is_possible(&seen, known));
        rows.push(new_password(known));
        rows.extend(preconditions::target_not_locked(seen.target(), known));
        rows.push(preconditions::target_password(known));
    }
    rows.extend(preconditions::online(situation.online));
    conclude(rows, &seen, Code::PasswordChanged)
}

pub(in crate::plan) fn reset(reset: &ResetPassword, situation: &Situation<'_>) -> Plan {
    let Some(seen) = Seen::of(&reset.target, situation) else {
        return not_observed();
    };
    let known = situation.knowledge;
    let mut rows = preconditions::device(seen.observation);
    rows.push(seen.exists(&reset.target));
    rows.extend(may_authenticate(&seen));
    rows.extend(seen.target().map(token_by_an_administrator));
    if reset.administrator == reset.target {
        let saw = "the account itself";
        rows.push(Row::failed(
            Check::AdministratorExists,
            Code::ChangePasswordInstead,
            saw,
        ));
    } else if rows.iter().all(|row| row.failure().is_none()) {
        // Who may reset is who may grant: an administrator who holds a token.
        let helper = GrantSecureToken {
            administrator: reset.administrator.clone(),
            target: reset.target.clone(),
            promote_administrator: false,
        };
        rows.push(preconditions::granter(&helper, seen.observation, &seen.members));
        rows.extend(preconditions::administrator(
            &helper,
            seen.observation,
            &seen.members,
        ));
        rows.push(preconditions::full_disk_access(known, seen.observation));
        rows.extend(others_hold(reset, &seen));
        rows.push(new_password(known));
        // Neither is a locked account's new password proved, nor does it help anybody before the lock ends.
        rows.extend(preconditions::target_not_locked(seen.target(), known));
        rows.extend(preconditions::administrator_not_locked(
            helper.administrator.as_str(),
            known,
            &seen.members,
        ));
        rows.extend(preconditions::administrator_password(known));
    }
    rows.extend(preconditions::online(situation.online));
    conclude(rows, &seen, Code::PasswordReset)
}

/// The password of an account that may not authenticate cannot be proved.
fn may_authenticate(seen: &Seen<'_>) -> Option<Row> {
    let account = seen.target()?.account;
    account.disabled.then(|| {
        let saw = "the account is disabled: unlock it first";
        Row::failed(Check::TargetEnabled, Code::TargetDisabled, saw)
    })
}

/// What becomes of the account's token when the old password is known. Where the disk still wants a former one, that is
/// told the password that Open Directory takes.
fn token_by_the_old_password(target: &Member<'_>) -> Row {
    let check = Check::TargetToken;
    match target.token {
        TokenState::Absent => Row::met(check, NO_TOKEN),
        TokenState::Usable { .. } | TokenState::Unverified => Row::met(check, KEPT),
        TokenState::Unusable { refused_at: None } => {
            Row::failed(check, Code::TokenUnusable, "the disk does not list the account")
        }
        TokenState::Unusable { refused_at: Some(_) } => Row::untried(
            check,
            &[Code::TokenUnusable],
            "the disk refuses the account; by its former password it is told the one that the account has now",
        ),
        TokenState::Unknown => Row::untried(check, &[Code::TokenUnusable], "the Mac did not tell"),
    }
}

/// What becomes of the account's token when an administrator resets the password.
fn token_by_an_administrator(target: &Member<'_>) -> Row {
    let check = Check::TargetToken;
    match target.token {
        TokenState::Absent => Row::met(check, NO_TOKEN),
        TokenState::Usable { .. } | TokenState::Unverified => Row::met(check, KEPT),
        TokenState::Unusable { .. } => Row::warning(
            check,
            "the disk refuses the account; a reset may bring both together",
        ),
        TokenState::Unknown => Row::warning(check, "the Mac did not tell"),
    }
}

/// Whether the disk can be asked, where the account holds a token.
fn proof_is_possible(seen: &Seen<'_>, knowledge: Knowledge) -> Option<Row> {
    let holds = seen
        .target()
        .is_none_or(|member| member.token != TokenState::Absent);
    holds.then(|| preconditions::full_disk_access(knowledge, seen.observation))
}

/// Who holds a token should the reset fail half way.
fn others_hold(reset: &ResetPassword, seen: &Seen<'_>) -> Option<Row> {
    seen.target()
        .filter(|member| member.token != TokenState::Absent)?;
    let change = Change::Reset {
        target: reset.target.as_str(),
        administrator: reset.administrator.as_str(),
    };
    let forecast = forecast(&change, seen.observation);
    Some(match forecast.losses.first() {
        Some(loss) => Row::failed(Check::OtherHolders, loss.code(), forecast.in_words()),
        None => {
            let names = forecast.after.holders.join(", ");
            Row::met(Check::OtherHolders, format!("should it fail half way: {names}"))
        }
    })
}

/// Whether the Mac's policy takes the new password. It is held against the rules before a password of anybody is tried.
fn new_password(knowledge: Knowledge) -> Row {
    let check = Check::PasswordPolicy;
    let codes = [Code::PasswordPolicyConflict];
    match knowledge.password_policy {
        Some(true) => Row::met(check, "the Mac's rules take the new password"),
        Some(false) => Row::failed(check, codes[0], "a rule of the Mac refuses the new password"),
        None => Row::untried(check, &codes, "held against the Mac's rules there"),
    }
}

fn conclude(rows: Vec<Row>, seen: &Seen<'_>, success: Code) -> Plan {
    let own = [
        Code::PasswordNotChanged,
        Code::TokenNotKept,
        Code::CredentialStale,
    ];
    let conclusion = Conclusion {
        success,
        mishaps: ON_THE_WAY.into_iter().chain(own).collect::<BTreeSet<_>>(),
        // Whose authority it takes, and the new password.
        local_password_tries: 2,
        disk_password_tries: 2,
        ..Conclusion::default()
    };
    Plan::conclude(rows, &seen.members, conclusion)
}
