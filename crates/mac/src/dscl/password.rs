//! Checking and changing a password.
//!
//! `dscl` takes passwords as arguments, which nobody may do, or asks for them on a terminal.

use secrecy::SecretString;

use super::{LOCAL, status_of, user_path};
use crate::open_directory::DsStatus;
use crate::{
    AccountName, Answer, Arg, Call, Error, Exit, Feed, Prompt, PromptAnswer, Runner, Tool, Unfeedable,
};

/// What Open Directory says to a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordCheck {
    /// It is the account's password.
    Right,
    /// It is not. Open Directory counts this as a failed login.
    Wrong,
    /// Open Directory would not say, for a reason of its own: the account is disabled, unknown, expired.
    Refused {
        /// The reason.
        status: DsStatus,
    },
    /// The tool did not ask, or ended in a way that says nothing.
    Unknown {
        /// How it ended.
        exit: Exit,
    },
    /// The password cannot be typed at the tool's prompt. Nothing was tried.
    NotAsked(Unfeedable),
}

/// What `dscl` says to a change of a password. A claim: read back by checking the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordChange {
    /// It says that it is changed.
    SaysDone,
    /// It was not changed, for this reason. −14090 when the old password is wrong.
    Refused {
        /// The reason.
        status: DsStatus,
    },
    /// The tool ended in a way that says nothing.
    Unknown {
        /// How it ended.
        exit: Exit,
    },
}

/// Asks Open Directory whether a password is the account's. One failed login when it is not.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn check_password(
    runner: &dyn Runner,
    user: &AccountName,
    password: &SecretString,
) -> Result<PasswordCheck, Error> {
    let typed = match PromptAnswer::secret(Prompt::is("Password:"), password.clone()) {
        Ok(typed) => typed,
        Err(unfeedable) => return Ok(PasswordCheck::NotAsked(unfeedable)),
    };
    let name = Arg::value(user.as_str()).map_err(Error::bad_arg(Tool::Dscl))?;
    let args = [Arg::from(LOCAL), Arg::from("-authonly"), name];
    let call = Call::new(Tool::Dscl, args).feed(Feed::terminal([typed]));
    let answer = runner.run(&call).map_err(Error::run(Tool::Dscl))?;
    Ok(PasswordCheck::from(&answer))
}

impl From<&Answer> for PasswordCheck {
    fn from(answer: &Answer) -> Self {
        let was_asked = answer.terminal.is_none() || answer.answered() > 0;
        match status_of(answer) {
            None if was_asked => Self::Right,
            Some(DsStatus::AUTH_FAILED) if was_asked => Self::Wrong,
            Some(status) if status != DsStatus(0) => Self::Refused { status },
            _ => Self::Unknown { exit: answer.exit },
        }
    }
}

/// Sets a new password. Run as root.
///
/// Of an account with a Secure Token `dscl` wants the old password and gets it. Of one without it does not ask, and
/// root sets the new password whatever the old one is: check the old one first where that matters.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot be typed at its prompt.
pub fn change_password(
    runner: &dyn Runner,
    user: &AccountName,
    old: &SecretString,
    new: &SecretString,
) -> Result<PasswordChange, Error> {
    let answer_to = |prompt, secret: &SecretString| {
        PromptAnswer::secret(prompt, secret.clone()).map_err(Error::unfeedable(Tool::Dscl))
    };
    let feed = Feed::terminal([
        answer_to(Prompt::is("New Password:"), new)?,
        answer_to(old_password_prompt(), old)?,
    ]);
    let call = Call::new(
        Tool::Dscl,
        [Arg::from(LOCAL), Arg::from("-passwd"), user_path(user)?],
    )
    .feed(feed);
    let answer = runner.run(&call).map_err(Error::run(Tool::Dscl))?;
    Ok(match status_of(&answer) {
        None if answer.terminal.is_none() || answer.answered() > 0 => PasswordChange::SaysDone,
        Some(status) if status != DsStatus(0) => PasswordChange::Refused { status },
        _ => PasswordChange::Unknown { exit: answer.exit },
    })
}

/// The prompt by which `dscl` asks for the old password of an account with a Secure Token.
pub fn old_password_prompt() -> Prompt {
    Prompt::is("Permission denied. Please enter user's old password:")
}

#[cfg(test)]
mod tests {
    use super::PasswordCheck;
    use crate::open_directory::DsStatus;
    use crate::{Answer, Exit, Terminal};

    fn check(exit: Exit, said: &str, answered: usize) -> PasswordCheck {
        let terminal = Terminal {
            transcript: said.into(),
            answered,
            asked_too_much: false,
        };
        PasswordCheck::from(&Answer::new(exit, "", "").with_terminal(terminal))
    }

    #[test]
    fn only_an_answered_prompt_and_exit_zero_is_right() {
        assert_eq!(check(Exit::Code(0), "Password: \n", 1), PasswordCheck::Right);
        assert_eq!(
            check(Exit::Code(0), "", 0),
            PasswordCheck::Unknown { exit: Exit::Code(0) }
        );
        assert_eq!(
            check(Exit::Signal(15), "Password: ", 1),
            PasswordCheck::Unknown {
                exit: Exit::Signal(15)
            }
        );
    }

    #[test]
    fn a_wrong_password_is_no_refusal_of_another_kind() {
        let failed = "<dscl_cmd> DS Error: -14090 (eDSAuthFailed)\n";
        assert_eq!(check(Exit::Code(10), failed, 1), PasswordCheck::Wrong);
        assert_eq!(check(Exit::Code(10), "", 1), PasswordCheck::Wrong);
        let disabled = "<dscl_cmd> DS Error: -14167 (eDSAuthAccountDisabled)\n";
        assert_eq!(
            check(Exit::Code(87), disabled, 1),
            PasswordCheck::Refused {
                status: DsStatus::AUTH_ACCOUNT_DISABLED
            }
        );
        assert_eq!(
            check(Exit::Code(64), "usage", 0),
            PasswordCheck::Unknown { exit: Exit::Code(64) }
        );
    }
}
