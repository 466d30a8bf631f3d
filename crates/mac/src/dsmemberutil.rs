//! `dsmemberutil`: the system's own view of membership, and its cache.

use crate::text::excerpt;
use crate::{AccountName, Answer, Arg, Call, Error, Runner, Tool};

/// Whether the system takes an account for a member of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SystemMembership {
    /// It does.
    Member,
    /// It does not.
    NotMember,
    /// There is no such account.
    UserNotFound,
    /// There is no such group.
    GroupNotFound,
    /// The tool said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Asks whether the system takes an account for a member of a group. Needs no rights. The answer can be stale until
/// [`flush_cache`].
///
/// # Errors
/// When the tool could not be run to its end, or the group's name cannot be an argument.
pub fn check_membership(
    runner: &dyn Runner,
    account: &AccountName,
    group: &str,
) -> Result<SystemMembership, Error> {
    let value = |text: &str| Arg::value(text).map_err(Error::bad_arg(Tool::Dsmemberutil));
    let args = [
        Arg::from("checkmembership"),
        Arg::from("-U"),
        value(account.as_str())?,
        Arg::from("-G"),
        value(group)?,
    ];
    let answer = runner
        .run(&Call::new(Tool::Dsmemberutil, args))
        .map_err(Error::run(Tool::Dsmemberutil))?;
    Ok(SystemMembership::from(&answer))
}

/// Makes the system forget what it knows of memberships. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or refused.
pub fn flush_cache(runner: &dyn Runner) -> Result<(), Error> {
    let answer = runner
        .run(&Call::fixed(Tool::Dsmemberutil, ["flushcache"]))
        .map_err(Error::run(Tool::Dsmemberutil))?;
    if answer.exit.is_zero() {
        return Ok(());
    }
    let said = excerpt(&answer.everything_said());
    Err(Error::Unreadable {
        tool: Tool::Dsmemberutil,
        exit: answer.exit,
        said,
    })
}

impl From<&Answer> for SystemMembership {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        // The exit code is 0 for both of the first two.
        match said.trim() {
            "user is a member of the group" => Self::Member,
            "user is not a member of the group" => Self::NotMember,
            "User not found" => Self::UserNotFound,
            "Group not found" => Self::GroupNotFound,
            _ => Self::Unrecognised { text: excerpt(&said) },
        }
    }
}
