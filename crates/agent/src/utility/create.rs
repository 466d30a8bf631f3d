//! The service account is made, or made whole, with a password that was typed at the screen.

use std::io;

use secrecy::SecretString;
use trust::code::Code;
use trust::lock_out::Unlock;
use trust::name::AccountName;
use trust::observation::{Account, Observation};
use trust::outcome::Outcome;
use trust::service_account::guesses::Guess;
use trust::service_account::{RECORD_NAME, Rung};
use utility_protocol::message::{Ended, Need};

use super::status::need;
use crate::observe::Freshness;
use crate::perform::Tools;
use crate::service_account::install;

/// Who asks, and with whose help.
pub(super) struct Help<'a> {
    /// Number of the user who asks.
    pub(super) caller: u32,
    /// The account that is to help.
    pub(super) account: &'a AccountName,
    /// What was typed for its password.
    pub(super) password: &'a SecretString,
}

/// Makes the account, or makes it whole, where that is needed. A wrong password is counted before it is tried.
///
/// # Errors
/// When something could not be put on the disk that must be there first.
pub(super) fn create(tools: Tools<'_>, help: &Help<'_>) -> io::Result<Ended> {
    let seen = tools.look(Freshness::Now);
    match need(tools.custody, &seen) {
        Need::Needed { .. } => {}
        Need::Valid => return Ok(Ended::with(Code::ServiceAccountValid)),
        Need::NotWanted { .. } => return Ok(Ended::with(Code::ServiceAccountNotWanted)),
        Need::Unknown { .. } => return Ok(Ended::with(Code::ServiceAccountUnproved)),
    }
    let Some(account) = seen.account(help.account.as_str()) else {
        return Ok(Ended::with(Code::AdministratorUnknown));
    };
    let guess = Guess {
        caller: help.caller,
        account: account.guid.clone(),
        at: tools.clock.now(),
    };
    let guesses = &tools.custody.guesses;
    if let Err(too_many) = guesses.get().may_try(&guess) {
        return Ok(Ended {
            code: Code::TooManyGuesses,
            retry_at: Some(too_many.retry_at),
        });
    }
    guesses.change(|guesses| guesses.begin(guess.clone()))?;
    let outcome = carry_out(tools, &seen, help)?;
    if outcome.code != Code::AdministratorWrongPassword {
        guesses.change(|guesses| guesses.forgive(&guess))?;
    }
    if outcome.touched_the_mac && !outcome.code.is_success() {
        tools.custody.in_vain(Rung::Utility)?;
    }
    Ok(Ended {
        code: outcome.code,
        retry_at: opens_at(outcome.code, account),
    })
}

fn carry_out(tools: Tools<'_>, seen: &Observation, help: &Help<'_>) -> io::Result<Outcome> {
    let settings = tools.custody.remembered().settings;
    let promote = settings.is_some_and(|settings| settings.promote_administrators);
    let way = match seen.account(RECORD_NAME) {
        None => install::create,
        Some(_) => install::repair,
    };
    way(tools, help.account, promote, help.password.clone())
}

/// When macOS opens an account again that it has locked, where it does so by itself.
fn opens_at(code: Code, account: &Account) -> Option<trust::time::Timestamp> {
    match account.lock_out?.unlock {
        Unlock::At { at } if code == Code::AccountLockedOut => Some(at),
        Unlock::At { .. } | Unlock::ByPerson | Unlock::CannotTell => None,
    }
}
