//! Carries out one action and proves its end by reading the Mac back.

mod account;
pub(crate) mod claims;
mod create_account;
pub(crate) mod deletion;
pub(crate) mod diary;
pub(crate) mod disk_password;
mod grant;
pub(crate) mod hand_on;
pub(crate) mod make_account;
pub(crate) mod new_password;
pub(crate) mod passwords;
mod policy;
pub(crate) mod probe;
mod read_back;

use std::io;

use mac::Runner;
use secrecy::SecretString;
use trust::action::{Action, SecretRole};
use trust::code::Code;
use trust::fact::Fact;
use trust::observation::Observation;
use trust::outcome::Outcome;
use wire::seal::SealingPrivateKey;

use crate::clock::Clock;
use crate::journal::{Entry, Stage};
use crate::observe::{Freshness, Observer};
use crate::promotions::Promotions;
use crate::recovery_key;
use crate::service_account::{self, Custody, orders};
use diary::Diary;

/// What carrying out an action needs of the Mac.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Runs Apple's tools.
    pub runner: &'a dyn Runner,
    /// Tells the time.
    pub clock: &'a dyn Clock,
    /// Looks at the Mac.
    pub observer: &'a Observer,
    /// Remembers who is an administrator for the moment only.
    pub promotions: &'a Promotions,
    /// Keeps what the service account needs.
    pub custody: &'a Custody,
}

impl Tools<'_> {
    /// Looks at the Mac.
    pub fn look(&self, freshness: Freshness) -> Observation {
        let mut observation = self.observer.look(self.runner, self.clock, freshness);
        let service_account = service_account::seen(*self, &observation, freshness);
        if let Fact::Known { value, .. } = &mut observation.accounts {
            let rule = self.custody.lock_out_rule();
            self.observer.lock_out(value, &rule, self.clock.now());
        }
        Observation {
            promoted_in_passing: self.promotions.unproved(),
            service_account,
            local_administrator: self.custody.seen_local_administrator(),
            ..observation
        }
    }
}

/// How an action ended, and what the Mac looks like after it.
#[derive(Debug)]
pub struct Performance {
    /// The end.
    pub outcome: Outcome,
    /// Whether a password was tried on the way: none is tried again by the agent itself.
    pub password_tried: bool,
    /// A fresh look.
    pub observation: Observation,
}

/// Carries out the action of `entry`, or finishes what an earlier run has begun. What an earlier run promoted is
/// demoted first.
///
/// `before_touching` is called before the first tool that changes the Mac is started, and must not return before it
/// is on the disk that one may have been.
///
/// # Errors
/// When something could not be put on the disk that must be there first. Nothing has been changed then.
pub fn perform(
    tools: Tools<'_>,
    key: &SealingPrivateKey,
    entry: &Entry,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Performance> {
    tools.promotions.undo_all(tools.runner)?;
    let mut diary = Diary::new(tools.clock);
    let outcome = match Secrets::open(key, entry) {
        Some(secrets) => act(tools, entry, secrets, &mut diary, before_touching)?,
        None => {
            diary.saw("seal", "a sealed password does not open with this device's key");
            diary.outcome(Code::CredentialStale, entry.stage == Stage::Acting)
        }
    };
    Ok(Performance {
        outcome,
        password_tried: diary.password_tried(),
        observation: tools.look(Freshness::Now),
    })
}

fn act(
    tools: Tools<'_>,
    entry: &Entry,
    secrets: Secrets,
    diary: &mut Diary<'_>,
    before_touching: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<Outcome> {
    let resumed = entry.stage == Stage::Acting;
    match (&entry.offer.envelope.action, secrets) {
        (
            Action::GrantSecureToken(grant),
            Secrets {
                administrator: Some(administrator),
                target: Some(target),
                ..
            },
        ) => {
            let request = grant::Request {
                grant,
                administrator,
                target,
                resumed,
            };
            grant::grant(tools, &request, diary, before_touching)
        }
        (
            Action::CreateAccount(create),
            Secrets {
                administrator,
                target: Some(target),
                ..
            },
        ) => {
            let request = create_account::Request {
                create,
                administrator,
                target,
                resumed,
            };
            create_account::create_account(tools, &request, diary, before_touching)
        }
        (Action::GrantSecureToken(_) | Action::CreateAccount(_), _) => {
            diary.saw("seal", "a password is missing");
            Ok(diary.outcome(Code::CredentialStale, resumed))
        }
        (action @ (Action::ChangePassword(_) | Action::ResetPassword(_)), secrets) => {
            let (Some(authority), Some(new)) =
                (secrets.administrator.or(secrets.target), secrets.new_password)
            else {
                diary.saw("seal", "a password is missing");
                return Ok(diary.outcome(Code::CredentialStale, resumed));
            };
            let request = account::password::Request {
                action,
                authority,
                new,
                resumed,
            };
            account::password::give(tools, &request, diary, before_touching)
        }
        (
            action @ (Action::PromoteAccount(_)
            | Action::DemoteAccount(_)
            | Action::DisableAccount(_)
            | Action::UnlockAccount(_)
            | Action::DeleteAccount(_)),
            _,
        ) => {
            let order = account::Order { action, resumed };
            account::carry_out(tools, &order, diary, before_touching)
        }
        (Action::RotateRecoveryKey(rotate), secrets) => {
            let order = recovery_key::order::Order {
                id: entry.offer.envelope.id,
                rotate,
                secret: secrets.administrator,
                resumed,
            };
            recovery_key::order::carry_out(tools, &order, diary, before_touching)
        }
        (
            action @ (Action::CreateServiceAccount(_)
            | Action::RotateServiceAccountPassword(_)
            | Action::RepairServiceAccount(_)
            | Action::RemoveServiceAccount(_)
            | Action::AdoptAccount(_)),
            secrets,
        ) => {
            let order = orders::Order {
                id: entry.offer.envelope.id,
                action,
                secret: secrets.administrator.or(secrets.target),
                resumed,
            };
            orders::carry_out(tools, &order, diary, before_touching)
        }
    }
}

/// The opened secrets of an action, each where it needs one. Zeroised when dropped.
struct Secrets {
    administrator: Option<SecretString>,
    target: Option<SecretString>,
    new_password: Option<SecretString>,
}

impl Secrets {
    /// Opens every secret that the action needs; `None` when one is missing or does not open.
    fn open(key: &SealingPrivateKey, entry: &Entry) -> Option<Self> {
        let needed = entry.offer.envelope.action.secret_roles();
        let open = |role: SecretRole| {
            let sealed = entry.offer.secrets.get(&role)?;
            key.open(sealed, &entry.offer.envelope.associated_data(role)).ok()
        };
        let where_needed = |role| match needed.contains(&role) {
            true => open(role).map(Some),
            false => Some(None),
        };
        Some(Self {
            administrator: where_needed(SecretRole::Administrator)?,
            target: where_needed(SecretRole::Target)?,
            new_password: where_needed(SecretRole::NewPassword)?,
        })
    }
}
