//! The ways in which a password reaches `sysadminctl`.

use secrecy::SecretString;

use crate::feed::refuse_longer_than;
use crate::{Arg, Credential, Error, Feed, Prompt, PromptAnswer, Tool, Unfeedable};

/// The longest secret, in bytes, that the tool reads from a pipe: of a longer one it says that the *target's*
/// password is wrong.
const PIPE_LIMIT: usize = 1022;

/// How the passwords reach the tool.
///
/// The pipe is proved for grants up to macOS 12 and not known to fail later; the terminal is what a person at a
/// keyboard uses, and takes 128 bytes at most. When the state afterwards is not what the claim says, try the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// Lines on standard input, in the order in which the tool asks.
    Pipe,
    /// A terminal, on which the tool asks.
    Pty,
}

/// A password that the tool will ask for.
pub(super) enum Asked<'a> {
    /// The password of an account that exists.
    Of(Credential<'a>),
    /// A new password. Some builds ask for it twice.
    New(&'a SecretString),
}

impl Channel {
    /// What to feed, given the passwords in the order in which the tool asks for them.
    pub(super) fn feed(self, asked: &[Asked<'_>]) -> Result<Feed, Unfeedable> {
        match self {
            Self::Pipe => {
                let secrets = asked.iter().map(|asked| match asked {
                    Asked::Of(credential) => credential.password,
                    Asked::New(password) => password,
                });
                secrets
                    .clone()
                    .try_for_each(|secret| refuse_longer_than(PIPE_LIMIT, secret))?;
                Feed::lines(secrets.cloned())
            }
            Self::Pty => {
                let mut answers = Vec::new();
                for asked in asked {
                    match asked {
                        Asked::Of(credential) => {
                            let prompt = Prompt::password_of(credential.account.as_str()).or_any_password();
                            answers.push(PromptAnswer::secret(prompt, credential.password.clone())?);
                        }
                        Asked::New(password) => {
                            let first = Prompt::is("New password:").or_is("User password:");
                            let again = first
                                .clone()
                                .or_is("Retype new password:")
                                .or_is("Verify password:");
                            answers.push(PromptAnswer::secret(first, (*password).clone())?);
                            answers.push(PromptAnswer::secret(again, (*password).clone())?);
                        }
                    }
                }
                Ok(Feed::terminal(answers))
            }
        }
    }
}

/// The arguments by which an administrator authorises what the tool is to do.
pub(super) fn administrator(authoriser: Option<Credential<'_>>) -> Result<Vec<Arg>, Error> {
    let Some(authoriser) = authoriser else {
        return Ok(Vec::new());
    };
    let name = Arg::value(authoriser.account.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    Ok(vec![
        Arg::from("-adminUser"),
        name,
        Arg::from("-adminPassword"),
        Arg::from("-"),
    ])
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::{Asked, Channel};
    use crate::{AccountName, Credential, Unfeedable};

    fn refused(length: usize, channel: Channel) -> Option<Unfeedable> {
        let account = AccountName::new("ann").expect("a name");
        let password = SecretString::from("a".repeat(length));
        channel
            .feed(&[Asked::Of(Credential {
                account: &account,
                password: &password,
            })])
            .err()
    }

    #[test]
    fn each_channel_has_its_limit() {
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

    #[test]
    fn a_new_password_is_there_twice_on_a_terminal_and_once_in_a_pipe() {
        let new = SecretString::from("orchid");
        let typed = Channel::Pty.feed(&[Asked::New(&new)]).expect("a feed");
        assert_eq!(typed.prompt_answers().map(<[_]>::len), Some(2));
        let piped = Channel::Pipe.feed(&[Asked::New(&new)]).expect("a feed");
        assert_eq!(
            piped.stdin().as_deref().map(Vec::as_slice),
            Some(&b"orchid\n"[..])
        );
    }
}
