//! The copy of the crypto users that the Mac looks at before it has booted.

use std::time::Duration;

use crate::text::excerpt;
use crate::{Answer, Call, Error, Runner, Tool};

/// It takes ten seconds on an idle Mac.
const TIMEOUT: Duration = Duration::from_secs(120);

/// What `diskutil apfs updatePreboot` says. It can be run again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrebootUpdate {
    /// It finished, and reports no error.
    SaysDone,
    /// It finished with an error, or not at all.
    Failed {
        /// The overall error that it reports, when it does.
        error: Option<i32>,
        /// The end of what it said.
        text: String,
    },
}

/// Brings the pre-boot copy up to date. Run as root, after each change of the crypto users.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn update_preboot(runner: &dyn Runner) -> Result<PrebootUpdate, Error> {
    let call = Call::fixed(Tool::Diskutil, ["apfs", "updatePreboot", "/"]).timeout(TIMEOUT);
    let answer = runner.run(&call).map_err(Error::run(Tool::Diskutil))?;
    Ok(PrebootUpdate::from(&answer))
}

impl From<&Answer> for PrebootUpdate {
    fn from(answer: &Answer) -> Self {
        let said = answer.everything_said();
        let marker = "overall error=(ZeroMeansSuccess)=";
        let error = said
            .rsplit_once(marker)
            .and_then(|(_, rest)| crate::text::leading_number(rest));
        let finished = said.trim_end().ends_with("Finished APFS operation");
        if answer.exit.is_zero() && finished && error == Some(0) {
            return Self::SaysDone;
        }
        let end = said
            .trim_end()
            .char_indices()
            .rev()
            .nth(300)
            .map_or(0, |(index, _)| index);
        Self::Failed {
            error,
            text: excerpt(&said[end..]),
        }
    }
}
