//! `pwpolicy -enableuser` and `-disableuser`.

use crate::text::excerpt;
use crate::{AccountName, Arg, Call, Error, Exit, Runner, Tool};

/// What the tool says to switching an account off or on. A claim: read the record back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwitchClaim {
    /// It ended well.
    SaysDone,
    /// It did not.
    Refused {
        /// How it ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

/// Keeps an account from authenticating: its record is marked `;DisabledUser;`. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn disable(runner: &dyn Runner, account: &AccountName) -> Result<SwitchClaim, Error> {
    switch(runner, account, "-disableuser")
}

/// Lets an account authenticate again. Run as root.
///
/// # Errors
/// As [`disable`].
pub fn enable(runner: &dyn Runner, account: &AccountName) -> Result<SwitchClaim, Error> {
    switch(runner, account, "-enableuser")
}

fn switch(runner: &dyn Runner, account: &AccountName, command: &'static str) -> Result<SwitchClaim, Error> {
    let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Pwpolicy))?;
    let call = Call::new(Tool::Pwpolicy, [Arg::from("-u"), name, Arg::from(command)]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Pwpolicy))?;
    Ok(match answer.exit.is_zero() {
        true => SwitchClaim::SaysDone,
        false => SwitchClaim::Refused {
            exit: answer.exit,
            text: excerpt(&answer.everything_said()),
        },
    })
}
