//! `pwpolicy -authentication-allowed`.

use crate::text::excerpt;
use crate::{AccountName, Arg, Call, Error, Runner, Tool};

/// Whether the policy lets an account authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// It does.
    Allowed,
    /// It does not: locked, disabled, expired.
    NotAllowed {
        /// The tool's words.
        text: String,
    },
    /// The tool said something else.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Asks whether the policy lets an account authenticate now. Tries no password.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn authentication_allowed(runner: &dyn Runner, account: &AccountName) -> Result<Authentication, Error> {
    let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Pwpolicy))?;
    let call = Call::new(
        Tool::Pwpolicy,
        [Arg::from("-u"), name, Arg::from("-authentication-allowed")],
    );
    let answer = runner.run(&call).map_err(Error::run(Tool::Pwpolicy))?;
    Ok(Authentication::parse(&answer.everything_said()))
}

impl Authentication {
    /// Reads the tool's words. A refusal names the account, so it is looked for at both ends of the name.
    pub fn parse(said: &str) -> Self {
        let mut refusal = None;
        let mut allowed = false;
        for line in crate::text::lines(said).map(str::trim) {
            if line.starts_with("User ") && line.contains("is not allowed to authenticate") {
                refusal = Some(excerpt(line));
            }
            allowed |= line.starts_with("Password authentication is allowed")
                || line.starts_with("Policy allows user") && line.ends_with("to authenticate");
        }
        match refusal {
            Some(text) => Self::NotAllowed { text },
            None if allowed => Self::Allowed,
            None => Self::Unrecognised { text: excerpt(said) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Authentication;

    #[test]
    fn a_refusal_counts_whatever_else_is_said() {
        let said = "User ann is not allowed to authenticate: Failed global policy \"x\"\nPassword authentication is allowed\n";
        assert!(matches!(
            Authentication::parse(said),
            Authentication::NotAllowed { .. }
        ));
        assert_eq!(
            Authentication::parse("Password authentication is allowed\n"),
            Authentication::Allowed
        );
        assert!(matches!(
            Authentication::parse(""),
            Authentication::Unrecognised { .. }
        ));
    }
}
