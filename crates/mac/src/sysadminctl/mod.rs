//! `sysadminctl`: accounts and Secure Tokens.
//!
//! It writes everything to standard error with a log prefix and exits with 0 whatever happened, so its exit code is
//! not looked at here. It has no manual page; the words are those of captured runs. What it says of its own success
//! is a [`Claim`], and never proof.

mod add_user;
mod channel;
mod claim;
mod delete_user;
mod message;
mod password;
mod token;
mod token_status;

pub use add_user::{AddUserClaim, HomeClaim, NewAccount, add_user};
pub use channel::Channel;
pub use claim::Claim;
pub use delete_user::{DeleteUserClaim, HomeFolder, delete_user};
pub use message::Message;
pub use password::{change_own_password, reset_password};
pub use token::{grant_token, revoke_token};
pub use token_status::{TokenStatus, token_status};

use std::time::Duration;

use crate::text::nslog;
use crate::{Arg, Call, Error, Feed, Runner, Tool};

/// Setting a password wraps keys anew and asks the Secure Enclave.
const PASSWORD_TIMEOUT: Duration = Duration::from_secs(60);
/// Making an account copies a home folder, which has been seen to take a quarter of a minute.
const ADD_TIMEOUT: Duration = Duration::from_secs(120);
/// Removing a home folder takes as long as it is large.
const DELETE_TIMEOUT: Duration = Duration::from_secs(900);

/// What the tool said, message by message.
pub fn read(said: &str) -> Vec<Message> {
    nslog::messages(said)
        .iter()
        .map(|message| Message::read(message))
        .collect()
}

fn ask(runner: &dyn Runner, args: Vec<Arg>, feed: Feed, timeout: Duration) -> Result<Vec<Message>, Error> {
    let call = Call::new(Tool::Sysadminctl, args).feed(feed).timeout(timeout);
    let answer = runner.run(&call).map_err(Error::run(Tool::Sysadminctl))?;
    Ok(read(&answer.everything_said()))
}
