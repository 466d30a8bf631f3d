//! Whether macOS could be erased and set up anew, which needs a working bootstrap token.

use super::TIMEOUT;
use crate::text::excerpt;
use crate::{Call, Error, Runner, Tool};

/// What `EACSPreflight` says. From macOS 13.3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasePreflight {
    /// The bootstrap token that the MDM has works.
    Success,
    /// It does not, or something else is in the way.
    Failed {
        /// The reason, in the tool's words.
        reason: String,
    },
    /// It is not said: this system is older, or no MDM manages it.
    NotSaid,
}

/// Asks for the preflight. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn erase_preflight(runner: &dyn Runner) -> Result<ErasePreflight, Error> {
    let call = Call::fixed(Tool::Mdmclient, ["QueryDeviceInformation"]).timeout(TIMEOUT);
    let answer = runner.run(&call).map_err(Error::run(Tool::Mdmclient))?;
    Ok(ErasePreflight::parse(&answer.stdout.text()))
}

impl ErasePreflight {
    /// Reads the line `EACSPreflight = success;`.
    pub fn parse(said: &str) -> Self {
        let value = crate::text::lines(said).find_map(|line| line.trim().strip_prefix("EACSPreflight = "));
        match value.map(|value| value.trim_end_matches(';').trim_matches('"')) {
            None => Self::NotSaid,
            Some("success") => Self::Success,
            Some(reason) => Self::Failed {
                reason: excerpt(reason),
            },
        }
    }
}
