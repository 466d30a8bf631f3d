//! An account may authenticate no more, or again.

use mac::dscl::{Authority, UserRecord};
use mac::pwpolicy::{self, Authentication};
use mac::{AccountName, dscl};
use trust::code::Code;

use crate::perform::Tools;
use crate::perform::diary::Diary;

/// Disables the account, and reads record and policy back.
pub(super) fn disable(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Code {
    switch(tools, name, false, diary);
    let record = record(tools, name, diary).map(|user| is_disabled(&user));
    let allowed = allowed(tools, name, diary);
    match (record, allowed) {
        (Some(true), Some(false)) => Code::AccountDisabled,
        (None, _) | (Some(true), None) => Code::StateUnreadable,
        (Some(false), _) | (Some(true), Some(true)) => Code::AccountNotChanged,
    }
}

/// Enables the account and makes the policy forget its failed tries, and reads record and policy back.
pub(super) fn unlock(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Code {
    const FORGET: &str = "dscl -createpl accountPolicyData";
    let Some(before) = record(tools, name, diary) else {
        return Code::StateUnreadable;
    };
    if is_disabled(&before) {
        switch(tools, name, true, diary);
    }
    if before.policy.failed_login_count.is_none_or(|count| count > 0) {
        match dscl::forget_failed_logins(tools.runner, name) {
            Ok(said) => diary.saw(FORGET, format!("it says {said:?}, which proves nothing")),
            Err(error) => diary.no_answer(FORGET, &error),
        }
    }
    let after = record(tools, name, diary);
    let counts = |user: &UserRecord| user.policy.failed_login_count.is_some_and(|count| count > 0);
    let allowed = allowed(tools, name, diary);
    match (after, allowed) {
        (Some(user), Some(true)) if !is_disabled(&user) && !counts(&user) => Code::AccountUnlocked,
        (None, _) | (_, None) => Code::StateUnreadable,
        (Some(_), Some(_)) => Code::AccountNotChanged,
    }
}

fn switch(tools: Tools<'_>, name: &AccountName, enable: bool, diary: &mut Diary<'_>) {
    let (by, said) = match enable {
        true => ("pwpolicy -enableuser", pwpolicy::enable(tools.runner, name)),
        false => ("pwpolicy -disableuser", pwpolicy::disable(tools.runner, name)),
    };
    match said {
        Ok(claim) => diary.saw(by, format!("it says {claim:?}, which proves nothing")),
        Err(error) => diary.no_answer(by, &error),
    }
}

fn record(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Option<UserRecord> {
    const BY: &str = "dscl -read";
    match dscl::user(tools.runner, name) {
        Ok(Some(user)) => {
            let state = match is_disabled(&user) {
                true => "disabled",
                false => "not disabled",
            };
            let tries = user.policy.failed_login_count.unwrap_or_default();
            diary.saw(BY, format!("{name} is {state}; {tries} failed tries"));
            Some(user)
        }
        Ok(None) => {
            diary.saw(BY, format!("there is no account {name}"));
            None
        }
        Err(error) => {
            diary.no_answer(BY, &error);
            None
        }
    }
}

fn is_disabled(user: &UserRecord) -> bool {
    user.authorities.contains(&Authority::DisabledUser)
}

/// Whether the policy lets the account authenticate; tries no password.
fn allowed(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Option<bool> {
    const BY: &str = "pwpolicy -authentication-allowed";
    match pwpolicy::authentication_allowed(tools.runner, name) {
        Ok(Authentication::Allowed) => {
            diary.saw(BY, format!("{name} may authenticate"));
            Some(true)
        }
        Ok(Authentication::NotAllowed { text }) => {
            diary.saw(BY, text);
            Some(false)
        }
        Ok(Authentication::Unrecognised { text }) => {
            diary.saw(BY, format!("no answer for {name}: {text}"));
            None
        }
        Err(error) => {
            diary.no_answer(BY, &error);
            None
        }
    }
}
