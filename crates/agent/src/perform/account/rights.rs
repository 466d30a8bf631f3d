//! An account becomes an administrator, or a standard account.

use mac::AccountName;
use mac::dseditgroup::{self, Membership};
use mac::dsmemberutil::{self, SystemMembership};
use trust::code::Code;

use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::promotions::{ADMIN, is_administrator};

/// Gives or takes the rights, and reads the group back in three ways.
pub(super) fn set(tools: Tools<'_>, name: &AccountName, administrator: bool, diary: &mut Diary<'_>) -> Code {
    let (changed, done) = match administrator {
        true => (
            dseditgroup::add_member(tools.runner, name, ADMIN),
            Code::AccountPromoted,
        ),
        false => (
            dseditgroup::remove_member(tools.runner, name, ADMIN),
            Code::AccountDemoted,
        ),
    };
    match changed {
        Ok(claim) => diary.saw(
            "dseditgroup -o edit",
            format!("it says {claim:?}, which proves nothing"),
        ),
        Err(error) => diary.no_answer("dseditgroup -o edit", &error),
    }
    let answers = [
        by_record(tools, name, diary),
        by_group_tool(tools, name, diary),
        by_system(tools, name, diary),
    ];
    if answers.iter().all(|answer| *answer == Some(administrator)) {
        done
    } else if answers.contains(&Some(!administrator)) {
        Code::AccountNotChanged
    } else {
        Code::StateUnreadable
    }
}

fn by_record(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Option<bool> {
    let answer = is_administrator(tools.runner, name);
    tell(diary, "dscl -read /Groups/admin", name, answer);
    answer
}

fn by_group_tool(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Option<bool> {
    let answer = match dseditgroup::check_member(tools.runner, name, ADMIN) {
        Ok(Membership::Member) => Some(true),
        Ok(Membership::NotMember) => Some(false),
        Ok(Membership::Unknown { .. }) | Err(_) => None,
    };
    tell(diary, "dseditgroup -o checkmember", name, answer);
    answer
}

/// The system's own view, which it keeps for a while.
fn by_system(tools: Tools<'_>, name: &AccountName, diary: &mut Diary<'_>) -> Option<bool> {
    if let Err(error) = dsmemberutil::flush_cache(tools.runner) {
        diary.no_answer("dsmemberutil flushcache", &error);
    }
    let answer = match dsmemberutil::check_membership(tools.runner, name, ADMIN) {
        Ok(SystemMembership::Member) => Some(true),
        Ok(SystemMembership::NotMember) => Some(false),
        Ok(_) | Err(_) => None,
    };
    tell(diary, "dsmemberutil checkmembership", name, answer);
    answer
}

fn tell(diary: &mut Diary<'_>, by: &str, name: &AccountName, answer: Option<bool>) {
    let saw = match answer {
        Some(true) => format!("{name} is in the admin group"),
        Some(false) => format!("{name} is not in the admin group"),
        None => format!("no answer for {name}"),
    };
    diary.saw(by, saw);
}
