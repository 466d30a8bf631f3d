//! The service account's passwords, tried: each through the ledger, and the answer kept with its date.

use std::io;
use std::time::Duration;

use trust::code::Code;
use trust::observation::{Account, Observation, PasswordAnswer, PasswordProof, ProofResult, TokenLabel};
use trust::service_account::RECORD_NAME;
use trust::service_account::attempts::{Cause, Door};
use trust::time::Timestamp;

use super::unfinished;
use crate::observe::Freshness;
use crate::password_store::{Password, Slot};
use crate::perform::Tools;
use crate::perform::diary::Diary;
use crate::perform::probe::{self, Disk, Trial};

/// How long a proof is good without being made again, while nothing changes.
const GOOD_FOR_MS: i64 = 24 * 60 * 60 * 1_000;

/// macOS tells when it was started in whole seconds: what was proved within that second may have been before.
const START_IS_KNOWN_TO: Duration = Duration::from_secs(1);

/// A password of the service account, to be tried on the account as it is now.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) account: &'a Account,
    pub(super) password: &'a Password,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(account: &'a Account, password: &'a Password) -> Self {
        Self { account, password }
    }

    /// Whether Open Directory takes it.
    pub(super) fn local(self, tools: Tools<'_>, diary: &mut Diary<'_>) -> Option<bool> {
        self.with_trial(tools, |trial| probe::local(tools, trial, diary))
    }

    /// Whether the disk takes it.
    pub(super) fn disk(self, tools: Tools<'_>, diary: &mut Diary<'_>) -> Disk {
        self.with_trial(tools, |trial| probe::disk(tools, trial, diary))
    }

    /// Whether the ledger lets this door be asked.
    pub(super) fn may_be_tried(self, tools: Tools<'_>, door: Door) -> bool {
        let budget = tools.custody.machine_attempts();
        let ledger = tools.custody.attempts.get();
        self.with_trial(tools, |trial| {
            let is_open = !trial.is_locked(tools);
            let planned = probe::planned(tools, trial, door);
            is_open && planned.is_ok_and(|planned| ledger.may_try(&planned, budget).is_ok())
        })
    }

    /// Whether the disk has refused it, and the ledger keeps it from being asked again: that answer stands.
    fn is_known_to_be_refused(self, tools: Tools<'_>) -> bool {
        let known = tools.custody.remembered().disk;
        known.is_some_and(|proof| {
            proof.answer == PasswordAnswer::Wrong && proof.password_set_at == self.account.password_set_at
        }) && !self.may_be_tried(tools, Door::Disk)
    }

    fn with_trial<T>(self, tools: Tools<'_>, ask: impl FnOnce(Trial<'_>) -> T) -> T {
        let key = tools.custody.remembered().rewrapped;
        let credential = self.password.on_key(key);
        ask(Trial {
            name: &super::name(),
            account: self.account,
            password: &self.password.secret,
            credential: &credential,
            cause: Cause::Machine,
        })
    }
}

/// Tries the current password where its last proof has lapsed: the password was set since, the Mac was started since, or
/// the proof is a day old.
pub(super) fn renew(tools: Tools<'_>, observation: &Observation, diary: &mut Diary<'_>) -> io::Result<bool> {
    let Some(account) = observation.account(RECORD_NAME) else {
        return Ok(false);
    };
    let Some(current) = tools.custody.passwords.get(Slot::Current)? else {
        return without_current(tools, account, diary);
    };
    let memory = tools.custody.remembered();
    let now = tools.clock.now();
    let started = tools.custody.booted_at().plus(START_IS_KNOWN_TO);
    let stands = |proof: &Option<PasswordProof>| {
        proof.as_ref().is_some_and(|proof| {
            proof.password_set_at == account.password_set_at
                && proof.at >= started
                && now.as_millis() - proof.at.as_millis() < GOOD_FOR_MS
        })
    };
    let candidate = Candidate::new(account, &current);
    let disk_stands = stands(&memory.disk) || candidate.is_known_to_be_refused(tools);
    if stands(&memory.local) && disk_stands {
        return Ok(false);
    }
    prove(tools, candidate, diary)?;
    Ok(true)
}

/// What was proved before was proved of a password that is gone; the one that a change left behind when it was cut off may be in
/// force.
fn without_current(tools: Tools<'_>, account: &Account, diary: &mut Diary<'_>) -> io::Result<bool> {
    let proof = tools.custody.remembered().local;
    let is_known = proof.is_some_and(|proof| {
        proof.answer == PasswordAnswer::Wrong && proof.password_set_at == account.password_set_at
    });
    if is_known || tools.custody.passwords.get(Slot::Staged)?.is_none() {
        return Ok(false);
    }
    unfinished::settle(tools, account, diary)?;
    Ok(true)
}

