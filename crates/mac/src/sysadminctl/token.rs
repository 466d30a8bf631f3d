//! `sysadminctl -secureTokenOn` and `-secureTokenOff`.

use secrecy::SecretString;

use super::{Claim, ask};
use crate::feed::refuse_longer_than;
use crate::{AccountName, Arg, Call, Error, Feed, Prompt, PromptAnswer, Runner, Tool, Unfeedable};

/// The longest secret, in bytes, that the tool reads from a pipe: of a longer one it says that the *target's*
/// password is wrong.
const PIPE_LIMIT: usize = 1022;

/// How the passwords reach the tool.
///
/// The pipe is proved up to macOS 12 and not known to fail later; the terminal is what a person at a keyboard uses,
/// and takes 128 bytes at most. When the state afterwards is not what the claim says, try the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Two lines on standard input: the granter's password, then the target's.
    Pipe,
    /// A terminal, on which the tool asks.
    Pty,
}

/// An account with its password.
#[derive(Clone, Copy, Debug)]
pub struct Credential<'a> {
    /// The account.
    pub account: &'a AccountName,
    /// Its password.
    pub password: &'a SecretString,
}

/// Hands a Secure Token on. Run as root or by the granter.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot take this channel. Its refusals are claims.
pub fn grant_token(
    runner: &dyn Runner,
    granter: Credential<'_>,
    target: Credential<'_>,
    channel: Channel,
) -> Result<Claim, Error> {
    change_token(runner, "-secureTokenOn", granter, target, channel)
}

/// Takes a Secure Token away. The tool refuses to take the last one.
///
/// # Errors
/// As [`grant_token`].
pub fn revoke_token(
    runner: &dyn Runner,
    granter: Credential<'_>,
    target: Credential<'_>,
    channel: Channel,
) -> Result<Claim, Error> {
    change_token(runner, "-secureTokenOff", granter, target, channel)
}

fn change_token(
    runner: &dyn Runner,
    operation: &'static str,
    granter: Credential<'_>,
    target: Credential<'_>,
    channel: Channel,
) -> Result<Claim, Error> {
    let name = |name: &AccountName| Arg::value(name.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl));
    let args = [
        Arg::from(operation),
        name(target.account)?,
        Arg::from("-password"),
        Arg::from("-"),
        Arg::from("-adminUser"),
        name(granter.account)?,
        Arg::from("-adminPassword"),
        Arg::from("-"),
    ];
    let feed = feed(granter, target, channel).map_err(Error::unfeedable(Tool::Sysadminctl))?;
    let messages = ask(runner, &Call::new(Tool::Sysadminctl, args).feed(feed))?;
    Ok(Claim::from(messages.as_slice()))
}

/// The tool asks for the granter's password first, then for the target's.
fn feed(granter: Credential<'_>, target: Credential<'_>, channel: Channel) -> Result<Feed, Unfeedable> {
    match channel {
        Channel::Pipe => {
            refuse_longer_than(PIPE_LIMIT, granter.password)?;
            refuse_longer_than(PIPE_LIMIT, target.password)?;
            Feed::lines([granter.password.clone(), target.password.clone()])
        }
        Channel::Pty => {
            let answer = |credential: Credential<'_>| {
                let prompt = Prompt::password_of(credential.account.as_str()).or_any_password();
                PromptAnswer::secret(prompt, credential.password.clone())
            };
            Ok(Feed::terminal([answer(granter)?, answer(target)?]))
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Channel, Credential, feed};
    use crate::{AccountName, Unfeedable};

    #[test]
    fn each_channel_has_its_limit() {
        let name = AccountName::new("ann").expect("a name");
        let short = SecretString::from("orchid");
        let refused = |length: usize, channel| {
            let long = SecretString::from("a".repeat(length));
            let granter = Credential {
                account: &name,
                password: &long,
            };
            feed(
                granter,
                Credential {
                    account: &name,
                    password: &short,
                },
                channel,
            )
            .err()
        };
        assert_eq!(refused(1022, Channel::Pipe), None);
        assert_eq!(
            refused(1023, Channel::Pipe),
            Some(Unfeedable::TooLong { limit: 1022 })
        );
        assert_eq!(refused(128, Channel::Pty), None);
        assert_eq!(
            refused(129, Channel::Pty),
            Some(Unfeedable::TooLong { limit: 128 })
        );
    }
}
