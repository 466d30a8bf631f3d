//! The bootstrap token.

use crate::text::{excerpt, lines};
use crate::{Call, Error, Runner, Tool};

/// What `profiles status -type bootstraptoken` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BootstrapTokenStatus {
    /// It says these two things.
    Known(BootstrapToken),
    /// It says something else, as on a Mac that no MDM manages.
    Unrecognised {
        /// What it says.
        text: String,
    },
}

/// The bootstrap token of this Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BootstrapToken {
    /// Whether the MDM takes one.
    pub supported: bool,
    /// Whether the MDM has one. Not said when it takes none, which then means no.
    pub escrowed: bool,
}

/// Asks for the state of the bootstrap token. Run as root.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn bootstrap_token_status(runner: &dyn Runner) -> Result<BootstrapTokenStatus, Error> {
    let call = Call::fixed(Tool::Profiles, ["status", "-type", "bootstraptoken"]);
    let answer = runner.run(&call).map_err(Error::run(Tool::Profiles))?;
    Ok(BootstrapTokenStatus::parse(&answer.everything_said()))
}

impl BootstrapTokenStatus {
    /// Reads what the tool says.
    pub fn parse(said: &str) -> Self {
        let value = |key: &str| {
            let value = lines(said)
                .find_map(|line| line.split_once(key))
                .map(|(_, value)| value.trim());
            value.and_then(|value| match value {
                "YES" => Some(true),
                "NO" => Some(false),
                _ => None,
            })
        };
        let supported = value("Bootstrap Token supported on server:");
        let escrowed = value("Bootstrap Token escrowed to server:");
        match (supported, escrowed) {
            (Some(false), _) => Self::Known(BootstrapToken {
                supported: false,
                escrowed: false,
            }),
            (Some(true), Some(escrowed)) => Self::Known(BootstrapToken {
                supported: true,
                escrowed,
            }),
            _ => Self::Unrecognised { text: excerpt(said) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BootstrapToken, BootstrapTokenStatus};

    #[test]
    fn half_an_answer_is_no_answer() {
        let status = BootstrapTokenStatus::parse("profiles: Bootstrap Token supported on server: YES\n");
        assert!(matches!(status, BootstrapTokenStatus::Unrecognised { .. }));
    }

    #[test]
    fn a_server_that_takes_none_has_none() {
        let status = BootstrapTokenStatus::parse("profiles: Bootstrap Token supported on server: NO\n");
        assert_eq!(
            status,
            BootstrapTokenStatus::Known(BootstrapToken {
                supported: false,
                escrowed: false
            })
        );
    }
}
