//! Carries out one action and proves its end by reading the Mac back.

mod diary;
mod grant;
mod probe;
mod read_back;

use std::io;

use mac::Runner;
use secrecy::SecretString;
use trust::action::{Action, SecretRole};
use trust::code::Code;
use trust::observation::Observation;
use trust::outcome::Outcome;

use crate::clock::Clock;
use crate::journal::{Entry, Stage};
use crate::observe::{Freshness, Observer};
use diary::Diary;
use wire::seal::SealingPrivateKey;

/// What carrying out an action needs of the Mac.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Runs Apple's tools.
    pub runner: &'a dyn Runner,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Looks at the Mac.
    pub observer: &'a Observer,
}

/// How an action ended, and what the Mac looks like after it.
#[derive(Debug)]
pub struct Performance {
    /// The end.
    pub outcome: Outcome,
    /// A fresh look.
    pub observation: Observation,
}

/// Carries out the action of `entry`, or finishes what an earlier run has begun.
///
/// `before_touching` is called before the first tool that changes the Mac is started, and must not return before it
/// is on the disk that one may have been.
///
/// # Errors
/// When `before_touching` fails. Nothing has been changed then.
pub fn perform(
    tools: Tools<'_>,
    key: &SealingPrivateKey,
    entry: &Entry,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Performance> {
    let mut diary = Diary::new(tools.clock);
    let resumed = entry.stage == Stage::Acting;
    let outcome = match &entry.offer.envelope.action {
        Action::GrantSecureToken(grant) => {
            let secrets = (
                open(key, entry, SecretRole::Administrator),
                open(key, entry, SecretRole::Target),
            );
            match secrets {
                (Some(administrator), Some(target)) => {
                    let request = grant::Request {
                        grant,
                        administrator,
                        target,
                        resumed,
                    };
                    grant::grant(tools, &request, &mut diary, before_touching)?
                }
                _ => {
                    diary.saw("seal", "a sealed password does not open with this device's key");
                    diary.outcome(Code::CredentialStale, resumed)
                }
            }
        }
    };
    Ok(Performance {
        outcome,
        observation: tools.observer.look(tools.runner, tools.clock, Freshness::Now),
    })
}

fn open(key: &SealingPrivateKey, entry: &Entry, role: SecretRole) -> Option<SecretString> {
    let sealed = entry.offer.secrets.get(&role)?;
    key.open(sealed, &entry.offer.envelope.associated_data(role)).ok()
}
