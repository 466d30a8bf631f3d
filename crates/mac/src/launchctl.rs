//! `launchctl`: stopping a service.

use crate::text::excerpt;
use crate::{Answer, Arg, Call, Error, Exit, Runner, Tool};

/// What the tool says to stopping a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bootout {
    /// It is stopped.
    Done,
    /// It is being stopped.
    InProgress,
    /// There is no such service.
    NotLoaded,
    /// It was not stopped.
    Refused {
        /// How the tool ended.
        exit: Exit,
        /// What it said.
        text: String,
    },
}

/// Stops a service of the system and forgets it. Run as root.
///
/// # Errors
/// When the tool could not be run to its end, or the label cannot be an argument.
pub fn bootout(runner: &dyn Runner, label: &str) -> Result<Bootout, Error> {
    let service = Arg::path("system/", label).map_err(Error::bad_arg(Tool::Launchctl))?;
    let call = Call::new(Tool::Launchctl, [Arg::from("bootout"), service]);
    Ok(Bootout::from(
        &runner.run(&call).map_err(Error::run(Tool::Launchctl))?,
    ))
}

impl From<&Answer> for Bootout {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        match answer.exit {
            Exit::Code(0) => Self::Done,
            Exit::Code(36) => Self::InProgress,
            Exit::Code(113) => Self::NotLoaded,
            _ if said.contains("Could not find service") => Self::NotLoaded,
            exit => Self::Refused {
                exit,
                text: excerpt(&said),
            },
        }
    }
}
