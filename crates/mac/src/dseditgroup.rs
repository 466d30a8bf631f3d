//! `dseditgroup`: members of groups.
//!
//! Unlike `dscl` it writes a member's name and GUID, without which recoveryOS does not see an administrator.

use crate::text::excerpt;
use crate::{AccountName, Answer, Arg, Call, Error, Exit, Runner, Tool};

/// Whether an account is a member of a group, also by way of groups in that group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Membership {
    /// It is a member.
    Member,
    /// It is not.
    NotMember,
    /// The account or the group is not known, or something else went wrong: Apple's tool gives one exit code for
    /// nearly everything.
    Unknown {
        /// How the tool ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

/// What the tool says to a change of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupChange {
    /// It says nothing, which is how it says that it is done. Read the group back.
    SaysDone,
    /// It does not run as root.
    NeedsRoot,
    /// It was not done.
    Refused {
        /// How the tool ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

/// Asks whether an account is a member of a group. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or the group's name cannot be an argument.
pub fn check_member(runner: &dyn Runner, account: &AccountName, group: &str) -> Result<Membership, Error> {
    let args = ["-o", "checkmember", "-m"]
        .map(Arg::from)
        .into_iter()
        .chain([name(account.as_str())?, name(group)?]);
    let answer = runner
        .run(&Call::new(Tool::Dseditgroup, args))
        .map_err(Error::run(Tool::Dseditgroup))?;
    Ok(Membership::from(&answer))
}

/// Makes an account a member of a group. Run as root.
///
/// # Errors
/// As [`check_member`].
pub fn add_member(runner: &dyn Runner, account: &AccountName, group: &str) -> Result<GroupChange, Error> {
    edit(runner, "-a", account, group)
}

/// Takes an account out of a group. Run as root.
///
/// # Errors
/// As [`check_member`].
pub fn remove_member(runner: &dyn Runner, account: &AccountName, group: &str) -> Result<GroupChange, Error> {
    edit(runner, "-d", account, group)
}

fn edit(
    runner: &dyn Runner,
    option: &'static str,
    account: &AccountName,
    group: &str,
) -> Result<GroupChange, Error> {
    let member = [
        Arg::from(option),
        name(account.as_str())?,
        Arg::from("-t"),
        Arg::from("user"),
    ];
    let args = ["-o", "edit"]
        .map(Arg::from)
        .into_iter()
        .chain(member)
        .chain([name(group)?]);
    let answer = runner
        .run(&Call::new(Tool::Dseditgroup, args))
        .map_err(Error::run(Tool::Dseditgroup))?;
    Ok(GroupChange::from(&answer))
}

fn name(text: &str) -> Result<Arg, Error> {
    Arg::value(text).map_err(Error::bad_arg(Tool::Dseditgroup))
}

impl From<&Answer> for Membership {
    fn from(answer: &Answer) -> Self {
        // Exit code and words must agree, and the words are read at the start, where no name stands.
        match (answer.exit, answer.stdout.text()) {
            (Exit::Code(0), said) if said.starts_with("yes ") => Self::Member,
            (Exit::Code(67), said) if said.starts_with("no ") => Self::NotMember,
            (exit, _) => Self::Unknown {
                exit,
                text: excerpt(&answer.everything_said()),
            },
        }
    }
}

impl From<&Answer> for GroupChange {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        if answer.exit.is_zero() {
            Self::SaysDone
        } else if said.contains("Username and password must be provided") {
            Self::NeedsRoot
        } else {
            Self::Refused {
                exit: answer.exit,
                text: excerpt(&said),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GroupChange, Membership};
    use crate::{Answer, Exit};

    #[test]
    fn words_and_exit_code_must_agree() {
        let check = |code, said: &str| Membership::from(&Answer::new(Exit::Code(code), said, ""));
        assert_eq!(check(0, "yes no x is a member of admin\n"), Membership::Member);
        assert_eq!(
            check(67, "no yes is NOT a member of admin\n"),
            Membership::NotMember
        );
        for (code, said) in [
            (0, ""),
            (67, "yes U is a member of admin\n"),
            (64, "Group not found.\n"),
        ] {
            assert!(matches!(check(code, said), Membership::Unknown { .. }));
        }
    }

    #[test]
    fn without_root_it_asks_for_a_password() {
        let answer = Answer::new(Exit::Code(64), "", "Username and password must be provided.\n");
        assert_eq!(GroupChange::from(&answer), GroupChange::NeedsRoot);
        assert_eq!(
            GroupChange::from(&Answer::new(Exit::Code(0), "", "")),
            GroupChange::SaysDone
        );
    }
}
