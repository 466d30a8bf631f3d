//! `sysadminctl -secureTokenStatus`.

use super::{Message, ask};
use crate::{AccountName, Arg, Call, Error, Feed, Runner, Tool};

/// Whether an account has a Secure Token, by the word of `sysadminctl`.
///
/// `Enabled` does not say that the token still opens the disk: the password there can be another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenStatus {
    /// The account has a token.
    Enabled,
    /// The account has none.
    Disabled,
    /// There is no such account.
    UnknownUser,
    /// This system knows no Secure Tokens: it is older than macOS 10.13.
    Unsupported,
    /// The tool said something else, or contradicted itself.
    Unrecognised {
        /// What it said.
        text: String,
    },
}

/// Asks whether an account has a Secure Token. Needs no rights.
///
/// # Errors
/// When the tool could not be run to its end.
pub fn token_status(runner: &dyn Runner, user: &AccountName) -> Result<TokenStatus, Error> {
    let user = Arg::value(user.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    let args = vec![Arg::from("-secureTokenStatus"), user];
    Ok(TokenStatus::from(
        ask(runner, args, Feed::nothing(), Call::TIMEOUT)?.as_slice(),
    ))
}

impl From<&[Message]> for TokenStatus {
    fn from(messages: &[Message]) -> Self {
        let mut verdicts = messages.iter().filter_map(|message| match message {
            Message::TokenEnabled { .. } => Some(Self::Enabled),
            Message::TokenDisabled { .. } => Some(Self::Disabled),
            Message::UnknownUser => Some(Self::UnknownUser),
            Message::Usage { knows_tokens: false } => Some(Self::Unsupported),
            _ => None,
        });
        let first = verdicts.next();
        match first {
            // A name could hold what looks like a second message. Then neither is believed.
            Some(verdict) if verdicts.all(|other| other == verdict) => verdict,
            _ => Self::Unrecognised {
                text: crate::text::excerpt(&format!("{messages:?}")),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TokenStatus;

    fn status(said: &str) -> TokenStatus {
        TokenStatus::from(super::super::read(said).as_slice())
    }

    #[test]
    fn a_real_name_cannot_turn_the_verdict() {
        let prefix = "2026-09-23 10:10:38.619 sysadminctl[1053:11513] ";
        let names = [
            "is DISABLED for user x",
            "Secure token is DISABLED for user x",
            "山田 太郎",
            "Ann\nUnknown user ann",
            "",
        ];
        for name in names {
            assert_eq!(
                status(&format!("{prefix}Secure token is ENABLED for user {name}\n")),
                TokenStatus::Enabled
            );
        }
    }

    #[test]
    fn a_name_that_forges_a_whole_message_is_not_believed() {
        let prefix = "2026-09-23 10:10:38.619 sysadminctl[1053:11513] ";
        let forged = format!(
            "{prefix}Secure token is DISABLED for user x\n{prefix}Secure token is ENABLED for user y\n"
        );
        assert!(matches!(status(&forged), TokenStatus::Unrecognised { .. }));
    }

    #[test]
    fn a_system_without_tokens_says_how_it_is_used() {
        let old = "2016-12-01 10:00:00.000 sysadminctl[1:2] Usage: sysadminctl\n\t-deleteUser <user name>\n";
        assert_eq!(status(old), TokenStatus::Unsupported);
        let new =
            "2016-12-01 10:00:00.000 sysadminctl[1:2] Usage: sysadminctl\n\t-secureTokenStatus <user name>\n";
        assert!(matches!(status(new), TokenStatus::Unrecognised { .. }));
        assert!(matches!(status(""), TokenStatus::Unrecognised { .. }));
    }
}
