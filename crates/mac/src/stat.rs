//! `stat`: who sits at the Mac.

use crate::text::excerpt;
use crate::{Call, Error, Runner, Tool};

/// Who sits at the Mac.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsoleUser {
    /// Nobody has logged in: the login window is shown.
    LoginWindow,
    /// Setup Assistant runs.
    SetupAssistant,
    /// This account has logged in at the screen.
    Account(String),
}

/// Asks who sits at the Mac: who owns the console. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn console_user(runner: &dyn Runner) -> Result<ConsoleUser, Error> {
    let call = Call::fixed(Tool::Stat, ["-f%Su", "/dev/console"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Stat))?;
    ConsoleUser::parse(&answer.stdout.text())
        .filter(|_| answer.exit.is_zero())
        .ok_or_else(|| Error::Unreadable {
            tool: Tool::Stat,
            exit: answer.exit,
            said: excerpt(&answer.everything_said()),
        })
}

/// The user's number of Setup Assistant's own account.
const SETUP_ASSISTANT: u32 = 248;

/// Asks for the number of the user who sits at the Mac: who owns the console. `None` at the login window and in Setup
/// Assistant. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end, or its answer cannot be read.
pub fn console_owner(runner: &dyn Runner) -> Result<Option<u32>, Error> {
    let call = Call::fixed(Tool::Stat, ["-f%u", "/dev/console"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Stat))?;
    let owner = answer.stdout.text().trim_end().parse().ok();
    let owner = owner
        .filter(|_| answer.exit.is_zero())
        .ok_or_else(|| Error::Unreadable {
            tool: Tool::Stat,
            exit: answer.exit,
            said: excerpt(&answer.everything_said()),
        })?;
    Ok((owner != 0 && owner != SETUP_ASSISTANT).then_some(owner))
}

impl ConsoleUser {
    /// Reads what the tool prints; `None` when that is not one name.
    pub fn parse(said: &str) -> Option<Self> {
        let name = said.trim_end_matches(['\n', '\r']);
        match name {
            "" => None,
            "root" => Some(Self::LoginWindow),
            "_mbsetupuser" => Some(Self::SetupAssistant),
            name if name.contains('\n') => None,
            name => Some(Self::Account(name.to_owned())),
        }
    }
}