/// Looks at the Mac, having finished what was begun and renewed what has lapsed.
///
/// # Errors
/// When something could not be put on the disk.
pub(crate) fn seen_and_proved(tools: Tools<'_>, diary: &mut Diary<'_>) -> io::Result<Observation> {
    unfinished::finish(tools, diary)?;
    let seen = tools.look(Freshness::Now);
    Ok(match renew(tools, &seen, diary)? {
        true => tools.look(Freshness::Now),
        false => seen,
    })
}

/// Does something by the password in force, which Open Directory and the disk have taken just before.
///
/// # Errors
/// When something could not be put on the disk.
pub(crate) fn with_proved_password(
    tools: Tools<'_>,
    seen: &Observation,
    diary: &mut Diary<'_>,
    work: impl FnOnce(Trial<'_>, &mut Diary<'_>) -> io::Result<Code>,
) -> io::Result<Code> {
    let (Some(account), Some(current)) = (
        seen.account(RECORD_NAME),
        tools.custody.passwords.get(Slot::Current)?,
    ) else {
        return Ok(Code::ServiceAccountPasswordLost);
    };
    let candidate = Candidate::new(account, &current);
    match prove(tools, candidate, diary)? {
        (Some(true), Some(true)) => candidate.with_trial(tools, |trial| work(trial, diary)),
        _ => Ok(Code::ServiceAccountUnproved),
    }
}

/// Tries a password against Open Directory and, when that takes it, against the disk, and keeps both answers as those of
/// the current password.
pub(super) fn prove(
    tools: Tools<'_>,
    candidate: Candidate<'_>,
    diary: &mut Diary<'_>,
) -> io::Result<(Option<bool>, Option<bool>)> {
    let may = candidate.may_be_tried(tools, Door::Local);
    let local = candidate.local(tools, diary);
    if local.is_none() && !may {
        // The answer that is known stands; the ledger keeps it from being asked for again.
        return Ok((None, None));
    }
    // Without Open Directory's yes, a no of the disk would say little and be counted for ever; without a token there is no
    // key that the disk could be asked about.
    let has_token = candidate.account.token_label.value() != Some(&TokenLabel::Disabled);
    let disk = match local {
        Some(true) if has_token && candidate.is_known_to_be_refused(tools) => {
            keep_local(tools, candidate.account, local)?;
            return Ok((local, Some(false)));
        }
        Some(true) if has_token => candidate.disk(tools, diary),
        Some(_) | None => Disk::Silent,
    };
    keep(tools, candidate.account, local, disk)?;
    Ok((local, taken(disk)))
}

/// Keeps what trying the password in force has shown.
pub(super) fn keep(tools: Tools<'_>, account: &Account, local: Option<bool>, disk: Disk) -> io::Result<()> {
    let now = tools.clock.now();
    let disk_answer = match disk {
        Disk::Opens => PasswordAnswer::Right,
        Disk::Refuses => PasswordAnswer::Wrong,
        Disk::Forbidden => cannot_tell("macOS denies the agent the question"),
        Disk::Silent if local != Some(true) => cannot_tell("Open Directory did not take it first"),
        Disk::Silent => cannot_tell("the disk gave no answer that can be relied on"),
    };
    let result = match (local, disk) {
        (Some(true), Disk::Opens) => Some(ProofResult::Usable),
        (Some(true), Disk::Refuses) => Some(ProofResult::DiskRefused),
        _ => None,
    };
    if let Some(result) = result {
        tools.observer.remember_proof(account, result, now);
    }
    keep_local(tools, account, local)?;
    let by = "diskutil apfs unlockVolume -verify";
    let proof = proof(account, disk_answer, by, now);
    tools.custody.memory.change(|memory| memory.disk = Some(proof))
}

/// Keeps what Open Directory said to the password in force; what the disk said stands.
fn keep_local(tools: Tools<'_>, account: &Account, local: Option<bool>) -> io::Result<()> {
    let answer = match local {
        Some(true) => PasswordAnswer::Right,
        Some(false) => PasswordAnswer::Wrong,
        None => cannot_tell("Open Directory gave no answer that can be relied on"),
    };
    let proof = proof(account, answer, "dscl -authonly", tools.clock.now());
    tools.custody.memory.change(|memory| memory.local = Some(proof))
}

fn proof(account: &Account, answer: PasswordAnswer, by: &str, at: Timestamp) -> PasswordProof {
    PasswordProof {
        answer,
        at,
        by: by.to_owned(),
        password_set_at: account.password_set_at,
    }
}

fn cannot_tell(why: &str) -> PasswordAnswer {
    PasswordAnswer::CannotTell { why: why.to_owned() }
}

fn taken(disk: Disk) -> Option<bool> {
    match disk {
        Disk::Opens => Some(true),
        Disk::Refuses => Some(false),
        Disk::Forbidden | Disk::Silent => None,
    }
}
