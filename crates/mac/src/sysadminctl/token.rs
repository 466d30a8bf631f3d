//! `sysadminctl -secureTokenOn` and `-secureTokenOff`.

use super::channel::{Asked, administrator};
use super::{Channel, Claim, PASSWORD_TIMEOUT, ask};
use crate::{Arg, Credential, Error, Runner, Tool};

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
    let target_name = Arg::value(target.account.as_str()).map_err(Error::bad_arg(Tool::Sysadminctl))?;
    let mut args = vec![
        Arg::from(operation),
        target_name,
        Arg::from("-password"),
        Arg::from("-"),
    ];
    args.extend(administrator(Some(granter))?);
    // The tool asks for the granter's password first, whatever the order of the options.
    let feed = channel
        .feed(&[Asked::Of(granter), Asked::Of(target)])
        .map_err(Error::unfeedable(Tool::Sysadminctl))?;
    let messages = ask(runner, args, feed, PASSWORD_TIMEOUT)?;
    Ok(Claim::from(messages.as_slice()))
}
