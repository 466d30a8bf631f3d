//! `sysadminctl -resetPasswordFor` and `-newPassword`.

use secrecy::SecretString;

use super::channel::{Asked, administrator};
use super::{Channel, Claim, PASSWORD_TIMEOUT, ask};
use crate::{AccountName, Arg, Credential, Error, Feed, Prompt, PromptAnswer, Runner, Tool};

/// Sets the password of an account, by the authority of another one. Run as root.
///
/// An account that holds a token needs an authoriser who holds one as well; without, the tool answers
/// [`Claim::NeedsTokenUnlock`] and nothing changes. The login keychain keeps the old password.
///
/// # Errors
/// When the tool could not be run to its end, or a password cannot take this channel.
pub fn reset_password(
    runner: &dyn Runner,
    account: &AccountName,
    new_password: &SecretString,
    authoriser: Option<Credential<'_>>,
    channel: Channel,
) -> Result<Claim, Error> {
    let name = Arg::value(account.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    let mut args = vec![
        Arg::from("-resetPasswordFor"),
        name,
        Arg::from("-newPassword"),
        Arg::from("-"),
    ];
    args.extend(administrator(authoriser)?);
    let mut asked = vec![Asked::New(new_password)];
    asked.extend(authoriser.map(Asked::Of));
    let feed = channel
        .feed(&asked)
        .map_err(Error::unfeedable(Tool::Sysadminctl))?;
    let messages = ask(runner, args, feed, PASSWORD_TIMEOUT)?;
    Ok(Claim::from(messages.as_slice()))
}

/// Changes the password of the account that runs the tool, with the old one. For another account use
/// [`crate::dscl::change_password`].
///
/// # Errors
/// As [`reset_password`].
pub fn change_own_password(
    runner: &dyn Runner,
    old: &SecretString,
    new: &SecretString,
    channel: Channel,
) -> Result<Claim, Error> {
    let feed = match channel {
        Channel::Pipe => Feed::lines([old.clone(), new.clone()]),
        Channel::Pty => typed(old, new),
    };
    let feed = feed.map_err(Error::unfeedable(Tool::Sysadminctl))?;
    let args = ["-newPassword", "-", "-oldPassword", "-"].map(Arg::from).to_vec();
    Ok(Claim::from(ask(runner, args, feed, PASSWORD_TIMEOUT)?.as_slice()))
}

fn typed(old: &SecretString, new: &SecretString) -> Result<Feed, crate::Unfeedable> {
    let new_prompt = || Prompt::is("New password:").or_is("Retype new password:");
    Ok(Feed::terminal([
        PromptAnswer::secret(Prompt::is("Old password:").or_any_password(), old.clone())?,
        PromptAnswer::secret(new_prompt(), new.clone())?,
        PromptAnswer::secret(new_prompt(), new.clone())?,
    ]))
}
